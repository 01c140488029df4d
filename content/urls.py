"""Addresses beside the pages: lists of articles, feeds, search, subscriptions."""

from django.contrib.sitemaps.views import sitemap
from django.urls import path
from django.views.decorators.http import require_safe
from wagtail.contrib.sitemaps import Sitemap

from content import feeds, views
from content.search.views import search
from content.subscriptions import views as subscriptions
from content.wishes import views as wishes

app_name = "content"

urlpatterns = [
    path("articles/feed/", feeds.atom, name="feed"),
    path("articles/topics/<slug:slug>/", views.topic, name="topic"),
    path("articles/topics/<slug:slug>/feed/", feeds.topic_atom, name="topic_feed"),
    path("articles/series/<slug:slug>/", views.series, name="series"),
    path("articles/parts/<id:pk>/tell-me/", wishes.wish, name="wish"),
    path("articles/authors/<slug:slug>/", views.author, name="author"),
    path("feed.json", feeds.json_feed, name="json_feed"),
    path("sitemap.xml", require_safe(sitemap), {"sitemaps": {"pages": Sitemap}}, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
    path("search/", search, name="search"),
    path("subscribe/", subscriptions.subscribe, name="subscribe"),
    path("subscriptions/confirm/<token>/", subscriptions.confirm_subscription, name="confirm_subscription"),
    path("subscriptions/parts/<token>/", wishes.confirm_wish, name="confirm_wish"),
    path("subscriptions/manage/<token>/", subscriptions.manage_subscription, name="manage_subscription"),
]

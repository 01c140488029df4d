"""Addresses beside the pages: lists of articles, feeds, search, subscriptions."""

from django.urls import path

from content import feeds, views
from content.booklet import booklet
from content.progress import views as progress
from content.search.views import search
from content.sitemap import sitemap
from content.subscriptions import views as subscriptions
from content.wishes import views as wishes

app_name = "content"

urlpatterns = [
    path("articles/feed/", feeds.atom, name="feed"),
    path("articles/topics/<slug:slug>/", views.topic, name="topic"),
    path("articles/topics/<slug:slug>/feed/", feeds.topic_atom, name="topic_feed"),
    path("articles/tags/<str:slug>/", views.tag, name="tag"),
    path("articles/series/<slug:slug>/", views.series, name="series"),
    path("articles/parts/<id:pk>/tell-me/", wishes.wish, name="wish"),
    path("articles/authors/<slug:slug>/", views.author, name="author"),
    path("primer/<slug:slug>/read/", progress.chapter_read, name="chapter_read"),
    path("primer/<slug:slug>/exercise/", progress.chapter_exercise, name="chapter_exercise"),
    path("articles/authors/<slug:slug>/feed/", feeds.author_atom, name="author_feed"),
    path("primer/booklet/", booklet, name="booklet"),
    path("feed.json", feeds.json_feed, name="json_feed"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
    path("search/", search, name="search"),
    path("subscribe/", subscriptions.subscribe, name="subscribe"),
    path("subscriptions/confirm/<token>/", subscriptions.confirm_subscription, name="confirm_subscription"),
    path("subscriptions/parts/<token>/", wishes.confirm_wish, name="confirm_wish"),
    path("subscriptions/manage/<token>/", subscriptions.manage_subscription, name="manage_subscription"),
    path("me/subscription/", subscriptions.my_subscription, name="my_subscription"),
]

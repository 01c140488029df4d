from django.urls import URLPattern, path

from postbox import views

app_name = "postbox"

urlpatterns: list[URLPattern] = [
    path("healthz", views.health, name="health"),
    path("me/notifications/", views.notifications, name="notifications"),
    path("me/notifications/read/", views.mark_read, name="mark_read"),
    path("me/notifications/preferences/", views.preferences, name="preferences"),
    path("unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
    path("mails/", views.mails, name="mails"),
    path("mails/<str:name>/", views.mail, name="mail"),
    path("mails/<str:name>/page/", views.mail_page, name="mail_page"),
]

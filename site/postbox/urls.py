from django.urls import URLPattern, path

from postbox import views, views_own

app_name = "postbox"

urlpatterns: list[URLPattern] = [
    path("healthz", views.health, name="health"),
    path("me/notifications/", views_own.notifications, name="notifications"),
    path("me/notifications/read/", views_own.mark_read, name="mark_read"),
    path("me/notifications/<id:id>/open/", views_own.open_notification, name="open_notification"),
    path("me/notifications/<id:id>/unread/", views_own.mark_unread, name="mark_unread"),
    path("me/notifications/pause/", views_own.pause_mail, name="pause_mail"),
    path("me/notifications/resume/", views_own.resume_mail, name="resume_mail"),
    path("me/notifications/preferences/", views_own.preferences, name="preferences"),
    path("unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
    path("mails/", views.mails, name="mails"),
    path("mails/<str:name>/", views.mail, name="mail"),
    path("mails/<str:name>/page/", views.mail_page, name="mail_page"),
]

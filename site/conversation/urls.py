from django.urls import path

from conversation import answering, desk, reacting, views, views_own

app_name = "conversation"
urlpatterns = [
    path("comments/new/<str:kind>/<id:object_id>/", views.new, name="new"),
    path("comments/more/<str:kind>/<id:object_id>/", views.more, name="more"),
    path("comments/post/", views.post, name="post"),
    path("comments/preview/", views.preview, name="preview"),
    path("comments/forget/", views.forget, name="forget"),
    path("comments/waiting/<str:token>/", views.waiting, name="waiting"),
    path("comments/confirm/<str:token>/", views.confirm, name="confirm"),
    path("comments/answer/<str:token>/", answering.answer, name="answer"),
    path("comments/mute/<str:token>/", views.mute, name="mute"),
    path("comments/desk/", desk.desk, name="desk"),
    path("comments/desk/decide/", desk.desk_decide, name="desk_decide"),
    path("comments/yours/", views_own.yours, name="yours"),
    path("comments/<id:comment_id>/", views_own.comment, name="comment"),
    path("comments/<id:comment_id>/react/", reacting.react_view, name="react"),
    path("comments/<id:comment_id>/edit/", views_own.edit, name="edit"),
    path("comments/<id:comment_id>/delete/", views_own.delete, name="delete"),
    path("comments/<id:comment_id>/flag/", views_own.flag, name="flag"),
]

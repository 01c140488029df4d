from django.urls import path

from accounts import views

app_name = "accounts"

urlpatterns = [
    path("me/data/", views.data, name="data"),
    path("me/data/groundswell-my-data.json", views.download, name="download"),
]

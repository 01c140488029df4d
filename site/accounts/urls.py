from django.urls import path

from accounts import views

app_name = "accounts"

urlpatterns = [
    path("me/data/", views.data, name="data"),
    path("me/data/pack/", views.pack, name="pack"),
    path("me/data/parcel/<str:token>/groundswell-my-data.zip", views.download, name="download"),
    path("me/data/stay/<str:token>/", views.stay, name="stay"),
]

from django.urls import path

from members import views

app_name = "members"

urlpatterns = [
    path("kentler/", views.cities, name="cities"),
    path("kentler/sec/", views.choose_city, name="choose_city"),
    path("kentler/katil/", views.join, name="join"),
    path("kentler/<slug:slug>/kurumlar/", views.organisations, name="organisations"),
    path("hesap/profil/", views.profile, name="profile"),
    path("hesap/kurum-adina/", views.request_representation, name="request_representation"),
    path("kurum-adina/<int:pk>/onayla/", views.confirm_representation, name="confirm_representation"),
]

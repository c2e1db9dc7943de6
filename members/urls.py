from django.urls import path

from members import organisations, roles, views

app_name = "members"

urlpatterns = [
    path("kentler/", views.cities, name="cities"),
    path("kentler/sec/", views.choose_city, name="choose_city"),
    path("kentler/katil/", views.join, name="join"),
    path("kentler/<slug:slug>/ayril/", views.leave, name="leave"),
    path("kentler/<slug:slug>/kurumlar/", organisations.organisations, name="organisations"),
    path("kentler/<slug:slug>/kurumlar/yeni/", organisations.add_organisation, name="add_organisation"),
    path("kentler/<slug:slug>/roller/", roles.roles, name="roles"),
    path("kentler/<slug:slug>/roller/<key:pk>/<slug:role>/ver/", roles.grant_role, name="grant_role"),
    path("kentler/<slug:slug>/roller/<key:pk>/<slug:role>/geri-al/", roles.withdraw_role, name="withdraw_role"),
    path("hesap/profil/", views.profile, name="profile"),
    path("hesap/taslaklar/", views.drafts, name="drafts"),
    path("hesap/taslaklar/<key:pk>/sil/", views.delete_draft, name="delete_draft"),
    path("hesap/kurum-adina/", views.request_representation, name="request_representation"),
    path("kurum-adina/<key:pk>/onayla/", organisations.confirm_representation, name="confirm_representation"),
    path("kurum-adina/<key:pk>/bitir/", organisations.end_representation, name="end_representation"),
]

from django.urls import path

from search import link_views, views

app_name = "search"

urlpatterns = [
    path("", views.search, name="search"),
    path("baglanti/oner/", link_views.propose, name="propose_link"),
    path("baglanti/<key:pk>/", link_views.decide, name="decide_link"),
    path("oneri/", views.suggestions, name="suggestions"),
]

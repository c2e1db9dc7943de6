from django.urls import path

from search import link_views, saved_views, views

app_name = "search"

urlpatterns = [
    path("", views.search, name="search"),
    path("baglanti/oner/", link_views.propose, name="propose_link"),
    path("baglanti/<key:pk>/", link_views.decide, name="decide_link"),
    path("kayitli/", saved_views.saved_searches, name="saved_searches"),
    path("kayitli/kaydet/", saved_views.save, name="save_search"),
    path("kayitli/<key:pk>/kaldir/", saved_views.remove, name="remove_saved_search"),
    path("kayitli/dur/<str:token>/", saved_views.stop, name="stop_saved_search"),
    path("oneri/", views.suggestions, name="suggestions"),
]

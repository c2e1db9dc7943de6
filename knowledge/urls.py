from django.urls import path

from knowledge import views

app_name = "knowledge"

urlpatterns = [
    path("sozluk/", views.glossary, name="glossary"),
    path("sozluk/<slug:slug>/", views.term, name="term"),
    path("deneyim-paylas/", views.submit_experience, name="submit_experience"),
    path("deneyimlerim/", views.my_experiences, name="my_experiences"),
    path("deneyimlerim/<key:pk>/", views.revise_experience, name="revise_experience"),
    path("makale/<key:pk>/yorum/", views.comment, name="comment"),
]

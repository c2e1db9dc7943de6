from django.urls import path

from plans import views

app_name = "plans"

urlpatterns = [
    path("bolum/<int:pk>/v<int:number>/yorum/", views.comment, name="comment"),
    path("bolum/<int:pk>/v<int:number>/yorumlar/", views.section_comments, name="section_comments"),
    path("yorum/<int:pk>/yanit/", views.answer, name="answer"),
    path("<int:pk>/yanit-bekleyenler/", views.unanswered, name="unanswered"),
]

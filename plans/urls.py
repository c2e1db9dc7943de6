from django.urls import path

from plans import phasing, views, writing

app_name = "plans"

urlpatterns = [
    path("bolum/<int:pk>/v<int:number>/yorum/", writing.comment, name="comment"),
    path("bolum/<int:pk>/v<int:number>/yorumlar/", views.section_comments, name="section_comments"),
    path("yorum/<int:pk>/", views.thread, name="thread"),
    path("yorum/<int:pk>/yanit/", writing.answer, name="answer"),
    path("<int:pk>/v<int:number>/yersiz-yorumlar/", views.orphans, name="orphans"),
    path("<int:pk>/asama/", phasing.phase, name="phase"),
    path("<int:pk>/yanit-bekleyenler/", views.unanswered, name="unanswered"),
]

from django.urls import path

from plans import adopting, answering, last_read, outcomes, phasing, settling, suggesting, views, writing
from plans.api_docs import about_api
from plans.exports import views as exports

app_name = "plans"

urlpatterns = [
    path("api/", about_api, name="api"),
    path("bolum/<int:pk>/v<int:number>/yorum/", writing.comment, name="comment"),
    path("bolum/<int:pk>/v<int:number>/yorumlar/", views.section_comments, name="section_comments"),
    path("bolum/<int:pk>/v<int:number>/yorumlar/yaninda/", views.comments_beside, name="comments_beside"),
    path("yorum/<int:pk>/", views.thread, name="thread"),
    path("yorum/<int:pk>/yanit/", answering.answer, name="answer"),
    path("yorum/<int:pk>/destek/", suggesting.support, name="support_suggestion"),
    path("yorum/<int:pk>/isle/", suggesting.merge, name="merge_suggestion"),
    path("yorum/<int:pk>/yer/", settling.place, name="place"),
    path("<int:pk>/yerler/", settling.places, name="places"),
    path("<int:pk>/v<int:number>/yersiz-yorumlar/", views.orphans, name="orphans"),
    path("<int:pk>/v<int:number>/okundu/", last_read.mark, name="mark_as_read"),
    path("<int:pk>/v<int:number>/plan.pdf", exports.pdf, name="pdf"),
    path("<int:pk>/v<int:number>/plan.docx", exports.word, name="word"),
    path("<int:pk>/v<int:number>/yorumlar.csv", exports.comments_csv, name="comments_csv"),
    path("<int:pk>/v<int:number>/yorumlar.xlsx", exports.comments_xlsx, name="comments_xlsx"),
    path("<int:pk>/destek/", adopting.support, name="support"),
    path("<int:pk>/destek/ver/", adopting.endorse, name="endorse"),
    path("<int:pk>/destek/kabul/", adopting.adopt, name="adopt"),
    path("<int:pk>/destek/guncelle/", adopting.update, name="start_update"),
    path("<int:pk>/destek/yeter-sayi/", adopting.quorum, name="quorum"),
    path("<int:pk>/siz-soylediniz/", outcomes.said_and_done, name="said_and_done"),
    path("<int:pk>/siz-soylediniz.pdf", exports.said_and_done_pdf, name="said_and_done_pdf"),
    path("<int:pk>/kim-konustu/", outcomes.voices, name="voices"),
    path("<int:pk>/asama/", phasing.phase, name="phase"),
    path("<int:pk>/yanit-bekleyenler/", answering.unanswered, name="unanswered"),
    path("<int:pk>/yanit-bekleyenler/birlikte/", answering.answer_together, name="answer_together"),
]

from django.urls import path

from plans.api.docs import about_api
from plans.exports import views as exports
from plans.views import (
    adopting,
    answering,
    commenting,
    comments,
    last_read,
    outcomes,
    phasing,
    plan_map,
    settling,
    suggesting,
)

app_name = "plans"

urlpatterns = [
    path("api/", about_api, name="api"),
    path("bolum/<key:pk>/v<int:number>/yorum/", commenting.comment, name="comment"),
    path("bolum/<key:pk>/v<int:number>/yorumlar/", comments.section_comments, name="section_comments"),
    path("bolum/<key:pk>/v<int:number>/yorumlar/yaninda/", comments.comments_beside, name="comments_beside"),
    path("yorum/<key:pk>/", comments.thread, name="thread"),
    path("yorum/<key:pk>/yanit/", answering.answer, name="answer"),
    path("yorum/<key:pk>/destek/", suggesting.support, name="support_suggestion"),
    path("yorum/<key:pk>/isle/", suggesting.merge, name="merge_suggestion"),
    path("yorum/<key:pk>/yer/", settling.place, name="place"),
    path("<key:pk>/yerler/", settling.places, name="places"),
    path("<key:pk>/v<int:number>/yersiz-yorumlar/", comments.orphans, name="orphans"),
    path("<key:pk>/v<int:number>/okundu/", last_read.mark, name="mark_as_read"),
    path("<key:pk>/v<int:number>/plan.pdf", exports.pdf, name="pdf"),
    path("<key:pk>/v<int:number>/plan.docx", exports.word, name="word"),
    path("<key:pk>/v<int:number>/yorumlar.csv", exports.comments_csv, name="comments_csv"),
    path("<key:pk>/v<int:number>/yorumlar.xlsx", exports.comments_xlsx, name="comments_xlsx"),
    path("<key:pk>/destek/", adopting.support, name="support"),
    path("<key:pk>/destek/ver/", adopting.endorse, name="endorse"),
    path("<key:pk>/destek/kabul/", adopting.adopt, name="adopt"),
    path("<key:pk>/destek/guncelle/", adopting.update, name="start_update"),
    path("<key:pk>/destek/yeter-sayi/", adopting.quorum, name="quorum"),
    path("<key:pk>/siz-soylediniz/", outcomes.said_and_done, name="said_and_done"),
    path("<key:pk>/siz-soylediniz.pdf", exports.said_and_done_pdf, name="said_and_done_pdf"),
    path("<key:pk>/kim-konustu/", outcomes.voices, name="voices"),
    path("<key:pk>/harita/", plan_map.plan_map, name="map"),
    path("<key:pk>/asama/", phasing.phase, name="phase"),
    path("<key:pk>/yanit-bekleyenler/", answering.unanswered, name="unanswered"),
    path("<key:pk>/yanit-bekleyenler/birlikte/", answering.answer_together, name="answer_together"),
]

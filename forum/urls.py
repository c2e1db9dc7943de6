from django.urls import path

from forum import views, writing

app_name = "forum"

urlpatterns = [
    path("", views.start, name="start"),
    path("sor/", views.ask, name="ask"),
    path("onizleme/", writing.preview, name="preview"),
    path("konu/<key:pk>/yanitla/", writing.reply_to_topic, name="reply_to_topic"),
    path("konu/<key:pk>/yonet/", writing.moderate_topic, name="moderate_topic"),
    path("konu/<key:pk>/<slug:slug>/", views.topic, name="topic"),
    path("gonderi/<key:pk>/", views.post, name="post"),
    path("gonderi/<key:pk>/yanitla/", writing.reply, name="reply"),
    path("gonderi/<key:pk>/duzenle/", writing.edit_post, name="edit_post"),
    path("gonderi/<key:pk>/kaldir/", writing.remove_post, name="remove_post"),
    path("gonderi/<key:pk>/gizle/", writing.hide_post, name="hide_post"),
    path("gonderi/<key:pk>/goster/", writing.show_post, name="show_post"),
    path("<slug:city>/", views.index, name="index"),
    path("<slug:city>/denetim/", views.moderation, name="moderation"),
    path("<slug:city>/<slug:theme>/", views.board, name="board"),
    path("<slug:city>/<slug:theme>/yeni/", writing.new_topic, name="new_topic"),
]

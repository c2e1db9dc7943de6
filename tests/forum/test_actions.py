import pytest
from django.core.exceptions import PermissionDenied

from forum import actions
from forum.models import ModerationAct, Post, PostRevision
from tests import factories


@pytest.fixture
def topic(city, member):
    return factories.topic(city, member)


@pytest.fixture
def opening(topic):
    return Post.objects.on(topic).get()


def test_replies_stand_in_reading_order(topic, opening, member, another_member):
    first = factories.reply(opening, another_member, "Birinci")
    second = factories.reply(opening, member, "İkinci")
    nested = factories.reply(first, member, "Birinciye yanıt")
    assert list(Post.objects.on(topic)) == [opening, first, nested, second]
    topic.refresh_from_db()
    assert topic.post_count == 4
    assert Post.objects.get(pk=opening.pk).nested_count == 3
    assert [post.level for post in Post.objects.on(topic)] == [0, 1, 2, 1]


def test_a_reply_to_a_post_about_something_else_is_refused(city, topic, opening, member):
    elsewhere = factories.topic(city, member, title="Başka bir konu")
    with pytest.raises(actions.ForeignParentError):
        actions.post_comment(author=member, target=elsewhere, body="Yanıt", parent=opening)


def test_a_reply_to_a_removed_post_is_refused_and_writes_nothing(topic, opening, member, another_member):
    reply = factories.reply(opening, member)
    actions.remove_post(by=member, post=reply)
    before = Post.objects.count()
    with pytest.raises(actions.ForeignParentError):
        actions.post_comment(author=another_member, target=topic, body="Yanıt", parent=reply)
    assert Post.objects.count() == before


def test_a_topic_goes_on_when_its_opening_is_removed(topic, opening, member, another_member):
    factories.reply(opening, another_member)
    actions.remove_post(by=member, post=opening)
    answer = actions.post_comment(author=another_member, target=topic, body="Yanıt", parent=opening)
    assert answer.parent_id == opening.pk


def test_in_a_locked_topic_nothing_is_rewritten_or_answered(topic, opening, member, another_member, moderator):
    stale = type(topic).objects.get(pk=topic.pk)
    actions.moderate_topic(by=moderator, topic=topic, verb=ModerationAct.Verb.LOCK_TOPIC, reason="x")
    with pytest.raises(PermissionDenied):
        actions.edit_post(by=member, post=Post.objects.get(pk=opening.pk), body="Bambaşka bir söz")
    with pytest.raises(PermissionDenied):
        actions.post_comment(author=another_member, target=stale, body="Geç", parent=opening)


def test_the_same_reply_at_the_deepest_level_is_kept_once(opening, another_member, settings):
    settings.COMMENTS_XTD_MAX_THREAD_LEVEL = 1
    deep = factories.reply(opening, another_member, "Birinci")
    factories.reply(deep, another_member, "Aynı söz")
    with pytest.raises(actions.RepeatedPostError):
        factories.reply(deep, another_member, "Aynı söz")


def test_a_reply_may_repeat_the_words_of_ones_own_opening(opening, member):
    assert factories.reply(opening, member, opening.comment).comment == opening.comment


def test_a_hidden_post_no_longer_lifts_its_topic(topic, opening, another_member, moderator):
    before = type(topic).objects.get(pk=topic.pk).last_post_at
    spam = factories.reply(opening, another_member, "Reklam")
    actions.hide_post(by=moderator, post=spam, reason="Reklam")
    assert type(topic).objects.get(pk=topic.pk).last_post_at == before


def test_of_a_picture_its_words_stay_and_without_words_it_is_nothing(opening, member):
    post = factories.reply(opening, member, "![Bozuk kaldırım](https://ornek.example/a.jpg)")
    assert "Bozuk kaldırım" in post.body_html
    with pytest.raises(actions.EmptyPostError):
        factories.reply(opening, member, "![](https://ornek.example/a.jpg)")


def test_the_same_reply_sent_twice_is_kept_once(opening, another_member):
    factories.reply(opening, another_member, "Bir kez")
    with pytest.raises(actions.RepeatedPostError):
        factories.reply(opening, another_member, "Bir kez")


def test_replies_below_the_deepest_level_stay_beside_their_parent(opening, member, settings):
    settings.COMMENTS_XTD_MAX_THREAD_LEVEL = 2
    parent = opening
    for number in range(4):
        parent = factories.reply(parent, member, f"Yanıt {number}")
    assert max(Post.objects.values_list("level", flat=True)) == 2


def test_an_edit_keeps_the_earlier_text(opening, member):
    edited = actions.edit_post(by=member, post=opening, body="Yeni **metin**")
    assert "<strong>metin</strong>" in edited.body_html
    assert PostRevision.objects.get(post=opening).comment == "Bank yok."


def test_an_edit_leaves_the_tree_alone(opening, member, another_member):
    reply = factories.reply(opening, another_member)
    actions.edit_post(by=member, post=opening, body="Yeni metin")
    assert Post.objects.get(pk=opening.pk).child_count == 1
    assert Post.objects.get(pk=reply.pk).path == "0001"


def test_only_the_author_edits_and_removes(opening, another_member, moderator):
    for stranger in (another_member, moderator):
        with pytest.raises(PermissionDenied):
            actions.edit_post(by=stranger, post=opening, body="Başkasının sözü")
        with pytest.raises(PermissionDenied):
            actions.remove_post(by=stranger, post=opening)


def test_a_removed_post_is_no_longer_counted(topic, opening, another_member):
    reply = factories.reply(opening, another_member)
    actions.remove_post(by=another_member, post=reply)
    topic.refresh_from_db()
    assert topic.post_count == 1


def test_hiding_needs_a_moderator_and_is_logged(opening, another_member, moderator):
    with pytest.raises(PermissionDenied):
        actions.hide_post(by=another_member, post=opening, reason="Beğenmedim")
    actions.hide_post(by=moderator, post=opening, reason="Kişisel bilgi")
    act = ModerationAct.objects.get()
    assert (act.verb, act.reason, act.moderator) == ("hide_post", "Kişisel bilgi", moderator)


def test_a_moderator_of_another_city_cannot_hide(opening, other_city):
    elsewhere = factories.person(other_city, "moderator")
    with pytest.raises(PermissionDenied):
        actions.hide_post(by=elsewhere, post=opening, reason="Uzaktan")


def test_a_moderator_does_not_moderate_their_own_post(city, moderator):
    own = Post.objects.on(factories.topic(city, moderator)).get()
    with pytest.raises(PermissionDenied):
        actions.hide_post(by=moderator, post=own, reason="Kendi sözüm")


def test_nobody_speaks_for_an_organisation_without_confirmation(topic, opening, another_member, city):
    organisation = factories.OrganisationFactory(city=city)
    with pytest.raises(PermissionDenied):
        actions.post_comment(author=another_member, target=topic, body="Biz", parent=opening, organisation=organisation)


def test_an_empty_text_is_refused(topic, opening, member):
    with pytest.raises(actions.EmptyPostError):
        actions.post_comment(author=member, target=topic, body="  \n ", parent=opening)


def test_what_its_author_took_back_meanwhile_is_neither_hidden_nor_shown(opening, member, moderator):
    read_before = Post.objects.get(pk=opening.pk)
    actions.remove_post(by=member, post=opening)
    with pytest.raises(PermissionDenied):
        actions.hide_post(by=moderator, post=read_before, reason="Geç kaldım")
    with pytest.raises(PermissionDenied):
        actions.show_post(by=moderator, post=read_before)
    assert Post.objects.get(pk=opening.pk).status == Post.Status.REMOVED
    assert not ModerationAct.objects.exists()


def test_a_moderator_who_presses_twice_is_logged_once(topic, opening, moderator):
    stale_topic, stale_post = type(topic).objects.get(pk=topic.pk), Post.objects.get(pk=opening.pk)
    for _press in range(2):
        actions.moderate_topic(by=moderator, topic=stale_topic, verb=ModerationAct.Verb.LOCK_TOPIC, reason="Dağıldı")
        actions.hide_post(by=moderator, post=stale_post, reason="Kişisel bilgi")
    assert sorted(ModerationAct.objects.values_list("verb", flat=True)) == ["hide_post", "lock_topic"]
    topic.refresh_from_db()
    assert topic.is_locked
    assert topic.post_count == 0

"""Links are proposed when the outbox is drained: after what waits for the index, in portions, and whatever fails."""

import pytest

from forum.actions import moderate_topic
from forum.models import ModerationAct
from plans.actions.publish_version import publish_version
from search import proposing
from search.engine import current_engine
from search.engines.base import EngineError, Query
from search.indexing import drain, drain_quietly, rebuild
from search.models import Link, OutboxEntry
from search.queries import find
from tests import factories
from tests.plans.making import make_plan, section, section_of

Verb = ModerationAct.Verb
LIGHTS = "Karanlık duraklara lamba konur, sönen lambalar bir haftada onarılır."


pytestmark = pytest.mark.usefixtures("empty_index")


@pytest.fixture
def plan(city, editor):
    chapters = {
        "Ulaşım": [section("Duraklar", LIGHTS), section("Seferler", "Son otobüs gece yarısı kalkar.")],
        "Bakım": [section("Kreşler", "Kreşler akşam yediye kadar açık kalır.")],
    }
    return make_plan(city, chapters, by=editor)


@pytest.fixture
def version(plan, editor):
    return publish_version(by=editor, plan=plan)


def about_stops(city, author, title="Durağımız karanlık"):
    return factories.topic(city, author, title=title, body="Durakta lambalar yanmıyor.")


@pytest.fixture
def topics(city, member, version):
    found = [about_stops(city, member, title=f"Karanlık durak {number}") for number in range(3)]
    drain()
    return found


def test_what_is_posted_while_a_publication_is_compared_is_found_first(topics, city, member, editor, plan, monkeypatch):
    monkeypatch.setattr(proposing, "PORTION", 1)
    real, seen = proposing._Portion.likes_of, []

    def spy(portion, source, discussion):
        if not seen:
            about_stops(city, member, title="Meydanda zerdali ağacı")
        seen.append(bool(find(member, Query("zerdali")).found))
        return real(portion, source, discussion)

    monkeypatch.setattr(proposing._Portion, "likes_of", spy)
    publish_version(by=editor, plan=plan, note="Yeniden.")
    drain()
    assert seen[0] is False
    assert all(seen[1:])
    assert len(seen) == 1 + len(topics)


def test_what_waits_for_links_is_found_meanwhile(topics, member):
    OutboxEntry.objects.create(kind=OutboxEntry.LINKS, object_pk=f"topic:{topics[0].pk}")
    assert len(find(member, Query("karanlık")).found) >= len(topics)


def test_one_that_cannot_be_compared_holds_up_no_other(topics, monkeypatch):
    Link.objects.all().delete()
    real = proposing._Portion.likes_of

    def fail_for_the_first(portion, source, discussion):
        if discussion == topics[0]:
            raise ZeroDivisionError
        return real(portion, source, discussion)

    monkeypatch.setattr(proposing._Portion, "likes_of", fail_for_the_first)
    proposing.note_all()
    drain()
    linked = set(Link.objects.values_list("discussion_key", flat=True))
    assert linked == {f"topic:{topic.pk}" for topic in topics[1:]}
    assert not OutboxEntry.objects.exists()


def test_while_the_engine_is_away_discussions_wait(topics, monkeypatch):
    Link.objects.all().delete()
    engine = current_engine()

    def away(*args, **kwargs):
        raise EngineError("away")

    with monkeypatch.context() as patched:
        patched.setattr(engine, "similar", away, raising=False)
        proposing.note_all()
        assert drain_quietly() is False
    assert OutboxEntry.objects.for_links().count() == len(topics)
    drain()
    assert Link.objects.count() == len(topics)


def test_a_discussion_waits_once(topics):
    proposing.note_all()
    proposing.note_all()
    assert OutboxEntry.objects.for_links().count() == len(topics)


def test_an_index_made_anew_proposes_anew(topics, version):
    Link.objects.all().delete()
    rebuild()
    stops = f"section:{section_of(version, '1.1').pk}"
    assert Link.objects.filter(section_key=stops).count() == len(topics)


def test_a_new_plan_of_another_city_is_proposed_for_what_was_discussed_before(city, other_city, member, editor):
    topic = about_stops(city, member)
    drain()
    there = factories.person(other_city, "editor")
    plan = make_plan(other_city, {"Ulaşım": [section("Duraklar", LIGHTS)]}, by=there)
    version = publish_version(by=there, plan=plan)
    drain()
    link = Link.objects.get(discussion_key=f"topic:{topic.pk}")
    assert link.section_key == f"section:{section_of(version, '1.1').pk}"


def test_a_topic_that_is_hidden_is_proposed_nowhere_until_it_is_shown(topics, version, moderator):
    moderate_topic(by=moderator, topic=topics[0], verb=Verb.HIDE_TOPIC, reason="Adres")
    drain()
    assert not Link.objects.filter(discussion_key=f"topic:{topics[0].pk}").exists()
    moderate_topic(by=moderator, topic=topics[0], verb=Verb.SHOW_TOPIC)
    drain()
    assert Link.objects.filter(discussion_key=f"topic:{topics[0].pk}").exists()

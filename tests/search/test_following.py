"""Links go where the text of a section goes: made anew, merged, split; who, when and why go along."""

import pytest

from plans.actions.publish_version import publish_version
from search.indexing import drain
from search.linking import proposals, sections_of
from search.links import Move, decide_link, follow_links, propose_link
from search.models import Citation, Link
from tests import factories
from tests.plans.making import make_plan, replacing, revise, section, section_of

State = Link.State
LIGHTS = ("Karanlık duraklara güneşle çalışan lamba konur.", "Sönen lambalar en geç bir haftada onarılır.")
BENCHES = "Durakların hepsine gölgelik ile oturma yeri yapılır, kırık banklar yenilenir."


pytestmark = pytest.mark.usefixtures("empty_index")


@pytest.fixture
def plan(city, editor):
    blocks = [section("Duraklar", *LIGHTS), section("Banklar", BENCHES), section("Seferler", "Son otobüs geç kalkar.")]
    return make_plan(city, {"Ulaşım": blocks}, by=editor)


@pytest.fixture
def version(plan, editor):
    return publish_version(by=editor, plan=plan)


@pytest.fixture
def stops(version):
    return key(section_of(version, "1.1"))


@pytest.fixture
def topic(city, member, version):
    topic = factories.topic(city, member, title="Durağımız karanlık", body="Durakta lambalar yanmıyor.")
    drain()
    return f"topic:{topic.pk}"


@pytest.fixture
def link(stops, topic, member, editor):
    """Proposed by a member with a reason; nobody has decided about it."""
    return propose_link(by=member, section_key=stops, discussion_key=topic, reason="Aynı durak.")


def key(section) -> str:
    return f"section:{section.pk}"


def remade(blocks):
    return [section("Durak ışıkları", *LIGHTS), *blocks[1:]]


def merged(blocks):
    """The text of the first section stands in the second one, which keeps its own."""
    return [{**blocks[1], "value": section("Banklar", BENCHES, *LIGHTS)["value"]}, blocks[2]]


def halved(blocks):
    return [section("Lambalar", LIGHTS[0]), section("Onarım", LIGHTS[1]), *blocks[1:]]


def publish(plan, editor, change):
    revise(plan.chapters[0], change, by=editor)
    return publish_version(by=editor, plan=plan, note="Yeniden yazıldı.")


@pytest.mark.parametrize("change", [remade, merged])
def test_what_was_confirmed_belongs_to_the_heir_with_who_when_and_why(change, link, plan, stops, editor, member):
    decide_link(by=editor, link=link, confirmed=True)
    link.refresh_from_db()
    heir = key(section_of(publish(plan, editor, change), "1.1"))
    followed = Link.objects.get(section_key=heir, discussion_key=link.discussion_key)
    assert (followed.state, followed.followed_from) == (State.CONFIRMED, stops)
    assert (followed.proposed_by, followed.proposed_at, followed.reason) == (member, link.proposed_at, "Aynı durak.")
    assert (followed.decided_by, followed.decided_at) == (editor, link.decided_at)


def test_a_merge_confirms_what_the_machine_had_only_proposed_for_the_heir(link, plan, version, editor):
    decide_link(by=editor, link=link, confirmed=True)
    heir = key(section_of(version, "1.2"))
    Link.objects.filter(section_key=heir).delete()
    Link.objects.create(section_key=heir, discussion_key=link.discussion_key, score=0.3, words=["durak"])
    publish(plan, editor, merged)
    assert Link.objects.get(section_key=heir, discussion_key=link.discussion_key).state == State.CONFIRMED


def test_a_merge_does_not_undo_a_rejection(link, plan, version, editor, member):
    decide_link(by=editor, link=link, confirmed=True)
    heir = key(section_of(version, "1.2"))
    Link.objects.filter(section_key=heir).delete()
    other = propose_link(by=member, section_key=heir, discussion_key=link.discussion_key)
    decide_link(by=editor, link=other, confirmed=False)
    publish(plan, editor, merged)
    other.refresh_from_db()
    assert other.state == State.REJECTED


@pytest.mark.parametrize("change", [remade, halved])
def test_what_was_rejected_is_not_proposed_again_for_the_heirs(change, link, plan, editor, topic):
    decide_link(by=editor, link=link, confirmed=False)
    version = publish(plan, editor, change)
    drain()
    heirs = {key(section_of(version, number)) for number in ("1.1", "1.2")[: 2 if change is halved else 1]}
    assert not [one for one in proposals(editor, discussion_key=topic) if one.section.key in heirs]
    assert Link.objects.filter(section_key__in=heirs, state=State.REJECTED).count() == len(heirs)


def test_what_a_member_proposed_waits_at_the_heirs(link, plan, editor, topic, member):
    version = publish(plan, editor, halved)
    drain()
    found = {one.section.key: one.link for one in proposals(member, discussion_key=topic)}
    for number in ("1.1", "1.2"):
        link = found[key(section_of(version, number))]
        assert (link.proposed_by, link.reason) == (member, "Aynı durak.")


def test_a_split_leaves_it_to_people_to_which_part_a_discussion_belongs(link, plan, editor, topic):
    decide_link(by=editor, link=link, confirmed=True)
    version = publish(plan, editor, halved)
    drain()
    halves = [key(section_of(version, number)) for number in ("1.1", "1.2")]
    assert {one.section.key for one in proposals(editor, discussion_key=topic)} >= set(halves)
    assert sections_of(editor, topic) == []


def test_what_a_text_cites_goes_along_too(topic, stops, plan, editor, member):
    Citation.objects.create(
        section_key=stops, discussion_key=topic, cited_in="post:1", cited_as="1.1", created_by=member
    )
    heir = key(section_of(publish(plan, editor, remade), "1.1"))
    followed = Link.objects.get(section_key=heir, discussion_key=topic)
    assert (followed.state, followed.proposed_by) == (State.CONFIRMED, member)


def test_what_changed_since_is_told_through_a_merge(link, plan, editor, topic, stops):
    decide_link(by=editor, link=link, confirmed=True)
    publish(plan, editor, remade)
    [linked] = sections_of(editor, topic)
    assert linked.changed_url == ""  # the same words in another section
    newest = publish(plan, editor, replacing("en geç bir haftada", "üç günde"))
    [linked] = sections_of(editor, topic)
    assert linked.changed_url == f"{plan.get_url()}surum/{newest.number}/fark/1/#b-1-1"
    assert linked.link.followed_from == stops


def test_of_two_sections_that_become_one_the_stronger_link_holds(link, topic, editor, version):
    decide_link(by=editor, link=link, confirmed=True)
    other = propose_link(by=editor, section_key=key(section_of(version, "1.2")), discussion_key=topic)
    decide_link(by=editor, link=other, confirmed=False)
    heir = key(section_of(version, "1.3"))
    moves = [Move(one.section_key, heir, is_gone=True, is_clear=True) for one in (other, link)]
    follow_links(moves)
    follow_links(moves)
    assert Link.objects.get(section_key=heir, discussion_key=topic).state == State.CONFIRMED

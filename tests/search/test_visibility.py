"""What somebody may not see is in no hit, count, filter, highlight, suggestion, correction, link or list of related things
from the moment it is so, even if the index has not heard of it; and who may see it goes on finding it.

A case makes something that holds SECRET, and says how it goes out of sight. All of them pass the same tests, on every engine.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from forum.actions import hide_post, moderate_topic, post_comment, remove_post, show_post
from forum.models import ModerationAct, Post, Topic
from knowledge.models import ExplainerPage, KnowledgeIndexPage, Term
from members.actions import leave_city
from members.models import City, Role, User
from plans.actions.comment_on_section import comment_on_section
from plans.actions.publish_version import publish_version
from plans.models import Phase, PlanVersion, Section
from search import indexing
from search.engine import current_engine
from search.models import Link, OutboxEntry
from tests import factories
from tests.plans.making import make_plan, section
from tests.search.servers import engines_of_the_site

WORD = "Zerdali"
SECRET = "Muşmula"  # typed by nobody here: whatever shows it tells it
MISTYPED = "musmulq"
TEXT = f"{WORD} {SECRET} ağaçları meydanda"


@pytest.fixture(autouse=True, params=engines_of_the_site())
def _engine(db, request, settings):
    with request.param(settings):
        current_engine().rebuild([])
        yield


@pytest.fixture
def outage(monkeypatch):
    """`outage()`: from now on the index hears of nothing."""

    def begin():
        indexing.drain()
        monkeypatch.setattr(indexing, "drain", lambda: 0)

    return begin


@dataclass
class World:
    """A city in which a topic has WORD too. `pages` are addresses where links and related things are listed."""

    city: City
    member: User
    another_member: User
    editor: User
    moderator: User
    client_of: Callable[[User], Client]
    open_topic: Topic
    pages: list[str] = field(default_factory=list)


@pytest.fixture
def world(city, member, another_member, editor, moderator, client_of) -> World:
    topic = factories.topic(city, member, title=f"{WORD} ağaçları meydanda", body="Kesilmesin.")
    people = member, another_member, editor, moderator
    return World(city, *people, client_of, topic, pages=[topic.get_absolute_url()])


@dataclass
class Case:
    """Something at an address, how it goes, and how it comes back; who looks for it (else a visitor)."""

    url: str
    go: Callable[[], Any]
    come_back: Callable[[], Any] | None = None
    viewer: User | None = None
    is_suggested: bool = True
    documents: int = 1


# What goes out of sight


def secret_topic(world: World) -> Topic:
    """Linked to a plan section, in whose margin it is listed."""
    topic = factories.topic(world.city, world.member, title=TEXT, body="Yerinde kalsın.", theme="sokak-meydan")
    plan = make_plan(world.city, {"Parklar": [section("Banklar", "Oturaklar boyanır.")]}, by=world.editor)
    text = publish_version(by=world.editor, plan=plan).texts.get(number="1.1")
    confirm(f"section:{text.section_id}", f"topic:{topic.pk}")
    world.pages.append(reverse("plans:section_comments", args=[text.section_id, text.version.number]))
    return topic


def confirm(section_key: str, discussion_key: str) -> None:
    Link.objects.create(section_key=section_key, discussion_key=discussion_key, state=Link.State.CONFIRMED)


def opening(topic: Topic) -> Post:
    return Post.objects.on(topic).get(path="")


def hidden_topic(world: World) -> Case:
    topic = secret_topic(world)
    moderate = partial(moderate_topic, by=world.moderator, topic=topic)
    hide = partial(moderate, verb=ModerationAct.Verb.HIDE_TOPIC, reason="Adres")
    return Case(topic.get_absolute_url(), hide, partial(moderate, verb=ModerationAct.Verb.SHOW_TOPIC))


def topic_whose_only_post_is_hidden(world: World) -> Case:
    post = opening(topic := secret_topic(world))
    return Case(
        topic.get_absolute_url(),
        partial(hide_post, by=world.moderator, post=post, reason="Adres"),
        lambda: show_post(by=world.moderator, post=Post.objects.get(pk=post.pk)),
    )


def topic_whose_only_post_is_removed(world: World) -> Case:
    topic = secret_topic(world)
    return Case(topic.get_absolute_url(), partial(remove_post, by=world.member, post=opening(topic)))


def deleted_topic(world: World) -> Case:
    topic = secret_topic(world)
    return Case(topic.get_absolute_url(), topic.delete)


def reply_in(topic: Topic, author: User) -> Post:
    return factories.reply(opening(topic), author, f"{TEXT} olsun.")


def reply_in_a_hidden_topic(world: World) -> Case:
    topic = factories.topic(world.city, world.member, title="Bambaşka bir konu")
    post = reply_in(topic, world.another_member)
    moderate = partial(moderate_topic, by=world.moderator, topic=topic)
    hide = partial(moderate, verb=ModerationAct.Verb.HIDE_TOPIC, reason="Adres")
    show = partial(moderate, verb=ModerationAct.Verb.SHOW_TOPIC)
    return Case(post.get_absolute_url(), hide, show, is_suggested=False)


def reply_case(world: World, go: Callable[[Post], Any], come_back: Callable[[Post], Any] | None = None) -> Case:
    topic = factories.topic(world.city, world.member, title="Bambaşka bir konu")
    post = reply_in(topic, world.another_member)
    back = come_back and (lambda: come_back(Post.objects.get(pk=post.pk)))
    return Case(post.get_absolute_url(), lambda: go(post), back, is_suggested=False)


def hidden_reply(world: World) -> Case:
    return reply_case(world, partial(_hide, world), lambda post: show_post(by=world.moderator, post=post))


def _hide(world: World, post: Post) -> None:
    hide_post(by=world.moderator, post=post, reason="Adres")


def removed_reply(world: World) -> Case:
    return reply_case(world, lambda post: remove_post(by=world.another_member, post=post))


def held_reply(world: World) -> Case:
    def hold(post: Post) -> None:
        post.status = Post.Status.HELD
        post.save()

    return reply_case(world, hold, lambda post: show_post(by=world.moderator, post=post))


def explainer() -> ExplainerPage:
    page = ExplainerPage(title=TEXT, slug="zerdali", summary="Bir meyve.")
    KnowledgeIndexPage.objects.first().add_child(instance=page)
    return page


def unpublished_article(world: World) -> Case:
    page = explainer()
    return Case(page.get_url(), page.unpublish, lambda: page.save_revision().publish())


def deleted_article(world: World) -> Case:
    page = explainer()
    return Case(page.get_url(), page.delete)


def article_with(restriction_type: str, *, above: bool = False, **fields: Any) -> Callable[[World], Case]:
    def case(world: World) -> Case:
        page = explainer()
        restricted = page.get_parent() if above else page
        restrictions = PageViewRestriction.objects.filter(page=restricted)
        create = partial(restrictions.create, page=restricted, restriction_type=restriction_type, **fields)
        return Case(page.get_url(), create, restrictions.delete)

    return case


def comment_below_an_article_that_is_unpublished(world: World) -> Case:
    page = ExplainerPage(title="Meyveler", slug="meyveler", summary="Ağaçtan.")
    KnowledgeIndexPage.objects.first().add_child(instance=page)
    remark = post_comment(author=world.member, target=page, body=TEXT)
    return Case(remark.get_absolute_url(), page.unpublish, lambda: page.save_revision().publish(), is_suggested=False)


def secret_section(world: World) -> tuple[PlanVersion, Section]:
    """Linked to the open topic, on whose page it is listed."""
    plan = make_plan(world.city, {"Parklar": [section(TEXT, "Oturaklar boyanır.")]}, by=world.editor)
    version = publish_version(by=world.editor, plan=plan)
    found = version.texts.get(number="1.1").section
    confirm(f"section:{found.pk}", f"topic:{world.open_topic.pk}")
    return version, found


def begin_phase_for(audience: Phase.Audience, version: PlanVersion) -> Callable[[], Phase]:
    fields = {"plan": version.plan, "kind": Phase.Kind.DRAFT, "audience": audience}
    return lambda: Phase.objects.create(**fields, starts_at=timezone.now() - timedelta(minutes=1))


def section_in_a_phase_for_members(world: World) -> Case:
    """The running phase decides, without any row of the section changing."""
    version, found = secret_section(world)
    everybody = begin_phase_for(Phase.Audience.PUBLIC, version)
    return Case(found.get_absolute_url(), begin_phase_for(Phase.Audience.MEMBERS, version), everybody)


def section_for_members_of_whom_one_leaves(world: World) -> Case:
    version, found = secret_section(world)
    begin_phase_for(Phase.Audience.MEMBERS, version)()
    leave = partial(leave_city, user=world.another_member, city=world.city)
    back = partial(factories.join_city, user=world.another_member, city=world.city)
    return Case(found.get_absolute_url(), leave, back, viewer=world.another_member)


def section_of_an_unpublished_plan(world: World) -> Case:
    version, found = secret_section(world)
    plan = version.plan
    return Case(found.get_absolute_url(), plan.unpublish, lambda: plan.save_revision().publish())


def section_of_a_restricted_plan(world: World) -> Case:
    version, found = secret_section(world)
    restrictions = PageViewRestriction.objects.filter(page=version.plan)
    create = partial(restrictions.create, page=version.plan, restriction_type="login")
    return Case(found.get_absolute_url(), create, restrictions.delete)


def section_of_a_plan_in_a_restricted_city(world: World) -> Case:
    _version, found = secret_section(world)
    restrictions = PageViewRestriction.objects.filter(page=world.city.page)
    create = partial(restrictions.create, page=world.city.page, restriction_type="login")
    return Case(found.get_absolute_url(), create, restrictions.delete)


def comment_on_a_section_in_a_phase_for_members(world: World) -> Case:
    plan = make_plan(world.city, {"Parklar": [section("Banklar", "Oturaklar boyanır.")]}, by=world.editor)
    version = publish_version(by=world.editor, plan=plan)
    place = version.texts.get(number="1.1").section
    comment = comment_on_section(author=world.another_member, section=place, version=version, body=TEXT)
    go, back = (begin_phase_for(audience, version) for audience in (Phase.Audience.MEMBERS, Phase.Audience.PUBLIC))
    return Case(comment.get_absolute_url(), go, back, is_suggested=False)


def deleted_term(world: World) -> Case:
    term = Term.objects.create(slug="zerdali", term_tr=TEXT, term_en="Apricot", meaning_tr="Meyve", meaning_en="Fruit")
    return Case(term.get_absolute_url(), term.delete)


CASES = {
    case.__name__: case
    for case in (
        *(hidden_topic, topic_whose_only_post_is_hidden, topic_whose_only_post_is_removed, deleted_topic),
        *(hidden_reply, removed_reply, held_reply, reply_in_a_hidden_topic),
        *(unpublished_article, deleted_article, comment_below_an_article_that_is_unpublished),
        *(section_in_a_phase_for_members, section_for_members_of_whom_one_leaves),
        *(section_of_an_unpublished_plan, section_of_a_restricted_plan, section_of_a_plan_in_a_restricted_city),
        *(comment_on_a_section_in_a_phase_for_members, deleted_term),
    )
} | {
    "article_for_who_signs_in": article_with("login"),
    "article_with_a_password": article_with("password", password="secret"),
    "article_for_groups": article_with("groups"),
    "article_below_a_restricted_page": article_with("login", above=True),
}


# What is told of it


@dataclass
class Told:
    """What a person is told who looks for WORD, or for what looks like SECRET."""

    urls: set[str]
    total: int
    counts: set[int]  # over all values, of each facet that is shown
    suggested: set[str]
    showing: set[str]  # where SECRET can be read


def told(client: Client, world: World) -> Told:
    results = client.get(reverse("search:search"), {"q": WORD})
    suggested = client.get(reverse("search:suggestions"), {"q": WORD[:4]}).json()["suggestions"]
    corrected = client.get(reverse("search:search"), {"q": MISTYPED}).context
    texts = {
        "results": results.content.decode(),
        "correction": corrected.get("mended", ""),
        "suggestions": str(suggested),
        **{address: client.get(address).content.decode() for address in world.pages},
    }
    return Told(
        urls={hit["url"] for hit in results.context["hits"]},
        total=results.context["total"],
        counts={filter_["options"][0]["count"] for filter_ in results.context["filters"]},
        suggested={one["url"] for one in suggested},
        showing={place for place, text in texts.items() if SECRET.lower() in text.lower()},
    )


def assert_told(case: Case, client: Client, world: World) -> None:
    found = told(client, world)
    assert case.url in found.urls
    assert (case.url in found.suggested) == case.is_suggested
    assert found.total == len(found.urls) == 2
    assert found.counts == {2}
    listed = {"suggestions", *world.pages} if case.is_suggested else set()
    assert found.showing == {"results", "correction"} | listed


def assert_not_told(case: Case, client: Client, world: World) -> None:
    found = told(client, world)
    assert found.urls == found.suggested == {world.open_topic.get_absolute_url()}
    assert found.total == 1
    assert found.counts <= {1}
    assert found.showing == set()


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("is_stale", [True, False])
def test_what_goes_out_of_sight_is_not_told(client, world, outage, name, is_stale):
    case = CASES[name](world)
    client = world.client_of(case.viewer) if case.viewer else client
    indexing.drain()
    assert_told(case, client, world)
    if is_stale:
        outage()
    case.go()
    indexing.drain()
    assert_not_told(case, client, world)


@pytest.mark.parametrize("name", CASES)
def test_what_comes_back_is_found_again(client, world, name):
    """Also when the index was mended meanwhile, as it is every night."""
    case = CASES[name](world)
    if case.come_back is None:
        return
    client = world.client_of(case.viewer) if case.viewer else client
    case.go()
    indexing.catch_up()
    case.come_back()
    indexing.drain()
    assert_told(case, client, world)
    assert indexing.compare().keys == []


# Who may see it, and who has changed it


def test_members_find_what_a_phase_keeps_for_them(client_of, world):
    case = section_in_a_phase_for_members(world)
    case.go()
    indexing.drain()
    assert_told(case, client_of(world.member), world)


def test_what_waits_for_the_index_is_left_out_until_it_is_there(client, world, outage):
    topic = secret_topic(world)
    outage()
    topic.title = "Bambaşka"
    topic.save()
    assert OutboxEntry.objects.filter(kind="topic", object_pk=str(topic.pk)).exists()
    found = told(client, world)
    assert found.urls == found.suggested == {world.open_topic.get_absolute_url()}
    assert found.total == 1


def test_the_name_of_a_member_who_is_gone_is_not_told(client, city, world, outage):
    person = factories.person(city, Role.MEMBER, display_name=f"Feride {SECRET}")
    post = factories.reply(opening(world.open_topic), person, f"{WORD} tatlıdır.")
    outage()
    person.delete()
    found = told(client, world)
    assert post.get_absolute_url() in found.urls
    assert found.showing == set()

"""Experiences belong to plan sections as topics do."""

import pytest
from django.urls import reverse

from forum.actions import post_comment
from knowledge.models import ExperiencePage, GuidePage, KnowledgeIndexPage
from members.models import Role
from plans.actions.publish_version import publish_version
from search.indexing import drain
from search.linking import proposals, sections_of
from search.links import decide_link
from search.models import Link
from search.registry import key_of
from tests import factories
from tests.plans.making import section_of, two_chapters

pytestmark = pytest.mark.usefixtures("empty_index")


@pytest.fixture
def plan(city, editor):
    return two_chapters(city, by=editor)


@pytest.fixture
def version(plan, editor):
    return publish_version(by=editor, plan=plan)


def publish(city, author, text, model=ExperiencePage, title="Gece otobüsü denemesi"):
    page = model(title=title, summary="Bir deneme.", city=city, owner=author, body=[("text", f"<p>{text}</p>")])
    KnowledgeIndexPage.objects.child_of(city.page).get().add_child(instance=page)
    page.save_revision(user=author).publish()
    drain()
    return model.objects.get(pk=page.pk)


@pytest.fixture
def experience(city, member, version):
    return publish(city, member, "Son otobüs gece yarısından sonra kalktı, duraklarda tırabzan vardı.")


def test_the_section_that_an_experience_is_about_is_proposed_and_confirmed(
    experience, version, plan, editor, client, client_of
):
    buses = section_of(version, "2.1")
    [proposal] = [one for one in proposals(editor, discussion_key=key_of(experience)) if one.section.obj == buses]
    address = experience.get_url()
    assert reverse("search:decide_link", args=[proposal.link.pk]) in client_of(editor).get(address).content.decode()
    decide_link(by=editor, link=proposal.link, confirmed=True)
    page = client.get(address).content.decode()
    assert "§2.1 Otobüs" in page
    assert "Duraklarda tırabzan bulunmuyor" in page  # what the plan says today


def test_beside_a_section_and_on_the_map_it_is_named_as_what_it_is(experience, version, plan, editor, client):
    buses = section_of(version, "2.1")
    link = Link.objects.get(section_key=key_of(buses), discussion_key=key_of(experience))
    decide_link(by=editor, link=link, confirmed=True)
    for address in (
        plan.get_url(),
        reverse("plans:section_comments", args=[buses.pk, version.number]),
        reverse("plans:map", args=[plan.pk]),
    ):
        page = client.get(address).content.decode()
        before, _title, _after = page.partition(experience.title)
        assert "hit-experience" in before.rpartition("<li>")[2], address
    found = client.get(reverse("plans:map", args=[plan.pk])).context
    assert found["counts"]["discussions"] == 1
    assert [len(row.discussions) for chapter in found["chapters"] for row in chapter.rows] == [0, 0, 1]


def test_editors_of_both_cities_decide_and_moderators_of_its_own(experience, version, other_city, city):
    link = Link.objects.get(section_key=key_of(section_of(version, "2.1")), discussion_key=key_of(experience))
    for place, role, may in (
        (city, Role.EDITOR, True),
        (city, Role.MODERATOR, True),
        (other_city, Role.EDITOR, False),
        (other_city, Role.MODERATOR, False),
    ):
        person = factories.person(place, role)
        decided = [one.link for one in proposals(person, discussion_key=key_of(experience)) if one.may_decide]
        assert (link in decided) is may, (place, role)


def test_what_is_unpublished_stands_beside_no_section(experience, version, plan, editor, client):
    link = Link.objects.get(section_key=key_of(section_of(version, "2.1")), discussion_key=key_of(experience))
    decide_link(by=editor, link=link, confirmed=True)
    experience.unpublish()
    for address in (plan.get_url(), reverse("plans:map", args=[plan.pk])):
        assert experience.title not in client.get(address).content.decode()


def test_what_its_text_cites_links_it_at_once(city, member, version):
    address = section_of(version, "1.2").get_absolute_url()
    page = publish(city, member, f'Bakın §1.1 ve <a href="http://testserver{address}">kreşler</a>.')
    assert {one.section.title for one in sections_of(member, key_of(page))} == {
        f"§1.1 Parklar · {city}",
        f"§1.2 Kreşler · {city}",
    }
    page.body = [("text", "<p>Bakın §1.1.</p>")]
    page.save_revision().publish()
    assert [one.cited_as for one in sections_of(member, key_of(page))] == ["1.1"]


def test_what_is_said_about_it_links_it_as_an_answer_links_a_topic(experience, version, another_member):
    post_comment(author=another_member, target=experience, body="§1.2 bunu istiyor.")
    assert [one.cited_as for one in sections_of(another_member, key_of(experience))] == ["1.2"]


def test_a_guide_is_no_discussion(city, member, version, another_member):
    guide = publish(city, member, "Son otobüs gece yarısından sonra kalkar: §2.1.", model=GuidePage)
    post_comment(author=another_member, target=guide, body="§1.2 bunu istiyor.")
    assert sections_of(member, key_of(guide)) == []
    assert not Link.objects.filter(discussion_key=key_of(guide)).exists()

"""What has changed since a person last read a plan, and the mark that says what they have read."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.translation import override

from plans.actions.enter_phase import enter_phase
from plans.actions.mark_as_read import mark_as_read
from plans.actions.publish_version import publish_version
from plans.models import Phase, ReadMark
from tests.plans.making import add_chapter, replacing, revise, section


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


@pytest.fixture
def first(plan, editor):
    return publish_version(by=editor, plan=plan)


@pytest.fixture
def second(plan, first, editor):
    """1.2 has other words; 3 with 3.1 is new."""
    revise(plan.chapters[0], replacing("vardiya saatlerine", "mesai saatlerine"), by=editor)
    add_chapter(plan, "Pazar", [section("Gölge", "Gölgelik kurulur.")], by=editor)
    return publish_version(by=editor, plan=plan, note="Düzeltme.")


def read(client, plan):
    response = client.get(plan.get_url())
    assert response.status_code == 200
    return response


def send(client, version, wanted: str = "1"):
    return client.post(reverse("plans:mark_as_read", args=[version.plan_id, version.number]), {"okundu": wanted})


def test_reading_alone_notes_nothing(client_of, plan, first, member):
    browser = client_of(member)
    assert "Mark version 1 as read" in read(browser, plan).content.decode()
    assert not ReadMark.objects.exists()


def test_a_visitor_has_no_button_and_is_asked_to_sign_in(client, plan, first):
    assert "okundu" not in read(client, plan).content.decode()
    assert reverse("account_login") in send(client, first).url
    assert not ReadMark.objects.exists()


def test_who_has_marked_a_version_reads_what_has_changed_since(client_of, plan, first, member, editor, request):
    browser = client_of(member)
    assert send(browser, first).url == plan.get_url()
    assert "You marked version 1 as read" in read(browser, plan).content.decode()
    second = request.getfixturevalue("second")
    page = read(browser, plan)
    text = page.content.decode()
    assert "Since version 1, which you marked as read: 1 section changed, 1 section new, 1 chapter changed." in text
    assert f'href="{second.difference_url(1)}"' in text
    notes = {item["number"]: item["note"] for top in page.context["toc"] for item in (top, *top["children"])}
    assert notes == {
        "1": "",
        "1.1": "",
        "1.2": "Text changed",
        "2": "",
        "2.1": "",
        "3": "New section",
        "3.1": "New section",
    }
    assert f'href="{second.difference_url(1)}#b-1-2"' in text
    # Of others nothing is said.
    assert "which you marked" not in read(client_of(editor), plan).content.decode()


def test_a_mark_never_goes_back_and_can_be_taken_away(plan, first, second, member):
    mark_as_read(by=member, version=second, wanted=True)
    mark_as_read(by=member, version=first, wanted=True)
    assert ReadMark.objects.get().version == second
    mark_as_read(by=member, version=first, wanted=False)
    assert not ReadMark.objects.exists()


def test_a_later_mark_takes_the_place_of_the_earlier(client_of, plan, first, second, member):
    mark_as_read(by=member, version=first, wanted=True)
    earlier = ReadMark.objects.get().read_at
    browser = client_of(member)
    send(browser, second)
    mark = ReadMark.objects.get()
    assert (mark.version, mark.read_at > earlier) == (second, True)
    assert "which you marked" not in read(browser, plan).content.decode()
    send(browser, second, "")
    assert not ReadMark.objects.exists()


def test_nobody_marks_what_they_may_not_read(client_of, plan, first, stranger, editor):
    enter_phase(by=editor, plan=plan, kind=Phase.Kind.PREPARATION, audience=Phase.Audience.MEMBERS)
    assert send(client_of(stranger), first).status_code == 404
    with pytest.raises(PermissionDenied):
        mark_as_read(by=stranger, version=plan.current_version, wanted=True)


def test_the_mark_goes_with_the_account(plan, first, member):
    mark_as_read(by=member, version=first, wanted=True)
    member.delete()
    assert not ReadMark.objects.exists()


@pytest.mark.parametrize(("marked", "queries"), [(False, 0), (True, 3)])
def test_it_takes_few_queries(plan, first, second, member, marked, queries, django_assert_num_queries):
    from plans.views.last_read import last_read

    if marked:
        mark_as_read(by=member, version=first, wanted=True)
    version = plan.versions.read_by(member).get(number=2)
    texts = list(version.texts.select_related("section"))
    plan.get_url()
    with django_assert_num_queries(queries):
        last_read(member, version, texts)


def test_from_an_older_version_a_link_leads_to_what_has_changed_since(client, plan, first, second):
    assert f'href="{second.difference_url(1)}"' in client.get(first.get_absolute_url()).content.decode()
    assert f'href="{plan.get_url()}fark/"' in read(client, plan).content.decode()

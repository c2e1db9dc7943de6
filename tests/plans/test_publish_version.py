"""From a Word file to versions, and comments that follow."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied

from plans.actions.comment_on_section import QuoteNotFoundError, comment_on_section
from plans.actions.import_plan import import_plan
from plans.actions.publish_version import preview_version, publish_version
from plans.drafting import DuplicateKeyError, EmptyPlanError, chapters_with_newer_drafts
from plans.models import Anchor, ChapterPage, PlanPage, PlanVersion
from search.models import OutboxEntry

WORD = Path(settings.LOCALE_PATHS[0]).parent / "demo" / "content" / "defnekent" / "plan.docx"


def section(heading: str, text: str, key: str) -> dict:
    body = [{"type": "text", "value": text, "id": f"{key}-body"}]
    return {"type": "text", "id": key, "value": {"heading": heading, "body": body, "footnotes": []}}


def set_sections(chapter: ChapterPage, *sections: dict, approve: bool = True) -> None:
    chapter.sections = json.dumps(sections)
    revision = chapter.save_revision()
    if approve:
        revision.publish()


NIGHT = section("Gece", "<p>Durakların aydınlatması yılda bir kez denetlenir. Sonuçlar yazılır.</p>", "gece")
CARE = section("Bakım", "<p>Kreşlerin saati sorulur.</p>", "bakim")


@pytest.fixture
def plan(city, editor) -> PlanPage:
    plan = city.page.add_child(instance=PlanPage(title="Plan", slug="plan", city=city))
    chapter = plan.add_child(instance=ChapterPage(title="Ulaşım"))
    set_sections(chapter, NIGHT, CARE)
    return plan


@pytest.fixture
def chapter(plan) -> ChapterPage:
    return plan.chapters.get()


@pytest.fixture
def version(plan, editor) -> PlanVersion:
    return publish_version(by=editor, plan=plan)


def comment(version, author, exact, heading="Gece", **fields):
    text = version.texts.get(heading=heading)
    return comment_on_section(author=author, section=text.section, version=version, body="Yorum", exact=exact, **fields)


def test_a_word_file_becomes_chapters_and_sections(city, editor):
    with WORD.open("rb") as file:
        plan, losses = import_plan(by=editor, city=city, file=file)
    version = publish_version(by=editor, plan=plan)
    assert plan.chapters.count() == 10
    assert version.texts.exclude(kind="chapter").count() == 83
    assert losses == []
    assert version.texts.get(number="5.4").text.count("%42,9") == 1


def test_importing_needs_an_editor_of_the_city(city, member, other_city):
    for stranger in (member,):
        with WORD.open("rb") as file, pytest.raises(PermissionDenied):
            import_plan(by=stranger, city=city, file=file)
    assert not PlanPage.objects.exists()


def test_sections_are_numbered_and_keep_their_identity(plan, chapter, editor, version):
    assert list(version.texts.values_list("number", flat=True)) == ["1", "1.1", "1.2"]
    before = dict(version.texts.values_list("heading", "section_id"))
    set_sections(chapter, CARE, NIGHT)
    after = publish_version(by=editor, plan=plan)
    assert dict(after.texts.values_list("heading", "section_id")) == before
    assert after.texts.get(heading="Gece").number == "1.2"
    assert version.texts.get(heading="Gece").number == "1.1"


def test_a_draft_that_is_not_approved_is_not_published_but_named(plan, chapter, editor, version):
    set_sections(chapter, CARE, approve=False)
    assert [page.pk for page in chapters_with_newer_drafts(plan)] == [chapter.pk]
    assert publish_version(by=editor, plan=plan).texts.filter(heading="Gece").exists()


def test_two_sections_with_one_key_are_refused_by_name(plan, chapter, editor):
    set_sections(chapter, NIGHT, {**CARE, "id": "gece"})
    with pytest.raises(DuplicateKeyError) as refused:
        publish_version(by=editor, plan=plan)
    assert refused.value.headings == ["1.1 Gece", "1.2 Bakım"]
    assert not PlanVersion.objects.exists()


def test_an_empty_plan_is_refused(plan, chapter, editor):
    set_sections(chapter)
    with pytest.raises(EmptyPlanError):
        publish_version(by=editor, plan=plan)


def test_publishing_needs_an_editor_of_the_city(plan, member, moderator):
    for stranger in (member, moderator):
        with pytest.raises(PermissionDenied):
            publish_version(by=stranger, plan=plan)


@pytest.mark.parametrize(
    ("sections", "verdict"),
    [
        ([NIGHT, CARE], "same"),
        ([section("Gece", "<p>Durakların aydınlatması yılda iki kez denetlenir.</p>", "gece"), CARE], "edited"),
        ([CARE, section("Yeni", NIGHT["value"]["body"][0]["value"], "yeni")], "moved"),
        ([section("Gece", "<p>Durak lambaları her yıl bir kez gözden geçirilip denetlenir.</p>", "gece")], "check"),
        ([CARE], "orphan"),
    ],
    ids=["same", "edited", "moved", "check", "orphan"],
)
def test_every_comment_gets_a_verdict_in_the_next_version(plan, chapter, editor, member, version, sections, verdict):
    post = comment(version, member, "Durakların aydınlatması yılda bir kez denetlenir.")
    set_sections(chapter, *sections)
    preview = preview_version(by=editor, plan=plan)
    second = publish_version(by=editor, plan=plan)
    assert Anchor.objects.get(version=second, quote__post=post).verdict == verdict
    assert preview.counts[verdict] == 1
    assert Anchor.objects.get(version=version, quote__post=post).verdict == "same"


def test_a_comment_on_an_older_version_stands_in_the_newer_one_too(plan, chapter, editor, member, version):
    set_sections(chapter, CARE, NIGHT)
    second = publish_version(by=editor, plan=plan)
    post = comment(version, member, "Sonuçlar yazılır.")
    anchor = Anchor.objects.get(version=second, quote__post=post)
    text = second.texts.get(section=anchor.section).text
    assert text[anchor.start : anchor.end] == "Sonuçlar yazılır."


def test_words_that_do_not_stand_there_are_refused(member, version):
    with pytest.raises(QuoteNotFoundError):
        comment(version, member, "Bu cümle planda yok.")


def test_the_quote_is_what_the_server_found(member, version):
    post = comment(version, member, "Sonuçlar", prefix="uydurma", start=9999)
    text = version.texts.get(heading="Gece").text
    assert post.quote.start == text.index("Sonuçlar")
    assert text.startswith(post.quote.prefix + "Sonuçlar" + post.quote.suffix, text.index(post.quote.prefix))


def test_publishing_tells_the_index(plan, editor, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=False):
        publish_version(by=editor, plan=plan)
    assert OutboxEntry.objects.filter(kind="section").count() == plan.identities.count()

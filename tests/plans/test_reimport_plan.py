"""A revised Word file becomes drafts of the plan that it revises: keys stay, nothing is lost or published unseen."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from wagtail.models import Page

from plans.actions.import_plan import import_plan
from plans.actions.publish_version import publish_version
from plans.actions.reimport_plan import (
    DraftsChangedError,
    LockedChaptersError,
    compare_revision,
    reimport_plan,
)
from plans.docx.reader import read_plan
from plans.models import ChapterPage, PlanPage, SectionText
from plans.revising import NEW, Comparison, KeyTakenError, UndecidedError
from tests.plans.making import NURSERY, PARK, TRANSPORT, add_chapter, replacing, revise, section, word_file

WATER = "Su kesintileri iki gün önceden duyurulur. Duyuru muhtarlığa da asılır, komşular birbirine haber verir."
LINES = [
    ("Title", "Örnekkent Planı"),
    ("Normal", "Bu plan herkes için."),
    ("Heading 1", "Kentsel hizmetler"),
    ("Heading 2", "Parklar"),
    ("Normal", PARK),
    ("Heading 2", "Kreşler"),
    ("Normal", NURSERY),
    ("Heading 1", "Ulaşım"),
    ("Heading 2", "Otobüs"),
    ("Normal", TRANSPORT),
]


def revised_lines(*changes: tuple[str, str]) -> list[tuple[str, str]]:
    """The plan's lines with texts replaced; a line that becomes "" is gone."""
    replaced = dict(changes)
    assert set(replaced) <= {text for _style, text in LINES}
    return [(style, replaced.get(text, text)) for style, text in LINES if replaced.get(text, text)]


def swapped(first: slice, second: slice) -> list[tuple[str, str]]:
    return [
        *LINES[: first.start],
        *LINES[second],
        *LINES[first.stop : second.start],
        *LINES[first],
        *LINES[second.stop :],
    ]


@pytest.fixture
def plan(city, editor) -> PlanPage:
    imported, _losses = import_plan(by=editor, city=city, file=word_file(*LINES))
    return imported


def compare(plan, editor, lines) -> Comparison:
    return compare_revision(by=editor, plan=plan, read=read_plan(word_file(*lines)))


def take_over(plan, editor, lines, decisions=None) -> list[ChapterPage]:
    comparison = compare(plan, editor, lines)
    return reimport_plan(
        by=editor, plan=plan, read=comparison.read, seen=comparison.fingerprint, decisions=decisions or {}
    )


def drafts(plan) -> dict[str, dict[str, str]]:
    """Chapter titles → headings → keys, of the latest drafts in the tree's order."""
    pages = ChapterPage.objects.child_of(plan).order_by("path")
    latest = [page.get_latest_revision_as_object() for page in pages]
    return {page.title: {block.value["heading"]: block.id for block in page.sections} for page in latest}


def keys(plan) -> dict[str, str]:
    return {heading: key for sections in drafts(plan).values() for heading, key in sections.items()}


def approve_all(plan, editor) -> None:
    for page in ChapterPage.objects.child_of(plan):
        page.get_latest_revision().publish(user=editor)


def rows(comparison: Comparison) -> dict[str, tuple[str, list[str]]]:
    """New heading → (old heading, what changes)."""
    return {
        row.after.heading: (row.before.heading if row.before else "", row.changes)
        for chapter in comparison.rows
        for row in chapter.rows
    }


# What is written


def test_the_same_file_again_changes_nothing(plan, editor):
    comparison = compare(plan, editor, LINES)
    assert not comparison.is_change
    assert all(changes == [] for _old, changes in rows(comparison).values())
    revisions = list(Page.objects.values_list("latest_revision_id", flat=True))
    assert take_over(plan, editor, LINES) == []
    assert list(Page.objects.values_list("latest_revision_id", flat=True)) == revisions


def test_sections_that_are_edited_renamed_moved_and_swapped_keep_their_keys(plan, editor):
    before = keys(plan)
    lines = [
        *LINES[:3],
        ("Heading 2", "Bakım evleri"),
        ("Normal", NURSERY),
        ("Heading 1", "Ulaşım"),
        ("Heading 2", "Otobüs"),
        ("Normal", TRANSPORT.replace("gece yarısından", "saat yirmi üçten")),
        ("Heading 2", "Parklar"),
        ("Normal", PARK),
    ]
    assert rows(compare(plan, editor, lines)) == {
        "Bakım evleri": ("Kreşler", ["renamed"]),
        "Otobüs": ("Otobüs", ["text"]),
        "Parklar": ("Parklar", ["moved"]),
    }
    take_over(plan, editor, lines)
    assert drafts(plan) == {
        "Kentsel hizmetler": {"Bakım evleri": before["Kreşler"]},
        "Ulaşım": {"Otobüs": before["Otobüs"], "Parklar": before["Parklar"]},
    }


def test_nothing_is_published_until_the_editor_approves(plan, editor):
    version = publish_version(by=editor, plan=plan, note="Düzeltme")
    (chapter,) = take_over(plan, editor, revised_lines((PARK, "Parkta ışık var.")))
    assert chapter.title == "Kentsel hizmetler"
    chapter.refresh_from_db()
    assert chapter.live
    assert chapter.has_unpublished_changes
    assert chapter.latest_revision.user == editor
    assert PARK in version.texts.get(heading="Parklar").text
    assert publish_version(by=editor, plan=plan, note="Düzeltme").texts.get(heading="Parklar").text == PARK
    approve_all(plan, editor)
    third = publish_version(by=editor, plan=plan, note="Düzeltme")
    assert third.texts.get(heading="Parklar").text == "Parkta ışık var."
    assert third.texts.get(heading="Parklar").section == version.texts.get(heading="Parklar").section


def test_what_the_file_lacks_goes_out_of_the_draft_and_stays_in_the_version(plan, editor):
    version = publish_version(by=editor, plan=plan, note="Düzeltme")
    lines = revised_lines(("Kreşler", ""), (NURSERY, ""))
    comparison = compare(plan, editor, lines)
    assert [(place.number, place.heading, place.chapter) for place in comparison.removed] == [
        ("1.2", "Kreşler", "Kentsel hizmetler")
    ]
    take_over(plan, editor, lines)
    assert list(drafts(plan)["Kentsel hizmetler"]) == ["Parklar"]
    assert version.texts.filter(heading="Kreşler").exists()


def test_a_section_that_comes_back_finds_its_key_in_an_earlier_version(plan, editor):
    before = keys(plan)
    publish_version(by=editor, plan=plan, note="Düzeltme")
    take_over(plan, editor, revised_lines(("Kreşler", ""), (NURSERY, "")))
    approve_all(plan, editor)
    publish_version(by=editor, plan=plan, note="Düzeltme")
    assert rows(compare(plan, editor, LINES))["Kreşler"] == ("Kreşler", ["returned"])
    take_over(plan, editor, LINES)
    assert keys(plan) == before


def test_a_new_chapter_is_a_draft_at_its_place(plan, editor):
    lines = [*LINES[:7], ("Heading 1", "İklim ve afet"), ("Heading 2", "Su"), ("Normal", WATER), *LINES[7:]]
    take_over(plan, editor, lines)
    assert list(drafts(plan)) == ["Kentsel hizmetler", "İklim ve afet", "Ulaşım"]
    new = ChapterPage.objects.get(title="İklim ve afet")
    assert (new.live, new.theme.slug, new.owner) == (False, "iklim-afet", editor)
    approve_all(plan, editor)
    texts = publish_version(by=editor, plan=plan, note="Düzeltme").texts
    assert texts.get(number="2.1").heading == "Su"
    assert texts.get(number="3.1").heading == "Otobüs"


def test_a_new_first_chapter_comes_first(plan, editor):
    take_over(plan, editor, [*LINES[:2], ("Heading 1", "Su"), ("Heading 2", "Kesinti"), ("Normal", WATER), *LINES[2:]])
    assert list(drafts(plan)) == ["Su", "Kentsel hizmetler", "Ulaşım"]


def test_chapters_in_another_order_are_moved(plan, editor):
    lines = swapped(slice(2, 7), slice(7, 10))
    comparison = compare(plan, editor, lines)
    assert comparison.new_order
    take_over(plan, editor, lines)
    assert list(drafts(plan)) == ["Ulaşım", "Kentsel hizmetler"]
    assert not ChapterPage.objects.filter(has_unpublished_changes=True).exists()


def test_a_renamed_chapter_keeps_its_key(plan, editor):
    key = ChapterPage.objects.get(title="Ulaşım").translation_key
    take_over(plan, editor, revised_lines(("Ulaşım", "Yolda")))
    renamed = ChapterPage.objects.get(draft_title="Yolda")
    assert renamed.translation_key == key
    assert ChapterPage.objects.count() == 2


def test_a_chapter_that_the_file_lacks_is_emptied_in_its_draft(plan, editor):
    comparison = compare(plan, editor, LINES[:7])
    assert [page.title for page in comparison.emptied] == ["Ulaşım"]
    take_over(plan, editor, LINES[:7])
    assert drafts(plan)["Ulaşım"] == {}
    assert len(ChapterPage.objects.get(title="Ulaşım").sections) == 1


def test_a_chapter_that_is_being_prepared_keeps_what_the_file_lacks(plan, editor):
    add_chapter(plan, "Hazırlanan", [section("Su", WATER)], by=editor, approved=False)
    comparison = compare(plan, editor, LINES)
    assert (comparison.removed, comparison.is_change) == ([], False)
    take_over(plan, editor, LINES)
    assert list(drafts(plan)["Hazırlanan"]) == ["Su"]


def test_the_plans_title_and_summary_become_a_draft_too(plan, editor):
    lines = revised_lines(("Örnekkent Planı", "Örnekkent Planı 2"), ("Bu plan herkes için.", "Bu plan kentindir."))
    assert set(compare(plan, editor, lines).plan_changes) == {"title", "summary"}
    take_over(plan, editor, lines)
    plan.refresh_from_db()
    draft = plan.get_latest_revision_as_object()
    assert (plan.title, draft.title) == ("Örnekkent Planı", "Örnekkent Planı 2")
    assert "kentindir" in draft.summary


def test_what_wagtail_added_to_a_section_stays_where_the_file_says_the_same(plan, editor):
    chapter = ChapterPage.objects.get(title="Kentsel hizmetler")
    marked = [dict(block) for block in chapter.sections.raw_data]
    take_over(plan, editor, revised_lines((NURSERY, "Belediye mahallede dört yeni kreş açar.")))
    draft = ChapterPage.objects.get(pk=chapter.pk).get_latest_revision_as_object()
    assert draft.sections.raw_data[0] == marked[0]


# Whose drafts


def test_a_newer_draft_is_named_and_stays_in_the_history(plan, editor):
    chapter = ChapterPage.objects.get(title="Kentsel hizmetler")
    revise(chapter, replacing("iki aydınlatma", "üç aydınlatma"), by=editor, approve=False)
    newer = ChapterPage.objects.get(pk=chapter.pk).latest_revision
    comparison = compare(plan, editor, LINES)
    assert [page.title for page in comparison.newer_drafts] == ["Kentsel hizmetler"]
    assert rows(comparison)["Parklar"] == ("Parklar", ["text"])
    take_over(plan, editor, LINES)
    chapter.refresh_from_db()
    assert chapter.latest_revision != newer
    assert "üç aydınlatma" in str(newer.as_object().sections.raw_data[0])


def test_drafts_that_changed_since_the_comparison_are_not_written_over(plan, editor):
    comparison = compare(plan, editor, revised_lines((PARK, "Parkta ışık var.")))
    revise(ChapterPage.objects.get(title="Ulaşım"), replacing("Son otobüs", "İlk otobüs"), by=editor, approve=False)
    before = drafts(plan)
    with pytest.raises(DraftsChangedError):
        reimport_plan(by=editor, plan=plan, read=comparison.read, seen=comparison.fingerprint, decisions={})
    assert drafts(plan) == before
    assert not ChapterPage.objects.get(title="Kentsel hizmetler").has_unpublished_changes


def test_a_chapter_that_somebody_else_has_locked_is_not_changed(plan, editor, administrator):
    chapter = ChapterPage.objects.get(title="Kentsel hizmetler")
    ChapterPage.objects.filter(pk=chapter.pk).update(locked=True, locked_by=administrator)
    lines = revised_lines((PARK, "Parkta ışık var."))
    assert [page.title for page in compare(plan, editor, lines).locked_for(editor)] == ["Kentsel hizmetler"]
    with pytest.raises(LockedChaptersError) as refused:
        take_over(plan, editor, lines)
    assert refused.value.titles == ["Kentsel hizmetler"]
    take_over(plan, editor, revised_lines((TRANSPORT, "Otobüs sık gelir.")))  # another chapter is free


def test_a_decision_takes_no_section_out_of_a_locked_chapter(plan, editor, administrator):
    chapter = add_chapter(plan, "Sonra", [section("Su", WATER), section("Pazar", NURSERY)], by=editor, approved=False)
    ChapterPage.objects.filter(pk=chapter.pk).update(locked=True, locked_by=administrator)
    before = drafts(plan)
    lines = [*LINES, ("Heading 2", "Kütüphane"), ("Normal", "Mahalle kitaplığı akşamları açık kalır.")]
    with pytest.raises(LockedChaptersError) as refused:
        take_over(plan, editor, lines, {3: before["Sonra"]["Su"]})
    assert refused.value.titles == ["Sonra"]
    assert drafts(plan) == before
    take_over(plan, editor, lines, {3: NEW})


@pytest.mark.parametrize("role", ["member", "moderator", "stranger"])
def test_who_is_no_editor_revises_nothing(role, plan, request):
    person = request.getfixturevalue(role)
    read = read_plan(word_file(*LINES[:7]))
    with pytest.raises(PermissionDenied):
        compare_revision(by=person, plan=plan, read=read)
    with pytest.raises(PermissionDenied):
        reimport_plan(by=person, plan=plan, read=read, seen="", decisions={})


# What people decide

HALVES = [
    *LINES[:3],
    ("Heading 2", "Işık"),
    ("Normal", PARK),
    ("Heading 2", "Çocuk"),
    ("Normal", NURSERY),
    *LINES[7:],
]


@pytest.fixture
def one_section_plan(city, editor) -> PlanPage:
    lines = [*LINES[:3], ("Heading 2", "Gündelik hayat"), ("Normal", PARK), ("Normal", NURSERY), *LINES[7:]]
    imported, _losses = import_plan(by=editor, city=city, file=word_file(*lines))
    return imported


def test_a_section_that_is_not_certain_is_asked_for(one_section_plan, editor):
    comparison = compare(one_section_plan, editor, HALVES)
    assert set(comparison.matching.undecided) == {0, 1}
    with pytest.raises(UndecidedError) as refused:
        take_over(one_section_plan, editor, HALVES, {0: NEW})
    assert refused.value.headings == ["1.2 Çocuk"]


def test_a_decision_gives_the_key(one_section_plan, editor):
    key = keys(one_section_plan)["Gündelik hayat"]
    take_over(one_section_plan, editor, HALVES, {0: key, 1: NEW})
    after = keys(one_section_plan)
    assert after["Işık"] == key
    assert after["Çocuk"] not in (key, "")


def test_no_key_is_given_twice(one_section_plan, editor):
    key, taken = keys(one_section_plan)["Gündelik hayat"], keys(one_section_plan)["Otobüs"]
    for decisions in ({0: key, 1: key}, {0: taken, 1: NEW}, {0: "nirgendwo", 1: NEW}, {0: NEW, 1: NEW, 2: key}):
        with pytest.raises(KeyTakenError):
            take_over(one_section_plan, editor, HALVES, decisions)
    assert list(keys(one_section_plan)) == ["Gündelik hayat", "Otobüs"]


# The command


@pytest.fixture
def path(tmp_path):
    def write(lines):
        written = tmp_path / "plan.docx"
        written.write_bytes(word_file(*lines).getvalue())
        return written

    return write


def test_the_command_writes_drafts(path, plan, city, administrator, capsys):
    before = keys(plan)
    call_command("import_plan", path(revised_lines(("Parklar", "Yeşil"))), city=city.slug, into=plan.slug)
    assert keys(plan)["Yeşil"] == before["Parklar"]
    told = capsys.readouterr().out
    assert "1.1 Yeşil <- 1.1 Parklar" in told
    assert "1 chapters have a new draft" in told


@pytest.mark.parametrize("into", [True, False])
def test_the_commands_dry_run_writes_nothing(into, path, plan, city, administrator, capsys):
    more = {"into": plan.slug} if into else {}
    call_command("import_plan", path(LINES[:7]), city=city.slug, dry_run=True, **more)
    assert "Kreşler" in capsys.readouterr().out
    assert PlanPage.objects.count() == 1
    assert not ChapterPage.objects.filter(has_unpublished_changes=True).exists()


def test_the_command_asks_for_decisions_or_takes_them_as_new(path, one_section_plan, city, administrator):
    options = {"city": city.slug, "into": one_section_plan.slug}
    with pytest.raises(CommandError, match=r"1\.1 Işık; 1\.2 Çocuk"):
        call_command("import_plan", path(HALVES), **options)
    call_command("import_plan", path(HALVES), undecided_as_new=True, **options)
    assert list(keys(one_section_plan)) == ["Işık", "Çocuk", "Otobüs"]


@pytest.mark.parametrize("options", [{"into": "yok"}, {"into": "ornekkent-plani", "publish": True}])
def test_the_command_refuses_what_cannot_be(options, path, plan, city, administrator):
    assert plan.slug == "ornekkent-plani"
    with pytest.raises(CommandError):
        call_command("import_plan", path(LINES), city=city.slug, **options)


def test_comments_keep_their_sections_through_a_revision(plan, editor, member):
    from plans.actions.comment_on_section import comment_on_section

    version = publish_version(by=editor, plan=plan, note="Düzeltme")
    text = version.texts.select_related("section").get(heading="Parklar")
    post = comment_on_section(
        author=member, section=text.section, version=version, body="Evet.", exact="Banklar çocuk alanına uzak duruyor."
    )
    take_over(plan, editor, swapped(slice(3, 5), slice(5, 7)))
    approve_all(plan, editor)
    second = publish_version(by=editor, plan=plan, note="Düzeltme")
    anchor = second.anchors.get(quote__post=post)
    assert (anchor.verdict, anchor.section) == ("same", text.section)
    assert SectionText.objects.get(version=second, section=text.section).number == "1.2"

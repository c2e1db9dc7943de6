"""A plan comes in from Word: by the action and by the command."""

import io
import uuid
from pathlib import Path

import docx
import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command

from plans.actions.import_plan import import_plan
from plans.docx.model import DocxError
from plans.models import ChapterPage, PlanPage, PlanVersion
from tests.plans.making import small_word_file, word_file

DEMO_PLAN = Path(settings.BASE_DIR) / "demo" / "content" / "defnekent" / "plan.docx"


@pytest.fixture
def plan(city, editor) -> PlanPage:
    imported, _losses = import_plan(by=editor, city=city, file=small_word_file())
    return imported


def test_a_plan_stands_below_its_city_with_a_chapter_for_each_heading(plan, city_page):
    assert plan.get_parent().pk == city_page.pk
    assert plan.title == "Örnekkent Planı"
    assert "Bu plan herkes için." in plan.summary
    assert [chapter.title for chapter in plan.chapters] == ["Ulaşım ve güvenlik", "Başka bir konu"]


def test_sections_have_kind_code_heading_and_fields(plan):
    first = plan.chapters[0]
    assert [block.block_type for block in first.sections] == ["text", "goal", "objective", "commitment", "activity"]
    introduction, goal, objective, commitment, activity = (block.value for block in first.sections)
    assert introduction["heading"] == "Giriş"
    assert (goal["code"], goal["heading"]) == ("A1", "Gece güvenle eve dönülür")
    assert (objective["responsible"], objective["date"]) == ("Ulaşım dairesi", "2027")
    assert commitment["source"] == "Stratejik plan"
    assert activity["method"] == "Gözlem"


def test_a_table_is_kept_with_its_header_row(plan):
    (block,) = plan.chapters[1].sections[0].value["body"]
    assert block.value["data"] == [["Mahalle", "Kreş"], ["Çınarlı", "2"]]
    assert block.value["first_row_is_table_header"]


def test_every_section_has_an_id_of_its_own(plan):
    keys = [block.id for chapter in plan.chapters for block in chapter.sections]
    assert len(keys) == len(set(keys)) == 6
    assert all(uuid.UUID(key) for key in keys)


def test_a_chapter_gets_the_theme_that_its_title_names(plan):
    named, other = plan.chapters
    assert named.theme.slug == "ulasim"
    assert other.theme is None


def test_the_theme_is_found_whatever_the_case_and_diacritics(city, editor):
    file = word_file(("Heading 1", "ULASIM VE GÜVENLIK"), ("Heading 2", "Otobüs"), ("Normal", "Metin."))
    plan, _losses = import_plan(by=editor, city=city, file=file)
    assert plan.chapters[0].theme.slug == "ulasim"


def test_plan_and_chapters_are_approved_revisions_by_the_editor(plan, editor):
    for page in (plan, *plan.chapters):
        assert page.live
        assert not page.has_unpublished_changes
        assert page.latest_revision.user == editor
        assert page.live_revision_id == page.latest_revision_id


def test_importing_publishes_no_version(plan):
    assert not plan.versions.exists()


def test_importing_again_makes_another_plan_and_leaves_the_first(plan, city, editor):
    before = [chapter.sections.raw_data[0]["id"] for chapter in plan.chapters]
    again, _losses = import_plan(by=editor, city=city, file=small_word_file())
    assert again.pk != plan.pk
    assert again.slug == f"{plan.slug}-2"
    assert [chapter.sections.raw_data[0]["id"] for chapter in plan.chapters] == before


def test_what_could_not_be_kept_is_named_with_its_section(city, editor):
    file = word_file(("Heading 1", "1. Bakım"), ("Heading 2", "1.1 Kreşler"), ("Normal", "Metin."))
    _plan, losses = import_plan(by=editor, city=city, file=file)
    assert [(loss.kind, loss.detail) for loss in losses] == [
        ("typed-number", "1. Bakım"),
        ("typed-number", "1.1 Kreşler"),
    ]


def test_a_long_plan_comes_in_whole(city, editor):
    with DEMO_PLAN.open("rb") as file:
        plan, _losses = import_plan(by=editor, city=city, file=file)
    chapters = list(plan.chapters)
    assert len(chapters) >= 8
    assert sum(len(chapter.sections) for chapter in chapters) >= 60
    assert any(block.value["footnotes"] for chapter in chapters for block in chapter.sections)


@pytest.mark.parametrize("role", ["member", "moderator", "stranger"])
def test_who_is_no_editor_imports_nothing(role, city, request):
    with pytest.raises(PermissionDenied):
        import_plan(by=request.getfixturevalue(role), city=city, file=small_word_file())
    assert not PlanPage.objects.exists()


def test_an_editor_of_one_city_imports_nothing_into_another(editor, other_city):
    with pytest.raises(PermissionDenied):
        import_plan(by=editor, city=other_city, file=small_word_file())


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"Merhaba", "not-docx"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old-doc"),
        (small_word_file().getvalue()[:4000], "damaged"),
    ],
)
def test_a_file_that_is_no_plan_leaves_nothing_behind(content, code, city, editor):
    with pytest.raises(DocxError) as caught:
        import_plan(by=editor, city=city, file=io.BytesIO(content))
    assert caught.value.code == code
    assert not PlanPage.objects.exists()


def test_a_file_without_headings_is_refused(city, editor):
    with pytest.raises(DocxError) as caught:
        import_plan(by=editor, city=city, file=word_file(("Normal", "Yalnızca metin.")))
    assert caught.value.code == "no-headings"


def test_an_error_halfway_leaves_no_half_plan(city, editor, monkeypatch):
    def fail_at_the_second_chapter(title: str) -> None:
        if title == "Başka bir konu":
            raise RuntimeError

    monkeypatch.setattr("plans.raw_blocks._theme_of", fail_at_the_second_chapter)
    with pytest.raises(RuntimeError):
        import_plan(by=editor, city=city, file=small_word_file())
    assert not PlanPage.objects.exists()
    assert not ChapterPage.objects.exists()


@pytest.fixture
def path(tmp_path) -> Path:
    written = tmp_path / "plan.docx"
    written.write_bytes(small_word_file().getvalue())
    return written


def test_the_command_imports_and_says_where_the_plan_is(path, city, editor, capsys):
    call_command("import_plan", path, city=city.slug, email=editor.email)
    plan = PlanPage.objects.get()
    assert plan.owner == editor
    assert f"Örnekkent Planı: 2 chapters, {plan.get_url()}" in capsys.readouterr().out
    assert not plan.versions.exists()


def test_the_command_publishes_when_told_to(path, city, administrator, capsys):
    call_command("import_plan", path, city=city.slug, publish=True)
    version = PlanVersion.objects.get()
    assert version.published_by == administrator
    assert f"version 1 is published: {version.get_absolute_url()}" in capsys.readouterr().out


def test_the_command_lists_what_could_not_be_kept(tmp_path, city, administrator, capsys):
    path = tmp_path / "plan.docx"
    path.write_bytes(word_file(("Heading 1", "1. Bakım"), ("Heading 2", "Kreş"), ("Normal", "Metin.")).getvalue())
    call_command("import_plan", path, city=city.slug)
    assert "1. Bakım" in capsys.readouterr().out


def _refusal(path, **options) -> str:
    """What the command says, which is one line."""
    with pytest.raises(CommandError) as caught:
        call_command("import_plan", path, **options)
    assert "\n" not in str(caught.value)
    assert not PlanPage.objects.exists()
    return str(caught.value)


def test_the_command_refuses_a_city_that_is_not_there(path, administrator):
    assert "'atlantis'" in _refusal(path, city="atlantis")


def test_the_command_refuses_a_file_that_is_not_there(tmp_path, city):
    assert "yok.docx" in _refusal(tmp_path / "yok.docx", city=city.slug)


def test_the_command_refuses_a_damaged_file(path, city):
    path.write_bytes(path.read_bytes()[:4000])
    assert str(path) in _refusal(path, city=city.slug)


def test_the_command_refuses_an_address_that_nobody_has(path, city):
    assert "kimse@example.org" in _refusal(path, city=city.slug, email="kimse@example.org")


def test_the_command_refuses_who_is_no_editor(path, city, member):
    assert member.email in _refusal(path, city=city.slug, email=member.email)


def test_the_command_leaves_no_draft_of_a_plan_that_it_cannot_publish(tmp_path, city):
    document = docx.Document()
    document.add_heading("Boş bölüm", 1)
    document.save(tmp_path / "bos.docx")
    assert "no chapter has a section" in _refusal(tmp_path / "bos.docx", city=city.slug, publish=True)

"""Versions: what is frozen, what is refused, and where the comments of earlier versions stand in a new one."""

import json
from threading import Thread

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from forum.models import Post
from plans.actions.comment_on_section import comment_on_section
from plans.actions.publish_version import preview_version, publish_version
from plans.actions.renew_keys import renew_keys
from plans.drafting import DuplicateKeyError, EmptyPlanError, chapters_with_newer_drafts
from plans.frozen import FrozenRowError
from plans.models import Anchor, ChapterPage, PlanPage, PlanVersion, Quote, Section, SectionText
from search.models import OutboxEntry
from tests.plans.making import (
    NURSERY,
    TRANSPORT,
    make_plan,
    replacing,
    revise,
    section,
    section_of,
    text_of,
)


@pytest.fixture
def version(plan, editor) -> PlanVersion:
    return publish_version(by=editor, plan=plan, note="İlk taslak.")


@pytest.fixture
def commented(version, member):
    """`commented(number, words)`: the quote of a comment on words of the first version."""

    def comment(number: str, words: str = "") -> Quote:
        post = comment_on_section(
            author=member,
            section=section_of(version, number),
            version=version,
            body=f"Bence eksik: {number} {words}",
            exact=words,
        )
        return post.quote

    return comment


def _anchor(quote: Quote, version: PlanVersion) -> Anchor:
    return quote.anchors.get(version=version)


def _words(anchor: Anchor) -> str:
    text = anchor.version.texts.get(section=anchor.section).text
    return text[anchor.start : anchor.end]


# What is frozen


def test_chapters_and_sections_are_numbered_in_order(version):
    rows = list(version.texts.values_list("number", "kind", "heading"))
    assert rows == [
        ("1", "chapter", "Kentsel hizmetler"),
        ("1.1", "text", "Parklar"),
        ("1.2", "text", "Kreşler"),
        ("2", "chapter", "Ulaşım"),
        ("2.1", "text", "Otobüs"),
    ]


def test_a_version_says_who_published_what_and_why(version, plan, editor):
    assert (version.number, version.title, version.note) == (1, plan.title, "İlk taslak.")
    assert version.published_by == editor


def test_each_block_is_one_section_and_each_chapter_too(version, plan):
    chapter = plan.chapters[0]
    assert section_of(version, "1").key == str(chapter.translation_key)
    assert section_of(version, "1.1").key == chapter.sections[0].id


def test_html_marks_the_sentences_of_the_plain_text(version):
    text = text_of(version, "1.1")
    first = "Parkta iki aydınlatma direği yanmıyor."
    assert text.text.startswith(first)
    assert f'data-sentence="0" data-start="0" data-end="{len(first)}">{first}</span>' in text.html


def _published(city, editor, *blocks) -> SectionText:
    return text_of(publish_version(by=editor, plan=make_plan(city, {"Bakım": list(blocks)}, by=editor)), "1.1")


def _table(**value) -> dict:
    return {"type": "table", "id": "t", "value": {"data": [["Mahalle", "Kreş"], ["Çınarlı\nmerkez", None]], **value}}


def test_a_tables_headers_have_a_scope(city, editor):
    table = _table(first_row_is_table_header=True, first_col_is_header=True, table_caption="Kreş sayısı")
    text = _published(city, editor, section("Tablo", body=[table]))
    assert "<caption>" in text.html
    assert text.html.count('<thead><tr><th scope="col">') == 1
    assert text.html.count('<th scope="row">') == 1
    assert "Çınarlı</span><br>" in text.html
    assert text.text == "Kreş sayısı\nMahalle\nKreş\nÇınarlı merkez"


def test_a_table_without_headers_has_none(city, editor):
    assert "<th" not in _published(city, editor, section("Tablo", body=[_table()])).html


def test_fields_stand_below_the_text_with_turkish_names(city, editor):
    with override("en"):
        text = _published(city, editor, section("Sayım", "Duraklar sayılır.", kind="activity", date="2027"))
    assert text.text == "Duraklar sayılır.\nTarih: 2027"


def test_footnotes_stand_at_the_end(city, editor):
    notes = [{"type": "item", "id": "n", "value": "5393 sayılı Kanun."}]
    text = _published(city, editor, section("Kaynak", "Metin.", footnotes=notes))
    assert "<ol><li>" in text.html
    assert text.text == "Metin.\n5393 sayılı Kanun."


def test_the_sign_of_a_footnote_stays_apart_from_its_word(city, editor):
    text = _published(city, editor, section("Kaynak", "Yasa<sup>12</sup> 40 m<sup>2</sup> ister."))
    assert text.text == "Yasa¹² 40 m² ister."


def test_markup_in_a_field_is_shown_not_run(city, editor):
    text = _published(city, editor, section("X", "Metin.", kind="objective", responsible="<script>alert(1)</script>"))
    assert "<script" not in text.html
    assert "<script>alert(1)</script>" in text.text


def test_unsafe_markup_of_a_draft_is_not_frozen(city, editor):
    text = _published(city, editor, section("X", 'Metin <img src=x onerror="alert(1)"> burada.'))
    assert "onerror" not in text.html
    assert "<img" not in text.html


@pytest.mark.parametrize("language", ["tr", "en"])
def test_a_link_to_a_page_does_not_freeze_the_editors_language(language, city, city_page, editor):
    with override(language):
        link = f'<a linktype="page" id="{city_page.pk}">kent</a>'
        text = _published(city, editor, section("X", f"Bakınız: {link}."))
    assert f'href="/{city_page.slug}/"' in text.html


def test_what_is_not_approved_is_not_frozen_but_named(plan, version, editor):
    chapter = plan.chapters[0]
    revise(chapter, replacing("Banklar", "Masalar"), by=editor, approve=False)
    preview = preview_version(by=editor, plan=plan)
    assert [page.title for page in preview.newer_drafts] == ["Kentsel hizmetler"]
    assert "Banklar" in text_of(publish_version(by=editor, plan=plan, note="Düzeltme."), "1.1").text


def test_approved_chapters_are_not_named(plan):
    assert chapters_with_newer_drafts(plan) == []


def test_the_plans_own_title_is_the_approved_one(plan, editor):
    plan.title = "Onaylanmamış başlık"
    assert publish_version(by=editor, plan=plan, note="Düzeltme.").title == "Eşitlik Planı"


def test_search_hears_of_every_section(plan, editor, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=False):
        version = publish_version(by=editor, plan=plan, note="Düzeltme.")
        waiting = set(OutboxEntry.objects.filter(kind="section").values_list("object_pk", flat=True))
    assert {str(pk) for pk in version.texts.values_list("section_id", flat=True)} <= waiting


# What never changes


@pytest.mark.parametrize("model", [PlanVersion, SectionText, Quote])
def test_what_is_published_cannot_be_changed(model, version, commented):
    commented("1.1", "Banklar")
    row = model.objects.first()
    with pytest.raises(FrozenRowError):
        row.save()


def test_an_old_rows_id_does_not_open_it_again(version):
    copy = PlanVersion(pk=version.pk, plan=version.plan, number=7, title="Sahte")
    with pytest.raises(IntegrityError):
        copy.save()


def test_editing_a_chapter_leaves_the_published_text(plan, version, editor):
    before = list(version.texts.values_list("html", "text"))
    revise(plan.chapters[0], replacing("Banklar", "Masalar"), by=editor)
    publish_version(by=editor, plan=plan, note="Düzeltme.")
    assert list(version.texts.values_list("html", "text")) == before


def test_a_section_keeps_its_identity_under_another_number(plan, version, editor):
    revise(plan.chapters[0], lambda blocks: blocks[::-1], by=editor)
    second = publish_version(by=editor, plan=plan, note="Düzeltme.")
    assert section_of(second, "1.2") == section_of(version, "1.1")
    assert second.number == 2
    assert Section.objects.filter(plan=plan).count() == 5


def test_a_removed_section_keeps_its_identity(plan, version, editor):
    revise(plan.chapters[0], lambda blocks: blocks[1:], by=editor)
    second = publish_version(by=editor, plan=plan, note="Düzeltme.")
    gone = section_of(version, "1.1")
    assert not second.texts.filter(section=gone).exists()
    assert gone.latest_text.version == version


# What is refused


def test_a_plan_without_sections_is_refused(city, editor):
    plan = make_plan(city, {"Boş": []}, by=editor)
    with pytest.raises(EmptyPlanError):
        publish_version(by=editor, plan=plan, note="Düzeltme.")
    assert not PlanVersion.objects.exists()
    assert not Section.objects.exists()


def test_sections_with_one_key_are_refused_and_named(city, editor):
    park = section("Parklar", "Metin.")
    plan = make_plan(
        city, {"Bir": [park], "İki": [{**park, "value": {**park["value"], "heading": "Kopya"}}]}, by=editor
    )
    with pytest.raises(DuplicateKeyError) as caught:
        publish_version(by=editor, plan=plan, note="Düzeltme.")
    assert caught.value.headings == ["1.1 Parklar", "2.1 Kopya"]
    assert not PlanVersion.objects.exists()


def test_a_copied_chapter_can_be_published_once_its_keys_are_renewed(plan, version, editor):
    original = plan.chapters[0]
    copy = original.copy(update_attrs={"slug": "kopya", "title": "Kopya"}, keep_live=True, user=editor)
    with pytest.raises(DuplicateKeyError):
        preview_version(by=editor, plan=plan)
    renew_keys(by=editor, chapter=copy)
    second = publish_version(by=editor, plan=plan, note="Düzeltme.")
    assert second.texts.count() == 8
    assert section_of(second, "1.1") == section_of(version, "1.1")


def test_renewed_keys_are_the_same_in_draft_and_approved_text(plan, editor):
    original = plan.chapters[0]
    revise(original, replacing("Banklar", "Masalar"), by=editor, approve=False)
    copy = ChapterPage.objects.get(pk=original.pk).copy(update_attrs={"slug": "kopya"}, keep_live=True, user=editor)
    renew_keys(by=editor, chapter=copy)
    copy = ChapterPage.objects.get(pk=copy.pk)
    draft = copy.get_latest_revision_as_object()
    assert [block.id for block in draft.sections] == [block.id for block in copy.sections]
    assert "Banklar" in json.dumps(list(copy.sections.raw_data), ensure_ascii=False)
    assert "Masalar" in json.dumps(list(draft.sections.raw_data), ensure_ascii=False)


@pytest.mark.parametrize("role", ["member", "moderator", "stranger"])
def test_who_is_no_editor_publishes_nothing(role, plan, request):
    person = request.getfixturevalue(role)
    for action in (preview_version, publish_version):
        with pytest.raises(PermissionDenied):
            action(by=person, plan=plan)
    assert not PlanVersion.objects.exists()


def test_an_error_halfway_leaves_no_half_version(plan, version, editor, commented, monkeypatch):
    commented("1.1", "Banklar")
    monkeypatch.setattr("plans.actions.publish_version.anchors_of", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        publish_version(by=editor, plan=plan, note="Düzeltme.")
    assert PlanVersion.objects.get() == version


# Where comments stand


def test_an_unchanged_sentence_keeps_its_comment(plan, editor, commented):
    quote = commented("1.1", "Banklar çocuk alanına uzak duruyor.")
    anchor = _anchor(quote, publish_version(by=editor, plan=plan, note="Düzeltme."))
    assert (anchor.verdict, anchor.section, _words(anchor)) == ("same", quote.section, quote.exact)


def test_a_comment_moves_with_its_sentence(plan, editor, commented):
    sentence = "Son otobüs gece yarısından önce kalkıyor."
    quote = commented("2.1", sentence)
    services, transport = plan.chapters
    revise(transport, replacing(f"{sentence} ", ""), by=editor)
    revise(
        services,
        replacing("vardiya saatlerine göre çalışır.", f"vardiya saatlerine göre çalışır. {sentence}"),
        by=editor,
    )
    second = publish_version(by=editor, plan=plan, note="Düzeltme.")
    anchor = _anchor(quote, second)
    assert (anchor.verdict, anchor.section, _words(anchor)) == ("moved", section_of(second, "1.2"), sentence)


def test_a_comment_stays_at_an_edited_sentence(plan, editor, commented):
    quote = commented("1.1", "Parkta iki aydınlatma direği yanmıyor.")
    revise(plan.chapters[0], replacing("iki aydınlatma direği", "dört aydınlatma direği"), by=editor)
    anchor = _anchor(quote, publish_version(by=editor, plan=plan, note="Düzeltme."))
    assert (anchor.verdict, _words(anchor)) == ("edited", "Parkta dört aydınlatma direği yanmıyor.")


def test_what_is_not_certain_is_left_to_people(plan, editor, commented):
    quote = commented("1.1", "Banklar çocuk alanına uzak duruyor.")
    revise(plan.chapters[0], replacing("Banklar çocuk alanına uzak duruyor.", "Banklar alana yakın ama az."), by=editor)
    assert _anchor(quote, publish_version(by=editor, plan=plan, note="Düzeltme.")).verdict == "check"


def test_a_comment_on_a_deleted_sentence_is_kept_as_an_orphan(plan, editor, commented):
    quote = commented("1.1", "Banklar çocuk alanına uzak duruyor.")
    revise(plan.chapters[0], replacing(" Banklar çocuk alanına uzak duruyor.", ""), by=editor)
    anchor = _anchor(quote, publish_version(by=editor, plan=plan, note="Düzeltme."))
    assert (anchor.verdict, anchor.section, anchor.start, anchor.end) == ("orphan", None, None, None)
    assert Post.objects.get(pk=quote.post_id).status == Post.Status.PUBLISHED


def test_a_deleted_sentence_does_not_hand_its_comment_to_its_twin(city, member, editor):
    twins = ["Çınarlı mahallesinde iki kreş açılır.", "Söğütlü mahallesinde beş kreş açılır."]
    plan = make_plan(city, {"Bakım": [section("Kreş", *twins)]}, by=editor)
    version = publish_version(by=editor, plan=plan, note="Düzeltme.")
    post = comment_on_section(
        author=member, section=section_of(version, "1.1"), version=version, body="Az.", exact=twins[0]
    )
    revise(plan.chapters[0], replacing(f"<p>{twins[0]}</p>", ""), by=editor)
    assert _anchor(post.quote, publish_version(by=editor, plan=plan, note="Düzeltme.")).verdict == "orphan"


def test_a_twin_that_was_written_in_between_is_left_to_people(plan, editor, commented):
    quote = commented("1.1", "Banklar çocuk alanına uzak duruyor.")
    twin = "Kreşler vardiya saatlerine göre çalışır."
    revise(plan.chapters[0], replacing(twin, f"{twin} {quote.exact}"), by=editor)
    second = publish_version(by=editor, plan=plan, note="Düzeltme.")
    assert (_anchor(quote, second).verdict, _anchor(quote, second).section) == ("same", quote.section)
    revise(plan.chapters[0], replacing(f"yanmıyor. {quote.exact}", "yanmıyor."), by=editor)
    assert _anchor(quote, publish_version(by=editor, plan=plan, note="Düzeltme.")).verdict == "check"


def test_a_comment_on_a_whole_section_goes_where_the_section_goes(plan, editor, commented):
    quote = commented("1.1")
    revise(plan.chapters[0], lambda blocks: blocks[::-1], by=editor)
    anchor = _anchor(quote, publish_version(by=editor, plan=plan, note="Düzeltme."))
    assert (anchor.verdict, anchor.section) == ("same", quote.section)


def test_a_comment_on_a_chapter_stays_with_it(plan, editor, commented):
    quote = commented("2")
    assert _anchor(quote, publish_version(by=editor, plan=plan, note="Düzeltme.")).section == quote.section


def test_every_comment_has_one_place_in_every_version(plan, version, editor, commented):
    quotes = [commented("1.1", "Banklar"), commented("1.2"), commented("2.1", "Duraklarda")]
    later = [publish_version(by=editor, plan=plan, note="Düzeltme.") for _ in range(2)]
    for quote in quotes:
        assert set(quote.anchors.values_list("version", flat=True)) == {version.pk, *(one.pk for one in later)}


def test_a_sentence_that_comes_back_finds_its_comment_again(plan, editor, commented):
    quote = commented("1.1", "Banklar çocuk alanına uzak duruyor.")
    revise(plan.chapters[0], replacing(" Banklar çocuk alanına uzak duruyor.", ""), by=editor)
    second = publish_version(by=editor, plan=plan, note="Düzeltme.")
    revise(plan.chapters[0], replacing("yanmıyor.", "yanmıyor. Banklar çocuk alanına uzak duruyor."), by=editor)
    third = publish_version(by=editor, plan=plan, note="Düzeltme.")
    assert [_anchor(quote, one).verdict for one in (second, third)] == ["orphan", "same"]


def test_edits_of_several_versions_are_followed(plan, editor, commented):
    quote = commented("1.1", "Parkta iki aydınlatma direği yanmıyor.")
    steps = [("iki aydınlatma", "dört aydınlatma"), ("yanmıyor.", "geceleri yanmıyor.")]
    versions = []
    for old, new in steps:
        revise(plan.chapters[0], replacing(old, new), by=editor)
        versions.append(publish_version(by=editor, plan=plan, note="Düzeltme."))
    assert [_anchor(quote, one).verdict for one in versions] == ["edited", "edited"]
    assert _words(_anchor(quote, versions[-1])) == "Parkta dört aydınlatma direği geceleri yanmıyor."


def test_a_quote_never_changes(plan, editor, commented):
    quote = commented("1.1", "Banklar çocuk alanına uzak duruyor.")
    before = Quote.objects.values().get(pk=quote.pk)
    revise(plan.chapters[0], replacing(" Banklar çocuk alanına uzak duruyor.", ""), by=editor)
    publish_version(by=editor, plan=plan, note="Düzeltme.")
    assert Quote.objects.values().get(pk=quote.pk) == before


# The dry run


def test_the_dry_run_says_what_publishing_then_does(plan, editor, commented):
    quotes = [commented("1.1", "Banklar çocuk alanına uzak duruyor."), commented("1.2"), commented("2.1", "Duraklarda")]
    revise(plan.chapters[0], replacing(" Banklar çocuk alanına uzak duruyor.", ""), by=editor)
    preview = preview_version(by=editor, plan=plan)
    assert preview.counts == {"same": 2, "moved": 0, "edited": 0, "check": 0, "orphan": 1}
    version = publish_version(by=editor, plan=plan, note="Düzeltme.")
    verdicts = [placement.relocation.verdict for placement in preview.placements]
    assert [_anchor(quote, version).verdict for quote in quotes] == verdicts


def test_the_dry_run_writes_nothing(plan, version, editor, commented):
    commented("1.1", "Banklar")
    revise(plan.chapters[0], lambda blocks: [*blocks, section("Yeni", "Metin.")], by=editor)
    before = [model.objects.count() for model in (PlanVersion, SectionText, Section, Anchor, OutboxEntry)]
    preview_version(by=editor, plan=plan)
    assert [model.objects.count() for model in (PlanVersion, SectionText, Section, Anchor, OutboxEntry)] == before


# Many comments


def _count_queries(plan: PlanPage, editor) -> int:
    with CaptureQueriesContext(connection) as captured:
        publish_version(by=editor, plan=plan, note="Düzeltme.")
    return len(captured)


def test_publishing_takes_as_many_queries_for_many_comments_as_for_few(plan, version, editor, commented):
    commented("1.1", "Banklar")
    few = _count_queries(plan, editor)
    for word in TRANSPORT.split() + NURSERY.split():
        commented("2.1" if word in TRANSPORT else "1.2", word.strip("."))
    assert Quote.objects.count() > 15
    assert _count_queries(plan, editor) == few


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_comment_written_while_a_version_is_published_has_a_place_in_it(plan, version, editor, member):
    def write() -> None:
        comment_on_section(author=member, section=section_of(version, "1.1"), version=version, body="Az.")
        connections.close_all()

    writer = Thread(target=write)
    with transaction.atomic():
        second = publish_version(by=editor, plan=plan, note="Düzeltme.")
        writer.start()
        writer.join(timeout=1)  # it waits for this transaction
    writer.join()
    assert Quote.objects.get().anchors.filter(version=second).exists()

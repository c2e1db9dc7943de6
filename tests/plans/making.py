"""Plans for tests: chapters of sections, written and approved as an editor does in Wagtail; small Word files."""

import io
import json
import uuid
from collections.abc import Callable
from typing import Any

import docx

from members.models import City, User
from plans.models import ChapterPage, PlanPage, PlanVersion, Section, SectionText

Block = dict[str, Any]

PARK = "Parkta iki aydınlatma direği yanmıyor. Banklar çocuk alanına uzak duruyor."
NURSERY = "Belediye mahallede iki yeni kreş açar. Kreşler vardiya saatlerine göre çalışır."
TRANSPORT = "Son otobüs gece yarısından önce kalkıyor. Duraklarda tırabzan bulunmuyor."


def section(heading: str, *paragraphs: str, kind: str = "text", **fields: Any) -> Block:
    """A raw section block; `paragraphs` are plain text, `fields` further values of the block."""
    html = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    body = [{"type": "text", "value": html, "id": str(uuid.uuid4())}] if html else []
    value = {"heading": heading, "body": body, "footnotes": [], **fields}
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}


def add_chapter(plan: PlanPage, title: str, sections: list[Block], *, by: User, approved: bool = True) -> ChapterPage:
    chapter = ChapterPage(title=title, sections=json.dumps(sections), owner=by, live=approved)
    plan.add_child(instance=chapter)
    revision = chapter.save_revision(user=by)
    if approved:
        revision.publish(user=by)
    return chapter


def make_plan(city: City, chapters: dict[str, list[Block]], *, by: User, title: str = "Eşitlik Planı") -> PlanPage:
    """A plan whose chapters are approved and of which no version is published."""
    plan = PlanPage(title=title, city=city, owner=by)
    city.page.add_child(instance=plan)
    plan.save_revision(user=by).publish(user=by)
    for name, sections in chapters.items():
        add_chapter(plan, name, sections, by=by)
    return plan


def two_chapters(city: City, *, by: User) -> PlanPage:
    """1.1 about a park, 1.2 about nurseries, 2.1 about buses."""
    services = [section("Parklar", PARK), section("Kreşler", NURSERY)]
    return make_plan(city, {"Kentsel hizmetler": services, "Ulaşım": [section("Otobüs", TRANSPORT)]}, by=by)


def revise(
    chapter: ChapterPage, change: Callable[[list[Block]], list[Block]], *, by: User, approve: bool = True
) -> None:
    """Give a chapter the sections that `change` makes of the present ones."""
    chapter = ChapterPage.objects.get(pk=chapter.pk)
    chapter.sections = json.dumps(change([dict(block) for block in chapter.sections.raw_data]))
    revision = chapter.save_revision(user=by)
    if approve:
        revision.publish(user=by)


def replacing(old: str, new: str) -> Callable[[list[Block]], list[Block]]:
    """For `revise`: words that stand once in the chapter become others."""

    def change(blocks: list[Block]) -> list[Block]:
        text = json.dumps(blocks, ensure_ascii=False)
        assert text.count(old) == 1, old
        return json.loads(text.replace(old, new))

    return change


def text_of(version: PlanVersion, number: str) -> SectionText:
    return version.texts.select_related("section").get(number=number)


def section_of(version: PlanVersion, number: str) -> Section:
    return text_of(version, number).section


def word_file(*lines: tuple[str, str], tables: list[list[list[str]]] | None = None) -> io.BytesIO:
    """A .docx of (style, text) paragraphs, tables at its end."""
    document = docx.Document()
    for style, text in lines:
        document.add_paragraph(text, style=style)
    for rows in tables or []:
        table = document.add_table(rows=len(rows), cols=len(rows[0]))
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    file = io.BytesIO()
    document.save(file)
    file.seek(0)
    file.name = "plan.docx"
    return file


def small_word_file() -> io.BytesIO:
    """A plan of two chapters, one section of each kind in the first."""
    return word_file(
        ("Title", "Örnekkent Planı"),
        ("Normal", "Bu plan herkes için."),
        ("Heading 1", "Ulaşım ve güvenlik"),
        ("Normal", "Bölümün girişi."),
        ("Heading 2", "Amaç A1: Gece güvenle eve dönülür"),
        ("Normal", "Duraklar aydınlatılır."),
        ("Heading 2", "Hedef A1.1: Her durak aydınlık"),
        ("Normal", "Sorumlu: Ulaşım dairesi"),
        ("Normal", "Tarih: 2027"),
        ("Heading 2", "İzlenen taahhüt: Gece otobüsü"),
        ("Normal", "Kaynak: Stratejik plan"),
        ("Heading 2", "İzleme faaliyeti: Durak sayımı"),
        ("Normal", "Yöntem: Gözlem"),
        ("Heading 1", "Başka bir konu"),
        ("Heading 2", "Tablo"),
        tables=[[["Mahalle", "Kreş"], ["Çınarlı", "2"]]],
    )

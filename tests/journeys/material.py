"""What the journeys work with: a small plan written in Word, and the changes that its editors make to it."""

import json
from io import BytesIO

from docx import Document

from members.models import City, User
from plans.actions.import_plan import import_plan
from plans.models import PlanPage

TITLE = "Örnekkent Yerel Eşitlik İzleme Planı"
# The sentence of §2.1 that the journeys comment on, and what the editors make of it.
SENTENCE = "Gece otobüsleri saat 23.00’ten sonra yalnız iki hatta çalışır."
CHANGED = "Gece otobüsleri saat 23.00’ten sonra en az beş hatta çalışır."


def word_file(*, merged_cells: bool = False) -> BytesIO:
    """A plan of two chapters as a `.docx`; with `merged_cells`, one that cannot be kept as it is."""
    document = Document()
    document.add_paragraph(TITLE, style="Title")
    document.add_paragraph("Kentte kim, nerede, hangi hizmete ulaşıyor?")
    document.add_heading("Kurumsal yapı ve bütçe", 1)
    document.add_heading("Kim, neyi yapar?", 2)
    document.add_paragraph("Platform iki ayda bir toplanır. Toplantı notu bir hafta içinde yayımlanır.")
    table = document.add_table(2, 2)
    for cell, words in zip(table.row_cells(0) + table.row_cells(1), ("Yıl", "Pay", "2026", "%4"), strict=True):
        cell.text = words
    if merged_cells:
        table.cell(1, 0).merge(table.cell(1, 1))
    document.add_heading("Ulaşım ve güvenlik", 1)
    document.add_heading("Hedef A1.1: Gece ulaşımı", 2)
    document.add_paragraph(f"Kentte gece çalışanlar eve dönmekte zorlanıyor. {SENTENCE} Duraklar iyi aydınlatılır.")
    document.add_paragraph("Sorumlu: Örnekkent Belediyesi")
    document.add_heading("İzleme faaliyeti: Durak yürüyüşü", 2)
    document.add_paragraph("Her ay bir hat yürünür.")
    file = BytesIO()
    document.save(file)
    file.seek(0)
    return file


def import_small_plan(*, by: User, city: City) -> PlanPage:
    """The plan of `word_file`, unpublished."""
    plan, _losses = import_plan(by=by, city=city, file=word_file())
    return plan


def revise_plan(*, by: User, plan: PlanPage, old: str, new: str) -> None:
    """An editor's revision: words of one chapter are replaced, and the chapter's draft is approved."""
    for chapter in plan.chapters:
        blocks = json.dumps(list(chapter.sections.raw_data), ensure_ascii=False)
        if old in blocks:
            chapter.sections = blocks.replace(old, new)
            chapter.save_revision(user=by).publish(user=by)

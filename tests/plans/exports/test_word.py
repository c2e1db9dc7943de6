"""A version as a Word file: what comes back when it is imported, and where its comments stand."""

import io
import json
import zipfile

import docx
from docx.oxml.ns import qn
from lxml import etree

from plans.actions.import_plan import import_plan
from plans.actions.publish_version import publish_version
from plans.docx.reader import read_plan
from plans.exports.collect import Export
from plans.exports.word import render_word
from plans.models import ChapterPage
from plans.raw_blocks import section_block
from plans.rendering import render_section
from plans.text.plaintext import plain_text
from tests.plans.exports.talking import HIDDEN_WORDS, next_version


def file_of(version) -> io.BytesIO:
    return io.BytesIO(render_word(Export(version)))


def comments_of(version) -> list[tuple[str, str, str]]:
    """(author, text, the words at which it stands) of each comment of the file, in order."""
    document = docx.Document(file_of(version))
    quoted: dict[int, str] = {}
    open_: set[int] = set()
    for node in document.element.body.iter():
        if node.tag == qn("w:commentRangeStart"):
            open_.add(int(node.get(qn("w:id"))))
        elif node.tag == qn("w:commentRangeEnd"):
            open_.discard(int(node.get(qn("w:id"))))
        elif node.tag == qn("w:t"):
            for comment in open_:
                quoted[comment] = quoted.get(comment, "") + node.text
    return [(comment.author, comment.text, quoted.get(comment.comment_id, "")) for comment in document.comments]


def test_what_is_imported_again_is_the_same_plan(version, talk):
    read = read_plan(file_of(version))
    texts = [text for text in version.texts.all() if not text.is_chapter]
    sections = [section for chapter in read.chapters for section in chapter.sections]
    assert read.title == version.title
    assert [chapter.title for chapter in read.chapters] == ["Kent & yaşam", "Ulaşım"]
    assert [(found.kind, found.code, found.heading) for found in sections] == [
        (text.kind, text.code, text.heading) for text in texts
    ]
    page = ChapterPage(title="x", sections=json.dumps([section_block(found) for found in sections]))
    assert [plain_text(render_section(block.value)) for block in page.sections] == [text.text for text in texts]
    assert sections[0].footnotes == ["Gözlem, 2026."]
    assert {loss.kind for loss in read.losses} == {"comment"}


def test_html_comes_back_as_it_was(version, city, editor):
    imported, _losses = import_plan(by=editor, city=city, file=file_of(version))
    again = publish_version(by=editor, plan=imported)
    assert [text.html for text in again.texts.all()] == [text.html for text in version.texts.all()]


def test_headings_bear_words_styles_and_numbers_of_their_own(version):
    document = docx.Document(file_of(version))
    headings = [(found.style.name, found.text) for found in document.paragraphs if found.style.name.startswith("Head")]
    assert headings[:2] == [("Heading 1", "Kent & yaşam"), ("Heading 2", "Hedef A1.1: Işıklı parklar")]
    assert document.styles["Heading 2"].element.pPr.numPr.ilvl.val == 1


def test_tables_repeat_their_first_row(version):
    table = docx.Document(file_of(version)).tables[0]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert table.cell(2, 0).text == "İğdır & <Şirin>"


def test_comments_stand_at_the_words_that_they_quote(version, talk):
    found = comments_of(version)
    assert ("Üye", "Yanmıyor, bakın.", "aydınlatma direği yanmıyor") in found
    assert ("Üye", "Bütün bölüme dair.", "Hedef A1.1: Işıklı parklar") in found
    assert ("Yabancı", "Katılıyorum.", "aydınlatma direği yanmıyor") in found


def test_the_answer_follows_its_comment(version, talk):
    answers = [(author, text) for author, text, _words in comments_of(version) if "Editör" in author]
    assert [text.split("\n") for _author, text in answers] == [["Kısmen kabul edildi", "Biri onarıldı."]]


def test_replies_belong_to_the_thread_of_their_comment(version, talk):
    with zipfile.ZipFile(file_of(version)) as package:
        entries = etree.fromstring(package.read("word/commentsExtended.xml"))
        comments = etree.fromstring(package.read("word/comments.xml"))
    w14, w15 = (f"{{http://schemas.microsoft.com/office/word/{name}}}" for name in ("2010/wordml", "2012/wordml"))
    texts = {found.get(f"{w14}paraId"): "".join(found.itertext()) for found in comments.iter(qn("w:p"))}
    parents = {texts[entry.get(f"{w15}paraId")]: entry.get(f"{w15}paraIdParent") for entry in entries}
    assert texts[parents["Katılıyorum."]] == "Yanmıyor, bakın."
    assert parents["Yanmıyor, bakın."] is None


def test_no_word_goes_on_that_a_visitor_may_not_read(version, talk):
    with zipfile.ZipFile(file_of(version)) as package:
        content = b"".join(package.read(name) for name in package.namelist()).decode("utf-8", "ignore")
    assert not [words for words in HIDDEN_WORDS if words in content]
    assert "@" not in "".join(author for author, _text, _words in comments_of(version))
    assert "Silinene karşılık." in content


def test_an_orphan_stands_at_the_title_with_its_words_and_an_edited_one_says_what_it_quoted(
    plan, version, talk, editor
):
    found = {text: words for _author, text, words in comments_of(next_version(plan, by=editor))}
    orphan = next(text for text in found if "Geç kalkmalı." in text)
    assert "Son otobüs" in orphan
    assert found[orphan] == "Örnekkent Eşitlik Planı"
    edited = next(text for text in found if "Yanmıyor, bakın." in text)
    assert "aydınlatma direği yanmıyor" in edited
    assert found[edited] == "aydınlatma lambası yanmıyor"


def test_every_comment_has_a_number_of_its_own_and_keeps_its_lines(version, talk):
    comments = list(docx.Document(file_of(version)).comments)
    assert [comment.comment_id for comment in comments] == list(range(len(comments)))
    answer = next(comment for comment in comments if "onarıldı" in comment.text)
    assert [paragraph.text for paragraph in answer.paragraphs][-1] == "Biri onarıldı."
    assert len(answer.paragraphs) == 2

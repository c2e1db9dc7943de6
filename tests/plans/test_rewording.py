"""Words are replaced in a draft's rich text, tables and fields; nothing else in it changes."""

from copy import deepcopy
from html import escape
from html.parser import HTMLParser

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from plans.drafting import draft_text
from plans.text.rewording import ByHandError, plain_text_of, replace_words


def block_of(*body, kind="text", footnotes=(), **fields):
    """A raw section block; strings in `body` are rich text, dicts tables."""
    parts = [
        {"type": "text" if isinstance(part, str) else "table", "value": part, "id": f"p{number}"}
        for number, part in enumerate(body)
    ]
    notes = [{"type": "item", "value": note, "id": f"n{number}"} for number, note in enumerate(footnotes)]
    value = {"heading": "Başlık", "body": parts, "footnotes": notes, **fields}
    return {"type": kind, "value": value, "id": "a"}


def reworded(block, old: str, new: str):
    text = plain_text_of(block)
    assert text.count(old) == 1
    start = text.index(old)
    return replace_words(block, start, start + len(old), new)


def source(html: str, old: str, new: str) -> str:
    """What becomes of one rich text."""
    changed = reworded(block_of(html), old, new)
    return "".join(part["value"] for part in changed["value"]["body"])


@pytest.mark.parametrize(
    ("html", "old", "new", "expected"),
    [
        ("<p>Bir iki üç.</p>", "iki", "beş", "<p>Bir beş üç.</p>"),
        ("<p>Bir <b>iki üç</b> dört.</p>", "iki üç dört.", "iki beş dört.", "<p>Bir <b>iki beş</b> dört.</p>"),
        ("<p>Bir <b>iki</b> üç.</p>", "iki üç.", "iki yeni üç.", "<p>Bir <b>iki</b> yeni üç.</p>"),
        ("<p>Bir <b>iki</b> üç.</p>", "Bir iki üç.", "Bir üç.", "<p>Bir üç.</p>"),
        ("<p>Bir <b>iki</b></p>", "Bir iki", "Bir iki üç", "<p>Bir <b>iki</b> üç</p>"),
        ("<p><b>Bir</b> iki</p>", "Bir iki", "Sıfır Bir iki", "<p>Sıfır <b>Bir</b> iki</p>"),
        (
            '<p><a href="/x?a=1&amp;b=2">Bir iki</a> üç.</p>',
            "iki",
            "beş",
            '<p><a href="/x?a=1&amp;b=2">Bir beş</a> üç.</p>',
        ),
        ("<p>Bir&nbsp;iki &amp; üç.</p>", "& üç.", "& dört.", "<p>Bir&nbsp;iki &amp; dört.</p>"),
        (
            "<p>Su.<sup>1</sup> Bir m<sup>2</sup>.</p>",
            "Su.¹ Bir",
            "Hava.¹ Bir",
            "<p>Hava.<sup>1</sup> Bir m<sup>2</sup>.</p>",
        ),
        ("<p>Bir.</p><p>İki.</p>", "İki.", "", "<p>Bir.</p>"),
        ("<ul><li>Bir</li><li>İki</li></ul>", "Bir\nİki", "Bir\nÜç", "<ul><li>Bir</li><li>Üç</li></ul>"),
        (
            "<ul><li>Bir<ul><li>alt</li></ul></li></ul>",
            "Bir",
            "Bir iki",
            "<ul><li>Bir iki<ul><li>alt</li></ul></li></ul>",
        ),
        ("<p>Bir.</p>", "Bir.", "<b>İki</b> &amp;.", "<p>&lt;b&gt;İki&lt;/b&gt; &amp;amp;.</p>"),
        (
            '<p data-block-key="x1">Bir<br/>iki üç</p>',
            "iki üç",
            "iki dört",
            '<p data-block-key="x1">Bir<br/>iki dört</p>',
        ),
    ],
)
def test_only_the_words_that_differ_are_replaced(html, old, new, expected):
    assert source(html, old, new) == expected


def test_a_text_that_loses_its_last_words_goes():
    changed = reworded(block_of("<p>Bir.</p>", "<p>İki.</p>"), "İki.", "")
    assert [part["value"] for part in changed["value"]["body"]] == ["<p>Bir.</p>"]


def test_words_of_a_table_a_field_and_a_footnote_are_replaced():
    table = {
        "data": [["Yıl", None], ["2026", "iki\nkreş"]],
        "table_caption": "Kreşler",
        "first_row_is_table_header": True,
    }
    block = block_of(
        table, kind="objective", responsible="Ulaşım dairesi", date="2027", footnotes=["Bkz. <i>Ek</i> 1."]
    )
    for old, new in [
        ("iki kreş", "beş kreş"),
        ("Kreşler", "Tüm kreşler"),
        ("Ulaşım dairesi", "Eşitlik birimi"),
        ("Ek", "<b>"),
    ]:
        block = reworded(block, old, new)
    value = block["value"]
    assert value["body"][0]["value"]["data"] == [["Yıl", None], ["2026", "beş\nkreş"]]
    assert value["body"][0]["value"]["table_caption"] == "Tüm kreşler"
    assert (value["responsible"], value["date"]) == ("Eşitlik birimi", "2027")
    assert value["footnotes"][0]["value"] == "Bkz. <i><b></i> 1."
    assert draft_text(block) == plain_text_of(block)


@pytest.mark.parametrize(
    ("block", "old", "new"),
    [
        (block_of("<p>Bir.</p><p>İki.</p>"), "Bir.\nİki.", "Bir ve iki."),
        (block_of("<p>Bir.</p>"), "Bir.", "Bir.\nİki."),
        (block_of("<p>Bir.</p>", responsible="Belediye", kind="objective"), "Sorumlu: Belediye", "Ortak: Belediye"),
        (block_of("<p>Bir.¹</p>", footnotes=["Not."]), "Not.", ""),
    ],
    ids=["fewer paragraphs", "more paragraphs", "the word before a field", "an empty footnote"],
)
def test_what_words_alone_cannot_say_is_left_to_people(block, old, new):
    kept = deepcopy(block)
    with pytest.raises(ByHandError):
        reworded(block, old, new)
    assert block == kept


words = st.text(alphabet="abçğıİöşü.,!?&<>\"'’ 19²\u00a0", min_size=1, max_size=20)
inline = st.recursive(
    words.map(lambda text: escape(text, quote=False).replace("\u00a0", "&nbsp;")),
    lambda inner: st.tuples(st.sampled_from(["b", "i", 'a href="https://ornek.example/?a=1&amp;b=2"']), inner).map(
        lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0].split()[0]}>" if "<a" not in pair[1] else pair[1]
    ),
    max_leaves=4,
) | st.sampled_from(["<sup>1</sup>", "<sup>12</sup>"])
paragraph = st.tuples(st.sampled_from(["p", "h4"]), st.lists(inline, min_size=1, max_size=4)).map(
    lambda pair: f"<{pair[0]}>{''.join(pair[1])}</{pair[0]}>"
)
items = st.lists(st.lists(inline, min_size=1, max_size=3).map("".join), min_size=1, max_size=3).map(
    lambda found: "<ul>" + "".join(f"<li>{item}</li>" for item in found) + "</ul>"
)
rich_text = st.lists(paragraph | items, min_size=1, max_size=3).map("".join)
proposed = st.text(alphabet="abçğıİöşü.,!?&<>\"'’ 19²", max_size=20).map(lambda text: " ".join(text.split()))


class _Balance(HTMLParser):
    """Whether every tag is closed, in the order in which they were opened."""

    def __init__(self) -> None:
        super().__init__()
        self.open, self.is_right, self.seen = [], True, []

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)
        self.seen.append((tag, tuple(attrs)))

    def handle_endtag(self, tag):
        self.is_right = self.is_right and bool(self.open) and self.open.pop() == tag


def tags_of(html: str) -> list:
    """The opened tags; fails where they are not closed in order."""
    balance = _Balance()
    balance.feed(html)
    balance.close()
    assert balance.is_right
    assert not balance.open
    return balance.seen


@given(st.lists(rich_text, min_size=1, max_size=3), st.data(), proposed)
def test_a_draft_with_other_words_is_the_same_draft_but_for_these_words(texts, data, new):
    block = block_of(*texts)
    text = plain_text_of(block)
    assume(text)
    assert draft_text(block) == text
    lines = text.split("\n")
    number = data.draw(st.integers(0, len(lines) - 1))
    start = data.draw(st.integers(0, len(lines[number])))
    end = data.draw(st.integers(start, len(lines[number])))
    assume(not any(lines[number][place - 1 : place + 1].strip("⁰¹²") == "" for place in (start, end) if place))
    offset = sum(len(line) + 1 for line in lines[:number])
    changed = replace_words(block, offset + start, offset + end, new)

    line = " ".join((lines[number][:start] + new + lines[number][end:]).split())
    expected = "\n".join(one for one in [*lines[:number], line, *lines[number + 1 :]] if one)
    assert plain_text_of(changed) == expected
    assert draft_text(changed) == expected
    before = {part["id"]: part["value"] for part in block["value"]["body"]}
    after = {part["id"]: part["value"] for part in changed["value"]["body"]}
    differing = [key for key in before if before[key] != after.get(key)]
    assert len(differing) <= 1
    for key in differing:
        left = list(tags_of(before[key]))
        for tag in tags_of(after.get(key, "")):
            left.remove(tag)  # a tag that was not there before is a ValueError

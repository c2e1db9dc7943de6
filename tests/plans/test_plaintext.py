"""Plain text, its sentences, and the marks that anchors rely on."""

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.text.decoration import Mark, decorate
from plans.text.plaintext import mark_sentences, plain_text, readable_text, table_rows
from plans.text.sentences import split_sentences

words = st.text(alphabet="abçğıİöşü .,!?&<>\"' 19\n", min_size=1, max_size=30)
inline = st.recursive(
    words.map(lambda text: escape(text)),
    lambda inner: st.tuples(st.sampled_from(["b", "i", "sup"]), inner).map(
        lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0]}>"
    ),
    max_leaves=4,
)
blocks = st.lists(st.tuples(st.sampled_from(["p", "li", "td", "h4"]), st.lists(inline, max_size=3)), max_size=4).map(
    lambda found: "".join(f"<{tag}>{''.join(parts)}</{tag}>" for tag, parts in found)
)


@given(blocks)
def test_marking_sentences_does_not_change_the_text(html):
    assert plain_text(mark_sentences(html)) == plain_text(html)


@given(blocks)
def test_decorating_keeps_every_word(html):
    text = plain_text(html)
    marked = decorate(mark_sentences(html), [Mark(1, 5, "#p1")], lambda n: f"c{n}", lambda n: "")
    assert plain_text(marked) == text


def test_blocks_are_lines_and_spaces_are_one():
    assert plain_text("<p>Bir  <b>iki</b>\n üç.</p><ul><li>dört</li></ul>") == "Bir iki üç.\ndört"


def test_a_mark_runs_over_bold_words_and_ends_where_it_should():
    html = mark_sentences("<p>Gece <b>otobüsü</b> gelir.</p>")
    marked = decorate(html, [Mark(5, 18, "#p7")], lambda n: f"c{n}", lambda n: "<i>+</i>")
    assert '<a class="commented" href="#p7">otobüsü</a>' in marked
    assert '<a class="commented" href="#p7">gelir</a>.<i>+</i>' in marked
    assert marked.count("<i>+</i>") == 1


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Bir cümle. İki cümle.", ["Bir cümle.", "İki cümle."]),
        ("Dr. Ayşe geldi. 3. madde geçerli.", ["Dr. Ayşe geldi.", "3. madde geçerli."]),
        ("Oran %42,5 ve 1.234,5 oldu. Tamam mı? Evet!", ["Oran %42,5 ve 1.234,5 oldu.", "Tamam mı?", "Evet!"]),
        ("08.03.2026 tarihinde açıldı. “Güzel.” dedi.", ["08.03.2026 tarihinde açıldı.", "“Güzel.” dedi."]),
        ("Park vb. yerler. Sonu gelmeyen", ["Park vb. yerler.", "Sonu gelmeyen"]),
        ("Ücret ödenmez.1 Sonra sorulur.", ["Ücret ödenmez.1", "Sonra sorulur."]),
        ("Ücret ödenmez.¹ Sonra 5 m² kalır.² Son", ["Ücret ödenmez.¹", "Sonra 5 m² kalır.²", "Son"]),
        ("satır bir\nsatır iki", ["satır bir", "satır iki"]),
        ("Bir cümle. \ufeffİkincisi. \u200b“Üçüncüsü.”", ["Bir cümle.", "\ufeffİkincisi.", "\u200b“Üçüncüsü.”"]),
    ],
)
def test_turkish_sentences(text, sentences):
    assert [text[start:end] for start, end in split_sentences(text)] == sentences


TABLE = "<p>Önce.</p><table><tr><th>Mahalle</th><th>Yer</th></tr><tr><td>Zeytinyanı</td><td>84</td></tr></table><p>Sonra.</p>"


def test_a_table_row_is_a_stretch_of_the_plain_text():
    plain = plain_text(TABLE)
    assert [plain[start:end] for start, end in table_rows(TABLE)] == ["Mahalle\nYer", "Zeytinyanı\n84"]
    assert table_rows("<p>Metin.</p>") == []


def test_people_read_a_table_row_as_one_line():
    assert readable_text(TABLE) == "Önce.\nMahalle | Yer\nZeytinyanı | 84\nSonra."
    assert readable_text("<p>Bir.</p><p>İki.</p>") == "Bir.\nİki."

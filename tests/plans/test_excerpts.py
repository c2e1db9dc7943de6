"""Words in their paragraphs."""

import pytest

from plans.text.excerpts import paragraphs_around

TEXT = "Bir iki.\nÜç dört beş.\nAltı."


def marked(words: str) -> list[list[tuple[str, bool]]]:
    start = TEXT.index(words)
    found = paragraphs_around(TEXT, start, start + len(words))
    return [[(part.words, part.is_marked) for part in parts] for parts in found]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("dört", [[("Üç ", False), ("dört", True), (" beş.", False)]]),
        ("Üç dört beş.", [[("Üç dört beş.", True)]]),
        ("iki.\nÜç", [[("Bir ", False), ("iki.", True)], [("Üç", True), (" dört beş.", False)]]),
        ("Altı.", [[("Altı.", True)]]),
    ],
)
def test_words_are_marked_in_their_paragraphs(words, expected):
    assert marked(words) == expected


def test_no_words_have_no_paragraph():
    assert paragraphs_around(TEXT, 4, 4) == []
    assert paragraphs_around("", 0, 0) == []

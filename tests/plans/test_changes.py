"""Which sections differ between two states of a plan."""

from dataclasses import replace

import pytest

from plans.changes import SectionState, compare_states


def state(key: str, chapter: str = "A", text: str = "Metin.", heading: str = "Başlık") -> SectionState:
    return SectionState(key, chapter, "", heading, text)


BEFORE = [state("a"), state("b"), state("c"), state("d")]


def kinds(after: list[SectionState], before: list[SectionState] = BEFORE) -> list[tuple[str, str]]:
    return [(found.kind, found.key) for found in compare_states(before, after)]


def changed(key: str, **fields: str) -> list[SectionState]:
    return [replace(one, **fields) if one.key == key else one for one in BEFORE]


def test_nothing_differs_from_itself():
    assert kinds(BEFORE) == []


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"text": "Başka metin."}, "edited"),
        ({"heading": "Başka"}, "renamed"),
        ({"text": "Başka metin.", "heading": "Başka"}, "edited"),
        ({"chapter": "B"}, "moved"),
        ({"number": "9.9"}, None),
    ],
)
def test_a_section_differs_in_one_way(fields, kind):
    assert kinds(changed("b", **fields)) == ([(kind, "b")] if kind else [])


def test_an_inserted_section_moves_nobody():
    assert kinds([state("yeni"), *BEFORE]) == [("added", "yeni")]


def test_what_was_taken_out_is_named_where_it_stood():
    after = [state("yeni"), *BEFORE[1:3], state("son")]
    assert kinds(after) == [("removed", "a"), ("added", "yeni"), ("removed", "d"), ("added", "son")]


def test_the_one_that_was_carried_moved_not_those_it_passed():
    assert kinds([BEFORE[3], *BEFORE[:3]]) == [("moved", "d")]
    assert kinds([*BEFORE[1:], BEFORE[0]]) == [("moved", "a")]


def test_a_new_plan_is_all_new_and_an_emptied_one_all_gone():
    assert kinds(BEFORE, before=[]) == [("added", key) for key in "abcd"]
    assert kinds([]) == [("removed", key) for key in "abcd"]

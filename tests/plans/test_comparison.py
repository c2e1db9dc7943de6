"""Two versions of a plan, section by section: what is said of each, and which earlier text it is compared with."""

from dataclasses import replace

import pytest

from plans.changes import SectionState
from plans.comparison import ComparedSection, compare, counts_of


def state(key: str, chapter: str = "A", text: str = "", heading: str = "") -> SectionState:
    return SectionState(key, chapter, key.upper(), heading or f"Başlık {key}", text or f"Metin {key}.")


def chapter(key: str) -> SectionState:
    return SectionState(key, key, key, f"Bölüm {key}", "")


BEFORE = [chapter("A"), state("a"), state("b"), chapter("B"), state("c", "B"), state("d", "B")]


def rows(after: list[SectionState], heirs=None, before=None) -> dict[str, ComparedSection]:
    chapters = compare(before or BEFORE, after, heirs or {})
    return {row.state.key: row for one in chapters for row in (one.row, *one.sections)}


def order(after: list[SectionState], heirs=None) -> list[tuple[str, list[str]]]:
    return [(one.row.state.key, [row.state.key for row in one.sections]) for one in compare(BEFORE, after, heirs or {})]


def without(*keys: str) -> list[SectionState]:
    return [one for one in BEFORE if one.key not in keys]


def test_what_is_as_it_was_says_nothing():
    found = rows(BEFORE)
    assert {row.status for row in found.values()} == {"same"}
    assert {row.facts for row in found.values()} == {()}
    assert counts_of(compare(BEFORE, BEFORE, {})) == {"same": 4, "chapters": 0}


def test_everything_that_holds_is_said():
    after = [
        chapter("A"),
        state("a"),
        chapter("B"),
        replace(state("b", "B"), text="Başka.", heading="Yeni"),
        *BEFORE[4:],
    ]
    row = rows(after)["b"]
    assert (row.status, row.facts) == ("changed", ("edited", "renamed", "moved"))
    assert (row.old_text, row.new_text) == ("Metin b.", "Başka.")


def test_a_chapter_is_told_apart_and_counted_for_itself():
    after = [replace(BEFORE[0], heading="Başka ad"), *BEFORE[1:]]
    assert rows(after)["A"].facts == ("renamed",)
    assert counts_of(compare(BEFORE, after, {})) == {"same": 4, "chapters": 1}


def test_what_was_taken_out_stands_in_its_chapter_where_it_stood():
    assert order(without("a")) == [("A", ["a", "b"]), ("B", ["c", "d"])]
    # A section was added at the end of A, before the chapter that is gone with its sections.
    after = [*BEFORE[:3], state("yeni")]
    assert order(after) == [("A", ["a", "b", "yeni"]), ("B", ["c", "d"])]
    found = rows(after)
    assert [found[key].status for key in ("B", "c", "yeni")] == ["removed", "removed", "added"]


def test_what_was_taken_out_of_a_chapter_that_moved_goes_with_it():
    after = [BEFORE[3], BEFORE[4], *BEFORE[:2]]
    assert [found for _key, found in order(after)] == [["c", "d"], ["a", "b"]]


def test_a_section_made_anew_is_compared_with_the_one_that_it_was():
    after = [*without("a"), state("yeni", "B", text="Metin a.", heading="Başlık a")]
    found = rows(after, {"a": {"yeni": 1.0}})
    assert "a" not in found
    row = found["yeni"]
    assert [one.key for one in row.earlier] == ["a"]
    assert (row.status, row.facts) == ("changed", ("remade", "moved"))


def test_a_section_that_was_merged_into_another_is_compared_there():
    after = [replace(one, text="Metin a.\nMetin b.") if one.key == "a" else one for one in without("b")]
    found = rows(after, {"b": {"a": 1.0}})
    assert "b" not in found
    assert found["a"].facts == ("merged",)
    assert found["a"].old_text == found["a"].new_text
    assert counts_of(compare(BEFORE, after, {"b": {"a": 1.0}})) == {"same": 2, "changed": 1, "chapters": 0}


def test_two_sections_that_became_a_new_one_are_compared_as_one():
    after = [*without("a", "b"), state("yeni", "B", text="Metin a.\nMetin b. Ve daha fazlası.")]
    row = rows(after, {"a": {"yeni": 1.0}, "b": {"yeni": 0.9}})["yeni"]
    assert row.facts[0] == "merged"
    assert [one.key for one in row.merged] == ["a", "b"]
    assert row.old_text == "Metin a.\nMetin b."


@pytest.mark.parametrize(("shares", "facts"), [({"c": 0.5, "d": 0.4}, ("split",)), ({"c": 0.3}, ("removed",))])
def test_what_has_no_single_heir_is_taken_out_and_says_where_its_text_stands(shares, facts):
    found = rows(without("a"), {"a": shares})
    assert (found["a"].status, found["a"].facts) == ("removed", facts)
    assert [one.key for one in found["a"].heirs] == list(shares)
    assert [one.key for one in found["c"].origins] == ["a"]
    assert found["c"].status == "same"


def test_a_section_that_gave_part_of_its_text_away_was_split():
    after = [replace(one, text="Metin.") if one.key == "a" else one for one in BEFORE] + [state("yeni", "B")]
    found = rows(after, {"a": {"yeni": 0.4}})
    assert found["a"].facts == ("split", "edited")
    assert (found["yeni"].status, [one.key for one in found["yeni"].origins]) == ("added", ["a"])


def test_heirs_that_the_later_version_does_not_have_are_not_named():
    found = rows(without("a"), {"a": {"yok": 1.0}})
    assert (found["a"].facts, found["a"].heirs) == (("removed",), ())

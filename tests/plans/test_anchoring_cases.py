"""Thousands of generated revisions with a known truth: nothing is put in a wrong place without a word, and what can be
followed is."""

from collections import Counter
from collections.abc import Iterable
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plans.anchoring import Quote, Relocation, Revision, relocate
from tests.plans.anchoring_cases import GROUPS, KINDS, SILENT, generate, judge
from tests.plans.anchoring_texts import MATERIALS

SEEDS = range(18)  # of each kind and material: more than two thousand cases


@cache
def results(group: str) -> dict[str, Counter[str]]:
    """What became of the quotes, by kind of edit."""
    found = {}
    for kind in GROUPS[group]:
        cases = [generate(material, kind, seed) for material in MATERIALS.values() for seed in SEEDS]
        found[kind] = Counter(judge(case, relocate(case.quote, case.before, case.after)) for case in cases)
    return found


def table(found: dict[str, Counter[str]]) -> str:
    return "\n" + "\n".join(f"{kind:45} {dict(count)}" for kind, count in found.items())


def followed(counts: Iterable[Counter[str]]) -> float:
    total = sum(counts, Counter())
    return total["followed"] / total.total()


@pytest.mark.parametrize("group", GROUPS)
def test_no_quote_is_put_in_a_wrong_place_without_a_word(group):
    wrong = {kind: count for kind, count in results(group).items() if count["wrong"]}
    assert not wrong, table(wrong)


@pytest.mark.parametrize(("group", "share"), [("whole", 0.99), ("light", 0.95)])
def test_what_stays_and_what_changes_a_little_is_followed(group, share):
    found = results(group)
    assert followed(found.values()) >= share, table(found)
    # No kind of edit is bought with another.
    assert min(followed([count]) for count in found.values()) >= share - 0.1, table(found)


def test_what_has_gone_is_not_followed():
    assert not any(count["followed"] for count in results("gone").values())


kinds, materials = st.sampled_from(sorted(KINDS)), st.sampled_from(sorted(MATERIALS))
examples = settings(max_examples=150, deadline=None, derandomize=True)


@examples
@given(kinds, materials, st.integers(0, 10**9))
def test_it_is_determined_and_running_it_again_changes_nothing(kind, material, seed):
    case = generate(MATERIALS[material], kind, seed)
    first = relocate(case.quote, case.before, case.after)
    assert Revision(case.before, case.after).relocate(case.quote) == first
    if first.verdict in SILENT:
        words = case.after[first.section][first.start : first.end]
        again = relocate(Quote(first.section, words, start=first.start), case.after, case.after)
        assert again == Relocation("same", first.section, first.start, first.end, 1.0)


# Few words, few marks: sentences of which many are equal, begin alike, or are nothing but signs.
lines = st.lists(
    st.sampled_from(
        ["Kreş", "iki kreş.", "Çınarlı’da", "beş", "“açılır.”", "45¹", "\u00ad–", "A.", "🙂", "I\u0307ki ."]
    ),
    max_size=7,
).map(" ".join)
states = st.dictionaries(st.sampled_from("abc"), st.lists(lines, max_size=3).map("\n".join), min_size=1)


@settings(max_examples=400, deadline=None, derandomize=True)
@given(states, states, st.data())
def test_a_place_is_within_its_text(before, after, data):
    section = data.draw(st.sampled_from(sorted(before)))
    start = data.draw(st.integers(0, len(before[section])))
    end = data.draw(st.integers(start, len(before[section])))
    found = relocate(Quote(section, before[section][start:end], start=start), before, after)
    if found.verdict == "orphan":
        assert (found.section, found.start, found.end) == (None, None, None)
        return
    assert found.verdict in (*SILENT, "check")
    assert 0 <= found.start <= found.end <= len(after[found.section])
    assert 0 <= found.score <= 1
    assert relocate(Quote(section, before[section][start:end], start=start), before, after) == found


@settings(max_examples=100, deadline=None, derandomize=True)
@given(states, st.data())
def test_nothing_changes_in_an_unchanged_plan(texts, data):
    section = data.draw(st.sampled_from(sorted(texts)))
    start = data.draw(st.integers(0, len(texts[section])))
    end = data.draw(st.integers(start, len(texts[section])))
    found = relocate(Quote(section, texts[section][start:end], start=start), texts, dict(texts))
    assert found.verdict == "same"
    if end > start:
        assert (found.section, found.start, found.end) == (section, start, end)

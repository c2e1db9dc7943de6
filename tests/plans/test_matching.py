"""Sections of a revised text find the sections that they are; what is not certain is left to people."""

import random
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings

from plans.docx.reader import read_plan
from plans.matching import Matching, NewSection, OldSection, match_sections

CITIES = Path(settings.BASE_DIR) / "demo" / "content"

PARK = "Parkta iki aydınlatma direği yanmıyor. Banklar çocuk alanına uzak duruyor, gölge de yok."
NURSERY = "Belediye mahallede iki yeni kreş açar. Kreşler vardiya saatlerine göre çalışır ve akşam da açıktır."
BUS = "Son otobüs gece yarısından önce kalkıyor. Duraklarda tırabzan bulunmuyor, kaldırım da yüksek."
WATER = "Su kesintileri iki gün önceden duyurulur. Duyuru her mahallenin muhtarlığına asılır."
OTHER = "Meclis toplantıları canlı yayımlanır; tutanaklar bir hafta içinde herkesin okuyacağı yere konur."


def plan_of(*sections: tuple[str, str] | tuple[str, str, str]) -> list[OldSection]:
    """(heading, text, chapter "a" unless told) with the headings as keys."""
    return [OldSection(section[0], section[0], section[1], (*section, "a")[2]) for section in sections]


def matched(old: list[OldSection], *new: tuple[str, str] | tuple[str, str, int], titles=("A", "B")) -> Matching:
    sections = [NewSection(section[0], section[1], (*section, 0)[2]) for section in new]
    chapters = dict.fromkeys(section.chapter for section in old)
    return match_sections(old, sections, {key: key.upper() for key in chapters}, titles)


PLAN = plan_of(("Parklar", PARK), ("Kreşler", NURSERY), ("Otobüs", BUS))


def test_nothing_changed():
    matching = matched(PLAN, ("Parklar", PARK), ("Kreşler", NURSERY), ("Otobüs", BUS))
    assert matching == Matching({0: "Parklar", 1: "Kreşler", 2: "Otobüs"}, {}, {0: "a"})


def test_reordered_renamed_and_edited():
    matching = matched(
        PLAN, ("Otobüs", BUS), ("Yeşil alanlar", PARK), ("Kreşler", NURSERY.replace("iki yeni", "en az üç"))
    )
    assert (matching.keys, matching.undecided) == ({0: "Otobüs", 1: "Parklar", 2: "Kreşler"}, {})


def test_the_same_heading_over_another_text_is_the_same_section():
    matching = matched(PLAN, ("Parklar", PARK), ("Kreşler", OTHER), ("Otobüs", BUS))
    assert matching.keys[1] == "Kreşler"


def test_a_text_that_goes_under_another_heading_takes_its_key_along():
    matching = matched(PLAN, ("Parklar", OTHER), ("Oturma yerleri", PARK), ("Kreşler", NURSERY), ("Otobüs", BUS))
    assert matching.keys == {1: "Parklar", 2: "Kreşler", 3: "Otobüs"}
    assert matching.undecided == {}


def test_another_heading_over_another_text_is_a_new_section():
    matching = matched(PLAN, ("Parklar", PARK), ("Meclis", OTHER), ("Otobüs", BUS))
    assert (matching.keys, matching.undecided) == ({0: "Parklar", 2: "Otobüs"}, {})


def test_a_section_moved_to_another_chapter_keeps_its_key():
    matching = matched(PLAN, ("Parklar", PARK), ("Otobüs", BUS), ("Kreşler", NURSERY, 1))
    assert matching.keys == {0: "Parklar", 1: "Otobüs", 2: "Kreşler"}


def test_headings_that_every_chapter_has_are_told_apart_by_chapter():
    old = [
        OldSection("1", "Mevcut durum", PARK, "a"),
        OldSection("2", "Mevcut durum", BUS, "b"),
        OldSection("3", "Mevcut durum", WATER, "c"),
    ]
    new = [NewSection("Mevcut durum", text, chapter) for chapter, text in enumerate((OTHER, NURSERY, WATER))]
    titles = {"a": "Parklar", "b": "Ulaşım", "c": "Su"}
    assert match_sections(old, new, titles, ["Parklar", "Ulaşım", "Su"]).keys == {0: "1", 1: "2", 2: "3"}


def test_a_split_section_goes_on_under_its_heading():
    first, second = PARK.split(". ", 1)
    matching = matched(PLAN, ("Parklar", first), ("Oturma yerleri", second), ("Kreşler", NURSERY), ("Otobüs", BUS))
    assert matching.keys == {0: "Parklar", 2: "Kreşler", 3: "Otobüs"}


def test_halves_of_a_section_under_two_new_headings_are_left_to_people():
    old = plan_of(("Gündelik hayat", f"{PARK} {BUS}"), ("Kreşler", NURSERY))
    matching = matched(old, ("Işık", PARK), ("Ses", BUS), ("Kreşler", NURSERY))
    assert matching.keys == {2: "Kreşler"}
    assert matching.undecided == {0: ["Gündelik hayat"], 1: ["Gündelik hayat"]}


def test_a_merged_section_is_the_one_whose_heading_it_has():
    matching = matched(PLAN, ("Parklar", f"{PARK} {NURSERY}"), ("Otobüs", BUS))
    assert matching.keys == {0: "Parklar", 1: "Otobüs"}


def test_a_merged_section_with_a_heading_of_its_own_is_left_to_people():
    matching = matched(plan_of(("Parklar", PARK), ("Otobüs", BUS)), ("Gündelik hayat", f"{PARK} {BUS}"))
    assert matching.keys == {}
    assert sorted(matching.undecided[0]) == ["Otobüs", "Parklar"]


def test_one_of_two_twins_that_is_gone_is_not_guessed():
    old = plan_of(("Birinci", PARK), ("İkinci", PARK), ("Otobüs", BUS))
    matching = matched(old, ("Parklar", PARK), ("Otobüs", BUS))
    assert matching.keys == {1: "Otobüs"}
    assert set(matching.undecided[0]) == {"Birinci", "İkinci"}


def test_a_code_tells_sections_apart_that_are_otherwise_as_alike():
    old = [OldSection("1", "Hedef bir", "", "a", "A1.1"), OldSection("2", "Hedef iki", "", "a", "A1.2")]
    new = [NewSection("Hedef biri", "", 0, "A1.1"), NewSection("Hedef ikii", "", 0, "A1.2")]
    assert match_sections(old, new, {"a": "A"}, ["A"]).keys == {0: "1", 1: "2"}


def test_sections_without_text_are_known_by_their_headings():
    old = plan_of(("Parklar", ""), ("Kreşler", ""))
    assert matched(old, ("Kreşler", ""), ("Parklar", "")).keys == {0: "Kreşler", 1: "Parklar"}


def test_a_renamed_chapter_is_known_by_its_sections():
    old = [*PLAN, OldSection("Su", "Su", WATER, "b")]
    matching = matched(
        old, ("Parklar", PARK), ("Kreşler", NURSERY), ("Otobüs", BUS), ("Su", WATER, 1), titles=("Kentte gün", "B")
    )
    assert matching.chapters == {0: "a", 1: "b"}


def test_an_empty_plan_and_an_empty_file():
    assert match_sections([], [], {}, []) == Matching()
    assert matched(PLAN).keys == {}
    assert match_sections([], [NewSection("Parklar", PARK, 0)], {}, ["A"]).keys == {}


# Revisions of the demo's plans, with a known truth


def _plan(city: str) -> tuple[list[OldSection], dict[str, str]]:
    with (CITIES / city / "plan.docx").open("rb") as file:
        plan = read_plan(file)
    sections = [
        OldSection(f"{number}-{place}", section.heading, " ".join(map(str, section.blocks)), str(number), section.code)
        for number, chapter in enumerate(plan.chapters)
        for place, section in enumerate(chapter.sections)
    ]
    return sections, {str(number): chapter.title for number, chapter in enumerate(plan.chapters)}


def _edited(chance: random.Random, text: str, share: float) -> str:
    return " ".join("başka" if chance.random() < share else word for word in text.split())


def _revised(chance: random.Random, old: list[OldSection]) -> tuple[list[NewSection], list[str | None]]:
    """A revision, and for each of its sections the key that it has (None: it is new)."""
    new: list[NewSection] = []
    truth: list[str | None] = []
    for section in old:
        kept = NewSection(section.heading, section.text, int(section.chapter), section.code)
        turn = chance.random()
        if turn < 0.08:
            continue
        if turn < 0.2:
            kept = replace(kept, heading=_edited(chance, kept.heading, 0.6))
        elif turn < 0.4:
            kept = replace(kept, text=_edited(chance, kept.text, 0.3))
        elif turn < 0.5:
            kept = replace(kept, text=_edited(chance, kept.text, 0.15), heading=_edited(chance, kept.heading, 0.3))
        elif turn < 0.55:
            kept = replace(kept, chapter=0)
        elif turn < 0.6:
            words = kept.text.split()
            new.append(replace(kept, text=" ".join(words[: len(words) * 2 // 3])))
            truth.append(section.key)
            kept = replace(kept, heading="Ayrılan kısım", text=" ".join(words[len(words) * 2 // 3 :]), code="")
            new.append(kept)
            truth.append(None)
            continue
        elif turn < 0.65:
            new.append(NewSection(f"Yepyeni {chance.random()}", _edited(chance, OTHER, 0.5), kept.chapter))
            truth.append(None)
        new.append(kept)
        truth.append(section.key)
    order = list(range(len(new)))
    for _swap in range(8):
        one = chance.randrange(len(order) - 1)
        order[one], order[one + 1] = order[one + 1], order[one]
    order.sort(key=lambda place: new[place].chapter)
    return [new[place] for place in order], [truth[place] for place in order]


@pytest.mark.parametrize("city", ["defnekent", "yildizova"])
@pytest.mark.parametrize("seed", range(10))
def test_in_revisions_no_key_is_wrong_or_given_twice_and_few_questions_are_asked(city, seed):
    old, titles = _plan(city)
    new, truth = _revised(random.Random(seed), old)
    matching = match_sections(old, new, titles, list(titles.values()))
    wrong = {place: (key, truth[place]) for place, key in matching.keys.items() if key != truth[place]}
    assert wrong == {}
    assert max(Counter(matching.keys.values()).values()) == 1
    assert not set(matching.undecided) & set(matching.keys)
    whole = [place for place, key in enumerate(truth) if key]
    assert sum(place in matching.keys for place in whole) >= 0.97 * len(whole)
    lost = [place for place in whole if place not in matching.keys and place not in matching.undecided]
    assert lost == []
    assert len(matching.undecided) <= 4

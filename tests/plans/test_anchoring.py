"""Where quotes go when a text changes: each verdict by example, then thousands of generated edits with a known truth."""

import random

import pytest

from plans.anchoring import Quote, Revision, locate, relocate

BEFORE = {
    "kres": (
        "Kadıköy mahallesinde iki kreş vardır. Üsküdar mahallesinde beş kreş vardır. "
        "Bekleme listesindeki çocukların sayısı her yıl eylül ayında yayımlanır."
    ),
    "durak": (
        "Durakların aydınlatması yılda bir kez denetlenir.\n"
        "Denetimi meslek odası ile sendika birlikte yapar. Sonuçlar hat hat yazılır."
    ),
    "veri": "Veriler cinsiyete göre ayrıştırılır. On kişiden küçük gruplar yayımlanmaz.",
}


def quote(words: str, section: str) -> Quote:
    return Quote(section, words, start=BEFORE[section].index(words))


def changed(**sections: str | None) -> dict[str, str]:
    return {key: text for key, text in {**BEFORE, **sections}.items() if text is not None}


def words_at(relocation, texts) -> str:
    return texts[relocation.section][relocation.start : relocation.end]


def test_an_unchanged_text_keeps_its_quotes():
    found = relocate(quote("beş kreş", "kres"), BEFORE, BEFORE)
    assert (found.verdict, words_at(found, BEFORE)) == ("same", "beş kreş")


def test_a_changed_neighbour_does_not_touch_a_quote():
    after = changed(kres=BEFORE["kres"].replace("Kadıköy mahallesinde iki", "Moda'da tam on iki"))
    found = relocate(quote("Üsküdar mahallesinde beş kreş vardır.", "kres"), BEFORE, after)
    assert (found.verdict, words_at(found, after)) == ("same", "Üsküdar mahallesinde beş kreş vardır.")


def test_a_lightly_edited_sentence_is_followed():
    after = changed(durak=BEFORE["durak"].replace("yılda bir kez", "yılda iki kez"))
    found = relocate(quote("Durakların aydınlatması yılda bir kez denetlenir.", "durak"), BEFORE, after)
    assert (found.verdict, words_at(found, after)) == ("edited", "Durakların aydınlatması yılda iki kez denetlenir.")


def test_words_that_stay_in_an_edited_sentence_are_the_same():
    after = changed(durak=BEFORE["durak"].replace("yılda bir kez", "yılda iki kez"))
    found = relocate(quote("Durakların aydınlatması", "durak"), BEFORE, after)
    assert (found.verdict, words_at(found, after)) == ("same", "Durakların aydınlatması")


def test_typographic_changes_are_none():
    before = {"a": "Kurulun “görüşü” alınır - her yıl. Belediye'nin yanıtı beklenir."}
    after = {"a": 'Kurulun "görüşü"  alınır – her yıl. Belediye’nin yanıtı beklenir.'}
    found = relocate(Quote("a", before["a"].split(". ")[0] + ".", start=0), before, after)
    assert found.verdict == "same"


def test_a_sentence_is_followed_into_another_section():
    moved = "Sonuçlar hat hat yazılır."
    after = changed(durak=BEFORE["durak"].replace(" " + moved, ""), veri=BEFORE["veri"] + " " + moved)
    found = relocate(quote(moved, "durak"), BEFORE, after)
    assert (found.verdict, found.section, words_at(found, after)) == ("moved", "veri", moved)


def test_a_section_under_a_new_key_is_followed():
    after = changed(durak=None, yeni=BEFORE["durak"])
    found = relocate(quote("Sonuçlar hat hat yazılır.", "durak"), BEFORE, after)
    assert (found.verdict, found.section) == ("moved", "yeni")


def test_a_deleted_sentence_does_not_jump_to_its_twin():
    after = changed(kres=BEFORE["kres"].replace("Kadıköy mahallesinde iki kreş vardır. ", ""))
    found = relocate(quote("Kadıköy mahallesinde iki kreş vardır.", "kres"), BEFORE, after)
    assert found.verdict == "orphan"
    assert (found.section, found.start, found.end) == (None, None, None)


def test_a_new_twin_in_the_place_of_a_deleted_sentence_goes_to_people():
    after = changed(kres=BEFORE["kres"].replace("Kadıköy mahallesinde iki", "Moda mahallesinde üç"))
    found = relocate(quote("Kadıköy mahallesinde iki kreş vardır.", "kres"), BEFORE, after)
    assert found.verdict == "check"


def test_a_removed_section_makes_orphans():
    found = relocate(quote("Veriler cinsiyete göre ayrıştırılır.", "veri"), BEFORE, changed(veri=None))
    assert found.verdict == "orphan"


def test_a_quote_over_two_sentences_is_followed():
    words = "Kadıköy mahallesinde iki kreş vardır. Üsküdar mahallesinde beş kreş vardır."
    after = changed(kres="Kısa bir giriş cümlesi yazıldı. " + BEFORE["kres"])
    found = relocate(quote(words, "kres"), BEFORE, after)
    assert (found.verdict, words_at(found, after)) == ("same", words)


@pytest.mark.parametrize(
    ("after", "verdict"),
    [(BEFORE, "same"), (changed(veri=BEFORE["veri"] + " Bir cümle daha."), "edited"), (changed(veri=None), "orphan")],
)
def test_a_comment_on_a_whole_section_follows_the_section(after, verdict):
    assert relocate(Quote("veri"), BEFORE, after).verdict == verdict


def test_running_it_on_its_own_result_changes_nothing():
    after = changed(durak=BEFORE["durak"].replace("yılda bir kez", "yılda iki kez"))
    first = relocate(quote("Durakların aydınlatması yılda bir kez denetlenir.", "durak"), BEFORE, after)
    again = Quote(first.section, words_at(first, after), start=first.start)
    second = relocate(again, after, after)
    assert (second.verdict, second.start, second.end) == ("same", first.start, first.end)


def test_the_occurrence_whose_surroundings_fit_is_located():
    text = "Kreş azdır. Sonra kreş açılır. Kreş çoğalır."
    assert locate("Kreş", "açılır. ", " çoğalır", 0, text) == (0, 4)  # the browser's place holds the words
    assert locate("Kreş", "açılır. ", " çoğalır", 5, text) == (31, 35)
    assert locate("otobüs", "", "", 0, text) is None


# --- Generated edits -----------------------------------------------------------------------------------------------------

SUBJECTS = "durak park kreş pazar kütüphane sokak meydan otobüs bütçe gösterge rapor toplantı görüş tablo".split()  # noqa: SIM905
PLACES = "mahallede ilçede kıyıda yamaçta merkezde köyde limanda ovada çarşıda okulda".split()  # noqa: SIM905
VERBS = ["izlenir", "ölçülür", "yazılır", "duyurulur", "denetlenir", "sayılır", "karşılaştırılır", "paylaşılır"]
WHEN = [
    "her yıl",
    "altı ayda bir",
    "kış gelmeden",
    "yaz boyunca",
    "toplantıdan önce",
    "rapor çıkınca",
    "hafta içinde",
    "akşam saatlerinde",
]


def sentence(rng: random.Random, number: int) -> str:
    """A sentence that no other of the text equals; its number in words is what makes it so."""
    return (
        f"{rng.choice(WHEN).capitalize()} {number} numaralı {rng.choice(SUBJECTS)} {rng.choice(PLACES)} "
        f"{rng.choice(SUBJECTS)} ile birlikte {rng.choice(VERBS)}."
    )


def plan(rng: random.Random, sections: int = 8, length: int = 6) -> dict[str, list[str]]:
    numbers = iter(range(1, sections * length + 1))
    return {f"s{i}": [sentence(rng, next(numbers)) for _ in range(length)] for i in range(sections)}


def joined(sections: dict[str, list[str]]) -> dict[str, str]:
    return {key: " ".join(sentences) for key, sentences in sections.items()}


def edit_neighbour(rng, sections, key, i):
    j = (i + 1) % len(sections[key])
    sections[key][j] = sentence(rng, 900 + j)
    return key, sections[key][i]


def move_within(rng, sections, key, i):
    words = sections[key].pop(i)
    sections[key].insert(rng.randrange(len(sections[key]) + 1), words)
    return key, words


def move_across(rng, sections, key, i):
    words = sections[key].pop(i)
    target = rng.choice([other for other in sections if other != key])
    sections[target].insert(rng.randrange(len(sections[target]) + 1), words)
    return target, words


def rekey(rng, sections, key, i):
    sections["yeni"] = sections.pop(key)
    return "yeni", sections["yeni"][i]


def change_a_word(rng, sections, key, i):
    words = sections[key][i].split()
    words[rng.randrange(3, len(words) - 1)] = "değişik"
    sections[key][i] = " ".join(words)
    return key, sections[key][i]


def delete(rng, sections, key, i):
    del sections[key][i]
    return


def delete_section(rng, sections, key, i):
    del sections[key]
    return


def replace(rng, sections, key, i):
    sections[key][i] = "Bambaşka bir konuda yazılmış, eskisiyle ilgisi olmayan yeni bir tümce buraya kondu."
    return


WHOLE = [edit_neighbour, move_within, move_across, rekey]
LOST = [delete, delete_section, replace]


def run(edit, seed: int):
    rng = random.Random(f"{edit.__name__}{seed}")
    sections = plan(rng)
    before = joined(sections)
    key = rng.choice(list(sections))
    i = rng.randrange(len(sections[key]))
    words = sections[key][i]
    truth = edit(rng, sections, key, i)
    after = joined(sections)
    found = Revision(before, after).relocate(Quote(key, words, start=before[key].index(words)))
    return truth, found, after


@pytest.mark.parametrize("edit", WHOLE, ids=lambda edit: edit.__name__)
def test_whole_sentences_are_followed(edit):
    followed = 0
    for seed in range(200):
        (section, words), found, after = run(edit, seed)
        right = found.section == section and words_at(found, after) == words
        assert right or found.verdict in ("check", "orphan"), (seed, found)
        followed += right and found.verdict in ("same", "moved")
    assert followed >= 198


def test_lightly_changed_sentences_are_followed():
    followed = 0
    for seed in range(200):
        (section, words), found, after = run(change_a_word, seed)
        right = found.section == section and words_at(found, after) == words
        assert right or found.verdict in ("check", "orphan"), (seed, found)
        followed += right and found.verdict == "edited"
    assert followed >= 190


@pytest.mark.parametrize("edit", LOST, ids=lambda edit: edit.__name__)
def test_no_lost_sentence_is_put_on_another_without_a_word(edit):
    for seed in range(200):
        _truth, found, after = run(edit, seed)
        assert found.verdict in ("orphan", "check"), (seed, words_at(found, after))

"""What became of sections."""

import pytest

from plans.lineage import lineage

PARKS = "Parkların yarısı geceleyin karanlıkta kalıyor. Bakım ayda bir kez yapılır. Arızalar on günde giderilir."
BUSES = "Gece yalnız iki hatta otobüs çalışıyor. Duraklarda kırk dakika bekleniyor.\nSürücüler istenen yerde durur."
BEFORE = {"park": PARKS, "bus": BUSES}


def test_an_unchanged_section_is_kept():
    assert lineage(BEFORE, BEFORE)["park"] == lineage(BEFORE, {**BEFORE, "yeni": "Bambaşka bir konu."})["park"]
    assert lineage(BEFORE, BEFORE)["park"].fate == "kept"


@pytest.mark.parametrize(
    ("after", "fate", "heirs"),
    [
        ({"bus": BUSES, "yeni": PARKS}, "renamed", ["yeni"]),
        ({"bus": BUSES, "yeni": PARKS + " Buraya bir cümle daha eklendi."}, "renamed", ["yeni"]),
        ({"bus": BUSES + " " + PARKS}, "merged", ["bus"]),
        ({"bus": BUSES}, "removed", []),
        ({"bus": BUSES, "yeni": "Bu bölümde artık su kesintileri konuşuluyor."}, "removed", []),
    ],
)
def test_a_section_that_is_gone(after, fate, heirs):
    found = lineage(BEFORE, after)["park"]
    assert (found.fate, [heir for heir, _share in found.heirs]) == (fate, heirs)
    assert all(share == 1.0 for _heir, share in found.heirs)


def test_a_section_that_was_split():
    first, rest = PARKS.split(". ", 1)
    found = lineage(BEFORE, {"bus": BUSES, "bir": first + ".", "iki": rest})["park"]
    assert found.fate == "split"
    assert [heir for heir, _share in found.heirs] == ["iki", "bir"]
    assert sum(share for _heir, share in found.heirs) == pytest.approx(1.0)


def test_a_section_that_lost_most_of_its_text_under_its_own_key():
    first, rest = PARKS.split(". ", 1)
    found = lineage(BEFORE, {"park": first + ".", "bus": BUSES, "yeni": rest})["park"]
    assert (found.fate, [heir for heir, _share in found.others("park")]) == ("split", ["yeni"])


def test_a_section_without_text_is_kept():
    assert lineage({"a": ""}, {"a": "Şimdi bir metni var."})["a"].fate == "kept"
    assert lineage({"a": ""}, {})["a"].fate == "removed"

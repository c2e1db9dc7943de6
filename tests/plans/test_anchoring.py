"""Where quotes go when a text changes: each verdict by example."""

import pytest

from plans.anchoring import Quote, locate, relocate

BEFORE = {
    "kres": (
        "Çınarlı mahallesinde iki kreş vardır. Söğütlü mahallesinde beş kreş vardır. "
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
    after = changed(kres=BEFORE["kres"].replace("Çınarlı mahallesinde iki", "Erikli'de tam on iki"))
    found = relocate(quote("Söğütlü mahallesinde beş kreş vardır.", "kres"), BEFORE, after)
    assert (found.verdict, words_at(found, after)) == ("same", "Söğütlü mahallesinde beş kreş vardır.")


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
    after = changed(kres=BEFORE["kres"].replace("Çınarlı mahallesinde iki kreş vardır. ", ""))
    found = relocate(quote("Çınarlı mahallesinde iki kreş vardır.", "kres"), BEFORE, after)
    assert found.verdict == "orphan"
    assert (found.section, found.start, found.end) == (None, None, None)


def test_a_new_twin_in_the_place_of_a_deleted_sentence_goes_to_people():
    after = changed(kres=BEFORE["kres"].replace("Çınarlı mahallesinde iki", "Erikli mahallesinde üç"))
    found = relocate(quote("Çınarlı mahallesinde iki kreş vardır.", "kres"), BEFORE, after)
    assert found.verdict == "check"


def test_a_removed_section_makes_orphans():
    found = relocate(quote("Veriler cinsiyete göre ayrıştırılır.", "veri"), BEFORE, changed(veri=None))
    assert found.verdict == "orphan"


def test_a_quote_over_two_sentences_is_followed():
    words = "Çınarlı mahallesinde iki kreş vardır. Söğütlü mahallesinde beş kreş vardır."
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


def test_one_of_two_equal_words_is_replaced():
    """The other stays where it is, and the comment is not put there."""
    before = {"a": "Belediye her mahallede iki kreş açar, açılan her kreş yılda bir denetlenir."}
    after = {"a": "Belediye her mahallede iki park açar, açılan her kreş yılda bir denetlenir."}
    found = relocate(Quote("a", "kreş", start=before["a"].index("kreş")), before, after)
    assert (found.verdict, words_at(found, after)) == ("check", "park")
    found = relocate(Quote("a", "kreş", start=before["a"].rindex("kreş")), before, after)
    assert (found.verdict, words_at(found, after), found.start) == ("same", "kreş", after["a"].index("kreş"))


def test_words_that_were_struck_out_of_their_sentence_are_not_followed():
    before = {"a": "Kentte gece kalkan son otobüs on birde yola çıkıyor ve kırk dakika sürüyor."}
    after = {"a": before["a"].replace("gece ", "")}
    assert relocate(Quote("a", "gece", start=before["a"].index("gece")), before, after).verdict in ("check", "orphan")


@pytest.mark.parametrize("order", [0, 1], ids=["the first", "the second"])
def test_one_of_two_equal_sentences_is_taken_out(order):
    """Nobody can tell which; the words that are left are shown."""
    twice = "Sonuçlar her yıl yayımlanır. Sonuçlar her yıl yayımlanır."
    before, after = {"a": f"Önce ölçülür. {twice} Sonra."}, {"a": "Önce ölçülür. Sonuçlar her yıl yayımlanır. Sonra."}
    words = "Sonuçlar her yıl yayımlanır."
    start = [before["a"].index(words), before["a"].rindex(words)][order]
    found = relocate(Quote("a", words, start=start), before, after)
    assert (found.verdict, words_at(found, after)) == ("check", words)


def test_a_deleted_sentence_that_stands_in_another_section_too_goes_to_people():
    words = "Sonuçlar her yıl mart ayında yayımlanır."
    before = {"a": f"Ölçüm yapılır. {words}", "b": f"Soru sorulur. {words}"}
    found = relocate(Quote("a", words, start=before["a"].index(words)), before, {**before, "a": "Ölçüm yapılır."})
    assert (found.verdict, found.section) == ("check", "b")


def test_another_name_makes_another_statement():
    before = {"a": "Giriş yazısı burada. Çınarlı Mahallesi’nde gündüz bakımevi açılır. Son cümle de burada."}
    after = {"a": before["a"].replace("Çınarlı", "Söğütlü")}
    words = "Çınarlı Mahallesi’nde gündüz bakımevi açılır."
    assert relocate(Quote("a", words, start=before["a"].index(words)), before, after).verdict == "check"


def test_footnotes_that_are_counted_anew_change_nothing():
    before = {"a": "Ücret alınmaz.¹ Alan 40 m² olur.²"}
    after = {"a": "Ücret alınmaz.³ Alan 40 m² olur.⁴"}
    assert relocate(Quote("a", before["a"], start=0), before, after).verdict == "same"
    cubic = {"a": before["a"].replace("m²", "m³")}
    assert relocate(Quote("a", before["a"], start=0), before, cubic).verdict == "edited"


def test_a_whole_table_is_followed_when_a_row_is_added():
    before = {"a": "Mahalle\nKreş\nKapasite\nÇınarlı\n2\n80\nSöğütlü\n5\n160\nKaynak: müdürlük kayıtları."}
    after = {"a": before["a"].replace("Söğütlü", "Defne\n1\n30\nSöğütlü")}
    found = relocate(Quote("a", before["a"], start=0), before, after)
    assert (found.verdict, words_at(found, after)) == ("edited", after["a"])


def test_overlapping_quotes_are_followed_each_for_itself():
    after = changed(durak="Yeni bir giriş cümlesi. " + BEFORE["durak"])
    for words in ("aydınlatması yılda bir", "yılda bir kez denetlenir.\nDenetimi meslek", "bir"):
        found = relocate(quote(words, "durak"), BEFORE, after)
        assert (found.verdict, words_at(found, after)) == ("same", words)


def test_the_occurrence_whose_surroundings_fit_is_located():
    text = "Kreş azdır. Sonra kreş açılır. Kreş çoğalır."
    assert locate("Kreş", "açılır. ", " çoğalır", 0, text) == (0, 4)  # the browser's place holds the words
    assert locate("Kreş", "açılır. ", " çoğalır", 5, text) == (31, 35)
    assert locate("otobüs", "", "", 0, text) is None


@pytest.mark.parametrize(
    ("old", "new", "exact"),
    [
        ("Mahalledeki kreş sayısı en az 5 olur.", "Mahalledeki kreş sayısı en az 50 olur.", "en az 5"),
        ("Belediye 15 kreş açar her mahallede.", "Belediye 115 kreş açar her mahallede.", "15 kreş"),
        ("Sığınmaevi iki gece konuk eder herkesi.", "Sığınmaevi iki gecekondu konuk eder herkesi.", "iki gece"),
        ("Mahallede iki kreş açılacaktır.", "Mahallede yirmi iki kreş açılacaktır.", "iki kreş"),
        ("Mahallede kreş sayısı en az 5 olur.", "Mahallede kreş sayısı en az 5.000 olur.", "en az 5"),
        ("Kadınların oranı %42 olur.", "Kadınların oranı %42,5 olur.", "oranı %42"),
        ("Çalışanlar izin alır ve rapor verir.", "Çalışanlar izinsiz alır ve rapor verir.", "Çalışanlar izin"),
    ],
)
def test_words_do_not_stand_in_the_middle_of_others(old, new, exact):
    """Neither half a number nor half a word is what was quoted: people decide."""
    around = "Belediye parkı her gün temizler. {} Kadınlar meclisi ayda bir toplanır."
    before, after = around.format(old), around.format(new)
    found = relocate(Quote("s", exact, start=before.index(exact)), {"s": before}, {"s": after})
    assert found.verdict in ("check", "edited")
    if found.verdict == "edited":
        assert not after[found.end].isalnum()


def test_what_was_a_part_of_another_sentence_is_no_new_wording_of_a_deleted_one():
    """Where a sentence ends at an abbreviation, nobody sees that the next one begins."""
    twins = (
        "Platform her ay bir park gezisi yapar ve sonucu yayımlar.",
        "Platform her ay bir okul gezisi yapar ve sonucu yayımlar.",
    )
    opening, closing = "Otobüsler gece de çalışır.", "Duraklar yeniden boyanır."
    before = {
        "a": f"{opening} {twins[0]} {closing}",
        "b": f"Kurucular arasında hemşire Ayşe S. {twins[1]} Toplantılar ayda bir yapılır.",
    }
    after = {
        "a": f"{opening} {twins[1]} {closing}",
        "b": "Kurucular arasında hemşire Ayşe S. Toplantılar ayda bir yapılır.",
    }
    assert relocate(Quote("a", twins[0], start=before["a"].index(twins[0])), before, after).verdict == "check"


NEW_STATEMENTS = [
    ("Çınarlı’da iki kreş açılacaktır.", "Çınarlı’da iki park açılacaktır."),
    ("Çınarlı’da iki kreş açılacaktır.", "Çınarlı’da iki kreş kapatılacaktır."),
    ("Çınarlı’da iki kreş açılacaktır.", "Çınarlı’da yeni bir otobüs hattı açılacaktır."),
    ("Haftada iki gün ücretsiz hukuki danışmanlık verilir.", "Haftada iki gün ücretsiz çocuk bakımı verilir."),
]


@pytest.mark.parametrize("key", ["a", "b", "yeni"])
@pytest.mark.parametrize(("deleted", "written"), NEW_STATEMENTS)
def test_a_like_sentence_written_elsewhere_is_not_what_became_of_a_deleted_one(deleted, written, key):
    """A new section does not vouch for its only sentence, nor do the turns of phrase that all of a plan shares."""
    rest = "Parkların ışıkları her akşam denetlenir. Sonuçlar her yıl mart ayında yayımlanır."
    other = "Otobüs durakları gece de aydınlatılır. Yaşlılar için banklar konur."
    before = {"a": rest.replace(". ", f". {deleted} "), "b": other}
    after = {"a": rest, "b": other}
    after[key] = f"{after.get(key, '')} {written}".strip()
    found = relocate(Quote("a", deleted, start=before["a"].index(deleted)), before, after)
    assert found.verdict in ("check", "orphan")


TABLE = "Mahalle\nKreş\nAçık mı\nÇınarlı\n2\nEvet\nSöğütlü\n5\nEvet\nGülbahçe\n7\nEvet"


@pytest.mark.parametrize(
    ("before", "after", "exact"),
    [
        (TABLE, TABLE.replace("2", "3").replace("5", "2"), "2"),
        (TABLE, TABLE.replace("2", "x").replace("7", "2").replace("x", "7"), "2"),
        ("İş\nKreş\nBitti\nPark\nSürüyor", "İş\nKreş\nİptal edildi\nPark\nBitti", "Bitti"),
        (
            "Kreş açılır\nSosyal hizmetler müdürlüğü yürütür\nPark yapılır\nFen işleri müdürlüğü yürütür",
            "Kreş açılır\nFen işleri müdürlüğü yürütür\nPark yapılır\nSosyal hizmetler müdürlüğü yürütür",
            "Sosyal hizmetler müdürlüğü yürütür",
        ),
    ],
)
def test_a_cell_does_not_go_to_another_row(before, after, exact):
    found = relocate(Quote("a", exact, start=before.index(exact)), {"a": before}, {"a": after})
    assert found.verdict in ("check", "orphan")


def test_a_cell_stays_in_its_row_when_another_is_put_before_it():
    after = {"a": TABLE.replace("Çınarlı", "Akasyalı\n2\nHayır\nÇınarlı")}
    found = relocate(Quote("a", "2\nEvet", start=TABLE.index("2\nEvet")), {"a": TABLE}, after)
    assert (found.verdict, found.start) == ("same", after["a"].index("2\nEvet"))


def test_a_field_does_not_go_to_another_activity():
    before = {"a": "Sorumlu: Fen işleri.\nSüre: 2027.", "b": "Sorumlu: Sağlık işleri.\nSüre: 2028."}
    for after in (
        {"a": before["b"], "b": before["a"]},
        {"a": before["b"], "b": "Sorumlu: Fen işleri.\nSüre: 2029."},
    ):
        assert relocate(Quote("a", "Sorumlu: Fen işleri.", start=0), before, after).verdict == "check"


def test_the_opposite_is_not_what_became_of_a_deleted_sentence():
    around = "Plan üç yıl sürer. {} Sonuçlar her yıl yayımlanır."
    deleted, opposite = "Adres başvuran kişiyle paylaşılır.", "Adres hiçbir koşulda başvuran kişiyle paylaşılmaz."
    before = around.format(f"{deleted} {opposite}")
    after = around.format("Adres başvuran kişiyle paylaşılmaz.")
    found = relocate(Quote("a", deleted, start=before.index(deleted)), {"a": before}, {"a": after})
    assert found.verdict in ("check", "orphan")


def test_a_negation_in_place_is_an_edit():
    before = "Plan üç yıl sürer. Kayıtlar mahalle kuruluna verilir. Sonuçlar her yıl yayımlanır."
    after = before.replace("verilir", "verilmez")
    exact = "Kayıtlar mahalle kuruluna verilir."
    assert relocate(Quote("a", exact, start=before.index(exact)), {"a": before}, {"a": after}).verdict == "edited"


@pytest.mark.parametrize(("start", "exact"), [(-500, "kreş"), (0, "\u00ad"), (5, " ")])
def test_quotes_that_no_browser_sends_are_no_sure_places(start, exact):
    before, after = "Burada\u00ad iki kreş var.", "Burada\u00ad iki kreş daha var."
    found = relocate(Quote("a", exact, start=start), {"a": before}, {"a": after})
    assert found.verdict in ("check", "orphan") or after[found.start : found.end] == exact

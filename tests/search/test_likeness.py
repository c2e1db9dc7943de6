"""Which sections a text is about, and which texts are about the same."""

from search.likeness import MOST, Likeness, Passage, clusters_of

SECTIONS = [
    Passage(
        "s1", "Duraklar aydınlatılır", "Karanlık duraklara lamba konur, arızalar bir haftada giderilir.", "5", "ulasim"
    ),
    Passage(
        "s2", "Gece seferleri", "Son otobüs vardiya çıkışından sonra kalkar, gece seferleri artırılır.", "5", "ulasim"
    ),
    Passage(
        "s3",
        "Kreşlerin saati",
        "Kreşler vardiyalı çalışan ana babalar için akşam yediye kadar açık kalır.",
        "6",
        "bakim",
    ),
    Passage("s4", "Mahalle kreşi", "Her mahallede bir kreş açılır, ücret gelire göre alınır.", "6", "bakim"),
    Passage("s5", "Park tuvaletleri", "Parklardaki tuvaletler parkın kapanışına kadar açık tutulur.", "4", "kent"),
]


def keys(title, body="", themes=()):
    return [like.key for like in Likeness(SECTIONS).sections_like(title, body, themes)]


def test_a_text_is_about_the_section_with_its_words_in_whatever_inflection():
    assert keys("Durağımız karanlık", "Durakta lambalar yanmıyor, arıza var.")[0] == "s1"
    assert keys("kreslerin saati", "vardiyali calisanim, aksam acik kres yok")[0] == "s3"


def test_the_words_in_common_are_named_as_the_text_has_them():
    [best, *_others] = Likeness(SECTIONS).sections_like("Durağımız karanlık", "Lambalar yanmıyor.")
    assert {"durağımız", "karanlık", "lambalar"} == set(best.words)


def test_what_has_nothing_in_common_is_proposed_nowhere():
    assert keys("Futbol takımımız şampiyon oldu", "Kutlama cuma günü meydanda.") == []
    assert keys("", "") == []
    assert Likeness([]).sections_like("Durak", "karanlık") == []


def test_the_theme_under_which_people_talk_counts():
    plain, themed = (
        {like.key: like.score for like in Likeness(SECTIONS).sections_like("Vardiya çıkışı", "Gece.", themes)}
        for themes in ((), {"ulasim"})
    )
    assert themed["s2"] > plain["s2"]


def test_never_too_many():
    many = [Passage(f"s{number}", "Kreş", "Kreşin saati.", str(number)) for number in range(20)]
    assert len(Likeness([*many, *SECTIONS]).sections_like("Kreşin saati", "")) <= MOST


def test_texts_about_the_same_come_together_and_are_named_by_their_words():
    texts = [
        Passage("t1", "Sokak köpekleri", "Köpeklere mama veriyoruz, sokak köpekleri kısırlaştırılsın."),
        Passage("t2", "Köpek maması", "Sokak köpeklerine mama noktası gerek."),
        Passage("t3", "Otopark ücreti", "Çarşıdaki otopark çok pahalı."),
        Passage("t4", "Otopark doldu", "Otopark yetmiyor, otopark ücreti yüksek."),
        Passage("t5", "İnternet yavaş", "Fiber gelmedi."),
    ]
    found = clusters_of(texts)
    assert [set(cluster.keys) for cluster in found] == [{"t1", "t2"}, {"t3", "t4"}] or [
        set(cluster.keys) for cluster in found
    ] == [{"t3", "t4"}, {"t1", "t2"}]
    dogs = next(cluster for cluster in found if "t1" in cluster.keys)
    assert any(term.startswith(("köpe", "sokak", "mama")) for term in dogs.terms)
    assert clusters_of([]) == []

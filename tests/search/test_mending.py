"""Did you mean: words of what is shown in the place of mistyped ones."""

from search.mending import mend


def test_an_unknown_word_is_replaced_where_it_was_typed():
    assert mend("gece otbüsü nerede", ["otbüsü"], ["Otobüsü bekleyenler", "Otobüs durağı"]) == "gece otobüsü nerede"


def test_the_commoner_of_equally_like_words_is_taken():
    assert mend("kreşş", ["kreşş"], ["kreşe", "kreş", "kreş"]) == "kreş"


def test_nothing_is_proposed_where_nothing_looks_like_it():
    assert mend("zxqw parkı", ["zxqw"], ["Park ve bahçe"]) == ""
    assert mend("park", [], ["Park"]) == ""

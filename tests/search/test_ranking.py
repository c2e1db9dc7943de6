"""Which of the texts that an engine found come first."""

from search.ranking import Candidate, QueryWord, rank


def scores(query_words, *bodies):
    candidates = [Candidate([], body.split(), 0.0) for body in bodies]
    return rank(candidates, query_words, documents=100, average_length=5.0)


def test_a_longer_word_that_holds_the_querys_counts_less_than_a_form_of_it():
    form, longer = scores([QueryWord("kadın", True, 5)], "kadının", "kadınbudu")
    assert form > longer > 0


def test_a_word_that_asks_counts_less_than_one_that_tells():
    words = [QueryWord("meydan", True, 5), QueryWord("nerede", True, 5, worth=0.2)]
    telling, asking = scores(words, "meydan", "nerede")
    assert telling > asking > 0


def test_words_that_stand_together_count_more():
    together, apart = scores(
        [QueryWord("gece", True, 5), QueryWord("otobüsü", True, 5)],
        "gece otobüsü" + " durak" * 20,
        "gece" + " durak" * 20 + " otobüsü",
    )
    assert together > apart

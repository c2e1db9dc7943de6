"""English text → terms for search, by the stemmer of Snowball (Porter 2).

The terms are marked: an English word in its plain form meets no Turkish one that is only spelt alike ("on", "once").
"""

from functools import lru_cache

from Stemmer import Stemmer

from search.lexicon import ENGLISH_PLURALS

_MARK = "0en"  # no word of a text begins so


@lru_cache(maxsize=100_000)
def term(word: str) -> str:
    """The marked stem of a lower-case word."""
    stemmer = Stemmer("english")  # one for each word, since it is not safe for threads; that is quick
    return _MARK + stemmer.stemWord(ENGLISH_PLURALS.get(word, word))


def is_english(term: str) -> bool:
    return term.startswith(_MARK)


def bare(term: str) -> str:
    """The stem of any term, without a mark."""
    return term.removeprefix(_MARK)

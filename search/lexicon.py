"""The words of lexicon.toml, read once."""

import tomllib
from pathlib import Path

_TABLES = tomllib.loads(Path(__file__).with_name("lexicon.toml").read_text(encoding="utf-8"))

FIXED: frozenset[str] = frozenset(_TABLES["fixed"].split())

_CHANGING = dict(entry.split("/") for entry in _TABLES["changing_roots"].split())

# Spellings of a root → the root: {"yol": "yol", "şehir": "şehir", "şehr": "şehir"}.
ROOTS: dict[str, str] = {
    **{root: root for root in _TABLES["roots"].split()},
    **{root: root for root in _CHANGING},
    **{before_vowels: root for root, before_vowels in _CHANGING.items()},
}
# Roots with another spelling before vowels.
CHANGING: frozenset[str] = frozenset(_CHANGING)

QUESTION_WORDS: frozenset[str] = frozenset(_TABLES["question_words"].split())

# English plurals that no stemmer knows: {"women": "woman"}.
ENGLISH_PLURALS: dict[str, str] = dict(entry.split("/") for entry in _TABLES["english_plurals"].split())

# Compounds and synonyms as lists of words: ["iş", "birliği"].
COMPOUNDS: list[list[str]] = [line.split() for line in _TABLES["compounds"]]
SYNONYMS: list[list[list[str]]] = [[entry.split() for entry in group] for group in _TABLES["synonyms"]]

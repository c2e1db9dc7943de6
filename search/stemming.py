"""One Turkish word → its stem, by rules. Pure Python.

A root of lexicon.toml followed by a whole chain of nominal endings is that root. From any other word endings are taken
off one after another, while enough letters stay. The rules look at the folded word (ı=i, ü=u, ö=o, ş=s, ç=c, ğ=g), so
that what is typed without Turkish letters mostly gets the same stem; `guesses` has the others.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from search.lexicon import CHANGING, FIXED, ROOTS

_FOLD = str.maketrans("çğıöşüâîû", "cgiosuaiu")
_HATS = str.maketrans("âîû", "aiu")
_VOICELESS = str.maketrans("bdgğc", "ptkkç")
_VOWELS = frozenset("aeiou")
_HARDENING_G = _VOWELS | {"n"}  # renk-rengi, sokak-sokagi (as typed); not bilgi
_NEVER_IN_ENDINGS = frozenset("şçğ")
_MOST_ENDINGS = 6


def _spell_out(pattern: str) -> str:
    """A is a or e, I is i or u, D is d or t."""
    return pattern.replace("A", "[ae]").replace("I", "[iu]").replace("D", "[dt]")


# The chain of nominal endings as a grammar: plural, owner, case, -ki, copula.
_COPULA = "(?:DIr|yDI|ysA)?"
_KI = "(?:ki(?:lAr)?(?:n(?:I|A|In|DAn?)|ylA|I|A|In|DAn?|lA)?)?"
_CASE_AFTER_CONSONANT = f"(?:I|A|In|DAn|DA{_KI}|lA)?"
_CASE_AFTER_VOWEL = f"(?:yI|yA|nIn{_KI}|DAn|DA{_KI}|ylA)?"
_CASE_AFTER_HIS = f"(?:n(?:I|A|In|DAn|DA{_KI}|cA)|ylA)?"
_MINE_OURS_YOURS = f"(?:m|[mn]Iz){_CASE_AFTER_CONSONANT}"
_AFTER_CONSONANT = f"(?:I{_MINE_OURS_YOURS}|I{_CASE_AFTER_HIS}|{_CASE_AFTER_CONSONANT})"
_AFTER_VOWEL = f"(?:{_MINE_OURS_YOURS}|sI{_CASE_AFTER_HIS}|{_CASE_AFTER_VOWEL})"
_CHAIN_AFTER_CONSONANT = re.compile(_spell_out(f"(?:lAr)?{_AFTER_CONSONANT}{_COPULA}"))
_CHAIN_AFTER_VOWEL = re.compile(_spell_out(f"(?:lAr{_AFTER_CONSONANT}|{_AFTER_VOWEL}){_COPULA}"))

# Endings taken off words that the lexicon does not know, by the number of letters that must stay before them.
_V, _C, _VOICED, _UNVOICED = "(?<=[aeiou])", "(?<=[^aeiou])", "(?<=[^fstkchp])", "(?<=[fstkchp])"
_ENDINGS = {
    3: ("lArI?", _C + "ImIz", _V + "ylA"),
    4: (
        *(_V + "mIz", _V + "nIz", _C + "InIz", _V + "nIn", _V + "yA", _V + "yI", _V + "ydI", _V + "ysA"),
        _V + "sI(?:nIn|nDA(?:n|ki)?|nA|nI|ylA|ncA)?",
        _C + "I(?:n|nI|nA|nIn|nDA(?:n|ki)?|ylA|ncA)?",
        *(_C + "lA", _VOICED + "dA(?:n|ki)?", _UNVOICED + "tA(?:n|ki)?", _VOICED + "dIr", _UNVOICED + "tIr"),
    ),
    5: (_C + "An?",),
}
_ENDING = re.compile(
    "|".join(f"(?<={'.' * keep})(?:{_spell_out('|'.join(endings))})$" for keep, endings in _ENDINGS.items())
)


def fold_word(word: str) -> str:
    """A lower-case word without the marks of Turkish letters; as long as the word."""
    return word.translate(_FOLD)


def _by_folded_spelling() -> dict[str, list[tuple[str, str]]]:
    bases: dict[str, list[tuple[str, str]]] = {}
    for spelling, root in ROOTS.items():
        bases.setdefault(fold_word(spelling), []).append((spelling, root))
    return bases


_BASES = _by_folded_spelling()
_LONGEST_BASE = max(map(len, _BASES))


@lru_cache(maxsize=200_000)
def stem(word: str) -> tuple[str, str]:
    """(folded stem, stem in its own spelling) of one lower-case word."""
    folded = fold_word(word)
    if word in FIXED or not folded.isalpha():
        return folded, word.translate(_HATS)
    for root, as_spelt in _listed_roots(word, folded):
        return fold_word(root), (root if as_spelt else fold_word(root))
    return _stem_by_rules(word, folded)


def guesses(word: str) -> set[str]:
    """The folded stems that a word typed without Turkish letters may have: "vatandasi" is vatandaş-ı or vatanda-sı,
    "isi" is iş-i or ısı."""
    if word in FIXED or not word.isalpha():
        return {word}
    by_rules = {_stem_by_rules(spelt, word)[0] for spelt in (word, word.replace("s", "ş"))}
    return by_rules.union(fold_word(root) for root, _as_spelt in _listed_roots(word, word))


def _listed_roots(word: str, folded: str) -> Iterator[tuple[str, bool]]:
    """The lexicon's roots that a word may be, as they stand or with endings, the longest first; and whether the word
    spells the root as the lexicon does, or only without Turkish letters."""
    for length in range(min(_LONGEST_BASE, len(folded)), 1, -1):
        for spelling, root in _BASES.get(folded[:length], ()):
            as_spelt = word.startswith(spelling)
            possible = as_spelt or word == folded
            if (
                possible
                and not _NEVER_IN_ENDINGS.intersection(word[length:])
                and _takes(spelling, root, folded[length:])
            ):
                yield root, as_spelt


def _takes(spelling: str, root: str, endings: str) -> bool:
    """Whether a root in this spelling can stand before these endings."""
    if not endings:
        return spelling == root
    if root in CHANGING and (endings[0] in _VOWELS) == (spelling == root):
        return False
    if len(spelling) < 4 and endings in ("la", "le"):  # "başla", "topla" are verbs
        return False
    chain = _CHAIN_AFTER_VOWEL if fold_word(spelling[-1]) in _VOWELS else _CHAIN_AFTER_CONSONANT
    return chain.fullmatch(endings) is not None and _in_harmony(fold_word(spelling), endings)


def _in_harmony(before: str, ending: str) -> bool:
    """u follows only o and u, i only a, e and i. (a and e are left alone: "saatler", "dikkate".)"""
    first = next((letter for letter in ending if letter in _VOWELS), "a")
    last = next((letter for letter in reversed(before) if letter in _VOWELS), None)
    return first in "ae" or last is None or (first == "u") == (last in "ou")


def _stem_by_rules(word: str, folded: str) -> tuple[str, str]:
    """`word` may spell letters that `folded` does not show: no ending begins with ş."""
    length = len(folded)
    for _ in range(_MOST_ENDINGS):
        shorter = _without_ending(word, folded[:length])
        if shorter == length:
            break
        length = shorter
    stemmed, spelt = folded[:length], word[:length].translate(_HATS)
    if length > 3 and (spelt[-1] != "g" or stemmed[-2] in _HARDENING_G):
        spelt = spelt[:-1] + spelt[-1].translate(_VOICELESS)
        stemmed = stemmed[:-1] + fold_word(stemmed[-1].translate(_VOICELESS))
    return stemmed, spelt


def _without_ending(word: str, folded: str) -> int:
    """The number of letters before the longest ending that fits; all of them when none does."""
    found = _ENDING.search(folded)
    while found:
        start = found.start()
        if word[start] != "ş" and _in_harmony(folded[:start], folded[start:]):
            return start
        found = _ENDING.search(folded, start + 1)
    return len(folded)

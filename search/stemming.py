"""One Turkish word → its stem, by rules. Pure Python.

A word of lexicon.toml followed by a whole chain of nominal endings is its root. From any other word endings are taken
off one after another, while enough letters stay. Rules look at the folded word (ı=i, ü=u, ö=o, ş=s, ç=c, ğ=g), so that
what is typed without Turkish letters gets the same stem.
"""

import re
from functools import lru_cache

from search.lexicon import FIXED, ROOTS

_FOLD = str.maketrans("çğıöşüâîû", "cgiosuaiu")
_HATS = str.maketrans("âîû", "aiu")
_VOICELESS = str.maketrans("bdgğc", "ptkkç")
_VOWELS = "aeiou"

# The chain of nominal endings, as a grammar: plural, possessive, case, -ki, copula. A = a e, I = i u, D = d t.
_COPULA = "(?:DIr|(?:y)?DI|(?:y)?sA|(?:y)?mIs)?"
_KI = "(?:ki(?:lAr)?(?:n(?:I|A|In|DAn?)|ylA|I|A|In|DAn?|lA)?)?"
_CASE_AFTER_CONSONANT = f"(?:I|A|In|DAn|DA{_KI}|lA|cA)?"
_CASE_AFTER_VOWEL = f"(?:yI|yA|nIn(?:{_KI})|DAn|DA{_KI}|ylA|cA)?"
_CASE_AFTER_POSSESSIVE = f"(?:n(?:I|A|In|DAn|DA{_KI}|cA)|ylA)?"
_OWNER_AFTER_CONSONANT = f"(?:I[mn]Iz{_CASE_AFTER_CONSONANT}|Im{_CASE_AFTER_CONSONANT}|I{_CASE_AFTER_POSSESSIVE}|{_CASE_AFTER_CONSONANT})"
_OWNER_AFTER_VOWEL = f"(?:[mn]Iz{_CASE_AFTER_CONSONANT}|m{_CASE_AFTER_CONSONANT}|sI{_CASE_AFTER_POSSESSIVE}|{_CASE_AFTER_VOWEL})"


def _spell_out(pattern: str) -> str:
    return pattern.replace("A", "[ae]").replace("I", "[iu]").replace("D", "[dt]")


_CHAIN_AFTER_CONSONANT = re.compile(_spell_out(f"(?:lAr{_OWNER_AFTER_CONSONANT}|{_OWNER_AFTER_CONSONANT}){_COPULA}"))
_CHAIN_AFTER_VOWEL = re.compile(_spell_out(f"(?:lAr{_OWNER_AFTER_CONSONANT}|{_OWNER_AFTER_VOWEL}){_COPULA}"))

# Endings taken off any other word: (ending, letters that must stay, what must stand before it).
_V, _C, _D, _T = "(?<=[aeiou])", "(?<=[^aeiou])", "(?<=[^fstkchp])", "(?<=[fstkchp])"
_ENDINGS = (
    (3, ("lArI?", _C + "ImIz", _V + "ylA")),
    (
        4,
        (
            _V + "[mn]Iz", _C + "InIz",
            _V + "sI(?:nIn|nDA(?:n|ki)?|nA|nI|ylA|ncA)?",
            _C + "I(?:n|nI|nA|nIn|nDA(?:n|ki)?|ylA|ncA)?",
            _V + "nIn", _V + "y[AI]", _D + "dA(?:n|ki)?", _T + "tA(?:n|ki)?",
            _C + "lA", _C + "A", _D + "dIr", _T + "tIr", _V + "ydI", _V + "ysA",
        ),
    ),
    (5, (_C + "An",)),
)  # fmt: skip
_ENDING = re.compile(
    "(?:%s)$" % "|".join(f"(?<={'.' * keep})(?:{_spell_out('|'.join(endings))})" for keep, endings in _ENDINGS)
)
_AT_MOST = 6


def fold_word(word: str) -> str:
    return word.translate(_FOLD)


_BASES: dict[str, list[tuple[str, str]]] = {}
for _spelling, _root in ROOTS.items():
    _BASES.setdefault(fold_word(_spelling), []).append((_spelling, _root))
_LONGEST = max(map(len, _BASES), default=0)


def _listed_root(word: str, folded: str) -> str | None:
    """The lexicon's root of a word that is that root with endings."""
    for length in range(min(_LONGEST, len(folded)), 1, -1):
        for spelling, root in _BASES.get(folded[:length], ()):
            if word == folded or word[:length] == spelling:
                if _takes(spelling, root, folded, length):
                    return root
    return None


def _takes(spelling, root, folded, length):
    rest = folded[length:]
    if not rest: return spelling == root
    if spelling != root and rest[0] not in _VOWELS:
        return False
    chain = _CHAIN_AFTER_VOWEL if folded[length - 1] in _VOWELS else _CHAIN_AFTER_CONSONANT
    return chain.fullmatch(rest) is not None


@lru_cache(maxsize=200_000)
def stem(word: str) -> tuple[str, str]:
    """(folded stem, stem in its spelling) of one lower-case word."""
    folded = fold_word(word)
    if word in FIXED or not folded.isalpha() or len(folded) != len(word):
        return folded, word
    root = _listed_root(word, folded)
    if root:
        return fold_word(root), (root if word != folded else fold_word(root))
    return _by_rules(word, folded)


def _harmony(stem, ending):
    """I after a stem whose last vowel is a, e, i is i; after o, u it is u. A after a is a, after e is e."""
    last = next((c for c in reversed(stem) if c in _VOWELS), "")
    first = next((c for c in ending if c in _VOWELS), "")
    if first in "iu" and first and last:
        return (first == "u") == (last in "ou")
    return True


def _by_rules(word, folded):
    length = len(folded)
    for _ in range(_AT_MOST):
        found = None
        start = 0
        # leftmost ending which harmonises
        while True:
            found = _ENDING.search(folded, start, length)
            if not found: break
            ending = folded[found.start():length]
            if _harmony(folded[:found.start()], ending) and not (ending[0] == "s" and word[found.start()] == "ş"):
                break
            start = found.start() + 1
        if not found: break
        length = found.start()
    stem, exact = folded[:length], word[:length].translate(_HATS)
    if length > 3:
        stem = stem[:-1] + fold_word(stem[-1].translate(_VOICELESS))
        exact = exact[:-1] + exact[-1].translate(_VOICELESS)
    return stem, exact

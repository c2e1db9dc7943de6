""" "Did you mean": for a word that no document has, the word in what was found that looks most like it. Pure Python.

Only words that the person is shown are proposed: the index also knows what they may not see.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from search.turkish import fold, tokens, word_grams

_LIKE_ENOUGH = 0.5  # of the pieces of both words together (Dice)


def mend(typed: str, unknown: Sequence[str], shown: Iterable[str]) -> str:
    """The typed text with each unknown word replaced by one of the texts that are shown; "" where there is none."""
    counts = Counter(token.word for text in shown for token in tokens(text))
    better = {word: found for word in unknown if (found := most_alike(word, counts))}
    mended = typed
    for token in reversed(tokens(typed)):
        if token.word in better:
            mended = mended[: token.start] + better[token.word] + mended[token.end :]
    return mended if better else ""


def most_alike(word: str, counts: Counter[str]) -> str:
    """Of the counted words the one that looks most like the word, "" where none looks like it."""
    pieces = word_grams(word)

    def likeness(other: str) -> float:
        others = word_grams(other)
        return 2 * len(pieces & others) / (len(pieces) + len(others))

    alike = [(likeness(other), count, other) for other, count in counts.items() if fold(other)[:1] == fold(word)[:1]]
    best = max(alike, default=(0.0, 0, ""))
    return best[2] if best[0] >= _LIKE_ENOUGH else ""

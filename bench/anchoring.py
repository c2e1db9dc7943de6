"""Where do comments stand after a plan was revised? How many are followed, and how long it takes.

    python bench/anchoring.py [--seeds 100] [--first 0] [--sections 200] [--quotes 5000]

The first table has, for each kind of edit in tests/plans/anchoring_cases.py, the share of quotes that were followed to their
true place, went to people (check), were told lost (orphan), or were put in a wrong place without a word. `--first` takes
seeds that the tests have not seen. The time is that of all quotes through one revision of a large plan, and as a ratio to
what a naive way would take on the same machine: rapidfuzz's extractOne for each earlier sentence over all later ones.
"""

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from rapidfuzz import fuzz, process

from plans.anchoring import Quote, Revision, relocate
from plans.text.sentences import split_sentences
from tests.plans.anchoring_cases import GROUPS, common_words, generate, judge
from tests.plans.anchoring_edits import (
    Plan,
    copy_plan,
    edit_words,
    make_plan,
    new_sentence,
    render,
    sentences_of,
)
from tests.plans.anchoring_texts import MATERIALS, Material

VERDICTS = ("followed", "check", "orphan", "wrong")
Texts = dict[str, str]
Result = TypeVar("Result")


def main() -> None:
    parser = argparse.ArgumentParser(description="Quality and time of anchoring.")
    parser.add_argument("--seeds", type=int, default=100, help="cases of each kind and material")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--sections", type=int, default=200)
    parser.add_argument("--quotes", type=int, default=5_000)
    arguments = parser.parse_args()
    measure_quality(range(arguments.first, arguments.first + arguments.seeds))
    measure_time(arguments.sections, arguments.quotes)


def measure_quality(seeds: range) -> None:
    print(f"{'kind of edit':48}" + "".join(f"{verdict:>10}" for verdict in VERDICTS))
    for group, kinds in GROUPS.items():
        total: Counter[str] = Counter()
        for kind in kinds:
            count: Counter[str] = Counter()
            for material in MATERIALS.values():
                cases = (generate(material, kind, seed) for seed in seeds)
                count.update(judge(case, relocate(case.quote, case.before, case.after)) for case in cases)
            total += count
            print(f"{group:6} {kind:41}" + _shares(count))
        print(f"{group:6} {'(all: ' + str(total.total()) + ')':41}" + _shares(total) + "\n")


def _shares(count: Counter[str]) -> str:
    """Shares; what is wrong is counted."""
    shares = "".join(f"{count[verdict] / count.total():10.1%}" for verdict in VERDICTS[:-1])
    return shares + f"{count['wrong']:10}"


def measure_time(sections: int, quotes: int) -> None:
    chance = random.Random(0)
    plan = large_plan(sections, chance)
    before = render(plan).texts
    revised = copy_plan(plan)
    revise(revised, chance)
    after = render(revised).texts
    asked = [quote_from(before, chance) for _ in range(quotes)]
    paired, revision = timed(lambda: Revision(before, after))
    followed, found = timed(lambda: [revision.relocate(quote) for quote in asked])
    old, new = sentence_texts(before), sentence_texts(after)
    naive, _best = timed(lambda: [process.extractOne(sentence, new, scorer=fuzz.ratio) for sentence in old])
    verdicts = Counter(relocation.verdict for relocation in found)
    print(f"{sections} sections, {len(old)} sentences before, {len(new)} after; {quotes} quotes: {dict(verdicts)}")
    print(f"pairing the texts {paired:.2f} s, following the quotes {followed:.2f} s")
    print(f"extractOne for each sentence {naive:.2f} s; ratio {(paired + followed) / naive:.2f}")


def large_plan(sections: int, chance: random.Random) -> Plan:
    """Sections of the materials' sentences in which half of the words are others, so that none stands twice."""
    materials = list(MATERIALS.values())
    texts = [lines for material in materials for lines in material.sections.values()]
    plan = make_plan({f"s{number}": texts[number % len(texts)] for number in range(sections)})
    vocabulary = _vocabulary(materials)
    for _paragraph, sentence in sentences_of(plan):
        if len(sentence.words) > 3:
            edit_words(sentence, 0.5, vocabulary, chance)
    return plan


def _vocabulary(materials: list[Material]) -> list[str]:
    lines = [lines for material in materials for lines in material.sections.values()]
    return sorted({word for some in lines for word in common_words(some)})


def revise(plan: Plan, chance: random.Random) -> None:
    """A heavy revision: a third of the sentences edited, some taken out or added, some sections gone, some re-keyed."""
    vocabulary = _vocabulary(list(MATERIALS.values()))
    for paragraph, sentence in list(sentences_of(plan)):
        roll = chance.random()
        if roll < 0.33 and len(sentence.words) > 3:
            edit_words(sentence, 0.2, vocabulary, chance)
        elif roll < 0.38:
            paragraph[:] = [one for one in paragraph if one is not sentence]
        elif roll < 0.43 and sentence.is_closed:
            paragraph.append(new_sentence(" ".join(chance.sample(vocabulary, 9)).capitalize() + "."))
    for key in chance.sample(sorted(plan), len(plan) // 10):
        paragraphs = plan.pop(key)
        if chance.random() < 0.5:
            plan[f"new-{key}"] = paragraphs


def quote_from(texts: Texts, chance: random.Random) -> Quote:
    """A sentence, a few of its words, or two sentences."""
    key = chance.choice(sorted(key for key, text in texts.items() if text))
    spans = split_sentences(texts[key])
    at = chance.randrange(len(spans))
    start, end = spans[at][0], spans[min(at + chance.choice([0, 0, 1]), len(spans) - 1)][1]
    words = texts[key][start:end].split()
    if chance.random() < 0.4 and len(words) > 3:
        end = start + len(" ".join(words[:3]))
    return Quote(key, texts[key][start:end], start=start)


def sentence_texts(texts: Texts) -> list[str]:
    return [text[start:end] for text in texts.values() for start, end in split_sentences(text)]


def timed(work: Callable[[], Result]) -> tuple[float, Result]:
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


if __name__ == "__main__":
    main()

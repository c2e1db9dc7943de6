"""Generated revisions of a plan, each with a quote of which it is known where it stands afterwards, or that it is gone.

`WHOLE` edits leave the quoted words as they are, `LIGHT` ones change few of them, `HARD` ones so much that nobody is
obliged to find them, `GONE` ones take them out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from random import Random

from plans.alignment.folding import normalise
from plans.anchoring import Quote, Relocation
from tests.plans.anchoring_edits import (
    Paragraph,
    Plan,
    Sentence,
    Span,
    change_suffixes,
    change_typography,
    copy_plan,
    edit_words,
    gaps,
    lower_first,
    make_plan,
    new_sentence,
    render,
    sentences_of,
    upper_first,
    with_origins,
)
from tests.plans.anchoring_texts import COLUMNS, LIST, TABLE, Material

CONTEXT = 32
SECTIONS = 6  # of running text in each plan
SILENT = ("same", "moved", "edited")


@dataclass(frozen=True)
class Case:
    """`truth` is where the quote stands afterwards, None where it is gone."""

    kind: str
    quote: Quote
    before: dict[str, str]
    after: dict[str, str]
    truth: Span | None


def common_words(lines: list[str]) -> list[str]:
    return [word for line in lines for word in line.split() if word.isalpha() and word.islower() and len(word) > 3]


class Scene:
    """One plan before and, to be edited, after; with the sentence that is quoted."""

    def __init__(self, material: Material, random: Random) -> None:
        self.random = random
        self.material = material
        running = [key for key in material.sections if key not in (TABLE, LIST)]
        keys = [*random.sample(running, SECTIONS), LIST, TABLE]
        random.shuffle(keys)
        self.before: Plan = make_plan({key: material.sections[key] for key in keys})
        self.after: Plan = {}
        words = {word for lines in material.sections.values() for word in common_words(lines)}
        self.vocabulary = sorted(words.difference(*(thing.split() for thing in material.things)))
        self.origins = count(1_000_000)
        self.space = " "
        long_enough = [one for _p, one in sentences_of(self.before) if len(one.words) >= 5 and one.is_closed]
        self.find(random.choice(long_enough))

    def find(self, sentence: Sentence) -> None:
        """Makes a sentence of the earlier plan the quoted one; what was edited until now is forgotten."""
        for key, paragraphs in self.before.items():
            for p, paragraph in enumerate(paragraphs):
                for s, other in enumerate(paragraph):
                    if other is sentence:
                        self.key, self.p, self.s = key, p, s
        self.quoted = [word.origin for word in sentence.words if word.origin is not None]
        self.after = copy_plan(self.before)

    def plant(self, text: str, *, key: str = "", beside: bool = False) -> Sentence:
        """Puts a sentence into the earlier plan, at a random place or right behind the quoted one."""
        sentence = with_origins(upper_first(text), self.origins)
        if beside:
            self.before[self.key][self.p].insert(self.s + 1, sentence)
        else:
            paragraphs = self.before[key or self.random.choice(self.running(self.before))]
            paragraph = self.random.choice([paragraph for paragraph in paragraphs if gaps(paragraph)])
            paragraph.insert(self.random.choice(gaps(paragraph)), sentence)
        self.after = copy_plan(self.before)
        return sentence

    @staticmethod
    def running(plan: Plan) -> list[str]:
        """The keys of sections of running text."""
        return [key for key in plan if key not in (TABLE, LIST)]

    @property
    def paragraph(self) -> Paragraph:
        """The paragraph of the quoted sentence in the later plan."""
        return self.after[self.key][self.p]

    @property
    def sentence(self) -> Sentence:
        """The quoted sentence in the later plan."""
        return self.paragraph[self.s]

    def quote_some(self, number: int) -> None:
        start = self.random.randint(0, max(0, len(self.quoted) - number))
        self.quoted = self.quoted[start : start + number]

    def quote_paragraphs(self, key: str, first: int, last: int) -> None:
        """Quotes the earlier plan's paragraphs from `first` up to `last`."""
        self.key, self.p, self.s = key, first, 0
        words = [w for paragraph in self.before[key][first:last] for sentence in paragraph for w in sentence.words]
        self.quoted = [word.origin for word in words if word.origin is not None]
        self.after = copy_plan(self.before)

    def edit(self, sentence: Sentence, rate: float, *, keep: bool = False) -> None:
        kept, names = self.quoted if keep else (), self.material.places
        edit_words(sentence, rate, self.vocabulary, self.random, keep=kept, names=names)

    def edit_all(self, rate: float) -> None:
        for _paragraph, sentence in sentences_of(self.after):
            if len(sentence.words) >= 4:
                self.edit(sentence, rate)

    def remove(self) -> Sentence:
        return self.paragraph.pop(self.s)

    def insert(self, sentence: Sentence, *, same_section: bool) -> None:
        """At a random place of the later plan, not where the quoted sentence stands or stood."""
        keys = [key for key in self.running(self.after) if (key == self.key) == same_section]
        places = [
            (paragraph, s)
            for key in keys or self.running(self.after)
            for p, paragraph in enumerate(self.after[key])
            for s in gaps(paragraph)
            if (key, p) != (self.key, self.p) or s not in (self.s, self.s + 1)
        ]
        paragraph, s = self.random.choice(places)
        paragraph.insert(s, sentence)

    def another(self) -> Sentence:
        return new_sentence(self.random.choice(self.material.new_sentences))

    def pattern(self) -> str:
        material = self.material
        return self.random.choice(material.patterns).format(
            place=self.random.choice(material.places),
            number=self.random.choice(material.numbers),
            thing=self.random.choice(material.things),
        )

    def twins(self) -> tuple[str, str]:
        """Two sentences of one pattern about two places; mostly with two numbers."""
        material = self.material
        pattern, thing = self.random.choice(material.patterns), self.random.choice(material.things)
        places, numbers = self.random.sample(material.places, 2), self.random.sample(material.numbers, 2)
        if self.random.random() < 0.3:
            numbers[1] = numbers[0]
        one, other = (
            upper_first(pattern.format(place=place, number=number, thing=thing))
            for place, number in zip(places, numbers, strict=True)
        )
        return one, other

    def twins_by_thing(self) -> tuple[str, str]:
        """Two sentences of one pattern about two things in one place: neither names nor numbers tell them apart."""
        material = self.material
        pattern, place = self.random.choice(material.patterns), self.random.choice(material.places)
        number = self.random.choice(material.numbers)
        one, other = (
            upper_first(pattern.format(place=place, number=number, thing=thing))
            for thing in self.random.sample(material.things, 2)
        )
        return one, other

    def plant_twins(self) -> tuple[Sentence, Sentence]:
        """Two sentences alike, in one section or in two; the first becomes the quoted one."""
        one, other = self.twins() if self.random.random() < 0.6 else self.twins_by_thing()
        key = self.random.choice(self.running(self.before))
        second = self.plant(other, key=key if self.random.random() < 0.5 else "")
        first = self.plant(one, key=key)
        self.find(first)
        return first, second

    def plant_one_of_twins(self) -> Sentence:
        """The earlier plan has one of two twins, which becomes the quoted one; returns the other."""
        one, other = self.twins()
        self.find(self.plant(one))
        return new_sentence(other)

    def plant_copies(self, *, beside: bool = False) -> Sentence:
        """The same sentence twice; one of them becomes the quoted one. Returns the other as it stands afterwards."""
        text = self.pattern()
        first = self.plant(text)
        self.find(first)
        second = self.plant(text, beside=beside)
        one, other = self.random.sample([first, second], 2)
        self.find(one)
        origins = [word.origin for word in other.words]
        return next(s for _p, s in sentences_of(self.after) if [word.origin for word in s.words] == origins)

    def plant_twin_section(self) -> str:
        """A second section like the quoted one's, of which half of the sentences say the same; returns its key."""
        twin = copy_plan({"ikiz": self.before[self.key]})
        for _paragraph, sentence in sentences_of(twin):
            for word in sentence.words:
                word.origin = next(self.origins)
            if self.random.random() < 0.5 and len(sentence.words) > 3:
                self.edit(sentence, 0.2)
        self.before |= twin
        self.after = copy_plan(self.before)
        return "ikiz"

    def give_neighbour(self) -> Sentence:
        """Sees that a sentence follows the quoted one in its paragraph of the earlier plan; returns it."""
        if self.s + 1 >= len(self.before[self.key][self.p]):
            self.plant(self.random.choice(self.material.neighbours), beside=True)
        return self.before[self.key][self.p][self.s + 1]

    def take(self, sentence: Sentence) -> None:
        """Takes a sentence out of the later plan."""
        for paragraph, other in sentences_of(self.after):
            if other is sentence:
                paragraph[:] = [one for one in paragraph if one is not sentence]
                return

    def case(self, kind: str) -> Case:
        before, after = render(self.before), render(self.after, self.space)
        place = before.span(self.quoted)
        assert place is not None
        key, start, end = place
        text = before.texts[key]
        quote = Quote(key, text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT], start)
        return Case(kind, quote, before.texts, after.texts, after.span(self.quoted))


Edit = Callable[[Scene], None]
WHOLE: dict[str, Edit] = {}
LIGHT: dict[str, Edit] = {}
HARD: dict[str, Edit] = {}
GONE: dict[str, Edit] = {}


def _in(group: dict[str, Edit]) -> Callable[[Edit], Edit]:
    def register(edit: Edit) -> Edit:
        group[edit.__name__] = edit
        return edit

    return register


# --- The words stay as they are ------------------------------------------------------------------------------------------


@_in(WHOLE)
def unchanged(scene: Scene) -> None:
    """Nothing happens."""


@_in(WHOLE)
def neighbours_edited(scene: Scene) -> None:
    for at in (scene.s + 1, scene.s - 1):
        if 0 <= at < len(scene.paragraph):
            how = scene.random.choice(["edit", "drop", "add"])
            if how == "edit":
                scene.edit(scene.paragraph[at], 0.25)
            elif how == "drop":
                scene.paragraph.pop(at)
            else:
                scene.paragraph.insert(at, scene.another())


@_in(WHOLE)
def moved_within(scene: Scene) -> None:
    scene.insert(scene.remove(), same_section=True)


@_in(WHOLE)
def moved_across(scene: Scene) -> None:
    scene.insert(scene.remove(), same_section=False)


@_in(WHOLE)
def paragraph_moved(scene: Scene) -> None:
    paragraph = scene.after[scene.key].pop(scene.p)
    target = scene.after[scene.random.choice(list(scene.after))]
    target.insert(scene.random.randint(0, len(target)), paragraph)


@_in(WHOLE)
def section_rekeyed(scene: Scene) -> None:
    scene.after["yeni"] = scene.after.pop(scene.key)


@_in(WHOLE)
def section_split(scene: Scene) -> None:
    paragraphs = scene.after[scene.key]
    cut = scene.random.randint(0, len(paragraphs))
    scene.after["yeni"], scene.after[scene.key] = paragraphs[cut:], paragraphs[:cut]


@_in(WHOLE)
def section_merged(scene: Scene) -> None:
    target = scene.random.choice([key for key in scene.after if key != scene.key])
    scene.after[target] += scene.after.pop(scene.key)


@_in(WHOLE)
def format_only(scene: Scene) -> None:
    change_typography(scene.after)
    scene.space = scene.random.choice([" ", "\u00a0", "  "])


@_in(WHOLE)
def words_in_an_edited_sentence(scene: Scene) -> None:
    scene.quote_some(scene.random.randint(2, 4))
    scene.edit(scene.sentence, 0.15, keep=True)


@_in(WHOLE)
def frequent_words(scene: Scene) -> None:
    material, phrase = scene.material, scene.random.choice(scene.material.phrases)
    for key in scene.random.sample(scene.running(scene.before), 5):
        text = scene.random.choice(material.new_sentences)[:-1]
        scene.plant(f"{text} ve {phrase} bunu yazar.", key=key)
    scene.find(scene.plant(f"{scene.random.choice(material.places)} için {phrase} ayrıca bir liste hazırlar."))
    scene.quoted = scene.quoted[2 : 2 + len(phrase.split())]
    neighbours_edited(scene)


@_in(WHOLE)
def twins_swapped(scene: Scene) -> None:
    one, other = scene.plant_twins()
    origins = [word.origin for word in one.words], [word.origin for word in other.words]
    places = [
        (paragraph, at)
        for paragraph, sentence in sentences_of(scene.after)
        for at in [paragraph.index(sentence)]
        if [word.origin for word in sentence.words] in origins
    ]
    (first, i), (second, j) = places
    first[i], second[j] = second[j], first[i]


@_in(WHOLE)
def twin_deleted(scene: Scene) -> None:
    """The quoted one stays."""
    _first, second = scene.plant_twins()
    origins = [word.origin for word in second.words]
    scene.take(next(s for _p, s in sentences_of(scene.after) if [word.origin for word in s.words] == origins))


@_in(WHOLE)
def twin_section_removed(scene: Scene) -> None:
    """The quoted one stays, under another key or its own."""
    twin = scene.plant_twin_section()
    del scene.after[twin]
    if scene.random.random() < 0.5:
        section_rekeyed(scene)


@_in(WHOLE)
def table_row_removed(scene: Scene) -> None:
    rows = [COLUMNS, 2 * COLUMNS, 3 * COLUMNS]
    row, other = scene.random.sample(rows, 2)
    start = scene.random.randint(row, row + COLUMNS - 1)
    scene.quote_paragraphs(TABLE, *scene.random.choice([(row, row + COLUMNS), (start, start + 1)]))
    del scene.after[TABLE][other : other + COLUMNS]


@_in(WHOLE)
def whole_table_moved(scene: Scene) -> None:
    """With its caption into another section."""
    scene.quote_paragraphs(TABLE, 0, len(scene.before[TABLE]))
    table = scene.after.pop(TABLE)
    scene.after[scene.random.choice(scene.running(scene.after))] += table


@_in(WHOLE)
def whole_list(scene: Scene) -> None:
    """Its introduction is edited."""
    scene.quote_paragraphs(LIST, 1, len(scene.before[LIST]))
    scene.edit(scene.after[LIST][0][0], 0.2)


@_in(WHOLE)
def over_a_paragraphs_end(scene: Scene) -> None:
    keys = [key for key in scene.running(scene.before) if len(scene.before[key]) > 1]
    key = scene.random.choice(keys)
    p = scene.random.randrange(len(scene.before[key]) - 1)
    scene.quote_paragraphs(key, p, p + 2)
    scene.after[key].insert(0, [scene.another()])


# --- The words change a little -------------------------------------------------------------------------------------------


@_in(LIGHT)
def moved_within_and_edited(scene: Scene) -> None:
    sentence = scene.remove()
    scene.edit(sentence, 0.1)
    scene.insert(sentence, same_section=True)


@_in(LIGHT)
def moved_across_and_edited(scene: Scene) -> None:
    sentence = scene.remove()
    scene.edit(sentence, 0.1)
    scene.insert(sentence, same_section=False)


@_in(LIGHT)
def section_rekeyed_and_edited(scene: Scene) -> None:
    scene.edit_all(0.1)
    section_rekeyed(scene)


@_in(LIGHT)
def a_word_in_ten(scene: Scene) -> None:
    scene.edit(scene.sentence, 0.1)


@_in(LIGHT)
def a_word_in_ten_everywhere(scene: Scene) -> None:
    scene.edit_all(0.1)


@_in(LIGHT)
def a_word_in_four(scene: Scene) -> None:
    scene.edit(scene.sentence, 0.25)


@_in(LIGHT)
def suffixes_changed(scene: Scene) -> None:
    change_suffixes(scene.sentence, scene.random)


@_in(LIGHT)
def sentence_split(scene: Scene) -> None:
    words = scene.remove().words
    first, second = Sentence(words[: len(words) // 2]), Sentence(words[len(words) // 2 :])
    first.words[-1].text = first.words[-1].text.rstrip(".,;") + "."
    second.words[0].text = upper_first(second.words[0].text)
    scene.paragraph[scene.s : scene.s] = [first, second]


@_in(LIGHT)
def sentences_merged(scene: Scene) -> None:
    scene.give_neighbour()
    first, second = scene.paragraph[scene.s : scene.s + 2]
    first.words[-1].text = first.words[-1].text.rstrip(".") + ","
    second.words[0].text = lower_first(second.words[0].text)
    scene.paragraph[scene.s : scene.s + 2] = [Sentence(first.words + second.words)]


@_in(LIGHT)
def across_two_sentences(scene: Scene) -> None:
    following = scene.give_neighbour()
    origins = scene.quoted[-4:] + [word.origin for word in following.words[:4] if word.origin is not None]
    scene.quoted = origins
    scene.edit(scene.paragraph[scene.s + scene.random.randint(0, 1)], 0.1)


@_in(LIGHT)
def words_edited_with_their_sentence(scene: Scene) -> None:
    scene.quote_some(5)
    scene.edit(scene.sentence, 0.1)


@_in(LIGHT)
def list_with_another_entry(scene: Scene) -> None:
    scene.quote_paragraphs(LIST, 0, len(scene.before[LIST]))
    at = scene.random.randint(2, len(scene.after[LIST]) - 2)
    scene.after[LIST].insert(at, [new_sentence("Yedek pil ve şarj kablosu")])


@_in(LIGHT)
def table_with_another_row(scene: Scene) -> None:
    scene.quote_paragraphs(TABLE, 0, len(scene.before[TABLE]))
    cells = [scene.random.choice(scene.material.places), "7", "11"]
    scene.after[TABLE][2 * COLUMNS : 2 * COLUMNS] = [[new_sentence(cell)] for cell in cells]


# --- The words change so much that people may be asked -------------------------------------------------------------------


@_in(HARD)
def reworded(scene: Scene) -> None:
    scene.edit(scene.sentence, scene.random.uniform(0.5, 0.9))


@_in(HARD)
def whole_section_rewritten(scene: Scene) -> None:
    scene.edit_all(0.4)


@_in(HARD)
def twin_edited_beside_its_twin(scene: Scene) -> None:
    """The quoted one is edited, its twin stands."""
    scene.plant_twins()
    scene.edit(scene.sentence, 0.1)


@_in(HARD)
def edited_and_another_modelled_on_it(scene: Scene) -> None:
    twin = scene.plant_one_of_twins()
    scene.edit(scene.sentence, 0.25)
    scene.insert(twin, same_section=scene.random.random() < 0.5)


@_in(HARD)
def twins_edited(scene: Scene) -> None:
    scene.plant_twins()
    scene.edit_all(0.12)


@_in(HARD)
def words_of_an_edited_sentence_replaced(scene: Scene) -> None:
    scene.quote_some(2)
    for word in scene.sentence.words:
        if word.origin in scene.quoted:
            word.text = scene.random.choice(scene.vocabulary)


@_in(HARD)
def a_word_that_stands_twice_replaced(scene: Scene) -> None:
    thing = scene.random.choice(scene.material.things).split()[-1]
    place = scene.random.choice(scene.material.places)
    scene.find(scene.plant(f"{place} halkı için iki {thing} açılır, açılan her {thing} yılda bir denetlenir."))
    twice = [word for word in scene.sentence.words if word.text == thing]
    word = scene.random.choice(twice)
    scene.quoted = [origin for origin in scene.quoted if origin == word.origin]
    word.text = scene.random.choice(scene.vocabulary)


@_in(HARD)
def a_word_jumps(scene: Scene) -> None:
    """The quoted word is replaced, and stands now elsewhere in the sentence instead of another."""
    words = [word for word in scene.sentence.words if word.text.isalpha()]
    one, other = scene.random.sample(words, 2)
    scene.quoted = [origin for origin in scene.quoted if origin == one.origin]
    one.text, other.text = scene.random.choice(scene.vocabulary), one.text


@_in(HARD)
def a_copy_taken_out(scene: Scene) -> None:
    """The quoted sentence stays, a copy of it goes."""
    scene.take(scene.plant_copies(beside=scene.random.random() < 0.3))


@_in(HARD)
def a_copy_added(scene: Scene) -> None:
    text = scene.pattern()
    scene.find(scene.plant(text))
    scene.insert(new_sentence(upper_first(text)), same_section=scene.random.random() < 0.5)


@_in(HARD)
def half_of_the_quote_deleted(scene: Scene) -> None:
    following = scene.give_neighbour()
    scene.quoted = scene.quoted + [word.origin for word in following.words if word.origin is not None]
    del scene.paragraph[scene.s + scene.random.randint(0, 1)]


@_in(HARD)
def half_of_the_quote_moved(scene: Scene) -> None:
    following = scene.give_neighbour()
    scene.quoted = scene.quoted + [word.origin for word in following.words if word.origin is not None]
    scene.insert(scene.remove(), same_section=scene.random.random() < 0.7)


# --- The words go --------------------------------------------------------------------------------------------------------


@_in(GONE)
def deleted(scene: Scene) -> None:
    scene.remove()


@_in(GONE)
def deleted_and_another_there(scene: Scene) -> None:
    scene.paragraph[scene.s] = scene.another()


@_in(GONE)
def deleted_with_its_neighbours(scene: Scene) -> None:
    scene.paragraph[:] = [scene.another()]


@_in(GONE)
def section_removed(scene: Scene) -> None:
    del scene.after[scene.key]


@_in(GONE)
def section_removed_beside_its_twin(scene: Scene) -> None:
    """The twin stays, under another key or its own."""
    twin = scene.plant_twin_section()
    del scene.after[scene.key]
    if scene.random.random() < 0.5:
        scene.after["yeni"] = scene.after.pop(twin)


@_in(GONE)
def section_replaced(scene: Scene) -> None:
    texts = scene.random.sample(scene.material.new_sentences, 3)
    scene.after[scene.key] = [[new_sentence(text)] for text in texts]


@_in(GONE)
def some_of_its_words_deleted(scene: Scene) -> None:
    """The rest of the sentence stays."""
    scene.quote_some(2)
    scene.sentence.words = [word for word in scene.sentence.words if word.origin not in scene.quoted]


@_in(GONE)
def two_sentences_deleted(scene: Scene) -> None:
    following = scene.give_neighbour()
    scene.quoted = scene.quoted[-4:] + [word.origin for word in following.words[:4] if word.origin is not None]
    del scene.paragraph[scene.s : scene.s + 2]


@_in(GONE)
def deleted_with_an_old_twin(scene: Scene) -> None:
    scene.plant_twins()
    scene.remove()


@_in(GONE)
def deleted_with_an_old_twin_edited(scene: Scene) -> None:
    scene.plant_twins()
    scene.remove()
    scene.edit_all(0.1)


@_in(GONE)
def deleted_with_an_old_twin_moved_there(scene: Scene) -> None:
    _first, second = scene.plant_twins()
    origins = [word.origin for word in second.words]
    scene.remove()
    twin = next(s for _p, s in sentences_of(scene.after) if [word.origin for word in s.words] == origins)
    scene.take(twin)
    if scene.random.random() < 0.5:
        scene.edit(twin, 0.1)
    scene.paragraph.insert(scene.s, twin)


@_in(GONE)
def deleted_with_a_new_twin_in_the_section(scene: Scene) -> None:
    twin = scene.plant_one_of_twins()
    scene.remove()
    scene.insert(twin, same_section=True)


@_in(GONE)
def deleted_with_a_new_twin_elsewhere(scene: Scene) -> None:
    twin = scene.plant_one_of_twins()
    scene.remove()
    scene.insert(twin, same_section=False)


@_in(GONE)
def deleted_with_a_new_twin_in_its_place(scene: Scene) -> None:
    twin = scene.plant_one_of_twins()
    scene.paragraph[scene.s] = twin


@_in(GONE)
def a_new_twin_in_its_place_words_quoted(scene: Scene) -> None:
    """Words are quoted that both twins have or have not."""
    twin = scene.plant_one_of_twins()
    scene.quote_some(3)
    scene.paragraph[scene.s] = twin


@_in(GONE)
def deleted_with_a_copy_left(scene: Scene) -> None:
    scene.plant_copies(beside=scene.random.random() < 0.5)
    scene.remove()


@_in(GONE)
def deleted_with_a_copy_left_and_another_there(scene: Scene) -> None:
    scene.plant_copies()
    scene.paragraph[scene.s] = scene.another()


@_in(GONE)
def frequent_words_gone(scene: Scene) -> None:
    frequent_words(scene)
    scene.after = copy_plan(scene.before)
    scene.remove()


@_in(GONE)
def table_row_gone(scene: Scene) -> None:
    row = scene.random.choice([COLUMNS, 2 * COLUMNS, 3 * COLUMNS])
    start = scene.random.randint(row, row + COLUMNS - 1)
    scene.quote_paragraphs(TABLE, *scene.random.choice([(row, row + COLUMNS), (start, start + 1)]))
    del scene.after[TABLE][row : row + COLUMNS]


GROUPS = {"whole": WHOLE, "light": LIGHT, "hard": HARD, "gone": GONE}
KINDS = WHOLE | LIGHT | HARD | GONE


def disturb(scene: Scene, *, near: bool) -> None:
    """What else happens in a revision: other sentences are edited, dropped and added; in the quote's paragraph if `near`."""
    quoted = set(scene.quoted)
    around = scene.paragraph if scene.key in scene.after and scene.p < len(scene.after[scene.key]) else None
    for key in scene.running(scene.after):
        for paragraph in scene.after[key]:
            if paragraph is around and not near:
                continue
            for at in reversed(range(len(paragraph))):
                if not quoted.intersection(word.origin for word in paragraph[at].words):
                    _disturb_sentence(scene, paragraph, at)


def _disturb_sentence(scene: Scene, paragraph: Paragraph, at: int) -> None:
    roll = scene.random.random()
    if roll < 0.12:
        scene.edit(paragraph[at], 0.2)
    elif roll < 0.17:
        paragraph.pop(at)
    elif roll < 0.22 and at in gaps(paragraph):
        paragraph.insert(at, scene.another())


def generate(material: Material, kind: str, seed: int | str) -> Case:
    """One case of a kind: alone, among other edits, or with other edits close by."""
    random = Random(f"{kind} {seed}")
    scene = Scene(material, random)
    KINDS[kind](scene)
    if calm := random.randrange(3):
        disturb(scene, near=calm == 2)
    return scene.case(kind)


def judge(case: Case, found: Relocation) -> str:
    """followed, check or orphan; `wrong` for a place that nobody would look at and that is not the true one."""
    if found.verdict not in SILENT:
        return found.verdict
    if case.truth is None or found.section != case.truth[0] or found.start is None or found.end is None:
        return "wrong"
    _section, start, end = case.truth
    common = min(end, found.end) - max(start, found.start)
    if common < 0.5 * (max(end, found.end) - min(start, found.start)):
        return "wrong"
    words = case.after[found.section][found.start : found.end]
    differs = normalise(words) != normalise(case.quote.exact)
    return "wrong" if differs and found.verdict == "same" else "followed"

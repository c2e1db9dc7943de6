"""Which paragraphs are headings, and of which level: from styles, numbers and looks, whatever people did with them.

1. A paragraph with a heading's style or outline level is a heading. A document without any, or with all of them on one
   level, is read by what its lines look like: short ones that are numbered, bold, large or in capitals.
2. Headings with numbers of one form ("1.", "1.1", "BÖLÜM II") belong together: the level that most of them have is that
   of all, and forms on one level are told apart by their depth.
3. What was found is packed: the highest level in use makes chapters (1), the next sections (2), deeper ones are 3.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import median_low

from plans.docx.enumeration import DECIMAL, Enumeration, counting, is_only_a_number, typed_number
from plans.docx.kinds import field_of, kind_of
from plans.docx.styles import Look

TITLE, CHAPTER, SECTION, DEEPER = range(4)
_UNSTYLED = 10  # below every style's level
_LONGEST = 120
_LARGER = 1  # point: so much larger than the text, a line is a heading
_CAPTION = re.compile(
    r"^(?:tablo|şekil|grafik|harita|çizelge|resim|fotoğraf|kaynak|not)\b[\s\d.:–-]*[:.\d]", re.IGNORECASE
)
_MOST = 2 / 3
_ENDS_NO_HEADING = tuple(".,;:!…")


@dataclass(frozen=True)
class Line:
    """A paragraph of the body as far as it tells whether it is a heading. `style_level` 1–9; `list_depth` from 0 where Word
    numbers it, -1 for a bullet; `is_loose` where it came from a text box or is otherwise no line of its own."""

    text: str
    style_level: int | None
    list_depth: int | None
    look: Look
    is_loose: bool = False


@dataclass(frozen=True)
class Heading:
    """What becomes of a line: its level (0 the title), and its text without a number that stood before it."""

    level: int
    text: str
    number: str = ""


_Key = tuple[float, ...]


def find_headings(lines: list[Line], body_size: float, *, has_title: bool) -> dict[int, Heading]:
    """The headings among the lines, by their place. A line that was only "BÖLÜM II" has level -1: the next is its heading."""
    styled = {place for place, line in enumerate(lines) if line.style_level is not None and line.text}
    one_level = len({lines[place].style_level for place in styled}) <= 1
    found = set(styled)
    if one_level:
        found |= {
            place
            for place, line in enumerate(lines)
            if place not in styled and _looks_like_a_heading(line, body_size, numbered_only=bool(styled))
        }
    return _Leveller(lines, sorted(found), has_title).headings()


def _looks_like_a_heading(line: Line, body_size: float, *, numbered_only: bool) -> bool:
    text = line.text
    if not text or len(text) > _LONGEST or line.is_loose or line.list_depth == -1 or _CAPTION.match(text):
        return False
    if text.endswith(_ENDS_NO_HEADING) or not any(character.isalpha() for character in text):
        return False
    number = typed_number(text)
    is_deep = number is not None and (number.form == DECIMAL) == (len(number.parts) > 1) and number.is_marked
    stands_out = line.look.bold or line.look.caps or line.look.size >= body_size + _LARGER
    if numbered_only:
        return stands_out and (number is not None or line.list_depth is not None)
    return (stands_out and not _is_field(text)) or (is_deep and line.list_depth is None)


def _is_field(text: str) -> bool:
    return any(field_of(kind, text) for kind in ("objective", "commitment", "activity"))


class _Leveller:
    """Gives the headings of one document their levels."""

    def __init__(self, lines: list[Line], places: list[int], has_title: bool) -> None:
        self._skipped = {place for place, following in pairwise(places) if self._goes_on(lines, place, following)}
        after_a_part = {following for place, following in pairwise(places) if place in self._skipped}
        self._places = [place for place in places if place not in self._skipped]
        self._lines = {place: lines[place] for place in self._places}
        self._has_title = has_title
        typed = [typed_number(lines[place].text) for place in self._places]
        self._typed = {
            place: number for place, number, counts in zip(self._places, typed, counting(typed), strict=True) if counts
        }
        self._ranks = {place: rank for place in self._places if (rank := self._rank(place)) is not None}
        self._ranks |= dict.fromkeys(after_a_part, 0)

    @staticmethod
    def _goes_on(lines: list[Line], place: int, following: int) -> bool:
        """ "BÖLÜM II" alone, the heading itself in the next line."""
        between = lines[place + 1 : following]
        return is_only_a_number(lines[place].text) and not any(line.text for line in between)

    def _rank(self, place: int) -> int | None:
        """How deep the heading's number says that it stands; None without one."""
        typed: Enumeration | None = self._typed.get(place)
        if typed is not None:
            return typed.rank
        depth = self._lines[place].list_depth
        return DECIMAL + depth if depth is not None and depth >= 0 else None

    def headings(self) -> dict[int, Heading]:
        if not self._places:
            return {}
        keys = self._keys()
        if len(set(keys.values())) == 1:
            keys = self._told_apart()
        packed = {key: level for level, key in enumerate(sorted(set(keys.values())), start=1)}
        levels = {place: packed[key] for place, key in keys.items()}
        levels = self._without_title(levels)
        levels = _repaired(levels)
        found = {place: self._heading(place, min(level, DEEPER)) for place, level in levels.items()}
        return found | {place: Heading(-1, "") for place in self._skipped}

    def _heading(self, place: int, level: int) -> Heading:
        text = self._lines[place].text
        typed = self._typed.get(place)
        return (
            Heading(level, text[typed.length :].strip() or text, text[: typed.length])
            if typed
            else Heading(level, text)
        )

    # Levels

    def _style(self, place: int) -> int:
        return self._lines[place].style_level or _UNSTYLED

    def _keys(self) -> dict[int, _Key]:
        """A key for each heading; sorted, the keys are the levels of the document."""
        of_rank: dict[int, list[int]] = defaultdict(list)
        for place, rank in self._ranks.items():
            of_rank[rank].append(place)
        style_of_rank = {rank: common for rank, places in of_rank.items() if (common := self._common_style(places))}
        look_of_rank = {
            rank: Counter(self._lines[place].look for place in places).most_common(1)[0][0]
            for rank, places in of_rank.items()
        }
        return {
            place: (style_of_rank.get(depth, self._style(place)), depth)
            if (depth := self._ranks.get(place)) is not None
            else self._key_without_number(place, style_of_rank, look_of_rank)
            for place in self._places
        }

    def _common_style(self, places: list[int]) -> int | None:
        """The style's level of headings whose numbers have one form; None where each is better taken by its own: "1." may
        count chapters and, anew in each of them, sections."""
        styles = [self._style(place) for place in places]
        common = median_low(styles)
        return common if self._numbers_nest or styles.count(common) >= len(styles) * _MOST else None

    @cached_property
    def _numbers_nest(self) -> bool:
        """Whether "2.1" stands below "2.", here and there at least."""
        nested = above = 0
        for place in self._places:
            typed = self._typed.get(place)
            if typed and typed.form == DECIMAL:
                nested += len(typed.parts) == 2 and typed.parts[0] == above
                above = typed.parts[0]
        depths = [self._lines[place].list_depth or 0 for place in self._places]
        return nested > 0 or any(depth > 0 for depth in depths)

    def _key_without_number(self, place: int, style_of_rank: dict[int, int], look_of_rank: dict[int, Look]) -> _Key:
        style, look = self._style(place), self._lines[place].look
        ranks = sorted(rank for rank, other in style_of_rank.items() if other == style)
        if style != _UNSTYLED:
            return (style, ranks[0] if ranks else 0)
        if not ranks:
            return (style, 0, *look.strength)
        if look.strength < look_of_rank[ranks[0]].strength:
            return (style, -1, *look.strength)  # larger than the outermost numbered heading
        is_in_front = place < min(self._ranks)
        if look == look_of_rank[ranks[0]] and (is_in_front or look != look_of_rank[ranks[-1]]):
            return (style, ranks[0])  # "Kaynakça" beside "1. ULAŞIM"
        return (style, ranks[-1] + 1)

    def _told_apart(self) -> dict[int, _Key]:
        """Keys where all headings are on one level: by their looks, by the words of their kinds, by what has no text."""
        looks = {place: self._lines[place].look for place in self._places}
        if len(set(looks.values())) > 1 and looks[self._places[0]].strength == min(
            look.strength for look in looks.values()
        ):
            return {place: look.strength for place, look in looks.items()}
        of_a_kind = {place for place in self._places if kind_of(self._bare(place))[0] != "text"}
        if of_a_kind and self._places[0] not in of_a_kind:
            return {place: (float(place in of_a_kind),) for place in self._places}
        bare = {place for place, following in pairwise(self._places) if following == place + 1}
        if self._places[0] in bare and len(bare) < len(self._places) / 2:
            return {place: (float(place not in bare),) for place in self._places}
        return dict.fromkeys(self._places, (0.0,))

    def _bare(self, place: int) -> str:
        typed = self._typed.get(place)
        return self._lines[place].text[typed.length if typed else 0 :]

    def _without_title(self, levels: dict[int, int]) -> dict[int, int]:
        """The plan's own title stands as the only heading of its level before all others."""
        counts = Counter(levels.values())
        first = self._places[0]
        if self._has_title or counts[1] != 1 or levels[first] != 1 or first in self._ranks or counts[2] < 2:
            return levels
        under = [place for place, level in levels.items() if level == 2]
        is_numbered = self._style(first) == _UNSTYLED and all(self._ranks.get(place, 9) <= DECIMAL for place in under)
        if not (counts[3] or is_numbered):
            return levels
        return {place: level - 1 for place, level in levels.items()}


def _repaired(levels: dict[int, int]) -> dict[int, int]:
    """No level is skipped: what stands before the first chapter is a chapter, and below one the highest are sections."""
    repaired: dict[int, int] = {}
    highest = CHAPTER
    below: list[int] = []

    def close() -> None:
        lift = min((levels[place] for place in below), default=highest) - highest
        repaired.update({place: levels[place] - lift for place in below})
        below.clear()

    for place, level in sorted(levels.items()):
        if level <= CHAPTER:
            close()
            repaired[place] = level
            highest = SECTION if level == CHAPTER else highest
        else:
            below.append(place)
    close()
    return repaired

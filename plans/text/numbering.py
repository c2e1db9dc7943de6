"""Numbers of chapters and sections. Pure: no Django."""

from collections.abc import Iterable, Iterator


def numbered(sections_per_chapter: Iterable[int]) -> Iterator[tuple[str, list[str]]]:
    """For each chapter its number and those of its sections: [2, 1] → ("1", ["1.1", "1.2"]), ("2", ["2.1"])."""
    for chapter, count in enumerate(sections_per_chapter, start=1):
        yield str(chapter), [f"{chapter}.{position}" for position in range(1, count + 1)]

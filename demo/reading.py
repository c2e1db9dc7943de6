"""Reads the demo's texts: TOML files and Markdown articles under demo/content/."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CONTENT = Path(__file__).resolve().parent / "content"
CITIES = ("defnekent", "yildizova")


def read_toml(name: str) -> dict[str, Any]:
    """One file below demo/content/, as a dictionary."""
    return tomllib.loads((CONTENT / name).read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Article:
    """One article's facts (the front matter between `+++` lines) and its Markdown."""

    facts: dict[str, Any]
    body: str


def read_articles() -> list[Article]:
    """Every article, in the order of publication."""
    found = []
    for path in sorted((CONTENT / "articles").glob("*.md")):
        _before, facts, body = path.read_text(encoding="utf-8").split("+++\n", 2)
        found.append(Article(facts=tomllib.loads(facts), body=body.strip()))
    return sorted(found, key=lambda article: article.facts["published_on"])

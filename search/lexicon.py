"""The words of lexicon.toml, read once."""

import tomllib
from pathlib import Path

_TABLES = tomllib.loads(Path(__file__).with_name("lexicon.toml").read_text(encoding="utf-8"))

FIXED: frozenset[str] = frozenset(_TABLES["fixed"].split())
# Spellings of a root as they stand before an ending → the root: {"şehir": "şehir", "şehr": "şehir"}.
ROOTS: dict[str, str] = {
    spelling: entry.split("/")[0] for entry in _TABLES["roots"].split() for spelling in entry.split("/")
}

"""What the words of a heading and of the lines below it say: the kind of section, its code, its fields."""

from __future__ import annotations

import re

_CODE = r"A?\d{1,3}(?:\.\d{1,3}){0,3}(?!\.?\d)"  # fits SectionText.code
_KINDS = (
    # "Amaç ve kapsam" is a heading like any other: a goal has a code or a colon.
    ("goal", re.compile(rf"^Amaç(?:\s*:|\s+({_CODE})\s*(?:[:.–—-]|(?=\s)))\s*", re.IGNORECASE)),
    ("objective", re.compile(rf"^Hedef(?:\s*:|\s+({_CODE})\s*[:.–—-])\s*", re.IGNORECASE)),
    ("commitment", re.compile(r"^İzlenen taahhüt\s*:\s*", re.IGNORECASE)),
    ("activity", re.compile(r"^İzleme faaliyeti\s*:\s*", re.IGNORECASE)),
)
FIELD_WORDS = {
    "Sorumlu": "responsible",
    "Ortaklar": "partners",
    "Tarih": "date",
    "Kaynak": "source",
    "Yöntem": "method",
    "Durum": "status",
}
KIND_FIELDS = {
    "objective": {"responsible", "date"},
    "commitment": {"responsible", "source", "date", "status"},
    "activity": {"responsible", "partners", "method", "date"},
}
_FIELD = re.compile(rf"^({'|'.join(FIELD_WORDS)})\s*:\s*(\S.*)$")
LONGEST_FIELD = 250


def field_of(kind: str, line: str) -> tuple[str, str] | None:
    """("responsible", "…") for a paragraph "Sorumlu: …" that the kind of section has a field for, else None."""
    match = _FIELD.match(line)
    if match is None:
        return None
    name = FIELD_WORDS[match.group(1)]
    fits = name in KIND_FIELDS.get(kind, ()) and len(match.group(2)) <= LONGEST_FIELD
    return (name, match.group(2).strip()) if fits else None


def kind_of(heading: str) -> tuple[str, str, str]:
    """(kind, code, heading without the words that told the kind)."""
    for kind, pattern in _KINDS:
        match = pattern.match(heading)
        if match and heading[match.end() :].strip():
            code = match.group(1) or "" if pattern.groups else ""
            return kind, code, heading[match.end() :].strip()
    return "text", "", heading

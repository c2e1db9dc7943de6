"""Turkish is complete: every text of the interface is translated, with the same placeholders."""

import re
from pathlib import Path

import polib
import pytest
from django.conf import settings

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")


@pytest.fixture(scope="module")
def turkish() -> polib.POFile:
    return polib.pofile(str(Path(settings.LOCALE_PATHS[0]) / "tr" / "LC_MESSAGES" / "django.po"))


def test_every_text_is_translated(turkish):
    missing = [entry.msgid for entry in turkish if not entry.obsolete and not entry.translated()]
    assert missing == []


def test_translations_keep_the_placeholders(turkish):
    for entry in turkish:
        translations = list(entry.msgstr_plural.values()) or [entry.msgstr]
        wanted = set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        for translation in translations:
            assert set(PLACEHOLDER.findall(translation)) == wanted, entry.msgid


def test_no_suffix_is_glued_to_a_placeholder(turkish):
    """Vowel harmony breaks it: Trabzon'da, İzmir'de, Gaziantep'te."""
    glued = re.compile(r"(%\(\w+\)s|\{\w+\})['’]")
    assert [entry.msgid for entry in turkish if glued.search(entry.msgstr)] == []

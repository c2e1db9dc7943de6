"""The component `badge` says what the models' choices say, in both languages; every icon that is named is drawn."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import strip_tags

from forum.models import Post
from knowledge.models import ArticlePage
from members.models import OrganisationKind, Role
from plans.models import Anchor, Answer, SectionText

CHOICES = {
    "kind": [choice for choice in SectionText.Kind if choice != SectionText.Kind.CHAPTER],
    "verdict": Anchor.Verdict,
    "answer": Answer.Decision,
    "role": Role,
    "org": OrganisationKind,
    "status": [choice for choice in Post.Status if choice != Post.Status.PUBLISHED],
    "hit": ArticlePage.Kind,
}
BADGES = [(family, choice) for family, choices in CHOICES.items() for choice in choices]


@pytest.mark.parametrize("language", ["tr", "en"])
@pytest.mark.parametrize(("family", "choice"), BADGES, ids=lambda value: str(getattr(value, "value", value)))
def test_a_badge_says_what_the_choice_is_called(family, choice, language):
    with translation.override(language):
        badge = render_to_string("components/badge.html", {"family": family, "value": choice.value})
        assert strip_tags(badge).strip() == str(choice.label)


NAMED_ICON = re.compile(r'icon\.html" with name="([^"]*[^-"])"|icon="([\w-]+)"|"icon": "([\w-]+)"')


def _named_icons() -> set[str]:
    root = Path(settings.BASE_DIR)
    python = [path for app in ("forum", "plans", "knowledge", "members") for path in (root / app).rglob("*.py")]
    templates = [path for path in (root / "templates").rglob("*.html") if "admin" not in path.parts]
    sources = (path.read_text(encoding="utf-8") for path in [*python, *templates])
    return {name for source in sources for match in NAMED_ICON.findall(source) for name in match if name}


def test_every_icon_that_is_named_is_drawn():
    drawn = set(re.findall(r'<symbol id="([^"]+)"', (Path(settings.BASE_DIR) / "static/img/icons.svg").read_text()))
    named = _named_icons()
    assert len(named) > 20
    families = {f"{family}-{choice.value}" for family, choice in BADGES}
    assert (named | families) - drawn == set()


@pytest.mark.parametrize("component", ["post", "comment"])
def test_numbers_beyond_a_thousand_stay_plain_in_anchors_and_addresses(component):
    """Turkish writes 12.345; an element's id and an address do not."""
    post = Post(pk=12_345, user_name="Deniz", body_html="Söz")
    shown = render_to_string(f"components/{component}.html", {"post": post, "comment": {"post": post}})
    assert 'id="p12345"' in shown
    assert "12.345" not in shown

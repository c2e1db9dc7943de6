"""The component `badge` says what the models' choices say, in both languages."""

import pytest
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

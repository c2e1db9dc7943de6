"""Proposals that an editor took into the draft, and that a text would not have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from forum.models import Post
from plans.anchors import Placement
from plans.text.differences import compare_words, shortened
from plans.text.sentences import whole_sentences


def lacking_words(
    placements: Iterable[Placement], texts: Mapping[str, str], names: Mapping[str, str]
) -> list[dict[str, Any]]:
    """`[{post, name, proposed, text}]` of the merged suggestions whose words the texts (by section key) lack, and did not
    lack before: the section's name, of `names`; what was proposed, as a difference; and what would stand there, "" where
    the section would be gone."""
    return [_lacking(one, texts, names) for one in placements if one.lacks_merged_words]


def _lacking(placement: Placement, texts: Mapping[str, str], names: Mapping[str, str]) -> dict[str, Any]:
    post: Post = placement.quote.post
    return {
        "post": post,
        "name": names.get(placement.relocation.section or placement.quote.section.key, ""),
        "proposed": shortened(compare_words(placement.quote.exact, post.suggestion.words)),
        "text": _text_at(placement, texts),
    }


def _text_at(placement: Placement, texts: Mapping[str, str]) -> str:
    """The sentences where the quote would stand; without a place there, its section's."""
    found = placement.relocation
    text = texts.get(found.section or placement.quote.section.key, "")
    if found.section is None:
        return text
    first, last = whole_sentences(text, found.start or 0, found.end or 0)
    return text[first:last]

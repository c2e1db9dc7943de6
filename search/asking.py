"""What the address of the search page asks for: words (q) and narrowings (search/filters.py)."""

from django.http import QueryDict

from search import registry
from search.engines.base import Query
from search.filters import chosen
from search.language import understand

WORDS = "q"
LONGEST_QUERY = 300


def typed_words(parameters: QueryDict) -> str:
    return parameters.get(WORDS, "").strip()[:LONGEST_QUERY]


def read_query(parameters: QueryDict) -> Query:
    """Words and narrowings, those that were typed among them; nothing of order and pages. No address is an error."""
    asked = understand(typed_words(parameters), registry.values_of)
    return Query(
        text=asked.text,
        phrases=asked.phrases,
        without=asked.without,
        only={**asked.only, **chosen(parameters)},
        since=asked.since,
        until=asked.until,
    )


def all_words(query: Query) -> str:
    """The words that are looked for, those of phrases among them."""
    return " ".join([query.text, *query.phrases]).strip()

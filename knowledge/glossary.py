"""The glossary as a list by letters."""

from collections.abc import Iterable
from itertools import groupby

from django.utils.translation import get_language

from common.text import turkish_sort_key, turkish_upper
from knowledge.models import Term

Presented = dict[str, str]


def present_term(term: Term) -> Presented:
    """The `term` component's parameters; a Turkish reader also sees the English word."""
    english = term.term_en if get_language() == "tr" else ""
    return {"term": term.term, "term_en": english, "meaning": term.meaning, "url": term.get_absolute_url()}


def letters_of(terms: Iterable[Term]) -> list[tuple[str, list[Presented]]]:
    """`[(letter, terms)]` in the order of the reader's alphabet: Ç, Ğ, I, İ, Ö, Ş and Ü are letters of their own."""
    turkish = get_language() == "tr"
    sort_key, upper = (turkish_sort_key, turkish_upper) if turkish else (str.casefold, str.upper)
    shown = sorted((present_term(term) for term in terms), key=lambda term: sort_key(term["term"]))
    return [(letter, list(group)) for letter, group in groupby(shown, key=lambda term: upper(term["term"][:1]))]

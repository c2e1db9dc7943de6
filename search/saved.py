"""Saving a search, and being told of what it finds from then on."""

from __future__ import annotations

from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import QueryDict

from members.models import User
from search.asking import WORDS, read_query, typed_words
from search.engines.base import Query
from search.filters import PARAMETERS, value_of
from search.models import SavedSearch
from search.permissions import can_remove_saved_search, can_save_search
from search.turkish import tokens

MOST_SAVED = 20  # of one person
_SALT = "search.saved"  # of the addresses that stop a search's mails


class SavingError(ValueError):
    """The search is not saved."""


class NothingAskedError(SavingError):
    """It has neither a word nor a narrowing."""


class TooManySavedError(SavingError):
    """The person has saved MOST_SAVED others."""


def address_of(parameters: QueryDict) -> str:
    """What an address of the search page asks, in one order, without order and page: "q=durak&kent=izmir"."""
    asked = QueryDict(mutable=True)
    asked.update({WORDS: typed_words(parameters), **{name: value_of(parameters, name) for name in PARAMETERS}})
    for name in [name for name, value in asked.items() if not value]:
        del asked[name]
    return asked.urlencode()


def asks_something(query: Query) -> bool:
    """Whether a query has words, or narrowings without any; signs alone are no words."""
    words = tokens(" ".join([query.text, *query.phrases]))
    return bool(words) or (not query.text and bool(query.only or query.since or query.until))


@transaction.atomic
def save_search(*, by: User, parameters: QueryDict) -> SavedSearch:
    """From now on the person is told of what is new to this search. Saved twice, it changes nothing. Raises PermissionDenied,
    or SavingError."""
    if not can_save_search(by):
        raise PermissionDenied
    User.objects.select_for_update().get(pk=by.pk)  # two at once would count the same
    address = address_of(parameters)
    saved = by.saved_searches.filter(address=address).first()
    if saved is not None:
        return saved
    if not asks_something(read_query(QueryDict(address))):
        raise NothingAskedError
    if by.saved_searches.count() >= MOST_SAVED:
        raise TooManySavedError
    return SavedSearch.objects.create(user=by, address=address)


@transaction.atomic
def remove_saved_search(*, by: User, saved: SavedSearch) -> None:
    """Raises PermissionDenied."""
    if not can_remove_saved_search(by, saved):
        raise PermissionDenied
    saved.delete()


@transaction.atomic
def stop_saved_search(token: str) -> None:
    """Remove the search that the token of a mail is for; whoever has the mail may. Gone already, nothing changes. Raises
    signing.BadSignature."""
    SavedSearch.objects.filter(pk=_read_token(token)).delete()


def is_still_saved(token: str) -> bool:
    """Raises signing.BadSignature."""
    return SavedSearch.objects.filter(pk=_read_token(token)).exists()


def token_of(saved: SavedSearch) -> str:
    return signing.Signer(salt=_SALT).sign(str(saved.pk))


def _read_token(token: str) -> int:
    return int(signing.Signer(salt=_SALT).unsign(token))

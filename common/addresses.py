"""Keys of rows in addresses; where a form may lead; and addresses of one list in its pages and filters: everything that is
chosen stays in them."""

from django.core.paginator import Page
from django.http import HttpRequest, QueryDict
from django.urls.converters import IntConverter
from django.utils.http import url_has_allowed_host_and_scheme

PAGE = "sayfa"
AFTER = "devam"  # of lists whose pages begin behind an entry
LONGEST_KEY = 18  # digits; the databases have no greater ones


class KeyConverter(IntConverter):
    """`<key:pk>` in an address: a number that can be a row's key. What is greater is not found, and no database asked."""

    regex = f"[0-9]{{1,{LONGEST_KEY}}}"


def read_key(value: str) -> int | None:
    """A row's key from an address's parameter or a form, None where it is none."""
    return int(value) if value.isdecimal() and value.isascii() and len(value) <= LONGEST_KEY else None


def safe_address(request: HttpRequest, asked: str, default: str) -> str:
    """Where a form asks to return to, if that is on this site."""
    is_safe = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if is_safe else default


def address_with(parameters: QueryDict, name: str, value: str) -> str:
    """The first page of the list with one parameter changed, or left out where `value` is empty: "?tur=guide"."""
    changed = parameters.copy()
    for left_out in (PAGE, AFTER, name):
        changed.pop(left_out, None)
    if value:
        changed[name] = value
    return f"?{changed.urlencode()}"


def page_addresses(page: Page, parameters: QueryDict) -> dict[str, str]:
    """The component `pagination`'s `previous_url` and `next_url`; empty where there is none."""
    return {
        "previous_url": _of_page(parameters, page.previous_page_number()) if page.has_previous() else "",
        "next_url": _of_page(parameters, page.next_page_number()) if page.has_next() else "",
    }


def _of_page(parameters: QueryDict, number: int) -> str:
    changed = parameters.copy()
    changed[PAGE] = str(number)
    return f"?{changed.urlencode()}"

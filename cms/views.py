"""Serving the pages that are kept in Wagtail."""

from django.http import HttpRequest, HttpResponse
from wagtail import views
from wagtail.models import Site


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """Wagtail's view. It reads the home page whichever page is asked for, to begin there; here without a query, since the
    site's has most of it."""
    if site := Site.find_for_request(request):
        site.root_page.specific = site.root_page.specific_deferred
    return views.serve(request, path)

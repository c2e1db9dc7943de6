"""Health check and error pages."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from common.typed import typed_words


def healthz(request: HttpRequest) -> HttpResponse:
    """200 and `{"status": "ok"}` when the database answers; an exception, and so 500, when it does not."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """With the reason, where the view gave one, and what was typed."""
    return render(request, "403.html", {"reason": str(exception), "typed": typed_words(request)}, status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """An expired form: the page says so and gives back what was typed."""
    return render(request, "403.html", {"expired_form": True, "typed": typed_words(request)}, status=403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", {"typed": typed_words(request)}, status=404)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What was typed cannot be given back: a body that is too large is not read. The browser's way back has it."""
    return render(request, "400.html", status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "500.html", status=500)

"""Search from the command line, as a visitor would."""

import json
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from search.engines.base import EngineError, Query
from search.queries import Found, find


class Command(BaseCommand):
    help = "Searches what a visitor may see. With --json: a list of {kind, id, title, url, score}, best first."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("query")
        parser.add_argument("--json", action="store_true", help="print JSON")
        parser.add_argument("--limit", type=int, default=20)
        parser.add_argument("--kind", action="append", default=[], help="only this kind; may be repeated")
        parser.add_argument("--city", action="append", default=[], help="only this city (slug); may be repeated")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with translation.override(settings.LANGUAGE_CODE):
                only = {"kind": options["kind"], "city": options["city"]}
                query = Query(options["query"], only=only, limit=options["limit"])
                rows = [_row(hit) for hit in find(AnonymousUser(), query).found]
        except EngineError as error:
            raise CommandError(f"search does not answer: {error}") from error
        if options["json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))
            return
        for row in rows:
            self.stdout.write(f"{row['score']:8.3f}  {row['kind']:<11} {row['title']}  {row['url']}")


def _row(hit: Found) -> dict[str, Any]:
    return {
        "kind": hit.source.kind,
        "id": hit.obj.pk,
        "title": hit.title,
        "url": hit.url,
        "score": round(hit.score, 4),
    }

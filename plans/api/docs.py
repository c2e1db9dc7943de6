"""The page about the open interface, made from its own description (OpenAPI), so that it never says anything else."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from plans.api.endpoints import api

_PAGING = {"cursor", "page_size"}  # every list has them: said once


@cache
def _schema() -> dict[str, Any]:
    return api.get_openapi_schema()


def _model(schema: dict[str, Any]) -> str:
    """The name of the model in a schema, through lists and “or null”; "" where there is none."""
    if "$ref" in schema:
        return schema["$ref"].rpartition("/")[2]
    nested = [*schema.get("anyOf", []), *([schema["items"]] if "items" in schema else [])]
    return next((name for part in nested if (name := _model(part))), "")


def _kind(schema: dict[str, Any]) -> str:
    """What stands there: "text", "whole number / null", "list"."""
    names = {
        "string": _("text"),
        "integer": _("whole number"),
        "number": _("decimal number"),
        "boolean": _("true or false"),
        "array": _("list"),
        "null": "null",
    }
    if schema.get("format") == "date-time":
        return _("moment")
    if "anyOf" in schema:
        return " / ".join(_kind(part) for part in schema["anyOf"])
    if "enum" in schema:
        return ", ".join(schema["enum"])
    if "$ref" in schema:
        return _kind(_schema()["components"]["schemas"][_model(schema)])
    return names.get(schema.get("type", ""), _("object"))


def _fields(name: str) -> list[dict[str, Any]]:
    """A model's fields, those of the models in it indented."""
    rows = []
    for field, schema in _schema()["components"]["schemas"][name].get("properties", {}).items():
        inner = _model(schema)
        is_object = inner and "properties" in _schema()["components"]["schemas"][inner]
        about = _(schema["description"]) if schema.get("description") else ""
        rows.append(
            {"name": field, "kind": _kind(schema), "about": about, "fields": _fields(inner) if is_object else []}
        )
    return rows


def _operation(path: str, operation: dict[str, Any]) -> dict[str, Any]:
    parameters = [parameter for parameter in operation.get("parameters", []) if parameter["in"] == "query"]
    answer = operation["responses"][200]["content"]["application/json"]["schema"]
    model = _model(answer)
    page = _schema()["components"]["schemas"][model].get("properties", {})
    is_list = "results" in page
    return {
        "path": path,
        "title": _(operation["summary"]),
        "is_list": is_list,
        "model": _model(page["results"]) if is_list else model,
        "parameters": [
            {
                "name": parameter["name"],
                "kind": _kind(parameter["schema"]),
                "about": _(parameter["description"]),
            }
            for parameter in parameters
            if parameter["name"] not in _PAGING
        ],
    }


def _operations() -> list[dict[str, Any]]:
    """The operations in order. What is answered is told once, by `fields`; later operations have the first as `same_as`."""
    first: dict[str, dict[str, Any]] = {}
    operations = [_operation(path, methods["get"]) for path, methods in _schema()["paths"].items()]
    for number, operation in enumerate(operations, start=1):
        operation["anchor"] = f"api-{number}"
        same_as = first.setdefault(operation["model"], operation)
        operation |= {"same_as": same_as} if same_as is not operation else {"fields": _fields(operation["model"])}
    return operations


def about_api(request: HttpRequest) -> HttpResponse:
    context = {
        "operations": _operations(),
        "description": _(api.description),
        "base": settings.BASE_URL + reverse("api:about"),
        "openapi_url": reverse("api:openapi"),
        "licence": settings.CONTENT_LICENCE,
        "licence_url": settings.CONTENT_LICENCE_URL,
        "rate": settings.RATE_LIMITS["api"].partition("/")[0],
    }
    return render(request, "plans/api.html", context)

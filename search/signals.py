"""Every registered model tells the outbox when one of its rows is saved or deleted. Bulk writes call `enqueue` themselves."""

from typing import Any

from django.db import models
from django.db.models.signals import post_delete, post_save

from search.indexing import enqueue
from search.registry import sources


def note_change(sender: type[models.Model], instance: models.Model, raw: bool = False, **kwargs: Any) -> None:
    for source in () if raw else sources():
        if isinstance(instance, source.model):
            enqueue(source.kind, [instance.pk])


def connect() -> None:
    """Called once, when all apps have registered their sources."""
    post_save.connect(note_change, dispatch_uid="search")
    post_delete.connect(note_change, dispatch_uid="search")

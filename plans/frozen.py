"""Rows that are written once and never changed."""

from typing import Any

from django.db import models


class FrozenRowError(RuntimeError):
    """A row that never changes was to be saved again."""


class FrozenModel(models.Model):
    """A model whose rows can be added, not changed."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Adds the row. Raises FrozenRowError where it is in the database already."""
        if not self._state.adding:
            raise FrozenRowError(f"{self._meta.label} {self.pk} never changes")
        # A new instance with an old row's id would otherwise overwrite that row.
        super().save(*args, **{**kwargs, "force_insert": True})

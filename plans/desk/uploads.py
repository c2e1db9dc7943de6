"""Uploaded Word files that wait for a question to be answered: kept for their uploader's session, a day at most.

They lie in a store of their own (`STORAGES["uploads"]`), which nobody can read from outside.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import IO, Any
from uuid import uuid4

from django.contrib.sessions.backends.base import SessionBase
from django.core.files import File
from django.core.files.storage import Storage, storages
from django.utils import timezone

KEPT = "plans.desk.uploads"  # of the session: token → what the file is for
_FOLDER = "word"
_LONGEST = timedelta(days=1)
_MOST = 5  # of one session
_log = logging.getLogger(__name__)


class UploadGoneError(LookupError):
    """The file is not kept any more, or was uploaded by somebody else or for something else."""


def _store() -> Storage:
    return storages["uploads"]


def _name(token: str) -> str:
    return f"{_FOLDER}/{token}.docx"


def keep_upload(session: SessionBase, file: IO[bytes], purpose: str) -> str:
    """A token with which the same session opens the file again for the same purpose."""
    _sweep()
    file.seek(0)
    token = uuid4().hex
    _store().save(_name(token), File(file))
    kept: dict[str, Any] = session.get(KEPT, {})
    for oldest in list(kept)[: max(len(kept) - _MOST + 1, 0)]:
        _store().delete(_name(oldest))
        del kept[oldest]
    session[KEPT] = {**kept, token: purpose}
    return token


@contextmanager
def open_upload(session: SessionBase, token: str, purpose: str) -> Iterator[IO[bytes]]:
    """The kept file. Raises UploadGoneError."""
    if session.get(KEPT, {}).get(token) != purpose:
        raise UploadGoneError
    try:
        file = _store().open(_name(token))
    except FileNotFoundError as error:
        raise UploadGoneError from error
    with file:
        yield file


def forget_upload(session: SessionBase, token: str) -> None:
    session[KEPT] = {other: purpose for other, purpose in session.get(KEPT, {}).items() if other != token}
    _store().delete(_name(token))


def _sweep() -> None:
    """Delete what nobody came back for."""
    store = _store()
    with suppress(FileNotFoundError):
        for name in store.listdir(_FOLDER)[1]:
            path = f"{_FOLDER}/{name}"
            if store.get_modified_time(path) < timezone.now() - _LONGEST:
                store.delete(path)
                _log.info("the upload %s was not used within a day and is deleted", name)

"""Files that take long to make are made once and kept, named after what they hold: a version never changes, its discussion
does.

They lie beside the database in VAR_DIR, not among the uploads that everybody can fetch: who may have a file is asked each
time. They can be deleted at any moment.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from django.conf import settings

_making = threading.Lock()  # one at a time: setting a long plan keeps a processor busy


def fingerprint(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:24]


def kept(name: str, mark: str, suffix: str, make: Callable[[], bytes]) -> bytes:
    """The file `name` in the state `mark`, a fingerprint of all that is in it. It is made if it is not there yet; its older
    states go."""
    path = _folder() / f"{name}-{mark}{suffix}"
    if (found := _read(path)) is not None:
        return found
    with _making:
        if (found := _read(path)) is not None:
            return found
        made = make()
        _write(path, made)
    for older in _states(name, suffix):
        if older != path:
            older.unlink(missing_ok=True)
    return made


def kept_size(name: str, suffix: str) -> int | None:
    """Bytes of the newest state of a file; None while none was made."""
    sizes = []
    for path in _states(name, suffix):
        with suppress(FileNotFoundError):  # an older state may go at this moment
            sizes.append(path.stat().st_size)
    return max(sizes, default=None)


def _folder() -> Path:
    return settings.EXPORTS_ROOT


def _states(name: str, suffix: str) -> list[Path]:
    return [path for path in _folder().glob(f"{name}-*{suffix}") if path.stem.rpartition("-")[0] == name]


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all, whoever reads or writes beside it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    Path(draft).replace(path)

"""Files that are written completely or not at all: as a draft, which is renamed."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path
from tempfile import mkstemp

OLD = 3600.0  # seconds; the process that wrote an older draft is assumed to be dead


def replace_file(path: Path, content: bytes, *, is_new: bool = False) -> None:
    """Write a file completely or not at all. Only its owner can read it.

    If a process dies, it leaves a draft. The next draft of the same file replaces it, after an hour
    at the earliest.

    Raises FileExistsError if `is_new` is true and the file exists.
    """
    descriptor, draft = _open_draft(path)
    try:
        with open(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(descriptor)
        if is_new:
            _rename_new(draft, path)
        else:
            os.replace(draft, path)
    except BaseException:
        os.unlink(draft)
        raise


def sweep_drafts(path: Path) -> None:
    """Remove the drafts of all files whose names begin with the name of `path`.

    No other process may be writing these files.
    """
    beginning = _name_drafts(path).removesuffix(".")
    for name in os.listdir(path.parent):
        if name.startswith(beginning) and name.endswith(".part"):
            (path.parent / name).unlink(missing_ok=True)


def _open_draft(path: Path) -> tuple[int, str]:
    """Open a draft in the folder of a file. A draft that is older than `OLD` is replaced."""
    draft = path.parent / f"{_name_drafts(path)}part"
    for _ in range(2):
        try:
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            return descriptor, str(draft)
        except FileExistsError:
            with suppress(FileNotFoundError):
                age = time.time() - draft.lstat().st_mtime
                if age < OLD:
                    break  # another process may be writing it
                draft.unlink()
    return mkstemp(dir=path.parent, prefix=_name_drafts(path), suffix=".part")


def _rename_new(draft: str, path: Path) -> None:
    """Rename a draft. Raises FileExistsError if there is a file with the new name."""
    try:
        os.link(draft, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links; only the sink's lock prevents a race here
        if path.exists():
            raise FileExistsError(f"there is a file {path}") from None
        os.replace(draft, path)
    else:
        os.unlink(draft)


def _name_drafts(path: Path) -> str:
    return f".{path.name[:50]}."

"""Locks of files and folders between processes. A process that dies loses its locks."""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path
from typing import Any
from weakref import finalize

from ..errors import StorageError

FAR_AWAY = 1 << 40  # a byte after the end of any file: on Windows, locked bytes cannot be read


class FileLock:
    """A lock of a file or folder, until `release` is called or the object is deleted.

    Raises StorageError if another process has the lock, and OSError if the file cannot be opened
    or locked.
    """

    def __init__(self, path: Path) -> None:
        descriptor = _open(path)
        try:
            _take(descriptor, path)
        except BaseException:
            os.close(descriptor)
            raise
        self._end = finalize(self, os.close, descriptor)

    def release(self) -> None:
        """Release the lock. A second call does nothing."""
        self._end()


def _open(path: Path) -> int:
    if path.is_dir() and os.name == "nt":
        path = path / ".lock"
    if path.exists() and not path.is_file() and not path.is_dir():
        raise StorageError(
            f"{path} is neither a file nor a folder, and was not changed: choose another name"
        )
    if path.is_dir():
        return os.open(path, os.O_RDONLY)
    return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)


def _take(descriptor: int, path: Path) -> None:
    try:
        if os.name == "nt":
            windows: Any = import_module("msvcrt")
            os.lseek(descriptor, FAR_AWAY, os.SEEK_SET)
            windows.locking(descriptor, windows.LK_NBLCK, 1)
        else:
            unix: Any = import_module("fcntl")
            unix.flock(descriptor, unix.LOCK_EX | unix.LOCK_NB)
    except (BlockingIOError, PermissionError):
        raise StorageError(
            f"{path} is being written by another pull: wait until it ends, or choose another name"
        ) from None

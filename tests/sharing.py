"""Things that take long to make, made once for all processes of a run of tests."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest


def make_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Return the folder `name`, which the first process fills with `make` while the others wait.

    Its users must not change it. If `make` fails, the next process tries again.
    """
    shared = find_folder_of_all(factory)
    folder = shared / name
    done = shared / f"{name}.done"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
            make(folder)
            done.touch()
    return folder


def find_folder_of_all(factory: pytest.TempPathFactory) -> Path:
    """Return the temporary folder of this run, in which pytest-xdist has one for each process."""
    own = factory.getbasetemp()
    return own.parent if own.name.startswith("popen-gw") else own

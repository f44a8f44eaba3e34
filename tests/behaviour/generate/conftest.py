from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.behaviour.generate.workspace import ROOT, Workspace
from tests.sharing import make_once


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    copy_sources(tmp_path)
    return Workspace(tmp_path)


@pytest.fixture
def generated(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Copy a workspace that has been generated; generating runs once for all processes."""
    made = make_once(tmp_path_factory, "generated-amazon", generate_all)
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return Workspace(tmp_path)


def copy_sources(root: Path) -> None:
    for folder in ("tools", "templates", "specs/amazon"):
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__"))


def generate_all(root: Path) -> None:
    copy_sources(root)
    done = Workspace(root).run(seed="1")
    assert done.returncode == 0, done.stderr

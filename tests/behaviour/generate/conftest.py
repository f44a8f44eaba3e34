from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.behaviour.generate.workspace import ROOT, Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    for folder in ("tools", "templates", "specs/amazon"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    return Workspace(tmp_path)

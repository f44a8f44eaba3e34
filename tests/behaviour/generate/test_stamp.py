"""Formatting depends on nothing but the files themselves."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from counterfoil_tools.generate.stamp import stamp

FILES = {"generated/parcels/src/parcels/models.py": "import os\nimport sys\nprint( sys.path )\n"}


@pytest.mark.parametrize("place", ["tmp", ".nox/tmp", "build/tmp"])
def test_output_is_formatted_wherever_temporary_files_lie(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".gitignore").write_text("*\n")
    (tmp_path / place).mkdir(parents=True)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / place))

    [text] = stamp({"parcels": FILES}).values()

    assert text.endswith("import sys\n\nprint(sys.path)\n")

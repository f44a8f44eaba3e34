"""mypy --strict and pyright accept right user code, and report exactly the wrong lines."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
RIGHT = sorted(HERE.glob("right_*.py"))
WRONG = HERE / "wrong.py"


def mypy(*files: Path, folder: Path = HERE) -> dict[int, str]:
    """Return mypy's errors by line."""
    words = [
        "--strict",
        "--no-incremental",
        "--no-error-summary",
        "--config-file",
        "",
        *map(str, files),
    ]
    done = subprocess.run(
        [sys.executable, "-m", "mypy", *words], capture_output=True, text=True, cwd=folder
    )
    found = re.findall(r":(\d+): error: (.*)", done.stdout)
    assert found or done.returncode == 0, done.stdout + done.stderr
    return {int(line): text for line, text in found}


def pyright(*files: Path, folder: Path = HERE) -> dict[int, str]:
    """Return pyright's errors by line; line numbers count from 1."""
    words = ["--outputjson", "--pythonpath", sys.executable, *map(str, files)]
    done = subprocess.run(
        [sys.executable, "-m", "pyright", *words], capture_output=True, text=True, cwd=folder
    )
    found = json.loads(done.stdout[done.stdout.index("{") :])["generalDiagnostics"]
    return {
        one["range"]["start"]["line"] + 1: one["message"]
        for one in found
        if one["severity"] == "error"
    }


CHECKERS = pytest.mark.parametrize("checker", [mypy, pyright])


@CHECKERS
def test_right_code_passes(checker) -> None:
    assert checker(*RIGHT) == {}


@CHECKERS
def test_every_wrong_line_is_found_and_no_other(checker) -> None:
    wrong = {
        number
        for number, line in enumerate(WRONG.read_text().splitlines(), 1)
        if "  # wrong: " in line
    }

    assert set(checker(WRONG)) == wrong

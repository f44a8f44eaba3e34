"""Code stays readable: the share of dense lines in each room only falls."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.meta.density import count_expressions, measure_density

ROOT = Path(__file__).parents[2]
NOT_OURS = {"__pycache__", ".nox", "node_modules", "build", "dist", "expected"}
# Percent of the lines of code. Lower a number when a room has become better, and never raise one:
# name a value, or split a statement. The goal is 1.0 for each package.
MOST = {
    "tools": 2.8,
    "runtime": 1.4,
    "overlay": 1.6,
    "sandbox": 2.2,
    "tests": 1.2,
    "benchmarks": 2.4,
}


@pytest.mark.parametrize("room", MOST)
def test_the_share_of_dense_lines_only_falls(room: str) -> None:
    paths = [path for path in (ROOT / room).rglob("*.py") if not NOT_OURS & set(path.parts)]

    assert measure_density(paths) <= MOST[room]


def test_expressions_count_on_the_line_on_which_they_begin() -> None:
    source = "one = [1, 2]\ntwo = print(\n    one,\n)\n"

    # Line 1: the target, the list and its two items. Line 2: the target, the call and its function.
    assert count_expressions(source) == {1: 4, 2: 3, 3: 1, 4: 0}


def test_docstrings_comments_blank_lines_and_parts_of_f_strings_do_not_count() -> None:
    source = '"""Doc,\n\ntwo lines."""\n\n# A comment.\nname = f"{1 + 2} and {one(two)}"\n'

    assert count_expressions(source) == {6: 2}


def test_a_file_with_one_dense_line_in_four_is_measured(tmp_path: Path) -> None:
    path = tmp_path / "code.py"
    path.write_text("a = 1\nb = 2\nc = 3\nd = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]\n")

    assert measure_density([path]) == 25.0

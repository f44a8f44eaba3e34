"""constraints.txt, which CI installs from, has a hash for each package and names no host."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "constraints.txt").read_text(encoding="utf-8")
PINS = re.split(r"\n(?=\S)", TEXT.strip())


def test_each_package_is_pinned_and_has_hashes() -> None:
    form = re.compile(r"[a-z0-9-]+==\S+( ; [^\\\n]+)?( \\\n    --hash=sha256:[0-9a-f]{64})+")

    assert len(PINS) > 100
    assert [pin for pin in PINS if not form.fullmatch(pin)] == []


def test_neither_an_index_nor_a_package_of_this_workspace_is_named() -> None:
    assert "://" not in TEXT
    assert "index" not in {word for line in TEXT.splitlines() for word in line.split("-")}
    assert [pin for pin in PINS if pin.startswith("counterfoil")] == []


def test_what_must_be_exact_is_pinned_as_the_tools_pin_it() -> None:
    pins = re.findall(
        r'"([a-z-]+==[^"]+)"', (ROOT / "tools/pyproject.toml").read_text(encoding="utf-8")
    )

    assert pins
    assert [pin for pin in pins if f"\n{pin} " not in f"\n{TEXT}"] == []

"""What docs/ refers to exists."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_test_that_the_checklist_names_exists() -> None:
    text = (ROOT / "docs/documented-limits.md").read_text()
    clients = ROOT / "tests/behaviour/clients"
    missing = [
        f"{module}: {name}"
        for module, names in re.findall(r"(test_\w+): ([a-z_0-9, ]+?)(?: \||;)", text)
        for name in names.split(", ")
        if (clients / f"{module}.py").is_file() and f"def test_{name}(" not in (clients / f"{module}.py").read_text()
    ]

    assert not missing
    assert len(re.findall(r"^\| (?!sentence)", text, re.MULTILINE)) > 80

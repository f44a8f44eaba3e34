"""The demo, as `nox -s demo` runs it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_the_demo_pulls_five_platforms_and_saves_a_pdf(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "100"}
    ran = subprocess.run([sys.executable, "-m", "docs.demo"], cwd=tmp_path, env=environment, capture_output=True, text=True)

    assert (ran.returncode, ran.stderr) == (0, "")
    first, second = ran.stdout.split("Second pull")
    for name in ("amazon", "flow", "open2b-admin", "open2b-storefront", "vtex"):
        assert re.search(rf"{name} +│ +[1-9]\d* │ +[1-9]\d* │", first), name
        assert re.search(rf"{name} +│ +\d+ │ +0 │ +0 │", second), name
    assert "expected" in second
    [pdf] = tmp_path.glob("demo-invoices/*.pdf")
    assert pdf.read_bytes().startswith(b"%PDF-")

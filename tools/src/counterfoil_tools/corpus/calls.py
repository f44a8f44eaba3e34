"""Call every operation of a generated package once, and keep the requests.

The requests are JSON lines beside the adopted spec, `requests.jsonl`, for a reader that is not ours
to check: `nox -s requests -- FOLDER`.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from .. import WORKSPACE
from ..openapi.ingest import ingest

CHILD = Path(__file__).with_name("call_child.py")
REQUESTS = "requests.jsonl"
DOCUMENT = "document.json"
LONGEST = 300  # seconds


def call_all(folder: Path, files: dict[str, str]) -> dict[str, Any]:
    """Return how many operations of a spec's package could be called, and why others could not."""
    document = ingest(folder)
    settings = document.package
    root = folder / DOCUMENT
    root.write_text(json.dumps(document.root, default=str), encoding="utf-8")
    with tempfile.TemporaryDirectory() as name:
        for path, text in files.items():
            if path.startswith("generated/"):
                target = Path(name) / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(text, encoding="utf-8")
        sources = [str(Path(name) / "generated" / settings.dist / "src")]
        if (WORKSPACE / "runtime/src").is_dir():
            sources.append(str(WORKSPACE / "runtime/src"))
        command = [sys.executable, "-B", str(CHILD), ":".join(sources)]
        command += [settings.import_name, settings.client, str(root)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=LONGEST, check=True)
    (folder / REQUESTS).write_text(done.stdout, encoding="utf-8")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    return {
        "called": sum("error" not in row for row in rows),
        "uncalled": Counter(row["error"] for row in rows if "error" in row),
    }


def report(found: dict[str, dict[str, Any]]) -> list[str]:
    """Return the sums, as lines."""
    called = [one for one in found.values() if "called" in one]
    if not called:
        return []
    lines = ["", f"{sum(one['called'] for one in called)} operations called once"]
    reasons: Counter[str] = Counter()
    for one in called:
        reasons.update(one["uncalled"])
    for reason, count in reasons.most_common():
        lines.append(f"  {count:6} not: {reason}")
    return lines

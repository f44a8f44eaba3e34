"""Call every operation of a generated package once, and keep the requests.

The requests are JSON lines beside the adopted spec, `requests.jsonl`, for a reader that is not ours
to check: `nox -s requests -- FOLDER`.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from ..openapi.ingest import read
from ..verify.calls import call_operations

REQUESTS = "requests.jsonl"
DOCUMENT = "document.json"


def call_all(folder: Path, files: dict[str, str]) -> dict[str, Any]:
    """Return how many operations of a spec's package could be called, and why others could not."""
    root = read(folder).root
    (folder / DOCUMENT).write_text(json.dumps(root, default=str), encoding="utf-8")
    with tempfile.TemporaryDirectory() as name:
        for path, text in files.items():
            if path.startswith("generated/"):
                target = Path(name) / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(text, encoding="utf-8")
        rows = call_operations(folder, Path(name))
    lines = [json.dumps(row) for row in rows]
    (folder / REQUESTS).write_text("\n".join(lines) + "\n", encoding="utf-8")
    losses = [lost for row in rows for lost in row.get("lost", [])]
    return {
        "called": sum("error" not in row for row in rows),
        "uncalled": Counter(row["error"] for row in rows if "error" in row),
        "losses": losses,
    }


def report(found: dict[str, dict[str, Any]]) -> list[str]:
    """Return the sums, as lines."""
    called = [one for one in found.values() if "called" in one]
    if not called:
        return []
    losses = [lost for one in called for lost in one["losses"]]
    lines = ["", f"{sum(one['called'] for one in called)} operations called once"]
    lines.append(f"{len(losses)} values lost by decoding")
    lines += [f"       {lost[:200]}" for lost in losses[:20]]
    reasons: Counter[str] = Counter()
    for one in called:
        reasons.update(one["uncalled"])
    for reason, count in reasons.most_common():
        lines.append(f"  {count:6} not: {reason}")
    return lines

"""Call every operation of a package once, in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .. import WORKSPACE
from ..openapi.ingest import read

CHILD = Path(__file__).with_name("call_child.py")
LONGEST = 300  # seconds


def call_operations(folder: Path, package: Path) -> list[dict[str, Any]]:
    """Return a row for each operation of a spec: its request, and `error` if the call failed.

    `package` is the folder with generated/. Nothing is sent: each call is answered with values made
    of the schema of its response. `lost` lists what of them is missing in the decoded value.
    """
    document = read(folder)
    settings = document.package
    sources = [str(package / "generated" / settings.dist / "src")]
    if (WORKSPACE / "runtime/src").is_dir():
        sources.append(str(WORKSPACE / "runtime/src"))
    with tempfile.TemporaryDirectory() as name:
        root = Path(name) / "document.json"
        root.write_text(json.dumps(document.root, default=str), encoding="utf-8")
        command = [sys.executable, "-B", str(CHILD), ":".join(sources)]
        command += [settings.import_name, settings.client, str(root)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=LONGEST, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def list_findings(rows: list[dict[str, Any]]) -> Iterator[str]:
    """Yield what went wrong in the calls, each with its operation."""
    for row in rows:
        if "error" in row:
            yield f"{row['operation']}: it cannot be called: {row['error']}"
        for lost in row.get("lost", []):
            yield f"{row['operation']}: {lost}"

"""openapi-python-client on one document, generated with its defaults, in a process of its own.

`python -m counterfoil_tools.corpus.peer FILE FOLDER` prints the figures as JSON.
"""

from __future__ import annotations

import datetime
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

PEER = "openapi-python-client"
LONGEST = 300  # seconds that a document may take
KIB_PER_MIB = 1024
IMPORT_ALL = """
import importlib, pkgutil, sys
sys.path.insert(0, sys.argv[1])
package = importlib.import_module(sys.argv[2])
for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
    importlib.import_module(module.name)
"""


def run(file: Path) -> dict[str, Any]:
    """Measure one document in a child process, whose memory is that of this document alone."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "counterfoil_tools.corpus.peer"]
        command += [str(file), str(Path(folder, "client"))]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def measure(file: Path, folder: Path) -> dict[str, Any]:
    """Generate a client into a folder and import it; return the figures."""
    command = [sys.executable, "-m", "openapi_python_client", "generate"]
    command += ["--path", str(file), "--output-path", str(folder)]
    begun = time.perf_counter()
    done = _run(command)
    seconds = round(time.perf_counter() - begun, 2)
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // KIB_PER_MIB
    found = {"seconds": seconds, "memory": memory, "operations": 0, "imports": False}
    clients = sorted(folder.glob("*/client.py"))
    if done is None or done.returncode or not clients:
        return {**found, "generated": False, "reason": _explain(done)}
    package = clients[0].parent
    imported = _run([sys.executable, "-c", IMPORT_ALL, str(folder), package.name])
    found["imports"] = imported is not None and imported.returncode == 0
    found["operations"] = _count_operations(package)
    reason = "" if found["imports"] else _explain(imported)
    return {**found, "generated": True, "reason": reason}


def _run(command: list[str]) -> subprocess.CompletedProcess[str] | None:
    """Run a command that finds the tools of this environment; return None if it takes too long."""
    paths = [str(Path(sys.executable).parent), os.environ.get("PATH", "")]
    environment = {**os.environ, "PATH": os.pathsep.join(paths)}
    try:
        return subprocess.run(
            command,
            env=environment,
            capture_output=True,
            text=True,
            timeout=LONGEST,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None


def _explain(done: subprocess.CompletedProcess[str] | None) -> str:
    """Return the last line that a failed command printed."""
    if done is None:
        return f"not done after {LONGEST} seconds"
    lines = (done.stderr.strip() or done.stdout.strip()).splitlines()
    return lines[-1].strip() if lines else "it printed nothing"


def _count_operations(package: Path) -> int:
    """Return the number of operations: each is a module below api/."""
    modules = (package / "api").rglob("*.py")
    return sum(1 for path in modules if path.name != "__init__.py")


def report(found: dict[str, dict[str, Any]]) -> list[str]:
    """Return a table of the documents that have figures of the peer, and the sums, as lines."""
    rows = {name: one for name, one in found.items() if "peer" in one}
    if not rows:
        return []
    today = datetime.datetime.now(tz=datetime.UTC).date()
    return [
        "",
        f"{PEER} {version(PEER)}, with its defaults, {today}:",
        "",
        "| document | operations | seconds | MiB | the peer's operations | seconds | MiB | note |",
        "|---|---|---|---|---|---|---|---|",
        *(_show_row(name, one) for name, one in rows.items()),
        "",
        *_sum_up(list(rows.values())),
    ]


def _show_row(name: str, one: dict[str, Any]) -> str:
    peer = one["peer"]
    ours: list[object] = ["none", "", ""]
    if one.get("generated"):
        ours = [one["kept"], _seconds(one), one["memory"]]
    theirs = [peer["operations"], peer["seconds"], peer["memory"]]
    note = _show_note(peer)
    cells = [name, *ours, *theirs, note]
    return f"| {' | '.join(map(str, cells))} |"


def _show_note(peer: dict[str, Any]) -> str:
    if peer["generated"] and peer["imports"]:
        return ""
    failure = "does not import" if peer["generated"] else "no package"
    return f"{failure}: {peer['reason']}".replace("|", "/")


def _seconds(one: dict[str, Any]) -> float:
    """Return the seconds of adopting and generating; the trial import is part of these."""
    return round(float(one["seconds"] + one["generate_seconds"]), 2)


def _sum_up(rows: list[dict[str, Any]]) -> list[str]:
    total = sum(one.get("total", 0) for one in rows)
    made = [one for one in rows if one.get("generated")]
    peers = [one["peer"] for one in rows]
    importable = [peer for peer in peers if peer["imports"]]
    kept = sum(one["kept"] for one in made)
    found = sum(peer["operations"] for peer in importable)
    return [
        f"ours: {len(made)} packages, all import, {kept} of {total} operations, "
        f"{sum(map(_seconds, made)):.1f} s, {max((one['memory'] for one in made), default=0)} MiB",
        f"the peer: {sum(peer['generated'] for peer in peers)} packages, {len(importable)} import, "
        f"{found} of {total} operations in these, {sum(peer['seconds'] for peer in peers):.1f} s, "
        f"{max(peer['memory'] for peer in peers)} MiB",
    ]


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]), Path(sys.argv[2]))))

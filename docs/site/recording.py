"""Record the demo as a terminal shows it, in the format asciicast 2 of asciinema."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
COLUMNS, ROWS = 100, 34
LONGEST_PAUSE = 1.5  # seconds; a longer wait is shortened


def record(target: Path) -> str:
    """Write the recording of a run of the demo, and return its text without colours.

    Raises RuntimeError with the last lines if the demo fails.
    """
    parent, child = pty.openpty()
    fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color"}
    environment |= {"COLUMNS": str(COLUMNS), "LINES": str(ROWS)}
    for name in ("CI", "NO_COLOR", "FORCE_COLOR"):
        environment.pop(name, None)
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen(
            [sys.executable, "-m", "docs.demo"],
            cwd=folder,
            env=environment,
            stdin=child,
            stdout=child,
            stderr=child,
        )
        os.close(child)
        events = _read(parent)
        status = process.wait()
    text = "".join(piece for _, piece in events)
    if status:
        raise RuntimeError(f"the demo failed:\n{text[-2000:]}")
    header = {"version": 2, "width": COLUMNS, "height": ROWS, "title": "nox -s demo"}
    lines = [json.dumps(header)]
    for moment, piece in events:
        lines.append(
            json.dumps([round(moment, 3), "o", piece.replace(str(Path(sys.prefix)), ".venv")])
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return text


def _read(terminal: int) -> list[tuple[float, str]]:
    """Return what a terminal shows, each piece with its time in seconds."""
    events: list[tuple[float, str]] = []
    moment, last = 0.0, time.monotonic()
    rest = b""
    while True:
        try:
            read = os.read(terminal, 65536)
        except OSError:  # Linux reports the end of the other side as an error
            read = b""
        if not read:
            os.close(terminal)
            return events
        now = time.monotonic()
        moment += min(now - last, LONGEST_PAUSE)
        last = now
        rest += read
        text = rest.decode("utf-8", "ignore")
        rest = rest[len(text.encode()) :]
        events.append((moment, text))

"""The time of generating, beside openapi-python-client, and of a run with nothing to do."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from .payloads import ROOT
from .timing import Row, medians, milliseconds, python

SPECS = sorted((ROOT / "sandbox/src/counterfoil_sandbox/specs").glob("*.json"))


def report() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("tools", "templates", "specs"):
            shutil.copytree(
                ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__")
            )
        subjects = {"ours": lambda: cold(folder), "peer": lambda: peer(folder)}
        times = medians(subjects, rounds=7)
        idle = medians({"idle": lambda: generate(folder), "bare": python("pass")}, rounds=15)
    yield Row(
        f"generate {len(SPECS)} packages, cold",
        milliseconds(times["ours"]),
        times["ours"] / times["peer"],
        "openapi-python-client",
        0.6,
    )
    over = idle["idle"] - idle["bare"]
    yield Row(
        "generate with nothing to do, over bare Python",
        milliseconds(over),
        over / 0.1,
        "100 ms",
        1.0,
    )


def generate(folder: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "counterfoil_tools.generate"],
        cwd=folder,
        check=True,
        capture_output=True,
    )


def cold(folder: Path) -> None:
    for made in ("generated", "sandbox", ".generated"):
        shutil.rmtree(folder / made, ignore_errors=True)
    generate(folder)


def peer(folder: Path) -> None:
    """Run the stock command once for each spec, as a user of it would."""
    for number, spec in enumerate(SPECS):
        target = folder / f"peer{number}"
        shutil.rmtree(target, ignore_errors=True)
        words = ["generate", "--path", str(spec), "--meta", "none", "--output-path", str(target)]
        subprocess.run(
            [sys.executable, "-m", "openapi_python_client", *words], check=True, capture_output=True
        )

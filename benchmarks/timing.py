"""Measuring in interleaved rounds, so that other load slows all subjects; the median counts."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One figure of the report: what, how much, beside what, and what we aim at."""

    subject: str
    value: str
    ratio: float | None = None
    beside: str = ""
    goal: float | None = None

    def __str__(self) -> str:
        ratio = f"{self.ratio:6.2f} x {self.beside}" if self.ratio is not None else ""
        goal = (
            ""
            if self.goal is None
            else f"   (goal: at most {self.goal}{', missed' if self.missed else ''})"
        )
        return f"  {self.subject:<52} {self.value:>14} {ratio}{goal}"

    @property
    def missed(self) -> bool:
        return self.goal is not None and self.ratio is not None and self.ratio > self.goal


def medians(subjects: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Run all subjects in turn, `rounds` times, and return each one's median in seconds."""
    taken: dict[str, list[float]] = {name: [] for name in subjects}
    for _ in range(rounds):
        for name, work in subjects.items():
            start = time.perf_counter()
            work()
            taken[name].append(time.perf_counter() - start)
    return {name: statistics.median(times) for name, times in taken.items()}


def python(code: str) -> Callable[[], object]:
    """Return the run of a piece of code in a Python of its own."""
    environment = dict(os.environ)
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # a first run compiles for the others
    return lambda: subprocess.run(
        [sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL, env=environment
    )


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"

"""Check an adopted spec and its package with the tools of others; findings are warnings.

Each check runs in a child process with a time limit. A check that is not installed, runs out of
time or fails is a result as well.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from .checks import CHECKS, GENERATE, Check
from .run import Status, Verdict, run_check

__all__ = ["Status", "Verdict", "show", "verify"]

SHOWN = 3  # findings of a check that are printed
LONGEST_LINE = 200  # characters of a finding


def verify(folder: Path) -> list[Verdict]:
    """Check a folder of specs/ and the package made of it; return one verdict per check.

    The package is generated into a temporary folder. Nothing is written elsewhere.
    """
    with tempfile.TemporaryDirectory() as name:
        generated = run_check(GENERATE, folder, Path(name))
        verdicts = [generated]
        for check in CHECKS:
            is_possible = generated.status is Status.PASSED or not check.needs_package
            verdicts.append(_check(check, folder, Path(name), is_possible=is_possible))
    return verdicts


def _check(check: Check, folder: Path, package: Path, *, is_possible: bool) -> Verdict:
    if check.module and find_spec(check.module) is None:
        advice = f"pip install {check.distribution}"
        return Verdict(check.name, Status.NOT_INSTALLED, (advice,))
    if not is_possible:
        return Verdict(check.name, Status.SKIPPED, ("there is no package to check",))
    return run_check(check, folder, package)


def show(verdicts: list[Verdict]) -> Iterator[str]:
    """Yield the lines that a user reads: a line per check, and its first findings."""
    for verdict in verdicts:
        yield f"  {verdict.name}: {_show_status(verdict)}"
        for finding in verdict.findings[:SHOWN]:
            yield f"    {finding[:LONGEST_LINE]}"
        more = len(verdict.findings) - SHOWN
        if more > 0:
            yield f"    and {more} more"


def _show_status(verdict: Verdict) -> str:
    if verdict.status is Status.FOUND:
        count = len(verdict.findings)
        return f"{count} warning{'s' if count > 1 else ''}"
    return str(verdict.status.value)

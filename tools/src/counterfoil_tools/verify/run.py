"""Run one check in a child process with a time limit."""

from __future__ import annotations

import os
import signal
import subprocess
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from .checks import Check, UnreadableOutput

LONGEST = 60.0  # seconds for each check


class Status(Enum):
    """How a check ended, in the words that a user reads."""

    PASSED = "no warnings"
    FOUND = "warnings"
    TIMED_OUT = "not done in time"
    NOT_INSTALLED = "not installed"
    SKIPPED = "not run"
    FAILED = "failed"


@dataclass(frozen=True)
class Verdict:
    """The result of one check: its findings, or why there are none."""

    name: str
    status: Status
    findings: tuple[str, ...] = ()


def run_check(check: Check, folder: Path, package: Path) -> Verdict:
    """Run a check on a spec's folder and its package's, and return the verdict."""
    command = check.command(folder.resolve(), package)
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    ) as process:
        try:
            output, errors = process.communicate(timeout=LONGEST)
        except subprocess.TimeoutExpired:
            _end(process)
            limit = f"it was ended after {LONGEST:g} seconds"
            return Verdict(check.name, Status.TIMED_OUT, (limit,))
        except BaseException:
            _end(process)
            raise
    try:
        findings = tuple(check.read(output))
    except UnreadableOutput:
        return Verdict(check.name, Status.FAILED, (_last_line(errors),))
    if findings:
        return Verdict(check.name, Status.FOUND, findings)
    if process.returncode:
        return Verdict(check.name, Status.FAILED, (_last_line(errors or output),))
    return Verdict(check.name, Status.PASSED)


def _end(process: subprocess.Popen[str]) -> None:
    """End a check with the processes that it started: pyright runs in Node.js."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (AttributeError, ProcessLookupError):  # Windows has no process groups
        process.kill()
    process.communicate()


def _last_line(errors: str) -> str:
    lines = errors.strip().splitlines()
    return lines[-1] if lines else "it printed nothing"

"""The checks: how each is started, and how its output is read."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

CHILD = "counterfoil_tools.verify.child"
MYPY_ERROR = re.compile(r".*: error: .*")
MakeCommand = Callable[[Path, Path], list[str]]  # of the spec's folder and the package's


class UnreadableOutput(Exception):
    """A check printed something else than its findings."""


@dataclass(frozen=True)
class Check:
    """One check by a tool. `module` is the tool's, empty if it is always installed."""

    name: str
    command: MakeCommand
    read: Callable[[str], list[str]]
    module: str = ""
    distribution: str = ""
    needs_package: bool = False


def _run_child(task: str) -> MakeCommand:
    start = [sys.executable, "-m", CHILD, task]
    return lambda folder, package: [*start, str(folder), str(package)]


def _run_mypy(_folder: Path, package: Path) -> list[str]:
    cache = package / "mypy-cache"
    options = ["--strict", "--no-error-summary", "--hide-error-context", "--no-pretty"]
    config = ["--config-file", "", "--cache-dir", str(cache)]
    return [sys.executable, "-m", "mypy", *options, *config, str(package / "generated")]


def _run_pyright(_folder: Path, package: Path) -> list[str]:
    options = ["--outputjson", "--pythonpath", sys.executable]
    return [sys.executable, "-m", "pyright", *options, str(package / "generated")]


def _read_child(output: str) -> list[str]:
    try:
        findings = json.loads(output)
    except ValueError as error:
        raise UnreadableOutput(output) from error
    return [str(finding) for finding in findings]


def _read_mypy(output: str) -> list[str]:
    return [_shorten(line) for line in output.splitlines() if MYPY_ERROR.fullmatch(line)]


def _read_pyright(output: str) -> list[str]:
    try:
        diagnostics = json.loads(output)["generalDiagnostics"]
    except (ValueError, KeyError) as error:
        raise UnreadableOutput(output) from error
    return [_show_diagnostic(one) for one in diagnostics if one["severity"] == "error"]


def _show_diagnostic(diagnostic: dict[str, object]) -> str:
    start = diagnostic["range"]["start"]  # type: ignore[index]
    message = " ".join(str(diagnostic["message"]).split())
    return _shorten(f"{diagnostic['file']}:{start['line'] + 1}: {message}")


def _shorten(line: str) -> str:
    """Return a line without the folders above the import package."""
    return line.rpartition("/src/")[2]


GENERATE = Check("generate", _run_child("generate"), _read_child)
CHECKS = (
    Check(
        "openapi-spec-validator",
        _run_child("validate"),
        _read_child,
        module="openapi_spec_validator",
        distribution="openapi-spec-validator",
    ),
    Check("openapi-python-client", _run_child("crosscheck"), _read_child),
    Check("calls and responses", _run_child("call"), _read_child, needs_package=True),
    Check("mypy", _run_mypy, _read_mypy, module="mypy", distribution="mypy", needs_package=True),
    Check(
        "pyright",
        _run_pyright,
        _read_pyright,
        module="pyright",
        distribution="pyright",
        needs_package=True,
    ),
)

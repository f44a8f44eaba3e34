"""One document, in a process of its own: adopt it, lint or generate the result, and print what came
of it as JSON.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections import Counter
from contextlib import redirect_stderr
from io import StringIO
from pathlib import Path
from typing import Any

from .. import find_templates
from ..adopt import AdoptError, adopt
from ..generate import make_all
from ..generate.lint import find_errors
from ..openapi.errors import SpecErrors
from ..openapi.ingest import ingest
from .calls import call_all

KIB_PER_MIB = 1024
OURS = resource.RUSAGE_SELF
CHILDREN = resource.RUSAGE_CHILDREN


def measure(
    file: Path,
    folder: Path,
    *,
    is_linted: bool = False,
    is_generated: bool = False,
    is_called: bool = False,
) -> dict[str, Any]:
    """Return the figures of one document."""
    begun = time.perf_counter()
    try:
        adoption = adopt(folder, file)
    except AdoptError as error:
        return {"adopted": False, "reason": str(error).splitlines()[0]}
    found: dict[str, Any] = {
        "adopted": True,
        "seconds": round(time.perf_counter() - begun, 2),
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // KIB_PER_MIB,
        "total": adoption.total,
        "kept": sum(1 for _ in adoption.operations()),
        "schemas": len(adoption.schemas),
        "reasons": Counter(
            _general(one.reason) for one in adoption.left_out if one.kind == "operation"
        ),
        "others": Counter(one.kind for one in adoption.left_out if one.kind != "operation"),
    }
    if is_linted:
        found["faults"] = _lint(folder)
    if is_generated:
        found |= _generate(folder, is_called=is_called)
    return found


def _generate(folder: Path, *, is_called: bool) -> dict[str, Any]:
    """Generate the package in memory: a child process imports it and builds every decoder."""
    begun = time.perf_counter()
    try:
        with redirect_stderr(StringIO()):
            files = make_all([folder], find_templates())
    except SpecErrors as found:
        faults = Counter(error.rule for error in found.errors)
        return {"generated": False, "generate_reason": str(found.errors[0]), "faults": faults}
    seconds = round(time.perf_counter() - begun, 2)
    calls = call_all(folder, files) if is_called else {}
    peaks = [resource.getrusage(who).ru_maxrss for who in (OURS, CHILDREN)]
    return {
        "generated": True,
        "generate_seconds": seconds,
        "memory": max(peaks) // KIB_PER_MIB,
        **calls,
    }


def _general(reason: str) -> str:
    """Return a reason without its quoted names, so that equal ones are counted together."""
    parts = reason.split("'")
    return "...".join(parts[::2]) if len(parts) % 2 else reason


def _lint(folder: Path) -> dict[str, int]:
    """Return the number of faults by rule."""
    try:
        document = ingest(folder)
    except SpecErrors as found:
        return Counter(error.rule for error in found.errors)
    return Counter(error.rule for error in find_errors(document))


if __name__ == "__main__":
    flags = {
        "is_linted": "--lint" in sys.argv,
        "is_generated": "--generate" in sys.argv,
        "is_called": "--call" in sys.argv,
    }
    result = measure(Path(sys.argv[1]), Path(sys.argv[2]), **flags)
    print(json.dumps(result))

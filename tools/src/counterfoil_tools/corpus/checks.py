"""The checks of `adopt --verify` on the documents of a corpus."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from ..verify import Status, Verdict, verify


def check(folder: Path) -> dict[str, dict[str, Any]]:
    """Return the status and the number of findings of each check on an adopted spec."""
    return {verdict.name: _describe(verdict) for verdict in verify(folder)}


def _describe(verdict: Verdict) -> dict[str, Any]:
    is_found = verdict.status is Status.FOUND
    count = len(verdict.findings) if is_found else 0
    return {"status": verdict.status.value, "count": count, "first": verdict.findings[:1]}


def report(found: dict[str, dict[str, Any]]) -> list[str]:
    """Return a table of the checked documents and the sums, as lines."""
    checked = {name: one["checks"] for name, one in found.items() if "checks" in one}
    if not checked:
        return []
    names = list(next(iter(checked.values())))
    rows = [
        f"| {document} | {' | '.join(_show(checks[name]) for name in names)} |"
        for document, checks in checked.items()
    ]
    head = ["", f"| document | {' | '.join(names)} |", f"|---{'|---' * len(names)}|"]
    return [*head, *rows, "", *(_sum_up(name, list(checked.values())) for name in names)]


def _show(check: dict[str, Any]) -> str:
    """Return a cell of the table: the number of findings, or why there is none."""
    if check["status"] in (Status.FOUND.value, Status.PASSED.value):
        return str(check["count"])
    return str(check["status"])


def _sum_up(name: str, checked: list[dict[str, dict[str, Any]]]) -> str:
    statuses = Counter(checks[name]["status"] for checks in checked)
    count = sum(checks[name]["count"] for checks in checked)
    documents = ", ".join(f"{number} x {status}" for status, number in statuses.most_common())
    return f"{name}: {count} findings; {documents}"

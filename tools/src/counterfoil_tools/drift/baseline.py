"""Accepted differences: specs/<api>/drift.toml. Each entry has a reason.

[[accepted]]
place = "POST /parcels request /weight"   # as the report writes it; * matches anything
change = "no longer nullable"
detail = "..."                            # optional: the report's text after the change
reason = "the API still accepts null"
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..openapi.shapes import InputError
from .compare import CLASSES, Finding

FILE = "drift.toml"


@dataclass(frozen=True)
class Entry:
    """An accepted difference."""

    place: str
    change: str
    reason: str
    detail: str | None = None

    def covers(self, finding: Finding) -> bool:
        """Return whether the entry accepts a finding."""
        if self.change != finding.change:
            return False
        return _fits(self.place, finding.place) and _fits(self.detail, finding.detail)

    def concerns(self, operation: str) -> bool:
        """Return whether the entry is about an operation, or about all of them."""
        head = " ".join(self.place.split()[:2])
        return head.startswith("*") or _fits(head, operation)


def read_baseline(folder: Path) -> list[Entry]:
    """Return the entries of an API, [] without a file. Raises InputError with all faults found."""
    file = folder / FILE
    if not file.is_file():
        return []
    try:
        found = tomllib.loads(file.read_text())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"specs/{folder.name}/{FILE}: not TOML: {error}") from None
    entries = found.get("accepted", [])
    wrong = [f"unknown: {key}" for key in found.keys() - {"accepted"}]
    if isinstance(entries, list):
        for number, entry in enumerate(entries, 1):
            wrong += [f"entry {number}: {fault}" for fault in _find_faults(entry)]
    else:
        wrong.append("`accepted` is not a list of tables")
    if wrong:
        raise InputError(f"specs/{folder.name}/{FILE}: {'; '.join(wrong)}")
    return [Entry(**entry) for entry in entries]


def split(
    findings: Sequence[Finding], entries: Sequence[Entry], compared: set[str]
) -> tuple[list[Finding], list[Finding], list[Entry]]:
    """Return the new findings, the accepted findings, and the stale entries.

    An entry is stale if it is about a compared operation and matches no finding.
    """
    accepted = [one for one in findings if any(entry.covers(one) for entry in entries)]
    new = [one for one in findings if one not in accepted]
    idle = [entry for entry in entries if not any(map(entry.covers, findings))]
    stale = [entry for entry in idle if any(map(entry.concerns, compared))]
    return new, accepted, stale


def _fits(pattern: str | None, text: str) -> bool:
    if pattern is None:
        return True
    expression = re.escape(pattern).replace(r"\*", ".*")
    return bool(re.fullmatch(expression, text))


def _find_faults(entry: object) -> list[str]:
    if not isinstance(entry, dict):
        return ["it is not a table"]
    unknown = entry.keys() - {"place", "change", "detail", "reason"}
    faults = [f"{word} is missing" for word in ("place", "change", "reason") if not entry.get(word)]
    faults += [f"{word} is not text" for word, value in entry.items() if not isinstance(value, str)]
    faults += [f"{word} is not a key of an entry" for word in unknown]
    if entry.get("change") and entry["change"] not in CLASSES:
        faults.append(f"{entry['change']!r} is not a change; use one of {', '.join(CLASSES)}")
    return faults

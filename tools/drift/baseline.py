"""What is known and accepted: specs/<api>/drift.toml, each entry with its reason.

[[accepted]]
place = "POST /parcels request /weight"   # as the report spells it; * stands for anything
change = "no longer nullable"
detail = "..."                            # may be left out: what the report shows behind the change
reason = "null is taken all the same"
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .compare import CLASSES, Finding
from .facts import InputError

FILE = "drift.toml"


@dataclass(frozen=True)
class Entry:
    """A difference that is known."""

    place: str
    change: str
    reason: str
    detail: str | None = None

    def covers(self, finding: Finding) -> bool:
        pairs = ((self.place, finding.place), (self.detail, finding.detail))
        return self.change == finding.change and all(_fits(pattern, text) for pattern, text in pairs)

    def concerns(self, operation: str) -> bool:
        """Whether it is about an operation, or about all."""
        head = " ".join(self.place.split()[:2])
        return head.startswith("*") or _fits(head, operation)


def read_baseline(folder: Path) -> list[Entry]:
    """Return the entries of an API, [] where it has none. Raises InputError, with all that is wrong with the file."""
    file = folder / FILE
    if not file.is_file():
        return []
    try:
        found = tomllib.loads(file.read_text())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"specs/{folder.name}/{FILE}: not TOML: {error}") from None
    entries = found.get("accepted", [])
    wrong = [f"unknown: {key}" for key in found.keys() - {"accepted"}]
    for number, entry in enumerate(entries, 1) if isinstance(entries, list) else ():
        wrong += [f"entry {number}: {fault}" for fault in _find_faults(entry)]
    if wrong or not isinstance(entries, list):
        raise InputError(f"specs/{folder.name}/{FILE}: {'; '.join(wrong) or '`accepted` is no list of tables'}")
    return [Entry(**entry) for entry in entries]


def split(
    findings: Sequence[Finding], entries: Sequence[Entry], compared: set[str]
) -> tuple[list[Finding], list[Finding], list[Entry]]:
    """Return what is new, what is accepted, and the entries about the compared operations that accept nothing any more."""
    accepted = [one for one in findings if any(entry.covers(one) for entry in entries)]
    new = [one for one in findings if one not in accepted]
    idle = [entry for entry in entries if not any(map(entry.covers, findings))]
    return new, accepted, [entry for entry in idle if any(entry.concerns(key) for key in compared)]


def _fits(pattern: str | None, text: str) -> bool:
    return pattern is None or bool(re.fullmatch(re.escape(pattern).replace(r"\*", ".*"), text))


def _find_faults(entry: object) -> list[str]:
    if not isinstance(entry, dict):
        return ["it is no table"]
    faults = [f"{word} is missing" for word in ("place", "change", "reason") if not entry.get(word)]
    faults += [f"{word} is no text" for word, value in entry.items() if not isinstance(value, str)]
    faults += [f"{word} is no word of an entry" for word in entry.keys() - {"place", "change", "detail", "reason"}]
    if entry.get("change") and entry["change"] not in CLASSES:
        faults.append(f"{entry['change']!r} is no change; there are {', '.join(CLASSES)}")
    return faults

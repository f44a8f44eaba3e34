"""Reports as text, JSON or Markdown. Names come from a vendor's file, so they are escaped."""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from dataclasses import dataclass, replace

from ..openapi.document import Document
from .baseline import FILE, Entry
from .compare import SEVERITY, Finding

LONGEST = 300


@dataclass(frozen=True)
class Report:
    """The result of a comparison with a vendor's file."""

    document: Document
    source: str
    new: list[Finding]
    accepted: list[Finding]
    stale: list[Entry]
    elsewhere: int

    @property
    def headline(self) -> str:
        """The counts in one line."""
        kinds = Counter(one.kind for one in self.new)
        counted = ", ".join(f"{kinds[kind]} {kind}" for kind in reversed(SEVERITY) if kinds[kind])
        counts = [f"{len(self.new)} new ({counted})" if self.new else "nothing new"]
        counts.append(f"{len(self.accepted)} accepted")
        if self.stale:
            counts.append(f"{len(self.stale)} stale in {FILE}")
        return f"{self.document.api} against {clean(self.source)}: {', '.join(counts)}"

    def place(self, finding: Finding) -> str:
        """Return the file and line of our spec that a finding is about."""
        found = self.document.location(finding.pointer)
        return f"{found.file}:{found.line}"


def _merge(findings: list[Finding]) -> list[Finding]:
    """Merge findings that come from one line of our spec, and sort them: breaking changes first."""
    groups: dict[tuple[str, ...], list[Finding]] = {}
    for one in findings:
        field = one.place.rpartition("/")[2]
        key = (one.kind, one.sentence, field, one.pointer or one.place)
        groups.setdefault(key, []).append(one)
    merged = []
    for group in groups.values():
        places = sum(one.also + 1 for one in group)
        merged.append(replace(group[0], also=places - 1))
    return sorted(merged, key=lambda one: -SEVERITY.index(one.kind))


def _describe(one: Finding) -> str:
    text = clean(one.sentence)
    if not one.also:
        return text
    plural = "s" if one.also > 1 else ""
    return f"{text} (and in {one.also} more place{plural})"


def show_text(report: Report) -> str:
    """Return the report for a terminal."""
    lines = [report.headline]
    for one in _merge(report.new):
        lines += [
            "",
            f"{one.kind:<9} {clean(one.place)}",
            f"          {_describe(one)}",
            f"          {report.place(one)}",
        ]
    for entry in report.stale:
        lines += [
            "",
            f"stale     {clean(entry.place)}: {entry.change}",
            f"          accepted because {clean(entry.reason)}",
        ]
    if report.elsewhere:
        count = report.elsewhere
        lines += ["", f"Vendor operations unrelated to this spec, which were not compared: {count}"]
    return "\n".join(lines)


def show_json(report: Report) -> str:
    """Return the report as JSON. Unprintable characters are escaped."""

    def to_record(one: Finding) -> dict[str, object]:
        record = {**vars(one), "file": report.place(one)}
        del record["pointer"]
        return record

    found = {
        "api": report.document.api,
        "new": [to_record(one) for one in report.new],
        "accepted": [to_record(one) for one in report.accepted],
        "stale": [vars(one) for one in report.stale],
        "elsewhere": report.elsewhere,
    }
    return json.dumps(found, indent=1)


def show_markdown(report: Report) -> str:
    """Return the report for an issue or a pull request."""
    lines = [f"**{escape_markdown(report.headline)}**", ""]
    if report.new:
        lines += ["| for users | place | change | spec |", "|---|---|---|---|"]
    for one in _merge(report.new):
        texts = [one.place, _describe(one), report.place(one)]
        cells = [one.kind, *map(escape_markdown, texts)]
        lines.append(f"| {' | '.join(cells)} |")
    for entry in report.stale:
        text = f"{entry.place}: {entry.change}"
        lines.append(f"- stale: {escape_markdown(text)}")
    return "\n".join(lines)


def clean(text: str) -> str:
    """Return a text on one line, with unprintable and bidirectional characters escaped."""
    seen = "".join(sign if sign.isprintable() else _escape(sign) for sign in text)
    return seen if len(seen) <= LONGEST else f"{seen[:LONGEST]}…"


def _escape(sign: str) -> str:
    return sign.encode("unicode_escape", "backslashreplace").decode()


def escape_markdown(text: str) -> str:
    """Return a text that Markdown renders literally."""
    return re.sub(r"([\\`*_{}\[\]()#+!|~@:])", r"\\\1", html.escape(clean(text)))

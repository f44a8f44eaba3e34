"""What was found, as text, JSON or Markdown. Names come from strangers: nothing of them reaches a terminal or a page raw."""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from dataclasses import dataclass, replace

from tools.generate.document import Document

from .baseline import FILE, Entry
from .compare import SEVERITY, Finding

LONGEST = 300


@dataclass(frozen=True)
class Report:
    """All that a comparison with a vendor's file has to say."""

    document: Document
    source: str
    new: list[Finding]
    accepted: list[Finding]
    stale: list[Entry]
    elsewhere: int

    @property
    def headline(self) -> str:
        kinds = Counter(one.kind for one in self.new)
        counted = ", ".join(f"{kinds[kind]} {kind}" for kind in reversed(SEVERITY) if kinds[kind])
        news = f"{len(self.new)} new ({counted})" if self.new else "nothing new"
        stale = f", {len(self.stale)} stale in {FILE}" if self.stale else ""
        return f"{self.document.api} against {clean(self.source)}: {news}, {len(self.accepted)} accepted{stale}"

    def place(self, finding: Finding) -> str:
        """Where our spec says otherwise, or would say it."""
        found = self.document.place(finding.pointer)
        return f"{found.file}:{found.line}"


def _gather(findings: list[Finding]) -> list[Finding]:
    """What breaks first; one line of our spec that differs in the same way in many places is told once."""
    groups: dict[tuple[str, ...], list[Finding]] = {}
    for one in findings:
        field = one.place.rpartition("/")[2]
        groups.setdefault((one.kind, one.sentence, field, one.pointer or one.place), []).append(one)
    told = [replace(group[0], also=sum(one.also + 1 for one in group) - 1) for group in groups.values()]
    return sorted(told, key=lambda one: -SEVERITY.index(one.kind))


def _tell(one: Finding) -> str:
    also = f" (and in {one.also} more place{'s' * (one.also > 1)})" if one.also else ""
    return f"{clean(one.sentence)}{also}"


def show_text(report: Report) -> str:
    """The report for a terminal."""
    lines = [report.headline]
    for one in _gather(report.new):
        lines += [
            "",
            f"{one.kind:<9} {clean(one.place)}",
            f"          {_tell(one)}",
            f"          {report.place(one)}",
        ]
    for entry in report.stale:
        lines += ["", f"stale     {clean(entry.place)}: {entry.change}", f"          accepted because {clean(entry.reason)}"]
    if report.elsewhere:
        lines += ["", f"Operations of the vendor's that have nothing to do with ours, and were not compared: {report.elsewhere}"]
    return "\n".join(lines)


def show_json(report: Report) -> str:
    """The report for a program; what cannot be printed is escaped."""

    def spell(one: Finding) -> dict[str, object]:
        words = {name: value for name, value in vars(one).items() if name != "pointer"}
        return {**words, "file": report.place(one)}

    found = {
        "api": report.document.api,
        "new": [spell(one) for one in report.new],
        "accepted": [spell(one) for one in report.accepted],
    }
    return json.dumps({**found, "stale": [vars(one) for one in report.stale], "elsewhere": report.elsewhere}, indent=1)


def show_markdown(report: Report) -> str:
    """The report for an issue or a pull request."""
    lines = [f"**{escape_markdown(report.headline)}**", ""]
    if report.new:
        lines += ["| for users | place | change | spec |", "|---|---|---|---|"]
    for one in _gather(report.new):
        cells = (one.kind, escape_markdown(one.place), escape_markdown(_tell(one)), escape_markdown(report.place(one)))
        lines.append(f"| {' | '.join(cells)} |")
    lines += [f"- stale: {escape_markdown(f'{entry.place}: {entry.change}')}" for entry in report.stale]
    return "\n".join(lines)


def clean(text: str) -> str:
    """A text on one line, of what can be seen: no control character, nothing that turns the direction of writing."""
    seen = "".join(sign if sign.isprintable() else sign.encode("unicode_escape", "backslashreplace").decode() for sign in text)
    return seen if len(seen) <= LONGEST else f"{seen[:LONGEST]}…"


def escape_markdown(text: str) -> str:
    """A text that Markdown shows as it is."""
    return re.sub(r"([\\`*_{}\[\]()#+!|~@:])", r"\\\1", html.escape(clean(text)))

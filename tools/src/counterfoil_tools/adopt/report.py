"""ADOPTED.md: parts left out, decisions to make, and changes, each with its place."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from .record import Source
from .state import Adoption, LeftOut
from .yaml_text import to_yaml

KINDS = {  # in this order
    "operation": "Operations",
    "webhook": "Webhooks and callbacks",
    "parameter": "Optional parameters",
    "property": "Properties",
    "response": "Bodies of errors",
    "security scheme": "Security schemes",
    "schema": "Schemas",
    "name": "Names",
}
MOST_SUGGESTIONS = 40
PLACES_SHOWN = 3


def write_report(adoption: Adoption, source: Source) -> str:
    """Return ADOPTED.md."""
    lines = [
        *_head(adoption, source),
        *_left_out(adoption),
        *_to_decide(adoption),
        *_changed(adoption),
    ]
    return "\n".join(lines).rstrip() + "\n"


def summarize(adoption: Adoption) -> str:
    """Return what adopting came to, in a few lines."""
    kept = sum(1 for _ in adoption.operations())
    lines = [
        f"{adoption.name}: {kept} of {adoption.total} operations, {len(adoption.schemas)} schemas"
    ]
    operations = [one for one in adoption.left_out if one.kind == "operation"]
    reasons = Counter(_general(one.reason) for one in operations)
    lines += [f"  left out, {count}: {reason}" for reason, count in reasons.most_common(8)]
    others = Counter(one.kind for one in adoption.left_out if one.kind != "operation")
    lines += (
        [f"  also left out: {', '.join(f'{count} x {kind}' for kind, count in others.items())}"]
        if others
        else []
    )
    return "\n".join(lines)


def _general(reason: str) -> str:
    """Return a reason without the names in it, so that equal ones are counted together."""
    parts = reason.split("'")
    return "...".join(parts[::2]) if len(parts) % 2 else reason


def _head(adoption: Adoption, source: Source) -> Iterator[str]:
    kept = sum(1 for _ in adoption.operations())
    yield f"# {adoption.name}, adopted"
    yield ""
    yield f"From `{source.file}` ({source.format}, version {_cell(source.version)})."
    yield "`counterfoil-tools adopt` writes this file and openapi.yaml: edits go into overlay.yaml."
    yield "Places are JSON pointers into the vendor's file."
    yield ""
    yield "| | |"
    yield "|---|---|"
    yield f"| operations in the vendor's document | {adoption.total} |"
    yield f"| adopted | {kept} |"
    kinds = Counter(one.kind for one in adoption.left_out)
    for kind, count in sorted(kinds.items()):
        yield f"| left out: {kind} | {count} |"
    yield f"| schemas | {len(adoption.schemas)} |"
    yield ""


def _left_out(adoption: Adoption) -> Iterator[str]:
    grouped: dict[str, list[LeftOut]] = defaultdict(list)
    for one in adoption.left_out:
        grouped[one.kind].append(one)
    if not grouped:
        return
    yield "## Left out"
    yield ""
    for kind, title in KINDS.items():
        if kind not in grouped:
            continue
        yield f"### {title}"
        yield ""
        yield "| what | why | where |"
        yield "|---|---|---|"
        for one in sorted(grouped[kind], key=lambda one: (one.name, one.place)):
            yield f"| {_cell(one.name)} | {_cell(one.reason)} | {_code(one.place)} |"
        yield ""


def _to_decide(adoption: Adoption) -> Iterator[str]:
    if not adoption.suggestions:
        return
    yield "## To decide"
    yield ""
    count = len(adoption.suggestions)
    yield f"{count} operations look paged. To turn one on, move its action into overlay.yaml."
    yield ""
    yield "```yaml"
    for path, method, found in adoption.suggestions[:MOST_SUGGESTIONS]:
        yield from suggestion(path, method, found)
    yield "```"
    if len(adoption.suggestions) > MOST_SUGGESTIONS:
        yield f"And {len(adoption.suggestions) - MOST_SUGGESTIONS} more."
    yield ""


def suggestion(path: str, method: str, found: dict[str, object]) -> list[str]:
    """Return the action of an overlay that makes an operation page."""
    target = "$.paths['" + path.replace("\\", "\\\\").replace("'", "\\'") + f"'].{method}"
    action = {"target": target, "update": {"x-counterfoil": {"pagination": found}}}
    lines = [line for line in to_yaml(action).splitlines() if line]
    return [f"{'- ' if number == 0 else '  '}{line}" for number, line in enumerate(lines)]


def _changed(adoption: Adoption) -> Iterator[str]:
    places: dict[str, list[str]] = defaultdict(list)
    for note in adoption.notes:
        places[note.topic].append(note.place)
    if not places:
        return
    yield "## Changed"
    yield ""
    yield "| what | times | such as |"
    yield "|---|---|---|"
    by_frequency = sorted(places, key=lambda topic: (-len(places[topic]), topic))
    for topic in by_frequency:
        found = places[topic]
        first = sorted(set(found))[:PLACES_SHOWN]
        shown = ", ".join(map(_code, first))
        yield f"| {_cell(topic)} | {len(found)} | {shown} |"
    yield ""


def _cell(text: str) -> str:
    """Return a text for a table: on one line, and with nothing that Markdown or HTML would read."""
    plain = " ".join(text.split()).replace("\\", "\\\\").replace("|", "\\|")
    return plain.replace("<", "&lt;").replace("[", "\\[")[:300]


def _code(place: str) -> str:
    return (
        f"`{' '.join(place.split()).replace('`', '').replace('|', '%7C')[:300]}`" if place else ""
    )

"""Two descriptions, place by place: what was added, removed or changed, and what that means to a user of the client."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from tools.generate.document import escape

from .facts import InputError, Operation, Parameter, Shape

BREAKING, ADDITION, FIX = "breaking", "addition", "fix"
SEVERITY = (FIX, ADDITION, BREAKING)
REQUEST, ANSWER = 0, 1
CLASSES = {  # what changed: its class in what is sent, and in what is answered
    "operation added": (ADDITION, ADDITION),
    "operation removed": (BREAKING, BREAKING),
    "body added": (BREAKING, ADDITION),
    "body removed": (BREAKING, BREAKING),
    "status added": (ADDITION, ADDITION),
    "status removed": (FIX, FIX),
    "success removed": (BREAKING, BREAKING),
    "field added": (ADDITION, ADDITION),
    "required field added": (BREAKING, ADDITION),
    "field removed": (BREAKING, BREAKING),
    "now required": (BREAKING, FIX),  # what always comes is no surprise to code that was ready for its absence
    "no longer required": (ADDITION, BREAKING),
    "now nullable": (ADDITION, BREAKING),
    "no longer nullable": (BREAKING, FIX),
    "type widened": (ADDITION, BREAKING),
    "type narrowed": (BREAKING, FIX),
    "type changed": (BREAKING, BREAKING),
    "format changed": (BREAKING, BREAKING),
    "value added": (ADDITION, ADDITION),  # enums are open: an unknown value is read and kept
    "value removed": (BREAKING, BREAKING),
    "values no longer listed": (ADDITION, BREAKING),
    "values now listed": (BREAKING, BREAKING),
    "bound widened": (ADDITION, FIX),  # answers are not held to bounds
    "bound tightened": (BREAKING, FIX),
    "bound changed": (BREAKING, FIX),
}
UPPER = {"maximum", "maxLength", "maxItems", "digits", "places"}
NEGOTIATED = {"header accept", "header content-type", "header authorization", "header cookie"}  # the client's own business
MOST_PAIRS = 200_000
Operations = Mapping[str, Operation]
Key = tuple[int, int, int]  # of a pair: both shapes, and the direction


@dataclass(frozen=True)
class Finding:
    """One difference: where it is, what kind it is, what it was and became, and where our spec says so."""

    place: str
    change: str
    kind: str  # breaking, addition or fix
    before: str = ""
    after: str = ""
    pointer: str = ""  # into our description; "" for what it does not have
    also: int = 0  # how many more places show the same pair of schemas

    @property
    def detail(self) -> str:
        return " -> ".join(filter(None, (self.before, self.after)))

    @property
    def sentence(self) -> str:
        return f"{self.change}: {self.detail}" if self.detail else self.change


@dataclass(frozen=True)
class Pair:
    place: str
    direction: int
    before: Shape
    after: Shape


class Comparison:
    """Compares our description (before) with another (after)."""

    def __init__(self, before: Operations, after: Operations, vendor: bool) -> None:
        self.before, self.after = before, after
        self.vendor = vendor  # after is the vendor's: what we added on top is no difference
        self.waiting: deque[Pair] = deque()
        self.seen: dict[Key, int] = {}
        self.above: dict[Key, Key | None] = {}
        self.current: Key | None = None
        self.findings: list[tuple[Finding, Key | None]] = []

    def run(self) -> list[Finding]:
        """Return all differences, in the order of our operations."""
        ours, theirs = self.before, self.after
        for key, operation in ours.items():
            if key in theirs:
                self._compare_operations(key, operation, theirs[key])
            elif not (self.vendor and operation.is_beyond):
                self._add(key, "operation removed", REQUEST, pointer=operation.pointer)
        for key in theirs.keys() - ours.keys():
            if not self.vendor or _is_near(key, ours):
                self._add(key, "operation added", REQUEST)
        while self.waiting:
            self._compare_shapes(self.waiting.popleft())
        order = {key: place for place, key in enumerate(ours)}
        found = [replace(one, also=self._count_others(key)) for one, key in self.findings if not self._is_leniency(one)]
        return sorted(found, key=lambda one: (order.get(" ".join(one.place.split()[:2]), len(order)), one.place, one.change))

    def _count_others(self, key: Key | None) -> int:
        """In how many further places the same pair of schemas stands, or one that leads to it."""
        others = 0
        while key:
            others += self.seen[key] - 1
            key = self.above[key]
        return others

    def _is_leniency(self, finding: Finding) -> bool:
        """Whether we promise less than the vendor in an operation that goes beyond what the documents describe."""
        operation = self.before.get(" ".join(finding.place.split()[:2]))
        return self.vendor and finding.kind == FIX and bool(operation and operation.is_beyond)

    def _add(self, place: str, change: str, direction: int, before: Any = "", after: Any = "", pointer: str = "") -> None:
        kind = CLASSES[change][direction]
        self.findings.append((Finding(place, change, kind, str(before), str(after), pointer), self.current))

    def _compare_operations(self, key: str, ours: Operation, theirs: Operation) -> None:
        self._compare_parameters(key, ours, theirs)
        self._compare_bodies(f"{key} request", REQUEST, ours.request, theirs.request, ours.pointer)
        for status in sorted(ours.answers.keys() | theirs.answers.keys()):
            place = f"{key} answer {status}"
            if status not in theirs.answers:
                success = status.startswith("2")
                if success or not self.vendor:
                    self._add(place, "success removed" if success else "status removed", ANSWER, pointer=ours.pointer)
            elif status not in ours.answers:
                self._add(place, "status added", ANSWER, pointer=ours.pointer)
            else:
                self._compare_bodies(place, ANSWER, ours.answers[status], theirs.answers[status], ours.pointer)

    def _compare_bodies(self, place: str, direction: int, ours: Shape | None, theirs: Shape | None, pointer: str) -> None:
        if ours and theirs:
            self._queue(place, direction, ours, theirs)
        elif theirs:
            self._add(place, "body added", direction, pointer=pointer)
        elif ours and not (self.vendor and place.split()[-1] >= "4"):  # an error's body that the vendor shows nowhere
            self._add(place, "body removed", direction, pointer=pointer)

    def _compare_parameters(self, key: str, ours: Operation, theirs: Operation) -> None:
        names = [*ours.parameters, *(name for name in theirs.parameters if name not in ours.parameters)]
        for name in names:
            if name not in NEGOTIATED:
                mine, other = ours.parameters.get(name), theirs.parameters.get(name)
                self._compare_parameter(f"{key} {name}", mine, other, ours.pointer)

    def _compare_parameter(self, place: str, mine: Parameter | None, other: Parameter | None, pointer: str) -> None:
        if mine and other:
            self._compare_required(place, REQUEST, mine.required, other.required, mine.pointer)
            self._queue(place, REQUEST, mine.shape, other.shape)
        elif other:
            self._add(place, "required field added" if other.required else "field added", REQUEST, pointer=pointer)
        elif mine and not (self.vendor and mine.shape.is_beyond):
            self._add(place, "field removed", REQUEST, pointer=mine.pointer)

    def _queue(self, place: str, direction: int, before: Shape, after: Shape) -> None:
        key = (id(before), id(after), direction)
        self.seen[key] = self.seen.get(key, 0) + 1
        if self.seen[key] == 1:
            self.above[key] = self.current
            self.waiting.append(Pair(place, direction, before, after))
        if len(self.seen) > MOST_PAIRS:
            raise InputError(f"more than {MOST_PAIRS} pairs of schemas: the description is too entangled to be compared")

    def _compare_shapes(self, pair: Pair) -> None:
        self.current = (id(pair.before), id(pair.after), pair.direction)
        for compare in (_compare_null, _compare_types, _compare_values, _compare_bounds):
            for change, before, after in compare(pair.before, pair.after):
                self._add(pair.place, change, pair.direction, before, after, pair.before.pointer)
        self._compare_fields(pair)
        for word, sign in (("items", "[]"), ("extra", "/*")):
            before, after = getattr(pair.before, word), getattr(pair.after, word)
            if before and after:
                self._queue(pair.place + sign, pair.direction, before, after)

    def _compare_fields(self, pair: Pair) -> None:
        ours, theirs = pair.before.fields, pair.after.fields
        mark = "" if pair.place.endswith("]") or "/" in pair.place.split()[-1] else " "
        for name, shape in ours.items():
            place = f"{pair.place}{mark}/{name}"
            if name in theirs:
                required = (pair.before.requires(name), pair.after.requires(name))
                self._compare_required(place, pair.direction, *required, f"{pair.before.pointer}/properties/{escape(name)}")
                self._queue(place, pair.direction, shape, theirs[name])
            elif theirs and not (self.vendor and shape.is_beyond):
                self._add(place, "field removed", pair.direction, pointer=shape.pointer)
        for name in theirs.keys() - ours.keys() if ours or not self.vendor else ():
            change = "required field added" if pair.after.requires(name) else "field added"
            self._add(f"{pair.place}{mark}/{name}", change, pair.direction, pointer=pair.before.pointer)

    def _compare_required(self, place: str, direction: int, before: bool | None, after: bool | None, pointer: str) -> None:
        if before is not None and after is not None and before != after:
            self._add(place, "now required" if after else "no longer required", direction, pointer=pointer)


Change = tuple[str, str, str]


def _compare_null(before: Shape, after: Shape) -> Iterator[Change]:
    if before.described.says_null != after.described.says_null:
        return
    if before.nullable != after.nullable and (before.types or before.values) and (after.types or after.values):
        yield ("now nullable" if after.nullable else "no longer nullable", "", "")


def _compare_types(before: Shape, after: Shape) -> Iterator[Change]:
    if before.types and after.types and before.types != after.types:
        if not (before.format == after.format == "decimal"):  # our spelling of one: digits as they come, or as text
            wider, narrower = before.types < after.types, after.types < before.types
            change = "type widened" if wider else "type narrowed" if narrower else "type changed"
            yield change, "|".join(sorted(before.types)), "|".join(sorted(after.types))
    elif before.format != after.format:
        yield "format changed", before.format or "none", after.format or "none"


def _compare_values(before: Shape, after: Shape) -> Iterator[Change]:
    if bool(before.values) != bool(after.values):
        change = "values no longer listed" if before.values else "values now listed"
        yield change, ", ".join(sorted(before.values)), ", ".join(sorted(after.values))
        return
    yield from (("value added", "", value) for value in sorted(after.values - before.values))
    yield from (("value removed", value, "") for value in sorted(before.values - after.values))


def _compare_bounds(before: Shape, after: Shape) -> Iterator[Change]:
    for word in sorted(before.bounds.keys() | after.bounds.keys()):
        old, new = before.bounds.get(word), after.bounds.get(word)
        if old == new or (word == "pattern" and "naive-date-time" in (before.format, after.format)):
            continue
        said = [_show_bound(word, value) for value in (old, new)]
        yield _class_of_bound(word, old, new), said[0], said[1]


def _class_of_bound(word: str, old: Any, new: Any) -> str:
    if old is None or new is None:
        return "bound tightened" if old is None else "bound widened"
    if word == "pattern":
        return "bound changed"
    return "bound widened" if (new > old) == (word in UPPER) else "bound tightened"


def _show_bound(word: str, value: Any) -> str:
    if value is None:
        return f"no {word}"
    if not isinstance(value, tuple):
        return f"{word} {value}"
    limit, rank = value
    is_open = bool(rank) == (word == "minimum")
    return f"{word} {'exclusive ' if is_open else ''}{limit}"


def _is_near(key: str, ours: Operations) -> bool:
    """Whether an operation that is not ours stands where ours do: on their path, below it, or beside it in a namespace."""
    path = key.split(" ", 1)[1]
    mine = {one.split(" ", 1)[1] for one, operation in ours.items() if not operation.is_beyond}
    names = {one.rpartition(".")[0] for one in mine if one.rpartition("/")[2].count(".") > 1}
    return any(path == one or path.startswith(f"{one}/") for one in mine) or any(path.startswith(f"{one}.") for one in names)


def count_elsewhere(ours: Operations, theirs: Operations) -> int:
    """How many of the vendor's operations have nothing to do with what we describe."""
    return sum(1 for key in theirs.keys() - ours.keys() if not _is_near(key, ours))


def compare(before: Operations, after: Operations, vendor: bool = False) -> list[Finding]:
    """Return what differs. `vendor`: the second is the vendor's, and what we describe beyond it is no difference."""
    return Comparison(before, after, vendor).run()

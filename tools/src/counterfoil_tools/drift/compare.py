"""Compare two API descriptions. Each difference is classified by its effect on a client's users."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ..openapi.document import escape
from ..openapi.shapes import InputError, Operation, Parameter, Shape

BREAKING = "breaking"
ADDITION = "addition"
FIX = "fix"
SEVERITY = (FIX, ADDITION, BREAKING)
REQUEST = 0
ANSWER = 1
CLASSES = {  # change -> its class in a request, and in a response
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
    # Code that handles a missing field also works if the field is always present.
    "now required": (BREAKING, FIX),
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
    "bound widened": (ADDITION, FIX),  # clients do not check responses against bounds
    "bound tightened": (BREAKING, FIX),
    "bound changed": (BREAKING, FIX),
}
UPPER = {"maximum", "maxLength", "maxItems", "digits", "places"}
NEGOTIATED = {  # headers that clients send themselves
    "header accept",
    "header content-type",
    "header authorization",
    "header cookie",
}
MOST_PAIRS = 200_000
Operations = Mapping[str, Operation]
Key = tuple[int, int, int]  # of a pair: both shapes, and the direction


@dataclass(frozen=True)
class Finding:
    """One difference between two descriptions."""

    place: str
    change: str
    kind: str  # breaking, addition or fix
    before: str = ""
    after: str = ""
    pointer: str = ""  # into our description; "" if it does not have the place
    also: int = 0  # number of further places with the same pair of schemas

    @property
    def detail(self) -> str:
        """The old and new value, as far as there are any."""
        return " -> ".join(filter(None, (self.before, self.after)))

    @property
    def sentence(self) -> str:
        """The change with its detail."""
        return f"{self.change}: {self.detail}" if self.detail else self.change

    @property
    def operation(self) -> str:
        """The operation, as method and path."""
        return " ".join(self.place.split()[:2])


@dataclass(frozen=True)
class Pair:
    """Two shapes that are still to be compared."""

    place: str
    direction: int
    before: Shape
    after: Shape


class Comparison:
    """Compares our description (before) with another (after)."""

    def __init__(self, before: Operations, after: Operations, vendor: bool) -> None:
        self.before = before
        self.after = after
        self.vendor = vendor  # `after` is the vendor's: our additions to it are not differences
        self.waiting: deque[Pair] = deque()
        self.seen: dict[Key, int] = {}
        self.above: dict[Key, Key | None] = {}
        self.current: Key | None = None
        self.findings: list[tuple[Finding, Key | None]] = []

    def run(self) -> list[Finding]:
        """Return all differences, in the order of our operations."""
        ours = self.before
        theirs = self.after
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
        found = [
            replace(one, also=self._count_others(key))
            for one, key in self.findings
            if not self._is_leniency(one)
        ]
        order = {key: place for place, key in enumerate(ours)}
        last = len(order)
        return sorted(
            found, key=lambda one: (order.get(one.operation, last), one.place, one.change)
        )

    def _count_others(self, key: Key | None) -> int:
        """Return the number of further places with this pair of schemas, or one above it."""
        others = 0
        while key:
            others += self.seen[key] - 1
            key = self.above[key]
        return others

    def _is_leniency(self, finding: Finding) -> bool:
        """Return whether we promise less than the vendor in an operation it does not document."""
        operation = self.before.get(finding.operation)
        return self.vendor and finding.kind == FIX and bool(operation and operation.is_beyond)

    def _add(
        self,
        place: str,
        change: str,
        direction: int,
        before: Any = "",
        after: Any = "",
        pointer: str = "",
    ) -> None:
        kind = CLASSES[change][direction]
        finding = Finding(place, change, kind, str(before), str(after), pointer)
        self.findings.append((finding, self.current))

    def _compare_operations(self, key: str, ours: Operation, theirs: Operation) -> None:
        self._compare_parameters(key, ours, theirs)
        self._compare_bodies(f"{key} request", REQUEST, ours.request, theirs.request, ours.pointer)
        for status in sorted(ours.responses.keys() | theirs.responses.keys()):
            place = f"{key} answer {status}"
            if status not in theirs.responses:
                success = status.startswith("2")
                change = "success removed" if success else "status removed"
                if success or not self.vendor:  # vendors rarely list all error statuses
                    self._add(place, change, ANSWER, pointer=ours.pointer)
            elif status not in ours.responses:
                self._add(place, "status added", ANSWER, pointer=ours.pointer)
            else:
                self._compare_bodies(
                    place, ANSWER, ours.responses[status], theirs.responses[status], ours.pointer
                )

    def _compare_bodies(
        self, place: str, direction: int, ours: Shape | None, theirs: Shape | None, pointer: str
    ) -> None:
        if ours and theirs:
            self._queue(place, direction, ours, theirs)
            return
        if theirs:
            self._add(place, "body added", direction, pointer=pointer)
        # Vendors often leave out the bodies of errors. "default" and "request" sort after "4", too.
        is_undocumented = self.vendor and place.split()[-1] >= "4"
        if ours and not is_undocumented:
            self._add(place, "body removed", direction, pointer=pointer)

    def _compare_parameters(self, key: str, ours: Operation, theirs: Operation) -> None:
        names = dict.fromkeys([*ours.parameters, *theirs.parameters])
        for name in names:
            if name not in NEGOTIATED:
                mine = ours.parameters.get(name)
                other = theirs.parameters.get(name)
                self._compare_parameter(f"{key} {name}", mine, other, ours.pointer)

    def _compare_parameter(
        self, place: str, mine: Parameter | None, other: Parameter | None, pointer: str
    ) -> None:
        if mine and other:
            self._compare_required(place, REQUEST, mine.required, other.required, mine.pointer)
            self._queue(place, REQUEST, mine.shape, other.shape)
        elif other:
            change = "required field added" if other.required else "field added"
            self._add(place, change, REQUEST, pointer=pointer)
        elif mine and not (self.vendor and mine.shape.is_beyond):
            self._add(place, "field removed", REQUEST, pointer=mine.pointer)

    def _queue(self, place: str, direction: int, before: Shape, after: Shape) -> None:
        key = (id(before), id(after), direction)
        self.seen[key] = self.seen.get(key, 0) + 1
        if self.seen[key] == 1:
            self.above[key] = self.current
            self.waiting.append(Pair(place, direction, before, after))
        if len(self.seen) > MOST_PAIRS:
            raise InputError(
                f"more than {MOST_PAIRS} pairs of schemas: "
                "the description is too complex to be compared"
            )

    def _compare_shapes(self, pair: Pair) -> None:
        self.current = (id(pair.before), id(pair.after), pair.direction)
        for compare in (_compare_null, _compare_types, _compare_values, _compare_bounds):
            for change, before, after in compare(pair.before, pair.after):
                self._add(pair.place, change, pair.direction, before, after, pair.before.pointer)
        self._compare_fields(pair)
        for word, sign in (("items", "[]"), ("extra", "/*")):
            before = getattr(pair.before, word)
            after = getattr(pair.after, word)
            if before and after:
                self._queue(pair.place + sign, pair.direction, before, after)

    def _compare_fields(self, pair: Pair) -> None:
        ours = pair.before.fields
        theirs = pair.after.fields
        above = pair.before.pointer
        is_below = pair.place.endswith("]") or "/" in pair.place.split()[-1]
        prefix = pair.place if is_below else f"{pair.place} "
        for name, shape in ours.items():
            place = f"{prefix}/{name}"
            if name in theirs:
                before = pair.before.requires(name)
                after = pair.after.requires(name)
                pointer = f"{above}/properties/{escape(name)}"
                self._compare_required(place, pair.direction, before, after, pointer)
                self._queue(place, pair.direction, shape, theirs[name])
            elif theirs and not (self.vendor and shape.is_beyond):
                self._add(place, "field removed", pair.direction, pointer=shape.pointer)
        if self.vendor and not ours:
            return  # we describe the value as free-form on purpose
        for name in theirs.keys() - ours.keys():
            change = "required field added" if pair.after.requires(name) else "field added"
            self._add(f"{prefix}/{name}", change, pair.direction, pointer=above)

    def _compare_required(
        self, place: str, direction: int, before: bool | None, after: bool | None, pointer: str
    ) -> None:
        if before is None or after is None or before == after:
            return
        change = "now required" if after else "no longer required"
        self._add(place, change, direction, pointer=pointer)


Change = tuple[str, str, str]  # the change, the old value, the new value


def _compare_null(before: Shape, after: Shape) -> Iterator[Change]:
    if before.described.says_null != after.described.says_null:
        return
    is_known = (before.types or before.values) and (after.types or after.values)
    if is_known and before.nullable != after.nullable:
        yield ("now nullable" if after.nullable else "no longer nullable", "", "")


def _compare_types(before: Shape, after: Shape) -> Iterator[Change]:
    if before.types and after.types and before.types != after.types:
        if before.format == after.format == "decimal":
            return  # our format: a decimal may be a JSON number or a string
        if before.types < after.types:
            change = "type widened"
        elif after.types < before.types:
            change = "type narrowed"
        else:
            change = "type changed"
        yield change, "|".join(sorted(before.types)), "|".join(sorted(after.types))
    elif before.format != after.format:
        yield "format changed", before.format or "none", after.format or "none"


def _compare_values(before: Shape, after: Shape) -> Iterator[Change]:
    old = sorted(before.values)
    new = sorted(after.values)
    if bool(old) != bool(new):
        change = "values no longer listed" if old else "values now listed"
        yield change, ", ".join(old), ", ".join(new)
        return
    for value in sorted(after.values - before.values):
        yield "value added", "", value
    for value in sorted(before.values - after.values):
        yield "value removed", value, ""


def _compare_bounds(before: Shape, after: Shape) -> Iterator[Change]:
    # A naive date-time has a pattern of our own, which a vendor's document cannot have.
    is_naive = "naive-date-time" in (before.format, after.format)
    for word in sorted(before.bounds.keys() | after.bounds.keys()):
        old = before.bounds.get(word)
        new = after.bounds.get(word)
        if old == new or (word == "pattern" and is_naive):
            continue
        yield _class_of_bound(word, old, new), _show_bound(word, old), _show_bound(word, new)


def _class_of_bound(word: str, old: Any, new: Any) -> str:
    if old is None:
        return "bound tightened"
    if new is None:
        return "bound widened"
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
    """Return whether an operation is on one of our paths, below one, or in the same namespace.

    `/api/v1/orders.items.find` has the namespace `/api/v1/orders.items`.
    """
    path = _path_of(key)
    prefixes = []
    for other, operation in ours.items():
        if operation.is_beyond:
            continue
        mine = _path_of(other)
        if path == mine:
            return True
        prefixes.append(f"{mine}/")
        last = mine.rpartition("/")[2]
        if last.count(".") > 1:
            prefixes.append(f"{mine.rpartition('.')[0]}.")
    return path.startswith(tuple(prefixes))


def _path_of(key: str) -> str:
    return key.split(" ", 1)[1]


def count_elsewhere(ours: Operations, theirs: Operations) -> int:
    """Return the number of the vendor's operations that are unrelated to ours."""
    others = theirs.keys() - ours.keys()
    return sum(not _is_near(key, ours) for key in others)


def compare(before: Operations, after: Operations, vendor: bool = False) -> list[Finding]:
    """Return the differences between two descriptions.

    With `vendor`, the second one is the vendor's, and our additions to it are not differences.
    """
    return Comparison(before, after, vendor).run()

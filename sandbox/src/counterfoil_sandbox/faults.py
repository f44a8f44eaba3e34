"""Faults on order: which calls go wrong, how, how often; from a file, from Python, or over the control endpoint."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from http.client import responses
from pathlib import Path
from typing import Any

from . import exact_json
from .exchange import Answer, Fault
from .invention import Inventor
from .specification import Operation, load_specification

EVERY = "*"
KINDS = ("latency", "reset", "rate-limit", "server-error", "truncate", "duplicate", "reorder")
PAGED = ("duplicate", "reorder")
EARLY = {"rate-limit": Fault.TOO_MANY, "server-error": Fault.FAILURE}


class FaultsError(ValueError):
    """A rule for faults that is wrong: the message names the key and the remedy, and the file where there is one."""


@dataclass(frozen=True, kw_only=True)
class FaultRule:
    """Some calls go wrong in one way.

    Args:
        kind: latency: the answer comes `delay_ms` later. reset: the call is carried out, and the connection is reset before
            an answer comes. truncate: likewise, within the answer's body. rate-limit: 429 with `Retry-After`. server-error:
            a status of 500 to 599 in the platform's own form. duplicate: an item of a page comes twice. reorder: the items
            of a page come in another order.
        api: Name of the API, or * for all.
        operation: Its operationId in the specification, or * for all; duplicate and reorder strike lists only.
        rate: The part of the calls that are struck, above 0, at most 1; which ones depends on the sandbox's seed alone.
        times: How many calls are struck at most; left out, there is no end.
        delay_ms: Milliseconds, 0 or more, for latency.
        retry_after: Seconds, 0 or more, for rate-limit.
        status: 500 to 599, for server-error.

    Raises:
        FaultsError: a value is out of bounds, or there is no such API or operation.
    """

    kind: str
    api: str = EVERY
    operation: str = EVERY
    rate: float = 1.0
    times: int | None = None
    delay_ms: int = 0
    retry_after: int = 1
    status: int = 503

    def __post_init__(self) -> None:
        """Check every value."""
        _demand(self.kind in KINDS, "kind", self.kind, f"one of {', '.join(KINDS)}")
        _demand(_is_number(self.rate) and 0 < self.rate <= 1, "rate", self.rate, "above 0 and at most 1, such as 0.1")
        _demand(self.times is None or _is_whole(self.times, 1), "times", self.times, "a whole number, 1 or more, or left out")
        _demand(_is_whole(self.delay_ms, 0), "delay_ms", self.delay_ms, "whole milliseconds, 0 or more, such as 200")
        _demand(_is_whole(self.retry_after, 0), "retry_after", self.retry_after, "whole seconds, 0 or more, such as 2")
        _demand(_is_whole(self.status, 500, 599), "status", self.status, "500 to 599")

    @property
    def fault(self) -> Fault | None:
        """The problem that is answered instead of carrying the call out."""
        return EARLY.get(self.kind)

    def strikes(self, api: str, operation: Operation) -> bool:
        """Whether the rule is about an operation."""
        paged = self.kind not in PAGED or operation.items is not None
        return self.api in (EVERY, api) and self.operation in (EVERY, operation.id) and paged

    def disturb(self, answer: Answer, operation: Operation) -> Answer:
        """Make an answer go wrong."""
        match self.kind:
            case "latency":
                return replace(answer, delay=answer.delay + self.delay_ms / 1000)
            case "reset":
                return replace(answer, breaks="before")
            case "truncate":
                return replace(answer, breaks="within")
            case "rate-limit":
                return replace(answer, headers={**answer.headers, "Retry-After": str(self.retry_after)})
            case "server-error":
                named = f"{self.status} {responses.get(self.status, 'Server Error')}".encode()  # a text says its own status
                return replace(answer, status=self.status, body=named if answer.media_type == "text/plain" else answer.body)
        return _change_items(answer, operation, _repeat_first if self.kind == "duplicate" else _turn_round)


class Faults:
    """The rules in force, and how often each has struck."""

    def __init__(self, rules: Iterable[FaultRule], seed: int, names: Sequence[str]) -> None:
        self.rules = tuple(rules)
        for number, each in enumerate(self.rules, 1):
            _check_names(each, names, f"fault {number}: ")
        self._left = [each.times for each in self.rules]
        self._inventors = [Inventor(seed, f"fault {number}") for number in range(len(self.rules))]

    def strike(self, api: str, operation: Operation) -> list[FaultRule]:
        """Draw which rules strike a call, and count them."""
        struck = []
        for number, rule in enumerate(self.rules):
            left = self._left[number]
            if left == 0 or not rule.strikes(api, operation) or not self._inventors[number].happens(rule.rate):
                continue
            self._left[number] = None if left is None else left - 1
            struck.append(rule)
        return struck


def read_rules(tables: Any, source: str = "") -> list[FaultRule]:
    """Read rules from what TOML or JSON held: a list of tables.

    Raises:
        FaultsError: a rule is wrong; the message names the source, the rule and the key.
    """
    if not isinstance(tables, list) or not all(isinstance(each, dict) for each in tables):
        raise FaultsError(f"{source}'fault' must be a list of tables, each below [[fault]]")
    rules = []
    for number, table in enumerate(tables, 1):
        try:
            rules.append(_read_rule(table))
        except FaultsError as error:
            raise FaultsError(f"{source}fault {number}: {error}") from None
    return rules


def load_rules(path: Path) -> list[FaultRule]:
    """Read a TOML file with one table [[fault]] for each rule.

    Raises:
        FaultsError: it cannot be read, or a rule in it is wrong; the message names the file.
    """
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise FaultsError(f"{path} cannot be read as TOML: {error}") from error
    if unknown := sorted(document.keys() - {"fault"}):
        raise FaultsError(f"{path}: there is no key {unknown[0]!r}; every fault is a table below [[fault]]")
    return read_rules(document.get("fault", []), f"{path}: ")


def show_rules(rules: Iterable[FaultRule]) -> list[dict[str, Any]]:
    """Write rules in the form in which `read_rules` reads them."""
    return [{name: value for name, value in asdict(rule).items() if value is not None} for rule in rules]


def _read_rule(table: Mapping[str, Any]) -> FaultRule:
    known = [each.name for each in fields(FaultRule)]
    if unknown := [name for name in table if name not in known]:
        raise FaultsError(f"there is no key {unknown[0]!r}; a fault has {', '.join(known)}")
    if "kind" not in table:
        raise FaultsError(f"the key 'kind' is missing; it is one of {', '.join(KINDS)}")
    return FaultRule(**table)


def _check_names(rule: FaultRule, names: Sequence[str], place: str) -> None:
    _demand(rule.api in (EVERY, *names), "api", rule.api, f"* or one of {', '.join(names)}", place)
    apis = names if rule.api == EVERY else (rule.api,)
    found = [each for name in apis for each in load_specification(name).operations]
    ids = [each.id for each in found if rule.kind not in PAGED or each.items is not None]
    _demand(rule.operation in (EVERY, *ids), "operation", rule.operation, f"* or one of {', '.join(ids)}", place)


def _demand(met: bool, key: str, value: object, wanted: str, place: str = "") -> None:
    if not met:
        raise FaultsError(f"{place}'{key}' is {value!r}; it must be {wanted}")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_whole(value: object, lowest: int, highest: int = 10**9) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and lowest <= value <= highest


def _repeat_first(items: list[Any]) -> list[Any]:
    return [*items[:1], *items]


def _turn_round(items: list[Any]) -> list[Any]:
    return items[::-1]


def _change_items(answer: Answer, operation: Operation, change: Callable[[list[Any]], list[Any]]) -> Answer:
    """Change the items of a page; an answer that holds none, such as a refusal, stays as it is."""
    value = document = exact_json.decode(answer.body) if answer.body else None
    for step in operation.items or ():
        value = value.get(step) if isinstance(value, dict) else None
    if isinstance(value, list):
        value[:] = change(value)
    return replace(answer, body=exact_json.encode(document).encode()) if isinstance(value, list) else answer

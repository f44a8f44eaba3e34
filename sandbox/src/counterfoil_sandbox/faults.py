"""Fault injection: rules from a file, from Python or over the control endpoint."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from http.client import responses
from pathlib import Path
from typing import Any

from . import exact_json
from .fake_data import FakeData
from .http import Response
from .provider import Rejection
from .specification import Operation, load_specification

EVERY = "*"
KINDS = ("latency", "reset", "rate-limit", "server-error", "truncate", "duplicate", "reorder")
PAGED = ("duplicate", "reorder")
EARLY = {"rate-limit": Rejection.TOO_MANY, "server-error": Rejection.FAILURE}


class FaultsError(ValueError):
    """A fault rule is wrong. The message has the file, if any, the key and the remedy."""


@dataclass(frozen=True, kw_only=True)
class FaultRule:
    """A fault, and the calls that it affects.

    Args:
        kind: One of these. latency: the response is delayed by `delay_ms`. reset: the call is
            carried out, then the connection is reset before the response. truncate: likewise, but
            within the body of the response. rate-limit: 429 with `Retry-After`. server-error: a
            status of 500 to 599 in the platform's own error format. duplicate: an item of a page
            comes twice. reorder: the items of a page come in another order.
        api: Name of the API, or * for all.
        operation: Its operationId in the specification, or * for all. duplicate and reorder
            affect lists only.
        rate: Share of the calls that are affected, above 0 and at most 1. The sandbox's seed
            decides which calls they are.
        times: Maximum number of affected calls; unlimited by default.
        delay_ms: Milliseconds, 0 or more, for latency.
        retry_after: Seconds, 0 or more, for rate-limit.
        status: 500 to 599, for server-error.

    Raises:
        FaultsError: a value is out of bounds, or the API or the operation is unknown.
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
        _demand(
            _is_number(self.rate) and 0 < self.rate <= 1,
            "rate",
            self.rate,
            "above 0 and at most 1, such as 0.1",
        )
        _demand(
            self.times is None or _is_whole(self.times, 1),
            "times",
            self.times,
            "a whole number, 1 or more, or left out",
        )
        _demand(
            _is_whole(self.delay_ms, 0),
            "delay_ms",
            self.delay_ms,
            "whole milliseconds, 0 or more, such as 200",
        )
        _demand(
            _is_whole(self.retry_after, 0),
            "retry_after",
            self.retry_after,
            "whole seconds, 0 or more, such as 2",
        )
        _demand(_is_whole(self.status, 500, 599), "status", self.status, "500 to 599")

    @property
    def fault(self) -> Rejection | None:
        """The problem that is answered instead of the call; None if the call is carried out."""
        return EARLY.get(self.kind)

    def strikes(self, api: str, operation: Operation) -> bool:
        """Whether the rule applies to an operation."""
        if self.kind in PAGED and operation.items is None:
            return False
        return self.api in (EVERY, api) and self.operation in (EVERY, operation.id)

    def disturb(self, answer: Response, operation: Operation) -> Response:
        """Return a response with the fault."""
        match self.kind:
            case "latency":
                return replace(answer, delay=answer.delay + self.delay_ms / 1000)
            case "reset":
                return replace(answer, breaks="before")
            case "truncate":
                return replace(answer, breaks="within")
            case "rate-limit":
                headers = {**answer.headers, "Retry-After": str(self.retry_after)}
                return replace(answer, headers=headers)
            case "server-error":
                return self._change_status(answer)
            case "duplicate":
                return _change_items(answer, operation, _repeat_first)
        return _change_items(answer, operation, _reverse)

    def _change_status(self, answer: Response) -> Response:
        body = answer.body
        if answer.media_type == "text/plain":  # plain text repeats the status
            reason = responses.get(self.status, "Server Error")
            body = f"{self.status} {reason}".encode()
        return replace(answer, status=self.status, body=body)


class Faults:
    """The rules in force, and how many calls each may still affect."""

    def __init__(self, rules: Iterable[FaultRule], seed: int, names: Sequence[str]) -> None:
        self.rules = tuple(rules)
        for number, each in enumerate(self.rules, 1):
            _check_names(each, names, f"fault {number}: ")
        self._left = [each.times for each in self.rules]
        self._inventors = [FakeData(seed, f"fault {number}") for number in range(len(self.rules))]

    def strike(self, api: str, operation: Operation) -> list[FaultRule]:
        """Draw the rules that affect a call, and count them."""
        struck = []
        for number, rule in enumerate(self.rules):
            left = self._left[number]
            if left == 0 or not rule.strikes(api, operation):
                continue
            # drawn for each call that the rule applies to, so that the seed decides
            if not self._inventors[number].happens(rule.rate):
                continue
            if left is not None:
                self._left[number] = left - 1
            struck.append(rule)
        return struck


def read_rules(tables: Any, source: str = "") -> list[FaultRule]:
    """Read rules from decoded TOML or JSON, a list of tables.

    Raises:
        FaultsError: a rule is wrong; the message names the source, the rule and the key.
    """
    is_list = isinstance(tables, list)
    if not is_list or not all(isinstance(each, dict) for each in tables):
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
        document = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise FaultsError(f"{path} cannot be read as TOML: {error}") from error
    if unknown := sorted(document.keys() - {"fault"}):
        raise FaultsError(
            f"{path}: there is no key {unknown[0]!r}; every fault is a table below [[fault]]"
        )
    return read_rules(document.get("fault", []), f"{path}: ")


def show_rules(rules: Iterable[FaultRule]) -> list[dict[str, Any]]:
    """Return rules in the form that `read_rules` reads."""
    return [_show_rule(rule) for rule in rules]


def _show_rule(rule: FaultRule) -> dict[str, Any]:
    return {name: value for name, value in asdict(rule).items() if value is not None}


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
    ids = []
    for name in apis:
        for operation in load_specification(name).operations:
            if rule.kind not in PAGED or operation.items is not None:
                ids.append(operation.id)
    _demand(
        rule.operation in (EVERY, *ids),
        "operation",
        rule.operation,
        f"* or one of {', '.join(ids)}",
        place,
    )


def _demand(met: bool, key: str, value: object, wanted: str, place: str = "") -> None:
    if not met:
        raise FaultsError(f"{place}'{key}' is {value!r}; it must be {wanted}")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_whole(value: object, lowest: int, highest: int = 10**9) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and lowest <= value <= highest


def _repeat_first(items: list[Any]) -> list[Any]:
    return [*items[:1], *items]


def _reverse(items: list[Any]) -> list[Any]:
    return items[::-1]


def _change_items(
    answer: Response, operation: Operation, change: Callable[[list[Any]], list[Any]]
) -> Response:
    """Change the items of a page. A response without items, such as an error, stays unchanged."""
    if not answer.body:
        return answer
    document = exact_json.decode(answer.body)
    items = document
    for step in operation.items or ():
        items = items.get(step) if isinstance(items, dict) else None
    if not isinstance(items, list):
        return answer
    items[:] = change(items)
    return replace(answer, body=exact_json.encode(document).encode())

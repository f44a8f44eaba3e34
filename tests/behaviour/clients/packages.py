"""The generated packages, found by walking specs/."""

from __future__ import annotations

import importlib
import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from counterfoil_core.api import Operation
from counterfoil_core.operations import import_operations

ROOT = Path(__file__).parents[3]


@dataclass(frozen=True)
class Example:
    """One documented exchange of one package."""

    api: str
    operation: str  # resource.method
    name: str
    status: int
    media_type: str
    request: str  # JSON, digits kept
    body: str

    def __str__(self) -> str:
        return f"{self.api} {self.operation} {self.name} {self.status}"


def apis() -> list[str]:
    return sorted(path.parent.name for path in ROOT.glob("specs/*/openapi.yaml"))


@cache
def settings(api: str) -> dict[str, str]:
    return tomllib.loads((ROOT / "specs" / api / "package.toml").read_text())


def package(api: str) -> ModuleType:
    return importlib.import_module(settings(api)["import"])


def operations(api: str) -> dict[str, Any]:
    """The operations that a package hands to the runtime, by resource.method."""
    members = import_operations(settings(api)["import"])
    return {value.name: value for value in members.values() if isinstance(value, Operation)}


def description(api: str) -> Any:
    """Return a package's description of its API as a whole."""
    return importlib.import_module(f"{settings(api)['import']}._api").API


def document(api: str) -> dict[str, Any]:
    """The spec as other tools get it: examples taken in."""
    found: dict[str, Any] = json.loads(
        (ROOT / f"sandbox/src/counterfoil_sandbox/specs/{api}.json").read_text()
    )
    return found


def raw_examples(api: str) -> list[dict[str, Any]]:
    """A package's examples.json; numbers with a point stay text, so that no digit is lost."""
    path = (
        ROOT
        / "generated"
        / settings(api)["dist"]
        / "src"
        / settings(api)["import"]
        / "examples.json"
    )
    found: list[dict[str, Any]] = json.loads(path.read_text(), parse_float=Digits)
    return found


class Digits(str):
    """A number with a point, with the digits of the JSON."""


def to_source(value: Any) -> str:
    """Write JSON as compactly as on the wire, with the original digits."""
    if isinstance(value, Digits):
        return str(value)
    if isinstance(value, dict):
        return (
            "{"
            + ",".join(f"{json.dumps(key)}:{to_source(part)}" for key, part in value.items())
            + "}"
        )
    if isinstance(value, list):
        return "[" + ",".join(map(to_source, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def examples() -> Iterator[Example]:
    for api in apis():
        for row in raw_examples(api):
            body = to_source(row["body"])
            request = to_source(row["request"])
            yield Example(
                api, row["operation"], row["name"], row["status"], row["media_type"], request, body
            )


def canonical(text: str | bytes, tell_numbers: bool = True) -> Any:
    """Read JSON for comparison: keys in any order, numbers with a point kept digit for digit.

    Moments are compared to the microsecond, in whichever form they are written. Numbers differ from
    texts; with `tell_numbers` off, 0.23 equals "0.23", since some decimals in responses may be
    either.
    """
    return moments(
        json.loads(text, parse_float=lambda digits: ("number", digits) if tell_numbers else digits)
    )


def drop_nulls(value: Any) -> Any:
    """Drop null members: a model that is read has None for null and absent, and writes neither."""
    if isinstance(value, dict):
        return {key: drop_nulls(part) for key, part in value.items() if part is not None}
    if isinstance(value, list):
        return [drop_nulls(part) for part in value]
    return value


def moments(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: moments(part) for key, part in value.items()}
    if isinstance(value, list):
        return [moments(part) for part in value]
    if isinstance(value, str) and (found := MOMENT.fullmatch(value)):
        return datetime.fromisoformat(f"{found[1]}{(found[2] or '.0')[:7]}{found[3]}").astimezone(
            UTC
        )
    return value


MOMENT = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:?\d\d)")

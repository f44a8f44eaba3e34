"""The calls of the contract tests: each operation's documented example, and one wrong call."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
from counterfoil_core.api import Operation
from counterfoil_core.operations import import_operations

from tests.described_apis import DESCRIBED, find_client, read_settings

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Call:
    """One operation of one package, with the arguments that its spec documents."""

    api: str
    name: str  # resource.method
    arguments: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.api} {self.name}"

    @property
    def settings(self) -> dict[str, str]:
        """package.toml."""
        return read_settings(self.api)

    def client(self, is_async: bool, **options: Any) -> Any:
        made = find_client(self.api, is_async=is_async)
        return made(**DESCRIBED[self.api].credentials, max_attempts=1, **options)

    def method(self, client: Any) -> Any:
        resource, method = self.name.split(".")
        return getattr(getattr(client.with_response, resource), method)


def document(api: str) -> Path:
    return ROOT / f"sandbox/src/counterfoil_sandbox/specs/{api}.json"


def apis() -> list[str]:
    return list(DESCRIBED)


def calls() -> Iterator[Call]:
    for api in apis():
        operations = import_operations(read_settings(api)["import"])
        paths = json.loads(document(api).read_text())["paths"]
        for value in operations.values():
            if isinstance(value, Operation):
                arguments = documented(value, paths[value.path])
                yield Call(api, value.name, {**arguments, **recent(value)})


def recent(operation: Any) -> dict[str, datetime]:
    """Move a window of time to the last days, since the API refuses the documented one some day."""
    now = datetime.now(UTC)
    return (
        {operation.window.start: now - timedelta(days=2), operation.window.end: now}
        if operation.window
        else {}
    )


def documented(operation: Any, item: dict[str, Any]) -> dict[str, Any]:
    """Turn the documented examples of an operation into the arguments of its method."""
    node = item[operation.method.lower()]
    parameters = [*item.get("parameters", []), *node.get("parameters", [])]
    values = {one["name"]: one["example"] for one in parameters if "example" in one}
    shown = [one for one in operation.parameters if one.wire in values]
    found = {one.name: msgspec.convert(values[one.wire], one.type, strict=False) for one in shown}
    if not operation.body:
        return found
    content = node["requestBody"]["content"][operation.body.media_type]
    example = next(iter(content["examples"].values()))["value"]
    body = msgspec.convert(example, operation.body.type, dec_hook=read_custom)
    if operation.body.argument:
        return {**found, operation.body.argument: body}
    given = {name: getattr(body, name) for name in body.__struct_fields__}
    return {**found, **{name: value for name, value in given.items() if value is not msgspec.UNSET}}


def read_custom(kind: type, value: Any) -> Any:
    """Read a type of counterfoil_core from its text."""
    return kind.strptime(value, "%Y-%m-%d %H:%M:%S") if hasattr(kind, "strptime") else kind(value)

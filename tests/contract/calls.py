"""The calls of the contract tests: each operation with its documented example, and once deliberately wrong."""

from __future__ import annotations

import importlib
import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

ROOT = Path(__file__).parents[2]

CREDENTIALS = {
    "amazon": {"restricted_data_token": "Atc|example", "access_token": "Atc|example"},
    "flow": {"organization": "lantern-house", "token": "example-token"},
    "open2b-admin": {"store": "shop.example.com", "key": "example-key"},
    "open2b-storefront": {"store": "shop.example.com", "customer_key": "example-key", "public_key": "example-key"},
    "vtex": {"account": "apiexamples", "app_key": "example-key", "app_token": "example-token"},
}

NO_CREDENTIALS: dict[str, Any] = {"": "the credentials are taken off on the way"}  # where any text is a good argument

WRONG: dict[str, dict[str, Any]] = {  # what is changed in the documented call, so that the spec forbids it
    "amazon customer_invoices.list": {"limit": 0},
    "amazon customer_invoices.get": {"purchase_order_number": "PO-1"},
    "amazon access_tokens.create": {"grant_type": "password"},
    "amazon restricted_data_tokens.create": {"restricted_resources": "all of them"},
    "open2b-admin invoices.list": {"limit": 0},
    "open2b-admin invoices.get": {"id": 0},
    "open2b-admin invoices.count": {"conditions": {"after": -1}},
    "open2b-admin invoices.create": {"invoice": {"number": "an invoice without an address"}},
    "open2b-admin invoices.update": {"id": 0},
    "open2b-admin invoices.delete": {"ids": [0]},
    "flow consumer_invoices.list": {"limit": 101},
    "flow consumer_invoices.get": NO_CREDENTIALS,
    "flow consumer_invoices.export": {"form": "all of them"},
    "flow consumer_invoices.replace_for_order": {"form": {"attributes": "none"}},
    "flow consumer_invoices.replace": {"form": {"order_number": 7}},
    "flow consumer_invoices.delete": NO_CREDENTIALS,
    "flow credit_memos.create": {"form": {"lines": "none"}},
    "flow credit_memos.replace": {"form": {"lines": "none"}},
    "flow credit_memos.delete": NO_CREDENTIALS,
    "open2b-storefront invoices.list": {"limit": 0},
    "open2b-storefront session.login": {"email": "x"},
    "vtex invoices.notify": {"invoice_value": "104.50"},
    "vtex invoices.add_tracking": {"courier": 7},
    "vtex orders.list": {"page": 31},
    "vtex orders.get": NO_CREDENTIALS,
}


@dataclass(frozen=True)
class Call:
    """One operation of one package, with the arguments that its spec documents."""

    api: str
    settings: dict[str, str]  # package.toml
    name: str  # resource.method
    arguments: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.api} {self.name}"

    def client(self, is_async: bool, **options: Any) -> Any:
        package = importlib.import_module(self.settings["import"])
        made = getattr(package, self.settings["async_client" if is_async else "client"])
        return made(**CREDENTIALS[self.api], max_attempts=1, **options)

    def method(self, client: Any) -> Any:
        resource, method = self.name.split(".")
        return getattr(getattr(client.with_response, resource), method)


def document(api: str) -> Path:
    return ROOT / f"sandbox/src/counterfoil_sandbox/specs/{api}.json"


def apis() -> list[str]:
    return sorted(path.parent.name for path in ROOT.glob("specs/*/openapi.yaml"))


def calls() -> Iterator[Call]:
    for api in apis():
        settings = tomllib.loads((ROOT / "specs" / api / "package.toml").read_text())
        operations = importlib.import_module(f"{settings['import']}._operations")
        paths = json.loads(document(api).read_text())["paths"]
        for value in vars(operations).values():
            if type(value).__name__ == "Operation":
                arguments = documented(value, paths[value.path])
                yield Call(api, settings, value.name, {**arguments, **recent(value)})


def recent(operation: Any) -> dict[str, datetime]:
    """Move a window of time to the last days: the documented one grows too old for the API some day."""
    now = datetime.now(UTC)
    return {operation.window.start: now - timedelta(days=2), operation.window.end: now} if operation.window else {}


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

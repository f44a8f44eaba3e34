"""A list of examples ends: the first page is the example, and an empty one comes after it."""

from __future__ import annotations

import importlib
from typing import Any

import pytest
from counterfoil_core.testing import ExampleTransport

from .packages import apis, description, operations, package, settings


def list_paged() -> list[tuple[str, str]]:
    found = []
    for api in apis():
        members = vars(importlib.import_module(f"{settings(api)['import']}._operations"))
        found += [(api, name) for name in members if f"{name}_PAGES" in members]
    return found


@pytest.mark.parametrize(("api", "name"), list_paged())
def test_a_list_of_examples_ends(api: str, name: str) -> None:
    module: Any = importlib.import_module(f"{settings(api)['import']}._operations")
    operation = getattr(module, name)
    pagination = getattr(module, f"{name}_PAGES")
    known = description(api)
    transport = ExampleTransport(package(api))
    given = {scheme.name: "secret-1" for scheme in known.security}
    given |= {each.name: "shop" for each in known.variables if not each.default}
    given |= dict.fromkeys(known.defaults, "shop")
    client_name = next(
        each
        for each in package(api).__all__
        if each.endswith("Client") and not each.startswith("Async")
    )
    arguments = {
        each.name: "1"
        for each in operation.parameters
        if each.required and each.name not in known.defaults
    }
    with getattr(package(api), client_name)(**given, transport=transport) as client:
        items = list(client.with_options(validate=False).iterate(operation, pagination, arguments))

    assert items
    assert len(transport.calls) <= 2
    assert operations(api)[operation.name] is operation

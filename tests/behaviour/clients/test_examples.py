"""The documented examples: each fits its schema, is decoded by the models, and is written back as it came, digit for digit."""

from __future__ import annotations

from collections import Counter
from typing import Any

import jsonschema_rs
import msgspec
import pytest
from counterfoil_core.types import read_custom, write_custom

from tests.behaviour.clients.packages import Example, apis, canonical, document, examples, operations

EXAMPLES = list(examples())
SUCCESSES = [one for one in EXAMPLES if 200 <= one.status < 300 and "json" in one.media_type]
EMPTY = [one for one in EXAMPLES if one.status == 204] * 2  # an empty answer has no edge
REQUESTS = [one for one in EXAMPLES if one.request != "null"]
METHODS = ("get", "put", "post", "patch", "delete")


def write_back(kind: Any, text: str) -> bytes:
    """Decode as the client does and encode as it does."""
    value = msgspec.json.Decoder(kind, dec_hook=read_custom).decode(text.encode())
    return msgspec.json.Encoder(enc_hook=write_custom, decimal_format="number").encode(value)


@pytest.mark.parametrize("example", SUCCESSES, ids=str)
def test_an_answer_is_read_and_written_back_as_it_came(example: Example) -> None:
    operation = operations(example.api)[example.operation]

    assert canonical(write_back(operation.answers[example.status], example.body)) == canonical(example.body)


@pytest.mark.parametrize("example", REQUESTS, ids=str)
def test_a_request_is_read_and_written_back_as_it_came(example: Example) -> None:
    body = operations(example.api)[example.operation].body

    assert canonical(write_back(body.type, example.request)) == canonical(example.request)


@pytest.mark.parametrize("api", apis())
def test_every_example_fits_its_schema(api: str) -> None:
    root = document(api)
    wrong = []
    for place, schema, value in shown(root):
        validator = jsonschema_rs.Draft202012Validator({"components": root["components"], **schema})
        wrong += [f"{place}: {error.message}" for error in validator.iter_errors(value)]

    assert not wrong


@pytest.mark.parametrize("api", apis())
def test_every_operation_shows_a_typical_and_an_edge_case(api: str) -> None:
    shown_twice = Counter(one.operation for one in SUCCESSES + EMPTY if one.api == api)

    assert [name for name in operations(api) if shown_twice[name] < 2] == []


def shown(root: dict[str, Any]) -> list[tuple[str, dict[str, Any], Any]]:
    """Every example of a document: where it stands, its schema, and the value."""
    found = []
    for path, item in root["paths"].items():
        for method in METHODS:
            for place, content in contents(item.get(method, {})):
                named = content.get("examples", {}).items()
                found += [(f"{method} {path} {place} {name}", content["schema"], one["value"]) for name, one in named]
    return found


def contents(operation: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    bodies = [("request", operation.get("requestBody", {})), *operation.get("responses", {}).items()]
    return [(place, content) for place, body in bodies for content in body.get("content", {}).values()]

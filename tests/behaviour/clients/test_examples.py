"""The documented examples fit their schemas, and the models decode and encode them unchanged."""

from __future__ import annotations

from collections import Counter
from typing import Any

import jsonschema_rs
import msgspec
import pytest
from counterfoil_core.decode import make_reader
from counterfoil_core.response import RawResponse
from counterfoil_core.types import read_custom, write_custom

from tests.behaviour.clients.packages import (
    Example,
    apis,
    canonical,
    description,
    document,
    drop_nulls,
    examples,
    operations,
)

EXAMPLES = list(examples())
SUCCESSES = [one for one in EXAMPLES if 200 <= one.status < 300 and "json" in one.media_type]
REQUESTS = [one for one in EXAMPLES if one.request != "null"]
METHODS = ("get", "put", "post", "patch", "delete")


def encode(value: Any, form: Any = "number") -> bytes:
    return msgspec.json.Encoder(enc_hook=write_custom, decimal_format=form).encode(value)


def with_first_tags(api: str, text: str) -> str:
    """A member of a union that came by another of its tags is written by the first."""
    for first, *others in description(api).tags.values():
        for other in others:
            text = text.replace(f'"{other}"', f'"{first}"')
    return text


@pytest.mark.parametrize("example", SUCCESSES, ids=str)
def test_an_answer_is_read_and_written_back_as_it_came(example: Example) -> None:
    kind = operations(example.api)[example.operation].responses[example.status]
    reply = RawResponse(
        status=example.status,
        headers={"content-type": example.media_type},
        content=example.body.encode(),
    )

    value = make_reader(kind, description(example.api).tags)(reply)

    expected = canonical(with_first_tags(example.api, example.body), tell_numbers=False)
    written = canonical(encode(value), tell_numbers=False)
    assert drop_nulls(written) == drop_nulls(expected)


@pytest.mark.parametrize("example", REQUESTS, ids=str)
def test_a_request_is_read_and_written_back_as_it_came(example: Example) -> None:
    kind = operations(example.api)[example.operation].body.type

    value = msgspec.json.Decoder(kind, dec_hook=read_custom).decode(example.request.encode())

    assert canonical(encode(value, description(example.api).decimals)) == canonical(example.request)


@pytest.mark.parametrize("api", apis())
def test_every_example_fits_its_schema(api: str) -> None:
    root = document(api)
    wrong = []
    for place, schema, value in every_example(root):
        validator = jsonschema_rs.Draft202012Validator({"components": root["components"], **schema})
        wrong += [f"{place}: {error.message}" for error in validator.iter_errors(value)]

    assert not wrong


@pytest.mark.parametrize("api", apis())
def test_every_operation_shows_a_typical_and_an_edge_case(api: str) -> None:
    shown = Counter(one.operation for one in SUCCESSES if one.api == api)
    answering = [
        name for name, operation in operations(api).items() if any(operation.responses.values())
    ]

    assert [name for name in answering if shown[name] < 2] == []


def every_example(root: dict[str, Any]) -> list[tuple[str, dict[str, Any], Any]]:
    """Yield every example of a document: its place, its schema, and the value."""
    found = []
    for path, item in root["paths"].items():
        for method in METHODS:
            for place, content in contents(item.get(method, {})):
                named = content.get("examples", {}).items()
                found += [
                    (f"{method} {path} {place} {name}", content["schema"], one["value"])
                    for name, one in named
                ]
    return found


def contents(operation: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    bodies = [
        ("request", operation.get("requestBody", {})),
        *operation.get("responses", {}).items(),
    ]
    return [
        (place, content) for place, body in bodies for content in body.get("content", {}).values()
    ]

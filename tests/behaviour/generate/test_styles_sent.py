"""Parameters of every place and style, from a spec to the bytes that each transport sends."""

from __future__ import annotations

import asyncio
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from counterfoil_core import InvalidRequest
from counterfoil_core.transports.aiohttp import AiohttpTransport

from tests.behaviour.faults.server import FaultServer, answer
from tests.behaviour.generate.packages import (
    Document,
    Wire,
    call,
    describe,
    make_package,
    operation,
    parcels,
    refer,
    refusal,
    schemas,
)

TEXTS = {"type": "array", "items": {"type": "string"}}
AMOUNT = {"type": "number", "format": "decimal"}
SPAN = {
    "type": "object",
    "description": "A span of amounts.",
    "properties": {
        "min": {**AMOUNT, "description": "The lowest amount."},
        "max of": {
            **AMOUNT,
            "description": "The highest amount.",
            "x-counterfoil": {"name": "highest"},
        },
    },
}
FILTER = {
    "type": "object",
    "description": "What to look for.",
    "properties": {
        "span": describe(**refer("Span")),
        "tags": describe(**TEXTS),
        "open": describe(type="boolean"),
    },
}


def parameter(
    name: str, place: str, schema: Document | None = None, **words: Any
) -> dict[str, Any]:
    if schema is not None:
        words["schema"] = schema
    if place == "path":
        words["required"] = True
    return describe(name=name, **{"in": place}, **words)


def make_document(*parameters: Document) -> Document:
    document = parcels()
    schemas(document)["Span"] = SPAN
    schemas(document)["Filter"] = FILTER
    holes = "".join(f"/{{{each['name']}}}" for each in parameters if each["in"] == "path")
    document["paths"] = {f"/parcels{holes}": document["paths"]["/parcels"]}
    document["paths"][f"/parcels{holes}"]["get"]["parameters"] = list(parameters)
    return document


ALL = make_document(
    parameter("ids", "path", TEXTS, style="matrix", explode=True),
    parameter("where", "path", refer("Span"), style="label"),
    parameter("tags", "query", TEXTS, style="pipeDelimited"),
    parameter("words", "query", TEXTS, style="spaceDelimited"),
    parameter("filter", "query", refer("Filter"), style="deepObject"),
    parameter("span", "query", refer("Span"), explode=False),
    parameter("path", "query", {"type": "string"}, allowReserved=True),
    parameter("raw", "query", content={"application/json": {"schema": refer("Filter")}}),
    parameter("X-Span", "header", refer("Span"), explode=True),
    parameter("lang", "cookie", {"type": "string"}),
    parameter("seen", "cookie", TEXTS, explode=False),
)
TARGET = (
    "/parcels/;ids=a%2Fb;ids=c/.min,1.50,max%20of,2"
    "?tags=a%7Cb&words=a%20b&filter%5Bspan%5D%5Bmin%5D=1.50&filter%5Btags%5D%5B0%5D=x"
    "&filter%5Bopen%5D=true&span=min,1.50,max%20of,2&path=/a/b%20c?d"
    "&raw=%7B%22tags%22%3A%5B%22x%22%5D%7D"
)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    return make_package(tmp_path_factory.mktemp("styles"), ALL)


def make_arguments(package: ModuleType) -> dict[str, Any]:
    from decimal import Decimal

    span = package.Span(min=Decimal("1.50"), highest=Decimal(2))
    low = package.Span(min=Decimal("1.50"))
    return {
        "ids": ["a/b", "c"],
        "where": span,
        "tags": ["a", "b"],
        "words": ["a", "b"],
        "filter": package.Filter(span=low, tags=["x"], open=True),
        "span": span,
        "path": "/a/b c?d",
        "raw": package.Filter(tags=["x"]),
        "x_span": span,
        "lang": "de; path=/",
        "seen": ["a,b", "c"],
    }


@pytest.mark.parametrize("way", ["sync", "async", "aiohttp"])
def test_each_transport_sends_the_same_bytes(way: str, package: ModuleType) -> None:
    arguments = make_arguments(package)
    with FaultServer() as server:
        server.order(answer(b'{"id": 1}'))
        if way == "sync":
            with package.ParcelsClient(base_url=server.url) as client:
                client.parcels.list(**arguments)
        else:
            asyncio.run(call_async(package, server.url, way, arguments))
        [request] = server.requests

    head = request.partition(b"\r\n\r\n")[0].decode()
    line, *lines = head.split("\r\n")
    headers = dict(each.lower().split(": ", 1) for each in lines)
    assert line == f"GET {TARGET} HTTP/1.1"
    assert headers["x-span"] == "min=1.50,max of=2"
    assert headers["cookie"] == "lang=de%3b%20path%3d%2f; seen=a%2cb,c"


async def call_async(package: ModuleType, url: str, way: str, arguments: dict[str, Any]) -> None:
    transport = AiohttpTransport() if way == "aiohttp" else None
    async with package.AsyncParcelsClient(base_url=url, transport=transport) as client:
        await client.parcels.list(**arguments)
    if transport is not None:
        await transport.aclose()


@pytest.mark.parametrize(
    ("words", "value", "query"),
    [
        ({"schema": TEXTS, "style": "deepObject"}, ["a", "b"], "?x%5B0%5D=a&x%5B1%5D=b"),
        ({"schema": TEXTS, "style": "pipeDelimited", "explode": True}, ["a", "b"], "?x=a&x=b"),
        ({"schema": TEXTS, "style": "pipeDelimited"}, [], ""),
        ({"schema": refer("Span")}, {"min": 1, "highest": 2}, "?min=1&max%20of=2"),
        (
            {"schema": {"type": "object", "additionalProperties": {"type": "integer"}}},
            {"a b": 1},
            "?a%20b=1",
        ),
        ({"schema": {"type": "string"}, "style": "form", "explode": False}, "a,b", "?x=a%2Cb"),
    ],
)
def test_a_query(words: Document, value: Any, query: str, tmp_path: Path) -> None:
    package = make_package(tmp_path, make_document(parameter("x", "query", **words)))
    wire = Wire(b'{"id": 1}')
    if isinstance(value, dict) and "highest" in value:
        value = package.Span(**value)

    call(package, wire, x=value)

    assert wire.url == f"/parcels{query}"


def test_limits_of_a_parameters_model_are_checked(package: ModuleType) -> None:
    arguments = make_arguments(package)
    arguments["filter"] = package.Filter(tags=[7])

    with pytest.raises(InvalidRequest, match=r"not sent: filter\.tags\[0\]"):
        call(package, Wire(), **arguments)


def test_a_header_cannot_be_split(package: ModuleType, tmp_path: Path) -> None:
    document = make_document(
        parameter(
            "X-Tags", "header", {"type": "object", "additionalProperties": {"type": "string"}}
        )
    )
    made = make_package(tmp_path, document)

    for value in ({"a": "b,c"}, {"a": "b\r\nX-Other: 1"}):
        with pytest.raises(InvalidRequest, match="x_tags: "):
            call(made, Wire(), x_tags=value)


@pytest.mark.parametrize(
    ("made", "message"),
    [
        (parameter("x", "query", {"type": "string"}, style="matrix"), "a query does not have"),
        (parameter("x", "header", TEXTS, style="form"), "a header does not have"),
        (parameter("x", "query", {"type": "string"}, style="deepObject"), "and is a scalar"),
        (parameter("x", "query", refer("Filter")), "the member 'span' of the parameter 'x'"),
        (parameter("x", "path", {"type": ["string", "null"]}), "a path cannot express that"),
        (parameter("a b", "cookie", {"type": "string"}), "no cookie can be called 'a b'"),
        (parameter("x", "header", {"type": "string"}, allowReserved=True), "is for a query"),
        (parameter("x", "query", content={"text/csv": {"schema": TEXTS}}), "text/csv"),
        (
            parameter("x", "query", TEXTS, content={"application/json": {"schema": TEXTS}}),
            "schema or content",
        ),
    ],
)
def test_what_cannot_be_sent_is_refused_with_its_line(
    made: Document, message: str, tmp_path: Path
) -> None:
    document = make_document(made)

    found = refusal(tmp_path, document)

    assert message in found
    assert "openapi.yaml:" in found


def test_a_filter_is_a_value_or_a_range(tmp_path: Path) -> None:
    document = parcels()
    schemas(document)["Range"] = describe(
        type="object", properties={"gt": describe(type="integer"), "lt": describe(type="integer")}
    )
    schema = {"oneOf": [refer("Range"), {"type": "integer"}]}
    operation(document)["parameters"] = [
        describe(name="created", schema=schema, style="deepObject", **{"in": "query"})
    ]
    package = make_package(tmp_path, document)
    wire = Wire()

    call(package, wire, created=7)
    call(package, wire, created=package.Range(gt=1, lt=9))

    assert [request.url.partition("?")[2] for request in wire.requests] == [
        "created=7",
        "created%5Bgt%5D=1&created%5Blt%5D=9",
    ]
    with pytest.raises(InvalidRequest, match="created"):
        call(package, wire, created="soon")

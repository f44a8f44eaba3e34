"""The wire: documents that lint accepts are sent and read correctly, and others are refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from counterfoil_core import InvalidRequest
from counterfoil_tools.openapi.durations import seconds as read_duration

from tests.behaviour.generate.packages import (
    Wire,
    answer_with,
    call,
    describe,
    fields,
    make_package,
    operation,
    parcels,
    refer,
    refusal,
    schemas,
    send_body,
)

TEXTS = {"type": "array", "items": {"type": "string"}}


def parameter(
    name: str = "ids", place: str = "query", schema: dict[str, Any] | None = None, **words: Any
) -> dict[str, Any]:
    return describe(name=name, schema=schema or TEXTS, **{"in": place}, **words)


@pytest.mark.parametrize(
    ("explode", "ids", "query"),
    [
        (False, ["a", "c"], "?ids=a,c"),
        (False, ["a,b", "c d", "é"], "?ids=a%2Cb,c%20d,%C3%A9"),
        (False, [], ""),
        (True, ["a", "c"], "?ids=a&ids=c"),
        (True, [], ""),
    ],
)
def test_an_array_in_a_query_is_sent_as_explode_says(
    explode: bool, ids: list[str], query: str, tmp_path: Path
) -> None:
    document = parcels()
    operation(document)["parameters"] = [parameter(explode=explode)]
    package = make_package(tmp_path, document)
    wire = Wire()

    call(package, wire, ids=ids)

    assert wire.url == f"/parcels{query}"


def test_an_array_in_a_path_or_header_goes_apart_by_commas(tmp_path: Path) -> None:
    document = parcels()
    document["paths"] = {"/parcels/{ids}": document["paths"]["/parcels"]}
    path = parameter(place="path", required=True)
    document["paths"]["/parcels/{ids}"]["get"]["parameters"] = [path, parameter("X-Tags", "header")]
    package = make_package(tmp_path, document)
    wire = Wire()

    call(package, wire, ids=["a,b", "c/d"], x_tags=["p", "q"])

    assert wire.url == "/parcels/a%2Cb,c%2Fd"
    assert wire.requests[0].headers["x-tags"] == "p,q"
    with pytest.raises(InvalidRequest, match="cannot be part of a path"):
        call(package, wire, ids=[])
    with pytest.raises(InvalidRequest, match="a value contains a comma"):
        call(package, wire, ids=["a"], x_tags=["p,q", "r"])


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            {"schema": {"type": "array", "items": TEXTS}},
            "is an array of what is no text, number or boolean",
        ),
        (
            {"schema": {"type": "array", "items": {"type": ["string", "null"]}}},
            "whose items may be null",
        ),
        ({"schema": {"description": "Anything at all."}}, "is a value of any shape"),
        ({"place": "header", "name": "X Tags"}, "no header can be called 'X Tags'"),
        ({"place": "header", "name": "Host"}, "the header Host is the transport's own"),
    ],
)
def test_a_parameter_that_cannot_be_sent_is_refused(
    words: dict[str, Any], told: str, tmp_path: Path
) -> None:
    document = parcels()
    operation(document)["parameters"] = [parameter(**words)]

    assert told in refusal(tmp_path, document)


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("/größe/a b", "/gr%C3%B6%C3%9Fe/a%20b"),
        ("/a%20b/50%", "/a%20b/50%25"),
        ("/a[1]/'x';v=1", "/a%5B1%5D/'x';v=1"),
    ],
)
def test_a_path_is_percent_encoded_once(path: str, sent: str, tmp_path: Path) -> None:
    document = parcels()
    document["paths"] = {path: document["paths"]["/parcels"]}
    document["servers"] = [{"url": "https://parcels.example/straße"}]
    package = make_package(tmp_path, document)
    wire = Wire()

    call(package, wire)

    assert wire.url == f"/stra%C3%9Fe{sent}"


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/parcels?kind=all", "holds a query"),
        ("/parcels#top", "holds a fragment"),
        ("/a/../b", "leads elsewhere"),
    ],
)
def test_a_path_is_nothing_but_a_path(path: str, told: str, tmp_path: Path) -> None:
    document = parcels()
    document["paths"] = {path: document["paths"]["/parcels"]}

    assert f"path: the path {path} {told}" in refusal(tmp_path, document)


def test_headers_that_openapi_ignores_as_parameters_are_ignored(tmp_path: Path) -> None:
    document = parcels()
    text = {"type": "string"}
    names = ("Accept", "content-type", "Authorization", "X-Shop")
    operation(document)["parameters"] = [parameter(name, "header", text) for name in names]
    package = make_package(tmp_path, document)
    wire = Wire()

    call(package, wire, x_shop="s1")

    assert wire.requests[0].headers["x-shop"] == "s1"
    assert wire.requests[0].headers["accept"] == "application/json"


def test_paths_may_differ_in_the_names_of_their_holes(tmp_path: Path) -> None:
    document = parcels()
    item = document["paths"].pop("/parcels")["get"]
    for name in ("id", "number"):
        words = {"resource": "parcels", "method": f"get_by_{name}", "retry": "safe"}
        hole = parameter(name, "path", {"type": "string"}, required=True)
        own = {**item, "operationId": f"by-{name}", "x-counterfoil": words, "parameters": [hole]}
        document["paths"][f"/parcels/{{{name}}}"] = {"get": own}
    package = make_package(tmp_path, document)
    wire = Wire()
    client = package.ParcelsClient(transport=wire)

    client.parcels.get_by_id("a")
    client.parcels.get_by_number("b")

    assert [request.url[-2:] for request in wire.requests] == ["/a", "/b"]


@pytest.mark.parametrize(
    ("media_type", "told"),
    [
        ("application/octet-stream", "a request of application/octet-stream is sent as a file"),
        ("text/plain", "a request of text/plain is sent as a text"),
        ("application/json; charset=latin-1", "is not UTF-8"),
        ("json", "'json' is no media type"),
    ],
)
def test_a_body_that_cannot_be_sent_is_refused(media_type: str, told: str, tmp_path: Path) -> None:
    document = parcels()
    send_body(document, media_type, refer("Parcel"), {"id": 1})

    assert told in refusal(tmp_path, document)


@pytest.mark.parametrize(
    ("media_type", "body"),
    [
        ("APPLICATION/JSON", b'{"id":1}'),
        ("application/vnd.parcels+json; v=1", b'{"id":1}'),
        ("Application/X-WWW-Form-Urlencoded", b"id=1"),
    ],
)
def test_a_media_type_is_known_in_any_case_and_with_parameters(
    media_type: str, body: bytes, tmp_path: Path
) -> None:
    document = parcels()
    send_body(document, media_type, refer("Parcel"), {"id": 1})
    package = make_package(tmp_path, document)
    wire = Wire()

    call(package, wire, id=1)

    assert wire.requests[0].body == body
    assert wire.requests[0].headers["content-type"] == media_type


def test_a_body_that_is_not_required_is_left_out_with_its_content_type(tmp_path: Path) -> None:
    document = parcels()
    fields(document)["note"] = describe(type="string")
    schemas(document)["Parcel"]["required"] = ["id"]
    send_body(document, "application/json", refer("Parcel"), {"id": 1})
    package = make_package(tmp_path, document)
    wire = Wire(b'{"id": 1}')

    call(package, wire)

    assert wire.requests[0].body is None
    assert "content-type" not in wire.requests[0].headers
    with pytest.raises(InvalidRequest, match="id: is required"):
        call(package, wire, note="a body without its id")


def test_a_required_body_without_fields_is_sent_empty(tmp_path: Path) -> None:
    document = parcels()
    send_body(document, "application/json", refer("Parcel"), {"id": 1}, required=True)
    package = make_package(tmp_path, document)
    wire = Wire()

    call(package, wire)

    assert wire.requests[0].body == b"{}"


@pytest.mark.parametrize(
    ("media_type", "answered", "content", "value"),
    [
        ("text/csv", "text/csv", b"a;b", "a;b"),
        ("application/pdf", "application/pdf", b"%PDF\xff", b"%PDF\xff"),
        ("application/octet-stream", "application/pdf", b"%PDF\xff", b"%PDF\xff"),
        ("application/json", "APPLICATION/JSON; charset=UTF-8", b'"abc"', "abc"),
        ("application/problem+json", "application/problem+json", b'"abc"', "abc"),
    ],
)
def test_an_answer_is_asked_for_and_read_as_documented(
    media_type: str, answered: str, content: bytes, value: object, tmp_path: Path
) -> None:
    document = parcels()
    answer_with(document, media_type, {"type": "string"}, "abc")
    package = make_package(tmp_path, document)
    wire = Wire(content, answered)

    assert call(package, wire) == value
    assert wire.requests[0].headers["accept"] == media_type


def paged(document: dict[str, Any], **words: Any) -> None:
    """Make the operation page, by an integer that is asked for as `after`."""
    items = describe(type="array", items=refer("Parcel"))
    properties = {"items": items, "next": describe(type="string")}
    schemas(document)["ParcelPage"] = describe(type="object", properties=properties)
    answer_with(document, "application/json", refer("ParcelPage"), {"items": []})
    operation(document)["parameters"] = [parameter("after", schema={"type": "integer"})]
    operation(document)["x-counterfoil"]["pagination"] = {
        "cursor": "after",
        "items": "/items",
        **words,
    }


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            {"style": "keyset", "end": "empty-page"},
            "keyset paging does not say where the next page's next is",
        ),
        (
            {"style": "token", "end": "no-next"},
            "token paging does not say where the next page's next is",
        ),
        (
            {"style": "token", "end": "no-next", "next": "/next"},
            "/next is str, and the cursor after takes int",
        ),
        ({"style": "offset", "end": "total"}, "`end: total` needs `total`"),
        ({"style": "offset", "end": "total", "total": "/next"}, "/next is no whole number"),
        ({"style": "offset", "end": "no-next"}, "offset paging does not end by no-next"),
    ],
)
def test_paging_has_the_words_that_it_goes_by(
    words: dict[str, str], told: str, tmp_path: Path
) -> None:
    document = parcels()
    paged(document, **words)

    assert f"pagination: {told}" in refusal(tmp_path, document)


def test_keyset_paging_goes_on_after_the_last_item(tmp_path: Path) -> None:
    document = parcels()
    paged(document, style="keyset", next="/id", end="empty-page")
    package = make_package(tmp_path, document)
    wire = Wire(b'{"items": []}')

    assert list(package.ParcelsClient(transport=wire).parcels.iterate()) == []


@pytest.mark.parametrize(
    ("per", "seconds"),
    [("1s", 1), ("5m", 300), ("2h", 7200), ("1d", 86400), ("P7D", 604800), ("P6M", 16070400)],
)
def test_a_usage_plan_may_be_written_in_any_duration(
    per: str, seconds: int, tmp_path: Path
) -> None:
    document = parcels()
    document["x-counterfoil"] = {"rate-limit": {"requests": 5, "per": per}}

    assert refusal(tmp_path, document) == ""
    assert read_duration(per) == seconds

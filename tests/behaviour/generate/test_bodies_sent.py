"""Bodies that are no JSON: from a spec to arguments, and to the bytes that are sent."""

from __future__ import annotations

import importlib
import inspect
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from counterfoil_core import File, InvalidRequest
from counterfoil_core.multipart import read_body

from tests.behaviour.generate.packages import (
    Wire,
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
from tests.behaviour.runtime.echo_server import Received

MULTIPART = "multipart/form-data"
FORM = "application/x-www-form-urlencoded"
FILE = {"type": "string", "format": "binary"}


def upload(**encoding: Any) -> dict[str, Any]:
    """A document whose operation sends a form with a file, two lists and an object."""
    document = parcels()
    schemas(document)["Parcel"]["properties"] = {"id": describe(type="integer")}
    schemas(document)["Address"] = describe(
        type="object", properties={"street": describe(type="string")}
    )
    schemas(document)["Upload"] = describe(
        type="object",
        required=["label"],
        properties={
            "label": describe(**FILE),
            "photos": describe(type="array", items=FILE),
            "note": describe(type="string"),
            "tags": describe(type="array", items={"type": "string"}),
            "address": refer("Address"),
        },
    )
    send_body(document, MULTIPART, refer("Upload"), {"label": "JVBERi0="}, required=True)
    if encoding:
        content = operation_of(document)["requestBody"]["content"][MULTIPART]
        content["encoding"] = encoding
    return document


def operation_of(document: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = document["paths"]["/parcels"]["post"]
    return found


def find_method(package: ModuleType) -> Any:
    return importlib.import_module(f"{package.__name__}.resources").Parcels.list


def received(wire: Wire) -> Received:
    request = wire.requests[-1]
    headers: Any = request.headers
    return Received(request.method, request.url, headers, read_body(request.body))


def test_files_are_arguments_of_the_method_and_parts_of_the_form(tmp_path: Path) -> None:
    package = make_package(tmp_path, upload())
    wire = Wire(b'{"id": 1}')
    parameters = inspect.signature(find_method(package)).parameters
    assert parameters["label"].annotation == "FileInput"
    assert parameters["photos"].annotation == "SequenceNotStr[FileInput] | UnsetType"

    call(
        package,
        wire,
        label=File(b"%PDF", name="label.pdf"),
        photos=[b"1", b"2"],
        note="x",
        tags=["a", "b"],
        address=package.Address(street="Via Ò"),
    )

    assert received(wire).parts() == [
        ("label", "label.pdf", "application/pdf", b"%PDF"),
        ("photos", "photos", "application/octet-stream", b"1"),
        ("photos", "photos", "application/octet-stream", b"2"),
        ("note", None, "text/plain", b"x"),
        ("tags", None, "text/plain", b"a"),
        ("tags", None, "text/plain", b"b"),
        ("address", None, "application/json", '{"street":"Via Ò"}'.encode()),
    ]


def test_the_documented_media_type_of_a_part_is_sent(tmp_path: Path) -> None:
    package = make_package(tmp_path, upload(label={"contentType": "image/png"}))
    wire = Wire(b'{"id": 1}')
    call(package, wire, label=b"x")
    assert received(wire).parts() == [("label", "label", "image/png", b"x")]


@pytest.mark.parametrize("arguments", [{}, {"label": "a text"}, {"label": 7}])
def test_a_missing_or_wrong_file_is_refused(arguments: dict[str, Any], tmp_path: Path) -> None:
    package = make_package(tmp_path, upload())
    wire = Wire()
    with pytest.raises((InvalidRequest, TypeError), match="label"):
        call(package, wire, **arguments)
    assert wire.requests == []


@pytest.mark.parametrize(
    ("media_type", "given", "content", "sent_type"),
    [
        ("application/octet-stream", b"\x00\xff", b"\x00\xff", "application/octet-stream"),
        ("application/pdf", b"%PDF", b"%PDF", "application/pdf"),
        ("application/xml", b"<a/>", b"<a/>", "application/xml"),
        ("text/xml", b"<a/>", b"<a/>", "text/xml"),
        ("image/*", File(b"x", name="a.png"), b"x", "image/png"),
        ("text/plain", "grüße", "grüße".encode(), "text/plain; charset=utf-8"),
        ("text/html", "<p>é</p>", "<p>é</p>".encode(), "text/html; charset=utf-8"),
    ],
)
def test_a_file_or_text_is_one_argument(
    media_type: str, given: Any, content: bytes, sent_type: str, tmp_path: Path
) -> None:
    document = parcels()
    send_body(document, media_type, {"type": "string"}, "abc", required=True)
    package = make_package(tmp_path, document)
    wire = Wire()

    call(package, wire, body=given)

    assert received(wire).body == content
    assert wire.requests[0].headers["content-type"] == sent_type


def test_objects_in_a_form_are_written_as_documented(tmp_path: Path) -> None:
    document = parcels()
    schemas(document)["Address"] = describe(
        type="object", properties={"street": describe(type="string")}
    )
    fields(document)["address"] = refer("Address")
    send_body(document, FORM, refer("Parcel"), {"id": 1})
    as_json = make_package(tmp_path / "json", document)
    wire = Wire()
    call(as_json, wire, address=as_json.models.AddressInput(street="a b"))
    assert read_body(wire.requests[0].body) == b"address=%7B%22street%22%3A%22a%20b%22%7D"

    content = operation_of(document)["requestBody"]["content"][FORM]
    content["encoding"] = {"address": {"style": "deepObject", "explode": True}}
    deep = make_package(tmp_path / "deep", document)
    call(deep, wire, address=deep.models.AddressInput(street="a b"))
    assert read_body(wire.requests[1].body) == b"address%5Bstreet%5D=a%20b"


def test_a_file_in_json_is_refused(tmp_path: Path) -> None:
    document = parcels()
    fields(document)["label"] = describe(**FILE)
    told = refusal(tmp_path, document)
    assert "a file is part of what is no multipart form" in told
    assert ":file:" in told or " file: " in told


def test_a_file_in_a_plain_form_is_refused(tmp_path: Path) -> None:
    document = upload()
    content = operation_of(document)["requestBody"]["content"]
    content[FORM] = content.pop(MULTIPART)
    assert "the field 'label' is a file" in refusal(tmp_path, document)


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ({"nothing": {"contentType": "a/b"}}, "the form has no field 'nothing'"),
        ({"note": {"style": "pipeDelimited"}}, "'note' has the style pipeDelimited"),
        ({"note": {"headers": {}}}, "'headers' is not allowed here"),
    ],
)
def test_an_encoding_that_would_be_ignored_is_refused(
    encoding: dict[str, Any], told: str, tmp_path: Path
) -> None:
    assert told in refusal(tmp_path, upload(**encoding))


def test_the_encoding_of_json_is_refused(tmp_path: Path) -> None:
    document = parcels()
    send_body(document, "application/json", refer("Parcel"), {"id": 1})
    content = operation_of(document)["requestBody"]["content"]["application/json"]
    content["encoding"] = {"id": {"style": "form"}}
    assert "`encoding` is for forms" in refusal(tmp_path, document)


def test_a_body_with_a_field_called_as_an_option_is_one_argument(tmp_path: Path) -> None:
    document = parcels()
    fields(document)["timeout"] = describe(type="integer")
    send_body(document, "application/json", refer("Parcel"), {"id": 1})
    package = make_package(tmp_path, document)
    wire = Wire()

    call(package, wire, body=package.ParcelInput(timeout=7), timeout=3)

    assert wire.requests[0].body == b'{"timeout":7}'


def test_a_parameter_called_as_an_option_has_another_name(tmp_path: Path) -> None:
    document = parcels()
    operation(document)["parameters"] = [
        describe(name="timeout", schema={"type": "integer"}, **{"in": "query"})
    ]
    package = make_package(tmp_path, document)
    wire = Wire()

    call(package, wire, timeout_=7, timeout=3)

    assert wire.url == "/parcels?timeout=7"


def test_an_idempotency_header_is_no_argument_and_makes_a_write_repeatable(tmp_path: Path) -> None:
    document = parcels()
    send_body(document, "application/json", refer("Parcel"), {"id": 1})
    node = operation_of(document)
    node["x-counterfoil"]["idempotency-header"] = "Idempotency-Key"
    header = describe(name="idempotency-key", schema={"type": "string"}, required=True)
    node["parameters"] = [{**header, "in": "header"}]
    package = make_package(tmp_path, document)
    wire = Wire()

    call(package, wire, id=1)
    call(package, wire, id=1, idempotency_key="order-81")

    keys = [request.headers["idempotency-key"] for request in wire.requests]
    assert len(keys[0]) == 36
    assert keys[1] == "order-81"
    method = find_method(package)
    assert "idempotency_key" not in inspect.signature(method).parameters
    assert "a new key in the header Idempotency-Key" in " ".join(str(method.__doc__).split())

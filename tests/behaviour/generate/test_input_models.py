"""A schema that is read and sent becomes two models; a new request changes no type that is read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from counterfoil_core import UNSET, InvalidRequest

from tests.behaviour.generate.packages import (
    Wire,
    call,
    describe,
    fields,
    make_package,
    parcels,
    refer,
    schemas,
    send_body,
)


def add_note(document: dict[str, Any]) -> None:
    fields(document)["note"] = describe(type=["string", "null"])


def make_sending(folder: Path) -> Any:
    """A package whose `parcels.list` sends a Parcel, and returns one."""
    document = parcels()
    add_note(document)
    send_body(document, "application/json", refer("Parcel"), {"id": 7}, required=True)
    document["paths"]["/parcels"]["post"]["x-counterfoil"]["body"] = "parcel"
    return make_package(folder, document)


def test_absent_and_null_are_none_when_read(tmp_path: Path) -> None:
    document = parcels()
    add_note(document)
    package = make_package(tmp_path, document)

    for content in (b"{}", b'{"note": null}', b'{"id": null}'):
        parcel = call(package, Wire(content))
        assert (parcel.id, parcel.note) == (None, None)


def test_absent_null_and_a_value_are_three_things_when_sent(tmp_path: Path) -> None:
    package = make_sending(tmp_path)
    wire = Wire()

    call(package, wire, parcel=package.ParcelInput(id=7))
    call(package, wire, parcel=package.ParcelInput(note=None))
    call(package, wire, parcel=package.ParcelInput(note="fragile"))

    assert package.ParcelInput().note is UNSET
    sent = [json.loads(request.body or b"") for request in wire.requests]
    assert sent == [{"id": 7}, {"note": None}, {"note": "fragile"}]


def test_a_model_that_was_read_is_not_sent_by_accident(tmp_path: Path) -> None:
    package = make_sending(tmp_path)
    wire = Wire(b'{"id": 7}')
    read = call(package, wire, parcel=package.ParcelInput(id=7))

    with pytest.raises(InvalidRequest, match="must be ParcelInput, is a Parcel"):
        call(package, wire, parcel=read)
    assert len(wire.requests) == 1


def test_a_model_that_was_read_can_be_converted_to_send_it(tmp_path: Path) -> None:
    package = make_sending(tmp_path)
    wire = Wire(b'{"id": 7, "note": null}')
    read = call(package, wire, parcel=package.ParcelInput(id=7))

    changed = msgspec.convert(msgspec.to_builtins(read), package.ParcelInput)
    changed.note = "fragile"
    call(package, wire, parcel=changed)

    assert json.loads(wire.requests[-1].body or b"") == {"id": 7, "note": "fragile"}


def test_a_new_request_changes_no_type_that_is_read(tmp_path: Path) -> None:
    document = parcels()
    add_note(document)
    before = make_package(tmp_path / "before", document)
    after = make_sending(tmp_path / "after")

    for name in schemas(document):
        assert describe_fields(getattr(before, name)) == describe_fields(getattr(after, name))
    assert set(after.__all__) - set(before.__all__) == {"ParcelInput"}


def describe_fields(model: Any) -> list[tuple[str, str, object]]:
    return [(field.name, str(field.type), field.default) for field in msgspec.structs.fields(model)]

"""Unions of objects without a discriminator in a generated package: read, typed and refused."""

from __future__ import annotations

import inspect
from decimal import Decimal
from pathlib import Path
from typing import Any

from counterfoil_core.types import Unknown

from tests.behaviour.generate.packages import (
    Wire,
    answer_with,
    call,
    describe,
    fields,
    make_package,
    parcels,
    refer,
    refusal,
    schemas,
)

TEXT = {"type": "string", "description": "A text that says something."}
AMOUNT = {"type": "number", "format": "decimal", "description": "An amount of money, exact."}


def member(**properties: Any) -> Any:
    return describe(type="object", required=list(properties), properties=properties)


def document() -> Any:
    """A parcel that is paid by card or by transfer."""
    made = parcels()
    schemas(made)["Card"] = member(number=TEXT, amount=AMOUNT)
    schemas(made)["Transfer"] = member(iban=TEXT, amount=AMOUNT)
    schemas(made)["Payment"] = describe(oneOf=[refer("Card"), refer("Transfer")])
    fields(made)["weight"] = refer("Payment")
    schemas(made)["Parcel"]["required"] = ["weight"]
    answer_with(made, "application/json", refer("Parcel"), {"weight": {"iban": "x", "amount": 1}})
    return made


def test_a_field_is_the_member_that_its_keys_choose(tmp_path: Path) -> None:
    package = make_package(tmp_path, document())

    found = call(package, Wire(b'{"weight": {"number": "4", "amount": 12345678901234567.10}}'))
    assert type(found.weight).__name__ == "Card"
    assert found.weight.amount == Decimal("12345678901234567.10")
    found = call(package, Wire(b'{"weight": {"iban": "x", "amount": 0.10}}'))
    assert type(found.weight).__name__ == "Transfer"
    assert str(found.weight.amount) == "0.10"
    found = call(package, Wire(b'{"weight": {"crypto": 1.50}}'))
    assert found.weight == Unknown(b'{"crypto": 1.50}')


def test_type_checkers_see_the_members_and_unknown(tmp_path: Path) -> None:
    package = make_package(tmp_path, document())

    source = inspect.getsource(package.models)
    assert "    Payment: TypeAlias = Card | Transfer | Unknown\n" in source
    assert 'Variant(Card, required=("number",))' in source
    assert 'Variant(Transfer, required=("iban",))' in source


def test_ambiguous_objects_are_refused(tmp_path: Path) -> None:
    made = document()
    schemas(made)["Transfer"]["required"] = []
    schemas(made)["Card"]["required"] = ["amount"]

    printed = refusal(tmp_path, made)

    assert "no required property distinguishes Card from Transfer" in printed


def test_such_a_union_needs_a_name(tmp_path: Path) -> None:
    made = document()
    fields(made)["weight"] = describe(oneOf=[refer("Card"), refer("Transfer")])

    printed = refusal(tmp_path, made)

    assert "Make it a component schema and refer to it" in printed

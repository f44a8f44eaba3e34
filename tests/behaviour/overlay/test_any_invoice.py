"""All that a specification allows becomes invoices, without an exception or an invented amount."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from counterfoil import Invoice, provider_names, to_invoices, verify
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from msgspec import Struct

from tests.behaviour.overlay.reading import decode, make_account
from tests.described_apis import INVOICES
from tests.schema_strategies import made_from

READ = [(api, model) for api, each in INVOICES.items() for model in each.models]


def test_every_provider_is_put_to_the_test() -> None:
    assert {api for api, _ in READ} == set(provider_names())


def numbers(value: Any) -> Iterator[Decimal]:
    if isinstance(value, bool) or value is None:
        return
    if isinstance(value, (int, Decimal)):
        yield abs(Decimal(value))
    if isinstance(value, str) and value.replace(".", "").lstrip("-").isascii():
        try:
            yield abs(Decimal(value))
        except ArithmeticError:
            return
    for part in (
        value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    ):
        yield from numbers(part)


def amounts(value: Any, path: str = "") -> Iterator[tuple[str, Decimal]]:
    """The amounts of an invoice, each with its path as `provenance` spells it."""
    if isinstance(value, Decimal):
        yield path, value
    if isinstance(value, tuple):
        for part in value:
            yield from amounts(part, f"{path}[]")
    if isinstance(value, Struct):
        for name in value.__struct_fields__:
            if name != "raw":
                yield from amounts(getattr(value, name), f"{path}.{name}" if path else name)


@pytest.mark.parametrize(("api", "model"), READ, ids=[f"{api}-{model}" for api, model in READ])
@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=some.data())
def test_no_amount_is_invented(api: str, model: str, data: Any) -> None:
    text = data.draw(made_from(api, model))
    digits = data.draw(some.integers(0, 4))
    account = make_account(
        api, minor_digits=digits, time_zone=data.draw(some.sampled_from([None, "Europe/Rome"]))
    )
    source = set(numbers(json.loads(text, parse_float=Decimal)))

    for invoice in to_invoices(decode(api, model, text), account):
        for path, amount in amounts(invoice):
            is_given = abs(amount) in source or (
                path in ("totals.gross", "payments[].amount")
                and abs(amount).scaleb(digits) in source
            )
            assert is_given or path in invoice.provenance, (path, amount)
        assert all(
            path.split(".")[0].removesuffix("[]") in Invoice.__struct_fields__
            for path in invoice.provenance
        )


@pytest.mark.parametrize(("api", "model"), READ, ids=[f"{api}-{model}" for api, model in READ])
@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=some.data())
def test_json_brings_everything_back_and_verifying_never_fails(
    api: str, model: str, data: Any
) -> None:
    text = data.draw(made_from(api, model))

    for invoice in to_invoices(
        decode(api, model, text), make_account(api, time_zone="Europe/Rome")
    ):
        back = Invoice.from_json(invoice.to_json())

        assert back == invoice
        assert back.to_json() == invoice.to_json()
        verify(invoice)

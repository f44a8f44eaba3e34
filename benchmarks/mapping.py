"""Mapping to `Invoice` beside decoding: a thousand times the fullest example of each provider."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from importlib import import_module
from typing import Any

from counterfoil import Account, provider_names, to_invoices
from counterfoil_core.decode import make_reader
from counterfoil_core.response import RawResponse

from tests.described_apis import INVOICES

from .payloads import ENCODER, ROOT
from .timing import Row, medians, milliseconds

COUNT = 1000


def report() -> Iterator[Row]:
    for api in provider_names():
        decode, made = read(api)
        # A currency is only for the providers that send none.
        currency = "EUR" if "open2b" in api else None
        account = Account(name="mine", provider=api, currency=currency, time_zone="Europe/Rome")
        times = medians(
            {"decode": decode, "map": lambda made=made, account=account: map_all(made, account)},
            rounds=15,
        )
        yield Row(f"{api}: decode {COUNT:,} records", milliseconds(times["decode"]))
        yield Row(
            f"{api}: map them",
            milliseconds(times["map"]),
            times["map"] / times["decode"],
            "decoding",
            1.5,
        )


def map_all(records: list[Any], account: Account) -> list[Any]:
    return [to_invoices(record, account) for record in records]


def read(api: str) -> tuple[Callable[[], object], list[Any]]:
    """Return a function that decodes a thousand records as the client does, and its result."""
    operation, field = INVOICES[api].example
    name = INVOICES[api].models[0]
    package = "counterfoil_" + api.replace("-", "_")
    rows = json.loads(
        (ROOT / f"generated/counterfoil-{api}/src/{package}/examples.json").read_text(),
        parse_float=Decimal,
    )
    records: list[Any] = []
    for row in rows:
        if row["operation"] != operation or row["status"] != 200:
            continue
        value = row["body"].get(field) if field else row["body"]
        if isinstance(value, list):
            records += value
        elif value:
            records.append(value)
    fullest = max((ENCODER.encode(record) for record in records), key=len)
    content = b"[" + b",".join([fullest] * COUNT) + b"]"
    reader = make_reader(list[getattr(import_module(package), name)])
    reply = RawResponse(status=200, headers={"content-type": "application/json"}, content=content)
    return lambda: reader(reply), reader(reply)

"""A large response: 1,000 full invoices of an Open2b store with lines, discounts and taxes."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "generated/counterfoil-open2b-admin/src/counterfoil_open2b_admin/examples.json"
ENCODER = msgspec.json.Encoder(decimal_format="number")


def full_invoice() -> dict[str, Any]:
    """Return the fullest documented invoice."""
    rows = json.loads(EXAMPLES.read_text(), parse_float=Decimal)
    found = [
        one
        for row in rows
        if row["operation"] == "invoices.list" and row["status"] == 200
        for one in row["body"].get("invoices", [])
    ]
    return max(found, key=lambda one: len(ENCODER.encode(one)))


def large_answer(count: int = 1000, lines: int = 4) -> bytes:
    """Return an answer of `count` invoices with `lines` lines each."""
    invoice = full_invoice()
    invoice["items"] = (invoice["items"] * lines)[:lines]
    invoice["discounts"] = (invoice["discounts"] * 2)[:2]
    invoices = [{**invoice, "id": 600_000_000 + number} for number in range(count)]
    return ENCODER.encode({"status": "ok", "invoices": invoices})


def decimals(answer: bytes) -> int:
    """Count the numbers with a point."""
    found = 0

    def count(_: str) -> None:
        nonlocal found
        found += 1

    json.loads(answer, parse_float=count)
    return found

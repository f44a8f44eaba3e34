"""Amounts that can be added up: signs by kind, and totals that are exact in every store."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from counterfoil import Invoice, InvoiceRef, Party, Totals, add_up, iterate, open_sink, to_rows
from counterfoil_sandbox import Sandbox
from msgspec import structs

from .sandbox_accounts import BEGINNING, make_account
from .test_sinks import NAMES, make_invoice

SIGNS = {
    "invoice": 1,
    "shipping_invoice": 1,
    "credit_note": -1,
    "return_invoice": -1,
    "proforma": 0,
    "unknown": 0,
}


def make(kind: str, gross: str | None, **changes: Any) -> Invoice:
    ref = InvoiceRef(provider="flow", account="atelier", kind=kind, key=f"{kind}{gross}")  # type: ignore[arg-type]
    amount = None if gross is None else Decimal(gross)
    made = make_invoice(totals=Totals(net=amount, gross=amount), currency="EUR", **changes)
    return structs.replace(made, ref=ref)


@pytest.mark.parametrize(("kind", "sign"), SIGNS.items())
def test_the_sign_follows_from_the_kind(kind: str, sign: int) -> None:
    invoice = make(kind, "12.50", seller=Party(company="Lantern House"))

    assert invoice.sign == sign
    assert invoice.is_fiscal is (sign != 0)
    assert invoice.gross == Decimal("12.50"), "the amount itself stays positive"
    assert invoice.signed_gross == Decimal("12.50") * sign
    assert invoice.tax is invoice.signed_tax is invoice.due is None
    assert (invoice.seller_name, invoice.buyer_name) == ("Lantern House", None)


@pytest.mark.parametrize("name", NAMES)
def test_totals_are_exact_and_count_what_is_unknown(name: str, tmp_path: Path) -> None:
    invoices = [
        make("invoice", "1234567890123456.789"),
        make("invoice", "0.001"),
        make("invoice", None),
        make("credit_note", "0.79"),
        make("proforma", "1000"),
        make("unknown", None),
    ]
    with open_sink(tmp_path / name) as sink:
        sink.store("atelier", invoices, b"{}")

        [row] = sink.totals(by=("account", "currency"))

        assert row == {
            "account": "atelier",
            "currency": "EUR",
            "invoices": 6,
            "not_fiscal": 2,
            "net": Decimal("1234567890123456.000"),
            "without_net": 1,
            "tax": Decimal(0),
            "without_tax": 4,
            "gross": Decimal("1234567890123456.000"),
            "without_gross": 1,
            "due": Decimal(0),
            "without_due": 4,
        }
        with pytest.raises(ValueError, match="cannot be grouped by 'colour'"):
            sink.totals(by=("colour",))


@pytest.mark.parametrize("name", NAMES)
def test_the_totals_of_the_sandbox_are_those_added_up_by_hand(name: str, tmp_path: Path) -> None:
    expected: dict[tuple[Any, ...], Decimal] = defaultdict(Decimal)
    counts: dict[tuple[Any, ...], int] = defaultdict(int)
    with Sandbox(invoices=60) as box, box.serve(), open_sink(tmp_path / name) as sink:
        for provider in ("flow", "open2b-admin"):
            found = list(iterate(make_account(box, provider), BEGINNING))
            sink.store(provider, found, b"{}")
            for invoice in found:
                assert invoice.totals is not None
                gross = invoice.totals.gross
                assert gross is not None
                group = (provider, invoice.currency, str(invoice.issue_date)[:7])
                counts[group] += 1
                if invoice.ref.kind in ("invoice", "shipping_invoice"):
                    expected[group] += gross
                elif invoice.ref.kind == "credit_note":
                    expected[group] -= gross

        rows = sink.totals()

    assert {
        (row["account"], row["currency"], row["month"]): row["invoices"] for row in rows
    } == counts
    for row in rows:
        assert row["gross"] == expected[row["account"], row["currency"], row["month"]], row
    assert len(rows) > 10


def test_invoices_that_were_deleted_are_left_out() -> None:
    gone = structs.replace(make("invoice", "5"), deleted_at=BEGINNING)

    [row] = add_up([gone, make("invoice", "7")], by=["currency"])

    assert (row["invoices"], row["gross"]) == (1, Decimal(7))


def test_rows_have_the_columns_of_the_properties() -> None:
    invoice = make("credit_note", "3.10", buyer=Party(first_name="Alda", last_name="Bressulli"))

    [row] = to_rows([invoice])

    for name, value in row.items():
        holder = invoice.ref if hasattr(invoice.ref, name) else invoice
        assert value == getattr(holder, name), name
    assert (row["signed_gross"], row["buyer_name"]) == (Decimal("-3.10"), "Alda Bressulli")


def test_the_origin_of_a_value() -> None:
    provenance: Any = {"totals.gross": "computed", "lines[].unit": "assumed"}
    lines: Any = structs.replace(
        make_invoice(), provenance=provenance, totals=Totals(gross=Decimal(1), net=Decimal(1))
    )

    assert lines.origin("totals.gross") == "computed"
    assert lines.origin("totals.net") == "given"
    assert lines.origin("totals.tax") == "absent"
    assert lines.origin("lines[2].unit") == "absent"
    assert lines.origin("seller.name") == "absent"
    with pytest.raises(KeyError, match=r"no field 'totals\.groß'"):
        lines.origin("totals.groß")

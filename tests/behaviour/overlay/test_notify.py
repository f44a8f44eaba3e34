"""Entering invoices in VTEX orders: exact, shown beforehand, and sent once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from counterfoil import (
    Account,
    Document,
    Invoice,
    InvoiceRef,
    Line,
    NotificationError,
    Totals,
    connect,
    draft_notification,
    notify,
    show_notification,
    to_invoices,
)
from counterfoil_core import InvalidRequest, OutcomeUnknown
from counterfoil_sandbox import FaultRule, Sandbox
from msgspec import structs

LINE = Line(
    sku="310118",
    name="Brass desk lamp",
    quantity=Decimal("2.00"),
    unit_price=Decimal("44.750"),
    net=Decimal("89.50"),
)
INVOICE = Invoice(
    ref=InvoiceRef(provider="open2b-admin", account="milan", kind="invoice", key="118"),
    completeness="full",
    number="2026/118",
    issued_at=datetime(2026, 10, 6, 9, 30, tzinfo=timezone(timedelta(hours=-3))),
    lines=(LINE,),
    totals=Totals(gross=Decimal("104.50")),
)


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with Sandbox(apis=["vtex"], seed=1, invoices=20) as box:
        yield box


@pytest.fixture
def account(box: Sandbox) -> Account:
    return Account(**box.account("vtex") | {"name": "shop"})


@pytest.fixture
def client(box: Sandbox, account: Account) -> Iterator[Any]:
    with connect(account, transport=box.transport("vtex")) as client:
        yield client


def draft(**changes: Any) -> Any:
    return draft_notification(structs.replace(INVOICE, **changes))


def test_amounts_become_whole_cents() -> None:
    made = draft()

    assert (made.invoice_value, made.invoice_number, made.type) == ("10450", "2026/118", "Output")
    assert [(item.id, item.price, item.quantity, item.description) for item in made.items] == [
        ("310118", 4475, 2, "Brass desk lamp")
    ]


def test_which_price_is_sent_is_chosen() -> None:
    assert draft_notification(INVOICE, price="net").items[0].price == 8950


def test_the_accounts_digits_make_the_cents() -> None:
    yen = structs.replace(
        INVOICE,
        totals=Totals(gross=Decimal(104)),
        lines=(structs.replace(LINE, unit_price=Decimal(52)),),
    )

    assert draft_notification(yen, minor_digits=0).invoice_value == "104"


@pytest.mark.parametrize(("currency", "decimals"), [("CLP", 0), ("JPY", 0), ("KWD", 3), ("CLF", 4)])
def test_a_currency_without_cents_is_not_notified_in_silence(currency: str, decimals: int) -> None:
    with pytest.raises(NotificationError) as refused:
        draft(currency=currency)

    assert f"{currency} has {decimals} decimals: pass minor_digits" in str(refused.value)
    invoice = structs.replace(INVOICE, currency=currency)
    assert draft_notification(invoice, minor_digits=2).invoice_value == "10450"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"totals": Totals(gross=Decimal("104.505"))},
            "totals.gross is 104.505, which has a fraction of a cent",
        ),
        ({"totals": Totals(gross=Decimal("1e-300"))}, "which has a fraction of a cent"),
        ({"totals": Totals(gross=Decimal(0))}, "0 cents, and VTEX only accepts values above zero"),
        ({"totals": None}, "totals.gross is missing"),
        (
            {"lines": (structs.replace(LINE, unit_price=Decimal("4.125")),)},
            r"lines\[0\].unit_price is 4.125, which has a fraction",
        ),
        ({"lines": (structs.replace(LINE, unit_price=None),)}, r"lines\[0\].unit_price is missing"),
        (
            {"lines": (LINE, structs.replace(LINE, quantity=Decimal("0.5")))},
            r"lines\[1\].quantity is 0.5, .* only accepts whole units",
        ),
        ({"lines": (structs.replace(LINE, sku=None),)}, r"lines\[0\].sku is missing"),
        ({"lines": ()}, "has no lines"),
        ({"number": None}, "has no number"),
        ({"issued_at": None}, "pass issued_at, with a time zone"),
        (
            {"ref": structs.replace(INVOICE.ref, kind="credit_note")},
            "may be a sale or a return: pass kind",
        ),
    ],
)
def test_what_would_have_to_be_guessed_or_rounded_is_refused(
    changes: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(NotificationError, match=sentence):
        draft(**changes)


def test_what_the_invoice_does_not_say_can_be_given() -> None:
    note = structs.replace(
        INVOICE, ref=structs.replace(INVOICE.ref, kind="credit_note"), issued_at=None
    )

    made = draft_notification(note, kind="Input", issued_at=datetime(2026, 10, 7, tzinfo=UTC))

    assert (made.type, made.issuance_date) == ("Input", datetime(2026, 10, 7, tzinfo=UTC))


def test_a_dry_run_shows_the_request_and_sends_nothing(box: Sandbox, account: Account) -> None:
    shown = show_notification(
        account, "1172452900788-01", draft(documents=(Document(url="https://files.example/1.xml"),))
    )

    assert box.requests == []
    assert (shown.method, shown.url) == (
        "POST",
        "http://sandbox/vtex/api/oms/pvt/orders/1172452900788-01/invoice",
    )
    assert shown.body == {
        "type": "Output",
        "issuanceDate": "2026-10-06T12:30:00Z",
        "invoiceNumber": "2026/118",
        "invoiceValue": "10450",
        "items": [{"id": "310118", "price": 4475, "quantity": 2, "description": "Brass desk lamp"}],
        "invoiceUrl": "https://files.example/1.xml",
    }
    assert "sandbox-app" not in repr(shown)


def test_what_was_shown_is_what_is_sent_and_it_comes_back(
    box: Sandbox, account: Account, client: Any
) -> None:
    order_id, made = make_for_an_order(client)
    shown = show_notification(account, order_id, made)

    receipt = notify(account, order_id, made, client=client)

    assert receipt.order_id == order_id
    assert json.loads(box.requests[-1].body) == shown.body
    [back] = to_invoices(client.orders.get(order_id), account)
    assert (back.number, back.totals) == ("2026/118", Totals(gross=Decimal("104.50")))


def make_for_an_order(client: Any) -> tuple[str, Any]:
    order_id = client.orders.list(f_status="handling").list[0].order_id
    sku = client.orders.get(order_id).items[0].id
    return order_id, draft(lines=(structs.replace(LINE, sku=sku, quantity=Decimal(1)),))


def test_a_write_without_an_answer_is_not_repeated_and_says_how_to_find_out(
    box: Sandbox, account: Account, client: Any
) -> None:
    order_id, made = make_for_an_order(client)
    box.faults = [FaultRule(kind="reset", api="vtex", operation="invoiceNotification")]
    before = len(box.requests)

    with pytest.raises(OutcomeUnknown) as raised:
        notify(account, order_id, made, client=client)

    assert len(box.requests) - before == 1
    assert (
        f"client.orders.get('{order_id}').package_attachment.packages has invoice_number '2026/118'"
        in str(raised.value)
    )
    packages = client.orders.get(order_id).package_attachment.packages  # as the message advises
    assert [package.invoice_number for package in packages] == ["2026/118"]


def test_a_refusal_is_the_clients_own_error(account: Account, client: Any) -> None:
    with pytest.raises(InvalidRequest):
        notify(
            account, "1172452900788-01", structs.replace(draft(), invoice_value="-1"), client=client
        )


def test_only_vtex_takes_notifications() -> None:
    flow = Account(name="f", provider="flow", settings={"organization": "o", "token": "t"})

    with pytest.raises(
        NotificationError, match="account 'f' is with flow: only vtex accepts notifications"
    ):
        notify(flow, "1", draft())
    with pytest.raises(NotificationError, match="only vtex"):
        show_notification(flow, "1", draft())

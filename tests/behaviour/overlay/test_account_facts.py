"""Facts of an account fill what no record has, marked as assumed; contradictions are errors."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from counterfoil import (
    Account,
    AccountError,
    Invoice,
    Seller,
    TaxCategory,
    find_provider,
    iterate,
    open_sink,
    provider_names,
    pull,
    read_accounts,
)
from counterfoil.accounts import FACTS
from counterfoil_sandbox import Sandbox

from tests.behaviour.overlay.reading import example, map_one
from tests.schema_strategies import Digits

from .sandbox_accounts import BEGINNING, make_account

SHOP = {"currency": "EUR", "time_zone": "Europe/Rome"}
ITEM = {
    "sku": "A",
    "name": "Lamp",
    "quantity": Digits("2.00"),
    "price": Digits("10.000"),
    "totalPrice": Digits("20.00"),
    "taxCode": "IVA22",
    "taxRate": Digits("22.00"),
    "taxAmount": Digits("4.40"),
}
RECORD: dict[str, Any] = {
    "id": 1,
    "type": "Invoice",
    "number": "2026/1",
    "issueDate": "2026-03-01",
    "isPaidFor": False,
    "customer": 815,
    "sellerAddress": {
        "companyName": "Lantern House",
        "country": "IT",
        "companyCode": "01234567890",
        "companyCode2": "LNT",
    },
    "billingAddress": {"name": "Alda", "country": "DE", "companyCode": "DE111222333"},
    "items": [ITEM, {**ITEM, "sku": "B", "taxCode": "ES", "taxRate": Digits("0.00")}],
    "shippingMethod": {
        "id": 1,
        "name": "Courier",
        "cost": Digits("5.000"),
        "taxCode": "IVA22",
        "taxRate": Digits("22.00"),
        "taxAmount": Digits("1.10"),
    },
    "prediscountSubtotal": Digits("40.00"),
    "subtotal": Digits("40.00"),
    "taxes": [
        {
            "code": "IVA22",
            "name": "VAT",
            "rate": Digits("22.00"),
            "taxableTotal": Digits("25.00"),
            "amount": Digits("5.50"),
        },
        {
            "code": "ES",
            "name": "exempt",
            "rate": Digits("0.00"),
            "taxableTotal": Digits("20.00"),
            "amount": Digits("0.00"),
        },
    ],
    "total": Digits("45.00"),
    "taxAmount": Digits("5.50"),
    "taxedTotal": Digits("50.50"),
}


def read(**facts: Any) -> Invoice:
    return map_one("open2b-admin", "Invoice", RECORD, **SHOP, **facts)


def test_facts_fill_what_the_record_does_not_have() -> None:
    invoice = read(
        seller={"name": "not used", "id": "S-1", "email": "bills@lantern.example"},
        unit="C62",
        terms="30 days net",
        payment_means="30",
        delivery_date="issue",
        vat_code="companyCode",
        tax_categories=[
            {"category": "S"},
            {"category": "E", "code": "ES", "exemption": "Article 132"},
        ],
    )

    assert invoice.seller is not None
    assert invoice.buyer is not None
    assert (invoice.seller.company, invoice.seller.name) == ("Lantern House", None)
    assert (invoice.seller.id, invoice.seller.email) == ("S-1", "bills@lantern.example")
    # The country of the address makes the code a VAT number; one that has a country keeps it.
    assert invoice.seller.vat_number == "IT01234567890"
    assert invoice.buyer.vat_number == "DE111222333"
    assert invoice.lines is not None
    assert invoice.charges is not None
    assert invoice.taxes is not None
    assert [(one.unit, one.tax_category) for one in invoice.lines] == [("C62", "S"), ("C62", "E")]
    assert invoice.charges[0].tax_category == "S"
    assert [(one.category, one.exemption) for one in invoice.taxes] == [
        ("S", None),
        ("E", "Article 132"),
    ]
    assert (invoice.terms, invoice.payment_means) == ("30 days net", "30")
    assert invoice.delivery_date == invoice.issue_date
    for path in ("terms", "lines[1].unit", "seller.vat_number", "taxes[0].category"):
        assert invoice.origin(path) == "assumed", path
    assert invoice.origin("seller.company") == "given"


def test_what_the_record_itself_determines_needs_no_facts() -> None:
    invoice = read()

    assert invoice.totals is not None
    assert invoice.buyer is not None
    assert invoice.buyer.id == "815"
    assert invoice.totals.charges == Decimal(5)
    assert (invoice.totals.prepaid, invoice.due) == (Decimal(0), Decimal("50.50"))
    assert invoice.origin("totals.due") == "assumed", "it may be paid in part"
    assert invoice.terms is None
    assert invoice.origin("lines[0].unit") == "absent"


def test_another_vat_number_is_an_error_that_names_both() -> None:
    with pytest.raises(AccountError, match="IT01234567890, but the account's seller has IT999"):
        read(seller={"vat_number": "IT99900011122"}, vat_code="companyCode")


def test_another_currency_is_an_error_that_names_both() -> None:
    record = example("flow", "consumer_invoices.get.typical.200")

    with pytest.raises(AccountError, match=r"the record is in GBP, .* currency is EUR"):
        map_one("flow", "ConsumerInvoice", record, currency="EUR")


def test_records_that_contradict_do_not_stop_the_others(tmp_path: Path) -> None:
    with Sandbox(["flow"], invoices=40) as box, box.serve(), open_sink(tmp_path / "a.db") as sink:
        currencies = {one.currency for one in iterate(make_account(box, "flow"), BEGINNING)}
        account = make_account(box, "flow", currency="EUR")
        result = pull([account], BEGINNING, into=sink)
        stored = {one.currency for one in sink.read()}
        codes = {one.code for one in sink.find_unreadable("flow")}

    assert len(currencies) > 1
    assert stored == {"EUR"}
    assert codes == {"contradicted-fact"}
    assert result.count("read") + result.count("unreadable") == 40


def test_prices_of_flow_that_include_tax() -> None:
    record = example("flow", "consumer_invoices.get.typical.200")
    record["lines"] = [
        {
            "discriminator": "item",
            "item": {"number": "L"},
            "description": "Lamp",
            "quantity": 2,
            "unit_price": {"amount": Digits("12.00"), "currency": "GBP", "label": ""},
            "unit_tax": {
                "rate": Digits("0.2"),
                "value": {"amount": Digits("2.00"), "currency": "GBP", "label": ""},
            },
        }
    ]

    invoice = map_one("flow", "ConsumerInvoice", record, prices_include_tax=True)

    assert invoice.lines is not None
    [line] = invoice.lines
    assert (line.unit_price, line.unit_price_gross) == (Decimal(10), Decimal(12))
    assert (line.net, line.gross) == (Decimal(20), Decimal(24))
    assert (invoice.net, invoice.tax, invoice.gross) == (Decimal(20), Decimal(4), Decimal(24))
    assert invoice.prices_include_tax is True


@pytest.mark.parametrize(
    ("facts", "price", "amounts"),
    [
        ({}, None, (None, None, None, None)),
        ({"item_price": "unit"}, "unit_price", ("10.50", "21.00", None, None)),
        ({"item_price": "total"}, "net", (None, "10.50", None, None)),
        (
            {"item_price": "unit", "prices_include_tax": True},
            "unit_price_gross",
            (None, None, "10.50", "21.00"),
        ),
    ],
)
def test_prices_of_vtex_are_what_the_account_says(
    facts: dict[str, Any], price: str | None, amounts: tuple[str | None, ...]
) -> None:
    package = {
        "invoiceNumber": "1",
        "type": "Output",
        "items": [{"itemIndex": 0, "quantity": 2, "price": 1050}],
    }
    order = {"orderId": "7", "packageAttachment": {"packages": [package]}}

    invoice = map_one("vtex", "Order", order, currency="BRL", **facts)

    assert invoice.lines is not None
    [line] = invoice.lines
    found = (line.unit_price, line.net, line.unit_price_gross, line.gross)
    assert found == tuple(None if one is None else Decimal(one) for one in amounts)
    if price is not None:
        assert invoice.origin(f"lines[0].{price}") == "assumed"


def test_a_refund_of_vtex_is_a_payment() -> None:
    package = {
        "invoiceNumber": "R-1",
        "type": "Input",
        "invoiceValue": 1050,
        "restitutions": {"Refund": {"value": 1050}},
    }
    order = {"orderId": "7", "packageAttachment": {"packages": [package]}}

    invoice = map_one("vtex", "Order", order, currency="BRL")

    assert invoice.payments is not None
    [refund] = invoice.payments
    assert (refund.description, refund.amount, refund.currency) == (
        "refund",
        Decimal("10.5"),
        "BRL",
    )


FILE = """
[milan]
provider = "open2b-admin"
store = "shop.example"
currency = "EUR"
unit = "C62"
terms = "30 days net"
vat_code = "companyCode"

[milan.seller]
name = "Lantern House"
vat_number = "IT01234567890"
streets = "Via dei Vetrai 8"
country = "IT"
einvoice_id = "0123456789012"
einvoice_scheme = "0088"

[[milan.tax_categories]]
code = "IVA22"
rate = 22
category = "S"

[[milan.tax_categories]]
rate = 5.5
category = "S"
"""


def test_facts_are_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "accounts.toml"
    path.write_text(FILE)

    account = read_accounts(path)["milan"]

    assert isinstance(account.seller, Seller)
    assert account.seller.streets == ("Via dei Vetrai 8",)
    assert tuple(account.tax_categories) == (
        TaxCategory(category="S", code="IVA22", rate=Decimal(22)),
        TaxCategory(category="S", rate=Decimal("5.5")),
    )
    assert "unit" not in account.read_with, "a fact is no reason to read everything again"


def test_the_guide_is_an_accounts_file_and_lists_every_fact(tmp_path: Path) -> None:
    guide = (Path(__file__).parents[3] / "docs/accounting.md").read_text()
    [block] = re.findall(r"```toml\n(.*?)```", guide, re.DOTALL)
    (tmp_path / "accounts.toml").write_text(block)
    listed = set(re.findall(r"^\| `(\w+)` \|", guide.partition("## Facts")[2], re.MULTILINE))

    account = read_accounts(tmp_path / "accounts.toml")["milan"]

    needed = {name for one in provider_names() for name in find_provider(one).facts}
    assert account.has_facts
    assert listed == {*FACTS, *needed}


@pytest.mark.parametrize(
    ("provider", "facts", "message"),
    [
        ("vtex", {"unit": "pieces"}, "unit must be a code of UN/ECE Recommendation 20"),
        ("vtex", {"payment_means": 30}, "payment_means must be a code of UNCL4461"),
        ("vtex", {"item_price": "each"}, "item_price must be unit or total, not 'each'"),
        ("flow", {"item_price": "unit"}, "item_price has no meaning for flow: remove it"),
        ("amazon", {"prices_include_tax": True}, "has no meaning for amazon"),
        ("flow", {"prices_include_tax": "yes"}, "must be true or false, not 'yes'"),
        ("flow", {"delivery_date": "later"}, "delivery_date must be issue or dispatch"),
        ("flow", {"terms": 30}, "terms must be a text, not 30"),
        ("flow", {"seller": {"nmae": "L"}}, "has no field 'nmae'.*did you mean 'name'"),
        ("flow", {"seller": {"vat_number": "0123"}}, "must begin with a country"),
        ("flow", {"seller": {"country": "Italy"}}, "seller.country must be a code such as IT"),
        ("flow", {"seller": "Lantern House"}, "seller must be a table"),
        ("flow", {"tax_categories": [{"category": "X"}]}, "must be one of S, Z, E, .* not 'X'"),
        ("flow", {"tax_categories": [{"rate": 20}]}, "tax_categories needs category"),
        ("flow", {"tax_categories": {"category": "S"}}, "must be a list of tables"),
        (
            "flow",
            {"tax_categories": [{"category": "S", "rate": 20}, {"category": "Z", "rate": 20}]},
            "two are for code None and rate 20",
        ),
    ],
)
def test_facts_that_make_no_sense_are_refused(
    provider: str, facts: dict[str, Any], message: str
) -> None:
    with pytest.raises(AccountError, match=message):
        Account(name="a", provider=provider, **facts)

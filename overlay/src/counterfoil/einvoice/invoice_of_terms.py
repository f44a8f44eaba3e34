"""Makes an Invoice of the terms of an e-invoice, as factur-x reads them."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from ..decimals import ZERO, exact
from ..errors import DocumentError
from ..invoice import Invoice, InvoiceWarning
from ..invoice_document import Document
from ..invoice_parts import (
    Address,
    Charge,
    Discount,
    InvoiceRef,
    Kind,
    Line,
    Party,
    Reference,
    TaxId,
    TaxTotal,
    Totals,
)

Values = Mapping[str, Any]
PROVIDER = "document"
PROFORMA = "325"
TOTALS = {
    "lines_net": "BT-106",
    "discount": "BT-107",
    "charges": "BT-108",
    "net": "BT-109",
    "tax": "BT-110",
    "gross": "BT-112",
    "prepaid": "BT-113",
    "rounding": "BT-114",
    "due": "BT-115",
}
REFERENCES = {"purchase_order": "BT-13", "order": "BT-14", "packing_slip": "BT-16"}
READ = {
    *TOTALS.values(),
    *REFERENCES.values(),
    *("BT-1", "BT-2", "BT-3", "BT-5", "BT-9", "BT-20", "BT-24", "BT-72", "BT-81"),
    *("BG-1", "BG-3", "BG-4", "BG-7", "BG-13", "BG-20", "BG-21", "BG-23", "BG-24", "BG-25"),
}
READ_OF_LINES = {
    *("BT-126", "BT-127-00", "BT-129", "BT-130", "BT-131", "BT-146", "BT-149", "BT-151"),
    *("BT-152", "BT-153", "BT-155", "BG-27"),
}
REGISTRATION = "registration"
TAX_NUMBER = "BT-32"


def make_invoice(terms: Values, is_credit: Callable[[str], bool]) -> Invoice:
    """Return the invoice that the terms describe.

    Texts of terms that an Invoice does not have are `attributes` by their numbers, such as BT-10.
    Other terms that it does not have are named in a warning. Raises DocumentError if an amount is
    not a number.
    """
    seller = _make_party(terms.get("BG-4"))
    kind = _find_kind(terms, is_credit)
    number = terms.get("BT-1")
    account = (seller.vat_number or seller.display_name) if seller else None
    lost: set[str] = set()
    return Invoice(
        ref=InvoiceRef(provider=PROVIDER, account=account or "", kind=kind, key=number),
        completeness="full",
        number=number,
        issue_date=terms.get("BT-2"),
        due_date=_read_date(terms.get("BT-9")),
        delivery_date=_read_date(terms.get("BT-72")),
        currency=terms.get("BT-5"),
        prices_include_tax=False,
        seller=seller,
        buyer=_make_party(terms.get("BG-7")),
        ship_to=_make_party(terms.get("BG-13")),
        lines=_make_parts(terms.get("BG-25"), lambda one: _make_line(one, lost)),
        discounts=_make_parts(terms.get("BG-20"), _make_discount),
        charges=_make_parts(terms.get("BG-21"), _make_charge),
        taxes=_make_parts(terms.get("BG-23"), _make_tax),
        totals=Totals(**{name: _read(terms, term) for name, term in TOTALS.items()}),
        terms=_read_text(terms.get("BT-20")),
        payment_means=terms.get("BT-81"),
        references=_make_references(terms),
        documents=_make_parts(terms.get("BG-24"), _make_document),
        notes=_make_parts(terms.get("BG-1"), _make_note),
        attributes=_list_attributes(terms, lost),
        warnings=_warn(lost),
    )


def _find_kind(terms: Values, is_credit: Callable[[str], bool]) -> Kind:
    code = str(terms.get("BT-3"))
    if is_credit(code):
        return "credit_note"
    return "proforma" if code == PROFORMA else "invoice"


def _make_parts(parts: Iterable[Values] | None, make: Callable[[Values], Any]) -> Any:
    if not parts:
        return None
    return tuple(made for made in map(make, parts) if made is not None)


def _make_party(found: Values | None) -> Party | None:
    if not found:
        return None
    ids = dict(found.get("identifiers") or {})
    tax_ids = [TaxId(scheme=f"id:{scheme}", value=one) for scheme, one in ids.items() if scheme]
    if found.get("legal_identifier"):
        scheme = found.get("legal_identifier_schemeid")
        name = f"{REGISTRATION}:{scheme}" if scheme else REGISTRATION
        tax_ids.insert(0, TaxId(scheme=name, value=found["legal_identifier"]))
    if found.get("tax_identifier"):
        tax_ids.append(TaxId(scheme=TAX_NUMBER, value=found["tax_identifier"]))
    [contact, *_] = found.get("contacts") or [{}]
    return Party(
        id=ids.get(None),
        company=found.get("name"),
        name=found.get("biz_name"),
        vat_number=found.get("vat_identifier"),
        tax_ids=tuple(tax_ids) or None,
        address=_make_address(found),
        email=contact.get("email"),
        phone=contact.get("phone"),
        einvoice_id=found.get("einvoicing_addr"),
        einvoice_scheme=found.get("einvoicing_addr_schemeid"),
    )


def _make_address(found: Values) -> Address | None:
    streets = [found.get(name) for name in ("addr_l1", "addr_l2", "addr_l3")]
    made = Address(
        streets=tuple(street for street in streets if street) or None,
        city=found.get("city"),
        region=found.get("country_subdivision"),
        postal=found.get("postcode"),
        country=found.get("country_code"),
    )
    return None if made == Address() else made


def _make_line(found: Values, lost: set[str]) -> Line:
    lost.update(f"{name} of lines" for name in found if name not in READ_OF_LINES)
    discounts = [_read(one, "amount") or ZERO for one in found.get("BG-27") or ()]
    notes = [one["BT-127"] for one in found.get("BT-127-00") or () if one.get("BT-127")]
    return Line(
        sku=found.get("BT-155"),
        name=found.get("BT-153"),
        quantity=_read(found, "BT-129"),
        unit=found.get("BT-130"),
        unit_price=_find_price(found),
        net=_read(found, "BT-131"),
        discount=sum(discounts, ZERO) if discounts else None,
        tax_category=found.get("BT-151"),
        tax_rate=_read(found, "BT-152"),
        note="\n".join(notes) or None,
    )


def _find_price(found: Values) -> Decimal | None:
    """Return the price of one unit; None if that of several units cannot be divided exactly."""
    price = _read(found, "BT-146")
    units = _read(found, "BT-149")
    if price is None or units is None or units == 1:
        return price
    try:
        with exact():
            return price / units
    except ArithmeticError:
        return None


def _make_discount(found: Values) -> Discount:
    rate = _read(found, "rate")
    amount = _read(found, "amount")
    return Discount(
        kind="amount" if rate is None else "percent",
        value=amount if rate is None else rate,
        amount=amount,
        before_tax=True,
        tax_category=found.get("vat_category_code"),
        tax_rate=_read(found, "vat_rate"),
    )


def _make_charge(found: Values) -> Charge:
    return Charge(
        kind="shipping",
        name=found.get("reason"),
        net=_read(found, "amount"),
        tax_category=found.get("vat_category_code"),
        tax_rate=_read(found, "vat_rate"),
    )


def _make_tax(found: Values) -> TaxTotal:
    return TaxTotal(
        category=found.get("BT-118"),
        rate=_read(found, "BT-119"),
        taxable=_read(found, "BT-116"),
        amount=_read(found, "BT-117"),
        exemption=found.get("BT-120"),
        exemption_code=found.get("BT-121"),
    )


def _make_references(terms: Values) -> tuple[Reference, ...] | None:
    found = []
    for name, term in REFERENCES.items():
        if terms.get(term):
            found.append(Reference(type=name, number=terms[term]))
    for one in terms.get("BG-3") or ():
        found.append(Reference(type="invoice", number=one.get("BT-25")))
    return tuple(found) or None


def _make_document(found: Values) -> Document | None:
    content = found.get("BT-125")
    if content:
        return Document(content_b64=b64encode(content).decode())
    return Document(url=found["BT-124"]) if found.get("BT-124") else None


def _make_note(found: Values) -> str | None:
    text: str | None = found.get("BT-22")
    return f"#{found['BT-21']}#{text}" if text and found.get("BT-21") else text


def _list_attributes(terms: Values, lost: set[str]) -> dict[str, str] | None:
    """Return the texts of terms that an Invoice does not have, and note the other terms."""
    found = {}
    for term, value in terms.items():
        if term in READ:
            continue
        [only] = value if isinstance(value, list) and len(value) == 1 else [value]
        if isinstance(only, (str, date)):
            found[term] = str(only)
        else:
            lost.add(term)
    return found or None


def _warn(lost: set[str]) -> tuple[InvoiceWarning, ...]:
    if not lost:
        return ()
    text = f"an Invoice has no fields for these terms: {', '.join(sorted(lost))}"
    return (InvoiceWarning(code="terms-not-read", text=text),)


def _read_date(value: object) -> date | None:
    """Return a date; the first of several, which the standard does not have."""
    if isinstance(value, list):
        value = value[0]
    return value if isinstance(value, date) else None


def _read_text(value: object) -> str | None:
    if isinstance(value, list):
        return "\n".join(map(str, value))
    return None if value is None else str(value)


def _read(values: Values, term: str) -> Decimal | None:
    """Return an amount with all its digits. Raises DocumentError if it is not a number."""
    text = values.get(term)
    if isinstance(text, list):
        text = text[0]
    if text is None:
        return None
    try:
        amount = Decimal(str(text).strip())
    except InvalidOperation:
        raise DocumentError(f"{term} is not a number: {text!r}") from None
    if not amount.is_finite():
        raise DocumentError(f"{term} is not a number: {text!r}")
    return amount

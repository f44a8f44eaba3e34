"""Open2b's administration API: all invoices of a store, by the time of change or creation.

The invoices of the storefront API are mapped here as well. Fields that only one of the APIs has are
read with `getattr`.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, get_args

from counterfoil_core.errors import NotFound
from counterfoil_core.types import NaiveDateTime
from msgspec import structs

from .. import invoice as to
from ..accounts import Account
from ..cursors import Slice, Steps
from ..steps import read_pages
from . import Capabilities, Fetching, Provider
from ._facts import SELLER_FACTS, with_facts
from ._mapping import (
    NOTHING,
    WIDEST_OFFSET,
    Notes,
    each,
    make_address,
    place_moment,
    unless_empty,
)
from ._open2b_discounts import map_discounts
from ._open2b_totals import complete_totals, map_charges, map_tax, map_totals
from ._signs import set_signs

if TYPE_CHECKING:
    from counterfoil_open2b_admin import Invoice as Record

NOTE = (
    "Amounts have no currency and times no zone: set both for the account. "
    "Deleted invoices are not listed."
)
FACTS = {
    "currency": "amounts: the API sends no currency",
    "time_zone": "times: the API sends none",
    **SELLER_FACTS,
    "vat_code": "e-invoices: which of the buyer's codes is the VAT number",
    "tax_categories": "e-invoices: the category of each tax",
    "unit": "e-invoices: the unit of quantities",
    "payment_means": "e-invoices: how to pay",
    "terms": "e-invoices without a due date",
}
UNSIGNED = ("discounts", "charges")  # according to the documentation, they are never negative
DOCUMENTS = ("invoice", "credit_note", "proforma", "shipping_invoice")
KEY = re.compile(r"[1-9][0-9]{0,17}")
KINDS = get_args(to.Kind)
STATUSES = get_args(to.Status)
MODES = get_args(to.Mode)
RULES = get_args(to.Rule)
CODES = {
    "company_code": "companyCode",
    "company_code2": "companyCode2",
    "personal_code": "personalCode",
}


@with_facts
def to_invoices(found: Record, account: Account) -> tuple[to.Invoice]:
    """Map an invoice. Its currency and the zone of its times are settings of the account."""
    notes = Notes()
    # The documentation describes prices as "excluded taxes".
    notes.provenance["prices_include_tax"] = "assumed"
    if account.currency:
        notes.provenance["currency"] = "assumed"
    else:
        text = "Open2b's amounts have no currency: set the account's currency"
        notes.warn("missing-currency", "currency", text)
    lines = each(found.items, _map_line)
    totals = map_totals(found, notes)
    has_totals = totals is not None and totals.net is not None and totals.gross is not None
    is_full = lines is not None and has_totals
    charges = map_charges(found, is_full, notes)
    ref = _identify(found, account, notes)
    paid = getattr(found, "is_paid_for", None)
    invoice = to.Invoice(
        ref=ref,
        completeness="full" if is_full else "partial",
        number=found.number or None,
        status=_choose(found.status, STATUSES, "status", "status", notes),
        status_raw=str(found.status) if found.status else None,
        issue_date=found.issue_date,
        due_date=found.due_date,
        created_at=_place(getattr(found, "creation_time", None), "created_at", account, notes),
        updated_at=_place(getattr(found, "update_time", None), "updated_at", account, notes),
        currency=account.currency,
        prices_include_tax=False,
        rounding=_map_rounding(found.rounding or NOTHING, notes),
        seller=_map_party("seller", found.seller_address or NOTHING, notes),
        buyer=_map_buyer(found, notes),
        ship_to=_map_party("ship_to", found.shipping_address or NOTHING, notes),
        lines=lines,
        discounts=map_discounts(found, account.currency, notes),
        charges=charges,
        taxes=each(found.taxes, map_tax),
        totals=totals,
        paid=paid,
        references=_map_references(found),
        shipment=_map_shipment(found, account, notes),
        locale=found.locale or None,
        notes=_map_notes(found),
        provenance=notes.provenance,
        warnings=tuple(notes.warnings),
        raw=found,
    )
    signed = set_signs(invoice, unsigned=UNSIGNED)
    # With the signs of the document; costs have none.
    completed = complete_totals(signed.totals, signed.charges, paid, ref.kind, notes)
    warnings = tuple(dict.fromkeys((*notes.warnings, *signed.warnings)))
    return (structs.replace(signed, totals=completed, warnings=warnings),)


def _map_notes(found: Record) -> tuple[str, ...] | None:
    terms = found.terms
    if terms is None:
        return None
    return (terms,) if terms else ()


@lru_cache(maxsize=256)
def spell(word: str) -> str:
    """Return a word of Open2b in snake_case: CreditNote is credit_note."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", word).lower()


def _choose(word: Any, words: tuple[str, ...], field: str, path: str, notes: Notes) -> Any:
    """Return the value of an Invoice for a word of Open2b: HalfUp is half_up.

    Return None, with a warning, if the word is unknown.
    """
    if word is None:
        return None
    value = spell(word)
    if value in words:
        return value
    notes.warn("unknown-value", path, f"{field} {str(word)!r} is unknown: only raw has it")
    return None


def _place(moment: Any, field: str, account: Account, notes: Notes) -> datetime | None:
    """Return a time of the store in the account's time zone, or None if that is not set."""
    if not moment:
        return None
    if account.time_zone is None:
        text = "times are left out, because Open2b's have no zone: set the account's time_zone"
        notes.warn("missing-time-zone", None, text)  # the same warning for all times
        return None
    return place_moment(moment, field, account, notes)


def _identify(found: Record, account: Account, notes: Notes) -> to.InvoiceRef:
    key = found.id
    if key is None:
        text = "the id was not selected, so this invoice cannot be identified"
        notes.warn("missing-key", "ref.key", text)
    kind: to.Kind = _choose(found.type, KINDS, "type", "ref.kind", notes) or "unknown"
    return to.InvoiceRef(
        provider=account.provider,
        account=account.name,
        kind=kind,
        key=None if key is None else str(key),
    )


def _map_rounding(rounding: Any, notes: Notes) -> to.Rounding | None:
    mode = _choose(rounding.mode, MODES, "rounding", "rounding.mode", notes)
    rule = _choose(rounding.rule, RULES, "rounding", "rounding.rule", notes)
    return unless_empty(to.Rounding(mode=mode, rule=rule))


def _map_party(
    role: str,
    found: Any,
    notes: Notes,
    name: str | None = None,
    einvoice_id: str | None = None,
    customer: str | None = None,
) -> to.Party | None:
    """Map one of Open2b's addresses, which have different fields.

    Open2b does not document which of the codes is a VAT number.
    """
    streets = (found.street1, found.street2)
    address = make_address(
        f"{role}.address",
        streets,
        found.city,
        found.state_prov,
        found.postal_code,
        found.country,
        notes,
    )
    tax_ids = []
    for field, scheme in CODES.items():
        code = getattr(found, field, None)
        if code:
            tax_ids.append(to.TaxId(scheme=scheme, value=code))
    phone = getattr(found, "phone_number", None) or getattr(found, "mobile_number", None)
    party = to.Party(
        id=customer,
        name=name or getattr(found, "name", None) or None,
        first_name=getattr(found, "first_name", None) or None,
        last_name=getattr(found, "last_name", None) or None,
        company=getattr(found, "company_name", None) or None,
        tax_ids=tuple(tax_ids) or None,
        address=address,
        email=getattr(found, "email", None) or None,
        phone=phone or None,
        einvoice_id=einvoice_id,
    )
    return unless_empty(party)


def _map_buyer(found: Record, notes: Notes) -> to.Party | None:
    address = found.billing_address or NOTHING
    recipient = getattr(found, "invoice_recipient", None)
    number = getattr(found, "customer", None)
    customer = None if number is None else str(number)
    name = found.customer_name or None
    return _map_party("buyer", address, notes, name, recipient or None, customer)


def _map_line(item: Any) -> to.Line:
    """Map a line. In the storefront API, prices and tax are parts of the line."""
    prices = getattr(item, "prices", item) or NOTHING
    tax = getattr(item, "tax", None) or NOTHING
    return to.Line(
        sku=item.sku or None,
        name=item.name or None,
        quantity=item.quantity,
        unit_price=prices.price,
        unit_price_gross=getattr(prices, "taxed_price", None),
        net=prices.total_price,
        gross=getattr(prices, "taxed_total_price", None),
        tax_code=getattr(item, "tax_code", tax.code) or None,
        tax_rate=getattr(item, "tax_rate", tax.rate),
        tax_amount=getattr(item, "tax_amount", tax.amount),
        weight=item.weight,
        note=item.requests or None,
    )


def _map_references(found: Record) -> tuple[to.Reference, ...] | None:
    """Map the document that this one refers to, and the customer."""
    references = []
    kind = found.reference_type
    number = found.reference_number or None
    if kind or number:
        references.append(to.Reference(type=spell(kind or "unknown"), number=number))
    customer = getattr(found, "customer", None)
    if customer is not None:
        references.append(to.Reference(type="customer", key=str(customer)))
    return tuple(references) or None


def _map_shipment(found: Record, account: Account, notes: Notes) -> to.Shipment | None:
    shipment = to.Shipment(
        carrier=(found.shipping_method or NOTHING).name or None,
        tracking_number=found.tracking_number or None,
        dispatched_at=_place(found.shipping_time, "shipment.dispatched_at", account, notes),
        packages=found.number_of_packages,
        weight=found.weight,
        goods=found.goods_appearance or None,
        reason=found.transport_reason or None,
        carriage=str(found.porto) if found.porto else None,
    )
    return unless_empty(shipment)


def read(account: Account, part: Slice, client: Any) -> Steps:
    """Read the invoices of a slice, sorted by id. `after` is the last id of a page.

    A slice may have at most 100 `keys`, one page.
    """
    from counterfoil_open2b_admin import InvoiceConditions

    if part.keys:
        known = InvoiceConditions(ids=[int(key) for key in part.keys])
        chosen = client.invoices.pages(conditions=known, limit=100)
        return read_pages(chosen, part, partial(to_invoices, account=account))
    first, last = _write_span(account, part)
    conditions = InvoiceConditions(**_write_filters(part))
    if part.by == "created":
        conditions.from_creation_time = first
        conditions.to_creation_time = last
    else:
        conditions.from_update_time = first
        conditions.to_update_time = last
    pages = client.invoices.pages(conditions=conditions, limit=100, cursor=part.after)
    return read_pages(pages, part, partial(to_invoices, account=account))


def _write_filters(part: Slice) -> dict[str, Any]:
    """Return the conditions for a single kind and status: Open2b takes one of each."""
    from counterfoil_open2b_admin import InvoiceStatus, InvoiceType

    filters: dict[str, Any] = {}
    for name, words, values in (
        ("type", InvoiceType, part.kinds),
        ("status", InvoiceStatus, part.statuses),
    ):
        known = {spell(word): word for word in words}
        if len(values) == 1 and values[0] in known:
            filters[name] = known[values[0]]
    return filters


def _write_span(account: Account, part: Slice) -> tuple[NaiveDateTime, NaiveDateTime]:
    """Return the time span in the store's local time, which includes both ends.

    If clocks are set back within the span, local times are repeated, and the span is widened by
    that hour. Without a time zone, it is widened by the largest possible offset.
    """
    if account.time_zone is None:
        first = part.since
        last = part.until
        margin = WIDEST_OFFSET
    else:
        first = part.since.astimezone(account.zone)
        last = part.until.astimezone(account.zone)
        margin = max(_find_offset(first) - _find_offset(last), timedelta())
    return NaiveDateTime.from_datetime(first - margin), NaiveDateTime.from_datetime(last + margin)


def _find_offset(moment: datetime) -> timedelta:
    return moment.utcoffset() or timedelta()


def get(client: Any, kind: str | None, key: str) -> Fetching:
    """Fetch an invoice by its id. Raises NotFound if the key is not an id."""
    if not KEY.fullmatch(key):
        raise NotFound(f"{key!r} is not an id of Open2b")
    response = yield client.with_response.invoices.get(int(key))
    return [] if response.value is None else [(response.value, response.raw)]


PROVIDER = Provider(
    name="open2b-admin",
    settings=("store", "key_header"),
    credentials=(("key",),),
    capabilities=Capabilities(
        lists=DOCUMENTS, writes=DOCUMENTS, times=("updated", "created"), note=NOTE
    ),
    facts=FACTS,
    map=to_invoices,
    read=read,
    get=get,
    record_key="id",
    key_pattern=KEY,
    without_zone=(
        "the account has no time_zone: 14 hours before and after are read as well, because "
        "Open2b's times have no zone"
    ),
)

"""Open2b's administration: every invoice of a store, by when it was changed or created.

The storefront shows a customer the same invoices, and they are mapped here as well: what only one of both shows is absent in the
other, and asked for by `getattr`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args

from counterfoil_core.types import NaiveDateTime
from msgspec import UNSET

from .. import invoice as to
from ..accounts import Account
from ..amounts import exact
from ..slices import Slice, Steps, read_pages
from . import Capabilities, Provider
from ._parts import NOTHING, Notes, each, given, make_address, unless_empty

if TYPE_CHECKING:
    from counterfoil_open2b_admin import Invoice as Record

NOTE = "Amounts have no currency and times no zone: set both for the account. A deleted invoice is not listed as such."
WIDEST = timedelta(hours=14)  # no zone is further from UTC
Amount: TypeAlias = Callable[[Any], Decimal | None]
DOCUMENTS = ("invoice", "credit_note", "proforma", "shipping_invoice")
KINDS, STATUSES, MODES, RULES = map(get_args, (to.Kind, to.Status, to.Mode, to.Rule))
DISCOUNTS: dict[Any, Literal["percent", "amount"]] = {"PercentOff": "percent", "AmountOff": "amount"}
CODES = {"company_code": "companyCode", "company_code2": "companyCode2", "personal_code": "personalCode"}


def to_invoices(found: Record, account: Account) -> tuple[to.Invoice]:
    """An invoice of a store. Its currency and the zone of its times are the account's, for the APIs have neither."""
    notes = Notes()
    amount = _choose_sign(found, notes)
    notes.provenance["prices_include_tax"] = "assumed"  # the documents: prices are "excluded taxes"
    if account.currency:
        notes.provenance["currency"] = "assumed"
    else:
        notes.say("amounts have no currency, for Open2b names none: set the account's currency")
    lines, totals = each(found.items, lambda item: _map_line(item, amount)), _map_totals(found, amount, notes)
    is_whole = lines is not None and totals is not None and totals.net is not None and totals.gross is not None
    terms, recipient = given(found.terms), getattr(found, "invoice_recipient", None)
    invoice = to.Invoice(
        ref=_identify(found, account, notes),
        completeness="full" if is_whole else "partial",
        number=found.number or None,
        status=_choose(found.status, STATUSES, "status", notes),
        status_raw=str(found.status) if found.status else None,
        issue_date=given(found.issue_date),
        due_date=given(found.due_date),
        created_at=_place(getattr(found, "creation_time", None), "created_at", account, notes),
        updated_at=_place(getattr(found, "update_time", None), "updated_at", account, notes),
        currency=account.currency,
        prices_include_tax=False,
        rounding=_map_rounding(found.rounding or NOTHING, notes),
        seller=_map_party(found.seller_address or NOTHING, notes),
        buyer=_map_party(found.billing_address or NOTHING, notes, found.customer_name or None, recipient or None),
        ship_to=_map_party(found.shipping_address or NOTHING, notes),
        lines=lines,
        discounts=_map_discounts(found, notes),
        charges=_map_charges(found, amount, notes),
        taxes=each(found.taxes, lambda tax: _map_tax(tax, amount)),
        totals=totals,
        paid=given(getattr(found, "is_paid_for", None)),
        references=_map_references(found),
        shipment=_map_shipment(found, account, notes),
        locale=found.locale or None,
        notes=None if terms is None else (terms,) if terms else (),
        provenance=notes.provenance,
        warnings=tuple(notes.warnings),  # here, when all that warns is behind
        raw=found,
    )
    return (invoice,)


@lru_cache(maxsize=256)
def spell(word: str) -> str:
    """One of Open2b's words in snake_case: CreditNote is credit_note."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", word).lower()


def _choose(word: Any, words: tuple[str, ...], field: str, notes: Notes) -> Any:
    """Our word for one of Open2b's: HalfUp is half_up. None where it is not known here."""
    if given(word) is None:
        return None
    if (ours := spell(word)) in words:
        return ours
    notes.say(f"{field} {str(word)!r} is not known here: only raw has it")
    return None


def _choose_sign(found: Record, notes: Notes) -> Amount:
    """How amounts are read: in a credit note whose totals are negative, with the opposite sign."""
    if found.type == "CreditNote" and any(total and total < 0 for total in (found.total, found.taxed_total)):
        notes.say("the store writes the amounts of this credit note as negative: they are positive here")
        return lambda amount: amount.copy_negate() if amount else given(amount)
    return given


def _place(moment: Any, field: str, account: Account, notes: Notes) -> datetime | None:
    """A time of the store, in the zone that the account is set to; without one it cannot be told which moment it is."""
    if not moment:
        return None
    if account.time_zone is None:
        notes.say("times are left out, for Open2b's have no zone: set the account's time_zone")
        return None
    notes.provenance[field] = "assumed"
    placed = datetime.combine(moment, moment.time(), account.zone)
    has_seconds = (placed.utcoffset() or timedelta()).seconds % 60  # as in the days of local time; JSON cannot write them
    return placed.astimezone(UTC) if has_seconds else placed


def _identify(found: Record, account: Account, notes: Notes) -> to.InvoiceRef:
    key = given(found.id)
    if key is None:
        notes.say("the id was not selected: this invoice cannot be told from others")
    kind: to.Kind = _choose(found.type, KINDS, "type", notes) or "unknown"
    return to.InvoiceRef(provider=account.provider, account=account.name, kind=kind, key=None if key is None else str(key))


def _map_rounding(rounding: Any, notes: Notes) -> to.Rounding | None:
    mode, rule = _choose(rounding.mode, MODES, "rounding", notes), _choose(rounding.rule, RULES, "rounding", notes)
    return unless_empty(to.Rounding(mode=mode, rule=rule))


def _map_party(found: Any, notes: Notes, name: str | None = None, einvoice_id: str | None = None) -> to.Party | None:
    """A party of one of Open2b's addresses, which have different fields. Which code is a VAT number is not documented."""
    streets = (found.street1, found.street2)
    tax_ids = [to.TaxId(scheme=scheme, value=code) for field, scheme in CODES.items() if (code := getattr(found, field, None))]
    party = to.Party(
        name=name or getattr(found, "name", None) or None,
        first_name=getattr(found, "first_name", None) or None,
        last_name=getattr(found, "last_name", None) or None,
        company=getattr(found, "company_name", None) or None,
        tax_ids=tuple(tax_ids) or None,
        address=make_address(streets, found.city, found.state_prov, found.postal_code, found.country, notes),
        email=getattr(found, "email", None) or None,
        phone=getattr(found, "phone_number", None) or getattr(found, "mobile_number", None) or None,
        einvoice_id=einvoice_id,
    )
    return unless_empty(party)


def _map_line(item: Any, amount: Amount) -> to.Line:
    """A line. The storefront has its prices and its tax in a part each."""
    prices, tax = getattr(item, "prices", item) or NOTHING, getattr(item, "tax", None) or NOTHING
    return to.Line(
        sku=item.sku or None,
        name=item.name or None,
        quantity=given(item.quantity),
        unit_price=amount(prices.price),
        unit_price_gross=amount(getattr(prices, "taxed_price", None)),
        net=amount(prices.total_price),
        gross=amount(getattr(prices, "taxed_total_price", None)),
        tax_code=getattr(item, "tax_code", tax.code) or None,
        tax_rate=given(getattr(item, "tax_rate", tax.rate)),
        tax_amount=amount(getattr(item, "tax_amount", tax.amount)),
        weight=given(item.weight),
        note=item.requests or None,
    )


def _map_charges(found: Record, amount: Amount, notes: Notes) -> tuple[to.Charge, ...] | None:
    """The costs of shipping and payment: None where neither was selected, () where the invoice has neither."""
    methods = {"shipping": found.shipping_method, "payment": found.payment_method}
    if all(method is UNSET for method in methods.values()):
        return None
    return tuple([_map_charge(kind, method, amount, notes) for kind, method in methods.items() if method])


def _map_charge(kind: Any, method: Any, amount: Amount, notes: Notes) -> to.Charge:
    if not hasattr(method, "tax_amount"):
        # the storefront does not say whether its costs include tax; they are taken not to
        notes.provenance["charges[].net"] = "assumed"
    code, rate, tax = getattr(method, "tax_code", None), getattr(method, "tax_rate", None), getattr(method, "tax_amount", None)
    name, net = method.name or None, amount(method.cost)
    return to.Charge(kind=kind, name=name, net=net, tax_code=code or None, tax_rate=given(rate), tax_amount=amount(tax))


def _map_discounts(found: Record, notes: Notes) -> tuple[to.Discount, ...] | None:
    if found.discounts is UNSET:
        return None
    before_tax = None if found.discounts_include_taxes is UNSET else not found.discounts_include_taxes
    made = []
    discount: Any
    for position, discount in enumerate(found.discounts, 1):
        kind, value = DISCOUNTS.get(discount.type), given(discount.value)
        if kind:
            off = value if kind == "amount" else None
            made.append(to.Discount(kind=kind, value=value, amount=off, before_tax=before_tax, position=position))
        else:
            notes.say(f"a discount is of a kind that is not known here, {given(discount.type)!r}: it is in raw only")
    return tuple(made)


def _map_tax(tax: Any, amount: Amount) -> to.TaxTotal:
    code, name, rate = tax.code or None, tax.name or None, given(tax.rate)
    return to.TaxTotal(code=code, name=name, rate=rate, taxable=amount(tax.taxable_total), amount=amount(tax.amount))


def _map_totals(found: Record, amount: Amount, notes: Notes) -> to.Totals | None:
    """The totals as given; the sum of discounts is the difference of the subtotals before and after them."""
    before, after, discount = amount(found.prediscount_subtotal), amount(found.subtotal), None
    if before is not None and after is not None:
        try:
            with exact():
                discount = before - after
            notes.provenance["totals.discount"] = "computed"
        except ArithmeticError:
            notes.say("the discount is left out: its digits are more than can be reckoned with")
    net, tax, gross = amount(found.total), amount(found.tax_amount), amount(found.taxed_total)
    return unless_empty(to.Totals(lines_net=before, discount=discount, net=net, tax=tax, gross=gross))


def _map_references(found: Record) -> tuple[to.Reference, ...] | None:
    """The document that this one refers to, and the customer."""
    kind, number, customer = found.reference_type, found.reference_number or None, given(getattr(found, "customer", None))
    document = to.Reference(type=spell(kind or "unknown"), number=number) if kind or number else None
    buyer = to.Reference(type="customer", key=str(customer)) if customer is not None else None
    return tuple([one for one in (document, buyer) if one]) or None


def _map_shipment(found: Record, account: Account, notes: Notes) -> to.Shipment | None:
    return unless_empty(
        to.Shipment(
            carrier=(found.shipping_method or NOTHING).name or None,
            tracking_number=found.tracking_number or None,
            dispatched_at=_place(found.shipping_time, "shipment.dispatched_at", account, notes),
            packages=given(found.number_of_packages),
            weight=given(found.weight),
            goods=found.goods_appearance or None,
            reason=found.transport_reason or None,
            carriage=str(found.porto) if found.porto else None,
        )
    )


def read(account: Account, part: Slice, client: Any) -> Steps:
    """Read the invoices of the span, sorted by id; `after` is the last id of a page."""
    from counterfoil_open2b_admin import InvoiceConditions

    first, last = _write_span(account, part)
    if part.by == "created":
        conditions = InvoiceConditions(from_creation_time=first, to_creation_time=last)
    else:
        conditions = InvoiceConditions(from_update_time=first, to_update_time=last)
    pages = client.invoices.pages(conditions=conditions, limit=100, cursor=part.after)
    return read_pages(pages, part, partial(to_invoices, account=account))


def _write_span(account: Account, part: Slice) -> tuple[NaiveDateTime, NaiveDateTime]:
    """The span in the store's own time, both ends of which belong to it.

    Where clocks go back within it, readings come twice: it is widened by as much. Without a zone it is widened by the
    most there is.
    """
    if account.time_zone is None:
        first, last, more = part.since, part.until, WIDEST
    else:
        first, last = part.since.astimezone(account.zone), part.until.astimezone(account.zone)
        more = max((first.utcoffset() or timedelta()) - (last.utcoffset() or timedelta()), timedelta())
    return NaiveDateTime.from_datetime(first - more), NaiveDateTime.from_datetime(last + more)


PROVIDER = Provider(
    name="open2b-admin",
    settings=("store", "key_header"),
    credentials=(("key",),),
    capabilities=Capabilities(lists=DOCUMENTS, writes=DOCUMENTS, times=("updated", "created"), note=NOTE),
    map=to_invoices,
    read=read,
    without_zone="the account has no time_zone: 14 hours before and after are read as well, for Open2b's times have no zone",
)

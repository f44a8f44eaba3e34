"""What Open2b's two APIs have in common: one store, seen by its staff and by a customer."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, get_args

from msgspec import UNSET

from .. import invoice as to
from ..amounts import subtract
from ._parts import Notes, each, given, make_address, text, unless_empty, whole_offset

SELLER_CODES = ("companyCode", "company_code"), ("personalCode", "personal_code")
BUYER_CODES = SELLER_CODES[0], ("companyCode2", "company_code2"), SELLER_CODES[1]


@lru_cache(maxsize=256)
def spell(word: str) -> str:
    """One of Open2b's words in snake_case: CreditNote is credit_note."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", word).lower()


class Reader:
    """One invoice on its way: the account it comes from, what is noted, and whether its amounts have to change their sign."""

    def __init__(self, found: Any, account: Any) -> None:
        self.found, self.account = found, account
        self.notes = Notes()
        totals = (found.total, found.taxed_total)
        self._turns = found.type == "CreditNote" and any(isinstance(one, Decimal) and one < 0 for one in totals)
        if self._turns:
            self.notes.say("the store writes the amounts of this credit note as negative: they are positive here")

    def amount(self, value: Any) -> Decimal | None:
        """An amount of money."""
        found: Decimal | None = given(value)
        return found.copy_negate() if self._turns and found else found

    def choose(self, value: Any, words: Any, field: str) -> Any:
        """Our word for one of Open2b's: HalfUp is half_up. None where it is not known here."""
        if given(value) is None:
            return None
        word = spell(value)
        if word in get_args(words):
            return word
        self.notes.say(f"{field} {str(value)!r} is not known here: only raw has it")
        return None

    def moment(self, value: datetime | Any, field: str) -> datetime | None:
        """A time of the store, in the zone that the account is set to; without one it cannot be told which moment it is."""
        if not given(value):
            return None
        if self.account.time_zone is None:
            self.notes.say("times are left out, for Open2b's have no zone: set the account's time_zone")
            return None
        self.notes.assumed(field)
        parts = (value.year, value.month, value.day, value.hour, value.minute, value.second)
        return whole_offset(datetime(*parts, tzinfo=self.account.zone))


def map_invoice(reader: Reader, make_line: Callable[[Reader, Any], to.Line], provider: str, **fields: Any) -> to.Invoice:
    """Make an invoice of what both APIs have; `fields` is what only one of them has."""
    found, notes = reader.found, reader.notes
    ref, currency = _identify(reader, provider), reader.account.currency
    if currency is None:
        notes.say("amounts have no currency, for Open2b names none: set the account's currency")
    notes.assumed("prices_include_tax", *(["currency"] if currency else []))  # the documents: prices are "excluded taxes"
    lines, totals = each(found.items, lambda item: make_line(reader, item)), _map_totals(reader)
    whole = lines is not None and totals is not None and totals.net is not None and totals.gross is not None
    return to.Invoice(
        ref=ref,
        completeness="full" if whole else "partial",
        number=text(found.number),
        status=reader.choose(found.status, to.Status, "status"),
        status_raw=text(found.status),
        issue_date=given(found.issue_date),
        due_date=given(found.due_date),
        currency=currency,
        prices_include_tax=False,
        rounding=_map_rounding(reader),
        seller=_map_party(found.seller_address, SELLER_CODES, notes),
        buyer=_map_buyer(reader),
        ship_to=_map_party(found.shipping_address, (), notes),
        lines=lines,
        discounts=_map_discounts(reader),
        taxes=each(found.taxes, lambda tax: _map_tax(reader, tax)),
        totals=totals,
        references=_map_references(found),
        shipment=_map_shipment(reader),
        locale=text(found.locale),
        notes=None if given(found.terms) is None else (found.terms,) if found.terms else (),
        provenance=notes.provenance,
        warnings=tuple(notes.warnings),  # here, when all that warns is behind
        raw=found,
        **fields,
    )


def _identify(reader: Reader, provider: str) -> to.InvoiceRef:
    key = given(reader.found.id)
    if key is None:
        reader.notes.say("the id was not selected: this invoice cannot be told from others")
    kind: to.Kind = reader.choose(reader.found.type, to.Kind, "type") or "unknown"
    return to.InvoiceRef(provider=provider, account=reader.account.name, kind=kind, key=None if key is None else str(key))


def map_charges(reader: Reader, make: Callable[[Reader, Any, Any], to.Charge]) -> tuple[to.Charge, ...] | None:
    """The costs of shipping and payment: None where neither was selected, () where the invoice has neither."""
    methods: tuple[tuple[Any, Any], ...] = (("shipping", reader.found.shipping_method), ("payment", reader.found.payment_method))
    if all(method is UNSET for _, method in methods):
        return None
    return tuple([make(reader, kind, method) for kind, method in methods if given(method) is not None])


def _map_rounding(reader: Reader) -> to.Rounding | None:
    rounding = given(reader.found.rounding)
    if rounding is None:
        return None
    mode, rule = reader.choose(rounding.mode, to.Mode, "rounding"), reader.choose(rounding.rule, to.Rule, "rounding")
    return unless_empty(to.Rounding(mode=mode, rule=rule))


def _map_buyer(reader: Reader) -> to.Party | None:
    found = reader.found
    einvoice_id = text(found.invoice_recipient) if hasattr(found, "invoice_recipient") else None
    return _map_party(found.billing_address, BUYER_CODES, reader.notes, text(found.customer_name), einvoice_id)


def _map_party(
    found: Any, codes: tuple[tuple[str, str], ...], notes: Notes, name: str | None = None, einvoice_id: str | None = None
) -> to.Party | None:
    """A party of one of Open2b's addresses, which have different fields. Which code is a VAT number is not documented."""
    if given(found) is None:
        return to.Party(name=name, einvoice_id=einvoice_id) if name or einvoice_id else None
    streets = (found.street1, found.street2)
    tax_ids = [to.TaxId(scheme=scheme, value=code) for scheme, field in codes if (code := text(getattr(found, field)))]
    party = to.Party(
        name=name or text(getattr(found, "name", None)),
        first_name=text(getattr(found, "first_name", None)),
        last_name=text(getattr(found, "last_name", None)),
        company=text(getattr(found, "company_name", None)),
        tax_ids=tuple(tax_ids) or None,
        address=make_address(streets, found.city, found.state_prov, found.postal_code, found.country, notes),
        email=text(getattr(found, "email", None)),
        phone=text(getattr(found, "phone_number", None)) or text(getattr(found, "mobile_number", None)),
        einvoice_id=einvoice_id,
    )
    return unless_empty(party)


def _map_discounts(reader: Reader) -> tuple[to.Discount, ...] | None:
    found = given(reader.found.discounts)
    if found is None:
        return None
    with_tax = given(reader.found.discounts_include_taxes)
    made = []
    for position, discount in enumerate(found, 1):
        value = given(discount.value)
        is_percent = discount.type == "PercentOff"
        if not is_percent and discount.type != "AmountOff":
            reader.notes.say(f"a discount is of a kind that is not known here, {given(discount.type)!r}: it is in raw only")
            continue
        before_tax = None if with_tax is None else not with_tax
        kind: Any = "percent" if is_percent else "amount"
        amount = None if is_percent else value
        made.append(to.Discount(kind=kind, value=value, amount=amount, before_tax=before_tax, position=position))
    return tuple(made)


def _map_tax(reader: Reader, tax: Any) -> to.TaxTotal:
    return to.TaxTotal(
        code=text(tax.code),
        name=text(tax.name),
        rate=given(tax.rate),
        taxable=reader.amount(tax.taxable_total),
        amount=reader.amount(tax.amount),
    )


def _map_totals(reader: Reader) -> to.Totals | None:
    """The totals as given; the sum of discounts is the difference of the subtotals before and after them."""
    found, amount = reader.found, reader.amount
    before, after = amount(found.prediscount_subtotal), amount(found.subtotal)
    discount = None
    if before is not None and after is not None:
        try:
            discount = subtract(before, after)
            reader.notes.computed("totals.discount")
        except ArithmeticError:
            reader.notes.say("the discount is left out: its digits are more than can be reckoned with")
    net, tax, gross = amount(found.total), amount(found.tax_amount), amount(found.taxed_total)
    return unless_empty(to.Totals(lines_net=before, discount=discount, net=net, tax=tax, gross=gross))


def _map_references(found: Any) -> tuple[to.Reference, ...] | None:
    """The document that this one refers to, and the customer."""
    references = []
    if (kind := text(found.reference_type)) or text(found.reference_number):
        name = spell(kind) if kind else "unknown"
        references.append(to.Reference(type=name, number=text(found.reference_number)))
    if (customer := given(getattr(found, "customer", None))) is not None:
        references.append(to.Reference(type="customer", key=str(customer)))
    return tuple(references) or None


def _map_shipment(reader: Reader) -> to.Shipment | None:
    found, method = reader.found, given(reader.found.shipping_method)
    return unless_empty(
        to.Shipment(
            carrier=text(method.name) if method else None,
            tracking_number=text(found.tracking_number),
            dispatched_at=reader.moment(found.shipping_time, "shipment.dispatched_at"),
            packages=given(found.number_of_packages),
            weight=given(found.weight),
            goods=text(found.goods_appearance),
            reason=text(found.transport_reason),
            carriage=text(found.porto),
        )
    )

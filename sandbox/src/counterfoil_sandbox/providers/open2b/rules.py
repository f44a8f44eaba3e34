"""The documented errors of create and update: a check for each that a request can cause."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ...specification import ErrorRow
from .drafts import DATE_TIME, SHIPPING_ONLY, Draft, name_country
from .refusals import Refused, refuse
from .store import CUSTOMERS, PAYMENT_METHODS, SHIPPING_METHODS, TAX_AREAS, TAX_CLASSES
from .totals import TooLarge, ZeroSubtotal, total_invoice

LOCALE = re.compile(r"[a-z]{2}(-[A-Z]{2})?")
RECIPIENT = re.compile(r"[A-Z0-9]{6,7}|[^@\s]+@[^@\s]+\.[^@\s.]+")
# Parts of messages, for fields with several errors.
MUST = "must be defined"
ONLY = "can be defined only"


@dataclass(frozen=True, slots=True)
class Case:
    """A draft to check: of a new invoice, or of a changed one, which has an id."""

    draft: Draft
    given: Mapping[str, Any]
    rows: tuple[ErrorRow, ...]
    now: datetime
    id: int | None = None

    @property
    def country(self) -> str:
        """The country whose taxes apply."""
        return name_country(self.draft)

    def refuse(self, field: str, kind: str, words: str = "") -> Refused:
        """Make the refusal of a documented error. See `refusals.refuse`."""
        values = {**self.draft, "country": self.country, "id": self.id}
        return refuse(self.rows, field, kind, values, words)


def check_draft(case: Case) -> dict[str, Any]:
    """Check a draft; return the totals of the invoice.

    Raises:
        Refused: the draft breaks a rule.
    """
    for rule in RULES:
        for refused in rule(case):
            raise refused
    try:
        totals = total_invoice(case.draft)
    except ZeroSubtotal:
        raise case.refuse("discounts", "InvalidValue") from None
    except TooLarge:
        raise Refused("items", "InvalidValue", "The invoice's totals are too large") from None
    for refused in _find_worthless_payment(case, totals):
        raise refused
    return totals


Rule = Callable[[Case], Iterator[Refused]]


def _find_unknown(case: Case) -> Iterator[Refused]:
    draft = case.draft
    customer = draft["customer"]
    if customer and customer not in CUSTOMERS:
        yield case.refuse("customer", "NotFound")
    for field, known in (("shippingMethod", SHIPPING_METHODS), ("paymentMethod", PAYMENT_METHODS)):
        if draft[field] and draft[field] not in known:
            yield case.refuse(field, "NotFound")
    for item in draft["items"]:
        if item["taxClass"] and item["taxClass"] not in TAX_CLASSES:
            yield refuse(case.rows, "taxClass", "NotFound", item)


def _find_malformed(case: Case) -> Iterator[Refused]:
    draft = case.draft
    if not LOCALE.fullmatch(draft["locale"]):
        yield case.refuse("locale", "Malformed")
    recipient = draft["invoiceRecipient"]
    if recipient and not RECIPIENT.fullmatch(recipient):
        yield case.refuse("invoiceRecipient", "Malformed")
    if datetime.strptime(draft["creationTime"], DATE_TIME) > case.now:
        yield case.refuse("creationTime", "InvalidValue")


def _find_lost(case: Case) -> Iterator[Refused]:
    """Find countries that the store does not sell to, and a state without its country."""
    for address in (case.draft["billingAddress"], case.draft["shippingAddress"]):
        if address and address["country"] not in TAX_AREAS:
            yield refuse(case.rows, "country", "InvalidValue", address)
    seller = case.draft["sellerAddress"]
    if seller["stateProv"] and not seller["country"]:
        yield case.refuse("country", "MissingCombination")


def _find_misplaced(case: Case) -> Iterator[Refused]:
    """Find shipping fields of other invoices, and missing ones of shipping invoices (not porto)."""
    ships = case.draft["type"] == "ShippingInvoice"
    for field in SHIPPING_ONLY:
        defined = case.draft[field] not in (None, "")
        if defined and not ships:
            yield case.refuse(field, "InvalidValue", ONLY)
        if ships and not defined and field != "porto":
            yield case.refuse(field, "InvalidValue", MUST)


def _find_cost_without_method(case: Case) -> Iterator[Refused]:
    for kind in ("shipping", "payment"):
        method = f"{kind}Method"
        cost = f"{kind}Cost"
        if case.given.get(cost) is None or case.draft[method]:
            continue
        if case.id is None:
            yield case.refuse(method, "InvalidCombination")
        else:
            yield case.refuse(cost, "InvalidValue")


def _find_unsuitable(case: Case) -> Iterator[Refused]:
    shipping = case.draft["shippingMethod"]
    payment = case.draft["paymentMethod"]
    if shipping and not SHIPPING_METHODS[shipping].suits(case.country):
        yield case.refuse("shippingMethod", "InvalidValue")
    if not payment:
        return
    method = PAYMENT_METHODS[payment]
    if not method.suits(case.country):
        yield case.refuse("paymentMethod", "InvalidValue", "not suitable")
    if method.on_delivery and not shipping:
        yield case.refuse("shippingMethod", "MissingCombination")
    if not method.goes_with(shipping):
        yield case.refuse("paymentMethod", "InvalidValue", "in combination")


def _find_worthless_payment(case: Case, totals: Mapping[str, Any]) -> Iterator[Refused]:
    """Find a payment method for a total that is zero or less without the method's fee."""
    payment = totals["paymentMethod"]
    if payment and totals["total"] - payment["cost"] <= 0:
        yield case.refuse("paymentMethod", "InvalidValue", "zero or negative")


RULES: tuple[Rule, ...] = (
    _find_unknown,
    _find_malformed,
    _find_lost,
    _find_misplaced,
    _find_cost_without_method,
    _find_unsuitable,
)

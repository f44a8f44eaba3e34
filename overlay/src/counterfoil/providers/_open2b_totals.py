"""The charges, taxes and totals of Open2b's invoices."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from msgspec import structs

from .. import invoice as to
from ..decimals import ZERO, add_exactly, subtract_exactly
from ._mapping import Notes, unless_empty

if TYPE_CHECKING:
    from counterfoil_open2b_admin import Invoice as Record


def complete_totals(
    totals: to.Totals | None,
    charges: tuple[to.Charge, ...] | None,
    paid: bool | None,
    kind: to.Kind,
    notes: Notes,
) -> to.Totals | None:
    """Return the totals with the sum of the charges, and the amount that is due.

    Open2b only sends whether an invoice is paid. An unpaid one is assumed not to be paid in part.
    """
    if totals is None:
        return None
    changes: dict[str, Decimal] = {}
    costs = None if charges is None else [charge.net for charge in charges]
    if costs is not None and None not in costs:
        try:
            changes["charges"] = add_exactly(filter(None, costs))
            notes.provenance["totals.charges"] = "computed"
        except ArithmeticError:
            text = "the sum of the charges has too many digits to be exact: it is left out"
            notes.warn("too-many-digits", "totals.charges", text)
    if paid is not None and totals.gross is not None and kind not in ("proforma", "unknown"):
        changes["prepaid"], changes["due"] = (totals.gross, ZERO) if paid else (ZERO, totals.gross)
        origin: to.Origin = "computed" if paid else "assumed"
        notes.provenance |= {"totals.prepaid": origin, "totals.due": origin}
    return structs.replace(totals, **changes) if changes else totals


def map_charges(found: Record, is_full: bool, notes: Notes) -> tuple[to.Charge, ...] | None:
    """Map the costs of shipping and payment.

    In a full record both methods were selected, and null means that there is none. In another one
    they may not have been selected: the charges are None then.
    """
    methods = {"shipping": found.shipping_method, "payment": found.payment_method}
    if not is_full and all(method is None for method in methods.values()):
        return None
    return tuple([_map_charge(kind, method, notes) for kind, method in methods.items() if method])


def _map_charge(kind: Any, method: Any, notes: Notes) -> to.Charge:
    if not hasattr(method, "tax_amount"):
        # The storefront API does not document whether costs include tax.
        notes.provenance["charges[].net"] = "assumed"
    return to.Charge(
        kind=kind,
        name=method.name or None,
        net=method.cost,
        tax_code=getattr(method, "tax_code", None) or None,
        tax_rate=getattr(method, "tax_rate", None),
        tax_amount=getattr(method, "tax_amount", None),
    )


def map_tax(tax: Any) -> to.TaxTotal:
    """Map the tax of one class."""
    return to.TaxTotal(
        code=tax.code or None,
        name=tax.name or None,
        rate=tax.rate,
        taxable=tax.taxable_total,
        amount=tax.amount,
    )


def map_totals(found: Record, notes: Notes) -> to.Totals | None:
    """Map the totals. The discount is the difference of the subtotals before and after it."""
    before = found.prediscount_subtotal
    after = found.subtotal
    discount = None
    if before is not None and after is not None:
        try:
            discount = subtract_exactly(before, after)
            notes.provenance["totals.discount"] = "computed"
        except ArithmeticError:
            text = "the discount has too many digits to be exact: it is left out"
            notes.warn("too-many-digits", "totals.discount", text)
    totals = to.Totals(
        lines_net=before,
        discount=discount,
        net=found.total,
        tax=found.tax_amount,
        gross=found.taxed_total,
    )
    return unless_empty(totals)

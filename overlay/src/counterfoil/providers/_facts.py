"""Complete invoices with the facts of their account. What is filled in is marked as assumed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any, TypeVar

from msgspec import Struct, structs

from ..account_facts import Seller, TaxCategory
from ..accounts import Account
from ..errors import AccountError
from ..invoice import Address, Invoice, Origin, Party, TaxId

SELLER_FACTS = {
    "seller": "e-invoices: the seller's name, VAT number, country and electronic address",
}
MapT = TypeVar("MapT", bound=Callable[..., tuple[Invoice, ...]])
PartT = TypeVar("PartT", bound=Struct)


def with_facts(function: MapT) -> MapT:
    """Decorate a provider's `map`, so that its invoices are completed."""

    @wraps(function)
    def map_with_facts(found: Any, account: Account) -> tuple[Invoice, ...]:
        invoices = function(found, account)
        if not account.has_facts:
            return invoices
        return tuple([complete(invoice, account) for invoice in invoices])

    return map_with_facts  # type: ignore[return-value]


def complete(invoice: Invoice, account: Account) -> Invoice:
    """Return an invoice with the facts of its account, where the provider sent nothing.

    Raises AccountError, with both values, if the provider sent another VAT number.
    """
    filled: dict[str, Origin] = {}
    changes: dict[str, Any] = {}
    for role in ("seller", "buyer"):
        party = getattr(invoice, role)
        made = _find_vat_number(role, party, account, filled)
        if role == "seller" and isinstance(account.seller, Seller):
            made = _complete_seller(made, account, account.seller, filled)
        if role == "buyer" and made is not None and made.einvoice_id:
            scheme = Party(einvoice_scheme=account.buyer_einvoice_scheme)
            made = _fill(made, scheme, "buyer", filled)
        changes[role] = made
    changes["lines"] = _complete_lines(invoice, account, filled)
    changes |= _categorize(invoice, changes["lines"], account, filled)
    facts: dict[str, Any] = {
        "terms": account.terms,
        "payment_means": account.payment_means,
        "delivery_date": _find_delivery(invoice, account),
    }
    for name, fact in facts.items():
        if getattr(invoice, name) is None and fact is not None:
            changes[name] = fact
            filled[name] = "assumed"
    return structs.replace(invoice, **changes, provenance={**invoice.provenance, **filled})


def check_currency(found: str | None, account: Account) -> None:
    """Raise AccountError if a record has another currency than its account."""
    if found is not None and account.currency is not None and found != account.currency:
        raise AccountError(
            f"account {account.name!r}: the record is in {found}, but the account's currency is "
            f"{account.currency}: correct or remove it"
        )


def _fill(part: PartT, facts: PartT, path: str, filled: dict[str, Origin]) -> PartT:
    """Return a part whose missing fields are filled with the facts."""
    changes: dict[str, Any] = {}
    for name in part.__struct_fields__:
        fact = getattr(facts, name)
        if fact is not None and getattr(part, name) is None:
            changes[name] = fact
            filled[f"{path}.{name}"] = "assumed"
    return structs.replace(part, **changes) if changes else part


def _complete_seller(
    party: Party | None, account: Account, facts: Seller, filled: dict[str, Origin]
) -> Party:
    """Return the seller with the account's facts. A partial address is not mixed with another."""
    found = party or Party()
    numbers = {_bare(each) for each in (found.vat_number, facts.vat_number) if each}
    if len(numbers) > 1:
        raise AccountError(
            f"account {account.name!r}: the record's seller has the VAT number "
            f"{found.vat_number}, but the account's seller has {facts.vat_number}: correct one"
        )
    party_facts = facts.party
    if found.display_name is not None:  # the record names the seller: no other name is added
        party_facts = structs.replace(party_facts, name=None, company=None)
    made = _fill(found, party_facts, "seller", filled)
    if found.address is not None and facts.address is not None:
        is_same = found.address.country in (None, facts.country)
        if is_same and found.address.streets is None:
            address = _fill(found.address, facts.address, "seller.address", filled)
            made = structs.replace(made, address=address)
    if facts.registration and not _has_registration(made):
        ids = (*(made.tax_ids or ()), TaxId(scheme="registration", value=facts.registration))
        made = structs.replace(made, tax_ids=ids)
        filled["seller.tax_ids"] = "assumed"
    return made


def _has_registration(party: Party) -> bool:
    return any(one.scheme == "registration" for one in party.tax_ids or ())


def _bare(number: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", number.upper())


def _find_vat_number(
    role: str, party: Party | None, account: Account, filled: dict[str, Origin]
) -> Party | None:
    """Return a party whose VAT number is the code that the account names.

    A number without a country gets that of the address, as EN 16931 requires (BR-CO-09).
    """
    if party is None or party.vat_number or account.vat_code is None:
        return party
    for one in party.tax_ids or ():
        if one.scheme == account.vat_code:
            filled[f"{role}.vat_number"] = "assumed"
            return structs.replace(party, vat_number=_add_country(one.value, party.address))
    return party


def _add_country(number: str, address: Address | None) -> str:
    if re.match("[A-Z]{2}", number) or address is None or address.country is None:
        return number
    prefix = "EL" if address.country == "GR" else address.country
    return prefix + number


def _complete_lines(invoice: Invoice, account: Account, filled: dict[str, Origin]) -> Any:
    if not account.unit or not invoice.lines:
        return invoice.lines
    lines = []
    for line in invoice.lines:
        if line.unit is None and line.quantity is not None:
            filled["lines[].unit"] = "assumed"
            line = structs.replace(line, unit=account.unit)
        lines.append(line)
    return tuple(lines)


def _categorize(
    invoice: Invoice, lines: Any, account: Account, filled: dict[str, Origin]
) -> dict[str, Any]:
    """Return the parts of an invoice with the categories of their taxes."""
    categories = tuple(account.tax_categories)
    if not categories:
        return {}
    changes: dict[str, Any] = {}
    for name, parts in (("lines", lines), ("charges", invoice.charges)):
        if parts:
            changes[name] = tuple([_categorize_part(part, categories) for part in parts])
            if any(part.tax_category for part in changes[name]):
                filled[f"{name}[].tax_category"] = "assumed"
    if invoice.taxes:
        changes["taxes"] = tuple([_categorize_total(tax, categories) for tax in invoice.taxes])
        if any(tax.category for tax in changes["taxes"]):
            filled["taxes[].category"] = "assumed"
    classes = {(line.tax_category, line.tax_rate) for line in changes.get("lines", ())}
    if invoice.discounts and len(classes) == 1:
        [(category, rate)] = classes
        if category is not None:
            changes["discounts"] = tuple(
                [
                    structs.replace(one, tax_category=category, tax_rate=rate)
                    for one in invoice.discounts
                ]
            )
            filled["discounts[].tax_category"] = "assumed"
            filled["discounts[].tax_rate"] = "computed"
    return changes


def _find_category(categories: tuple[Any, ...], code: str | None, rate: Any) -> TaxCategory | None:
    """Return the category of a tax. One for its code is preferred to one for its rate only."""
    fitting = [one for one in categories if one.fits(code, rate)]
    fitting.sort(key=lambda one: (one.code is None, one.rate is None))
    return fitting[0] if fitting and (code is not None or rate is not None) else None


def _categorize_part(part: Any, categories: tuple[Any, ...]) -> Any:
    found = _find_category(categories, part.tax_code, part.tax_rate)
    return part if found is None else structs.replace(part, tax_category=found.category)


def _categorize_total(tax: Any, categories: tuple[Any, ...]) -> Any:
    found = _find_category(categories, tax.code, tax.rate)
    if found is None:
        return tax
    return structs.replace(tax, category=found.category, exemption=found.exemption)


def _find_delivery(invoice: Invoice, account: Account) -> date | None:
    """Return the day that the account counts as the day of delivery, or None if it is unknown."""
    if account.delivery_date == "issue":
        return invoice.issue_date
    shipment = invoice.shipment
    if account.delivery_date == "dispatch" and shipment is not None and shipment.dispatched_at:
        return shipment.dispatched_at.date()
    return None

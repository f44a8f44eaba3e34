"""Flow: consumer invoices and credit memos. Their totals are computed from the lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from counterfoil_core.errors import NotFound, PermissionDenied
from msgspec import structs

from .. import invoice as to
from ..accounts import Account
from ..cursors import Batch, Slice, Steps
from ..decimals import ZERO, add_exactly, exact, subtract_exactly
from ..steps import read_pages
from . import Capabilities, Fetching, Provider
from ._facts import SELLER_FACTS, check_currency, with_facts
from ._flow_lines import Lines
from ._mapping import (
    NOTHING,
    Notes,
    each,
    find_day,
    is_within,
    make_address,
    place_moment,
    unless_empty,
)
from ._signs import set_signs

if TYPE_CHECKING:
    import counterfoil_flow as flow

NOTE = "Each pull lists all invoices and credit memos, because Flow cannot search by date."
MEMOS = "memos:"  # before the place in the list of credit memos, which follows that of invoices
STATUSES: dict[str, to.Status] = {
    "pending": "pending",
    "available": "available",
    "invalid": "invalid",
}
LINE_FIELDS = ("net", "discount", "tax_rate", "tax_amount", "duty_rate", "duty_amount")
COMPUTED = ("issue_date", "charges[].tax_rate", *(f"lines[].{name}" for name in LINE_FIELDS))
ALWAYS: dict[str, to.Origin] = dict.fromkeys(COMPUTED, "computed")


@with_facts
def to_invoices(
    found: flow.ConsumerInvoice | flow.CreditMemo, account: Account
) -> tuple[to.Invoice]:
    """Map an invoice or a credit memo."""
    notes = Notes(provenance=dict(ALWAYS))
    lines = Lines(notes, prices_include_tax=bool(account.prices_include_tax))
    with exact():
        for line in found.lines:
            lines.take(line)
        currency = lines.agree(len(found.lines))
        check_currency(currency, account)
        totals = lines.total(len(found.lines), currency)
        taxes = None if totals is None else lines.divide_taxes(totals)
    invoice = set_signs(_map_invoice(found, lines, currency, totals, account, notes, taxes=taxes))
    totals = invoice.totals
    includes_tax = account.prices_include_tax
    if includes_tax is None:
        includes_tax = _includes_tax(invoice)
    if includes_tax is not None:
        notes.provenance["prices_include_tax"] = "assumed"  # it is not documented
        totals = _add_due(invoice, notes)
    else:
        text = "prices may include tax: the payments are the sum of the prices, without the tax"
        notes.warn("prices-may-include-tax", "prices_include_tax", text)
    is_turned = any(warning.code == "negative-amounts" for warning in invoice.warnings)
    for path in lines.reductions if is_turned else lines.surcharges:
        text = "a discount has the sign of a surcharge, and was mapped as a negative discount"
        notes.warn("positive-discount", path, text)
    warnings = tuple(dict.fromkeys((*notes.warnings, *invoice.warnings)))
    changed = structs.replace(
        invoice, prices_include_tax=includes_tax, warnings=warnings, totals=totals
    )
    return (changed,)


def _map_invoice(
    found: flow.ConsumerInvoice | flow.CreditMemo,
    lines: Lines,
    currency: str | None,
    totals: to.Totals | None,
    account: Account,
    notes: Notes,
    *,
    taxes: tuple[to.TaxTotal, ...] | None,
) -> to.Invoice:
    """Map all fields. The buyer is the billing address; the destination does not replace it."""
    status = STATUSES.get(found.status)
    if status is None:
        text = f"status {str(found.status)!r} is unknown: only status_raw has it"
        notes.warn("unknown-value", "status", text)
    kind, about = _identify(found)
    billed = getattr(found, "billing_address", None) or NOTHING
    place = getattr(found, "destination", None) or NOTHING
    contact = place.contact or NOTHING
    tax_ids = _map_registration(found.tax_registration, notes)
    return to.Invoice(
        ref=to.InvoiceRef(provider="flow", account=account.name, kind=kind, key=found.key or None),
        completeness="full" if totals else "partial",
        number=found.number or None,
        status=status,
        status_raw=str(found.status),
        issue_date=find_day(found.date, account),
        issued_at=place_moment(found.date, "issued_at", account, notes),
        currency=currency,
        seller=_map_seller(found.entity, notes),
        buyer=_map_person("buyer", billed, billed, notes, tax_ids=tax_ids),
        ship_to=_map_person(
            "ship_to",
            contact,
            place,
            notes,
            email=contact.email or None,
            phone=contact.phone or None,
        ),
        ship_from=_map_center(getattr(found, "center", None) or NOTHING, notes),
        lines=tuple(lines.items),
        discounts=tuple(lines.discounts),
        charges=tuple(lines.charges),
        taxes=taxes,
        totals=totals,
        payments=tuple([_map_payment(*one, account, notes) for one in enumerate(found.payments)]),
        references=(about,),
        documents=tuple([_map_document(document) for document in found.documents]),
        attributes=found.attributes,
        provenance=notes.provenance,
        warnings=tuple(notes.warnings),
        raw=found,
    )


def _includes_tax(invoice: to.Invoice) -> bool | None:
    """Return False: Flow's prices are without tax, unless the record contradicts it.

    Return None if tax is listed, but the payments are the sum of the prices without it.
    """
    totals = invoice.totals
    payments = [one for one in invoice.payments or () if one.currency == invoice.currency]
    if totals is None or not totals.tax or not payments:
        return False
    net = totals.net or ZERO
    try:
        paid = add_exactly([one.amount for one in payments if one.amount is not None])
        is_net = paid == net or paid == add_exactly((net, totals.duty or ZERO))
    except ArithmeticError:
        return False
    return None if paid and is_net else False


def _add_due(invoice: to.Invoice, notes: Notes) -> to.Totals | None:
    """Return the totals with what the payments leave due (BR-CO-16).

    Both are left out if a payment is in another currency.
    """
    totals = invoice.totals
    payments = invoice.payments or ()
    if totals is None or totals.gross is None:
        return totals
    amounts = [one.amount for one in payments if one.currency == invoice.currency]
    if len(amounts) < len(payments) or None in amounts:
        return totals
    try:
        prepaid = add_exactly(filter(None, amounts))
        due = subtract_exactly(totals.gross, prepaid)
    except ArithmeticError:
        return totals
    notes.provenance["totals.prepaid"] = notes.provenance["totals.due"] = "computed"
    return structs.replace(totals, prepaid=prepaid, due=due)


def _map_registration(
    registered: flow.TaxRegistration | None, notes: Notes
) -> tuple[to.TaxId, ...] | None:
    """Map the buyer's registration, with the result of Flow's validation."""
    if not registered:
        return None
    verdict = str(registered.result)
    reason = registered.result_reason or None
    if verdict == "invalid":
        text = "Flow considers the tax registration invalid"
        if reason:
            text += f": {reason}"
        notes.warn("invalid-registration", "buyer.tax_ids[0]", text)
    tax_id = to.TaxId(
        scheme="tax_registration",
        value=registered.number,
        verdict=verdict,
        verdict_reason=reason,
    )
    return (tax_id,)


def _identify(found: flow.ConsumerInvoice | flow.CreditMemo) -> tuple[to.Kind, to.Reference]:
    """Return the kind of a record, and a reference to its order or to the corrected invoice."""
    if hasattr(found, "order"):
        order = found.order
        return "invoice", to.Reference(
            type="order", number=order.number or None, key=order.id or None
        )
    invoice = found.invoice
    return "credit_note", to.Reference(
        type="invoice", number=invoice.number or None, key=invoice.key or None
    )


def _map_document(document: flow.ConsumerInvoiceDocument) -> to.Document:
    return to.Document(url=document.url or None, language=document.language or None)


def _map_center(center: Any, notes: Notes) -> to.Party | None:
    address = _map_place("ship_from", center.address or NOTHING, notes)
    return unless_empty(to.Party(name=center.name or None, address=address))


def _map_seller(entity: flow.MerchantOfRecordEntity, notes: Notes) -> to.Party:
    return to.Party(
        name=entity.name or None,
        company=entity.name or None,
        vat_number=(entity.vat or NOTHING).number or None,
        tax_ids=each(entity.identifiers, _map_identifier),
        address=_map_place("seller", entity, notes),
        email=entity.email or None,
        phone=entity.phone or None,
    )


def _map_identifier(one: Any) -> to.TaxId:
    country = one.issuing_country or None
    return to.TaxId(scheme=str(one.name), value=one.number, country=country)


def _map_person(role: str, who: Any, place: Any, notes: Notes, **more: Any) -> to.Party | None:
    """Map the person of a billing address or a contact, the address, and more fields."""
    name = who.name or NOTHING
    person = to.Party(
        first_name=name.first or None,
        last_name=name.last or None,
        company=who.company or None,
        address=_map_place(role, place, notes),
        **more,
    )
    return unless_empty(person)


def _map_place(role: str, place: Any, notes: Notes) -> to.Address | None:
    """Map an address, which may consist of parts, or of a single text."""
    streets = place.streets or (getattr(place, "text", None),)
    path = f"{role}.address"
    return make_address(
        path, streets, place.city, place.province, place.postal, place.country, notes
    )


def _map_payment(
    index: int, payment: flow.ConsumerInvoicePayment, account: Account, notes: Notes
) -> to.Payment:
    price = payment.value
    return to.Payment(
        at=place_moment(payment.date, f"payments[{index}].at", account, notes),
        description=payment.description or None,
        amount=price.amount,
        currency=price.currency.strip().upper() or None,
    )


def read(account: Account, part: Slice, client: Any) -> Steps:
    """Read invoices in the order of their creation, and then credit memos.

    Flow cannot search by date, so those outside the span are skipped.
    """

    def choose(found: Any) -> tuple[to.Invoice, ...]:
        if not is_within(found.date, part.since, part.until, account):
            return ()
        return to_invoices(found, account)

    is_in_memos = part.after is not None and part.after.startswith(MEMOS)
    if not is_in_memos and _wants(part, "invoice"):
        pages = client.consumer_invoices.pages(limit=100, cursor=part.after)
        yield from read_pages(pages, part, choose)
    if not _wants(part, "credit_note"):
        return
    after = str(part.after).removeprefix(MEMOS) if is_in_memos else None
    memos = client.credit_memos.pages(limit=100, cursor=after)
    try:
        yield from read_pages(memos, part, choose, prefix=MEMOS)
    except (NotFound, PermissionDenied) as error:
        doubt = f"Flow does not list the credit memos of this organization ({error.status})"
        yield Batch(doubts=(doubt,))


def _wants(part: Slice, kind: str) -> bool:
    return not part.kinds or kind in part.kinds


def get(client: Any, kind: str | None, key: str) -> Fetching:
    """Fetch an invoice by its key, or a credit memo, which Flow only lists."""
    if kind != "credit_note":
        try:
            response = yield client.with_response.consumer_invoices.get(key)
        except NotFound:
            if kind == "invoice":
                raise
        else:
            return [(response.value, response.raw)]
    pages = client.with_options(keep_raw=True).credit_memos.pages(key=key, limit=100)
    page = yield pages
    return [] if page is None else list(zip(page.items, page.raws, strict=True))


PROVIDER = Provider(
    name="flow",
    settings=("organization",),
    credentials=(("token",),),
    capabilities=Capabilities(
        lists=("invoice", "credit_note"),
        writes=("invoice", "credit_note"),
        times=("issued",),
        filters=False,
        note=NOTE,
    ),
    map=to_invoices,
    read=read,
    get=get,
    record_key="key",
    facts={
        **SELLER_FACTS,
        "prices_include_tax": "totals: the API does not say whether prices include tax",
        "tax_categories": "e-invoices: the category of each tax, by its rate",
        "unit": "e-invoices: the unit of quantities",
        "payment_means": "e-invoices: how to pay",
        "terms": "e-invoices of which something is due",
    },
)

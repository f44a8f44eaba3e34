"""Flow: consumer invoices and credit memos. Their totals follow from the lines, and are worked out here."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from .. import invoice as to
from ..accounts import Account
from ..amounts import ZERO, exact, tell_percent
from ..slices import Slice, Steps, read_pages
from . import Capabilities, Provider
from ._parts import NOTHING, Notes, each, find_day, make_address, unless_empty

if TYPE_CHECKING:
    import counterfoil_flow as flow

NOTE = "Each pull lists all invoices, for Flow searches by no date. Credit memos cannot be listed."
STATUSES: dict[str, to.Status] = {"pending": "pending", "available": "available", "invalid": "invalid"}
TOO_LONG = "numbers of more digits than can be reckoned with"
OF_LINES = tuple(f"lines[].{name}" for name in ("net", "discount", "tax_rate", "tax_amount", "duty_rate", "duty_amount"))
ALWAYS: dict[str, to.Origin] = dict.fromkeys(("issue_date", "charges[].tax_rate", *OF_LINES), "computed")
OF_TOTALS = tuple(f"totals.{name}" for name in to.Totals.__struct_fields__[:7])


class _Lines(Struct):
    """The lines of a document, sorted by what they are. One that cannot be read stays in `raw`; then there are no totals.

    To be used in `with exact():`.
    """

    notes: Notes
    items: list[to.Line] = field(default_factory=list)
    charges: list[to.Charge] = field(default_factory=list)
    discounts: list[to.Discount] = field(default_factory=list)
    currencies: set[str] = field(default_factory=set)

    def take(self, line: Any) -> None:
        """Map a line."""
        import counterfoil_flow as flow

        try:
            if isinstance(line, flow.ConsumerInvoiceLineItem):
                prices = (line.unit_price, line.unit_discount, line.unit_tax, line.unit_duty)
                self.items.append(self._map_units(prices, Decimal(line.quantity), line.item.number, line.description))
            elif isinstance(line, flow.ConsumerInvoiceLineShipping):
                self.charges.append(self._map_shipping(line))
            elif isinstance(line, flow.ConsumerInvoiceLineDiscount):
                amount, position = self._take_off(line.price), len(self.discounts) + 1
                self.discounts.append(to.Discount(kind="amount", value=amount, amount=amount, position=position))
            else:
                self.notes.say("a line is of a kind that is not known here: it is in raw only, and totals are left out")
        except ArithmeticError:
            self.notes.say(f"a line has {TOO_LONG}: it is in raw only, and totals are left out")

    def _map_units(self, prices: tuple[Any, ...], quantity: Decimal, sku: str = "", name: str = "") -> to.Line:
        """A line of units that have a price each and, if any, a discount, tax and duty."""
        price, discount, tax, duty = prices
        off = self._take_off(discount) if discount else None
        self.currencies.update([one.currency for one in (price, tax and tax.value, duty and duty.value) if one])
        return to.Line(
            sku=sku or None,
            name=name or None,
            quantity=quantity,
            unit_price=price.amount,
            net=(price.amount if off is None else price.amount - off) * quantity,
            discount=None if off is None else off * quantity,
            tax_rate=tell_percent(tax.rate) if tax else None,
            tax_amount=tax.value.amount * quantity if tax else None,
            duty_rate=tell_percent(duty.rate) if duty else None,
            duty_amount=duty.value.amount * quantity if duty else None,
        )

    def _map_shipping(self, line: flow.ConsumerInvoiceLineShipping) -> to.Charge:
        one = self._map_units((line.price, line.discount, line.tax, line.duty), Decimal(1))
        if one.discount is not None:
            self.notes.provenance["charges[].net"] = "computed"
        return to.Charge(
            kind="shipping", net=one.net, tax_rate=one.tax_rate, tax_amount=one.tax_amount, duty_amount=one.duty_amount
        )

    def _take_off(self, price: flow.Price) -> Decimal:
        """A discount, which is negative on the wire, as a positive amount."""
        self.currencies.add(price.currency)
        if price.amount > 0:
            self.notes.say("a discount is positive, where Flow documents a negative amount: it is read as a surcharge")
        return -price.amount or ZERO

    def total(self, count: int) -> to.Totals | None:
        """The totals that follow from so many lines, on the reading that prices are before tax; None where not all were read."""
        both = (*self.items, *self.charges)
        if len(both) + len(self.discounts) < count:
            return None
        try:
            lines, charges, discount = _sum(self.items, "net"), _sum(self.charges, "net"), _sum(self.discounts, "amount")
            net, tax, duty = lines + charges - discount, _sum(both, "tax_amount"), _sum(both, "duty_amount")
            gross = net + tax + duty
        except ArithmeticError:
            self.notes.say(f"the lines together make {TOO_LONG}: totals are left out")
            return None
        self.notes.provenance |= dict.fromkeys(OF_TOTALS, "computed")
        return to.Totals(lines_net=lines, discount=discount, charges=charges, net=net, tax=tax, duty=duty, gross=gross)

    def agree(self) -> str | None:
        """The currency, where all lines have the same."""
        if len(self.currencies) == 1:
            self.notes.provenance["currency"] = "computed"
            return next(iter(self.currencies))
        said = f"lines are in {', '.join(sorted(self.currencies))}" if self.currencies else "no line has a currency"
        self.notes.say(f"{said}: the invoice is given none")
        return None


def _sum(parts: Iterable[Any], name: str) -> Decimal:
    return sum([amount for part in parts if (amount := getattr(part, name)) is not None], ZERO)


def to_invoices(found: flow.ConsumerInvoice | flow.CreditMemo, account: Account) -> tuple[to.Invoice]:
    """An invoice or a credit memo. The buyer is who is billed; where the goods go to is no substitute."""
    notes = Notes(provenance=ALWAYS | {"prices_include_tax": "assumed"})  # not verified by anybody
    if (status := STATUSES.get(found.status)) is None:
        notes.say(f"status {str(found.status)!r} is not known here: only status_raw has it")
    kind, about = _tell_kind(found)
    billed, place, center = (getattr(found, name, None) or NOTHING for name in ("billing_address", "destination", "center"))
    contact, registered = place.contact or NOTHING, found.tax_registration
    tax_ids = (to.TaxId(scheme="tax_registration", value=registered.number),) if registered else None
    lines = _Lines(notes)
    with exact():
        for line in found.lines:
            lines.take(line)
        totals = lines.total(len(found.lines))
    invoice = to.Invoice(
        ref=to.InvoiceRef(provider="flow", account=account.name, kind=kind, key=found.key or None),
        completeness="full" if totals else "partial",
        number=found.number or None,
        status=status,
        status_raw=str(found.status),
        issue_date=find_day(found.date, account),
        issued_at=found.date,
        currency=lines.agree(),
        prices_include_tax=False,
        seller=_map_seller(found.entity, notes),
        buyer=_map_person(billed, billed, notes, tax_ids=tax_ids),
        ship_to=_map_person(contact, place, notes, email=contact.email or None, phone=contact.phone or None),
        ship_from=unless_empty(to.Party(name=center.name or None, address=_map_place(center.address or NOTHING, notes))),
        lines=tuple(lines.items),
        discounts=tuple(lines.discounts),
        charges=tuple(lines.charges),
        totals=totals,
        payments=tuple([_map_payment(payment, kind) for payment in found.payments]),
        references=(about,),
        documents=tuple([to.Document(url=one.url or None, language=one.language or None) for one in found.documents]),
        attributes=found.attributes,
        provenance=notes.provenance,
        warnings=tuple(notes.warnings),
        raw=found,
    )
    return (invoice,)


def _tell_kind(found: flow.ConsumerInvoice | flow.CreditMemo) -> tuple[to.Kind, to.Reference]:
    """What it is, and of which order, or about which invoice."""
    if hasattr(found, "order"):
        return "invoice", to.Reference(type="order", number=found.order.number or None, key=found.order.id or None)
    return "credit_note", to.Reference(type="invoice", number=found.invoice.number or None, key=found.invoice.key or None)


def _map_seller(entity: flow.MerchantOfRecordEntity, notes: Notes) -> to.Party:
    return to.Party(
        name=entity.name or None,
        company=entity.name or None,
        vat_number=(entity.vat or NOTHING).number or None,
        tax_ids=each(
            entity.identifiers, lambda one: to.TaxId(scheme=str(one.name), value=one.number, country=one.issuing_country or None)
        ),
        address=_map_place(entity, notes),
        email=entity.email or None,
        phone=entity.phone or None,
    )


def _map_person(who: Any, place: Any, notes: Notes, **more: Any) -> to.Party | None:
    """Whom a billing address or a contact names, where that is, and what else is known of them."""
    name, address = who.name or NOTHING, _map_place(place, notes)
    return unless_empty(
        to.Party(first_name=name.first or None, last_name=name.last or None, company=who.company or None, address=address, **more)
    )


def _map_place(place: Any, notes: Notes) -> to.Address | None:
    """An address in its parts, else as the one text that it is."""
    streets = place.streets or (getattr(place, "text", None),)
    return make_address(streets, place.city, place.province, place.postal, place.country, notes)


def _map_payment(payment: flow.ConsumerInvoicePayment, kind: to.Kind) -> to.Payment:
    """A payment. The sign of a refund is not documented, and its meaning is that of the credit memo: it is positive here."""
    price, said = payment.value, payment.description or None
    amount = price.amount.copy_abs() if kind == "credit_note" else price.amount
    return to.Payment(at=payment.date, description=said, amount=amount, currency=price.currency or None)


def read(account: Account, part: Slice, client: Any) -> Steps:
    """Read invoices in the order they were created. Flow searches by no date: those of other times are passed over here."""
    pages = client.consumer_invoices.pages(limit=100, cursor=part.after)
    return read_pages(pages, part, lambda found: to_invoices(found, account) if part.since <= found.date < part.until else ())


PROVIDER = Provider(
    name="flow",
    settings=("organization",),
    credentials=(("token",),),
    capabilities=Capabilities(lists=("invoice",), writes=("invoice", "credit_note"), times=("issued",), filters=False, note=NOTE),
    map=to_invoices,
    read=read,
)

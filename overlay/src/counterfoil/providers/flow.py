"""Flow: consumer invoices and credit memos. Their totals follow from the lines, and are worked out here."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from .. import invoice as to
from ..amounts import ZERO, add, multiply, subtract, tell_percent
from ..slices import Call, Slice, Steps, read_pages
from . import Capabilities, Provider
from ._parts import Notes, each, find_day, given, make_address, text, unless_empty, whole_offset

if TYPE_CHECKING:
    import counterfoil_flow as flow

    from ..accounts import Account

STATUSES: dict[str, to.Status] = {"pending": "pending", "available": "available", "invalid": "invalid"}
COMPUTED = (
    *(f"lines[].{name}" for name in ("net", "discount", "tax_rate", "tax_amount", "duty_rate", "duty_amount")),
    *("charges[].tax_rate", "charges[].duty_rate"),
)


class _Lines:
    """The lines of a document, sorted by what they are; an unknown one is counted, and stays in `raw`."""

    def __init__(self, found: Iterable[Any], notes: Notes) -> None:
        from counterfoil_flow import ConsumerInvoiceLineDiscount, ConsumerInvoiceLineItem, ConsumerInvoiceLineShipping

        self.items: list[to.Line] = []
        self.discounts: list[to.Discount] = []
        self.charges: list[to.Charge] = []
        self.currencies: set[str] = set()
        self.whole = True
        self._notes = notes
        for line in found:
            try:
                if isinstance(line, ConsumerInvoiceLineItem):
                    self.items.append(self._map_item(line))
                elif isinstance(line, ConsumerInvoiceLineShipping):
                    self.charges.append(self._map_shipping(line))
                elif isinstance(line, ConsumerInvoiceLineDiscount):
                    self.discounts.append(self._map_discount(line))
                else:
                    self._leave_out("a line is of a kind that is not known here")
            except ArithmeticError:
                self._leave_out("a line has numbers of more digits than can be reckoned with")

    def _leave_out(self, why: str) -> None:
        self.whole = False
        self._notes.say(f"{why}: it is in raw only, and totals are left out")

    def _map_item(self, line: Any) -> to.Line:
        self._see(line.unit_price, line.unit_discount, line.unit_tax, line.unit_duty)
        quantity = Decimal(line.quantity)
        discount = self._take_off(line.unit_discount)
        unit = line.unit_price.amount
        return to.Line(
            sku=text(line.item.number),
            name=text(line.description),
            quantity=quantity,
            unit_price=unit,
            net=multiply(unit if discount is None else subtract(unit, discount), quantity),
            discount=None if discount is None else multiply(discount, quantity),
            tax_rate=_rate(line.unit_tax),
            tax_amount=_times(_levy(line.unit_tax), quantity),
            duty_rate=_rate(line.unit_duty),
            duty_amount=_times(_levy(line.unit_duty), quantity),
        )

    def _map_shipping(self, line: Any) -> to.Charge:
        self._see(line.price, line.discount, line.tax, line.duty)
        discount, price = self._take_off(line.discount), line.price.amount
        if discount is not None:
            self._notes.computed("charges[].net")
        return to.Charge(
            kind="shipping",
            net=price if discount is None else subtract(price, discount),
            tax_rate=_rate(line.tax),
            tax_amount=_levy(line.tax),
            duty_amount=_levy(line.duty),
        )

    def _map_discount(self, line: Any) -> to.Discount:
        self._see(line.price)
        amount = self._take_off(line.price)
        return to.Discount(kind="amount", value=amount, amount=amount, position=len(self.discounts) + 1)

    def _take_off(self, price: Any) -> Decimal | None:
        """A discount, which is negative on the wire, as a positive amount."""
        if not given(price):
            return None
        if price.amount > 0:
            self._notes.say("a discount is positive, where Flow documents a negative amount: it is read as a surcharge")
        negated: Decimal = price.amount.copy_negate()
        return negated if negated else ZERO

    def _see(self, *prices: Any) -> None:
        for price in filter(given, prices):
            self.currencies.add(getattr(price, "value", price).currency)

    def total(self) -> to.Totals | None:
        """The totals that follow from the lines, on the reading that prices are before tax."""
        if not self.whole:
            return None
        self._notes.computed(*(f"totals.{name}" for name in to.Totals.__struct_fields__[:7]))
        lines, charges = add(_list(self.items, "net")), add(_list(self.charges, "net"))
        discount = add(_list(self.discounts, "amount"))
        both = (*self.items, *self.charges)
        tax, duty = add(_list(both, "tax_amount")), add(_list(both, "duty_amount"))
        net = subtract(add((lines, charges)), discount)
        gross = add((net, tax, duty))
        return to.Totals(lines_net=lines, discount=discount, charges=charges, net=net, tax=tax, duty=duty, gross=gross)


def _list(parts: Iterable[Any], name: str) -> list[Decimal]:
    return [amount for part in parts if (amount := getattr(part, name)) is not None]


def _rate(levy: Any) -> Decimal | None:
    return tell_percent(levy.rate) if given(levy) else None


def _levy(levy: Any) -> Decimal | None:
    return levy.value.amount if given(levy) else None


def _times(amount: Decimal | None, quantity: Decimal) -> Decimal | None:
    return None if amount is None else multiply(amount, quantity)


def to_invoice(found: flow.ConsumerInvoice | flow.CreditMemo, account: Account) -> to.Invoice:
    """An invoice or a credit memo. The buyer is who is billed; where the goods go to is no substitute."""
    from counterfoil_flow import CreditMemo

    notes = Notes()
    is_memo = isinstance(found, CreditMemo)
    kind: to.Kind = "credit_note" if is_memo else "invoice"
    lines, issued_at = _Lines(found.lines, notes), whole_offset(found.date)
    if (status := STATUSES.get(found.status)) is None:
        notes.say(f"status {str(found.status)!r} is not known here: only status_raw has it")
    parts = _map_memo(found, notes) if isinstance(found, CreditMemo) else _map_delivery(found, notes)
    currency, totals, seller = _agree(lines, notes), lines.total(), _map_seller(found.entity, notes)
    notes.computed("issue_date", *COMPUTED)
    notes.assumed("prices_include_tax")
    return to.Invoice(
        ref=to.InvoiceRef(provider="flow", account=account.name, kind=kind, key=text(found.key)),
        completeness="full" if lines.whole else "partial",
        number=text(found.number),
        status=status,
        status_raw=str(found.status),
        issue_date=find_day(issued_at, account),
        issued_at=issued_at,
        currency=currency,
        prices_include_tax=False,  # not verified by anybody; hence assumed
        seller=seller,
        lines=tuple(lines.items),
        discounts=tuple(lines.discounts),
        charges=tuple(lines.charges),
        totals=totals,
        payments=each(found.payments, lambda payment: _map_payment(payment, is_memo)),
        documents=each(found.documents, lambda document: to.Document(url=text(document.url), language=text(document.language))),
        attributes=found.attributes,
        provenance=notes.provenance,
        warnings=tuple(notes.warnings),
        raw=found,
        **parts,
    )


def _agree(lines: _Lines, notes: Notes) -> str | None:
    """The currency, where all lines have the same."""
    if len(lines.currencies) == 1:
        notes.computed("currency")
        return next(iter(lines.currencies))
    said = f"lines are in {', '.join(sorted(lines.currencies))}" if lines.currencies else "no line has a currency"
    notes.say(f"{said}: the invoice is given none")
    return None


def _map_memo(memo: flow.CreditMemo, notes: Notes) -> dict[str, Any]:
    about = to.Reference(type="invoice", number=text(memo.invoice.number), key=text(memo.invoice.key))
    return {"buyer": _map_buyer(None, memo.tax_registration, notes), "references": (about,)}


def _map_delivery(invoice: flow.ConsumerInvoice, notes: Notes) -> dict[str, Any]:
    """What only an invoice has: the order, where it is delivered to and where from."""
    order, center = invoice.order, given(invoice.center)
    return {
        "buyer": _map_buyer(given(invoice.billing_address), invoice.tax_registration, notes),
        "references": (to.Reference(type="order", number=text(order.number), key=text(order.id)),),
        "ship_to": _map_destination(invoice.destination, notes),
        "ship_from": center and to.Party(name=text(center.name), address=_map_place(center.address, notes)),
    }


def _map_seller(entity: flow.MerchantOfRecordEntity, notes: Notes) -> to.Party:
    vat = given(entity.vat)
    return to.Party(
        name=text(entity.name),
        company=text(entity.name),
        vat_number=text(vat.number) if vat else None,
        tax_ids=each(
            entity.identifiers, lambda one: to.TaxId(scheme=str(one.name), value=one.number, country=text(one.issuing_country))
        ),
        address=_map_place(entity, notes),
        email=text(entity.email),
        phone=text(entity.phone),
    )


def _map_buyer(billed: flow.BillingAddress | None, registration: Any, notes: Notes) -> to.Party | None:
    looked_up: flow.TaxRegistration | None = given(registration)
    tax_ids = (to.TaxId(scheme="tax_registration", value=looked_up.number),) if looked_up else None
    return _map_person(billed, tax_ids=tax_ids, address=_map_place(billed, notes) if billed else None)


def _map_destination(place: flow.OrderAddress, notes: Notes) -> to.Party | None:
    contact = given(place.contact)
    email, phone = (text(contact.email), text(contact.phone)) if contact else (None, None)
    return _map_person(contact, address=_map_place(place, notes), email=email, phone=phone)


def _map_person(found: flow.BillingAddress | flow.Contact | None, **fields: Any) -> to.Party | None:
    """Whom an address or a contact names, and what else is known of them."""
    name = given(found.name) if found else None
    party = to.Party(
        first_name=text(name.first) if name else None,
        last_name=text(name.last) if name else None,
        company=text(found.company) if found else None,
        **fields,
    )
    return unless_empty(party)


def _map_place(place: Any, notes: Notes) -> to.Address | None:
    """An address in its parts, else as the one text that it is."""
    streets = given(place.streets)
    if streets is None and (whole := text(getattr(place, "text", None))):
        streets = [whole]
    return make_address(streets, place.city, place.province, place.postal, place.country, notes)


def _map_payment(payment: Any, is_refund: bool) -> to.Payment:
    """A payment. The sign of a refund is not documented, and its meaning is that of the credit memo: it is positive here."""
    amount = payment.value.amount
    return to.Payment(
        at=whole_offset(payment.date),
        description=text(payment.description),
        amount=amount.copy_abs() if is_refund else amount,
        currency=text(payment.value.currency),
    )


def read(account: Account, part: Slice) -> Steps:
    """Read invoices in the order they were created. Flow searches by no date: those of other times are passed over here."""

    def choose(found: flow.ConsumerInvoice) -> tuple[to.Invoice, ...]:
        return (to_invoice(found, account),) if part.since <= found.date < part.until else ()

    return read_pages(Call("consumer_invoices.pages", {"limit": 100, "cursor": part.after}), part, choose)


PROVIDER = Provider(
    name="flow",
    package="counterfoil_flow",
    client="FlowClient",
    settings=("organization",),
    credentials=(("token",),),
    capabilities=Capabilities(
        lists=("invoice",),
        writes=("invoice", "credit_note"),
        times=("issued",),
        filters=False,
        note="All invoices are listed for each span, for Flow searches by no date. Credit memos cannot be listed.",
    ),
    map=lambda found, account: (to_invoice(found, account),),
    read=read,
)

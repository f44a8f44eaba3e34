"""Open2b's administration: every invoice of a store, by when it was changed or created."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from counterfoil_core.types import NaiveDateTime

from ..invoice import Charge, Invoice, Line
from ..slices import Call, Slice, Steps, read_pages
from . import Capabilities, Provider
from ._open2b import Reader, map_charges, map_invoice
from ._parts import given, text

if TYPE_CHECKING:
    from counterfoil_open2b_admin import Invoice as StoreInvoice

    from ..accounts import Account

WIDEST = timedelta(hours=14)  # no zone is further from UTC


def to_invoice(found: StoreInvoice, account: Account) -> Invoice:
    """An invoice of a store. Its currency and the zone of its times are the account's, for the API has neither."""
    reader = Reader(found, account)
    return map_invoice(
        reader,
        _map_line,
        "open2b-admin",
        created_at=reader.moment(found.creation_time, "created_at"),
        updated_at=reader.moment(found.update_time, "updated_at"),
        paid=given(found.is_paid_for),
        charges=map_charges(reader, _map_charge),
    )


def _map_line(reader: Reader, item: Any) -> Line:
    return Line(
        sku=text(item.sku),
        name=text(item.name),
        quantity=given(item.quantity),
        unit_price=reader.amount(item.price),
        net=reader.amount(item.total_price),
        tax_code=text(item.tax_code),
        tax_rate=given(item.tax_rate),
        tax_amount=reader.amount(item.tax_amount),
        weight=given(item.weight),
        note=text(item.requests),
    )


def _map_charge(reader: Reader, kind: Any, method: Any) -> Charge:
    return Charge(
        kind=kind,
        name=text(method.name),
        net=reader.amount(method.cost),
        tax_code=text(method.tax_code),
        tax_rate=given(method.tax_rate),
        tax_amount=reader.amount(method.tax_amount),
    )


def read(account: Account, part: Slice) -> Steps:
    """Read the invoices of the span, sorted by id; `after` is the last id of a page."""
    from counterfoil_open2b_admin import InvoiceConditions

    first, last = _write_span(account, part)
    if part.by == "created":
        conditions = InvoiceConditions(from_creation_time=first, to_creation_time=last)
    else:
        conditions = InvoiceConditions(from_update_time=first, to_update_time=last)
    call = Call("invoices.pages", {"conditions": conditions, "limit": 100, "cursor": part.after})
    return read_pages(call, part, lambda found: (to_invoice(found, account),))


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
    return _write_moment(first, -more), _write_moment(last, more)


def _write_moment(moment: datetime, more: timedelta) -> NaiveDateTime:
    return NaiveDateTime.from_datetime(moment.replace(tzinfo=None) + more)


PROVIDER = Provider(
    name="open2b-admin",
    package="counterfoil_open2b_admin",
    client="Open2bAdminClient",
    settings=("store", "key_header"),
    credentials=(("key",),),
    capabilities=Capabilities(
        lists=("invoice", "credit_note", "proforma", "shipping_invoice"),
        writes=("invoice", "credit_note", "proforma", "shipping_invoice"),
        times=("updated", "created"),
        note="Amounts have no currency and times no zone: set both for the account. A deleted invoice is not listed as such.",
    ),
    map=lambda found, account: (to_invoice(found, account),),
    read=read,
    without_zone="the account has no time_zone: 14 hours before and after are read as well, for Open2b's times have no zone",
)

"""Open2b's storefront: the invoices of one customer, as the customer sees them."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import Any

from ..accounts import Account
from ..invoice import Invoice
from ..slices import Slice, Steps, read_pages
from . import Capabilities, Provider
from .open2b_admin import DOCUMENTS, to_invoices

NOTE = "One customer's invoices, whole days by their date of issue. A day is read to its end by the account's time_zone."


def read(account: Account, part: Slice, client: Any) -> Steps:
    """Read all invoices of the customer, and keep those issued on the days of the span: the storefront searches by no date.

    `after` counts invoices, for it is not documented that they come sorted by id.
    """
    zone, wider = account.zone or UTC, timedelta(days=0 if account.time_zone else 1)
    first = (part.since.astimezone(zone) - wider).date()
    last = (part.until.astimezone(zone) - timedelta(microseconds=1) + wider).date()

    def choose(found: Any) -> tuple[Invoice, ...]:
        return to_invoices(found, account) if not found.issue_date or first <= found.issue_date <= last else ()

    return read_pages(client.invoices.pages(limit=100, cursor=part.after), part, choose)


PROVIDER = Provider(
    name="open2b-storefront",
    settings=("store", "email", "public_key"),
    credentials=(("customer_key",), ("email", "password")),
    capabilities=Capabilities(lists=DOCUMENTS, times=("issued",), filters=False, note=NOTE),
    map=to_invoices,
    read=read,
    without_zone="the account has no time_zone: invoices of the days before and after are read as well",
)

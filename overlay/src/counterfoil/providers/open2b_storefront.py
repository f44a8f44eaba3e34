"""Open2b's storefront API: the invoices of one customer, with what the customer can see."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import Any

from counterfoil_core.errors import NotFound

from ..accounts import Account
from ..cursors import Slice, Steps
from ..invoice import Invoice
from ..steps import read_pages
from . import Capabilities, Fetching, Provider
from .open2b_admin import DOCUMENTS, FACTS, KEY, to_invoices

NOTE = (
    "One customer's invoices, by whole days of issue. "
    "Days end at midnight in the account's time_zone."
)


def read(account: Account, part: Slice, client: Any) -> Steps:
    """List all invoices of the customer, and keep the ones that were issued within the span.

    The storefront API cannot search by date. `after` is a number of invoices, because the
    documentation does not promise that they are sorted by id.
    """
    zone = account.zone or UTC
    margin = timedelta(days=0 if account.time_zone else 1)
    last_moment = part.until - timedelta(microseconds=1)
    first = (part.since.astimezone(zone) - margin).date()
    last = (last_moment.astimezone(zone) + margin).date()

    def choose(found: Any) -> tuple[Invoice, ...]:
        if found.issue_date and not first <= found.issue_date <= last:
            return ()
        return to_invoices(found, account)

    return read_pages(client.invoices.pages(limit=100, cursor=part.after), part, choose)


def get(client: Any, kind: str | None, key: str) -> Fetching:
    """Search for an invoice by its id. Raises NotFound if the key is not an id."""
    from counterfoil_open2b_storefront import InvoiceConditions

    if not KEY.fullmatch(key):
        raise NotFound(f"{key!r} is not an id of Open2b")
    known = InvoiceConditions(ids=[int(key)])
    page = yield client.with_options(keep_raw=True).invoices.pages(conditions=known, limit=100)
    return [] if page is None else list(zip(page.items, page.raws, strict=True))


PROVIDER = Provider(
    name="open2b-storefront",
    settings=("store", "email", "public_key"),
    credentials=(("customer_key",), ("email", "password")),
    capabilities=Capabilities(lists=DOCUMENTS, times=("issued",), filters=False, note=NOTE),
    map=to_invoices,
    read=read,
    get=get,
    record_key="id",
    facts=FACTS,
    without_zone=(
        "the account has no time_zone: invoices of the days before and after are read as well"
    ),
)

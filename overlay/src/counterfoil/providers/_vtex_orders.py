"""Read VTEX's orders of a time span: list them in numbered pages, and fetch each one.

Orders move to other pages if an order is deleted in the meantime, and VTEX's total may be wrong. So
a list of several pages is read until two consecutive readings agree, and a total that does not
match is reported.
"""

from __future__ import annotations

from collections.abc import Generator
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
from counterfoil_core.errors import DecodeError, NotFound, ServerError
from counterfoil_core.type_information import decode
from msgspec import Raw, Struct, field, structs

from ..accounts import Account
from ..cursors import Batch, Slice, Steps, Unreadable
from ..steps import map_records
from ..unreadable import NO_KEY, describe_failed, describe_undecoded, find_key, is_about_one_record
from . import find_provider

PAGE = 100  # orders per page, VTEX's maximum
MOST_PAGES = 30  # pages per list, VTEX's maximum
MOST_READINGS = 4  # of one list
SHORTEST = timedelta(milliseconds=1)  # VTEX compares times by milliseconds
# The filters of slices by the time of creation that are read at the end of each pull.
LATE: dict[str, dict[str, Any]] = {
    "returned": {"f_has_input_invoice": True},
    "handled": {"f_status": "handling"},
}
FIRST_FIRST = "creationDate,asc"
LAST_FIRST = "creationDate,desc"


class _Page(Struct):
    """A page of a list: the ids of orders, and the bytes of order summaries without an id."""

    order_ids: list[str]
    total: int
    size: int = PAGE
    number: int | None = None  # according to VTEX
    nameless: list[bytes] = field(default_factory=list)


class _Reading(Struct):
    """One reading of a list. If `is_cut`, there may be orders after the last page."""

    order_ids: dict[str, None] = field(default_factory=dict)
    nameless: dict[bytes, None] = field(default_factory=dict)
    total: int = 0
    pages: int = 0
    is_cut: bool = False
    # The last page has another number than the requested one, so its total is not reliable.
    is_misnumbered: bool = False

    def take(self, page: _Page) -> bool:
        """Add a page. Return whether it contains new orders."""
        before = self.count()
        self.order_ids |= dict.fromkeys(page.order_ids)
        self.nameless |= dict.fromkeys(page.nameless)
        self.total = page.total
        self.pages += 1
        return self.count() > before

    def count(self) -> int:
        """Return the number of listed orders."""
        return len(self.order_ids) + len(self.nameless)


class OrderList(Struct):
    """The orders of a time span.

    `order_ids` were listed in any reading, `listed` in the last one. See `Batch` for `doubts`.
    """

    order_ids: dict[str, None]
    nameless: dict[bytes, None]
    listed: set[str]
    is_cut: bool
    doubts: tuple[str, ...] = ()


Listing = Generator[Any, Any, Any]
"""Steps with a return value."""


def read_orders(account: Account, part: Slice, client: Any, most: int) -> Steps:
    """Read the orders of a slice. A time span with more than `most` orders is halved."""
    if part.keys:
        order_ids = dict.fromkeys([key.partition("/")[0] for key in part.keys])
        yield from _fetch_orders(account, part, client, order_ids, None)
        return
    since = part.since
    until = part.until
    while since < part.until:
        middle = _find_middle(since, until)
        span = write_span(part.by, since, until)
        orders = yield from list_orders(client, span, most if middle else None)
        if orders is None and middle:
            until = middle
            continue
        here = structs.replace(part, since=since, until=until, warnings=())
        yield from _read_list(account, here, client, orders)
        yield Batch(cursor=part.go_on(since=until) if until < part.until else None)
        # The next span is twice as long, in case that orders are less dense there.
        length = until - since
        since = until
        until = min(part.until, since + 2 * length)


def _find_middle(since: datetime, until: datetime) -> datetime | None:
    """Return the middle of a time span in whole milliseconds, or None if it is too short."""
    middle = since + (until - since) / 2
    middle = middle.replace(microsecond=middle.microsecond // 1000 * 1000)
    return middle if since + SHORTEST <= middle < until else None


def write_span(by: str, since: datetime, until: datetime) -> dict[str, Any]:
    """Return the query parameters for a time span.

    VTEX includes both ends, so the last one is a millisecond before `until`.
    """
    name, field_name = ("f_creation_date", "creationDate")
    if by == "invoiced":
        name, field_name = ("f_invoiced_date", "invoicedDate")
    first = _write_time(since)
    last = _write_time(max(since, until - SHORTEST))
    return {name: f"{field_name}:[{first} TO {last}]", **LATE.get(by, {})}


def _write_time(moment: datetime) -> str:
    text = moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds")
    return f"{text}Z"


def list_orders(client: Any, span: dict[str, Any], most: int | None) -> Listing:
    """Return the OrderList of a time span, or None if it has more than `most` orders."""
    reading = yield from _read_once(client, span, most)
    if reading is None:
        return None
    found = OrderList(reading.order_ids, reading.nameless, set(reading.order_ids), reading.is_cut)
    if reading.is_cut:
        yield from _read_from_the_end(client, span, found)
    elif reading.pages > 1 or reading.count() != reading.total:
        reading = yield from _read_until_settled(client, span, reading, found)
    listed = len(found.order_ids) + len(found.nameless)
    if reading.total > listed and not reading.is_misnumbered:
        found.doubts += (
            f"VTEX counts {reading.total} orders of {_show(span)}, and lists {listed}",
        )
    return found


def _read_once(
    client: Any, span: dict[str, Any], most: int | None, order: str = FIRST_FIRST
) -> Listing:
    """Read a list page by page. Return None if it has more than `most` orders.

    The list ends with an empty page, or with a short one if the total matches.
    """
    reading = _Reading()
    for number in range(1, MOST_PAGES + 1):
        page = yield from _fetch_page(client, span, number, order)
        is_empty = not page.order_ids and not page.nameless
        if is_empty or not reading.take(page):
            reading.is_misnumbered = page.number not in (None, number)
            return reading
        if most is not None and reading.count() > most:
            return None
        count = len(page.order_ids) + len(page.nameless)
        if count < min(PAGE, page.size) and reading.count() == page.total:
            return reading
        if number == 1 and most is not None and page.total > most:
            page_after_most = min(most // PAGE + 1, MOST_PAGES)
            later = yield from _fetch_page(client, span, page_after_most, order)
            if later.order_ids:  # otherwise, the total is wrong
                return None
    if most is not None:  # the pages are small, and the list is too long anyway
        return None
    reading.is_cut = True
    return reading


def _read_until_settled(
    client: Any, span: dict[str, Any], reading: _Reading, found: OrderList
) -> Listing:
    """Read a list again until two consecutive readings agree. Return the last reading."""
    for _ in range(MOST_READINGS - 1):
        again = yield from _read_once(client, span, None)
        agreed = again.order_ids.keys() == reading.order_ids.keys()
        reading = again
        found.order_ids |= reading.order_ids
        found.nameless |= reading.nameless
        found.listed = set(reading.order_ids)
        if agreed:
            return reading
    found.doubts += (f"the orders of {_show(span)} change while they are listed",)
    return reading


def _read_from_the_end(client: Any, span: dict[str, Any], found: OrderList) -> Listing:
    """Read a list that is too long from its end. It is complete if both readings overlap."""
    reading = yield from _read_once(client, span, None, LAST_FIRST)
    found.is_cut = found.order_ids.keys().isdisjoint(reading.order_ids)
    found.order_ids |= reading.order_ids
    found.nameless |= reading.nameless
    found.listed |= set(reading.order_ids)


def _fetch_page(client: Any, span: dict[str, Any], number: int, order: str) -> Listing:
    """Fetch a page. If it cannot be decoded, search it for ids of orders."""
    try:
        found = yield client.orders.list(page=number, per_page=PAGE, order_by=order, **span)
    except DecodeError as error:
        return _search_page(error)
    paging = found.paging
    order_ids = [one.order_id for one in found.list]
    return _Page(order_ids, paging.total, max(1, paging.per_page), paging.current_page)


def _search_page(failure: DecodeError) -> _Page:
    """Return the ids in a page that cannot be decoded. Raises the failure if it has no list."""
    try:
        fields = decode(failure.content, dict[str, Raw])
        raws = [bytes(raw) for raw in decode(fields["list"], list[Raw])]
    except (msgspec.MsgspecError, KeyError, ValueError):
        raise failure from None
    page = _Page([], total=_read_total(fields))
    for raw in raws:
        key = find_key("vtex", raw)
        if key.startswith(NO_KEY):
            page.nameless.append(raw)
        else:
            page.order_ids.append(key)
    return page


def _read_total(fields: dict[str, Raw]) -> int:
    """Return the total of a page, or -1, which never matches, if it has none."""
    try:
        total = decode(fields["paging"], dict[str, Any])["total"]
    except (msgspec.MsgspecError, KeyError, ValueError):
        return -1
    return total if type(total) is int else -1


def _read_list(account: Account, here: Slice, client: Any, orders: OrderList) -> Steps:
    unreadable = [_describe_nameless(here, raw) for raw in orders.nameless]
    if orders.is_cut:
        unreadable.append(_describe_cut(here))
    if unreadable or orders.doubts:
        yield Batch(unreadable=tuple(unreadable), doubts=orders.doubts)
    yield from _fetch_orders(account, here, client, orders.order_ids, orders.listed)


def _fetch_orders(
    account: Account,
    here: Slice,
    client: Any,
    order_ids: dict[str, None],
    listed: set[str] | None,
) -> Steps:
    """Fetch orders one by one. An order that the client cannot read is unreadable.

    So is an order with a server error, unless the next order has one, too: then it is raised.
    `listed` are the orders in the last reading, or None if unknown. An order that is not found and
    not in it was deleted in the meantime.
    """
    to_invoices = find_provider("vtex").map
    missing: list[Unreadable] = []
    has_failed = False
    for order_id in order_ids:
        try:
            response = yield client.with_response.orders.get(order_id=order_id)
        except Exception as error:
            is_first_failure = isinstance(error, ServerError) and not has_failed
            if not is_first_failure and not is_about_one_record(error):
                raise
            has_failed = isinstance(error, ServerError)
            record = describe_failed(here, order_id, error)
            if not isinstance(error, NotFound):
                yield Batch(unreadable=(record,))
            elif listed is None or order_id in listed:
                missing.append(record)
            continue
        has_failed = False
        invoices, unreadable = map_records(
            here, [response.value], lambda one: to_invoices(one, account), [response.raw]
        )
        yield Batch(tuple(invoices), unreadable=tuple(unreadable))
    if missing:
        missing = yield from _keep_listed(client, here, missing)
        yield Batch(unreadable=tuple(missing))


def _keep_listed(client: Any, here: Slice, missing: list[Unreadable]) -> Listing:
    """Return the missing orders that are still listed. The others were deleted."""
    span = write_span(here.by, here.since, here.until)
    reading = yield from _read_once(client, span, None)
    return [record for record in missing if record.key in reading.order_ids]


def _describe_nameless(here: Slice, raw: bytes) -> Unreadable:
    error = DecodeError("a listed order has no orderId", path="$.orderId")
    return describe_undecoded(here, raw, error)


def _describe_cut(here: Slice) -> Unreadable:
    moment = f"{here.since:%Y-%m-%dT%H:%M:%S.%f}"
    return Unreadable(
        account=here.account,
        slice=here,
        key=f"orders of {moment}",
        code="too-many-at-once",
        text=f"VTEX lists {2 * PAGE * MOST_PAGES} orders of one millisecond, and there are more",
    )


def _show(span: dict[str, Any]) -> str:
    return str(next(iter(span.values())))

"""Spans of time, cut into slices and read against the sandbox, sync and async."""

from __future__ import annotations

import asyncio
import time
import warnings
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs

import msgspec
import pytest
from counterfoil import (
    Account,
    Batch,
    CounterfoilWarning,
    Cursor,
    Invoice,
    InvoiceRef,
    Slice,
    WindowError,
    aiterate,
    aread_slice,
    connect,
    connect_async,
    iterate,
    plan_slices,
    provider_names,
    read_slice,
)
from counterfoil.reading import Deduplicator
from counterfoil.steps import read_pages
from counterfoil_core import Page
from counterfoil_sandbox import FaultRule, Sandbox
from counterfoil_vtex import InvoicedItem, InvoiceType

from tests.behaviour.overlay.reading import make_account

NOW = datetime.now(UTC)


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with Sandbox(seed=3, invoices=250, rate_limits=False) as box:
        yield box


def open_account(box: Sandbox, api: str, **about: Any) -> tuple[Account, dict[str, Any]]:
    if "open2b" in api:
        about["currency"] = "EUR"
    account = Account(**box.account(api) | {"name": "mine"}, **about)
    return account, {"transport": box.transport(api)}


def read_all(box: Sandbox, api: str, days: int = 3650, **about: Any) -> list[Invoice]:
    account, options = open_account(box, api, **{"time_zone": "UTC", **about})
    with connect(account, **options) as client, warnings.catch_warnings():
        warnings.simplefilter("ignore", CounterfoilWarning)
        return list(iterate(account, NOW - timedelta(days=days), client=client))


def invoice_orders(box: Sandbox, count: int) -> list[str]:
    account, options = open_account(box, "vtex")
    with connect(account, **options) as client:
        chosen = [
            summary.order_id for summary in client.orders.iterate(per_page=100, f_status="handling")
        ][:count]
        for number, order_id in enumerate(chosen, 1):
            ordered = client.orders.get(order_id).items
            items = [
                InvoicedItem(id=item.id, price=item.price, quantity=item.quantity)
                for item in ordered
            ]
            client.invoices.notify(
                order_id,
                type=InvoiceType.OUTPUT,
                issuance_date=datetime.now(UTC),
                invoice_number=f"NF-{number}",
                invoice_value=str(sum(item.price * item.quantity for item in items)),
                items=items,
            )
    time.sleep(0.002)  # VTEX's filter counts milliseconds, and the present one is not over
    return chosen


@pytest.mark.parametrize("api", ["amazon", "flow", "open2b-admin", "open2b-storefront"])
def test_everything_is_read_once(api: str, box: Sandbox) -> None:
    found = read_all(box, api)

    assert len(found) == len({invoice.ref for invoice in found})
    assert found
    if api in ("amazon", "flow", "open2b-admin"):
        assert len(found) == 250


@pytest.mark.parametrize("api", ["amazon", "flow", "open2b-admin", "open2b-storefront"])
def test_async_reads_the_same(api: str, box: Sandbox) -> None:
    account, options = open_account(box, api, time_zone="UTC")

    async def read() -> list[Invoice]:
        async with connect_async(account, **options) as client:
            return [
                invoice
                async for invoice in aiterate(account, NOW - timedelta(days=150), client=client)
            ]

    with connect(account, **options) as client:
        assert asyncio.run(read()) == list(
            iterate(account, NOW - timedelta(days=150), client=client)
        )


def test_orders_that_were_invoiced_are_found_and_read(box: Sandbox) -> None:
    chosen = invoice_orders(box, 5)

    found = read_all(box, "vtex", days=90)

    own = [str(invoice.ref.key) for invoice in found if "/NF-" in str(invoice.ref.key)]
    assert sorted(own) == sorted(f"{order}/NF-{n}" for n, order in enumerate(chosen, 1))
    assert 50 < len(found) - len(own) < 120  # those that were invoiced before
    assert {invoice.currency for invoice in found} == {"BRL"}
    assert all(
        invoice.buyer and invoice.buyer.display_name
        for invoice in found
        if str(invoice.ref.key) not in own
    )


def test_async_reads_orders_as_well(box: Sandbox) -> None:
    invoice_orders(box, 3)
    account, options = open_account(box, "vtex")

    async def read() -> int:
        async with connect_async(account, **options) as client:
            [part] = plan_slices(account, NOW - timedelta(days=1))
            batches = [batch async for batch in aread_slice(account, part, client)]
            return len(
                [one for batch in batches for one in batch.invoices if "/NF-" in str(one.ref.key)]
            )

    assert asyncio.run(read()) == 3


def test_a_crowded_span_is_halved_and_may_be_left_after_each_part(
    box: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    from counterfoil.providers import vtex

    monkeypatch.setattr(vtex, "MOST_ORDERS", 40)
    account, options = open_account(box, "vtex")
    slices = plan_slices(account, NOW - timedelta(days=700), by="created")
    asked_before = len(box.requests)
    with connect(account, **options) as client:
        batches = [batch for part in slices for batch in read_slice(account, part, client)]
    read = Counter(
        request.path
        for request in box.requests[asked_before:]
        if not request.path.endswith("/orders")
    )

    assert sum(batch.cursor is not None for batch in batches) > len(slices)
    assert len(read) == 250
    assert set(read.values()) == {1}
    found = [invoice for batch in batches for invoice in batch.invoices]
    assert len({invoice.ref for invoice in found}) == len(found) > 50


def read_until_a_cursor(
    account: Account, part: Slice, client: Any
) -> tuple[list[Invoice], Slice | None]:
    found: list[Invoice] = []
    for batch in read_slice(account, part, client):
        found += batch.invoices
        if batch.cursor is not None:
            # As after a restart.
            return found, msgspec.json.decode(batch.cursor.to_json(), type=Cursor).rest
    raise AssertionError("the last batch has a cursor")


@pytest.mark.parametrize("api", ["flow", "open2b-admin"])
def test_a_slice_may_be_left_at_any_cursor_and_nothing_is_read_twice(
    api: str, box: Sandbox
) -> None:
    account, options = open_account(box, api, time_zone="UTC")
    part: Slice | None
    [part] = plan_slices(account, NOW - timedelta(days=3650))
    counts = []
    refs = set()
    with connect(account, **options) as client:
        while part:
            found, part = read_until_a_cursor(account, part, client)
            counts.append(len(found))
            refs |= {invoice.ref for invoice in found}

    assert sum(counts) == len(refs) == 250
    assert max(counts) == 100


def test_pages_are_fetched_ahead_and_none_is_fetched_twice(box: Sandbox) -> None:
    account, options = open_account(box, "flow")
    [part] = plan_slices(account, NOW - timedelta(days=3650))
    with connect(account, **options) as client, ThreadPoolExecutor(1) as executor:
        batches = read_slice(account, part, client, ahead=executor)
        first = next(batches)
        executor.submit(int).result()  # behind the pages fetched ahead
        asked = len(box.requests)
        found = [invoice.ref for batch in (first, *batches) for invoice in batch.invoices]

    assert asked == 4  # the last one is empty, and ends the list
    assert len(set(found)) == len(found) == 250
    assert len({(request.path, request.query) for request in box.requests}) == len(box.requests)


def test_what_was_to_be_fetched_ahead_is_left_where_nobody_reads_on() -> None:
    slow = FaultRule(kind="latency", delay_ms=50)
    with Sandbox(apis=["flow"], invoices=1000, faults=[slow]) as box:
        account, options = open_account(box, "flow")
        [part] = plan_slices(account, NOW - timedelta(days=3650))
        with connect(account, **options) as client, ThreadPoolExecutor(1) as executor:
            batches = read_slice(account, part, client, ahead=executor)
            next(batches)
            batches.close()  # type: ignore[attr-defined]

    assert len(box.requests) <= 3  # the one that was read, the one under way, and perhaps one more


def test_the_last_page_of_a_slice_is_no_place_to_go_on_from() -> None:
    [part] = plan_slices(make_account("flow"), NOW - timedelta(days=1))
    steps = read_pages(None, part, lambda _: ())
    next(steps)

    assert steps.send(Page(items=["one"], cursor="abc")).cursor == part.go_on(after="abc")
    next(steps)
    assert steps.send(Page(items=["two"], cursor=None)).cursor is None


def test_an_invoice_that_neighbouring_parts_have_both_is_given_once_and_then_forgotten() -> None:
    """Whatever was given long ago is not kept in memory."""
    account = make_account("flow")
    [part] = plan_slices(account, NOW - timedelta(days=1))
    one = Invoice(
        ref=InvoiceRef(provider="flow", account="mine", kind="invoice", key="1"),
        completeness="partial",
    )
    seen = Deduplicator(account, [part])

    given = [
        len(list(seen.choose(Batch(found, part.end()))))
        for found in ((one, one), (one,), (), (one,))
    ]

    assert given == [1, 0, 0, 1]


def test_amazon_is_asked_for_less_than_seven_days_and_a_moment_at_an_edge_is_not_lost(
    box: Sandbox,
) -> None:
    account, options = open_account(box, "amazon")
    first, *_, last = plan_slices(account, NOW - timedelta(days=20), NOW)
    with connect(account, **options) as client:
        list(read_slice(account, first, client))

    asked = parse_qs(box.requests[-1].query)
    after, before = (
        datetime.fromisoformat(asked[name][0]) for name in ("createdAfter", "createdBefore")
    )
    assert after < first.since  # "after" excludes the moment itself
    assert before >= first.until.replace(microsecond=0)
    assert before - after < timedelta(days=7)
    assert last.until == NOW


def test_what_is_further_back_than_is_listed_is_left_out_with_a_sentence() -> None:
    slices = plan_slices(make_account("amazon"), NOW - timedelta(days=400))

    assert NOW - timedelta(days=185) < slices[0].since < NOW - timedelta(days=180)
    assert "amazon lists the last 6 months only" in slices[0].warnings[0]
    assert all(not part.warnings for part in slices[1:])
    with pytest.raises(WindowError, match="ask for a later time"):
        plan_slices(make_account("amazon"), NOW - timedelta(days=400), NOW - timedelta(days=300))


def test_iterating_warns_of_what_is_left_out(box: Sandbox) -> None:
    account, options = open_account(box, "amazon")

    with (
        connect(account, **options) as client,
        pytest.warns(CounterfoilWarning, match="account 'mine': amazon lists") as warned,
    ):
        next(iterate(account, NOW - timedelta(days=400), client=client))

    assert [one.filename for one in warned] == [__file__], "it points to the line that asked"


def test_a_span_is_kept_to(box: Sandbox) -> None:
    since = NOW - timedelta(days=60)
    until = NOW - timedelta(days=20)
    for api in ("flow", "open2b-admin", "open2b-storefront"):
        account, options = open_account(box, api, time_zone="UTC")
        by = "created" if api == "open2b-admin" else None
        with connect(account, **options) as client:
            found = list(iterate(account, since, until, by=by, client=client))
            whole = list(iterate(account, NOW - timedelta(days=3650), client=client))
        wanted = [invoice for invoice in whole if is_within(invoice, since, until)]
        assert {invoice.ref for invoice in found} == {invoice.ref for invoice in wanted}
        assert 0 < len(found) < len(whole) or api != "flow"


def is_within(invoice: Invoice, since: datetime, until: datetime) -> bool:
    moment = invoice.issued_at or invoice.created_at
    if moment is not None:
        return since <= moment < until
    assert invoice.issue_date is not None
    return since.date() <= invoice.issue_date <= until.date()


@pytest.mark.parametrize(
    ("zone", "since", "until", "asked"),
    [
        (
            "Europe/Rome",
            "2026-07-01T10:00:00+00:00",
            "2026-07-01T12:00:00+00:00",
            ("2026-07-01 12:00:00", "2026-07-01 14:00:00"),
        ),
        (
            None,
            "2026-07-01T10:00:00+00:00",
            "2026-07-01T12:00:00+00:00",
            ("2026-06-30 20:00:00", "2026-07-02 02:00:00"),
        ),
        # clocks go back at 01:00 UTC: from 02:50 (the first time) to 02:10 (the second)
        (
            "Europe/Rome",
            "2026-10-25T00:50:00+00:00",
            "2026-10-25T01:10:00+00:00",
            ("2026-10-25 01:50:00", "2026-10-25 03:10:00"),
        ),
        # clocks go forward at 01:00 UTC
        (
            "Europe/Rome",
            "2026-03-29T00:30:00+00:00",
            "2026-03-29T01:30:00+00:00",
            ("2026-03-29 01:30:00", "2026-03-29 03:30:00"),
        ),
    ],
)
def test_open2b_is_asked_in_the_stores_own_time(
    zone: str | None, since: str, until: str, asked: tuple[str, str]
) -> None:
    from counterfoil.providers.open2b_admin import _write_span

    account = make_account("open2b-admin", time_zone=zone)
    [part] = plan_slices(account, datetime.fromisoformat(since), datetime.fromisoformat(until))

    assert tuple(map(str, _write_span(account, part))) == asked
    assert bool(part.warnings) == (zone is None)


def test_vtex_is_asked_up_to_the_last_millisecond_before_the_end(box: Sandbox) -> None:
    account, options = open_account(box, "vtex")
    since, until = (
        datetime.fromisoformat(text)
        for text in ("2026-07-01T12:00:00+02:00", "2026-07-01T12:00:00+00:00")
    )
    [part] = plan_slices(account, since, until, by="created")
    with connect(account, **options) as client:
        list(read_slice(account, part, client))

    [asked] = parse_qs(box.requests[-1].query)["f_creationDate"]
    assert asked == "creationDate:[2026-07-01T10:00:00.000Z TO 2026-07-01T11:59:59.999Z]"


@pytest.mark.parametrize("api", provider_names())
def test_slices_are_json_and_follow_each_other(api: str) -> None:
    slices = plan_slices(make_account(api), NOW - timedelta(days=100), NOW)

    assert slices[0].since == NOW - timedelta(days=100)
    assert slices[-1].until == NOW
    assert [part.since for part in slices[1:]] == [part.until for part in slices[:-1]]
    assert msgspec.json.decode(msgspec.json.encode(slices), type=list[Slice]) == slices


def test_an_empty_span_has_no_slices() -> None:
    assert plan_slices(make_account("vtex"), NOW, NOW) == []
    assert plan_slices(make_account("vtex"), NOW, NOW - timedelta(days=1)) == []


@pytest.mark.parametrize(
    ("api", "about", "sentence"),
    [
        ("vtex", {"since": datetime(2026, 10, 1)}, "need a time zone"),
        ("vtex", {"since": NOW, "by": "updated"}, "invoiced or created, not 'updated'"),
    ],
)
def test_a_span_that_makes_no_sense_is_refused(
    api: str, about: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(WindowError, match=sentence):
        plan_slices(make_account(api), **about)


def test_a_slice_of_another_account_is_refused() -> None:
    [part] = plan_slices(make_account("flow"), NOW - timedelta(days=1))

    with pytest.raises(WindowError, match=r"of account 'mine' \(flow\), not of 'yours'"):
        next(read_slice(Account(name="yours", provider="flow"), part, client=None))


def test_a_cursor_is_small_and_goes_on_behind_what_was_stored() -> None:
    account = make_account("flow")
    [part] = plan_slices(account, NOW - timedelta(days=30), NOW)

    cursor = Cursor.from_json(part.end().to_json())

    assert len(cursor.to_json()) < 1000
    assert [each.since for each in plan_slices(account, cursor)] == [NOW]


def test_an_end_in_the_future_is_now_so_that_a_cursor_passes_over_nothing() -> None:
    since = NOW - timedelta(days=1)
    [part] = plan_slices(make_account("flow"), since, NOW + timedelta(days=30))

    assert NOW < part.until <= datetime.now(UTC)


def test_a_cursor_within_a_slice_begins_with_its_rest() -> None:
    account = make_account("open2b-admin", time_zone="UTC")
    [part] = plan_slices(account, NOW - timedelta(days=30), NOW)

    slices = plan_slices(account, Cursor.from_json(part.go_on(after="abc").to_json()))

    assert slices[0].since == part.since
    assert slices[0].until == part.until
    assert slices[0].after == "abc"
    assert [each.since for each in slices[1:]] == [NOW]


def test_a_provider_that_is_slow_to_list_is_asked_again_for_as_long_as_that_takes() -> None:
    account = make_account("vtex")

    [read] = plan_slices(account, NOW - timedelta(hours=2), NOW - timedelta(hours=1))

    [part] = plan_slices(account, read.end(), NOW)

    assert part.since == NOW - timedelta(hours=1, minutes=5)


def test_an_async_reading_is_not_iterated_over_by_accident() -> None:
    account = make_account("flow")
    [part] = plan_slices(account, NOW - timedelta(days=1))

    with pytest.raises(TypeError, match="not iterable"):
        list(aread_slice(account, part, client=None))  # type: ignore[call-overload]


async def collect(items: AsyncIterator[Invoice]) -> list[Invoice]:
    return [item async for item in items]


def test_a_failure_in_the_middle_is_the_clients_own_error(box: Sandbox) -> None:
    from counterfoil_core import AuthenticationFailed

    account = Account(
        name="mine",
        provider="flow",
        settings={"organization": "lantern-house", "token": "wrong"},
        base_url="http://sandbox/flow",
    )

    with (
        connect(account, transport=box.transport("flow")) as client,
        pytest.raises(AuthenticationFailed),
    ):
        list(iterate(account, NOW - timedelta(days=1), client=client))
    with pytest.raises(AuthenticationFailed):
        asyncio.run(_read_wrongly(account, box))


async def _read_wrongly(account: Account, box: Sandbox) -> None:
    async with connect_async(account, transport=box.transport("flow")) as client:
        await collect(aiterate(account, NOW - timedelta(days=1), client=client))

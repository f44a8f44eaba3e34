"""The time of calls above their transport, alone and concurrent, and memory while iterating."""

from __future__ import annotations

import asyncio
import logging
import os
import statistics
import sys
from collections.abc import Callable, Coroutine, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import aiohttp
import httpx2
import openai
import stripe
from counterfoil_amazon import AmazonClient, AsyncAmazonClient
from counterfoil_core import RateLimit
from counterfoil_core.transports.aiohttp import AiohttpTransport
from sp_api.api import VendorDirectFulfillmentShipping

from .sandbox_reads import PAGE, running
from .timing import Row, medians

COUNT = 300  # calls of a round
AT_ONCE = 100  # concurrent calls
ROUNDS = 15
Calls = dict[str, Callable[[], Coroutine[Any, Any, object]]]
FREE = RateLimit(requests=10**9, per=1, burst=10**9)
TOKEN = "Atz.sprdt|benchmark"  # noqa: S105 -- opens nothing
PATH = "/vendor/directFulfillment/shipping/v1/customerInvoices/PO7"
LOGIN = {"lwa_app_id": "a", "lwa_client_secret": "b", "refresh_token": "c"}


def report() -> Iterator[Row]:
    logging.disable(logging.INFO)
    with running() as url:
        yield from _report_one_by_one(url)
        yield from _report_at_once(url)
        yield from _report_memory(url)


def _report_one_by_one(url: str) -> Iterator[Row]:
    subjects: dict[str, Callable[[], object]] = {}
    for name, call in _callers(url).items():
        subjects[name] = partial(_repeat, call)
    times = medians(subjects, rounds=ROUNDS)
    bare = times["httpx2 alone"]
    cost = (times["counterfoil-amazon"] - bare) / COUNT
    yield Row(
        "the runtime's own cost of a call", f"{cost * 1e6:.0f} us", cost / 100e-6, "100 us", 1.0
    )
    for name, seconds in times.items():
        yield Row(
            f"a call, {name}", f"{seconds / COUNT * 1e6:.0f} us", seconds / bare, "httpx2 alone"
        )


def _callers(url: str) -> dict[str, Callable[[], object]]:
    bare = httpx2.Client()
    ours = AmazonClient(restricted_data_token=TOKEN, base_url=url, rate_limit=FREE)
    one = openai.OpenAI(api_key="k", base_url=url, max_retries=2)
    payments = stripe.StripeClient("sk_test_1", base_addresses={"api": url})
    orders = VendorDirectFulfillmentShipping(credentials=LOGIN, restricted_data_token=TOKEN)
    orders.endpoint = url
    return {
        "httpx2 alone": lambda: bare.get(url + PATH, headers={"x-amz-access-token": TOKEN}).content,
        "counterfoil-amazon": lambda: ours.customer_invoices.get("PO7"),
        "openai": lambda: one.models.retrieve("m"),
        "stripe": lambda: payments.v1.invoices.retrieve("in_1"),
        "python-amazon-sp-api": lambda: orders.get_customer_invoice("PO7"),
    }


def _repeat(call: Callable[[], object]) -> None:
    for _ in range(COUNT):
        call()


def _report_at_once(url: str) -> Iterator[Row]:
    times = asyncio.run(_time_at_once(url))
    goals = {
        "counterfoil-amazon": ("httpx2 alone", 1.2),
        "counterfoil-amazon on aiohttp": ("aiohttp alone", 1.33),
    }
    for name, seconds in times.items():
        beside, goal = goals.get(name, ("httpx2 alone", None))
        yield Row(
            f"{AT_ONCE} at once, {name}",
            f"{COUNT / seconds:.0f} a second",
            seconds / times[beside],
            beside,
            goal,
        )


async def _time_at_once(url: str) -> dict[str, float]:
    options: dict[str, Any] = {"restricted_data_token": TOKEN, "base_url": url, "rate_limit": FREE}
    async with (
        httpx2.AsyncClient() as bare,
        aiohttp.ClientSession() as session,
        AsyncAmazonClient(**options) as ours,
        AsyncAmazonClient(transport=AiohttpTransport, **options) as fast,
        openai.AsyncOpenAI(api_key="k", base_url=url) as one,
    ):
        calls: Calls = {
            "httpx2 alone": lambda: bare.get(url + PATH, headers={"x-amz-access-token": TOKEN}),
            "counterfoil-amazon": lambda: ours.customer_invoices.get("PO7"),
            "aiohttp alone": lambda: _fetch(session, url + PATH),
            "counterfoil-amazon on aiohttp": lambda: fast.customer_invoices.get("PO7"),
            "openai": lambda: one.models.retrieve("m"),
        }
        return await _take_turns(calls)


async def _take_turns(calls: Calls) -> dict[str, float]:
    """Return the median seconds of each subject; all are called in turn."""
    clock = asyncio.get_running_loop().time
    taken: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(ROUNDS):
        for name, call in calls.items():
            start = clock()
            for _ in range(COUNT // AT_ONCE):
                await asyncio.gather(*(call() for _ in range(AT_ONCE)))
            taken[name].append(clock() - start)
    return {name: statistics.median(times) for name, times in taken.items()}


async def _fetch(session: aiohttp.ClientSession, url: str) -> bytes:
    async with session.get(url, headers={"x-amz-access-token": TOKEN}) as response:
        return await response.read()


def _report_memory(url: str) -> Iterator[Row]:
    """Compare the process's memory after iterating few and many invoices: none may be kept."""
    client = AmazonClient(restricted_data_token=TOKEN, base_url=url, rate_limit=FREE)
    few = _iterate(client, 10_000)
    many = _iterate(client, 100_000)
    yield Row(
        "memory after 100,000 iterated invoices",
        f"{many >> 20} MB",
        many / few,
        "after 10,000",
        1.1,
    )


def _iterate(client: AmazonClient, count: int) -> int:
    now = datetime.now(UTC)
    window = {"created_after": now - timedelta(days=1), "created_before": now}
    pages = str(count // PAGE)  # the server reads the number of pages from this parameter
    invoices = client.customer_invoices.iterate(**window, ship_from_party_id=pages)
    seen = sum(1 for _ in invoices)
    if seen != count:
        sys.exit(f"{seen} of {count} invoices came")
    with open("/proc/self/statm") as lines:
        return int(lines.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")

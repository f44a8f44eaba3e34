"""Pulls of many accounts into PostgreSQL, beside SQLite; needs `apt-get install postgresql`.

The accounts are Flow's, which has no rate limit, so that what is measured is ours. The server is
one of the tests' own. Each run is a process, or several.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from subprocess import PIPE, Popen, run
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any

from tests.postgres.server import Server, serve

from .pulling import FEW, MANY, MadeUp, make_account, pull_all
from .pulling import serve as serve_sandbox
from .timing import Row

ROUNDS = 3
ACCOUNTS = (1, 8, 64)
INVOICES = 24_000  # of all accounts together
PULLERS = 4
POLLS = 20
DELAY = 30  # milliseconds that an answer takes


def list_accounts(base_url: str, count: int, part: int = 0, parts: int = 1) -> list[Any]:
    """Return every account of one of the parts."""
    from msgspec import structs

    account = make_account(base_url)
    return [structs.replace(account, name=f"shop-{n}") for n in range(part, count, parts)]


def store(base_url: str, place: str, count: str, part: str = "0", parts: str = "1") -> Any:
    """Pull the accounts, then a second time, when nothing is new."""
    from counterfoil import open_sink, pull

    accounts = list_accounts(base_url, int(count), int(part), int(parts))
    since = datetime(2000, 1, 1, tzinfo=UTC)
    times = []
    with open_sink(place) as sink:
        for until in (datetime.now(UTC) - timedelta(seconds=1), datetime.now(UTC)):
            start = perf_counter(), process_time()
            result = pull(accounts, since, until, into=sink)
            times.append((perf_counter() - start[0], process_time() - start[1]))
            if result.failed:
                raise SystemExit(str(result.failed[0].failure))
    (seconds, _), (again, busy) = times
    return {"seconds": seconds, "again": again, "busy": busy}


def poll(facts: str, count: str) -> dict[str, float]:
    """Pull an account, and then again so many times. Return the CPU time of these."""
    from counterfoil import Account, open_sink, pull

    account = Account(**json.loads(facts))
    with TemporaryDirectory() as folder, open_sink(f"{folder}/invoices.db") as sink:
        since = datetime.now(UTC) - timedelta(days=150)
        start = 0.0
        for _ in range(int(count) + 1):
            result = pull([account], since, into=sink)
            if result.failed:
                raise SystemExit(str(result.failed[0].failure))
            start = start or process_time()
    return {"busy": process_time() - start}


def fill(count: str, place: str) -> dict[str, float]:
    """Pull made-up invoices of one account. Return the most memory."""
    import resource

    from counterfoil import connect

    pull_all(place, make_account(), lambda account: connect(account, transport=MadeUp(int(count))))
    return {"kilobytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}


def measure(work: str, *words: str) -> Any:
    """Do a piece of work in a process of its own, and return its result."""
    done = run([sys.executable, "-m", "benchmarks.scaling", work, *words], check=True, stdout=PIPE)
    return json.loads(done.stdout)


def measure_pullers(url: str, place: str, count: int) -> float:
    """Return the seconds that several processes need, each for its part of the accounts."""
    module = [sys.executable, "-m", "benchmarks.scaling", "store", url, place, str(count)]
    start = perf_counter()
    pullers = [
        Popen([*module, str(part), str(PULLERS)], stdout=PIPE, text=True) for part in range(PULLERS)
    ]
    done = [puller.communicate()[0] for puller in pullers]
    if any(puller.returncode for puller in pullers):
        raise SystemExit("a puller failed")
    again = max(json.loads(text)["again"] for text in done)
    return perf_counter() - start - again


def report() -> Iterator[Row]:
    with TemporaryDirectory() as folder, serve() as server:
        for count in ACCOUNTS:
            yield from _report_accounts(Path(folder), server, count)
        yield from _report_memory(server)
    yield from _report_polls()


def _make_database(server: Server) -> str:
    import psycopg

    name = f"bench{perf_counter():.9f}".replace(".", "")
    with psycopg.connect(server.url(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")  # type: ignore[call-overload]
    return server.url(name)


def _measure_size(url: str) -> int:
    import psycopg

    with psycopg.connect(url) as connection:
        [[size]] = connection.execute("SELECT pg_database_size(current_database())")
    return int(size)


def _report_accounts(folder: Path, server: Server, count: int) -> Iterator[Row]:
    each = INVOICES // count
    delay = DELAY if count == ACCOUNTS[-1] else 0
    times: dict[str, list[Any]] = {"sqlite": [], "postgres": []}
    several = []
    sizes = []
    with serve_sandbox(each, delay) as url:
        for number in range(ROUNDS):
            path = folder / f"{count}-{number}.db"
            times["sqlite"].append(measure("store", url, str(path), str(count)))
            database = _make_database(server)
            times["postgres"].append(measure("store", url, database, str(count)))
            sizes.append(_measure_size(database))
            if count > PULLERS:
                several.append(measure_pullers(url, _make_database(server), count))
    sqlite, postgres = (median(one["seconds"] for one in ours) for ours in times.values())
    what = f"{count} accounts of {each:,} invoices, {delay} ms an answer"
    yield Row(f"{what}: into SQLite", f"{INVOICES / sqlite:,.0f}/s")
    yield Row(
        f"{what}: into PostgreSQL",
        f"{INVOICES / postgres:,.0f}/s",
        postgres / sqlite,
        "SQLite",
        1.11,
    )
    yield Row(f"{what}: the size of the database", f"{sizes[0] / INVOICES:,.0f} bytes each")
    if several:
        rate = INVOICES / median(several)
        value = f"{rate:,.0f}/s"
        yield Row(f"{what}: {PULLERS} pullers", value, median(several) / postgres, "one puller")
    again = median(one["again"] for one in times["postgres"])
    busy = median(one["busy"] for one in times["postgres"])
    each_again = f"{1000 * busy / count:.0f} ms of CPU an account"
    yield Row(f"{what}: again, {each_again}", f"{again:.1f} s")


def _report_memory(server: Server) -> Iterator[Row]:
    few = measure("fill", str(FEW), _make_database(server))
    many = measure("fill", str(MANY), _make_database(server))
    memory = f"{many['kilobytes'] / 1024:.0f} MiB"
    ratio = many["kilobytes"] / few["kilobytes"]
    yield Row(f"most memory, {MANY:,} invoices into PostgreSQL", memory, ratio, f"{FEW:,}", 1.1)


def _report_polls() -> Iterator[Row]:
    """Report what a pull costs that finds nothing new."""
    from counterfoil_sandbox import Sandbox

    with Sandbox(invoices=100, rate_limits=False) as box, box.serve():
        for api in box.apis:
            facts = json.dumps({**box.account(api), **box.facts(api)}, default=str)
            requests = []
            for count in (0, POLLS):
                box.requests.clear()
                busy = measure("poll", facts, str(count))["busy"]
                requests.append(len(box.requests))
            each = (requests[1] - requests[0]) / POLLS
            value = f"{1000 * busy / POLLS:.1f} ms CPU"
            yield Row(f"{api}: a pull that finds nothing new, {each:.1f} requests", value)


if __name__ == "__main__":
    work = {each.__name__: each for each in (store, poll, fill)}[sys.argv[1]]
    print(json.dumps(work(*sys.argv[2:])))

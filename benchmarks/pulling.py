"""The time of a pull beside fetching the same pages, and its memory.

The invoices are Flow's, which has no rate limit. Speed is measured with a sandbox in another
process, memory with a transport that makes up the pages, since the sandbox would take longer to
invent so many. Each run is a process.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from subprocess import PIPE, Popen, run
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any
from urllib.parse import parse_qs, urlsplit

from .timing import Row

INVOICES = 100_000  # pulled from a server that responds at once
FAR_AWAY = 10_000  # pulled from a server that responds after 30 ms
FEW = 10_000  # pulled for the measurement of memory
MANY = 1_000_000
ROUNDS = 3
SERVE = """
import sys
from counterfoil_sandbox import FaultRule, Sandbox
faults = [FaultRule(kind="latency", delay_ms=int(sys.argv[2]))] if sys.argv[2] != "0" else []
with Sandbox(["flow"], invoices=int(sys.argv[1]), faults=faults) as box, box.serve() as url:
    print(url, flush=True)
    sys.stdin.read()
"""


class MadeUp:
    """A transport that answers as Flow would if it had so many invoices."""

    def __init__(self, count: int) -> None:
        import counterfoil_flow

        examples = json.loads(
            (Path(counterfoil_flow.__file__).parent / "examples.json").read_text()
        )
        [body] = [
            one["body"]
            for one in examples
            if one["operation"] == "consumer_invoices.get" and one["name"] == "typical"
        ]
        self._invoice = json.dumps({**body, "id": "@@", "key": "@@"}).encode()
        self._count = count

    def send(self, request: Any) -> Any:
        from counterfoil_core.transports.protocol import StreamedResponse

        url = urlsplit(request.url)
        query = parse_qs(url.query)
        start = int(query.get("offset", ["0"])[0])
        limit = int(query["limit"][0])
        numbers = range(start, min(start + limit, self._count))
        invoices = [self._invoice.replace(b"@@", b"K-%d" % number) for number in numbers]
        page = b"" if url.path.endswith("/credit/memos") else b",".join(invoices)
        return StreamedResponse(
            status=200, headers={"content-type": "application/json"}, body=[b"[" + page + b"]"]
        )

    def close(self) -> None:
        """Nothing is open."""


def make_account(base_url: str | None = None) -> Any:
    from counterfoil import Account

    settings = {"organization": "lantern-house", "token": "sandbox-flow-token"}
    return Account(name="flow", provider="flow", settings=settings, base_url=base_url)


def store_without_records(base_url: str, path: str) -> dict[str, float]:
    """Pull them into SQLite without the provider's records."""
    return store(base_url, path, raw=False)


def pull_all(
    path: str, account: Any, connect: Any, *, again: bool = False, raw: bool = True
) -> Any:
    """Pull the invoices of all time; a moment ago is the end, so that nothing is read twice."""
    from counterfoil import open_sink, pull

    since = datetime(2000, 1, 1, tzinfo=UTC)
    until = datetime.now(UTC) - timedelta(seconds=1)
    with open_sink(path, raw=raw) as sink:
        result = pull([account], since, until, into=sink, again=again, connect=connect)
    if result.failed:
        raise SystemExit(str(result.failed[0].failure))
    return result


def fetch(base_url: str, _: str) -> dict[str, float]:
    """Fetch and decode all pages, and keep nothing."""
    from counterfoil import connect

    with connect(make_account(base_url)) as client:
        start = perf_counter()
        count = sum(1 for _ in client.consumer_invoices.iterate(limit=100))
        return {"seconds": perf_counter() - start, "count": count}


def read(base_url: str, _: str) -> dict[str, float]:
    """Fetch, decode and map all invoices, and keep nothing."""
    from counterfoil import iterate

    since = datetime(2000, 1, 1, tzinfo=UTC)
    until = datetime.now(UTC) - timedelta(seconds=1)
    start = perf_counter()
    count = sum(1 for _ in iterate(make_account(base_url), since, until))
    return {"seconds": perf_counter() - start, "count": count}


def store(base_url: str, path: str, raw: bool = True) -> dict[str, float]:
    """Pull them into SQLite, then a second time."""
    from counterfoil import connect

    start = perf_counter()
    first = pull_all(path, make_account(base_url), connect, raw=raw)
    seconds = perf_counter() - start
    start = perf_counter()
    second = pull_all(path, make_account(base_url), connect, again=True, raw=raw)
    written = second.count("new") + second.count("changed")
    return {
        "seconds": seconds,
        "count": first.count("new"),
        "again": perf_counter() - start,
        "written": written,
    }


def fill(count: str, path: str) -> dict[str, float]:
    """Pull made-up invoices. Return the peak memory and the time."""
    from counterfoil import connect

    start = perf_counter()
    pull_all(path, make_account(), lambda account: connect(account, transport=MadeUp(int(count))))
    return {
        "kilobytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
        "seconds": perf_counter() - start,
    }


def remap_all(_: str, path: str) -> dict[str, float]:
    """Map the records of a store anew, with another setting, so that every invoice changes."""
    from counterfoil import remap
    from counterfoil.sinks.sqlite import SqliteSink
    from msgspec import structs

    account = structs.replace(make_account(), terms="30 days net")
    with SqliteSink(path) as sink:
        start = perf_counter()
        [result] = remap([account], sink)
        seconds = perf_counter() - start
    if result.failure or result.unreadable:
        raise SystemExit(str(result.failure or result.warnings))
    return {"seconds": seconds, "count": result.changed}


def measure(work: str, *words: str) -> Any:
    """Do a piece of work in a process of its own, and return its result."""
    command = [sys.executable, "-m", "benchmarks.pulling", work, *words]
    done = run(command, check=True, stdout=PIPE)
    return json.loads(done.stdout)


@contextmanager
def serve(invoices: int, milliseconds: int) -> Iterator[str]:
    command = [sys.executable, "-c", SERVE, str(invoices), str(milliseconds)]
    with Popen(command, stdin=PIPE, stdout=PIPE, text=True) as process:
        yield f"{process.stdout.readline().strip()}/flow" if process.stdout else ""
        process.terminate()


def report() -> Iterator[Row]:
    with TemporaryDirectory() as folder:
        yield from _report_speed(folder, INVOICES, 0)
        yield from _report_speed(folder, FAR_AWAY, 30)
        yield from _report_memory(folder)


def _report_speed(folder: str, count: int, delay: int) -> Iterator[Row]:
    """Pull invoices from a server that waits so many milliseconds before each response."""
    works = ("fetch", "read", "store_without_records", "store")
    times: dict[str, list[Any]] = {work: [] for work in works}
    with serve(count, delay) as url:
        fetch(url, "")  # the sandbox invents its invoices
        for number in range(ROUNDS):
            for work in works:
                times[work].append(measure(work, url, f"{folder}/{delay}-{work}-{number}.db"))
    seconds = {work: median(one["seconds"] for one in times[work]) for work in works}
    sizes = []
    for work in works[2:]:
        sizes.append(Path(f"{folder}/{delay}-{work}-0.db").stat().st_size)
    remapped = measure("remap_all", "", f"{folder}/{delay}-store-0.db")
    again = median(one["again"] for one in times["store"])
    written = sum(one["written"] for one in times["store"])
    what = f"{count:,} invoices, {delay} ms an answer"
    yield Row(
        f"{what}: iterated and thrown away",
        f"{count / seconds['read']:,.0f}/s",
        seconds["read"] / seconds["fetch"],
        "fetched and decoded only",
    )
    for work, goal in (("store_without_records", 1.1), ("store", 1.3)):
        yield Row(
            f"{what}: into SQLite{'' if work == 'store' else ' with --no-raw'}",
            f"{count / seconds[work]:,.0f}/s",
            seconds[work] / seconds["read"],
            "iterated and thrown away",
            goal,
        )
    yield Row(
        "the size of the store",
        f"{sizes[1] / count:,.0f} bytes each",
        sizes[1] / sizes[0],
        "without records",
        2.0,
    )
    rate = remapped["count"] / remapped["seconds"]
    yield Row("mapped anew, all changed", f"{rate:,.0f}/s", 5000 / rate, "5,000 a second", 1.0)
    yield Row(
        "the same again, unchanged",
        f"{written:.0f} written",
        again / seconds["store"],
        "the first pull",
    )


def _report_memory(folder: str) -> Iterator[Row]:
    few = measure("fill", str(FEW), f"{folder}/{FEW}.db")
    many = measure("fill", str(MANY), f"{folder}/{MANY}.db")
    memory = f"{many['kilobytes'] / 1024:.0f} MiB"
    yield Row(
        f"most memory, {MANY:,} invoices pulled",
        memory,
        many["kilobytes"] / few["kilobytes"],
        f"{FEW:,}",
        1.1,
    )


if __name__ == "__main__":
    work = {
        each.__name__: each for each in (fetch, read, store, store_without_records, fill, remap_all)
    }[sys.argv[1]]
    print(json.dumps(work(*sys.argv[2:])))

"""The rows in Spark are those of the platforms, under faults and killed workers, too."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from counterfoil import Invoice, iterate, read_accounts, to_rows
from counterfoil.spark import split_run
from counterfoil_flow import FlowClient
from counterfoil_open2b_admin import Open2bAdminClient
from counterfoil_sandbox import FaultRule, Sandbox

from .conftest import EVERY

SINCE = "2024-01-01"
pytestmark = pytest.mark.filterwarnings("ignore::counterfoil.CounterfoilWarning")


def list_expected(accounts: Path, table: str = "invoices", *names: str) -> list[tuple[Any, ...]]:
    """Return the rows of the accounts as `iterate` and `to_rows` give them, without Spark."""
    rows = []
    for account in read_accounts(accounts).values():
        if not names or account.name in names:
            rows += [tuple(row.values()) for row in to_rows(iterate(account, SINCE), table)]
    return sorted(rows, key=repr)


def list_found(frame: Any) -> list[tuple[Any, ...]]:
    """Return the rows of a frame, with times that have a zone, as Arrow gives them."""
    rows = [tuple(row.values()) for row in frame.toArrow().to_pylist()]
    return sorted(rows, key=repr)


def strip(rows: list[tuple[Any, ...]]) -> list[tuple[str, ...]]:
    """Return rows whose amounts and times are written alike: 1.5 and 1.500, UTC and +00:00."""
    return sorted(tuple(map(_write, row)) for row in rows)


def _write(value: Any) -> str:
    if hasattr(value, "normalize"):
        return f"{value.normalize():f}"
    if hasattr(value, "astimezone"):
        return str(value.timestamp())
    return str(value)


@pytest.mark.parametrize("table", ["invoices", "lines"])
def test_a_table_has_the_rows_of_every_platform(
    load: Callable[..., Any], accounts: Path, table: str
) -> None:
    found = list_found(load(table=table))

    assert strip(found) == strip(list_expected(accounts, table))
    assert len(found) > 300


def test_rows_are_what_the_platforms_list(load: Callable[..., Any], box: Sandbox) -> None:
    """The expected values are those of the platforms' own clients."""
    with FlowClient(**box.client_arguments("flow")) as flow:
        keys = {one.key for one in flow.consumer_invoices.iterate()}
        keys |= {one.key for one in flow.credit_memos.iterate()}
    with Open2bAdminClient(**box.client_arguments("open2b-admin")) as shop:
        totals = {str(one.id): one.taxed_total for one in shop.invoices.iterate()}

    found = load(columns="account,key,gross").collect()

    assert {row["key"] for row in found if row["account"] == "flow"} == keys
    shops = [row for row in found if row["account"] == "open2b-admin"]
    assert {row["key"]: row["gross"] for row in shops} == totals
    assert (len(keys), len(totals)) == (100, 100)


def test_chosen_columns_are_built_in_their_order(load: Callable[..., Any]) -> None:
    frame = load(columns="gross, account,json", only="flow")
    rows = frame.toArrow().to_pylist()

    assert frame.columns == ["gross", "account", "json"]
    assert len(rows) == 100
    for row in rows:
        invoice = Invoice.from_json(row["json"])
        assert (invoice.ref.account, invoice.gross) == (row["account"], row["gross"])


def test_sums_in_spark_are_exact(load: Callable[..., Any], accounts: Path) -> None:
    [row] = load(only="flow").where("currency = 'EUR'").selectExpr("sum(signed_gross)").collect()
    flow = read_accounts(accounts)["flow"]
    expected = sum(one.signed_gross for one in iterate(flow, SINCE) if one.currency == "EUR")

    assert row[0] == expected


def test_each_account_is_read_by_one_task(load: Callable[..., Any]) -> None:
    frame = load(columns="account").selectExpr("account", "spark_partition_id() AS task")
    tasks = frame.distinct().collect()
    divided = load(columns="account", partitions="2")

    assert sorted(row["account"] for row in tasks) == sorted(EVERY)
    assert len({row["task"] for row in tasks}) == len(EVERY)
    assert divided.rdd.getNumPartitions() == 2


def test_rows_are_the_same_under_faults(
    load: Callable[..., Any], accounts: Path, box: Sandbox
) -> None:
    expected = list_expected(accounts)
    box.faults = [
        FaultRule(kind="server-error", status=503, rate=0.05),
        FaultRule(kind="truncate", rate=0.05),
    ]
    failures = [row["failure"] for row in load(table="accounts").collect()]

    assert strip(list_found(load())) == strip(expected)
    assert failures == [None] * len(EVERY)


def list_workers() -> list[int]:
    """Return the Python workers of this machine's Spark: the children of its daemons."""
    found = []
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            status = (folder / "stat").read_text().rpartition(")")[2].split()
            words = (folder / "cmdline").read_text()
        except OSError:
            continue
        parents[int(folder.name)] = (int(status[1]), words)
    for number, (parent, words) in parents.items():
        if "pyspark.daemon" in words and "pyspark.daemon" in parents.get(parent, (0, ""))[1]:
            found.append(number)
    return found


class Killer:
    """Kills a worker, again and again, until enough are killed."""

    def __init__(self, count: int) -> None:
        self.left = count
        self.killed: list[int] = []
        self.done = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> Killer:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.done.set()
        self._thread.join()

    def _run(self) -> None:
        while self.left and not self.done.is_set():
            time.sleep(0.3)
            for number in list_workers()[:1]:
                try:
                    os.kill(number, signal.SIGKILL)
                except ProcessLookupError:
                    continue
                self.killed.append(number)
                self.left -= 1


def test_rows_are_the_same_if_workers_are_killed(
    load: Callable[..., Any], accounts: Path, box: Sandbox, tmp_path: Path, spark: Any
) -> None:
    """A task of a killed worker is done again, and what it wrote is not committed twice."""
    expected = list_expected(accounts)
    box.faults = [
        FaultRule(kind="latency", delay_ms=40),
        FaultRule(kind="server-error", status=503, rate=0.05),
        FaultRule(kind="truncate", rate=0.05),
    ]
    landing = str(tmp_path / "landing")
    with Killer(3) as killer:
        load(table="run", cursors=str(tmp_path / "cursors.json")).write.parquet(landing)
    tables = split_run(spark.read.parquet(landing))

    assert killer.killed, "no worker was at work: the test shows nothing"
    assert strip(list_found(tables.invoices)) == strip(expected)
    counts = Counter(row["account"] for row in tables.accounts.collect())
    assert counts == dict.fromkeys(EVERY, 1)


def test_a_run_has_what_the_tables_have(
    load: Callable[..., Any], accounts: Path, tmp_path: Path, spark: Any
) -> None:
    landing = str(tmp_path / "landing")
    load(table="run").write.parquet(landing)
    tables = split_run(spark.read.parquet(landing))

    assert strip(list_found(tables.invoices)) == strip(list_expected(accounts))
    assert strip(list_found(tables.lines)) == strip(list_expected(accounts, "lines"))
    ended = {row["account"]: row for row in tables.accounts.collect()}
    assert ended["flow"]["invoices"] == 100
    assert json.loads(ended["flow"]["cursor"])["account"] == "flow"

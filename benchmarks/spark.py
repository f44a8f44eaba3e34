"""Spark beside `pull`, on the same cores; needs `apt-get install default-jre-headless`.

The accounts are Flow's, which has no rate limit. The sandbox is a process of its own, and so is
each measured program. Spark is warm: its workers have read a small account before.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from subprocess import PIPE, run
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from .pulling import MadeUp, make_account
from .pulling import serve as serve_sandbox
from .scaling import list_accounts
from .timing import Row

ROUNDS = 3
ACCOUNTS = 8
INVOICES = 5_000  # of each account
AT_MOST = 1.43  # times the time of `pull`: 0.7 of its rows a second
SINCE = "2000-01-01"
FEW, MANY = 20_000, 200_000  # invoices of one partition, for its memory


def pull_into(url: str, place: str) -> dict[str, float]:
    """Pull all accounts with `pull`."""
    from counterfoil import open_sink, pull

    start = perf_counter()
    with open_sink(place) as sink:
        result = pull(list_accounts(url, ACCOUNTS), SINCE, into=sink)
    if result.failed:
        raise SystemExit(str(result.failed[0].failure))
    return {"seconds": perf_counter() - start, "rows": result.count("new")}


def write_file(url: str, folder: Path) -> Path:
    """Write accounts.toml with the accounts; their token is set in the environment."""
    tables = []
    for account in list_accounts(url, ACCOUNTS):
        organization = account.settings["organization"]
        tables.append(
            f'[{account.name}]\nprovider = "flow"\norganization = "{organization}"\n'
            f'base_url = "{account.base_url}"\n'
        )
        os.environ["COUNTERFOIL_FLOW_TOKEN"] = str(account.settings["token"])
    path = folder / "accounts.toml"
    path.write_text("\n".join(tables))
    return path


def read_with_spark(url: str, place: str, table: str) -> dict[str, float]:
    """Write a table of all accounts to Parquet, with Spark."""
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    folder = Path(place)
    folder.mkdir()
    path = write_file(url, folder)
    from counterfoil.spark import register
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[2]").config("spark.driver.memory", "1g")
    spark = builder.config("spark.ui.enabled", "false").getOrCreate()
    spark.sparkContext.setLogLevel("OFF")
    register(spark)

    def load(**options: str) -> Any:
        given = {"accounts": str(path), "since": SINCE, "table": table, **options}
        return spark.read.format("counterfoil").options(**given).load()

    load(only="shop-0").write.parquet(f"{place}/warm")
    start = perf_counter()
    load().write.parquet(f"{place}/rows")
    seconds = perf_counter() - start
    rows = spark.read.parquet(f"{place}/rows")
    count = rows.where("invoice IS NOT NULL").count() if table == "run" else rows.count()
    spark.stop()
    return {"seconds": seconds, "rows": count}


def fill(count: str) -> dict[str, float]:
    """Read made-up invoices of one account as a task does. Return the most memory."""
    import resource

    from counterfoil import connect, plan_slices
    from counterfoil.spark.batches import BatchMaker
    from counterfoil.spark.options import SourceOptions
    from counterfoil.spark.planning import AccountWork
    from counterfoil.spark.reading import AccountReader, Found

    account = make_account()
    since = datetime(2000, 1, 1, tzinfo=UTC)
    slices = tuple(plan_slices(account, since))
    work = AccountWork(account=account, begin=since, slices=slices)
    reader = AccountReader(work, lambda one: connect(one, transport=MadeUp(int(count))))
    batches = BatchMaker(SourceOptions(table="run"), reader.count_refused)
    rows = 0
    for found in reader.read():
        made = batches.add(found) if isinstance(found, Found) else batches.flush()
        rows += sum(batch.num_rows for batch in made)
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {"kilobytes": kilobytes, "rows": rows}


def measure(work: str, *words: str) -> dict[str, float]:
    """Do a piece of work in a process of its own, and return its result."""
    command = [sys.executable, "-m", "benchmarks.spark", work, *words]
    done = run(command, check=True, stdout=PIPE)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def report() -> Iterator[Row]:
    total = ACCOUNTS * INVOICES
    sides = {
        "pull into Parquet": ("pull", ".parquet"),
        "pull into SQLite": ("pull", ".db"),
        "Spark, invoices": ("invoices", ""),
        "Spark, run": ("run", ""),
    }
    times: dict[str, list[float]] = {name: [] for name in sides}
    with TemporaryDirectory() as folder, serve_sandbox(INVOICES, 0) as url:
        for number in range(ROUNDS):
            for name, (work, suffix) in sides.items():
                place = f"{folder}/{work}-{number}{suffix}"
                words = ("pull", url, place) if work == "pull" else ("read", url, place, work)
                done = measure(*words)
                if done["rows"] != total:
                    raise SystemExit(f"{name}: {done['rows']} rows, not {total}")
                times[name].append(done["seconds"])
    base = median(times["pull into SQLite"])
    for name, seconds in times.items():
        middle = median(seconds)
        yield Row(
            f"{ACCOUNTS} accounts of {INVOICES:,} invoices: {name}",
            f"{total / middle:,.0f}/s",
            middle / base,
            "pull into SQLite",
            AT_MOST if name.startswith("Spark") else None,
        )
    few, many = measure("fill", str(FEW)), measure("fill", str(MANY))
    yield Row(
        f"memory of a task with {MANY:,} invoices",
        f"{many['kilobytes'] / 1024:.0f} MiB",
        many["kilobytes"] / few["kilobytes"],
        f"{FEW:,} invoices",
        1.1,
    )


if __name__ == "__main__":
    works: dict[str, Any] = {"pull": pull_into, "read": read_with_spark, "fill": fill}
    print(json.dumps(works[sys.argv[1]](*sys.argv[2:])))

"""The examples of docs/scaling.md run, and its grants suffice."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import duckdb_extensions
import psycopg
import pytest
from counterfoil import StorageError, Totals, open_sink
from counterfoil_sandbox import Sandbox

from ..behaviour.overlay.sandbox_accounts import write_accounts
from .invented import make
from .server import PASSWORD, Server

PAGE = (Path(__file__).parents[2] / "docs/scaling.md").read_text()
BLOCKS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
[GRANTS] = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)
LEFT = ("read_accounts", "LOAD postgres")  # blocks that need a database


def write_block(folder: Path, words: str, *changes: tuple[str, str]) -> Path:
    [block] = [block for block in BLOCKS if words in block]
    for old, new in changes:
        assert old in block
        block = block.replace(old, new)
    path = folder / "block.py"
    path.write_text(block)
    return path


def run(path: Path, **secrets: str) -> str:
    done = subprocess.run(
        [sys.executable, path.name],
        cwd=path.parent,
        env={**os.environ, "RUNTIME__DLTHUB_TELEMETRY": "false", **secrets},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("words", ["ProcessPoolExecutor", "books.parquet", "import dlt"])
def test_an_example_runs(words: str, tmp_path: Path) -> None:
    printed = run(write_block(tmp_path, words))

    if words == "ProcessPoolExecutor":
        assert sum(int(one) for one in re.findall(r"\d+", printed)) > 50
    else:
        assert "EUR" in printed
        assert re.search(r"\d{4}\.\d{18}|\d{4}\.\d{2}0{16}", printed)


def test_duckdb_counts_an_invoice_that_changed_once(tmp_path: Path) -> None:
    with open_sink(tmp_path / "books.parquet") as sink:
        for position in (1, 2):
            total = Totals(gross=Decimal(position))
            sink.store("mine", [make("W-1", currency="EUR", totals=total)], b"%d" % position)
    path = write_block(tmp_path, "books.parquet")
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(line for line in lines if "box" not in line))

    assert re.search(r"EUR\W+2\.0{18}\W+1\W", run(path))


def test_every_example_is_run() -> None:
    elsewhere = ("pyspark",)  # tests/spark
    run_here = ("ProcessPoolExecutor", "books.parquet", "import dlt", *LEFT, *elsewhere)
    assert [block for block in BLOCKS if not any(words in block for words in run_here)] == []


def test_a_second_run_of_dlt_adds_nothing(tmp_path: Path) -> None:
    line = '    pipeline.run(list_invoices(Account(**box.account("flow"))))\n'
    counting = ("sum(signed_gross) FROM invoices GROUP BY 1", "count(*) FROM invoices GROUP BY 1")
    once = run(write_block(tmp_path, "import dlt", counting))
    twice = run(write_block(tmp_path, "import dlt", counting, (line, line + line)))

    assert sorted(re.findall(r"'(\w+)', (\d+)", once)) == sorted(
        re.findall(r"'(\w+)', (\d+)", twice)
    )


def test_the_example_of_pulling_stores_and_adds_up(url: str, tmp_path: Path) -> None:
    with Sandbox(["flow"], invoices=30) as box, box.serve():
        secrets = write_accounts(box, tmp_path, "flow")
        address = ("postgresql://puller@db.internal/books", url)
        printed = run(write_block(tmp_path, "read_accounts", address), **secrets)

    with open_sink(url) as sink:
        rows = sink.totals()
    assert [line.split() for line in printed.splitlines()] == [
        [row["month"], row["currency"], str(row["gross"])] for row in rows
    ]


def test_duckdb_reads_the_tables_with_all_digits(url: str, tmp_path: Path) -> None:
    amounts = ("12345678901234567.000000000000000001", "0.1", "0.2")
    with open_sink(url) as sink:
        invoices = [
            make(str(number), currency="EUR", totals=Totals(gross=Decimal(amount)))
            for number, amount in enumerate(amounts)
        ]
        sink.store("mine", invoices, b"")
    duckdb_extensions.import_extension("postgres_scanner")
    block = write_block(tmp_path, "LOAD postgres", ("postgresql://reader@db.internal/books", url))

    printed = run(block)

    assert printed.strip() == "[('EUR', Decimal('12345678901234567.300000000000000001'))]"


def test_the_documented_rights_suffice_and_a_reader_cannot_write(server: Server, url: str) -> None:
    open_sink(url).__exit__()
    name = url.rpartition("/")[2]
    grants = re.sub(r"\b(puller|reader)\b", rf"\1_{name}", GRANTS).replace("books;", f"{name};")
    grants = re.sub("DATABASE books", f"DATABASE {name}", grants)
    grants = grants.replace("LOGIN", f"LOGIN PASSWORD '{PASSWORD}'")
    with psycopg.connect(url) as connection:
        connection.execute(f"REVOKE TEMPORARY ON DATABASE {name} FROM PUBLIC; {grants}")  # type: ignore[call-overload]

    with open_sink(server.url(name, f"puller_{name}")) as sink, sink.claim("mine"):
        sink.store("mine", [make("W-1")], b"1")
        assert sink.count() == 1
    with psycopg.connect(server.url(name, f"reader_{name}")) as connection:
        assert connection.execute("SELECT count(*) FROM counterfoil.invoices").fetchone() == (1,)
    with open_sink(server.url(name, f"reader_{name}")) as sink:
        assert sink.totals([])[0]["invoices"] == 1
        refused = pytest.raises(StorageError, match=r"permission denied .* lacks a right")
        with refused, sink.claim("mine"):
            sink.store("mine", [make("W-2")], b"2")

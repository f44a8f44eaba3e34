"""What goes wrong is one sentence in the driver, and the other accounts go on."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from counterfoil.spark import InvoiceSource
from counterfoil_sandbox import FaultRule, Sandbox


def break_accounts(accounts: Path, **tables: str) -> None:
    """Add accounts that fail."""
    text = accounts.read_text()
    accounts.write_text(text + "".join(f"\n[{name}]\n{table}\n" for name, table in tables.items()))


@pytest.fixture
def broken(accounts: Path) -> None:
    table = 'provider = "flow"\norganization = "lantern"\nbase_url = "http://127.0.0.1:1"'
    break_accounts(accounts, down=table)


@pytest.mark.usefixtures("broken")
def test_a_failed_account_is_reported_and_the_others_are_read(
    load: Callable[..., Any],
) -> None:
    ended = {row["account"]: row for row in load(table="accounts", only="down,flow").collect()}

    assert ended["flow"]["failure"] is None
    assert ended["flow"]["invoices"] == 100
    assert "ConnectFailed" in ended["down"]["failure"]
    assert ended["down"]["cursor"] is None
    assert load(only="down,flow").count() == 100


@pytest.mark.usefixtures("broken")
def test_a_failed_account_fails_the_job_if_that_is_asked_for(
    load: Callable[..., Any], tmp_path: Path, spark: Any
) -> None:
    landing = tmp_path / "landing"

    with pytest.raises(Exception, match=r"account 'down' \(flow\) failed: ConnectFailed") as caught:
        load(only="down,flow", failures="fail").write.parquet(str(landing))
    assert "AccountFailed" in str(caught.value)
    assert not list(landing.glob("*.parquet"))
    assert not (landing / "_SUCCESS").exists()


def test_a_secret_that_workers_lack_is_named(
    load: Callable[..., Any], accounts: Path, box: Sandbox
) -> None:
    url = box.client_arguments("open2b-storefront")["base_url"]
    break_accounts(accounts, locked=f'provider = "open2b-storefront"\nbase_url = "{url}"')

    [row] = load(table="accounts", only="locked").collect()

    assert row["failure"].startswith("AccountError: ")
    assert "COUNTERFOIL_LOCKED_CUSTOMER_KEY" in row["failure"]


def test_secrets_are_not_in_the_plan(
    load: Callable[..., Any], accounts: Path, secrets: dict[str, str]
) -> None:
    options = {"accounts": str(accounts), "since": "2024-01-01"}
    source = InvoiceSource(options)
    partitions = source.reader(None).partitions()
    carried = b"".join(pickle.dumps(one) for one in partitions)
    frame = load(only="flow")
    shown = frame._jdf.queryExecution().toString() + repr(partitions)

    assert carried.count(b"lantern-house") >= 1  # plain settings travel
    assert len(secrets) > 5
    for secret in secrets.values():
        assert secret.encode() not in carried
        assert secret not in shown


def test_a_missing_accounts_file_is_a_sentence(load: Callable[..., Any], tmp_path: Path) -> None:
    with pytest.raises(Exception, match=r"there is no file .*nothing\.toml"):
        load(accounts=str(tmp_path / "nothing.toml")).count()


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"tables": "lines"}, "'tables' is not an option of counterfoil.*did you mean 'table'"),
        ({"table": "orders"}, "table must be one of invoices, lines, unreadable, accounts, run"),
        ({"columns": "gros"}, "'gros' is not a column of invoices.*did you mean 'gross'"),
        ({"columns": "net,net"}, "columns names one of them twice"),
        ({"table": "accounts", "columns": "net"}, "'accounts' has no columns to choose from"),
        ({"partitions": "0"}, "partitions must be a whole number, 1 or more, not '0'"),
        ({"failures": "ignore"}, "failures must be one of report, fail, not 'ignore'"),
        ({"pushdown": "yes"}, "pushdown must be one of true, false, not 'yes'"),
        ({"cursors": "c.json", "kinds": "invoice"}, "cursors cannot be combined with kinds"),
        ({"only": "milano"}, "has no account 'milano'"),
        ({"since": "yesterday"}, "since"),
        ({"by": "paid", "only": "flow"}, "not 'paid'"),
    ],
)
def test_a_wrong_option_is_a_sentence(
    load: Callable[..., Any], options: dict[str, str], sentence: str
) -> None:
    with pytest.raises(Exception, match=sentence):
        load(**options).count()


def test_a_start_is_needed(spark: Any, accounts: Path) -> None:
    source = spark.read.format("counterfoil").option("accounts", str(accounts))

    with pytest.raises(Exception, match="was never read: pass the option since"):
        source.load().count()


def test_a_slice_that_fails_four_times_is_the_accounts_failure(
    load: Callable[..., Any], box: Sandbox
) -> None:
    box.faults = [FaultRule(kind="server-error", status=503, api="flow", retry_after=0)]

    [row] = load(table="accounts", only="flow").collect()

    assert row["failure"].startswith("ServerError: ")
    assert row["invoices"] == 0


def test_without_java_pyspark_says_so(tmp_path: Path) -> None:
    code = (
        "from pyspark.sql import SparkSession; "
        "SparkSession.builder.master('local[1]').getOrCreate()"
    )
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("bash", "dirname", "env", "ls", "uname", "ps"):
        for folder in ("/bin", "/usr/bin"):
            if Path(folder, name).exists():
                (tools / name).symlink_to(Path(folder, name))
                break
    environment = {"PATH": str(tools), "HOME": str(tmp_path)}

    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True
    )

    assert done.returncode != 0
    assert "JAVA_HOME is not set" in done.stderr or "JAVA_GATEWAY_EXITED" in done.stderr

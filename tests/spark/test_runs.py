"""Runs that follow each other neither skip an invoice nor read one twice."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from counterfoil import StorageError
from counterfoil.spark import save_cursors, split_run
from counterfoil_open2b_admin import Open2bAdminClient
from counterfoil_sandbox import FaultRule, Sandbox

ADDRESS = {
    "first_name": "Ada",
    "last_name": "Ruscelli",
    "street1": "Via del Mulino 1",
    "city": "Lodi",
    "postal_code": "26900",
    "country": "IT",
    "email": "ada@example.com",
}


def add_invoice(box: Sandbox) -> int:
    with Open2bAdminClient(**box.client_arguments("open2b-admin")) as shop:
        mug = {"name": "Mug", "quantity": 3, "price": Decimal("56.33")}
        return shop.invoices.create({"billing_address": ADDRESS, "items": [mug]})


@pytest.fixture
def without_overlap(accounts: Path) -> None:
    """Accounts that read nothing twice: by default, the last two minutes are read again."""
    text = accounts.read_text()
    accounts.write_text(text.replace("]\n", ']\noverlap = "0s"\n'))


@pytest.mark.usefixtures("without_overlap")
def test_the_next_run_has_what_is_new(
    load: Callable[..., Any], box: Sandbox, tmp_path: Path, spark: Any
) -> None:
    landing, cursors = str(tmp_path / "landing"), str(tmp_path / "cursors.json")

    def run() -> None:
        load(table="run", cursors=cursors, only="open2b-admin,flow").write.mode("append").parquet(
            landing
        )
        assert save_cursors(spark.read.parquet(landing), cursors) == []

    run()
    number = add_invoice(box)
    time.sleep(1.1)  # Open2b's times are whole seconds: one at the border is in both runs
    run()
    run()
    rows = split_run(spark.read.parquet(landing)).invoices.collect()

    keys = Counter((row["account"], row["kind"], row["key"]) for row in rows)
    assert [one for one, count in keys.items() if count > 1] == []
    assert ("open2b-admin", "invoice", str(number)) in keys
    assert len(keys) == 201


@pytest.mark.usefixtures("without_overlap")
def test_a_run_whose_cursors_were_not_saved_is_not_lost(
    load: Callable[..., Any], tmp_path: Path, spark: Any
) -> None:
    """The cursors are rows of the same write, so they can be saved from there at any time."""
    landing, cursors = str(tmp_path / "landing"), tmp_path / "cursors.json"
    load(table="run", only="flow").write.parquet(landing)
    assert not cursors.exists()  # the process died here

    save_cursors(spark.read.parquet(landing), cursors)
    load(table="run", only="flow", cursors=str(cursors)).write.mode("append").parquet(landing)

    assert split_run(spark.read.parquet(landing)).invoices.count() == 100


@pytest.mark.usefixtures("without_overlap")
def test_an_account_that_fails_in_the_middle_resumes_there(
    load: Callable[..., Any], box: Sandbox, tmp_path: Path, spark: Any
) -> None:
    landing, cursors = str(tmp_path / "landing"), str(tmp_path / "cursors.json")
    given = {"table": "run", "only": "vtex", "cursors": cursors}
    box.faults = [FaultRule(kind="server-error", status=500, api="vtex", operation="GetOrder")]

    load(**given).write.mode("append").parquet(landing)
    [failure] = save_cursors(spark.read.parquet(landing), cursors)
    box.faults = []
    load(**given).write.mode("append").parquet(landing)
    mended = save_cursors(spark.read.parquet(landing), cursors)

    rows = split_run(spark.read.parquet(landing)).invoices.collect()
    counts = Counter(row["key"] for row in rows)
    assert failure.startswith("account 'vtex' failed: ServerError: ")
    assert mended == []
    assert set(counts.values()) == {1}
    assert len(counts) == load(only="vtex").count()


def test_a_file_of_something_else_is_refused_and_kept(
    load: Callable[..., Any], tmp_path: Path
) -> None:
    path = tmp_path / "cursors.json"
    path.write_text("[1]")

    with pytest.raises(StorageError, match="is no file of save_cursors"):
        save_cursors(load(table="run", only="flow"), path)
    with pytest.raises(Exception, match="is no file of save_cursors"):
        load(table="run", only="flow", cursors=str(path)).count()
    assert path.read_text() == "[1]"

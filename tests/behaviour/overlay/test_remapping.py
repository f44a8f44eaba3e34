"""A store is mapped anew from its records, without a request, however it is interrupted."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from counterfoil import Account, Invoice, open_sink, pull, remap
from counterfoil.sinks.sqlite import SqliteSink
from counterfoil_sandbox import Sandbox
from msgspec import structs

from .sandbox_accounts import BEGINNING, make_account

ROOT = Path(__file__).parents[3]
FACTS: dict[str, Any] = {
    "unit": "C62",
    "terms": "30 days net",
    "tax_categories": [{"category": "S", "rate": 22}],
}


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    with Sandbox(invoices=400) as made, made.serve():
        yield made


def pull_into(path: Path, *accounts: Account, again: bool = False) -> Any:
    with open_sink(path) as sink:
        return pull(accounts, BEGINNING, into=sink, again=again)


def read(path: Path) -> dict[Any, Invoice]:
    with open_sink(path) as sink:
        return {one.ref: one for one in sink.read()}


def remap_in(path: Path, *accounts: Account, **how: Any) -> Any:
    with SqliteSink(path) as sink:
        return remap(accounts, sink, **how)


@pytest.mark.parametrize("provider", ["flow", "vtex", "open2b-admin", "open2b-storefront"])
def test_nothing_changes_if_the_mapping_is_the_same(
    provider: str, box: Sandbox, tmp_path: Path
) -> None:
    path = tmp_path / "invoices.db"
    account = make_account(box, provider)
    pull_into(path, account)
    asked = len(box.requests)

    [result] = remap_in(path, account)

    assert result.failure is None
    assert (result.new, result.changed, result.gone, result.unreadable) == (0, 0, 0, 0)
    assert result.unchanged == len(read(path)) > 10
    assert len(box.requests) == asked


def test_a_store_becomes_what_a_pull_with_the_new_settings_makes(
    box: Sandbox, tmp_path: Path
) -> None:
    before = make_account(box, "open2b-admin")
    after = make_account(box, "open2b-admin", **FACTS)
    pull_into(tmp_path / "old.db", before)
    pull_into(tmp_path / "new.db", after)

    [planned] = remap_in(tmp_path / "old.db", after, dry_run=True)
    untouched = read(tmp_path / "old.db")
    [result] = remap_in(tmp_path / "old.db", after)

    assert planned.changed == result.changed == 400
    assert all(one.terms is None for one in untouched.values()), "a dry run stores nothing"
    assert read(tmp_path / "old.db") == read(tmp_path / "new.db")
    assert result.fields["terms"] == 400
    [example, *_] = result.examples["terms"]
    assert (example.before, example.after) == (None, "30 days net")


def test_a_pull_says_that_stored_invoices_were_mapped_otherwise(
    box: Sandbox, tmp_path: Path
) -> None:
    path = tmp_path / "invoices.db"
    after = make_account(box, "open2b-admin", **FACTS)
    pull_into(path, make_account(box, "open2b-admin"))

    told = pull_into(path, after).accounts[0].warnings
    remap_in(path, after)
    silent = pull_into(path, after).accounts[0].warnings

    assert any("`counterfoil remap`" in one for one in told)
    assert silent == []


def test_invoices_of_a_filtered_pull_are_mapped_anew_as_well(box: Sandbox, tmp_path: Path) -> None:
    path = tmp_path / "invoices.db"
    account = make_account(box, "open2b-admin")
    with open_sink(path) as sink:
        first = pull([account], BEGINNING, into=sink, kinds=["credit_note"])
        again = pull([account], BEGINNING, into=sink, kinds=["credit_note"])
    count = len(read(path))

    [result] = remap_in(path, structs.replace(account, **FACTS))

    assert first.accounts[0].warnings == again.accounts[0].warnings == []
    assert result.changed == count > 10
    with open_sink(path) as sink:
        assert sink.find_cursor("open2b-admin") is None, "nothing else was pulled"


def test_a_pull_that_maps_all_anew_says_nothing(box: Sandbox, tmp_path: Path) -> None:
    path = tmp_path / "invoices.db"
    after = make_account(box, "open2b-admin", **FACTS)
    pull_into(path, make_account(box, "open2b-admin"))

    again = pull_into(path, after, again=True)
    following = pull_into(path, after)

    assert again.count("changed") == 400
    assert again.accounts[0].warnings == following.accounts[0].warnings == []


def test_invoices_without_a_record_are_counted_and_stay(box: Sandbox, tmp_path: Path) -> None:
    path = tmp_path / "invoices.db"
    account = make_account(box, "flow")
    with SqliteSink(path, raw=False) as sink:
        pull([account], BEGINNING, into=sink)
    kept = read(path)

    [result] = remap_in(path, account)

    assert result.without_record == 400
    assert "pull with `again`" in result.warnings[0]
    assert read(path) == kept


def test_a_record_that_cannot_be_read_leaves_its_invoice_and_the_others(
    box: Sandbox, tmp_path: Path
) -> None:
    path = tmp_path / "invoices.db"
    account = make_account(box, "open2b-admin")
    pull_into(path, account)
    database = sqlite3.connect(path)
    with database:
        database.execute("UPDATE records SET model = 'Gone' WHERE key = '7'")
        database.execute("UPDATE invoices SET record_model = 'Gone' WHERE key = '7'")
    database.close()

    [result] = remap_in(path, structs.replace(account, **FACTS))

    assert (result.changed, result.unreadable, result.gone) == (399, 1, 0)
    assert "record 7 is unreadable" in result.warnings[0]
    assert len(read(path)) == 400


REMAP = """
import sys
from counterfoil import Account, remap
from counterfoil.sinks.sqlite import SqliteSink
from counterfoil import remapping
remapping.AT_ONCE = 10
account = Account(name="open2b-admin", provider="open2b-admin",
                  settings={"store": "x.example", "key": "k"}, currency="EUR", time_zone="UTC",
                  unit="C62", terms="30 days net")
with SqliteSink(sys.argv[1]) as sink:
    print("begins", flush=True)
    [result] = remap([account], sink)
    assert result.failure is None, result.failure
"""


@pytest.mark.parametrize("seed", range(20))
def test_a_remap_that_is_killed_goes_on(seed: int, box: Sandbox, tmp_path: Path) -> None:
    path = tmp_path / "invoices.db"
    pull_into(path, make_account(box, "open2b-admin"))
    chance = random.Random(seed)
    with subprocess.Popen(
        [sys.executable, "-c", REMAP, str(path)], cwd=ROOT, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(chance.uniform(0, 0.12))
        os.kill(process.pid, signal.SIGKILL)
    changed = sum(one.terms is not None for one in read(path).values())

    subprocess.run([sys.executable, "-c", REMAP, str(path)], cwd=ROOT, check=True)

    done = read(path)
    assert changed in {*range(0, 400, 10), 400}, "a transaction is whole or not there"
    assert len(done) == 400
    assert {one.terms for one in done.values()} == {"30 days net"}

"""Pulls killed at any moment: in the end the table has each of the providers' invoices once."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from counterfoil_sandbox import Sandbox

from .killed_pulls import DAYS, FAULTS, INVOICES, Puller, read_all
from .sandbox_accounts import write_accounts

# Pages that may be fetched again: one not stored and five ahead; those of six days.
PAGES_AT_ONCE = {
    "flow": 6,
    "amazon": 12,
}


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with Sandbox(seed=7, invoices=INVOICES, rate_limits=False) as box, box.serve():
        yield box


def read_table(path: Path) -> list[tuple[str, str]]:
    with sqlite3.connect(path) as database:
        rows = database.execute("SELECT account, key FROM invoices").fetchall()
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    database.close()
    return rows


def kill_and_check(box: Sandbox, folder: Path, kills: int) -> None:
    """Kill that many pulls; after one that ended before, start again with an empty file."""
    until = datetime.now(UTC)
    moment = random.Random(20)
    since = until - timedelta(days=DAYS)
    killed = 0
    rounds = 0
    held = read_all(box, since, until)
    secrets = write_accounts(box, folder, "flow", "amazon")
    undisturbed = Puller(
        box, folder, [str(folder / "undisturbed.db"), since.isoformat(), until.isoformat()], secrets
    )
    assert undisturbed.finish() == 1
    box.faults = FAULTS
    while killed < kills:
        path = folder / f"{rounds}.db"
        rounds += 1
        before = killed
        puller = Puller(box, folder, [str(path), since.isoformat(), until.isoformat()], secrets)
        while killed < kills and puller.kill(moment.uniform(0.0, 0.6)):
            killed += 1
        runs = puller.finish()

        rows = read_table(path)
        assert len(rows) == len(set(rows))
        assert set(rows) == held
        for api, pages in PAGES_AT_ONCE.items():
            assert puller.count_pages(api) <= undisturbed.count_pages(api) + pages * (
                killed - before + runs
            )


def test_a_pull_that_is_killed_twenty_times_loses_and_doubles_nothing(
    box: Sandbox, tmp_path: Path
) -> None:
    kill_and_check(box, tmp_path, kills=20)


@pytest.mark.soak
def test_a_pull_that_is_killed_two_hundred_times_loses_and_doubles_nothing(
    box: Sandbox, tmp_path: Path
) -> None:
    kill_and_check(box, tmp_path, kills=200)

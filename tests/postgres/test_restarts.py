"""Pulls and servers that are killed: in the end the tables have each invoice once."""

from __future__ import annotations

import random
import threading
import time
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import psycopg
import pytest
from counterfoil import (
    Account,
    Line,
    StorageError,
    Totals,
    add_up,
    connect,
    open_sink,
    pull,
)
from counterfoil.sinks.postgres import connection
from counterfoil_sandbox import Sandbox

from ..behaviour.overlay.killed_pulls import DAYS, FAULTS, Puller, read_all
from ..behaviour.overlay.sandbox_accounts import write_accounts
from .invented import count_lines, make
from .server import PASSWORD, Server

INVOICES = 4000


def read_table(url: str) -> list[tuple[str, str]]:
    with psycopg.connect(url) as database:
        return database.execute("SELECT account, key FROM counterfoil.invoices").fetchall()


def check_tables(url: str) -> None:
    """Lines, records and totals agree with the invoices' JSON."""
    with open_sink(url) as sink:
        stored = list(sink.read())
        assert sink.totals() == add_up(stored)
    with psycopg.connect(url) as database:
        [lines] = database.execute("SELECT count(*) FROM counterfoil.lines").fetchall()
        unrecorded = """
            SELECT count(*) FROM counterfoil.invoices AS i LEFT JOIN counterfoil.records AS r
            ON (r.account, r.model, r.key) = (i.account, i.record_model, i.record_key)
            WHERE r.content IS NULL
        """
        [without] = database.execute(unrecorded).fetchall()
    assert lines == (count_lines(stored),)
    assert without == (0,)


def kill_and_check(server: Server, url: str, folder: Path, kills: int) -> None:
    """Kill pullers and the server in turn, while the platforms have faults, too."""
    moment = random.Random(23)
    until = datetime.now(UTC)
    since = until - timedelta(days=DAYS)
    with Sandbox(seed=7, invoices=INVOICES, rate_limits=False) as box, box.serve():
        held = read_all(box, since, until)
        secrets = write_accounts(box, folder, "flow", "amazon")
        words = [url, since.isoformat(), until.isoformat()]
        box.faults = FAULTS
        killed = 0
        while killed < kills:
            with psycopg.connect(url, autocommit=True) as database:
                database.execute("DROP SCHEMA IF EXISTS counterfoil CASCADE")
            puller = Puller(box, folder, words, secrets)
            is_at_work = True
            while killed < kills and is_at_work:
                if killed % 2:
                    is_at_work = puller.kill(moment.uniform(0.0, 0.6))
                else:
                    is_at_work = restart_during(server, puller, moment.uniform(0.0, 0.6))
                killed += is_at_work
            puller.finish()

            rows = read_table(url)
            assert len(rows) == len(set(rows))
            assert set(rows) == held
            check_tables(url)


def restart_during(server: Server, puller: Puller, seconds: float) -> bool:
    """Kill the server during a pull, and start it again; the pull must end by itself."""
    process = puller.start()
    time.sleep(seconds)
    was_at_work = process.poll() is None
    server.stop("immediate")
    server.start()
    _, said = process.communicate(timeout=300)
    puller.note()
    assert "Traceback" not in said
    assert "PostgreSQL" not in said, "the restart was waited for, so no account failed by it"
    return was_at_work


def test_pullers_and_servers_killed_twenty_times_lose_and_double_nothing(
    own_server: Server, tmp_path: Path
) -> None:
    kill_and_check(own_server, own_server.url(), tmp_path, kills=20)


@pytest.mark.soak
def test_pullers_and_servers_killed_two_hundred_times_lose_and_double_nothing(
    own_server: Server, tmp_path: Path
) -> None:
    kill_and_check(own_server, own_server.url(), tmp_path, kills=200)


def test_several_pullers_share_the_accounts(url: str, tmp_path: Path) -> None:
    until = datetime.now(UTC)
    since = until - timedelta(days=DAYS)
    with Sandbox(seed=7, invoices=1000, rate_limits=False) as box, box.serve():
        held = read_all(box, since, until)
        secrets = write_accounts(box, tmp_path, "flow", "amazon")
        words = [url, since.isoformat(), until.isoformat()]
        puller = Puller(box, tmp_path, words, secrets)
        processes = [puller.start() for _ in range(4)]
        said = [process.communicate(timeout=300)[1] for process in processes]

    for process, text in zip(processes, said, strict=True):
        assert process.returncode == 0 or "is being pulled into PostgreSQL" in text
    rows = read_table(url)
    assert sorted(rows) == sorted(held)


@pytest.mark.parametrize("mode", ["immediate", "fast"])
def test_a_step_is_done_once_more_after_a_restart(own_server: Server, mode: str) -> None:
    with open_sink(own_server.url()) as sink, sink.claim("mine"):
        sink.store("mine", [make("W-1")], b"1")
        own_server.stop(mode)
        starter = threading.Timer(1.0, own_server.start)
        starter.start()
        written = sink.store("mine", [make("W-1"), make("W-2")], b"2")
        assert written.new == 1
        starter.join()
        assert sink.find_cursor("mine") == b"2"
        with open_sink(own_server.url()) as other, pytest.raises(StorageError, match="already"):
            other.claim("mine").__enter__()  # the claim was made again
    with open_sink(own_server.url()) as other, other.claim("mine"):
        pass


def test_a_server_that_does_not_return_fails_the_account_and_loses_nothing(
    own_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "PATIENCE", 0.5)
    with Sandbox(["flow"], invoices=300) as box, box.serve():
        account = Account(**box.account("flow"))

        def connect_and_stop(account: Account[Any]) -> Any:
            own_server.stop()
            return connect(account)

        with open_sink(own_server.url()) as sink:
            result = pull([account], "2020-01-01", into=sink, connect=connect_and_stop)
            own_server.start()
            assert "no server answers there" in str(result.failed[0].failure)
            assert PASSWORD not in str(result.failed[0].failure)
            assert sink.count() == 0
            assert pull([account], "2020-01-01", into=sink).count("new") == 300


def test_a_claim_that_another_took_during_a_restart_stops_the_account_alone(
    own_server: Server,
) -> None:
    with open_sink(own_server.url()) as sink, open_sink(own_server.url()) as other:
        with sink.claim("mine"), sink.claim("second"):
            sink.store("mine", [make("W-1")], b"1")
            end_sessions(own_server, sink)
            with other.claim("mine"):
                assert sink.store("second", [], b"2").new == 0
                with pytest.raises(StorageError, match=r"'mine' is being pulled .* already"):
                    sink.store("mine", [make("W-2")], b"2")
                with pytest.raises(StorageError, match="already"):
                    sink.mark_gone([make("W-1").ref], confirmed=True)
        assert sink.find_cursor("mine") == b"1"
        with other.claim("mine"), other.claim("second"):
            pass


def test_a_listing_that_a_restart_interrupts_finds_nothing_missing(own_server: Server) -> None:
    with open_sink(own_server.url()) as sink:
        sink.store("mine", [make("W-1"), make("W-2")], b"1")
        sink.begin_listing("mine")
        sink.store("mine", [make("W-1")], b"2")
        end_sessions(own_server, sink)
        sink.store("mine", [make("W-3")], b"3")
        assert sink.find_missing("mine") == []  # W-1 was listed before, which is forgotten
        sink.end_listing("mine")

        sink.begin_listing("mine")
        sink.store("mine", [make("W-1"), make("W-3")], b"4")
        assert [one.ref.key for one in sink.find_missing("mine")] == ["W-2"]


def end_sessions(server: Server, sink: Any) -> None:
    """End the session of a sink, as an administrator can."""
    pid = sink._connection._connection.info.backend_pid
    with psycopg.connect(server.url(), autocommit=True) as database:
        database.execute("SELECT pg_terminate_backend(%s, 5000)", (pid,))


def test_a_deadlock_is_resolved_by_doing_the_step_again(url: str) -> None:
    with open_sink(url) as sink, psycopg.connect(url) as foreign:
        sink.store("mine", [make("W-1")], b"1")
        foreign.execute("SET deadlock_timeout = '1min'")  # so that ours is the one that is ended
        foreign.execute("UPDATE counterfoil.invoices SET status = 'x' WHERE key = 'W-1'")
        changed = make("W-1", totals=Totals(gross=Decimal(1)))
        written: list[Any] = []
        storing = threading.Thread(
            target=lambda: written.append(sink.store("mine", [changed], b"2"))
        )
        storing.start()
        wait_for_lock(url)
        foreign.execute("UPDATE counterfoil.state SET sequence = sequence")
        foreign.commit()
        storing.join()
        assert written[0].changed == 1
        assert next(iter(sink.read())) == changed


def wait_for_lock(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as database:
        while not database.execute("SELECT 1 FROM pg_locks WHERE NOT granted").fetchone():
            time.sleep(0.01)


FULL = """
CREATE FUNCTION counterfoil.fill() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100';
END $$;
CREATE TRIGGER fill BEFORE INSERT ON counterfoil.lines EXECUTE FUNCTION counterfoil.fill();
"""


def test_a_full_disk_is_explained_and_leaves_nothing_half_written(url: str) -> None:
    invoice = make("W-1", lines=(Line(name="a"),))
    with open_sink(url) as sink, psycopg.connect(url, autocommit=True) as database:
        database.execute(FULL)
        with pytest.raises(StorageError, match="the disk of the server is full"):
            sink.store("mine", [invoice], b"1")
        assert sink.find_cursor("mine") is None
        assert sink.count() == 0
        database.execute("DROP TRIGGER fill ON counterfoil.lines")
        assert sink.store("mine", [invoice], b"1").new == 1


def test_a_server_without_connections_left_is_explained(server: Server, url: str) -> None:
    with psycopg.connect(url, autocommit=True) as database:
        database.execute(f"CREATE ROLE few LOGIN PASSWORD '{PASSWORD}' CONNECTION LIMIT 0")
    with pytest.raises(StorageError, match="the server has no connection left"):
        open_sink(server.url(role="few"))

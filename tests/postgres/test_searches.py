"""Searches, totals and commands give the same with PostgreSQL as with a SQLite file."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from counterfoil import Invoice, InvoiceRef, Party, add_up, open_sink, pull
from counterfoil.cli import main
from counterfoil.totals import GROUPS
from counterfoil_sandbox import Sandbox

from .invented import list_accounts
from .server import PASSWORD, Server

SINCE = datetime.now(UTC) - timedelta(days=700)
DELETED_AT = re.compile(r'"deleted_at":"[^"]*"')  # the files were not written at once
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def stores(server: Server, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """The same invoices in a database and in a file."""
    with psycopg.connect(server.url(), autocommit=True) as connection:
        connection.execute("CREATE DATABASE searched")
    url = server.url("searched")
    path = str(tmp_path_factory.mktemp("stores") / "invoices.db")
    until = datetime.now(UTC)
    nameless = [
        Invoice(
            ref=InvoiceRef(provider="flow", account="flow", kind="invoice", key=key),
            completeness="full",
            buyer=Party(name=key),
        )
        for key in ("a", "B", "\u00e9", "10", "9")
    ]
    with Sandbox(invoices=40, rate_limits=False) as box, box.serve():
        accounts = list_accounts(box)
        for place in (url, path):
            with open_sink(place) as sink:
                assert not pull(accounts, SINCE, until, into=sink).failed
                sink.update("flow", nameless)
                first = next(iter(sink.read(account="vtex")))
                sink.mark_gone([first.ref], confirmed=True)
    return url, path


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")

    def run(*words: str) -> tuple[int, str, str]:
        return main(words), *capfd.readouterr()

    return run


@pytest.mark.parametrize(
    "filters",
    [
        {},
        {"account": "flow"},
        {"provider": "vtex", "limit": 7},
        {"kind": "credit_memo"},
        {"since": "2026-06-01", "until": "2026-09-01"},
        {"name": "10"},
        {"account": "none"},
    ],
    ids=str,
)
def test_searches_find_the_same_in_the_same_order(
    stores: tuple[str, str], filters: dict[str, Any]
) -> None:
    url, path = stores
    with open_sink(url) as sink, open_sink(path) as other:
        found = list(sink.read(**filters))
        expected = list(other.read(**filters))
        limit = filters.pop("limit", None)
        assert sink.count(**filters) == other.count(**filters)
        assert sink.count(undated=True, **filters) == other.count(undated=True, **filters)
        rows = sink.find("key", "gross", limit=limit, **filters)

    assert [one.ref for one in found] == [one.ref for one in expected]
    for one, same in zip(found, expected, strict=True):
        assert one == same
        assert one.record == same.record
        assert (one.deleted_at is None) == (same.deleted_at is None)
    assert [row["key"] for row in rows] == [one.ref.key for one in expected]


@pytest.mark.parametrize("group", GROUPS)
def test_totals_of_any_group_are_those_of_adding_up(stores: tuple[str, str], group: str) -> None:
    url, path = stores
    with open_sink(url) as sink, open_sink(path) as other:
        totals = sink.totals([group])
        assert totals == other.totals([group])
        assert totals == add_up(sink.read(), [group])
        assert sink.totals([], account="flow") == other.totals([], account="flow")
        assert sink.list_accounts() == other.list_accounts()


COMMANDS = {
    "list": ("list",),
    "list of a shop": ("list", "--account", "vtex", "--limit", "3"),
    "list as JSON": ("list", "--json"),
    "list since": ("list", "--since", "2026-06-01", "--format", "csv"),
    "unknown account": ("list", "--account", "vtx"),
    "show": ("show", "B"),
    "show as JSON": ("show", "10", "--json"),
    "unknown number": ("show", "no such number"),
    "verify": ("verify",),
    "verify as JSON": ("verify", "--json", "--account", "open2b-admin"),
}


@pytest.mark.parametrize("words", COMMANDS.values(), ids=list(COMMANDS))
def test_commands_print_the_same(stores: tuple[str, str], words: tuple[str, ...], run: Run) -> None:
    url, path = stores
    code, out, err = run(*words, "--store", url)
    same_code, same_out, same_err = run(*words, "--store", path)

    with open_sink(url) as sink:
        name = str(sink.path)
    assert code == same_code
    assert DELETED_AT.sub("", out) == DELETED_AT.sub("", same_out)
    assert err.replace(name, path) == same_err
    assert PASSWORD not in out + err


@pytest.mark.parametrize(
    "words",
    [("erase", "no such number", "--yes"), ("remap",), ("datasette",)],
    ids=lambda words: words[0],
)
def test_commands_of_files_refuse_it(
    stores: tuple[str, str], words: tuple[str, ...], run: Run, tmp_path: Path
) -> None:
    (tmp_path / "accounts.toml").write_text('[flow]\nprovider = "flow"\n')
    code, out, err = run(*words, "--store", stores[0])

    assert code == 2
    assert f"{words[0]} works with SQLite files only, not with PostgreSQL" in err
    assert PASSWORD not in out + err


@pytest.mark.parametrize("command", [("list",), ("show", "1"), ("verify",), ("pull",)])
def test_the_address_of_another_database_is_refused_without_its_password(
    command: tuple[str, ...], run: Run, tmp_path: Path
) -> None:
    (tmp_path / "accounts.toml").write_text('[flow]\nprovider = "flow"\n')
    code, out, err = run(*command, "--store", f"mysql://owner:{PASSWORD}@127.0.0.1/books")

    assert code == 6
    assert "mysql:// is no database of invoices: use postgresql:// or a file" in err
    assert PASSWORD not in out + err


def test_a_search_does_not_create_the_tables(server: Server, url: str, run: Run) -> None:
    code, _, err = run("list", "--store", url)

    assert code == 6
    assert "has no invoices: `counterfoil pull` creates the tables" in err

"""Pulling many accounts into one sink: nothing lost, doubled or written twice."""

from __future__ import annotations

import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from counterfoil import Account, AccountError, StorageError, WindowError, connect, open_sink, pull
from counterfoil_core import AuthenticationFailed, ConnectFailed
from counterfoil_flow import ConsumerInvoiceFormByOrder, FlowClient
from counterfoil_open2b_admin import InvoiceStatus, InvoiceUpdateForm, Open2bAdminClient
from counterfoil_sandbox import FaultRule, Sandbox

from .sandbox_accounts import BEGINNING, make_account

NOBODY_LISTENS = "http://127.0.0.1:9"


@pytest.fixture
def box(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    # The sandbox's store uses the machine's local time, without a zone.
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    with Sandbox(seed=7, invoices=40) as box, box.serve():
        yield box


def pull_into(
    path: Path, *accounts: Account, since: datetime | None = BEGINNING, **options: Any
) -> Any:
    with open_sink(path) as sink:
        return pull(accounts, since, into=sink, **options)


def dump(path: Path) -> str:
    with sqlite3.connect(path) as database:
        text = "\n".join(database.iterdump())
    database.close()
    return text


def ask(path: Path, sql: str) -> list[Any]:
    with sqlite3.connect(path) as database:
        found = database.execute(sql).fetchall()
    database.close()
    return found


def test_five_platforms_are_pulled_into_one_file(box: Sandbox, tmp_path: Path) -> None:
    path = tmp_path / "invoices.db"
    since = datetime.now(UTC) - timedelta(days=3)
    stores = [
        make_account(box, name) for name in ("flow", "open2b-admin", "open2b-storefront", "vtex")
    ]
    latest = pull_into(path, make_account(box, "amazon"), since=since)

    result = pull_into(path, *stores)

    assert not result.failed
    assert not latest.failed
    assert [one.account for one in result.accounts] == [
        "flow",
        "open2b-admin",
        "open2b-storefront",
        "vtex",
    ]
    assert dict(ask(path, "SELECT account, count(*) FROM invoices GROUP BY account"))["flow"] == 40
    assert (
        result.count("new") + latest.count("new")
        == ask(path, "SELECT count(*) FROM invoices")[0][0]
    )
    assert latest.count("new") > 0


def test_the_table_has_what_the_provider_has(box: Sandbox, tmp_path: Path) -> None:
    pull_into(tmp_path / "invoices.db", make_account(box, "open2b-admin"))

    with Open2bAdminClient(**box.client_arguments("open2b-admin")) as shop:
        invoices = list(shop.invoices.iterate())
        held = {(str(one.id), one.number, str(one.taxed_total)) for one in invoices}
    assert set(ask(tmp_path / "invoices.db", "SELECT key, number, gross FROM invoices")) == held
    assert len(held) == 40


def test_reading_all_again_writes_nothing(box: Sandbox, tmp_path: Path) -> None:
    path = tmp_path / "invoices.db"
    accounts = [make_account(box, name) for name in ("flow", "open2b-admin")]
    until = datetime.now(UTC)
    pull_into(path, *accounts, until=until)
    before = dump(path)

    result = pull_into(path, *accounts, until=until, again=True)

    assert (
        result.count("read"),
        result.count("unchanged"),
        result.count("new"),
        result.count("changed"),
    ) == (80, 80, 0, 0)
    assert dump(path) == before


def test_a_second_pull_asks_for_what_is_new_only(box: Sandbox, tmp_path: Path) -> None:
    path = tmp_path / "invoices.db"
    account = make_account(box, "open2b-admin")
    pull_into(path, account)

    result = pull_into(path, account, since=None)

    assert result.count("read") == 0
    assert not result.failed


def test_an_invoice_that_was_changed_takes_the_place_of_the_old_one(
    box: Sandbox, tmp_path: Path
) -> None:
    path = tmp_path / "invoices.db"
    account = make_account(box, "open2b-admin")
    pull_into(path, account)
    with Open2bAdminClient(**box.client_arguments("open2b-admin")) as shop:
        shop.invoices.update(id=12, invoice=InvoiceUpdateForm(status=InvoiceStatus.ARCHIVED))

    result = pull_into(path, account, since=None)

    assert (result.count("changed"), result.count("new")) == (1, 0)
    assert ask(path, "SELECT status FROM invoices WHERE key = '12'") == [("archived",)]
    assert ask(path, "SELECT count(*) FROM invoices") == [(40,)]


def test_a_provider_that_lists_all_shows_changes_of_old_invoices_with_every_pull(
    box: Sandbox, tmp_path: Path
) -> None:
    path = tmp_path / "invoices.db"
    account = make_account(box, "flow")
    pull_into(path, account, until=datetime.now(UTC) - timedelta(hours=2))
    [[key, order]] = ask(
        path,
        "SELECT key, json_extract(json, '$.references[0].number')"
        " FROM invoices ORDER BY day LIMIT 1",
    )
    with FlowClient(**box.client_arguments("flow")) as shop:
        shop.consumer_invoices.replace_for_order(
            order, ConsumerInvoiceFormByOrder(attributes={"ledger": "2024-7"})
        )

    result = pull_into(path, account, since=None)

    assert result.count("changed") == 1
    assert result.count("new") + result.count("changed") + result.count("unchanged") == 40
    assert ask(
        path, f"SELECT json_extract(json, '$.attributes.ledger') FROM invoices WHERE key = '{key}'"
    ) == [("2024-7",)]


@pytest.mark.parametrize(
    ("provider", "changes", "kind"),
    [
        ("open2b-admin", {"key": "wrong"}, AuthenticationFailed),
        ("flow", {"base_url": NOBODY_LISTENS}, ConnectFailed),
    ],
)
def test_an_account_that_fails_leaves_the_others_alone(
    box: Sandbox, tmp_path: Path, provider: str, changes: dict[str, str], kind: type[Exception]
) -> None:
    broken = make_account(box, provider, name="broken", **changes)
    result = pull_into(tmp_path / "invoices.db", broken, make_account(box, "flow"))

    [failed] = result.failed
    assert (failed.account, failed.read, failed.new) == ("broken", 0, 0)
    assert isinstance(failed.failure, kind)
    assert result.accounts[1].new == 40


def test_accounts_are_read_at_the_same_time(box: Sandbox, tmp_path: Path) -> None:
    barrier = Barrier(2)  # lets nobody through who comes alone

    def connect_together(account: Account) -> Any:
        barrier.wait(timeout=120)
        return connect(account)

    accounts = [make_account(box, name) for name in ("flow", "open2b-admin")]
    result = pull_into(tmp_path / "invoices.db", *accounts, connect=connect_together)

    assert not result.failed
    assert result.count("new") == 80


def test_a_pull_goes_on_behind_what_was_stored_last(tmp_path: Path) -> None:
    with Sandbox(seed=7, invoices=2300, rate_limits=False) as box, box.serve():
        path = tmp_path / "invoices.db"
        account = make_account(box, "flow")
        until = datetime.now(UTC)

        def stop_after_a_thousand(one: Any) -> None:
            if one.read >= 1000:
                box.faults = [FaultRule(kind="server-error", api="flow")]

        first = pull_into(path, account, until=until, report=stop_after_a_thousand)
        assert first.failed
        [[stored]] = ask(path, "SELECT count(*) FROM invoices")
        assert 1000 <= stored <= 1500  # some pages were fetched ahead before the provider failed
        box.faults = []
        before = len(box.requests)

        second = pull_into(path, account, until=until)

        assert not second.failed
        assert [second.count(what) for what in ("read", "new", "unchanged")] == [
            2300 - stored,
            2300 - stored,
            0,
        ]
        # The last requests may only show the end, and that there are no credit memos.
        assert len(box.requests) - before <= (2300 - stored) / 100 + 2
        assert ask(path, "SELECT count(*), count(DISTINCT key) FROM invoices") == [(2300, 2300)]


def test_items_that_come_twice_or_in_disorder_are_stored_once(box: Sandbox, tmp_path: Path) -> None:
    box.faults = [FaultRule(kind="duplicate"), FaultRule(kind="reorder")]

    result = pull_into(tmp_path / "invoices.db", make_account(box, "flow"))

    keys = Counter(key for [key] in ask(tmp_path / "invoices.db", "SELECT key FROM invoices"))
    assert len(keys) == result.count("new") == 40
    assert set(keys.values()) == {1}


def test_an_earlier_beginning_reads_from_there_and_a_later_one_leaves_no_gap(
    box: Sandbox, tmp_path: Path
) -> None:
    path = tmp_path / "invoices.db"
    account = make_account(box, "flow")
    now = datetime.now(UTC)
    late = pull_into(
        path, account, since=now - timedelta(days=20), until=now - timedelta(days=10)
    ).count("new")

    all_of_it = pull_into(path, account, since=BEGINNING, until=now - timedelta(days=10))
    latest = pull_into(path, account, since=now - timedelta(hours=1))

    assert 0 < late < 40
    assert all_of_it.count("unchanged") == late
    assert late + all_of_it.count("new") + latest.count("new") == 40


def test_the_same_beginning_reads_nothing_again_that_an_earlier_slice_had(
    box: Sandbox, tmp_path: Path
) -> None:
    path = tmp_path / "invoices.db"
    account = make_account(box, "amazon")
    now = datetime.now(UTC)
    span = {"since": now - timedelta(days=60), "until": now - timedelta(days=1)}
    first = pull_into(path, account, **span)

    again = pull_into(path, account, **span)

    assert first.count("read") > 5
    assert again.count("read") == 0


def test_an_end_in_the_future_does_not_pass_over_what_is_still_to_come(
    box: Sandbox, tmp_path: Path
) -> None:
    path = tmp_path / "invoices.db"
    account = make_account(box, "open2b-admin")
    pull_into(path, account, until=datetime.now(UTC) + timedelta(days=30))
    with Open2bAdminClient(**box.client_arguments("open2b-admin")) as shop:
        shop.invoices.update(id=3, invoice=InvoiceUpdateForm(status=InvoiceStatus.ARCHIVED))

    assert pull_into(path, account).count("changed") == 1


def test_a_provider_whose_clock_is_behind_loses_nothing(box: Sandbox, tmp_path: Path) -> None:
    path = tmp_path / "invoices.db"
    with Sandbox(clock=lambda: datetime.now(UTC) - timedelta(seconds=90)) as late, late.serve():
        account = make_account(late, "open2b-admin")
        pull_into(path, account)
        with Open2bAdminClient(**late.client_arguments("open2b-admin")) as shop:
            shop.invoices.update(id=3, invoice=InvoiceUpdateForm(status=InvoiceStatus.ARCHIVED))

        assert pull_into(path, account).count("changed") == 1


def test_what_cannot_be_listed_any_more_is_said(box: Sandbox, tmp_path: Path) -> None:
    result = pull_into(tmp_path / "invoices.db", make_account(box, "vtex"))

    assert [
        sentence
        for one in result.accounts
        for sentence in one.warnings
        if "last 24 months only" in sentence
    ]


def test_an_account_that_was_never_pulled_needs_a_beginning(box: Sandbox, tmp_path: Path) -> None:
    [failed] = pull_into(tmp_path / "invoices.db", make_account(box, "flow"), since=None).failed

    assert isinstance(failed.failure, WindowError)
    assert str(failed.failure) == "account 'flow' was never pulled: pass `since`"


def test_a_moment_without_a_zone_is_refused(box: Sandbox, tmp_path: Path) -> None:
    with pytest.raises(WindowError, match="time zone"):
        pull_into(tmp_path / "invoices.db", make_account(box, "flow"), since=datetime(2026, 1, 1))


def test_two_accounts_of_one_name_are_refused(box: Sandbox, tmp_path: Path) -> None:
    with pytest.raises(AccountError, match="two accounts are called 'flow'"):
        pull_into(tmp_path / "invoices.db", make_account(box, "flow"), make_account(box, "flow"))


@pytest.mark.parametrize("damage", ["substr(cursor, 1, 40)", "x'ff00'", "'{}'"])
def test_a_damaged_cursor_ends_its_account_and_reading_again_mends_it(
    box: Sandbox, tmp_path: Path, damage: str
) -> None:
    path = tmp_path / "invoices.db"
    account = make_account(box, "flow")
    pull_into(path, account)
    ask(path, f"UPDATE cursors SET cursor = {damage}")

    [failed] = pull_into(path, account).failed

    assert isinstance(failed.failure, StorageError)
    assert "the cursor of account 'flow' is damaged" in str(failed.failure)
    assert pull_into(path, account, again=True).count("unchanged") == 40
    assert not pull_into(path, account).failed


def test_a_name_that_went_to_another_provider_is_refused(box: Sandbox, tmp_path: Path) -> None:
    path = tmp_path / "invoices.db"
    pull_into(path, make_account(box, "flow", name="shop"))

    [failed] = pull_into(path, make_account(box, "open2b-admin", name="shop")).failed

    assert "account 'shop' is of flow in this store" in str(failed.failure)


def test_an_invoice_in_several_currencies_is_stored_without_one_and_says_why(
    box: Sandbox, tmp_path: Path
) -> None:
    from counterfoil import to_invoices
    from counterfoil_flow import FlowClient
    from msgspec import structs

    account = make_account(box, "flow")
    with FlowClient(**box.client_arguments("flow")) as client:
        listed = client.consumer_invoices.list(limit=40)
        found = next(one for one in listed if len(one.lines) > 1)
    first, *others = found.lines
    foreign = structs.replace(first, unit_price=structs.replace(first.unit_price, currency="XTS"))
    [mixed] = to_invoices(structs.replace(found, lines=[foreign, *others]), account)
    with open_sink(tmp_path / "invoices.db") as sink:
        sink.store("flow", [mixed], b"{}")

    assert ask(tmp_path / "invoices.db", "SELECT currency FROM invoices") == [(None,)]
    assert any("lines are in" in one.text for one in mixed.warnings)

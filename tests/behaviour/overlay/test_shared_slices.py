"""Slices that are shared out among tasks, and accounts that travel to them."""

from __future__ import annotations

import copy
import multiprocessing
import pickle
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from counterfoil import Account, Slice, WindowError, connect, iterate, plan_slices, read_slice
from counterfoil.errors import AccountError
from counterfoil_sandbox import Sandbox

NOW = datetime.now(UTC)
SINCE = NOW - timedelta(days=900)


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    with Sandbox(invoices=80, rate_limits=False) as box, box.serve():
        yield box


def account_of(box: Sandbox, api: str) -> Account[Any]:
    return Account(**box.account(api), **box.facts(api))


@pytest.mark.parametrize("provider", ["flow", "open2b-admin"])
@pytest.mark.parametrize("parts", [1, 2, 7, 100])
def test_a_span_is_cut_into_equal_parts_without_gaps(provider: str, parts: int) -> None:
    account = Account(name="a", provider=provider)

    slices = plan_slices(account, SINCE, NOW, parts=parts)

    assert len(slices) == parts
    assert (slices[0].since, slices[-1].until) == (SINCE, NOW)
    for before, after in pairwise(slices):
        assert before.until == after.since
    lengths = [one.until - one.since for one in slices]
    assert max(lengths) - min(lengths) < timedelta(seconds=1)


def test_the_longest_span_of_a_provider_still_holds() -> None:
    account = Account(name="a", provider="amazon")
    since = NOW - timedelta(days=100)

    fewest = plan_slices(account, since, NOW)
    longest = max(one.until - one.since for one in fewest)
    assert len(fewest) > 2
    for parts in (2, len(fewest), 40):
        slices = plan_slices(account, since, NOW, parts=parts)
        assert len(slices) == max(parts, len(fewest))
        assert max(one.until - one.since for one in slices) <= longest


def test_a_span_of_nothing_has_no_parts_and_a_short_one_few() -> None:
    account = Account(name="a", provider="flow")

    assert plan_slices(account, NOW, NOW, parts=5) == []
    assert len(plan_slices(account, NOW - timedelta(seconds=2), NOW, parts=50)) == 2


@pytest.mark.parametrize("parts", [0, -1, True, 1.5, "2"])
def test_a_number_of_parts_that_makes_no_sense_is_refused(parts: Any) -> None:
    with pytest.raises(WindowError, match="parts must be a whole number"):
        plan_slices(Account(name="a", provider="flow"), SINCE, parts=parts)


@pytest.mark.parametrize("api", ["flow", "open2b-admin", "open2b-storefront", "vtex", "amazon"])
def test_the_parts_together_have_every_invoice_once(box: Sandbox, api: str) -> None:
    account = account_of(box, api)
    since = NOW - timedelta(days=150 if api == "amazon" else 700)
    whole = [invoice.ref for invoice in iterate(account, since, NOW)]

    parts = plan_slices(account, since, NOW, parts=9)
    with connect(account) as client:
        batches = [batch for part in parts for batch in read_slice(account, part, client)]
    found = [one.ref for batch in batches for one in batch.invoices]

    assert whole
    assert sorted(found, key=str) == sorted(whole, key=str)


def test_a_pickled_account_has_no_secret() -> None:
    account = Account(
        name="milan",
        provider="flow",
        settings={"organization": "lantern-house", "token": "token-4711-secret"},
        tax_categories=[{"category": "S"}],
        overlap="1h",
    )

    content = pickle.dumps(account)
    restored = pickle.loads(content)

    assert b"token-4711-secret" not in content
    assert restored.settings == {"organization": "lantern-house"}
    assert (restored.name, restored.overlap) == ("milan", timedelta(hours=1))
    assert restored.tax_categories == account.tax_categories
    assert restored.read_with == account.read_with


def test_copies_in_one_process_keep_their_secrets() -> None:
    account = Account(name="milan", provider="flow", settings={"token": "token-4711-secret"})

    for one in (copy.copy(account), copy.deepcopy(account), copy.deepcopy([account])[0]):
        assert one.settings == account.settings


def read_elsewhere(task: tuple[Account[Any], Slice]) -> list[str]:
    account, part = task
    with connect(account) as client:
        batches = list(read_slice(account, part, client))
    return [str(one.ref.key) for batch in batches for one in batch.invoices]


def test_tasks_in_other_processes_find_the_secrets_where_they_run(
    box: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = account_of(box, "flow")
    tasks = [(account, one) for one in plan_slices(account, SINCE, NOW, parts=4)]
    spawn = multiprocessing.get_context("spawn")

    with ProcessPoolExecutor(2, mp_context=spawn) as pool, pytest.raises(AccountError) as caught:
        list(pool.map(read_elsewhere, tasks))
    monkeypatch.setenv("COUNTERFOIL_FLOW_TOKEN", account.settings["token"])
    with ProcessPoolExecutor(2, mp_context=spawn) as pool:
        found = [key for keys in pool.map(read_elsewhere, tasks) for key in keys]

    assert "COUNTERFOIL_FLOW_TOKEN" in str(caught.value)
    assert sorted(found) == sorted(str(one.ref.key) for one in iterate(account, SINCE, NOW))

"""What a task reads: resumed at its last cursor, and refused where Arrow cannot hold it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from counterfoil import Invoice, InvoiceRef, Line, Totals, connect
from counterfoil.spark.batches import BatchMaker
from counterfoil.spark.filters import PushedFilters
from counterfoil.spark.options import SourceOptions
from counterfoil.spark.planning import AccountWork, divide, plan
from counterfoil.spark.reading import AccountReader, Ended, Found
from counterfoil_core import ServerError
from counterfoil_sandbox import FaultRule, Sandbox


def make(key: str, gross: str) -> Invoice:
    ref = InvoiceRef(provider="flow", account="flow", kind="invoice", key=key)
    line = Line(net=Decimal(gross))
    totals = Totals(gross=Decimal(gross))
    return Invoice(ref=ref, completeness="full", totals=totals, lines=(line,))


@pytest.fixture
def work(accounts: Path, monkeypatch: pytest.MonkeyPatch, secrets: dict[str, str]) -> AccountWork:
    for name, text in secrets.items():
        monkeypatch.setenv(name, text)
    options = SourceOptions(accounts=str(accounts), only=("flow",), since="2024-01-01")
    [[work]] = plan(options, PushedFilters())
    return work


@pytest.mark.parametrize("table", ["invoices", "lines", "unreadable", "run"])
def test_an_amount_that_does_not_fit_does_not_stop_the_others(
    work: AccountWork, table: str
) -> None:
    refused: list[int] = []
    batches = BatchMaker(SourceOptions(table=table), refused.append)
    amounts = {"1": "10.00", "2": "1" * 21, "3": "0.1234567890123456789", "4": "-0.01"}
    invoices = [make(key, amount) for key, amount in amounts.items()]
    found = Found(account=work.account, part=work.slices[0], invoices=invoices)

    assert list(batches.add(found)) == []
    rows = [row for batch in batches.flush() for row in batch.to_pylist()]

    if table == "run":
        keys = [row["invoice"]["key"] for row in rows if row["invoice"]]
        rows = [row["unreadable"] for row in rows if row["unreadable"]]
        assert keys == ["1", "4"]
    if table in ("run", "unreadable"):
        assert [row["key"] for row in rows] == ["2", "3"]
        assert {row["code"] for row in rows} == {"unstorable"}
        assert "cannot hold" in rows[0]["text"]
    else:
        assert [row["key"] for row in rows] == ["1", "4"]
        amount = "gross" if table == "invoices" else "net"
        assert rows[0][amount] == Decimal("10.00")
    assert refused == [2]


def read_all(reader: AccountReader) -> tuple[list[InvoiceRef], Ended]:
    *found, ended = reader.read()
    return [one.ref for part in found for one in part.invoices], ended


def test_a_slice_resumes_at_its_last_cursor(work: AccountWork, box: Sandbox) -> None:
    """Each page fails once: what came before is not yielded a second time."""
    expected, _ = read_all(AccountReader(work))
    pauses: list[float] = []
    box.faults = [FaultRule(kind="server-error", status=503, api="flow", times=9, retry_after=0)]

    def fail_at_once(account: Any) -> Any:
        return connect(account).with_options(max_attempts=1)

    refs, ended = read_all(AccountReader(work, fail_at_once, pauses.append))
    assert isinstance(ended.failure, ServerError)
    assert pauses == [0.5, 1.0, 2.0]
    assert refs == []

    box.faults = [FaultRule(kind="server-error", status=503, api="flow", rate=0.4, retry_after=0)]
    refs, ended = read_all(AccountReader(work, fail_at_once, pauses.append))
    while ended.failure is not None:
        refs, ended = read_all(AccountReader(work, fail_at_once, pauses.append))
    assert refs == expected
    assert len(set(refs)) == 100


def test_accounts_are_dealt_to_tasks_and_none_twice(work: AccountWork) -> None:
    works = [work] * 7

    assert [len(part) for part in divide(works, 3)] == [3, 2, 2]
    assert [len(part) for part in divide(works, 200)] == [1] * 7
    assert divide([], 200) == []

"""Returns and parts of VTEX's orders that its list does not show by their own time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from counterfoil import Account, AccountError, connect, open_sink, pull
from counterfoil_sandbox import Sandbox
from counterfoil_vtex import InvoicedItem

from .sandbox_accounts import make_account

SINCE = datetime.now(UTC) - timedelta(days=300)


def add(account: Account, order_id: str, kind: str, number: str, quantity: int) -> None:
    """Add an invoice to an order, of some units of its first item."""
    with connect(account) as vtex:
        item = vtex.orders.get(order_id=order_id).items[0]
        vtex.invoices.notify(
            order_id,
            type=kind,
            issuance_date=datetime.now(UTC),
            invoice_number=number,
            invoice_value="100",
            items=[InvoicedItem(id=item.id, price=100, quantity=quantity)],
        )


def find_orders(account: Account, status: str) -> list[str]:
    """The orders of a status that were created lately, the latest first."""
    with connect(account) as vtex:
        since = datetime.now(UTC) - timedelta(days=25)
        span = f"creationDate:[{since:%Y-%m-%dT%H:%M:%S}.000Z TO 2999-01-01T00:00:00.000Z]"
        page = vtex.orders.list(f_status=status, f_creation_date=span, per_page=100)
        return [one.order_id for one in page.list]


@pytest.mark.parametrize(("reread", "is_found"), [(None, True), ("30d", True), ("0s", False)])
def test_a_later_return_and_a_part_are_found_by_the_next_pull(
    reread: Any, is_found: bool, tmp_path: Path
) -> None:
    with Sandbox(["vtex"], invoices=300) as box, box.serve(), open_sink(tmp_path / "a.db") as sink:
        account = make_account(box, "vtex", reread=reread)
        pull([account], SINCE, into=sink)
        invoiced = find_orders(account, "invoiced")[0]
        handled = find_orders(account, "handling")[0]
        add(account, invoiced, "Input", "R-1", 1)
        add(account, handled, "Output", "P-1", 1)

        result = pull([account], SINCE, into=sink)
        keys = {one.ref.key: one.ref.kind for one in sink.read()}

    assert result.failed == ()
    assert (f"{invoiced}/R-1" in keys) is is_found
    if is_found:
        assert keys[f"{invoiced}/R-1"] == "return_invoice"
        assert keys[f"{handled}/P-1"] == "invoice"


def test_a_span_that_is_no_time_is_refused() -> None:
    with pytest.raises(AccountError, match="reread must be a time such as 90s"):
        Account(name="a", provider="vtex", reread="a month")

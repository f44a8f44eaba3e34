"""One invoice by its key, credit memos of Flow, and lists of some kinds."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from counterfoil import WindowError, afetch, connect, fetch, iterate, plan_slices, read_slice
from counterfoil_core import NotFound
from counterfoil_flow import ConsumerInvoiceLineItemForm, CreditMemoForm
from counterfoil_sandbox import Sandbox

from .sandbox_accounts import BEGINNING, make_account

RECENTLY = datetime.now(UTC) - timedelta(days=170)
PROVIDERS = ["flow", "vtex", "open2b-admin", "open2b-storefront", "amazon"]


@pytest.mark.parametrize("provider", PROVIDERS)
def test_an_invoice_is_fetched_by_its_key(provider: str) -> None:
    with Sandbox(invoices=20) as box, box.serve():
        account = make_account(box, provider)
        since = BEGINNING if "open2b" in provider else RECENTLY
        listed = list(iterate(account, since))
        expected = listed[2]
        key = str(expected.ref.key)

        found = fetch(account, key)
        awaited = asyncio.run(afetch(account, key))

        assert found == awaited == expected
        assert found.record is not None
        with pytest.raises(NotFound):
            fetch(account, "999888777")


def add_memo(account: Any, key: str = "memo-1") -> str:
    """Add a credit memo to the first invoice, and return its key."""
    with connect(account) as flow:
        [invoice] = flow.consumer_invoices.list(limit=1, sort="created_at")
        item = invoice.lines[0].item.number
        line = ConsumerInvoiceLineItemForm(item_number=item, quantity=1, unit_price=Decimal("4.5"))
        flow.credit_memos.replace(
            invoice.key, key, CreditMemoForm(refund_identifier="refund-1", lines=[line])
        )
        return key


def test_credit_memos_of_flow_are_listed_after_the_invoices() -> None:
    with Sandbox(["flow"], invoices=130) as box, box.serve():
        account = make_account(box, "flow")
        key = add_memo(account)

        found = list(iterate(account, RECENTLY))
        memos = list(iterate(account, RECENTLY, kinds=["credit_note"]))
        fetched = fetch(account, key)

    assert len(found) == 131
    assert [one.ref for one in memos] == [found[-1].ref] == [fetched.ref]
    assert (memos[0].ref.kind, memos[0].gross, memos[0].signed_gross) == (
        "credit_note",
        Decimal("4.5"),
        Decimal("-4.5"),
    )
    assert memos[0].references is not None
    assert memos[0].references[0].type == "invoice"


def test_a_slice_may_be_left_among_the_credit_memos() -> None:
    with Sandbox(["flow"], invoices=5) as box, box.serve():
        account = make_account(box, "flow")
        for number in range(120):
            add_memo(account, f"memo-{number:03}")
        [part] = plan_slices(account, RECENTLY)
        with connect(account) as client:
            batches = list(read_slice(account, part, client))
            refs = [one.ref for batch in batches for one in batch.invoices]
            left = [batch.cursor for batch in batches if batch.cursor and batch.cursor.rest]
            for cursor in left:
                assert cursor.rest is not None
                rest = list(read_slice(account, cursor.rest, client))
                following = [one.ref for batch in rest for one in batch.invoices]
                assert following == refs[len(refs) - len(following) :]

    assert len(refs) == len(set(refs)) == 125
    assert [str(one.rest and one.rest.after).startswith("memos:") for one in left][-1] is True


def test_a_key_of_two_kinds_needs_the_kind() -> None:
    with Sandbox(["flow"], invoices=3) as box, box.serve():
        account = make_account(box, "flow")
        add_memo(account, "W-3001/1")

        assert fetch(account, "W-3001/1").ref.kind == "invoice"
        assert fetch(account, "W-3001/1", kind="credit_note").ref.kind == "credit_note"


def test_kinds_and_statuses_are_passed_to_a_provider_that_can_filter() -> None:
    with Sandbox(["open2b-admin"], invoices=60) as box, box.serve():
        account = make_account(box, "open2b-admin")
        everything = list(iterate(account, BEGINNING))
        before = len(box.requests)

        notes = list(iterate(account, BEGINNING, kinds=["credit_note"]))
        several = list(
            iterate(account, BEGINNING, kinds=["invoice", "credit_note"], statuses=["sent"])
        )

        bodies = [request.body for request in list(box.requests)[before:]]

    assert [one.ref for one in notes] == [
        one.ref for one in everything if one.ref.kind == "credit_note"
    ]
    assert [one.ref for one in several] == [
        one.ref
        for one in everything
        if one.ref.kind in ("invoice", "credit_note") and one.status == "sent"
    ]
    assert notes
    assert b'"type":"CreditNote"' in bodies[0].replace(b": ", b":")
    assert any(b'"status":"Sent"' in body.replace(b": ", b":") for body in bodies)


def test_a_kind_that_a_provider_does_not_list_is_refused() -> None:
    with Sandbox(["amazon"]) as box, box.serve():
        account = make_account(box, "amazon")

        with pytest.raises(WindowError, match="amazon does not list 'credit_note': it lists inv"):
            plan_slices(account, RECENTLY, kinds=["credit_note"])
        with pytest.raises(WindowError, match="there is no status 'new': use pending"):
            plan_slices(account, RECENTLY, statuses=["new"])  # type: ignore[list-item]

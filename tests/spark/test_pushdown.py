"""Filters of Spark limit the requests, and never the rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from counterfoil_sandbox import Sandbox

SETTING = "spark.sql.python.filterPushdown.enabled"


@pytest.fixture(autouse=True)
def pushdown(spark: Any) -> Iterator[None]:
    spark.conf.set(SETTING, "true")
    yield
    spark.conf.set(SETTING, "false")


def count_requests(box: Sandbox, frame: Any) -> tuple[int, set[str]]:
    """Return the rows of a frame, and which APIs were asked for them."""
    box.reset()
    before = len(box.requests)
    rows = frame.count()
    return rows, {request.api for request in box.requests[before:]}


@pytest.mark.parametrize(
    "condition",
    ["account = 'flow'", "provider = 'flow'", "account IN ('flow', 'nobody')"],
)
def test_only_the_accounts_of_a_filter_are_asked(
    load: Callable[..., Any], box: Sandbox, condition: str
) -> None:
    assert count_requests(box, load(pushdown="true").where(condition)) == (100, {"flow"})


def test_an_account_must_pass_all_filters(load: Callable[..., Any], box: Sandbox) -> None:
    frame = load(pushdown="true").where("account = 'flow' AND provider = 'vtex'")

    assert count_requests(box, frame) == (0, set())


def test_a_filter_by_time_limits_what_is_requested(load: Callable[..., Any], box: Sandbox) -> None:
    """The bound is the moment before which half of the invoices were changed."""
    moments = sorted(
        row[0] for row in load(only="open2b-admin", columns="updated_at").toLocalIterator()
    )
    middle = moments[len(moments) // 2]
    condition = f"updated_at >= timestamp'{middle}'"
    plain = load(only="open2b-admin").where(condition)

    def list_bodies(frame: Any) -> tuple[int, str]:
        before = len(box.requests)
        rows = frame.count()
        return rows, "".join(str(request.body) for request in box.requests[before:])

    expected, everything = list_bodies(plain)
    found, limited = list_bodies(load(only="open2b-admin", pushdown="true").where(condition))

    assert found == expected == sum(moment >= middle for moment in moments)
    assert "2024-01-01" in everything
    assert "2024-01-01" not in limited


@pytest.mark.parametrize(
    "condition",
    [
        "issue_date >= date'2026-01-01'",
        "issue_date = (SELECT max(issue_date) FROM {table})",
        "created_at < timestamp'2025-06-01 00:00:00' OR gross > 100",
        "kind <> 'invoice'",
    ],
)
def test_rows_are_those_without_pushdown(
    load: Callable[..., Any], spark: Any, condition: str
) -> None:
    load().createOrReplaceTempView("everything")
    where = condition.format(table="everything")

    plain = load().where(where).count()
    assert load(pushdown="true").where(where).count() == plain


def test_without_the_setting_pyspark_says_which(load: Callable[..., Any], spark: Any) -> None:
    spark.conf.set(SETTING, "false")

    with pytest.raises(Exception, match=SETTING):
        load(pushdown="true").count()

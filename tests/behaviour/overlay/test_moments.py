"""Dates and texts where a moment is asked for."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from counterfoil import Account, WindowError, aiterate, iterate, plan_slices, pull

from tests.behaviour.overlay.reading import make_account

ROME = timezone(timedelta(hours=2))


def plan(since: Any, until: Any = None, **about: Any) -> tuple[datetime, datetime]:
    """The ends of a span that is planned."""
    slices = plan_slices(make_account("flow", **about), since, until)
    return slices[0].since, slices[-1].until


@pytest.mark.parametrize(
    ("given", "zone", "moment"),
    [
        (datetime(2026, 10, 1, 8, tzinfo=UTC), None, datetime(2026, 10, 1, 8, tzinfo=UTC)),
        (date(2026, 10, 1), None, datetime(2026, 10, 1, tzinfo=UTC)),
        (date(2026, 10, 1), "Europe/Rome", datetime(2026, 9, 30, 22, tzinfo=UTC)),
        ("2026-10-01", None, datetime(2026, 10, 1, tzinfo=UTC)),
        ("2026-10-01", "Europe/Rome", datetime(2026, 10, 1, tzinfo=ROME)),
        ("2026-10-01T08:00:00+02:00", None, datetime(2026, 10, 1, 6, tzinfo=UTC)),
        ("2026-10-01T08:00Z", "Europe/Rome", datetime(2026, 10, 1, 8, tzinfo=UTC)),
    ],
)
def test_a_day_or_a_text_is_a_moment(given: Any, zone: str | None, moment: datetime) -> None:
    assert plan(given, "2026-10-20", time_zone=zone)[0] == moment
    assert plan("2026-01-01", given, time_zone=zone)[1] == moment


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (datetime(2026, 10, 1), "since and until need a time zone"),
        ("2026-10-01T08:00", "since and until need a time zone"),
        (
            "yesterday",
            "must be a time such as 2026-10-01 or 2026-10-01T08:00+02:00, not 'yesterday'",
        ),
        ("", "must be a time such as"),
        (20261001, "must be a datetime, a date or an ISO text such as 2026-10-01, is a int"),
        (b"2026-10-01", "is a bytes"),
        (timedelta(days=1), "is a timedelta"),
        (True, "is a bool"),
        ("0001-01-01T00:00+02:00", "which is out of range"),
        (datetime.max.replace(tzinfo=timezone(timedelta(hours=-2))), "which is out of range"),
    ],
)
@pytest.mark.parametrize("name", ["since", "until"])
def test_anything_else_is_told_in_a_sentence_that_names_the_argument(
    name: str, given: Any, sentence: str
) -> None:
    span = {"since": "2026-01-01", "until": "2026-02-01", name: given}
    account = make_account("flow")
    for call in (plan_slices, lambda *args: next(iterate(*args))):
        with pytest.raises(WindowError) as raised:
            call(account, span["since"], span["until"])
        assert sentence in str(raised.value)
        assert name in str(raised.value)
    with pytest.raises(WindowError, match=r"since|until"):
        pull([account], into=None, **span)  # type: ignore[arg-type]


def test_nothing_is_no_beginning() -> None:
    with pytest.raises(
        WindowError,
        match="since must be a datetime, a date or an ISO text such as 2026-10-01, is a NoneType",
    ):
        next(iterate(make_account("flow"), None))  # type: ignore[arg-type]


def test_the_async_form_takes_the_same() -> None:
    async def begin() -> None:
        await anext(aiterate(make_account("flow"), 7))  # type: ignore[arg-type]

    import asyncio

    with pytest.raises(WindowError, match="since must be a datetime, a date"):
        asyncio.run(begin())


def test_a_pull_takes_a_day_as_each_account_has_it(tmp_path: Any) -> None:
    from counterfoil import open_sink

    seen: list[str] = []

    def refuse(account: Account) -> Any:
        seen.append(account.name)
        raise WindowError("enough is seen")

    with open_sink(tmp_path / "invoices.db") as sink:
        result = pull(
            [make_account("flow")], "2026-01-01", date(2026, 2, 1), into=sink, connect=refuse
        )

    assert seen == ["mine"]
    assert str(result.failed[0].failure) == "enough is seen"

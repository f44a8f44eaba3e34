"""Options and clock, over HTTP and in Python, while the sandbox runs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from counterfoil_sandbox import Sandbox, UnknownOption
from starlette.testclient import TestClient

VTEX = "/vtex/api/oms/pvt/orders"


def test_the_options_are_listed_with_their_values(http: TestClient, box: Sandbox) -> None:
    assert http.get("/_control/options").json() == {"options": box.options}
    assert box.options["vtex"] == {"repeated_numbers": False}


def test_an_option_can_be_changed_and_removed(http: TestClient, box: Sandbox) -> None:
    options = {"vtex": {"repeated_numbers": True}}

    assert http.put("/_control/options", json={"options": options}).status_code == 200
    assert box.options["vtex"] == {"repeated_numbers": True}
    assert http.delete("/_control/options").json()["options"]["vtex"] == {"repeated_numbers": False}


def test_only_the_api_whose_option_changes_begins_anew(http: TestClient, box: Sandbox) -> None:
    key = {"X-Key": box.credentials("open2b-admin")["key"]}
    admin = "/open2b-admin/api/v6/commerce.invoices"
    http.post(f"{admin}.delete", json={"ids": [1]}, headers=key)
    before = http.post(f"{admin}.count", json={}, headers=key).json()["count"]

    box.options = {"vtex": {"repeated_numbers": True}, "open2b-admin": {"calls": 200}}

    assert http.post(f"{admin}.count", json={}, headers=key).json()["count"] == before


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"options": {"vtex": {"odd": True}}}, "no option vtex.odd"),
        ({"options": {"vtex": {"repeated_numbers": 1}}}, "cannot be 1"),
        ({"options": {"vtex": 7}}, "are an object"),
        ({"options": 7}, "is an object"),
        ({}, "must be like"),
        ([], "must be like"),
    ],
)
def test_wrong_options_change_nothing(
    http: TestClient, box: Sandbox, body: object, words: str
) -> None:
    answer = http.put("/_control/options", json=body)

    assert answer.status_code == 400
    assert words in answer.json()["error"]
    assert box.options["vtex"] == {"repeated_numbers": False}
    with pytest.raises(UnknownOption):
        box.options = {"vtex": {"odd": True}}


def test_the_clock_is_moved_goes_on_and_comes_back(http: TestClient) -> None:
    box = Sandbox(["flow"], invoices=1)
    http = TestClient(box.app)

    moved = http.put("/_control/clock", json={"clock": "2030-01-31T09:00:00Z"}).json()["clock"]
    box.move_clock(datetime(2030, 1, 31, 10, tzinfo=UTC))
    later = box.read_time()

    assert datetime.fromisoformat(moved) - datetime(2030, 1, 31, 9, tzinfo=UTC) < timedelta(hours=1)
    assert later - datetime(2030, 1, 31, 10, tzinfo=UTC) < timedelta(hours=1)
    http.delete("/_control/clock")
    assert abs(box.read_time() - datetime.now(UTC)) < timedelta(hours=1)


def test_the_platforms_go_by_the_moved_clock(http: TestClient, box: Sandbox) -> None:
    box.move_clock(datetime(2031, 5, 6, 7, 8, 9, tzinfo=UTC))

    made = http.put(
        "/flow/lantern-house/consumer/invoices/K-1",
        json={"order_number": "W-1"},
        auth=("sandbox-flow-token", ""),
    ).json()

    assert made["date"].startswith("2031-05-06T07:")


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2030-01-31T09:00:00", "time zone"),
        ("tomorrow", "cannot be 'tomorrow'"),
        (7, "is a text"),
        (None, "is a text"),
    ],
)
def test_a_wrong_time_changes_nothing(
    http: TestClient, box: Sandbox, moment: object, words: str
) -> None:
    before = box.read_time()
    answer = http.put("/_control/clock", json={"clock": moment})

    assert answer.status_code == 400
    assert words in answer.json()["error"]
    assert box.read_time() - before < timedelta(hours=1)


def test_a_reset_brings_the_first_options_and_the_time_back() -> None:
    box = Sandbox(["vtex"], options={"vtex": {"repeated_numbers": True}})
    box.options = {}
    box.move_clock(datetime(2031, 1, 1, tzinfo=UTC))

    box.reset()

    assert box.options == {"vtex": {"repeated_numbers": True}}
    assert not box.is_clock_moved
    assert box.request_count == 0

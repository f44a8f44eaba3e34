"""A report has the place of each change, separates accepted ones, and escapes vendors' texts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .vendor import FILES, VENDOR, copy_specs, drift, edited, find, write

AMAZON = VENDOR / FILES["amazon"]
HOSTILE = "a\x1b[2Jb\r\n| <script>alert(1)</script> `x` [y](http://example.com) \u202e *z* \x07"


def test_the_text_says_what_where_and_in_which_line_of_the_spec(tmp_path: Path) -> None:
    done = drift("amazon", edited("amazon", tmp_path, ('"maximum": 100', '"maximum": 50')))

    assert done.returncode == 1
    first, _, *rest = done.stdout.splitlines()
    assert first == "amazon against amazon.swagger.json: 1 new (1 breaking), 2 accepted"
    assert rest[:2] == [
        "breaking  GET /vendor/directFulfillment/shipping/v1/customerInvoices query limit",
        "          bound tightened: maximum 100 -> maximum 50",
    ]
    file, _, line = rest[2].strip().partition(":")
    text = Path(file).read_text().splitlines()
    assert "type: integer" in text[int(line) - 1]
    assert "maximum: 100" in text[int(line) + 2]


@pytest.mark.parametrize("form", ["text", "json", "markdown"])
def test_hostile_names_are_shown_and_do_nothing(form: str, tmp_path: Path) -> None:
    root = json.loads(AMAZON.read_text())
    root["definitions"]["CustomerInvoice"]["properties"][HOSTILE] = {"type": "string"}
    root["paths"]["/vendor/directFulfillment/shipping/v1/customerInvoices"]["get"]["parameters"][4][
        "enum"
    ].append(HOSTILE)

    said = drift("amazon", write(tmp_path, root), "--format", form).stdout

    assert not [sign for sign in said.replace("\n", "") if not sign.isprintable()]
    if form == "markdown":
        assert "<script>" not in said
        assert "[y](" not in said.replace("\\[", "").replace("\\]", "")
        assert all(
            line.count(" | ") == 3 for line in said.splitlines() if line.startswith("| addition")
        )
    if form == "text":
        assert len(said.splitlines()) == 1 + 2 * 4
    if form == "json":
        assert any(HOSTILE in one["place"] for one in json.loads(said)["new"])


def test_a_message_of_failure_lets_no_name_through(tmp_path: Path) -> None:
    root = json.loads(
        AMAZON.read_text().replace("#/definitions/Pagination", "#/definitions/\\u001b[2J")
    )

    done = drift("amazon", write(tmp_path, root))

    assert done.returncode == 2
    assert "\x1b" not in done.stderr
    assert "has no target" in done.stderr


def test_what_is_accepted_is_no_news_until_it_changes_again(tmp_path: Path) -> None:
    specs = copy_specs("amazon", tmp_path)
    entry = [
        'place = "* query limit"',
        'change = "bound tightened"',
        'detail = "maximum 100 -> maximum 50"',
        'reason = "we ask for 50"',
    ]
    baseline = specs / "amazon" / "drift.toml"
    baseline.write_text("\n".join([baseline.read_text(), "[[accepted]]", *entry]))

    fifty = edited("amazon", tmp_path, ('"maximum": 100', '"maximum": 50'))
    assert find("amazon", fifty, "--specs", specs) == []
    forty = edited("amazon", tmp_path, ('"maximum": 100', '"maximum": 40'))
    assert [change for _, _, change in find("amazon", forty, "--specs", specs)] == [
        "bound tightened"
    ]


def test_what_was_accepted_and_is_gone_is_named_as_stale(tmp_path: Path) -> None:
    file = edited("vtex", tmp_path, ('"nullable": false', '"nullable": true'))

    done = drift("vtex", file)

    assert done.returncode == 1
    assert (
        done.stdout.splitlines()[0]
        == "vtex against vtex.openapi.json: nothing new, 7 accepted, 1 stale in drift.toml"
    )
    assert (
        "stale     POST /api/oms/pvt/orders/{}/invoice request /courier: no longer nullable"
        in done.stdout
    )
    assert "accepted because the document's own sample sends null" in done.stdout


def test_an_entry_about_an_operation_that_was_not_compared_is_not_stale() -> None:
    """VTEX's orders are in another file than the invoices; their entries wait for it."""
    assert "GET /api/oms/pvt/orders" in (VENDOR.parents[2] / "specs/vtex/drift.toml").read_text()
    assert "stale" not in drift("vtex", VENDOR / FILES["vtex"]).stdout

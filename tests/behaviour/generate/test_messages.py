"""Messages of lint: all faults of a run, each with its place, the remedy, and a good example."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from counterfoil_tools.openapi.patterns import PatternError, to_python

from tests.behaviour.generate.packages import (
    SETTINGS,
    answer_with,
    describe,
    fields,
    operation,
    parcels,
    refer,
    refusal,
    schemas,
)
from tests.behaviour.generate.workspace import ROOT


def test_no_gate_hides_another(tmp_path: Path) -> None:
    """One fault for each of package.toml, references, frame, extension and rules."""
    document = parcels()
    fields(document)["lost"] = refer("Nowhere")
    fields(document)["price"] = describe(type="number")
    operation(document)["callbacks"] = {}
    operation(document)["x-counterfoil"]["retry"] = "often"

    said = refusal(tmp_path, document, SETTINGS.replace('version = "0.1.0"', 'version = "new"', 1))

    for rule in (
        "package-settings: version",
        "dangling-ref:",
        "frame: 'callbacks'",
        "extension: ",
        "float: ",
    ):
        assert rule in said
    assert len(said.splitlines()) == 5


def test_the_cross_check_speaks_beside_the_house_s_rules(tmp_path: Path) -> None:
    document = parcels()
    fields(document)["price"] = describe(type="number")
    document["paths"] = {"/parcels/{parcel.id}": document["paths"]["/parcels"]}
    hole = describe(name="parcel.id", required=True, schema={"type": "string"}, **{"in": "path"})
    document["paths"]["/parcels/{parcel.id}"]["get"]["parameters"] = [hole]

    said = refusal(tmp_path, document)

    assert "float: " in said
    assert "cross-check: " in said


def test_a_message_has_place_remedy_and_a_line_that_does_it_well(tmp_path: Path) -> None:
    document = parcels()
    fields(document)["price"] = describe(type="number")

    said = refusal(tmp_path, document)
    sample = re.search(r"As in (specs/[\w-]+/openapi\.yaml):(\d+): (.*)", said)

    assert said.startswith("specs/parcels/openapi.yaml:1:")
    assert "Add it, or make it an integer" in said
    assert sample
    path, line, shown = sample.groups()
    lines = (ROOT / path).read_text().splitlines()
    assert lines[int(line) - 1].strip() == shown


def test_a_message_names_every_value_that_would_be_right(tmp_path: Path) -> None:
    document = parcels()
    operation(document)["x-counterfoil"]["retry"] = "often"

    said = refusal(tmp_path, document)

    assert '"often" is none of "safe", "keyed", "never"' in said
    assert "candidates" not in said
    assert ".." not in said


def test_a_short_description_is_not_called_none(tmp_path: Path) -> None:
    document = parcels()
    fields(document)["note"] = {"type": "string", "description": "A note ok."}

    assert (
        "the description of the property 'note' has 10 characters, and 11 are asked for"
        in refusal(tmp_path, document)
    )


def test_messages_of_the_cross_check_hold_no_addresses(tmp_path: Path) -> None:
    document = parcels()
    document["paths"] = {"/parcels/{parcel.id}": document["paths"]["/parcels"]}
    hole = describe(name="parcel.id", required=True, schema={"type": "string"}, **{"in": "path"})
    document["paths"]["/parcels/{parcel.id}"]["get"]["parameters"] = [hole]

    assert "0x" not in refusal(tmp_path, document)


@pytest.mark.parametrize("schema", [{"type": "string"}, refer("Receipt")])
def test_an_example_is_what_its_schema_describes(schema: dict[str, str], tmp_path: Path) -> None:
    document = parcels()
    schemas(document)["Receipt"] = describe(type="string")
    fields(document)["receipt"] = describe(**schema)
    answer_with(document, "application/json", refer("Parcel"), {"receipt": 5})

    assert 'the example does not fit its schema: /receipt: 5 is not of type "string"' in refusal(
        tmp_path, document
    )


def test_examples_of_parameters_schemas_and_refusals_are_held_to_theirs_too(tmp_path: Path) -> None:
    document = parcels()
    day = {"type": "string", "format": "date"}
    operation(document)["parameters"] = [
        describe(name="day", schema=day, example="tomorrow", **{"in": "query"})
    ]
    fields(document)["id"]["example"] = "seven"
    gone = {"schema": refer("Parcel"), "examples": {"gone": {"value": []}}}
    operation(document)["responses"]["404"] = {
        "description": "None.",
        "content": {"application/json": gone},
    }

    said = refusal(tmp_path, document)

    assert said.count("the example does not fit its schema") == 3


# patterns


@pytest.mark.parametrize(
    "pattern",
    [
        "[",
        "(",
        r"\p{L}",
        "(?i)a",
        "a++",
        r"\Z",
        "(?P<x>a)",
        "[]",
        "*",
        "[z-a]",
        r"[\W]",
        r"\u{1F4E6}",
    ],
)
def test_a_pattern_that_python_cannot_keep_to_is_refused(pattern: str, tmp_path: Path) -> None:
    document = parcels()
    fields(document)["code"] = describe(type="string", pattern=pattern)

    assert f"pattern: the pattern {pattern}: " in refusal(tmp_path, document)


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+",
        "(a*)*",
        "(a|aa)+",
        "(a|a)*",
        r"^(\w+\s?)*$",
        "(.*a){20}",
        "((a+))+",
        "(a?)*",
        "(?:a|b|ab)+",
        "(a{1,9})+",
    ],
)
def test_a_pattern_that_backtracks_without_end_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError, match="backtrack"):
        to_python(pattern)


@pytest.mark.parametrize(
    ("pattern", "text", "matches"),
    [
        (r"^\d+$", "12", True),
        (r"^\d+$", "١٢", False),  # ECMAScript's digits are ASCII
        (r"^[\w.]+$", "a.b", True),
        (r"^\w+$", "é", False),
        (r"^[0-9]+(,[0-9]+)*$", "1,2,3", True),
        (r"^(?<year>\d{4})-\d{2}$", "2026-11", True),
        (r"^a\/b$", "a/b", True),
        (r"^[[a]$", "[", True),
        (r"^(a+-)+$", "aa-a-", True),
    ],
)
def test_a_pattern_means_what_it_means_to_ecmascript(
    pattern: str, text: str, matches: bool
) -> None:
    assert bool(re.search(to_python(pattern), text)) is matches

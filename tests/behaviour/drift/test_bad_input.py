"""What cannot be read is refused in words, at once, and nothing half-done comes out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from counterfoil_tools.drift.__main__ import main

from tests.measuring import read_cpu_of_children

from .vendor import FILES, VENDOR, copy_specs, drift, find, write

AMAZON = VENDOR / FILES["amazon"]
PATH = "/vendor/directFulfillment/shipping/v1/customerInvoices"


def refuse(*words: str | Path) -> str:
    """Why a file is refused, without a word of a report or a traceback."""
    done = drift(*words)
    assert done.returncode == 2, done.stdout + done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    return done.stderr


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "vendor.txt describes no API: it is empty"),
        ("[1, 2]", "vendor.txt describes no API: it is not a mapping"),
        ("name: a shop\n", "vendor.txt is neither OpenAPI 3, Swagger 2.0"),
        ('{"swagger": "1.2", "apis": []}', "is neither OpenAPI 3, Swagger 2.0"),
        ('{"openapi": "3.0.0", "paths": {"/x"', "vendor.txt:1:36: not JSON, or incomplete"),
        ("openapi: 3.0.0\npaths: [", "vendor.txt:3:1: not YAML"),
        ("openapi: 3.0.0\nx: &a {y: 1}\nz: {<<: *a}\n", "merge keys (<<) are not read"),
        ("<html><body><p>We moved.</p></body></html>", "vendor.txt shows no method"),
        (
            'HTTP POST /api/v6/commerce.invoices.get\n{\n  "id" : 7, // int(1…)\n',
            "does not end: is the page complete?",
        ),
        (
            '{"openapi": "3.0.0", "paths": {}}',
            "has none of the operations of amazon: is it the file of another API?",
        ),
        ("[" * 100_000, "nested too deeply"),
        ('{"a":' * 100_000, "nested too deeply"),
        ("a: " + "[" * 3_000, "not YAML"),
    ],
    ids=lambda text: str(text)[:30],
)
def test_what_is_no_description_is_refused(text: str, reason: str, tmp_path: Path) -> None:
    (tmp_path / "vendor.txt").write_text(text)

    assert reason in refuse("amazon", tmp_path / "vendor.txt")


def test_a_truncated_file_is_refused_with_its_place(tmp_path: Path) -> None:
    text = AMAZON.read_text()
    (tmp_path / "half.json").write_text(text[: len(text) // 2])

    assert "half.json:" in refuse("amazon", tmp_path / "half.json")


def test_a_file_of_50_mb_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with (tmp_path / "large.json").open("wb") as file:
        file.truncate(50 * 2**20)

    assert "large.json has 50 MB, more than 16: cut out the relevant part" in refuse(
        "amazon", tmp_path / "large.json"
    )


def test_bytes_that_are_no_text_a_folder_and_no_file_are_refused(tmp_path: Path) -> None:
    (tmp_path / "image.json").write_bytes(b"\x89PNG\r\n")

    assert "image.json is not text in UTF-8" in refuse("amazon", tmp_path / "image.json")
    assert "cannot be read" in refuse("amazon", tmp_path)
    assert "nowhere.json cannot be read: No such file" in refuse(
        "amazon", tmp_path / "nowhere.json"
    )


def test_an_api_that_is_none_is_named_with_those_that_are() -> None:
    assert "'amazn' is not a folder of specs/ (amazon, flow" in refuse("amazn", AMAZON)


def answering(schema: object, **definitions: object) -> dict[str, object]:
    """A description of Amazon's list whose answer is a schema."""
    answer = {"content": {"application/json": {"schema": schema}}}
    return {
        "openapi": "3.0.0",
        "paths": {PATH: {"get": {"responses": {"200": answer}}}},
        "components": {"schemas": definitions},
    }


@pytest.mark.parametrize(
    ("root", "reason"),
    [
        (
            answering({"$ref": "#/components/schemas/Gone"}),
            "'#/components/schemas/Gone' has no target: is the file complete?",
        ),
        (
            answering({"$ref": "other.yaml#/X"}),
            "'other.yaml#/X' points to another file: pass that file with --ref; nothing is fetched",
        ),
        (
            answering({"$ref": "#/components/schemas/A"}, A={"$ref": "#/components/schemas/A"}),
            "leads only to itself",
        ),
        (
            answering(
                {"$ref": "#/components/schemas/A"},
                A={"allOf": [{"$ref": "#/components/schemas/A"}]},
            ),
            "is composed of itself",
        ),
        (
            answering(
                {
                    "allOf": [
                        {"oneOf": [{"type": "string", "minLength": a * b} for b in range(9)]}
                        for a in range(9)
                    ]
                }
            ),
            "more than 500 alternatives",
        ),
    ],
)
def test_references_that_lead_astray_are_refused(root: object, reason: str, tmp_path: Path) -> None:
    assert reason in refuse("amazon", write(tmp_path, root))


def test_schemas_that_hold_themselves_and_multiply_cost_nothing(tmp_path: Path) -> None:
    """60 schemas that contain the next one twice would be 2**60 places, if each were visited."""
    names = [f"S{number}" for number in range(60)]
    following = zip(names, [*names[1:], "S0"], strict=True)
    twice = {
        name: {
            "type": "object",
            "properties": {way: {"$ref": f"#/components/schemas/{after}"} for way in "ab"},
        }
        for name, after in following
    }
    payload = {"type": "object", "properties": {"payload": {"$ref": "#/components/schemas/S0"}}}

    found = find("amazon", write(tmp_path, answering(payload, **twice)))

    assert ("addition", f"GET {PATH} answer 200 /payload/a", "field added") in found


def test_aliases_that_multiply_cost_nothing(tmp_path: Path) -> None:
    lines = ["x0: &x0 {type: object, properties: {end: {type: string}}}"]
    for number in range(1, 40):
        ways = ", ".join(f"{way}: *x{number - 1}" for way in "abcdefghi")
        lines.append(f"x{number}: &x{number} {{type: object, properties: {{{ways}}}}}")
    schema = "{type: object, properties: {payload: *x39}}"
    answer = f"{{description: ok, content: {{application/json: {{schema: {schema}}}}}}}"
    lines += ["openapi: 3.0.0", f"paths: {{{PATH}: {{get: {{responses: {{'200': {answer}}}}}}}}}"]
    (tmp_path / "bomb.yaml").write_text("\n".join(lines))

    assert ("addition", f"GET {PATH} answer 200 /payload/a", "field added") in find(
        "amazon", tmp_path / "bomb.yaml"
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("accepted = 1", "`accepted` is not a list of tables"),
        ("[[accepted", "specs/amazon/drift.toml: not TOML"),
        ('[[accepted]]\nplace = "x"\nchange = "now nullable"', "entry 1: reason is missing"),
        (
            '[[accepted]]\nplace = "x"\nchange = "gone"\nreason = "y"',
            "'gone' is not a change; use one of operation added",
        ),
        (
            '[[accepted]]\nplace = "x"\nchange = "now nullable"\nreason = "y"\nuntil = "z"',
            "until is not a key of an entry",
        ),
    ],
)
def test_a_baseline_that_says_nothing_clear_is_refused(
    text: str, reason: str, tmp_path: Path
) -> None:
    specs = copy_specs("amazon", tmp_path)
    (specs / "amazon" / "drift.toml").write_text(text)

    assert reason in refuse("amazon", AMAZON, "--specs", specs)


def test_a_spec_of_ours_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    specs = copy_specs("amazon", tmp_path)
    (specs / "amazon" / "openapi.yaml").write_text("paths: [")

    assert "yaml: not YAML" in refuse("amazon", AMAZON, "--specs", specs)


@pytest.mark.parametrize("api", ["amazon", "flow", "vtex"])
def test_whatever_stands_in_a_wrong_place_is_read_past_or_refused(api: str, tmp_path: Path) -> None:
    """None of 120 files with a few misplaced values causes a traceback."""
    random = Random(api)
    text = (VENDOR / FILES[api]).read_text()
    wrong = (None, 5, "x", [], {}, True, ["x"], {"$ref": 5}, {"a": 1}, 1.5, [{}], [None])
    statuses = set()
    for _ in range(120):
        root = json.loads(text)
        for _ in range(random.choice((1, 1, 3))):
            holder, key = random.choice(list(places(root)))
            holder[key] = random.choice(wrong)
        statuses.add(main([api, str(write(tmp_path, root))]))

    assert statuses <= {0, 1, 2}
    assert statuses >= {1, 2}


def places(node: Any) -> Iterator[tuple[Any, Any]]:
    """Each value of a document, by what holds it and its key there."""
    keys: Iterable[Any] = ()
    if isinstance(node, dict):
        keys = list(node)
    elif isinstance(node, list):
        keys = range(len(node))
    for key in keys:
        yield node, key
        yield from places(node[key])


def test_two_megabytes_are_compared_in_seconds(tmp_path: Path) -> None:
    root = json.loads(AMAZON.read_text())
    fields = {f"field{number}": {"type": "string", "maxLength": number} for number in range(60)}
    for number in range(700):
        root["definitions"][f"Extra{number}"] = {
            "type": "object",
            "properties": {**fields, "next": {"$ref": f"#/definitions/Extra{number + 1}"}},
        }
    root["definitions"]["Extra700"] = {"type": "object"}
    root["definitions"]["CustomerInvoice"]["properties"]["extra"] = {"$ref": "#/definitions/Extra0"}
    root["paths"] |= {f"/other/{number}": root["paths"][PATH] for number in range(200)}
    file = write(tmp_path, root)
    assert file.stat().st_size > 2_000_000

    before = read_cpu_of_children()
    found = find("amazon", file)

    assert read_cpu_of_children() - before < 30, "three seconds on an idle machine"
    assert found == [("addition", f"GET {PATH}/{{}} answer 200 /payload/extra", "field added")]

"""specs/README.md explains every word of `x-counterfoil`, with an example that is valid."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema_rs import Draft202012Validator

from docs.site.words import SECTIONS, rewrite

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "specs/README.md").read_text()
SCHEMA = json.loads(
    (ROOT / "tools/src/counterfoil_tools/generate/rules/x-counterfoil.schema.json").read_text()
)
ROW = re.compile(r"^\| `([a-z-]+)` \| ([^|]{10,}) \| `([^|]+)` \|$", re.MULTILINE)


def resolve(pointer: str) -> Any:
    node = SCHEMA
    for part in pointer.split("/")[1:]:
        node = node[part]
    return node


def read_rows(title: str) -> dict[str, str]:
    """Return the example of each word that a section explains."""
    [section] = re.findall(
        rf"^##+ {re.escape(title)}\n(.*?)(?=^##|\Z)", PAGE, re.MULTILINE | re.DOTALL
    )
    return {word: example for word, _, example in ROW.findall(section)}


def list_errors(value: object, pointer: str) -> list[str]:
    validator = Draft202012Validator({**SCHEMA, "$ref": f"#{pointer}"})
    return [error.message for error in validator.iter_errors(value)]


@pytest.mark.parametrize(("title", "pointer"), SECTIONS.items())
def test_each_word_is_explained_with_an_example_that_the_schema_accepts(
    title: str, pointer: str
) -> None:
    rows = read_rows(title)

    assert set(rows) == set(resolve(pointer)["properties"])
    for word, example in rows.items():
        read = yaml.safe_load(example)
        assert list(read) == [word]
        value = json.loads(json.dumps(read[word]))  # a status is a key of text, as in a spec
        assert list_errors(value, f"{pointer}/properties/{word}") == [], word


def test_the_tables_of_the_page_are_those_of_the_schema() -> None:
    assert rewrite(PAGE, SCHEMA) == PAGE, "run `nox -s golden`"


def test_every_definition_with_words_has_a_section() -> None:
    defined = {f"/$defs/{name}" for name, node in SCHEMA["$defs"].items() if "properties" in node}

    assert defined <= set(SECTIONS.values())


def test_the_example_of_a_list_operation_is_accepted() -> None:
    [block] = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)

    assert list_errors(yaml.safe_load(block)["x-counterfoil"], "/$defs/operation") == []

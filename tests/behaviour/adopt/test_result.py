"""The result as a file: valid OpenAPI, readable YAML, made in time linear in the document."""

from __future__ import annotations

import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from counterfoil_tools.adopt.read import read
from counterfoil_tools.adopt.yaml_text import to_yaml
from hypothesis import given
from hypothesis import strategies as st
from openapi_spec_validator import OpenAPIV31SpecValidator

from .documents import BILLING, Adopted, adopt_document

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=150)
TELLING = st.sampled_from(
    [
        *(
            "",
            " a",
            "a ",
            "yes",
            "No",
            "null",
            "~",
            "1",
            "1.0",
            "1e3",
            "0x1f",
            "1_000",
            "1:30",
            ".5",
            "1.2.3",
        ),
        *(
            "2026-11-26",
            "a: b",
            "a #b",
            "#a",
            "- a",
            "---",
            "{a}",
            "[a]",
            "*a",
            "&a",
            "!a",
            "|",
            ">",
            "'",
            '"',
        ),
        *(
            "a\nb",
            "a\n\nb\n",
            "\na",
            " a\nb",
            "a\n b",
            "a\tb",
            "é",
            "\U0001f600",
            "\u2028",
            "\x85",
            "a" * 200,
        ),
        *(
            "word " * 40,
            ("word  " * 40).strip(),
            ("word " * 40).strip(),
            "=",
            "<<",
            "%a",
            "@a",
            "`a",
            "?",
            "?a",
            ",",
        ),
    ]
)
NUMBERS = st.decimals(allow_nan=False, allow_infinity=False).map(
    lambda one: Decimal(f"{one:E}") + 0
)
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), NUMBERS, TEXT, TELLING)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.one_of(TEXT, TELLING), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.one_of(TEXT, TELLING), VALUES, min_size=1, max_size=3))
def test_what_is_written_reads_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, root: Any
) -> None:
    path = tmp_path_factory.getbasetemp() / "written.yaml"
    path.write_text("? first\n: 1\n" if not root else to_yaml(root), newline="\n")

    assert read(path) == root


def test_older_readers_of_yaml_read_the_same(billing: Adopted) -> None:
    root = yaml.safe_load(billing.text)
    assert root["info"]["version"] == "2026-03"
    assert root["openapi"] == "3.1.0"


def test_the_result_is_valid_openapi(billing: Adopted) -> None:
    assert list(OpenAPIV31SpecValidator(billing.root).iter_errors()) == []


def test_the_result_is_written_in_house_style(billing: Adopted) -> None:
    lines = billing.text.splitlines()

    assert lines[0] == "openapi: 3.1.0"
    assert max(map(len, lines)) <= 130
    assert "  /customers/{customer_id}:" in lines
    assert "      required: [customer, currency, lines]" in lines
    assert "x-origin" not in billing.text


def test_lint_asks_for_nothing_but_prose_and_the_words_that_adopted_specs_need(
    billing: Adopted,
) -> None:
    from counterfoil_tools.generate.lint import find_errors
    from counterfoil_tools.openapi.ingest import ingest

    document = ingest(billing.folder)
    faults = find_errors(document)

    expected = {"description", "documentation", "example", "extension", "frame"}
    assert {error.rule for error in faults} <= expected
    assert all("'origin'" in error.message for error in faults if error.rule == "extension")


def grown(times: int) -> Any:
    """The billing document, so many times over."""
    root = yaml.safe_load(BILLING.read_text())
    paths = dict(root["paths"])
    schemas = dict(root["components"]["schemas"])
    for number in range(times):
        copied = yaml.safe_load(
            yaml.safe_dump({"paths": paths, "schemas": schemas}).replace(
                "#/components/schemas/", f"#/components/schemas/n{number}_"
            )
        )
        for path, item in copied["paths"].items():
            for one in item.values():
                if isinstance(one, dict):
                    one["operationId"] = f"{one.get('operationId')}{number}"
            root["paths"][f"/n{number}{path}"] = item
        for name, schema in copied["schemas"].items():
            root["components"]["schemas"][f"n{number}_{name}"] = schema
    return root


def test_the_time_grows_with_the_document(tmp_path: Path) -> None:
    def measure(times: int) -> float:
        root = grown(times)
        begun = time.process_time()
        result = adopt_document(root, tmp_path / str(times), "billing")
        assert result.adoption.total == 15 * (times + 1)
        return time.process_time() - begun

    measure(1)
    small = measure(8)
    large = measure(64)

    assert large < 8 * small * 3, f"{small:.2f} s for 8, {large:.2f} s for 64"

"""Parameters in every style, against the table of OpenAPI 3.1 (section "Style Examples")."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from counterfoil_core.parameter_styles import (
    write_cookie_parameter,
    write_header_parameter,
    write_path_parameter,
    write_query_parameter,
)
from msgspec import Struct, field

ARRAY = ["blue", "black", "brown"]
OBJECT = {"R": 100, "G": 200, "B": 150}


class Conditions(Struct, kw_only=True):
    paid: bool | None = None
    from_date: str | None = field(default=None, name="from[date]")


@pytest.mark.parametrize(
    ("style", "explode", "value", "expected"),
    [
        ("form", False, "blue", "color=blue"),
        ("form", False, ARRAY, "color=blue,black,brown"),
        ("form", False, OBJECT, "color=R,100,G,200,B,150"),
        ("form", True, "blue", "color=blue"),
        ("form", True, ARRAY, "color=blue&color=black&color=brown"),
        ("form", True, OBJECT, "R=100&G=200&B=150"),
        ("spaceDelimited", False, ARRAY, "color=blue%20black%20brown"),
        ("spaceDelimited", False, OBJECT, "color=R%20100%20G%20200%20B%20150"),
        ("pipeDelimited", False, ARRAY, "color=blue%7Cblack%7Cbrown"),
        ("pipeDelimited", False, OBJECT, "color=R%7C100%7CG%7C200%7CB%7C150"),
        ("deepObject", True, OBJECT, "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"),
        ("deepObject", True, {"a": {"b": "x"}}, "color%5Ba%5D%5Bb%5D=x"),
        ("deepObject", True, {"ids": [7, 8]}, "color%5Bids%5D%5B0%5D=7&color%5Bids%5D%5B1%5D=8"),
        ("deepObject", True, ["a"], "color%5B0%5D=a"),
        ("json", True, {"a": Decimal("1.50")}, "color=%7B%22a%22%3A1.50%7D"),
        ("form", True, [], ""),
        ("form", False, {}, ""),
        ("deepObject", True, {"a": None}, ""),
        ("form", False, ["a,b", "c"], "color=a%2Cb,c"),
        ("form", True, "grün & blau", "color=gr%C3%BCn%20%26%20blau"),
    ],
)
def test_query(style: Any, explode: bool, value: object, expected: str) -> None:
    assert "&".join(write_query_parameter("color", value, style=style, explode=explode)) == expected


def test_a_struct_is_written_by_its_wire_names_without_what_is_none() -> None:
    conditions = Conditions(from_date="2026-01-02")
    written = write_query_parameter("where", conditions, style="deepObject")
    assert written == [
        "where%5Bfrom%5Bdate%5D%5D=2026-01-02".replace("from[date]", "from%5Bdate%5D")
    ]


def test_leaves_are_exact_and_instants_are_in_utc() -> None:
    at = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
    assert write_query_parameter("at", at) == ["at=2026-03-01T12%3A30%3A00Z"]
    assert write_query_parameter("sum", Decimal("1E+3")) == ["sum=1000"]
    assert write_query_parameter("ok", [True, False], explode=False) == ["ok=true,false"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("/a/b?c=d", "/a/b?c=d"),
        ("a&b#c+d[e]", "a%26b%23c%2Bd%5Be%5D"),
        ("done%20already 50%", "done%20already%2050%25"),
    ],
)
def test_reserved_characters_stay_where_they_are_allowed(value: str, expected: str) -> None:
    assert write_query_parameter("to", value, allow_reserved=True) == [f"to={expected}"]


@pytest.mark.parametrize(
    ("style", "explode", "value", "expected"),
    [
        ("simple", False, "blue", "blue"),
        ("simple", False, ARRAY, "blue,black,brown"),
        ("simple", False, OBJECT, "R,100,G,200,B,150"),
        ("simple", True, ARRAY, "blue,black,brown"),
        ("simple", True, OBJECT, "R=100,G=200,B=150"),
        ("label", False, "blue", ".blue"),
        ("label", False, ARRAY, ".blue,black,brown"),
        ("label", False, OBJECT, ".R,100,G,200,B,150"),
        ("label", True, ARRAY, ".blue.black.brown"),
        ("label", True, OBJECT, ".R=100.G=200.B=150"),
        ("matrix", False, "blue", ";color=blue"),
        ("matrix", False, ARRAY, ";color=blue,black,brown"),
        ("matrix", False, OBJECT, ";color=R,100,G,200,B,150"),
        ("matrix", True, ARRAY, ";color=blue;color=black;color=brown"),
        ("matrix", True, OBJECT, ";R=100;G=200;B=150"),
        ("simple", False, "a/b;c d", "a%2Fb%3Bc%20d"),
    ],
)
def test_path(style: Any, explode: bool, value: object, expected: str) -> None:
    assert write_path_parameter("color", value, style=style, explode=explode) == expected


@pytest.mark.parametrize(
    ("explode", "value", "expected"),
    [
        (False, "blue sky", "blue sky"),
        (False, ARRAY, "blue,black,brown"),
        (False, OBJECT, "R,100,G,200,B,150"),
        (True, OBJECT, "R=100,G=200,B=150"),
    ],
)
def test_header(explode: bool, value: object, expected: str) -> None:
    assert write_header_parameter(value, explode=explode) == expected


def test_json_in_a_header_is_ascii() -> None:
    written = write_header_parameter({"name": "Müller 😀"}, style="json")
    assert written == '{"name":"M\\u00fcller \\ud83d\\ude00"}'


def test_cookies_cannot_carry_line_breaks_or_semicolons() -> None:
    assert write_cookie_parameter("theme", "a\r\nSet-Cookie: b; c") == [
        "theme=a%0D%0ASet-Cookie%3A%20b%3B%20c"
    ]
    assert write_cookie_parameter("ids", ["1", "2"], explode=False) == ["ids=1,2"]


@pytest.mark.parametrize(
    ("value", "style"), [([["a"]], "form"), ({"a": {"b": 1}}, "form"), ([None], "form")]
)
def test_a_nested_value_is_refused_where_the_style_has_no_form_for_it(
    value: object, style: Any
) -> None:
    with pytest.raises(ValueError, match="cannot hold"):
        write_query_parameter("color", value, style=style)


def test_a_comma_in_a_headers_list_is_refused() -> None:
    with pytest.raises(ValueError, match="comma"):
        write_header_parameter(["a,b", "c"])

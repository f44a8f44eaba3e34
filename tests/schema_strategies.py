"""Hypothesis strategies for JSON texts that fit the schemas of our specs.

They support all keywords that openapi-subset.schema.json lets a spec use. The library for this,
hypothesis-jsonschema, does not run with current versions of hypothesis.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache, reduce
from pathlib import Path
from typing import Any

from hypothesis import strategies as some
from hypothesis.strategies import SearchStrategy

ROOT = Path(__file__).parents[1]
WHOLE = {"int32": 2**31, "int64": 2**63}
DEEPEST = 5  # levels of recursive schemas, and of lists
CHARACTERS = some.characters(codec="utf-8", exclude_categories=["Cs"])
MOMENTS = some.datetimes(datetime(1970, 1, 2), datetime(2200, 1, 1), timezones=some.just(UTC))


class Digits(float):
    """A number as it is written: json.dumps spells a float by its repr."""

    def __new__(cls, text: str) -> Digits:
        made = super().__new__(cls, text)
        made.text = text
        return made

    text: str

    def __repr__(self) -> str:
        return self.text


@cache
def components(api: str) -> dict[str, Any]:
    """The component schemas of a spec."""
    found: dict[str, Any] = json.loads(
        (ROOT / f"sandbox/src/counterfoil_sandbox/specs/{api}.json").read_text()
    )
    return found["components"]["schemas"]


def made_from(api: str, name: str) -> SearchStrategy[str]:
    """JSON texts that a component schema allows."""
    return make(api, components(api)[name], 0).map(spell)


def spell(value: Any) -> str:
    if isinstance(value, Digits):
        return value.text
    if isinstance(value, dict):
        return (
            "{"
            + ", ".join(f"{json.dumps(key)}: {spell(part)}" for key, part in value.items())
            + "}"
        )
    if isinstance(value, list):
        return "[" + ", ".join(map(spell, value)) + "]"
    return json.dumps(value)


def make(api: str, schema: Any, depth: int) -> SearchStrategy[Any]:
    """Values of a schema, as `spell` writes them."""
    if "$ref" in schema:
        name = schema["$ref"].split("/")[-1]
        return some.deferred(lambda: _make_component(api, name, depth + 1))
    if "const" in schema or "enum" in schema:
        return some.sampled_from(schema.get("enum") or [schema["const"]])
    if members := schema.get("oneOf") or [
        one for one in schema.get("anyOf", []) if set(one) != {"required"}
    ]:
        return some.one_of(*(make(api, member, depth) for member in members))
    kinds = schema.get("type", [])
    return some.one_of(
        *(
            _make_kind(api, schema, kind, depth)
            for kind in ([kinds] if isinstance(kinds, str) else kinds)
        )
    ) | (some.just({}) if not kinds else some.nothing())


@cache
def _make_component(api: str, name: str, depth: int) -> SearchStrategy[Any]:
    return make(api, components(api)[name], depth)


def _make_kind(api: str, schema: Any, kind: str, depth: int) -> SearchStrategy[Any]:
    if kind == "object":
        return _make_object(api, schema, depth)
    if kind == "array":
        most = 0 if depth > DEEPEST else min(schema.get("maxItems", 3), 3)
        return some.lists(
            make(api, schema["items"], depth + 1),
            min_size=min(schema.get("minItems", 0), most),
            max_size=most,
        )
    if kind == "integer":
        limit = WHOLE[schema.get("format", "int64")]
        return some.integers(schema.get("minimum", -limit), schema.get("maximum", limit - 1))
    if kind == "number":
        return _decimals(schema).map(Digits)
    return {"string": _texts(schema), "boolean": some.booleans(), "null": some.none()}[kind]


def _make_object(api: str, schema: Any, depth: int) -> SearchStrategy[Any]:
    properties = schema.get("properties")
    required = schema.get("required", [])
    if properties is None:
        values = schema.get("additionalProperties")
        return some.dictionaries(
            _texts({}),
            make(api, values, depth + 1) if isinstance(values, dict) else _texts({}),
            max_size=2,
        )
    made = {name: make(api, child, depth) for name, child in properties.items()}
    choices = [one for one in schema.get("anyOf", []) if set(one) == {"required"}]
    one_of = [one["required"][0] for one in choices]
    needed = dict.fromkeys([*required, *one_of[:1]])
    optional = (
        {name: child for name, child in made.items() if name not in needed}
        if depth <= DEEPEST
        else {}
    )
    whole = some.fixed_dictionaries({name: made[name] for name in needed}, optional=optional)
    return whole.map(lambda value: _keep_rules(schema, value))


def _keep_rules(schema: Any, value: dict[str, Any]) -> dict[str, Any]:
    """A bound that depends on another field (`if`/`then`): the field that breaks it is left out."""
    rules = [schema, *schema.get("allOf", [])]
    limits = [
        rule["then"].get("properties", {})
        for rule in rules
        if "if" in rule and _holds(rule["if"], value)
    ]
    bounds = reduce(lambda one, other: {**one, **other}, limits, {})
    return {
        name: part
        for name, part in value.items()
        if name not in bounds or _within(part, bounds[name])
    }


def _holds(condition: Any, value: dict[str, Any]) -> bool:
    return all(
        value.get(name) == child.get("const", value.get(name))
        for name, child in condition.get("properties", {}).items()
    )


def _within(part: Any, bound: Any) -> bool:
    if not isinstance(part, (int, float)):
        return True
    return bound.get("minimum", part) <= part <= bound.get("maximum", part)


def _decimals(schema: Any) -> SearchStrategy[str]:
    low = schema.get("minimum", schema.get("exclusiveMinimum", -(10**9)))
    high = schema.get("maximum", 10**9)
    found = some.decimals(low, high, places=schema.get("x-places", 3), allow_nan=False)
    return found.filter(lambda number: "exclusiveMinimum" not in schema or number > low).map(
        lambda number: format(number, "f")
    )


def _texts(schema: Any) -> SearchStrategy[str]:
    if (form := schema.get("format")) in ("date", "date-time", "naive-date-time", "decimal"):
        forms = {
            "date": MOMENTS.map(lambda moment: moment.date().isoformat()),
            "date-time": MOMENTS.map(lambda moment: moment.isoformat()),
            "naive-date-time": MOMENTS.map(lambda moment: moment.strftime("%Y-%m-%d %H:%M:%S")),
            "decimal": _decimals({}),
        }
        return forms[form]
    least = schema.get("minLength", 0)
    most = schema.get("maxLength", 30)
    if "pattern" in schema:
        return some.from_regex(schema["pattern"], fullmatch=True).filter(
            lambda text: least <= len(text) <= schema.get("maxLength", 1e9)
        )
    return some.text(CHARACTERS, min_size=least, max_size=max(least, min(most, 30)))

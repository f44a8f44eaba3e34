"""What distinguishes the objects of a union, and what does not."""

from __future__ import annotations

import random
from typing import Any

import pytest
from counterfoil_tools.openapi.distinguish import Conditions, distinguish, find_ambiguous, find_tag

TEXT = {"type": "string"}
NULLABLE = {"type": ["string", "null"]}


def member(*required: str, **properties: Any) -> Any:
    return {"type": "object", "required": list(required), "properties": properties}


def resolve(schema: Any) -> Any:
    return schema


def choice(*values: Any, kind: str = "string") -> Any:
    return {"type": kind, "enum": list(values)}


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (
            member("k", k=choice("a", "b")),
            member("k", k=choice("c")),
            [Conditions(values={"k": ("a", "b")}), Conditions(values={"k": ("c",)})],
        ),
        (
            member("a", a=TEXT),
            member("b", b=TEXT),
            [Conditions(required=["a"]), Conditions(required=["b"])],
        ),
        (
            member("a", a=TEXT),
            member("a", a={"type": "integer"}),
            [Conditions(types={"a": ("string",)}), Conditions(types={"a": ("number",)})],
        ),
        (
            member("a", a=TEXT, b=TEXT),
            member(b=TEXT),
            [Conditions(required=["a"]), Conditions(absent=["a"])],
        ),
        (
            member(k=choice(True, kind="boolean")),
            member(k=choice(1, kind="integer")),
            [Conditions(values={"k": (True,)}), Conditions(values={"k": (1,)})],
        ),
        (
            member("a", a=TEXT),
            {"type": "object", "additionalProperties": {}},
            [Conditions(required=["a"]), Conditions(absent=["a"])],
        ),
    ],
)
def test_two_members_are_distinguished(first: Any, second: Any, expected: Any) -> None:
    assert distinguish([first, second], resolve) == expected
    assert distinguish([second, first], resolve) == expected[::-1]
    assert find_ambiguous([first, second], resolve) is None


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (member(a=TEXT), member(b=TEXT)),  # only optional properties
        (member("a", a=NULLABLE), member("b", b=NULLABLE)),  # null may stand for absent
        (member("a", a=NULLABLE), member("a", a={"type": ["integer", "null"]})),
        (member("a", a={}), member("b", b={})),  # untyped, so null is possible
        (member("k", k=choice("a", "b")), member("k", k=choice("b", "c"))),
        (member("a", a=TEXT), member("a", a=TEXT, b=TEXT)),
    ],
)
def test_two_members_are_ambiguous(first: Any, second: Any) -> None:
    assert distinguish([first, second], resolve) is None
    assert find_ambiguous([first, second], resolve) == (0, 1)


def test_a_tag_is_a_required_string_constant() -> None:
    tagged = [member("k", "n", k=choice(name), n=choice(name)) for name in "abc"]
    several = [member("k", k=choice("a", "b")), member("k", k=choice("c"))]
    optional = [member(k=choice("a")), member(k=choice("c"))]
    numbers = [member("k", k=choice(one, kind="integer")) for one in (1, 2)]

    assert find_tag(tagged, resolve) == "k"
    assert find_tag(tagged, resolve, preferred="n") == "n"
    assert [find_tag(one, resolve) for one in (several, optional, numbers)] == [None] * 3


@pytest.mark.parametrize("seed", range(20))
def test_an_object_of_a_member_meets_the_conditions_of_that_member_alone(seed: int) -> None:
    """For random members, an object with the required properties of one, and some others."""
    chance = random.Random(seed)
    names = "abcdefgh"
    members = []
    for _ in range(chance.randint(2, 5)):
        chosen = chance.sample(names, chance.randint(1, 6))
        properties = {name: chance.choice([TEXT, {"type": "integer"}]) for name in chosen}
        required = [name for name in chosen if chance.random() < 0.6]
        members.append(member(*required, **properties))
    conditions = distinguish(members, resolve)
    if conditions is None:
        assert find_ambiguous(members, resolve) is not None
        return
    for index, one in enumerate(members):
        for _ in range(20):
            optional = [name for name in one["properties"] if chance.random() < 0.5]
            present = {*one["required"], *optional}
            value = {name: one["properties"][name]["type"] for name in present}
            assert [meets(value, found) for found in conditions].index(True) == index


def meets(value: dict[str, str], conditions: Conditions) -> bool:
    """Whether an object, described by the JSON types of its properties, meets conditions."""
    types = {name: "number" if kind == "integer" else kind for name, kind in value.items()}
    return (
        all(name in value for name in conditions.required)
        and not any(name in value for name in conditions.absent)
        and all(types.get(name) in kinds for name, kinds in conditions.types.items())
    )


def test_each_of_many_members_needs_one_property() -> None:
    members = []
    for number in range(150):
        own = {f"own{number}_{index}": TEXT for index in range(12)}
        members.append(member(*own, shared=TEXT, **own))

    conditions = distinguish(members, resolve)

    assert conditions is not None
    assert {len(one.required) for one in conditions} == {1}

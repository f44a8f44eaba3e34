"""Every schema that lint accepts becomes a class that reads and sends values of the schema."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest
from counterfoil_core import InvalidRequest

from tests.behaviour.generate.packages import (
    Wire,
    call,
    describe,
    fields,
    make_package,
    operation,
    parcels,
    refer,
    refusal,
    schemas,
    send_body,
)


@pytest.mark.parametrize(
    ("kinds", "values", "members"),
    [
        (["string", "null"], [None, "AED", "AFN"], {"AED": "AED", "AFN": "AFN"}),
        (["null", "string"], ["AED", None, "AFN"], {"AED": "AED", "AFN": "AFN"}),
        (["integer", "null"], [None, -1, 0, 1], {"MINUS_1": -1, "N0": 0, "N1": 1}),
        (["string", "null"], ["AED", "AFN"], {"AED": "AED", "AFN": "AFN"}),
    ],
)
def test_a_nullable_enum_has_each_value_under_its_own_name(
    kinds: list[str], values: list[object], members: dict[str, object], tmp_path: Path
) -> None:
    document = parcels()
    schemas(document)["Currency"] = describe(type=kinds, enum=values)
    fields(document)["currency"] = refer("Currency")
    fields(document)["all"] = describe(type="array", items=refer("Currency"))
    package = make_package(tmp_path, document)
    known = next(iter(members.values()))
    shown = f'"{known}"' if isinstance(known, str) else str(known)

    found = call(package, Wire(f'{{"currency": null, "all": [{shown}, null]}}'.encode()))

    assert {name: member.value for name, member in package.Currency.__members__.items()} == members
    assert (found.currency, found.all) == (None, [package.Currency(known), None])


@pytest.mark.parametrize("value", [True, 1.5])
def test_an_enum_of_another_base_is_refused_with_the_bases_that_are_known(
    value: object, tmp_path: Path
) -> None:
    document = parcels()
    schemas(document)["Kind"] = describe(type="boolean", enum=[value])
    fields(document)["kind"] = refer("Kind")

    assert "An enum is of type string or integer, and so are its values" in refusal(
        tmp_path, document
    )


def test_a_null_in_a_component_holds_wherever_the_component_is_used(tmp_path: Path) -> None:
    document = parcels()
    schemas(document)["Box"] = describe(
        type=["object", "null"], properties={"width": describe(type="integer")}
    )
    schemas(document)["Crate"] = describe(**refer("Box"))
    fields(document).update(box=refer("Box"), crate=refer("Crate"))
    package = make_package(tmp_path, document)

    found = call(package, Wire(b'{"box": null, "crate": null}'))
    other = call(package, Wire(b'{"box": {"width": 3}}'))

    assert (found.box, found.crate) == (None, None)
    assert other.box.width == 3


def test_a_result_that_may_be_null_is_none(tmp_path: Path) -> None:
    document = parcels()
    schemas(document)["Note"] = describe(type=["string", "null"])
    fields(document)["note"] = refer("Note")
    operation(document)["x-counterfoil"]["result"] = "/note"
    package = make_package(tmp_path, document)

    assert call(package, Wire(b'{"note": null}')) is None


HOSTILE = [
    'A kind that ends in "quotes"',
    "A kind that ends in a backslash\\",
    'A kind with three """ in it',
    'A kind that ends in three """',
    'A kind that ends in a backslash and a quote \\"',
    "A kind with {{ braces }} and {% signs %}",
]


def test_any_description_stays_a_text(tmp_path: Path) -> None:
    document = parcels()
    for number, text in enumerate(HOSTILE):
        schemas(document)[f"Enum{number}"] = {"type": "string", "enum": ["a"], "description": text}
        schemas(document)[f"Alias{number}"] = {"type": "string", "description": text}
        schemas(document)[f"Box{number}"] = {
            "type": "object",
            "properties": {},
            "description": text,
        }
        fields(document)[f"field{number}"] = {"type": "string", "description": text}
        for kind in ("Enum", "Alias", "Box"):
            fields(document)[f"{kind}{number}"] = refer(f"{kind}{number}")
    operation(document)["summary"] = 'Show "parcels"'
    package = make_package(tmp_path, document)

    for number, text in enumerate(HOSTILE):
        assert inspect.getdoc(getattr(package, f"Enum{number}")) == text
        assert inspect.getdoc(getattr(package, f"Box{number}")) == text


@pytest.mark.parametrize(
    "tree",
    [
        {"Tree": describe(type="object", additionalProperties=refer("Tree"))},
        {"Tree": describe(type="array", items=refer("Tree"))},
        {
            "Tree": describe(
                type="object", additionalProperties={"type": "array", "items": refer("Tree")}
            )
        },
        {
            "Tree": describe(type="array", items={"oneOf": [refer("Leaf"), {"type": "null"}]}),
            "Leaf": describe(type="object", additionalProperties=refer("Tree")),
        },
    ],
)
def test_what_is_made_of_nothing_but_itself_is_refused(
    tree: dict[str, object], tmp_path: Path
) -> None:
    document = parcels()
    schemas(document).update(tree)
    fields(document)["tree"] = refer("Tree")

    assert "endless: Tree is made of nothing but itself" in refusal(tmp_path, document)


def test_models_hold_each_other_through_maps_and_lists(tmp_path: Path) -> None:
    document = parcels()
    schemas(document)["Branch"] = describe(
        type="object", properties={"leaves": refer("Leaves"), "up": refer("Branch")}
    )
    schemas(document)["Leaves"] = describe(type="object", additionalProperties=refer("Branches"))
    schemas(document)["Branches"] = describe(type="array", items=refer("Branch"))
    fields(document)["branch"] = refer("Branch")
    package = make_package(tmp_path, document)

    found = call(package, Wire(b'{"branch": {"leaves": {"a": [{"up": {}}]}}}'))

    assert found.branch.leaves["a"][0].up == package.Branch()


@pytest.mark.parametrize("name", ["ParcelsClient", "AsyncParcelsClient"])
def test_a_schema_cannot_be_called_like_a_client(name: str, tmp_path: Path) -> None:
    document = parcels()
    schemas(document)[name] = describe(type="object", properties={})

    assert f"schema-name: a schema cannot be called {name}: that is the client" in refusal(
        tmp_path, document
    )


def test_a_constant_is_open_when_read_and_checked_when_sent(tmp_path: Path) -> None:
    document = parcels()
    constants = {"text": "x", "number": -5, "flag": True}
    kinds = {"text": "string", "number": "integer", "flag": "boolean"}
    for name, value in constants.items():
        fields(document)[name] = describe(type=kinds[name], const=value)
    fields(document)["bare"] = describe(const="x")
    send_body(document, "application/json", refer("Parcel"), constants, required=True)
    package = make_package(tmp_path, document)

    found = call(
        package, Wire(b'{"text": "y", "number": 7, "flag": false, "bare": "z"}'), **constants
    )

    assert found.text == "y"
    assert found.number == 7
    assert found.flag is False
    assert found.bare == "z"
    for name, value in (("text", "y"), ("number", 5), ("flag", False)):
        with pytest.raises(InvalidRequest, match=f"{name}: must be"):
            call(package, Wire(), **{name: value})


def test_a_constant_of_another_type_than_said_is_refused(tmp_path: Path) -> None:
    document = parcels()
    fields(document)["kind"] = describe(type="integer", const="x")

    assert "constant: the constant 'x' is no integer" in refusal(tmp_path, document)


def union(document: dict, tags: dict[str, str], mapping: dict[str, str] | None = None) -> None:
    """Add a union whose members have tags."""
    for name, tag in tags.items():
        kind = describe(type="string", const=tag)
        schemas(document)[name] = describe(
            type="object", required=["kind"], properties={"kind": kind}
        )
    discriminator = {"propertyName": "kind", **({"mapping": mapping} if mapping else {})}
    fields(document)["line"] = describe(
        oneOf=[refer(name) for name in tags], discriminator=discriminator
    )


@pytest.mark.parametrize(
    ("tags", "mapping", "told"),
    [
        (
            {"A": "a", "B": "b"},
            {"goods": "#/components/schemas/A"},
            "the mapping says that 'goods' is A, whose 'kind' is 'a'",
        ),
        ({"A": "a", "B": "b"}, {"a": "#/components/schemas/B"}, "the mapping says that 'a' is B"),
        (
            {"A": "a", "B": "b"},
            {"p": "#/components/schemas/Parcel"},
            "Parcel, which is no member of the union",
        ),
        ({"A": "a", "B": "a"}, None, "A and B both have the tag 'a'"),
    ],
)
def test_what_is_said_about_a_unions_tags_agrees(
    tags: dict[str, str], mapping: dict[str, str] | None, told: str, tmp_path: Path
) -> None:
    document = parcels()
    union(document, tags, mapping)

    assert told in refusal(tmp_path, document)


def test_a_union_with_null_and_a_mapping_by_name_is_read(tmp_path: Path) -> None:
    document = parcels()
    union(document, {"A": "a", "B": "b"}, {"a": "A", "b": "#/components/schemas/B"})
    fields(document)["line"]["oneOf"].append({"type": "null"})
    package = make_package(tmp_path, document)

    assert call(package, Wire(b'{"line": null}')).line is None
    assert call(package, Wire(b'{"line": {"kind": "b"}}')).line == package.B()


def test_a_member_of_two_unions_has_one_tag(tmp_path: Path) -> None:
    document = parcels()
    union(document, {"A": "a", "B": "b"})
    fields(document)["other"] = describe(
        oneOf=[refer("A"), refer("B")], discriminator={"propertyName": "sort"}
    )

    assert "one-tag: A is told by 'sort' here, and by 'kind' in another union" in refusal(
        tmp_path, document
    )


def test_nothing_points_to_a_tag_which_no_model_holds(tmp_path: Path) -> None:
    document = parcels()
    union(document, {"A": "a", "B": "b"})
    answer = {"oneOf": [refer("A"), refer("B")], "discriminator": {"propertyName": "kind"}}
    schemas(document)["B"]["x-counterfoil"] = {"error": True, "code": "/kind", "message": "/kind"}
    operation(document)["responses"]["200"]["content"]["application/json"]["schema"] = answer
    operation(document)["x-counterfoil"]["result"] = "/kind"

    assert (
        refusal(tmp_path, document).count(
            "/kind leads to the tag by which a union's members are told"
        )
        == 3
    )

"""How schemas are adopted: types, compositions, unions, and inline schemas."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from .documents import Adopted, bare, document

Adopt = Callable[..., Adopted]
REFERENCE = "#/components/schemas/"


def kept(adopted: Adopt, schema: Any, **schemas: Any) -> Any:
    """Return the adopted schema of a property."""
    wrapped = {"type": "object", "properties": {"value": schema}}
    result = adopted(document({"$ref": f"{REFERENCE}Thing"}, {"Thing": wrapped, **schemas}))
    return bare(result.schemas["Thing"]["properties"]["value"])


def kept_schemas(adopted: Adopt, schema: Any, **schemas: Any) -> Any:
    """Return all adopted components, of which Thing has the schema as a property."""
    wrapped = {"type": "object", "properties": {"value": schema}}
    root = document({"$ref": f"{REFERENCE}Thing"}, {"Thing": wrapped, **schemas})
    return {name: bare(one) for name, one in adopted(root).schemas.items()}


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"type": "string", "nullable": True}, {"type": ["string", "null"]}),
        ({"type": ["string", "null"]}, {"type": ["string", "null"]}),
        ({"type": "number"}, {"type": "number", "format": "decimal"}),
        ({"type": "number", "format": "double"}, {"type": "number", "format": "decimal"}),
        ({"type": "integer", "format": "int64"}, {"type": "integer", "format": "int64"}),
        ({"type": "string", "format": "uuid"}, {"type": "string"}),
        ({"type": "string", "format": "date-time"}, {"type": "string", "format": "date-time"}),
        ({"minLength": 2}, {"type": "string", "minLength": 2}),
        ({"items": {"type": "string"}}, {"type": "array", "items": {"type": "string"}}),
        ({"type": "array"}, {"type": "array", "items": {}}),
        ({"type": "object"}, {"type": "object", "additionalProperties": {}}),
        ({"type": "string", "items": {}, "minimum": 1}, {"type": "string"}),
        (
            {"type": "integer", "minimum": 1, "exclusiveMinimum": True},
            {"type": "integer", "exclusiveMinimum": 1},
        ),
        (
            {"type": "integer", "maximum": 9, "exclusiveMaximum": False},
            {"type": "integer", "maximum": 9},
        ),
        ({"type": "integer", "minimum": "1"}, {"type": "integer"}),
        ({"type": "integer", "default": "one"}, {"type": "integer"}),
        ({"type": "boolean", "enum": [True]}, {"type": "boolean"}),
        ({"type": "string", "const": "a"}, {"type": "string", "const": "a"}),
        (True, {}),
        ({"type": "wrong"}, {}),
        (
            {"type": ["string", "integer", "null"]},
            {"oneOf": [{"type": "string"}, {"type": "integer"}, {"type": "null"}]},
        ),
    ],
    ids=str,
)
def test_types(adopted: Adopt, schema: Any, expected: Any) -> None:
    assert kept(adopted, schema) == expected


OBJECT = {"type": "object", "properties": {"a": {"type": "string"}}}
OTHER = {"type": "object", "properties": {"b": {"type": "integer"}}}
A = {"$ref": f"{REFERENCE}A"}
B = {"$ref": f"{REFERENCE}B"}
C = {"$ref": f"{REFERENCE}C"}
D = {"$ref": f"{REFERENCE}D"}


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"oneOf": [{"type": "string"}, {"type": "null"}]}, {"type": ["string", "null"]}),
        ({"anyOf": [A, {"type": "null"}]}, {"oneOf": [A, {"type": "null"}]}),
        ({"allOf": [A], "nullable": True}, {"oneOf": [A, {"type": "null"}]}),
        ({"allOf": [A], "description": "Theirs."}, {**A, "description": "Theirs."}),
        ({"anyOf": [A]}, A),
        (
            {"anyOf": [{"type": "string"}, {"type": "string", "format": "date"}]},
            {"type": "string"},
        ),
        (
            {"oneOf": [{"type": "integer"}, {"type": "number"}]},
            {"type": "number", "format": "decimal"},
        ),
        ({"oneOf": [{"type": "string"}, A]}, {"oneOf": [{"type": "string"}, A]}),
        (
            {
                "oneOf": [
                    {"type": "array", "items": {"type": "string"}},
                    {"type": "array", "items": {"type": "integer"}},
                ]
            },
            {"type": "array", "items": {"oneOf": [{"type": "string"}, {"type": "integer"}]}},
        ),
        (
            {"oneOf": [{"type": "number"}, {"type": "string"}]},
            {"oneOf": [{"type": "number", "format": "decimal"}, {"type": "string"}]},
        ),
        (
            {"oneOf": [{"type": "integer"}, {"type": "array", "items": {}}]},
            {"oneOf": [{"type": "integer"}, {"type": "array", "items": {}}]},
        ),
        ({"oneOf": [A, A]}, A),
        ({"oneOf": [A, {"oneOf": [A, {"type": "null"}]}]}, {"oneOf": [A, {"type": "null"}]}),
        ({"oneOf": [{"type": "string"}, {}]}, {}),
    ],
    ids=str,
)
def test_unions_that_can_be_said(adopted: Adopt, schema: Any, expected: Any) -> None:
    assert kept(adopted, schema, A=OBJECT, B=OTHER) == expected


@pytest.mark.parametrize(
    ("schema", "properties"),
    [
        (
            {"properties": {"c": {"type": "string"}}, "oneOf": [A, B]},
            "ac bc",
        ),
        (
            {"allOf": [{"properties": {"c": {"type": "string"}}}, {"oneOf": [A, B]}]},
            "ac bc",
        ),
        (
            {"allOf": [{"oneOf": [A, B]}, {"oneOf": [C, D]}, {"properties": {"e": {}}}]},
            "ace ade bce bde",
        ),
        (
            {"properties": {"e": {}}, "oneOf": [A, B], "anyOf": [C, D]},
            "ace ade bce bde",
        ),
    ],
    ids=str,
)
def test_properties_beside_a_union_are_properties_of_its_members(
    adopted: Adopt, schema: Any, properties: str
) -> None:
    members = {
        name: {"type": "object", "required": [own], "properties": {own: {"type": "string"}}}
        for name, own in zip("ABCD", "abcd", strict=True)
    }

    result = adopted(document({"$ref": f"{REFERENCE}T"}, {"T": schema, **members}))

    names = [one["$ref"].removeprefix(REFERENCE) for one in result.schemas["T"]["oneOf"]]
    found = ["".join(sorted(result.schemas[name]["properties"])) for name in names]
    assert found == properties.split()
    assert not any(name[-1].isdigit() for name in names)


def test_an_heir_has_the_properties_of_a_base_that_lists_its_heirs(adopted: Adopt) -> None:
    base = {
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"type": "string"}},
        "oneOf": [A, B],
        "discriminator": {"propertyName": "kind"},
    }
    heirs = {
        name: {"allOf": [{"$ref": f"{REFERENCE}Base"}, part]}
        for name, part in (("A", OBJECT), ("B", OTHER))
    }

    result = adopted(document({"$ref": f"{REFERENCE}Base"}, {**heirs, "Base": base}))

    assert result.schemas["Base"] == {
        "oneOf": [A, B],
        "discriminator": {"propertyName": "kind", "mapping": {"A": A["$ref"], "B": B["$ref"]}},
    }
    assert result.schemas["A"] == {
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"type": "string", "const": "A"}, "a": {"type": "string"}},
    }


def test_too_many_unions_in_one_schema_are_left_out_by_name(adopted: Adopt) -> None:
    def union(letter: str) -> Any:
        members = [f"{letter}{number}" for number in range(9)]
        return {"oneOf": [{"properties": {one: {"type": "string"}}} for one in members]}

    thing = {"type": "object", "properties": {"value": {"allOf": [union("a"), union("b")]}}}
    root = document({"$ref": f"{REFERENCE}Thing"}, {"Thing": thing, "A": OBJECT, "B": OTHER})

    result = adopted(root)

    reason = "two unions in one `allOf` with more than 64 pairs"
    assert result.left_out() == {"GET /things/{id}": reason}
    assert result.left_out("schema") == {"Thing": reason}
    assert set(result.schemas) == {"A", "B"}
    [place] = {one.place for one in result.adoption.left_out if one.kind == "schema"}
    assert place == "#/components/schemas/Thing/properties/value"


def test_a_declared_tag_keeps_a_union_of_objects(adopted: Adopt) -> None:
    def member(kind: str) -> Any:
        tag = {"type": "string", "enum": [kind]}
        return {"type": "object", "required": ["kind"], "properties": {"kind": tag}}

    union = {"oneOf": [A, B], "discriminator": {"propertyName": "kind", "mapping": {}}}

    result = adopted(document(union, {"A": member("a"), "B": member("b")}))

    union_name = next(name for name, one in result.schemas.items() if "oneOf" in one)
    assert bare(result.answer) == {"$ref": f"{REFERENCE}{union_name}"}
    assert result.schemas[union_name] == {
        "oneOf": [A, B],
        "discriminator": {"propertyName": "kind", "mapping": {"a": A["$ref"], "b": B["$ref"]}},
    }


def test_a_tag_that_nobody_declared_is_found(adopted: Adopt) -> None:
    def member(kind: str) -> Any:
        tag = {"type": "string", "enum": [kind]}
        return {"type": "object", "required": ["kind"], "properties": {"kind": tag}}

    result = adopted(document({"oneOf": [A, B]}, {"A": member("a"), "B": member("b")}))

    union_name = next(name for name, one in result.schemas.items() if "oneOf" in one)
    assert result.schemas[union_name]["discriminator"]["propertyName"] == "kind"


def test_a_mapping_is_written_into_the_members(adopted: Adopt) -> None:
    member = {"type": "object", "properties": {"kind": {"type": "string"}}}
    mapping = {"card": f"{REFERENCE}A"}
    union = {"oneOf": [A, B], "discriminator": {"propertyName": "kind", "mapping": mapping}}

    result = adopted(document(union, {"A": member, "B": member}))

    kinds = [result.schemas[name]["properties"]["kind"]["const"] for name in ("A", "B")]
    assert kinds == ["card", "B"]  # without a mapping, the component's name is the value
    assert result.schemas["A"]["required"] == ["kind"]


def test_a_discriminator_within_another_union_is_not_lost(adopted: Adopt) -> None:
    member = {"type": "object", "properties": {"kind": {"type": "string"}}}
    mapping = {"card": f"{REFERENCE}A", "bank": f"{REFERENCE}B"}
    inner = {"oneOf": [A, B], "discriminator": {"propertyName": "kind", "mapping": mapping}}

    result = adopted(document({"oneOf": [inner, {"type": "string"}]}, {"A": member, "B": member}))

    kinds = [result.schemas[name]["properties"]["kind"]["const"] for name in ("A", "B")]
    assert kinds == ["card", "bank"]


def test_the_name_of_a_component_is_no_value_if_the_member_lists_others(adopted: Adopt) -> None:
    def member(own: str) -> Any:
        kind = {"type": "string", "enum": ["card", "bank"]}
        properties = {"kind": kind, own: {"type": "string"}}
        return {"type": "object", "required": ["kind", own], "properties": properties}

    union = {"oneOf": [A, B], "discriminator": {"propertyName": "kind"}}

    result = adopted(document(union, {"A": member("number"), "B": member("iban")}))

    assert "const" not in result.schemas["A"]["properties"]["kind"]
    assert result.topics & {"a discriminator's value is written into the member"} == set()


def test_an_example_of_one_member_may_be_valid_for_another(adopted: Adopt) -> None:
    first = {"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}}
    media = {"schema": {"oneOf": [A, B]}, "example": {"a": "x"}}
    responses = {"200": {"description": "Done.", "content": {"application/json": media}}}

    result = adopted(document(None, {"A": first, "B": OTHER}, {"responses": responses}))

    [content] = result.operation()["responses"]["200"]["content"].values()
    assert content["examples"]["typical"]["value"] == {"a": "x"}


def test_ambiguous_objects_become_one(adopted: Adopt) -> None:
    schemas = kept_schemas(adopted, {"oneOf": [A, B]}, A=OBJECT, B=OTHER)

    merged = {**OBJECT["properties"], **OTHER["properties"]}
    assert schemas["AOrB"] == {"type": "object", "properties": merged}
    assert schemas["Thing"]["properties"]["value"] == {"$ref": f"{REFERENCE}AOrB"}


def test_a_merged_object_that_contains_its_union_ends(adopted: Adopt) -> None:
    inner = {"oneOf": [A, B]}
    first = {"type": "object", "properties": {"child": inner, "n": {"type": "integer"}}}
    second = {"type": "object", "properties": {"child": inner, "n": {"type": "string"}}}

    schemas = kept_schemas(adopted, inner, A=first, B=second)

    assert schemas["AOrB"]["properties"] == {
        "child": {"$ref": f"{REFERENCE}AOrB"},
        "n": {"oneOf": [{"type": "integer"}, {"type": "string"}]},
    }


def test_all_of_is_written_out_with_the_tighter_bound(adopted: Adopt) -> None:
    base = {
        "type": "object",
        "required": ["n"],
        "properties": {"n": {"type": "integer", "minimum": 1}, "s": {"type": "string"}},
    }
    extra = {"type": "object", "properties": {"n": {"minimum": 5, "type": "integer"}}}
    composed = {"allOf": [{"$ref": f"{REFERENCE}A"}, extra], "required": ["s", "gone"]}

    result = adopted(document({"$ref": f"{REFERENCE}C"}, {"A": base, "C": composed}))

    assert result.schemas["C"] == {
        "type": "object",
        "required": ["n", "s"],
        "properties": {"n": {"type": "integer", "minimum": 5}, "s": {"type": "string"}},
    }
    assert result.schemas["A"]["properties"]["n"]["minimum"] == 1


def test_a_base_with_compositions_of_its_own_is_merged_before_its_heirs(adopted: Adopt) -> None:
    base = {"allOf": [OBJECT, {"type": "object", "properties": {"x": {"allOf": [B]}}}]}
    heir = {"allOf": [{"$ref": f"{REFERENCE}Base"}, OTHER]}

    result = adopted(document(A, {"A": heir, "B": OTHER, "Base": base}))

    assert result.schemas["A"]["properties"] == {
        "a": {"type": "string"},
        "x": B,
        "b": {"type": "integer"},
    }


def test_a_composition_that_holds_itself_ends(adopted: Adopt) -> None:
    schemas = {"A": {"allOf": [B, OBJECT]}, "B": {"allOf": [A, OTHER]}}

    result = adopted(document(A, schemas))

    assert set(result.schemas["A"]["properties"]) == {"a", "b"}


def test_null_moves_from_a_component_to_its_uses(adopted: Adopt) -> None:
    nullable = {**OBJECT, "nullable": True}

    result = adopted(document(A, {"A": nullable}))

    assert result.schemas["A"] == OBJECT
    assert bare(result.answer) == {"oneOf": [A, {"type": "null"}]}


def test_a_component_that_only_refers_is_the_other(adopted: Adopt) -> None:
    result = adopted(document({"$ref": f"{REFERENCE}C"}, {"A": OBJECT, "C": {"allOf": [A]}}))

    assert set(result.schemas) == {"A"}
    assert bare(result.answer) == A


def test_what_stands_inline_is_named_by_what_it_is_part_of(adopted: Adopt) -> None:
    line = {"type": "object", "properties": {"text": {"type": "string"}}}
    state = {"type": "string", "enum": ["open", "paid"]}
    invoice = {
        "type": "object",
        "properties": {"lines": {"type": "array", "items": line}, "state": state},
    }

    result = adopted(document({"$ref": f"{REFERENCE}Invoice"}, {"Invoice": invoice}))

    assert set(result.schemas) == {"Invoice", "InvoiceLine", "InvoiceState"}
    assert result.schemas["Invoice"]["properties"]["lines"]["items"] == {
        "$ref": f"{REFERENCE}InvoiceLine"
    }


def test_equal_structures_of_one_word_become_one(adopted: Adopt) -> None:
    def currency(text: str) -> Any:
        return {"type": "string", "enum": ["EUR", "USD"], "description": text}

    schemas = {
        "A": {"type": "object", "properties": {"currency": currency("Of A.")}},
        "B": {"type": "object", "properties": {"currency": currency("Of B.")}},
        "C": {"type": "object", "properties": {"unit": currency("Another thing.")}},
    }

    result = adopted(document(A, schemas))

    assert set(result.schemas) == {"A", "B", "C", "Currency", "CUnit"}
    assert result.schemas["B"]["properties"]["currency"] == {
        "$ref": f"{REFERENCE}Currency",
        "description": "Of B.",
    }


def test_names_that_clash_are_told_apart_by_what_surrounds_them(adopted: Adopt) -> None:
    def state(*values: str) -> Any:
        return {"type": "object", "properties": {"state": {"type": "string", "enum": [*values]}}}

    schemas = {"InvoiceState": OBJECT, "Invoice": state("a"), "credit_note": state("b")}

    result = adopted(document(A, {**schemas, "A": OBJECT, "credit-note": state("c")}))

    assert not [name for name in result.schemas if name[-1].isdigit() and name != "CreditNote2"]
    assert "CreditNoteState" in result.schemas


def test_every_schema_says_where_it_comes_from(billing: Adopted) -> None:
    found = billing.root["components"]["schemas"]

    assert found["InvoiceInput"]["x-counterfoil"] == {
        "origin": "#/components/schemas/invoice-input"
    }
    assert found["Event"]["x-counterfoil"]["origin"].startswith(
        "#/paths/~1events/get/responses/200"
    )
    assert all(one["x-counterfoil"]["origin"].startswith("#/") for one in found.values())


def test_fields_that_clash_in_python_are_renamed(adopted: Adopt) -> None:
    thing = {
        "type": "object",
        "properties": {"dueDate": {"type": "string"}, "due_date": {"type": "string"}},
    }

    result = adopted(document(A, {"A": thing}))

    properties = result.root["components"]["schemas"]["A"]["properties"]
    assert properties["due_date"] == {"type": "string"}
    assert properties["dueDate"]["x-counterfoil"] == {"name": "due_date_field"}


def test_a_property_that_no_field_can_be_is_left_out_by_name(adopted: Adopt) -> None:
    thing = {"type": "object", "properties": {'a"b': {"type": "string"}, "b": {"type": "string"}}}

    result = adopted(document(A, {"A": thing}))

    assert set(result.schemas["A"]["properties"]) == {"b"}
    assert len(result.left_out("property")) == 1


def test_schemas_that_hold_themselves_are_read_or_named(adopted: Adopt) -> None:
    schemas = {
        "Tree": {"type": "object", "properties": {"children": {"type": "array", "items": A}}},
        "A": {"type": "array", "items": A},
        "B": {"oneOf": [B, {"type": "null"}]},
        "C": {"type": "object", "properties": {"c": {"$ref": f"{REFERENCE}C", "nullable": True}}},
    }
    form = {"type": "object", "properties": {"a": A, "n": {"type": "string"}}}
    body = {"content": {"application/x-www-form-urlencoded": {"schema": form}}}

    result = adopted(document({"$ref": f"{REFERENCE}Tree"}, schemas, {"requestBody": body}))

    assert result.left_out("schema") == {"B": "the schema only refers to itself"}
    assert result.schemas["C"]["properties"]["c"]["oneOf"][0] == {"$ref": f"{REFERENCE}C"}
    assert result.left_out("property") == {}


def test_a_union_that_only_requires_some_of_the_properties_is_dropped(adopted: Adopt) -> None:
    demands = [{"title": "One", "type": "object", "required": ["a"]}, {"required": ["b"]}]
    properties = {"a": {"type": "string"}, "b": {"type": "string"}}
    thing = {"type": "object", "properties": properties, "anyOf": demands, "required": ["gone"]}

    result = adopted(document(A, {"A": thing}))

    assert result.schemas["A"] == {"type": "object", "properties": properties}

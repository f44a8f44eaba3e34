"""Compares the models of a package with the IR."""

from __future__ import annotations

import ast
import enum
import typing
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
from trial_types import Difference, build_decoder, describe_error, make_scope, read_type

Check = Callable[[Any, dict[str, Any], dict[str, Any]], Iterator[str]]
UNKNOWN_INTEGER = 987654321
UNKNOWN_TEXT = "a value of tomorrow"


def check_models(models: Any, expected: list[dict[str, Any]]) -> Iterator[Difference]:
    """Yield the difference of each model, and each model whose decoder cannot be built."""
    scope = make_scope(models)
    for one in expected:
        name = one["name"]
        found = getattr(models, name, None)
        if found is None:
            yield name, f"{name} is missing"
            continue
        check = CHECKS[one["kind"]]
        try:
            for message in check(found, one, scope):
                yield name, f"{name}{message}"
            build_decoder(found)
        except Exception as error:
            yield name, f"{name} cannot be read or written: {describe_error(error)}"


def check_enum(found: Any, one: dict[str, Any], scope: dict[str, Any]) -> Iterator[str]:
    """Compare an enum's members; every enum must accept values that the API adds later."""
    if not (isinstance(found, type) and issubclass(found, enum.Enum)):
        yield " is not an enum"
        return
    members = {name: member.value for name, member in found.__members__.items()}
    wanted = {name: ast.literal_eval(value) for name, _, value, _ in one["fields"]}
    for name in sorted({*members, *wanted}):
        made = members.get(name, "missing")
        asked = wanted.get(name, "nothing")
        if name not in members or name not in wanted or made != asked:
            yield f".{name} is {made!r}, and should be {asked!r}"
    unknown = UNKNOWN_INTEGER if issubclass(found, int) else UNKNOWN_TEXT
    try:
        found(unknown)
    except ValueError:
        yield " is closed: it refuses a value that the API may add"


def check_struct(found: Any, one: dict[str, Any], scope: dict[str, Any]) -> Iterator[str]:
    """Compare a Struct's fields and tag."""
    if not (isinstance(found, type) and issubclass(found, msgspec.Struct)):
        yield " is not a Struct"
        return
    made = {field.name: field for field in msgspec.structs.fields(found)}
    wanted = {name: rest for name, *rest in one["fields"]}
    for name in sorted({*made, *wanted}):
        if name not in made:
            yield f".{name} is missing"
        elif name not in wanted:
            yield f".{name} is there, and the schema has no such property"
        else:
            yield from check_field(made[name], wanted[name], scope)
    config = found.__struct_config__
    tag = None if config.tag is None else [config.tag_field, config.tag]
    if tag != one["tag"]:
        yield f" has the tag {tag}, and should have {one['tag']}"


def check_field(field: Any, wanted: list[Any], scope: dict[str, Any]) -> Iterator[str]:
    """Compare one field of a Struct."""
    wire, annotation, required = wanted
    if field.encode_name != wire:
        yield f".{field.name} is {field.encode_name!r} on the wire, and should be {wire!r}"
    if field.required != required:
        presence = "required" if field.required else "optional"
        yield f".{field.name} is {presence}, and should not be"
    if field.type != read_type(annotation, scope):
        yield f".{field.name} is {field.type}, and should be {annotation}"


def check_alias(found: Any, one: dict[str, Any], scope: dict[str, Any]) -> Iterator[str]:
    """Compare the type that an alias names, and the conditions of a union's members."""
    if one["is_one_of"]:
        variants = tuple(read_type(text, scope) for text in one["variants"])
        if found.variants != variants:
            yield f" has the variants {found.variants}, and should have {one['variants']}"
        found = found.members
    if resolve(found, scope) != resolve(read_type(one["annotation"], scope), scope):
        yield f" is {found}, and should be {one['annotation']}"


def resolve(kind: Any, scope: dict[str, Any]) -> Any:
    """Return a type with its names looked up: an alias may precede the type that it names."""
    holder = type("holder", (), {"__annotations__": {"kind": kind}})
    return typing.get_type_hints(holder, globalns=scope)["kind"]


CHECKS: dict[str, Check] = {"enum": check_enum, "object": check_struct, "alias": check_alias}

"""Part of pass 9, values: a parameter's value is one scalar, or an array of scalars.

A URL and a header hold text only. So a union of scalars, or a value of any shape, is a string
there; a null in a path or an array, which has no text, is dropped.
"""

from __future__ import annotations

from ..openapi.document import Node
from .speaks import JSON_STYLE
from .state import ORIGIN, Adoption, origin
from .walk import members_but_null

UNION = "a parameter that is one of several scalars is a string"
ANY = "a parameter of any shape is a string"
NULL = "a null in a path or an array of a parameter is dropped"
STRUCTURED = {JSON_STYLE, "deepObject"}  # styles whose values are more than a text
TELLING = {"type", "enum", "const", "$ref"}


def values(adoption: Adoption) -> None:
    """Replace the schemas of parameters by those whose values can be written as text."""
    for _, _, operation in adoption.operations():
        for parameter in operation.get("parameters", []):
            parameter["schema"] = _read(adoption, parameter)


def _read(adoption: Adoption, parameter: Node) -> Node:
    schema: Node = parameter["schema"]
    is_described = bool(schema.keys() - {ORIGIN})
    if is_described and parameter.get("style") in STRUCTURED:
        return schema
    core = adoption.target(schema)
    if core.get("type") == "array":
        items = _make_scalar(adoption, core.get("items", {}), may_be_null=False)
        return schema if items is core.get("items") else {**core, "items": items}
    return _make_scalar(adoption, schema, may_be_null=parameter["in"] != "path")


def _make_scalar(adoption: Adoption, schema: Node, *, may_be_null: bool) -> Node:
    core = adoption.target(schema)
    members = members_but_null(core)
    if len(members) > 1 or not (members or TELLING & core.keys()):
        adoption.note(UNION if members else ANY, origin(schema) or origin(core))
        return {"type": "string", ORIGIN: origin(schema)}
    if may_be_null:
        return schema
    if len(members) == 1 and len(core["oneOf"]) > 1:
        adoption.note(NULL, origin(schema))
        only: Node = members[0]
        return only
    kinds = core.get("type")
    if isinstance(kinds, list) and "null" in kinds:
        adoption.note(NULL, origin(schema))
        return _without_null(core, [kind for kind in kinds if kind != "null"])
    return schema


def _without_null(core: Node, kinds: list[str]) -> Node:
    made = {**core, "type": kinds[0] if len(kinds) == 1 else kinds}
    if "enum" in made:
        made["enum"] = [value for value in made["enum"] if value is not None]
    return made

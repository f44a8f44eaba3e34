"""Part of pass 11, forms: fields of a form are scalars, or arrays of scalars that repeat the field.

An optional field of any other kind is left out by name, a required one takes its operation along.
"""

from __future__ import annotations

from ..openapi.document import Node
from .speaks import FORM
from .state import Adoption, mark, origin
from .upgrade import mapping
from .walk import copy_node, members_but_null

DEEPEST = 20  # arrays and unions within each other


def forms(adoption: Adoption) -> None:
    """Leave out the fields of form bodies that cannot be written."""
    for path, method, operation in adoption.operations():
        body = operation.get("requestBody") or {}
        media = body.get("content", {}).get(FORM)
        if media is not None:
            _read_form(adoption, f"{method.upper()} {path}", operation, media)


def _read_form(adoption: Adoption, name: str, operation: Node, media: Node) -> None:
    schema = adoption.target(media["schema"])
    if not schema.get("properties"):
        _leave_out_nameless(adoption, operation)
        return
    encoding = mapping(media.pop("encoding", None))
    reasons: dict[str, str] = {}
    for field, child in schema.get("properties", {}).items():
        reason = _find_reason(adoption, child, mapping(encoding.get(field)))
        if reason:
            reasons[field] = reason
    if not reasons:
        return
    required = [field for field in schema.get("required", []) if field in reasons]
    if required:
        first = required[0]
        reason = f"it needs the form field {first!r}, and {reasons[first]}"
        mark(operation, reason, origin(schema["properties"][first]))
        return
    kept = copy_node(schema)  # another operation may send the same schema as JSON
    for field, reason in reasons.items():
        place = origin(kept["properties"].pop(field))
        adoption.leave_out("property", f"{name}: {field} (form)", reason, place)
    if not kept["properties"]:
        del operation["requestBody"]
        return
    media["schema"] = kept


def _leave_out_nameless(adoption: Adoption, operation: Node) -> None:
    """A form without named fields is dropped where it is optional."""
    body = operation["requestBody"]
    if body.get("required") is True:
        mark(operation, "the form has no named fields", origin(body) or origin(operation))
        return
    topic = "an optional form without named fields is dropped"
    adoption.note(topic, origin(body) or origin(operation))
    del operation["requestBody"]


def _find_reason(adoption: Adoption, schema: Node, encoding: Node) -> str:
    """Return why a field cannot be written in a form, "" if it can."""
    shape = _shape(adoption, schema)
    style = str(encoding.get("style") or "form")
    if "contentType" in encoding and "json" in str(encoding["contentType"]):
        return "it is sent as JSON within a form"
    if shape == "object":
        return "it is an object in a form"
    if shape == "array" and (style != "form" or encoding.get("explode") is False):
        return f"it is an array in the style {style} in a form"
    if not shape and _has_several_kinds(adoption, schema):
        return "it is one of several scalars in a form"
    return ""


def _has_several_kinds(adoption: Adoption, schema: Node) -> bool:
    core = adoption.target(schema)
    members = members_but_null(core)
    has_type = bool({"type", "enum", "const"} & core.keys())
    return len(members) > 1 or not (members or has_type)


def _shape(adoption: Adoption, schema: Node, level: int = 0) -> str:
    """Return object, array or "" for a scalar; an array of anything but scalars is an object."""
    if level > DEEPEST:
        return "object"  # it holds itself
    core = adoption.target(schema)
    members = members_but_null(core)
    shapes = [_shape(adoption, one, level + 1) for one in members]
    kinds = core.get("type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    if "array" in kinds:
        inner = _shape(adoption, core.get("items", {}), level + 1)
        shapes.append("object" if inner else "array")
    if "object" in kinds:
        shapes.append("object")
    return max(shapes, default="")  # "object" comes after "array", and that after ""

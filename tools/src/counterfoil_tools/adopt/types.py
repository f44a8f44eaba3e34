"""Pass 9, types: every schema has a type, in the words of 3.1 that the generators know.

Types that are only implied are written out, `nullable` becomes a type, booleans beside bounds
become bounds, formats without a Python type of their own are dropped (a uuid is a text), and a
number is an exact decimal. Words of a wrong form are dropped; each time with a note.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from ..openapi.document import Node
from ..openapi.patterns import PatternError, to_python
from .enums import read_enum
from .state import LEFT_OUT, ORIGIN, Adoption, mark
from .walk import rewrite_schemas

KINDS = {"string", "integer", "number", "boolean", "array", "object", "null"}
FORMATS = {
    "int32": {"integer"},
    "int64": {"integer"},
    "decimal": {"number", "string"},
    "date": {"string"},
    "date-time": {"string"},
    "password": {"string"},
    "binary": {"string"},  # a file, if it is in a multipart form
}
FLOAT_FORMATS = {"double", "float"}
BOUNDS = {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"}
COUNTS = {"minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"}
FLAGS = {"uniqueItems", "deprecated", "readOnly", "writeOnly"}
TEXTS = {"title", "description", "pattern", "contentEncoding", "contentMediaType"}
STRUCTURE = {
    *(
        "$ref",
        "type",
        "format",
        "properties",
        "required",
        "items",
        "additionalProperties",
        "enum",
        "const",
    ),
    *(
        "oneOf",
        "anyOf",
        "allOf",
        "discriminator",
        "default",
        "example",
        "examples",
        ORIGIN,
        LEFT_OUT,
    ),
}
KNOWN = BOUNDS | COUNTS | FLAGS | TEXTS | STRUCTURE
IMPLIED = (  # words that only one type has
    ("object", ("properties", "additionalProperties", "minProperties", "maxProperties")),
    ("array", ("items", "minItems", "maxItems", "uniqueItems")),
    ("string", ("pattern", "minLength", "maxLength", "contentEncoding")),
    ("number", tuple(BOUNDS)),
)
BELONGS = {  # words that are dropped on another type
    "object": {"properties", "additionalProperties", "required", "minProperties", "maxProperties"},
    "array": {"items", "minItems", "maxItems", "uniqueItems"},
    "string": {"pattern", "minLength", "maxLength", "contentEncoding", "contentMediaType"},
    "number": BOUNDS,
}
NAMED = re.compile(r'[^"\\\x00-\x1f\x7f]*[A-Za-z0-9][^"\\\x00-\x1f\x7f]*')
SHAPES: dict[str, type | tuple[type, ...]] = {
    "properties": dict,
    "items": dict,
    "additionalProperties": (dict, bool),
    "discriminator": dict,
    "enum": list,
}
COMPOSED = ("$ref", "oneOf", "anyOf", "allOf")


def types(adoption: Adoption) -> None:
    """Rewrite every schema into the words that the generators know."""
    reader = _Types(adoption)
    rewrite_schemas(adoption, reader.read)


def _read_file(node: Node) -> None:
    """Write a file as a string with the format `binary`, which OpenAPI 3.1 writes by media type."""
    is_raw = "contentMediaType" in node and "contentEncoding" not in node
    is_file = node.get("format") == "binary" or (is_raw and "format" not in node)
    if is_file and node.get("type", "string") == "string":
        node["type"] = "string"
        node["format"] = "binary"


class _Types:
    def __init__(self, adoption: Adoption) -> None:
        self.adoption = adoption

    def read(self, schema: object, place: str) -> Node:
        if not isinstance(schema, dict):
            if schema is not True:
                self.adoption.note("a schema that is not a mapping allows any value", place)
            return {ORIGIN: place}
        node = self.known_words(schema, place)
        _read_file(node)
        nullable = schema.get("nullable") is True or schema.get("x-nullable") is True
        nullable = self.read_type(node, place) or nullable
        if any(word in node for word in COMPOSED):
            return _make_nullable(self.read_composed(node, place), nullable)
        self.read_bounds(node, place)
        self.read_format(node, place)
        nullable = read_enum(self.adoption, node, place) or nullable
        self.drop_strangers(node, place)
        self.read_object(node, place)
        if node.get("type") == "array":
            node.setdefault("items", {})
        return _make_nullable(node, nullable)

    def known_words(self, schema: Node, place: str) -> Node:
        node = {word: one for word, one in schema.items() if word in KNOWN}
        for word in schema.keys() - KNOWN - {"nullable", "x-nullable"}:
            self.adoption.note(f"the word `{word}` of schemas is dropped", place)
        for word in TEXTS & node.keys():
            text = str(node[word])
            node[word] = text if word == "pattern" else text.strip()
        for word in FLAGS & node.keys():
            if node[word] is not True:
                del node[word]
        for word in SHAPES.keys() & node.keys():
            if not isinstance(node[word], SHAPES[word]):
                self.adoption.note(f"a `{word}` of a wrong form is dropped", place)
                del node[word]
        for word in COUNTS & node.keys():
            if not _is_count(node[word]):
                self.adoption.note(f"a `{word}` of a wrong form is dropped", place)
                del node[word]
        self.check_pattern(node, place)
        return {word: one for word, one in node.items() if one != "" or word not in TEXTS}

    def check_pattern(self, node: Node, place: str) -> None:
        """Drop a pattern that Python cannot match as ECMAScript does, or not in bounded time."""
        try:
            to_python(node.get("pattern", ""))
        except PatternError as error:
            self.adoption.note(f"a pattern is dropped: {str(error).rstrip('.')}", place)
            del node["pattern"]

    def read_type(self, node: Node, place: str) -> bool:
        """Make `type` one word, and return whether null was among them; several others become a
        union.
        """
        found = node.pop("type", None)
        listed = found if isinstance(found, list) else [found]
        kinds = [one for one in dict.fromkeys(map(str, listed)) if one in KINDS]
        if found is not None and len(kinds) != len(listed):
            self.adoption.note(f"the unknown type {found!r} is dropped", place)
        nullable = "null" in kinds
        kinds = [one for one in kinds if one != "null"]
        if "integer" in kinds and "number" in kinds:
            kinds.remove("integer")
        if len(kinds) > 1 and not any(word in node for word in COMPOSED):
            node["anyOf"] = [self.member(node, kind, place) for kind in kinds]
            for word in node.keys() - {
                "anyOf",
                "description",
                "title",
                "deprecated",
                "readOnly",
                "writeOnly",
                ORIGIN,
            }:
                del node[word]
        elif kinds:
            node["type"] = kinds[0]
        elif nullable and found in ("null", ["null"]):
            node["type"] = "null"
            return False
        else:
            self.imply_type(node, place)
        return nullable

    def member(self, node: Node, kind: str, place: str) -> Node:
        """Return the part of a schema of several types that speaks of one of them."""
        words = BELONGS.get("number" if kind == "integer" else kind, set()) | {"format", "enum"}
        part = {word: node[word] for word in words & node.keys()}
        return self.read({**part, "type": kind, ORIGIN: f"{place}/type"}, place)

    def imply_type(self, node: Node, place: str) -> None:
        if any(word in node for word in COMPOSED):
            return
        for kind, words in IMPLIED:
            if any(word in node for word in words):
                node["type"] = kind
                break
        values = (
            node.get("enum")
            if isinstance(node.get("enum"), list)
            else [node[w] for w in ("const",) if w in node]
        )
        kinds = {_kind(value) for value in values or [] if value is not None}
        if "type" not in node and len(kinds) == 1:
            node["type"] = kinds.pop()
        if "type" in node:
            self.adoption.note("an implied type is written out", place)

    def read_composed(self, node: Node, place: str) -> Node:
        """Read a reference or a composition; later passes handle its siblings."""
        self.read_bounds(node, place)
        if "format" in node and "$ref" not in node:
            self.read_format(node, place)
        if "$ref" in node:
            beside = {
                "$ref",
                "description",
                "title",
                "deprecated",
                "readOnly",
                "writeOnly",
                ORIGIN,
                LEFT_OUT,
            }
            return {word: one for word, one in node.items() if word in beside}
        for word in ("oneOf", "anyOf", "allOf"):
            if word in node and (not isinstance(node[word], list) or not node[word]):
                del node[word]
        if isinstance(node.get("properties"), dict):
            self.read_object(node, place)
        return node

    # words of one type

    def read_bounds(self, node: Node, place: str) -> None:
        for flag, bound in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
            if isinstance(node.get(flag), bool):
                is_exclusive = node.pop(flag)
                if is_exclusive and bound in node:
                    node[flag] = node.pop(bound)
        for word in BOUNDS & node.keys():
            if isinstance(node[word], bool) or not isinstance(node[word], (int, float, Decimal)):
                self.adoption.note(f"a `{word}` of a wrong form is dropped", place)
                del node[word]

    def read_format(self, node: Node, place: str) -> None:
        found = node.pop("format", None)
        found = None if found is None else str(found)
        kind = node.get("type")
        if found in FORMATS and kind in FORMATS[found]:
            node["format"] = found
        elif found is not None:
            self.adoption.note(f"the format `{found}` is dropped: it has no Python type", place)
        if kind == "number" and not (self.adoption.choices.floats and found in FLOAT_FORMATS):
            node["format"] = "decimal"

    def drop_strangers(self, node: Node, place: str) -> None:
        """Drop words that say nothing of the schema's type, such as `items` of a text."""
        kind = "number" if node.get("type") == "integer" else node.get("type")
        for owner, words in BELONGS.items():
            strange = words & node.keys() if owner != kind else set()
            for word in sorted(strange - ({"required"} if kind is None else set())):
                self.adoption.note(f"`{word}` on a schema of another type is dropped", place)
                del node[word]
        if kind is None:
            for word in ("format", "enum", "const", "default"):
                node.pop(word, None)
        default = node.get("default")
        if "default" in node and (default is None or not _suits(default, str(node.get("type")))):
            self.adoption.note("a `default` that does not match its schema is dropped", place)
            del node["default"]

    def read_object(self, node: Node, place: str) -> None:
        properties = node.get("properties")
        if "properties" in node and not (isinstance(properties, dict) and properties):
            del node["properties"]
        for name in [name for name in node.get("properties", {}) if not NAMED.fullmatch(name)]:
            self.leave_property_out(node, name, place)
        self.read_required(node, place)
        extra = node.get("additionalProperties")
        if "properties" in node and isinstance(extra, dict):
            if extra.keys() - {ORIGIN}:
                self.adoption.note("additional properties beside named ones are not typed", place)
            node["additionalProperties"] = True
        elif (
            node.get("type") == "object"
            and "properties" not in node
            and not isinstance(extra, dict)
        ):
            node["additionalProperties"] = {}

    def leave_property_out(self, node: Node, name: str, place: str) -> None:
        """Leave out a property whose name cannot be a field; without it a required one cannot be
        sent.
        """
        reason = f"the property name {name!r} is not supported"
        required = node.get("required")
        if isinstance(required, list) and name in required:
            mark(node, reason, place)
        self.adoption.leave_out("property", f"{place}: {name!r}", reason, place)
        del node["properties"][name]
        if not node["properties"]:
            del node["properties"]

    def read_required(self, node: Node, place: str) -> None:
        found = node.pop("required", None)
        if found is None:
            return
        texts = found if isinstance(found, list) else []
        listed = [one for one in texts if isinstance(one, str)]
        if listed:
            node["required"] = list(dict.fromkeys(listed))
        elif found not in (True, False, []):
            self.adoption.note("a `required` of a wrong form is dropped", place)


def _make_nullable(node: Node, nullable: bool) -> Node:
    """Make a schema nullable: by its type, or by a union with null."""
    if not nullable or node.get("type") == "null":
        return node
    if isinstance(node.get("type"), str) and not any(word in node for word in COMPOSED):
        return {**node, "type": [node["type"], "null"]}
    if not any(word in node for word in COMPOSED):
        return node  # any value, null among them
    outer = {
        word: node[word]
        for word in ("description", "deprecated", "readOnly", "writeOnly", ORIGIN)
        if word in node
    }
    inner = {word: one for word, one in node.items() if word not in outer or word == ORIGIN}
    return {**outer, "oneOf": [inner, {"type": "null"}]}


def _kind(value: Any) -> str:
    match value:
        case bool():
            return "boolean"
        case int():
            return "integer"
        case float() | Decimal():
            return "number"
        case str():
            return "string"
        case list():
            return "array"
    return "object" if isinstance(value, dict) else "null"


def _suits(value: Any, kind: str) -> bool:
    return _kind(value) == kind or (kind == "number" and _kind(value) == "integer")


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0

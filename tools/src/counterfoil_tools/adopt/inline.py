"""Pass 12, inline: inline objects and enums become components, and equal ones become one.

Two are equal if they have the same structure, whatever their descriptions, and the same word for
it: the title or the property's name. Bodies and answers, which have no word, are equal by structure
alone.
"""

from __future__ import annotations

import json
import re

from ..generate.python.types import is_decimal_or_text
from ..openapi.document import LARGE, Node, list_successes, unescape
from .english import singular
from .methods import fixed_parts
from .state import ORIGIN, SCHEMAS, Adoption, Hoisted, origin
from .walk import children, members_but_null, strip_prose

LONGEST_TITLE = 40
LISTED = {"item", "result", "record", "entry", "row", "element", "value"}
SHARED = re.compile(r"[^#]*#/(components/)?(responses|requestBodies)/([^/]+)/")
BESIDE = ("description", "deprecated", "readOnly", "writeOnly")
OF_THE_USE = {"readOnly", "writeOnly", "deprecated", "default"}  # not of the schema itself
FEWEST = 2  # properties, or values, of which an equal component is taken to mean the same


def inline(adoption: Adoption) -> None:
    """Hoist inline objects and enums, under provisional names (`@1`), and note how each is used."""
    hoister = _Hoister(adoption)
    for name in list(adoption.schemas):
        hoister.settle_parts(adoption.schemas[name], (name,))
    hoister.know_components()
    for path, _, operation in adoption.operations():
        hoister.noun = _noun(path)
        hoister.operation(operation, operation["operationId"])
    for name, webhook in adoption.webhooks.items():
        webhook["schema"] = hoister.settle(webhook["schema"], (name, "event"), "body")


class _Hoister:
    def __init__(self, adoption: Adoption) -> None:
        self.adoption = adoption
        self.is_large = len(adoption.schemas) > LARGE
        self.noun = ""  # what the operation's path lists: of /v1/events an event
        self.found: dict[tuple[str, str], str] = {}  # word and structure -> provisional name
        self.components: dict[
            str, list[str]
        ] = {}  # structure -> the vendor's components that have it

    def know_components(self) -> None:
        for name, schema in self.adoption.schemas.items():
            if not name.startswith("@") and _size(schema) >= FEWEST:
                self.components.setdefault(_structure(schema), []).append(name)

    def operation(self, operation: Node, name: str) -> None:
        for parameter in operation.get("parameters", []):
            parameter["schema"] = self.settle(
                parameter["schema"], (name, str(parameter["name"])), "parameter"
            )
        body = operation.get("requestBody") or {}
        for media in body.get("content", {}).values():
            media["schema"] = self.settle(
                media["schema"], _shared(media["schema"]) or (name, "request"), "body"
            )
        successes = list_successes(operation["responses"])
        for status, answer in operation["responses"].items():
            word = "response" if status in successes else f"error_{status}"
            for media in answer.get("content", {}).values():
                media["schema"] = self.settle(
                    media["schema"], _shared(media["schema"]) or (name, word), "body"
                )
            for header, node in answer.get("headers", {}).items():
                node["schema"] = self.settle(node["schema"], (name, str(header)), "parameter")

    def settle_parts(self, schema: Node, path: tuple[str, ...], role: str = "property") -> None:
        """Hoist the nested schemas of a schema."""
        for holder, key in children(schema):
            if holder is schema:
                below = _item_path(path, "item" if key == "items" else "value")
                inner = role if key == "items" else "property"
            else:
                below = (*path, key)
                inner = "property"
            holder[key] = self.settle(holder[key], below, inner)
        for word in ("oneOf", "anyOf"):
            if word in schema:
                schema[word] = [self.settle(one, path, role) for one in schema[word]]

    def settle(self, schema: Node, path: tuple[str, ...], role: str) -> Node:
        """Return a schema itself, or a reference to the component that replaces it."""
        self.settle_parts(schema, path, role)
        if self.is_named_union(schema):
            return self.settle_union(schema, path, role)
        if "properties" not in schema and "enum" not in schema:
            return schema
        kinds = schema.get("type")
        is_nullable = isinstance(kinds, list)
        core = schema
        if isinstance(kinds, list):
            core = {**schema, "type": next(kind for kind in kinds if kind != "null")}
        reference: Node = {"$ref": SCHEMAS + self.hoist(core, path, role)}
        beside: Node = {word: schema[word] for word in BESIDE if word in schema}
        if is_nullable:
            return {"oneOf": [reference, {"type": "null"}], **beside, ORIGIN: origin(schema)}
        return {**reference, **beside, ORIGIN: origin(schema)}

    def is_named_union(self, schema: Node) -> bool:
        """Whether a union is a type of its own: of several objects, or of a decimal and a text.

        In a large document, so is every union of an object: it is imported by need.
        """
        members = members_but_null(schema)
        kinds: list[str] = []
        for one in members:
            found = self.adoption.target(one).get("type")
            kinds += found if isinstance(found, list) else [str(found)]
        if kinds.count("object") > 1 or (self.is_large and "object" in kinds and len(kinds) > 1):
            return True
        return {"number", "string"} <= set(kinds) and not is_decimal_or_text(schema)

    def settle_union(self, schema: Node, path: tuple[str, ...], role: str) -> Node:
        beside: Node = {word: schema[word] for word in BESIDE if word in schema}
        core = {**schema, "oneOf": members_but_null(schema)}
        reference: Node = {"$ref": SCHEMAS + self.hoist(core, path, role)}
        if len(core["oneOf"]) < len(schema["oneOf"]):
            return {"oneOf": [reference, {"type": "null"}], **beside, ORIGIN: origin(schema)}
        return {**reference, **beside, ORIGIN: origin(schema)}

    def hoist(self, schema: Node, path: tuple[str, ...], role: str) -> str:
        """Return the name of the component that replaces a schema; equal schemas share one."""
        title = str(schema.get("title", ""))
        title = title if len(title) <= LONGEST_TITLE else ""
        if not title and path[-1] in LISTED and "response" in path:
            title = self.noun
        structure = _structure(schema)
        if known := self.find_component(structure, title or path[-1], role):
            self.adoption.note("an inline schema is replaced by an equal component", origin(schema))
            return known
        word = title or ("" if role == "body" else path[-1])
        key = (_plain(word), structure)
        if key not in self.found:
            self.found[key] = f"@{len(self.found) + 1}"
            self.adoption.hoisted[self.found[key]] = Hoisted(title, [], [])
            self.adoption.note("inline objects and enums become components", origin(schema))
        self.keep(self.found[key], schema, path)
        return self.found[key]

    def keep(self, name: str, schema: Node, path: tuple[str, ...]) -> None:
        """Note one use of a hoisted schema. Of equal ones the first by its place has the texts,
        in whatever order the vendor wrote them."""
        hoisted = self.adoption.hoisted[name]
        if all(origin(schema) < one for one in hoisted.origins):
            kept = {word: one for word, one in schema.items() if word not in OF_THE_USE}
            self.adoption.schemas[name] = kept
        hoisted.uses.append(path)
        hoisted.origins.append(origin(schema))

    def find_component(self, structure: str, word: str, role: str) -> str | None:
        """Return the vendor's component of the same structure, if it means the same."""
        names = self.components.get(structure, [])
        if role == "body" and len(names) == 1:
            return names[0]
        for name in names:
            if _plain(name).endswith(_plain(word)):
                return name
        return None


def _shared(schema: Node) -> tuple[str, ...] | None:
    """Return the name of the shared response or request body that contains a schema."""
    found = SHARED.match(origin(schema))
    return (unescape(found[3]),) if found else None


def _noun(path: str) -> str:
    """Return the singular of the last fixed path segment, "" if it is not a plural."""
    last = (fixed_parts(path) or [""])[-1]
    one = singular(last)
    return one if one != last and one.isascii() else ""


def _item_path(path: tuple[str, ...], word: str) -> tuple[str, ...]:
    """Return the words for an item: of `lines` a `line`, of a word without plural an `item`."""
    last = path[-1]
    one = singular(last) if word == "item" else last
    return (*path, word) if one == last else (*path[:-1], one)


def _size(schema: Node) -> int:
    properties = schema.get("properties", ())
    values = schema.get("enum", ())
    members = schema.get("oneOf", ())
    return max(len(properties), len(values), len(members))


def _structure(schema: Node) -> str:
    return json.dumps(strip_prose(schema), sort_keys=True, default=str)


def _plain(word: str) -> str:
    return "".join(filter(str.isalnum, word)).lower()

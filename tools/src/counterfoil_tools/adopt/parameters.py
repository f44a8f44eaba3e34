"""Pass 8, parameters: each once, with a schema, in a form that is sent; a path's holes and its
parameters agree.

Accept, Content-Type and Authorization are ignored, as OpenAPI requires. An optional parameter that
cannot be sent is left out by name; a required one takes its operation along.
"""

from __future__ import annotations

import re

from ..openapi.document import Node
from .speaks import JSON_STYLE, PARAMETER_STYLES, PLACES, is_json
from .state import LEFT_OUT, ORIGIN, Adoption, mark, origin
from .upgrade import mapping

HOLE = re.compile(r"{([^{}]*)}")
HTTP_HEADERS = {"accept", "content-type", "authorization"}
WORDS = {"name", "in", "description", "required", "deprecated", "schema", ORIGIN}
DEFAULT_STYLES = {"query": "form", "cookie": "form", "path": "simple", "header": "simple"}
DEEPEST = 20  # schemas within each other, which may be a cycle
UNNAMED = "Path parameter; the vendor does not describe it."


def parameters(adoption: Adoption) -> None:
    """Rewrite the parameters of every operation; those of its path move into it."""
    for path, method, operation in adoption.operations():
        shared = adoption.root["paths"][path].get("parameters") or []
        _Parameters(adoption, path, method, operation).run(shared)
    for item in adoption.root["paths"].values():
        item.pop("parameters", None)


class _Parameters:
    def __init__(self, adoption: Adoption, path: str, method: str, operation: Node) -> None:
        self.adoption = adoption
        self.path = path
        self.operation = operation
        self.name = f"{method.upper()} {path}"

    def run(self, shared: list[Node]) -> None:
        found: dict[tuple[str, str], Node] = {}
        for one in [*shared, *self.operation.get("parameters", [])]:
            made = self.read(one)
            if made is not None:
                name = str(made["name"])
                key = name.lower() if made["in"] == "header" else name
                found[made["in"], key] = made
        self.match_path(found)
        self.operation["parameters"] = list(found.values())
        if not found:
            del self.operation["parameters"]

    def read(self, node: Node) -> Node | None:
        """Return a parameter in house style, None if it is dropped or left out."""
        place = origin(node)
        where = str(node.get("in") or "")
        name = str(node.get("name") or "")
        if LEFT_OUT in node and not name:
            left_out = node[LEFT_OUT]
            mark(self.operation, left_out["reason"], left_out["place"], fault=True)
            return None
        if where == "header" and name.lower() in HTTP_HEADERS:
            self.adoption.note(
                f"the header {name.title()} is not a parameter: the client sends it", place
            )
            return None
        reason = self.find_reason(node, where, name)
        if reason:
            self.leave_out(node, where, name, reason)
            return None
        made = {word: node[word] for word in node if word in WORDS}
        made["name"] = name
        made["schema"] = self.find_schema(node)
        made |= self.find_style(node, where)
        made["description"] = str(node.get("description") or "").strip()
        if not made["description"]:
            del made["description"]
        if where == "path" or node.get("required") is True:
            made["required"] = True
        else:
            made.pop("required", None)
        if node.get("deprecated") is not True:
            made.pop("deprecated", None)
        return made

    def find_reason(self, node: Node, where: str, name: str) -> str:
        """Return why a parameter cannot be sent, "" if it can."""
        if LEFT_OUT in node:
            return str(node[LEFT_OUT]["reason"])
        if where not in PLACES:
            return f"{where or 'unplaced'} parameters are not supported"
        if not re.search("[A-Za-z]", name):
            return "its name has no letter"
        media = _find_media(node)
        if media is not None:
            return "" if is_json(media) else f"it is sent as {media} within a {where}"
        shape = self.find_shape(node.get("schema"))
        if shape == "":
            return ""
        style, _ = _read_style(node, where)
        if style not in PARAMETER_STYLES[where]:
            return f"it is an {shape} in the style {style} in a {where}"
        if shape == "one of several":
            if style == "deepObject" and self.is_object_or_scalar(node["schema"]):
                return ""
            return f"it is one of several schemas in a {where}"
        if style != "deepObject" and self.is_nested(node["schema"], shape):
            return f"it is an {shape} with others in it in a {where}"
        return ""

    def find_style(self, node: Node, where: str) -> Node:
        """Return the words about the style of an array or object."""
        words: Node = {}
        if _find_media(node) is not None:
            return {"style": JSON_STYLE}
        if where == "query" and node.get("allowReserved") is True:
            words["allowReserved"] = True
        if not self.find_shape(node.get("schema")):
            return words
        style, explode = _read_style(node, where)
        if style != DEFAULT_STYLES[where]:
            words["style"] = style
        if explode != (style == "form"):
            words["explode"] = explode
        return words

    def find_shape(self, schema: object, depth: int = 0) -> str:
        """Return object, array or "one of several"; "" for a scalar."""
        if not isinstance(schema, dict) or depth > DEEPEST:
            return ""
        schema = self.adoption.target(schema)
        kinds = schema.get("type")
        kinds = kinds if isinstance(kinds, list) else [kinds]
        if "object" in kinds or "properties" in schema:
            return "object"
        if "array" in kinds or "items" in schema:
            return "array"
        for word in ("allOf", "oneOf", "anyOf"):
            members = schema[word] if isinstance(schema.get(word), list) else []
            shapes = {self.find_shape(member, depth + 1) for member in members}
            if len(members) > 1 and word != "allOf" and shapes - {""}:
                return "one of several"
            for shape in sorted(shapes - {""}):
                return shape
        return ""

    def is_object_or_scalar(self, schema: Node) -> bool:
        """Return whether a union has one object and scalars: `created=7` or `created[gt]=7`."""
        target = self.adoption.target(schema)
        members = target.get("oneOf") or target.get("anyOf") or []
        shapes = [self.find_shape(member) for member in members]
        return shapes.count("object") == 1 and set(shapes) == {"object", ""}

    def is_nested(self, schema: Node, shape: str) -> bool:
        """Return whether an array or object contains others."""
        target = self.adoption.target(schema)
        if shape == "array":
            return self.find_shape(target.get("items")) != ""
        extra = target.get("additionalProperties")
        members = [*mapping(target.get("properties")).values(), extra]
        is_joined = any(word in target for word in ("allOf", "oneOf", "anyOf"))
        return is_joined or any(self.find_shape(member) for member in members)

    def find_schema(self, node: Node) -> Node:
        media = _find_media(node)
        schema = node.get("schema")
        if media is not None:
            schema = mapping(node["content"][media]).get("schema")
        if isinstance(schema, dict):
            return schema
        self.adoption.note("a parameter without a schema is a string", origin(node))
        return {"type": "string", ORIGIN: origin(node)}

    def leave_out(self, node: Node, where: str, name: str, reason: str) -> None:
        place = origin(node)
        is_fault = bool(node.get(LEFT_OUT, {}).get("fault"))
        if where == "path" or node.get("required") is True:
            mark(
                self.operation,
                f"it needs the {where} parameter {name!r}, and {reason}",
                place,
                fault=is_fault,
            )
        else:
            self.adoption.leave_out(
                "parameter", f"{self.name}: {name} ({where})", reason, place, fault=is_fault
            )

    def match_path(self, found: dict[tuple[str, str], Node]) -> None:
        """Match the path parameters with the path's placeholders."""
        if "?" in self.path or "#" in self.path:
            mark(self.operation, "the path contains a query or fragment", origin(self.operation))
        holes = HOLE.findall(self.path)
        for hole in holes:
            if ("path", hole) in found:
                continue
            if not re.search("[A-Za-z]", hole):
                mark(
                    self.operation,
                    f"the placeholder {{{hole}}} has no name",
                    origin(self.operation),
                )
                continue
            self.adoption.note(
                "a placeholder of a path without a parameter is a string", origin(self.operation)
            )
            schema = {"type": "string", ORIGIN: origin(self.operation)}
            found["path", hole] = {
                "name": hole,
                "in": "path",
                "required": True,
                "description": UNNAMED,
                "schema": schema,
            }
        for where, name in list(found):
            if where == "path" and name not in holes:
                dropped = found.pop((where, name))
                self.adoption.note(
                    "a path parameter without a placeholder is dropped", origin(dropped)
                )


def _find_media(node: Node) -> str | None:
    """Return the media type of a parameter that has `content` instead of a schema."""
    content = node.get("content")
    if "schema" in node or not isinstance(content, dict):
        return None
    return next((one for one in content if one != ORIGIN), None)


def _read_style(node: Node, where: str) -> tuple[str, bool]:
    """Return a parameter's style, and whether each value of an array is a parameter of its own."""
    style = str(node.get("style") or DEFAULT_STYLES[where])
    return style, node.get("explode", style == "form") is True

"""Swagger 2.0 to the frame of OpenAPI 3: servers, bodies, parameters' schemas, answers' media
types, security.

Own code, after trying npm's swagger2openapi: it would need Node.js where `adopt` runs, loses where
a node came from, and ends at documents that have faults of no weight.
"""

from __future__ import annotations

from typing import Any

from ..openapi.document import METHODS, Node
from .speaks import FORM
from .state import ORIGIN, SCHEMAS, Adoption, mark, origin

JSON = "application/json"
MULTIPART = "multipart/form-data"
DEFINITIONS = "#/definitions/"
PARAMETER_WORDS = {
    "name",
    "in",
    "description",
    "required",
    "allowEmptyValue",
    "deprecated",
    "x-example",
    "schema",
}
STYLES = {
    "multi": ("form", True),
    "csv": ("form", False),
    "ssv": ("spaceDelimited", False),
    "pipes": ("pipeDelimited", False),
}
FLOWS = {"accessCode": "authorizationCode", "application": "clientCredentials"}


class Swagger:
    """Upgrades one document, in place."""

    def __init__(self, adoption: Adoption) -> None:
        self.adoption = adoption
        self.root = adoption.root

    def upgrade(self) -> None:
        root = self.root
        root.pop("swagger")
        root["servers"] = self.servers(root)
        root["components"] = {
            "schemas": root.pop("definitions", {}),
            "securitySchemes": self.schemes(root.pop("securityDefinitions", None)),
        }
        consumes = _strings(root.pop("consumes", None))
        produces = _strings(root.pop("produces", None))
        for item in root["paths"].values():
            shared = item.get("parameters") or []
            for method in METHODS:
                if method in item:
                    self.operation(item[method], shared, consumes, produces)
            item["parameters"] = [
                self.parameter(one) for one in shared if one.get("in") not in ("body", "formData")
            ]
        for word in ("host", "basePath", "schemes", "parameters", "responses"):
            root.pop(word, None)
        _rename_references(root)

    def servers(self, root: Node) -> list[Node]:
        host = str(root.get("host") or "")
        path = str(root.get("basePath") or "").strip("/")
        base = f"/{path}" if path else ""
        if not host:
            return [{"url": base, ORIGIN: "#/basePath"}] if base else []
        schemes = _strings(root.get("schemes")) or ["https"]
        scheme = "https" if "https" in schemes else schemes[0]
        return [{"url": f"{scheme}://{host}{base}", ORIGIN: "#/host"}]

    def schemes(self, found: Any) -> Node:
        made: Node = {}
        for name, scheme in (found or {}).items():
            scheme = dict(scheme) if isinstance(scheme, dict) else {}
            if scheme.get("type") == "basic":
                scheme |= {"type": "http", "scheme": "basic"}
            if scheme.get("type") == "oauth2":
                flow = str(scheme.pop("flow", ""))
                words = {"authorizationUrl", "tokenUrl", "scopes"} & scheme.keys()
                scheme["flows"] = {
                    FLOWS.get(flow, flow): {word: scheme.pop(word) for word in sorted(words)}
                }
            made[name] = scheme
        return made

    # operations

    def operation(
        self, node: Node, shared: list[Node], consumes: list[str], produces: list[str]
    ) -> None:
        consumes = _strings(node.pop("consumes", None)) or consumes
        produces = _strings(node.pop("produces", None)) or produces
        node.pop("schemes", None)
        listed = node.get("parameters") or []
        every = [*shared, *listed]
        sent = [one for one in every if one.get("in") in ("body", "formData")]
        if body := self.body(sent, consumes):
            node["requestBody"] = body
        node["parameters"] = [
            self.parameter(one) for one in listed if one.get("in") not in ("body", "formData")
        ]
        node["responses"] = {
            status: self.answer(one, produces) for status, one in node["responses"].items()
        }

    def body(self, sent: list[Node], consumes: list[str]) -> Node | None:
        if not sent:
            return None
        bodies = [one for one in sent if one["in"] == "body"]
        if not bodies:
            return self.form(sent, consumes)
        whole = bodies[-1]  # that of the operation, after those of its path
        media = {"schema": whole.get("schema", {}), ORIGIN: origin(whole)}
        body: Node = {
            "content": {one: dict(media) for one in consumes or [JSON]},
            ORIGIN: origin(whole),
        }
        body |= {word: whole[word] for word in ("description", "required") if word in whole}
        return body

    def form(self, fields: list[Node], consumes: list[str]) -> Node:
        properties = {str(one.get("name")): self.field(one) for one in fields}
        schema: Node = {"type": "object", "properties": properties, ORIGIN: origin(fields[0])}
        required = [str(one.get("name")) for one in fields if one.get("required") is True]
        if required:
            schema["required"] = required
        has_file = any(one.get("type") == "file" for one in fields)
        forms = [one for one in consumes if one in (FORM, MULTIPART)] or [FORM]
        media = MULTIPART if has_file or FORM not in forms else FORM
        content = {media: {"schema": schema, ORIGIN: origin(fields[0])}}
        return {"content": content, "required": bool(required), ORIGIN: origin(fields[0])}

    def field(self, node: Node) -> Node:
        schema = _schema_of(node)
        if "description" in node:
            schema["description"] = node["description"]
        return schema

    def parameter(self, node: Node) -> Node:
        """Put the words of a parameter's type into its schema."""
        if "schema" in node or "in" not in node:
            return node
        made = {word: node[word] for word in node.keys() & (PARAMETER_WORDS | {ORIGIN})}
        made["schema"] = _schema_of(node)
        if node.get("type") == "array":
            form = str(node.get("collectionFormat") or "csv")
            style, explode = STYLES.get(form, ("", False))
            if form == "csv" and node["in"] != "query":
                style = "simple"
            made |= {"style": style, "explode": explode}
            if not style:
                mark(made, f"the collection format {form!r} is not sent")
        return made

    def answer(self, node: Node, produces: list[str]) -> Node:
        made = {
            word: one for word, one in node.items() if word not in ("schema", "examples", "headers")
        }
        if "schema" in node:
            examples = node.get("examples") if isinstance(node.get("examples"), dict) else {}
            made["content"] = {
                media: self.media(node, media, examples or {}) for media in produces or [JSON]
            }
        headers = node.get("headers")
        if isinstance(headers, dict):
            made["headers"] = {name: self.header(one) for name, one in headers.items()}
        return made

    def media(self, node: Node, media: str, examples: Node) -> Node:
        made = {"schema": node["schema"], ORIGIN: origin(node)}
        if media in examples:
            made["example"] = examples[media]
        return made

    def header(self, node: Node) -> Node:
        if "schema" in node:
            return node
        return {
            "schema": _schema_of(node),
            **{word: node[word] for word in ("description", ORIGIN) if word in node},
        }


def _schema_of(node: Node) -> Node:
    left = PARAMETER_WORDS | {"collectionFormat"}
    schema = {word: one for word, one in node.items() if word not in left}
    if schema.get("type") == "file":
        schema |= {"type": "string", "format": "binary"}
    return schema


def _strings(node: Any) -> list[str]:
    return [one for one in node if isinstance(one, str)] if isinstance(node, list) else []


def _rename_references(node: Any) -> None:
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            reference = one.get("$ref")
            if isinstance(reference, str) and reference.startswith(DEFINITIONS):
                one["$ref"] = SCHEMAS + reference.removeprefix(DEFINITIONS)
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one

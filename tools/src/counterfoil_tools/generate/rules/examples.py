"""Rules for examples: every body has one, and each is valid for its schema."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import jsonschema_rs

from ...openapi.document import Document, Node, escape, list_successes, unescape
from ...openapi.json_schema import Finding, say
from ...openapi.media_types import is_json
from ...openapi.walk import walk
from .schemas import every_schema

HERE = "urn:document"
MOST = 5  # findings reported for one example


def present(document: Document) -> Iterator[Finding]:
    """Every operation shows at least one answer, and its request where it has a body."""
    for operation in document.operations():
        body = document.resolve(operation.node.get("requestBody", {}))
        if body and not _has_example(body):
            yield (
                f"{operation.pointer}/requestBody",
                "the request has no example",
                "Add one: `examples: {typical: {value: ...}}`",
            )
        responses = operation.node.get("responses", {})
        for status in list_successes(responses):
            node = document.resolve(responses[status])
            if node.get("content") and not _has_example(node):
                yield (
                    f"{operation.pointer}/responses/{status}",
                    f"the answer {status} has no example",
                    "Add one: `examples: {typical: {value: ...}}`",
                )


def _has_example(node: Node) -> bool:
    return any(content.get("examples") for content in node.get("content", {}).values())


def fitting(document: Document) -> Iterator[Finding]:
    """An example is valid for its schema: a copy of it must not be rejected."""
    validators = _Validators(document)
    for location, schema, value in [*_shown_values(document), *_schema_values(document)]:
        for where, message in validators.check(schema, value):
            text = f"the example does not fit its schema: {where}{message}"
            remedy = "Correct the example, or the schema if the vendor sends such a value"
            yield location, text, remedy


def _shown_values(document: Document) -> Iterator[tuple[str, Node, Any]]:
    """Yield the examples of parameters, headers, bodies and responses: place, schema, value."""
    for node, pointer, is_named in walk(document.root):
        schema = node.get("schema")
        if is_named or not isinstance(schema, dict):
            continue
        above, _, key = pointer.rpartition("/")
        # A string is the whole body of a media type that is not JSON.
        is_shown_as_it_is = above.endswith("/content") and not is_json(unescape(key))
        for location, value in _examples(document, node, pointer):
            if not (is_shown_as_it_is and isinstance(value, str)):
                yield location, schema, value


def _schema_values(document: Document) -> Iterator[tuple[str, Node, Any]]:
    """Yield the examples within schemas."""
    for pointer, schema in every_schema(document):
        if "example" in schema:
            yield f"{pointer}/example", schema, schema["example"]
        for index, value in enumerate(schema.get("examples", [])):
            yield f"{pointer}/examples/{index}", schema, value


def _examples(document: Document, node: Node, pointer: str) -> Iterator[tuple[str, Any]]:
    if "example" in node:
        yield f"{pointer}/example", node["example"]
    examples = node.get("examples")
    for name, example in examples.items() if isinstance(examples, dict) else ():
        found = document.resolve(example)
        if "value" in found:
            yield f"{pointer}/examples/{escape(name)}", found["value"]


class _Validators:
    """A validator for each schema, made once; all know the document's components."""

    def __init__(self, document: Document) -> None:
        components = {"components": {"schemas": _point_out(document.schemas)}}
        self.registry = jsonschema_rs.Registry([(HERE, components)])
        self.made: dict[str, Any] = {}

    def check(self, schema: Node, value: Any) -> Iterator[tuple[str, str]]:
        """Yield place and message of each violation; other rules report invalid schemas."""
        key = json.dumps(schema, sort_keys=True, default=str)
        if key not in self.made:
            self.made[key] = self._make(schema)
        validator = self.made[key]
        if validator is None:
            return
        for number, error in enumerate(validator.iter_errors(value)):
            if number == MOST:
                return
            where = "".join(f"/{part}" for part in error.instance_path)
            prefix = f"{where}: " if where else ""
            yield prefix, say(error)

    def _make(self, schema: Node) -> Any:
        try:
            return jsonschema_rs.Draft202012Validator(
                _point_out(schema),
                registry=self.registry,
                validate_formats=True,
                ignore_unknown_formats=True,
            )
        except (ValueError, jsonschema_rs.ReferencingError):
            return None


def _point_out(node: Any) -> Any:
    """Return a copy of schemas whose references lead to the registry."""
    if isinstance(node, dict):
        copy = {}
        for key, child in node.items():
            # A client decodes the member that it finds; a second one may be valid as well.
            if key == "oneOf" and "discriminator" not in node:
                key = "anyOf"
            is_reference = key == "$ref" and isinstance(child, str) and child.startswith("#/")
            copy[key] = f"{HERE}{child}" if is_reference else _point_out(child)
        return copy
    if isinstance(node, list):
        return [_point_out(child) for child in node]
    return node


EXAMPLE_RULES = {"example": present, "example-schema": fitting}

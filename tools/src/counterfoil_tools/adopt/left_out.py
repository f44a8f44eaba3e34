"""Leave unsupported parts out by name: the operations and schemas that need them.

Passes mark unsupported nodes. Here the marks are followed to all that reaches them, each schema
looked at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from ..openapi.document import Node, list_successes
from .state import LEFT_OUT, SCHEMAS, Adoption, origin
from .walk import nested, operation_roots

Mark = dict[str, Any]  # reason, place, fault


def leave_out(adoption: Adoption) -> None:
    """Remove unsupported operations, responses, parameters and schemas, with reason and place."""
    marks = _follow_marks(adoption)
    for path, method, operation in list(adoption.operations()):
        name = f"{method.upper()} {path}"
        _drop_optional(adoption, name, operation, marks)
        found = _find_mark(operation, marks)
        if found:
            adoption.leave_out(
                "operation", name, found["reason"], found["place"], fault=found["fault"]
            )
            del adoption.root["paths"][path][method]
    adoption.root["paths"] = {
        path: item for path, item in adoption.root["paths"].items() if _has_operation(item)
    }
    for name, webhook in list(adoption.webhooks.items()):
        found = _schema_mark(webhook["schema"], marks)
        if found:
            adoption.leave_out("webhook", name, found["reason"], origin(webhook))
            del adoption.webhooks[name]
    for name in [name for name in adoption.schemas if name in marks]:
        found = marks[name]
        adoption.leave_out("schema", name, found["reason"], found["place"], fault=found["fault"])
        del adoption.schemas[name]
    if adoption.choices.only:
        prune(adoption)


def prune(adoption: Adoption) -> None:
    """Drop the components that no operation reaches."""
    reached: set[str] = set()
    waiting = [name for schema in _used(adoption) for name in _look(schema)[1]]
    while waiting:
        name = waiting.pop()
        if name in adoption.schemas and name not in reached:
            reached.add(name)
            waiting += _look(adoption.schemas[name])[1]
    for name in adoption.schemas.keys() - reached:
        del adoption.schemas[name]


def _used(adoption: Adoption) -> Iterator[Any]:
    """Yield the schemas used by operations."""
    for _, _, operation in adoption.operations():
        for holder, key in operation_roots(operation):
            yield holder[key]
    for webhook in adoption.webhooks.values():
        yield webhook["schema"]


def _has_operation(item: Node) -> bool:
    return any(isinstance(one, dict) and "responses" in one for one in item.values())


def _follow_marks(adoption: Adoption) -> dict[str, Mark]:
    """Return the components that hold a mark or reach one, each with the mark that is nearest."""
    marks: dict[str, Mark] = {}
    users: dict[str, list[str]] = defaultdict(list)
    for name, schema in adoption.schemas.items():
        found, references = _look(schema)
        if found:
            marks[name] = found
        for reference in references:
            users[reference].append(name)
    waiting = list(marks)
    for name in waiting:  # grows while it is gone through
        for user in users[name]:
            if user not in marks:
                marks[user] = marks[name]
                waiting.append(user)
    return marks


def _look(schema: Any) -> tuple[Mark | None, list[str]]:
    """Return the first mark within a schema, and the components that it refers to."""
    found: Mark | None = None
    references: list[str] = []
    for one in nested(schema):
        found = found or one.get(LEFT_OUT)
        if "$ref" in one:
            references.append(one["$ref"].removeprefix(SCHEMAS))
    return found, references


def _schema_mark(schema: Any, marks: dict[str, Mark]) -> Mark | None:
    found, references = _look(schema)
    return found or next((marks[name] for name in references if name in marks), None)


def _content_mark(node: Node, marks: dict[str, Mark]) -> Mark | None:
    if LEFT_OUT in node:
        found: Mark = node[LEFT_OUT]
        return found
    schemas = [media["schema"] for media in node.get("content", {}).values()]
    return next((mark for schema in schemas if (mark := _schema_mark(schema, marks))), None)


def _drop_optional(adoption: Adoption, name: str, operation: Node, marks: dict[str, Mark]) -> None:
    """Leave out unsupported optional parameters, headers and error bodies."""
    for parameter in list(operation.get("parameters", [])):
        found = _schema_mark(parameter["schema"], marks)
        if found and not parameter.get("required"):
            label = f"{name}: {parameter['name']} ({parameter['in']})"
            adoption.leave_out(
                "parameter", label, found["reason"], origin(parameter), fault=found["fault"]
            )
            operation["parameters"].remove(parameter)
    successes = list_successes(operation["responses"])
    for status, answer in operation["responses"].items():
        headers = answer.get("headers", {})
        for header in [one for one in headers if _schema_mark(headers[one]["schema"], marks)]:
            adoption.note("a header with an unsupported schema is dropped", origin(headers[header]))
            del headers[header]
        found = _content_mark(answer, marks)
        if found and status not in successes:
            adoption.leave_out(
                "response",
                f"{name} {status}",
                found["reason"],
                found["place"],
                fault=found["fault"],
            )
            answer.pop("content", None)
            answer.pop(LEFT_OUT, None)


def _find_mark(operation: Node, marks: dict[str, Mark]) -> Mark | None:
    """Return why an operation cannot be called, None if it can."""
    if LEFT_OUT in operation:
        found: Mark = operation[LEFT_OUT]
        return found
    for parameter in operation.get("parameters", []):
        if mark := _schema_mark(parameter["schema"], marks):
            return mark
    bodies = [operation["requestBody"]] if "requestBody" in operation else []
    responses = operation["responses"]
    answers = [responses[status] for status in list_successes(responses)]
    for node in [*bodies, *answers]:
        if mark := _content_mark(node, marks):
            return mark
    return None

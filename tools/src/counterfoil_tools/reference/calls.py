"""The Python of a call, from the examples of a document.

A call has the arguments of the request's example, else the required ones with the examples of their
schemas. Objects are written as dicts with the names of the fields in Python, as methods take them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeVar

from ..generate.ir import Argument, Method
from ..generate.python.docstrings import describe
from ..generate.python.names import field_name, parameter_name
from ..generate.python.operations import OperationLowering
from ..generate.python.types import split_nullable, tag_values, union_members
from ..openapi.document import Document, Node, reference_name

Number = TypeVar("Number", int, float, Decimal)

WIDTH = 78
DEEPEST = 6
MENTIONED = re.compile(r"(?:such as|for example|e\.g\.) [`\"']?([\w/:-]+(?:\.\w+)*)")
# Where neither the document nor its schema has a value.
SAMPLES = {
    "date-time": "2026-10-06T12:30:00Z",
    "date": "2026-10-06",
    "uuid": "0b0f4b3e-6a44-4b7e-9d0c-5f1f2f1f9c11",
    "email": "ines@lantern.example",
    "uri": "https://lantern.example/invoices/7",
}


class NoValue(Exception):
    """No value can be written for a schema."""


@dataclass
class Call:
    """The source of a call, and the imports that it needs.

    Without a source, `problem` says which value is missing.
    """

    source: str = ""
    problem: str = ""
    imports: set[str] = field(default_factory=set)
    models: set[str] = field(default_factory=set)  # of the package


def write_call(lowering: OperationLowering, method: Method, client: str) -> Call:
    """Return a call with the arguments of the first example."""
    call = Call()
    writer = _Writer(lowering.document, call)
    try:
        given = dict(_list_values(lowering, method, writer))
    except NoValue as missing:
        return Call(problem=str(missing))
    words = []
    for place, argument in enumerate(method.arguments):
        if argument.name in given:
            by_position = place < method.keyword_only
            value = given[argument.name]
            words.append(value if by_position else f"{argument.name}={value}")
    head = f"{client}.{lowering.name}"
    call.source = _spell_call(head, words)
    return call


def _spell_call(head: str, words: list[str]) -> str:
    line = f"{head}({', '.join(words)})"
    if len(line) <= WIDTH and "\n" not in line:
        return line
    inner = "".join(f"    {_indent(word)},\n" for word in words)
    return f"{head}(\n{inner})"


def _indent(text: str) -> str:
    return text.replace("\n", "\n    ")


def _list_values(
    lowering: OperationLowering, method: Method, writer: _Writer
) -> Iterator[tuple[str, str]]:
    """Yield the name and the source of each argument that the call has."""
    parameters = {parameter_name(one): one for one in lowering.parameters}
    body = _read_body(lowering)
    fields = _name_fields(lowering) if lowering.body and not lowering.body.is_whole else {}
    for argument in method.arguments:
        is_required = argument.default is None
        if argument.name in parameters:
            if is_required:
                node = parameters[argument.name]
                value = _find_example(writer.document, node)
                yield argument.name, writer.write(node["schema"], value, name=argument.name)
        elif argument.name in fields:
            wire, schema = fields[argument.name]
            if is_required or (isinstance(body, dict) and wire in body):
                value = body.get(wire) if isinstance(body, dict) else None
                yield argument.name, writer.write(schema, value, name=argument.name)
        elif is_required or body is not None:
            yield argument.name, _write_whole(lowering, argument, body, writer)


def _write_whole(
    lowering: OperationLowering, argument: Argument, body: Any, writer: _Writer
) -> str:
    if lowering.body is None:
        raise NoValue(argument.name)
    return writer.write(lowering.body.schema, body, name=argument.name)


def _name_fields(lowering: OperationLowering) -> dict[str, tuple[str, Node]]:
    """Return the wire names and schemas of the fields of a body, by their arguments."""
    body = lowering.body
    schema = lowering.document.resolve(body.schema) if body else {}
    properties = schema.get("properties", {})
    return {field_name(wire, child): (wire, child) for wire, child in properties.items()}


def _read_body(lowering: OperationLowering) -> Any:
    """Return the first example of the request's body, or None."""
    node = lowering.document.resolve(lowering.raw.node.get("requestBody", {}))
    for content in node.get("content", {}).values():
        for example in (content.get("examples") or {}).values():
            return lowering.document.resolve(example).get("value")
        if "example" in content:
            return content["example"]
    return None


def _find_example(document: Document, node: Node) -> Any:
    """Return the example of a parameter or a schema, or None."""
    if "example" in node:
        return node["example"]
    examples = node.get("examples")
    if isinstance(examples, dict):
        for one in examples.values():
            return document.resolve(one).get("value")
    if isinstance(examples, list) and examples:
        return examples[0]
    return _find_mentioned(node)


def _find_mentioned(node: Node) -> str | None:
    """Return a text that a description mentions as an example, if it fits the schema."""
    schema = node.get("schema", node)
    if schema.get("type") != "string" or "enum" in schema:
        return None
    for word in MENTIONED.findall(" ".join(describe(node).split())):
        if re.search(schema.get("pattern", ""), word):
            return str(word)
    return None


class _Writer:
    """Writes values as Python, and collects what the source imports."""

    def __init__(self, document: Document, call: Call) -> None:
        self.document = document
        self.call = call
        self._tags = tag_values(document)
        self._models = 0  # how many models are being written around the value

    def write(self, schema: Node, value: Any = None, depth: int = 0, name: str = "text") -> str:
        """Return the source of a value of a schema. Raises NoValue if there is none.

        A text without an example is the `name` of what it is for.
        """
        if depth > DEEPEST:
            raise NoValue(f"{name} is nested too deeply")
        plain, nullable = split_nullable(schema)
        node = self.document.resolve(plain)
        if value is None:
            value = _find_example(self.document, node)
        if value is None and "default" in node:
            value = node["default"]
        members = union_members(plain) or union_members(node)
        if members:
            return self._write_union(plain, members, value, depth, name)
        if value is None and nullable and node.get("type") == "object":
            return "None"
        if "enum" in node or "const" in node:
            first = node.get("const", next(iter(node.get("enum", [None]))))
            return _spell_plain(first if value is None else value)
        kind = node.get("type")
        if kind == "object":
            component = reference_name(plain)
            if self._models and component and "properties" in node:
                return self._write_model(component, value or {}, depth)
            return self._write_object(node, value, depth)
        if kind == "array":
            return self._write_array(node, value, depth, name)
        return self._write_scalar(node, value, name)

    def _write_union(
        self, plain: Node, members: list[Node], value: Any, depth: int, name: str
    ) -> str:
        if not isinstance(value, (dict, list)):
            for member in members:
                if self.document.resolve(member).get("type") not in ("object", None):
                    return self.write(member, value, depth + 1, name)
        objects = [one for one in members if "properties" in self.document.resolve(one)]
        if len(objects) == 1 and isinstance(value, dict):
            return self.write(objects[0], value, depth + 1)
        if isinstance(value, dict):
            for name in filter(None, map(reference_name, objects)):
                if self._fits(name, value):
                    return self._write_model(name, value, depth)
        raise NoValue(f"{reference_name(plain) or 'a union'} has several objects")

    def _fits(self, name: str, value: dict[str, Any]) -> bool:
        """Return whether a value is an object of this component of a union."""
        if name in self._tags:
            wire, values = self._tags[name]
            return str(value.get(wire)) in values
        return set(self.document.schemas[name].get("required", [])) <= set(value)

    def _write_model(self, name: str, value: dict[str, Any], depth: int) -> str:
        """Return the source of a model: a union of several objects takes no dicts."""
        if not isinstance(value, dict):
            raise NoValue(f"the example of {name} is not an object")
        schema = self.document.schemas[name]
        tag = self._tags.get(name, ("", ()))[0]
        self.call.models.add(name)
        self._models += 1
        rows = []
        for wire, child in schema.get("properties", {}).items():
            if wire == tag or (wire not in value and wire not in schema.get("required", [])):
                continue
            given = value.get(wire)
            is_null = wire in value and given is None
            argument = field_name(wire, child)
            written = "None" if is_null else self.write(child, given, depth + 1, argument)
            rows.append(f"{argument}={written}")
        self._models -= 1
        return _braces(f"{name}(", rows, ")")

    def _write_object(self, node: Node, value: Any, depth: int) -> str:
        properties = node.get("properties", {})
        if value is None:
            value = {}
        if not isinstance(value, dict):
            raise NoValue("an example is not an object")
        rows = []
        if not properties:
            extra = node.get("additionalProperties")
            schema = extra if isinstance(extra, dict) else {}
            for name, one in value.items():
                rows.append(f"{_quote(str(name))}: {self.write(schema, one, depth + 1)}")
            return _braces("{", rows, "}")
        for wire, child in properties.items():
            if wire in value:
                given = value[wire]
                written = "None" if given is None else self.write(child, given, depth + 1)
            elif wire in node.get("required", []):
                written = self.write(child, None, depth + 1, field_name(wire, child))
            else:
                continue
            rows.append(f"{_quote(field_name(wire, child))}: {written}")
        return _braces("{", rows, "}")

    def _write_array(self, node: Node, value: Any, depth: int, name: str) -> str:
        items = node.get("items", {})
        if value is None:
            return f"[{self.write(items, None, depth + 1, name)}]"
        if not isinstance(value, list):
            value = [value]
        return _braces("[", [self.write(items, one, depth + 1) for one in value], "]")

    def _write_scalar(self, node: Node, value: Any, name: str) -> str:
        kind, form = node.get("type"), node.get("format")
        if form == "binary":
            return 'b"%PDF-1.7 ..."'
        if kind == "boolean":
            return repr(bool(value))
        if kind == "integer":
            least = node.get("minimum", 1)
            return repr(_read_number(least if value is None else value, int, name))
        if kind == "number" or form == "decimal":
            amount = node.get("minimum", "10.00") if value is None else value
            if form in ("float", "double") and not isinstance(amount, Decimal):
                return repr(_read_number(amount, float, name))
            exact = _read_number(str(amount), Decimal, name)
            self.call.imports.add("from decimal import Decimal")
            return f'Decimal("{exact}")'
        if kind == "string" or isinstance(value, str):
            return self._write_text(node, form, value, name)
        return "{}" if value is None else _spell_plain(value)

    def _write_text(self, node: Node, form: Any, value: Any, name: str) -> str:
        text = str(value) if value is not None else SAMPLES.get(str(form)) or _make_text(node, name)
        if form == "date-time" and re.match(r"\d{4}-\d\d-\d\dT", text):
            self.call.imports.add("from datetime import datetime")
            return f"datetime.fromisoformat({_quote(text)})"
        if form == "date":
            self.call.imports.add("from datetime import date")
            return f"date.fromisoformat({_quote(text)})"
        return _quote(text)


def _read_number(value: Any, kind: Callable[[Any], Number], name: str) -> Number:
    """Return an example as a number. Raises NoValue if it is not one."""
    try:
        return kind(value)
    except (ValueError, TypeError, ArithmeticError):
        raise NoValue(f"the example of {name} is not a number") from None


def _make_text(node: Node, name: str) -> str:
    """Return a text that the schema accepts, made of a name."""
    text = name.replace("_", "-")
    least, most = int(node.get("minLength", 0)), int(node.get("maxLength", len(text)))
    fitting = (text * (least // len(text) + 1))[: max(least, min(len(text), most))]
    for sample in (fitting, *SAMPLES.values()):
        if re.search(node.get("pattern", ""), sample):
            return sample
    raise NoValue(f"{name} must match a pattern, and the document has no example of it")


def _quote(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _spell_plain(value: Any) -> str:
    """Return a value of any shape as source."""
    if isinstance(value, str):
        return _quote(value)
    if isinstance(value, dict):
        return _braces("{", [f"{_quote(str(k))}: {_spell_plain(v)}" for k, v in value.items()], "}")
    if isinstance(value, list):
        return _braces("[", [_spell_plain(one) for one in value], "]")
    return str(value) if isinstance(value, Decimal) else repr(value)


def _braces(first: str, rows: list[str], last: str) -> str:
    line = f"{first}{', '.join(rows)}{last}"
    if len(line) <= WIDTH - 20 and "\n" not in line:
        return line
    inner = "".join(f"    {_indent(row)},\n" for row in rows)
    return f"{first}\n{inner}{last}"

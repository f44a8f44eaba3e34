"""Call every operation of a generated package once, and print the requests as JSON lines.

Runs as a script in a process of its own: `call_child.py SOURCES PACKAGE CLIENT DOCUMENT`, where
SOURCES are folders separated by colons. The arguments and the response are made from the schemas of
the document (JSON), one value for each property, three objects deep. Nothing is sent: the transport
keeps the request and returns the response. Responses and errors are decoded, encoded again and
compared with what was made: every value must be there, every amount with all its digits.
"""

from __future__ import annotations

import importlib
import json
import sys
import types
import typing
from base64 import b64encode
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec

Node = dict[str, Any]
DEEPEST = 3  # objects within each other; below, only what is required
TEXTS = {
    "date": "2026-02-03",
    "date-time": "2026-02-03T14:05:09Z",
    "naive-date-time": "2026-02-03 14:05:09",
}
NUMBER = 7
AMOUNT = Decimal("1.50")
TEXT = "a b/é&=,"  # characters that have to be encoded
HEADER_TEXT = "a b/"
LONG_AMOUNT = Decimal("12345678901234567.10")


class Transport:
    """Keeps the request in the place of sending it, and answers it with the response."""

    def __init__(self, response: Any) -> None:
        self.request: Any = None
        self.response = response

    def send(self, request: Any) -> Any:
        self.request = request
        return self.response

    def close(self) -> None:
        pass


class Values:
    """Makes a value of a schema, as JSON."""

    def __init__(self, document: Node, text: str = TEXT, amount: Decimal = AMOUNT) -> None:
        self.text = text
        self.amount = amount
        self.schemas = document.get("components", {}).get("schemas", {})

    def resolve(self, schema: Node) -> Node:
        while "$ref" in schema:
            schema = self.schemas[schema["$ref"].rpartition("/")[2]]
        return schema

    def make(self, schema: Node, depth: int = 0) -> Any:
        """Return a value. Unions have that of their first member that is not null."""
        schema = self.resolve(schema)
        for word in ("oneOf", "anyOf"):
            members = [one for one in schema.get(word, []) if one.get("type") != "null"]
            if members and "properties" not in schema:
                return self._add_tag(schema, members[0], self.make(members[0], depth))
        if "const" in schema:
            return schema["const"]
        if "enum" in schema:
            return next(value for value in schema["enum"] if value is not None)
        kinds = schema.get("type")
        listed = kinds if isinstance(kinds, list) else [kinds]
        if listed == ["null"]:
            return None
        kind = next((one for one in listed if one != "null"), None)
        return self._make_kind(schema, kind, depth)

    def _make_kind(self, schema: Node, kind: str | None, depth: int) -> Any:
        match kind:
            case "object":
                return self._make_object(schema, depth)
            case "array":
                items = schema.get("items", {})
                count = max(1, schema.get("minItems", 1))
                item = self.make(items, depth + 1)
                return [item] * min(count, 5)
            case "integer":
                return NUMBER
            case "number":
                return self.amount
            case "boolean":
                return True
            case "string" if schema.get("format") == "decimal":
                return str(self.amount)
            case "string":
                return TEXTS.get(schema.get("format", ""), self.text)
        return self.text

    def _make_object(self, schema: Node, depth: int) -> Any:
        made = {}
        required = schema.get("required", [])
        for name, child in schema.get("properties", {}).items():
            if depth < DEEPEST or name in required:
                made[name] = self.make(child, depth + 1)
        extra = schema.get("additionalProperties")
        if not made and isinstance(extra, dict) and depth < DEEPEST:
            made["key"] = self.make(extra, depth + 1)
        return made

    def _add_tag(self, union: Node, member: Node, value: Any) -> Any:
        discriminator = union.get("discriminator")
        if discriminator is None or not isinstance(value, dict):
            return value
        target = member.get("$ref", "")
        for tag, reference in discriminator.get("mapping", {}).items():
            if target.endswith(reference.rpartition("/")[2]):
                value[discriminator["propertyName"]] = tag
                break
        return value


def main(sources: str, name: str, client_name: str, document: Node) -> None:
    sys.path[:0] = sources.split(":")
    package = importlib.import_module(name)
    api = importlib.import_module(f"{name}._api").API
    values = Values(document)
    runtime = importlib.import_module("counterfoil_core.operations")
    for operation in runtime.import_operations(name).values():
        if type(operation).__name__ != "Operation":
            continue
        found: Node = {"operation": operation.name}
        try:
            found |= call(package, client_name, api, operation, document, values)
        except Exception as error:
            found["error"] = f"{type(error).__name__}: {error}"
        print(json.dumps(found))


def call(
    package: Any, client_name: str, api: Any, operation: Any, document: Node, values: Values
) -> Node:
    """Call one operation, and return its request and what its responses lose."""
    answers = Answers(operation, document, api)
    transport = Transport(answers.make_response())
    names = {
        variable.name: variable.enum[0] if variable.enum else "host" for variable in api.variables
    }
    names |= dict.fromkeys(api.defaults, "mine")
    for scheme in api.security:
        names[scheme.name] = "name:word" if scheme.kind == "password" else "key123"
    client = getattr(package, client_name)(transport=transport, max_attempts=1, **names)
    client = client.with_options(validate=False)
    arguments = make_arguments(operation, document, values)
    resource, method = operation.name.split(".")
    made = getattr(getattr(client, resource), method)
    result = made(**arguments)
    if hasattr(result, "__enter__"):
        with result:
            pass
    request = transport.request
    content = read_content(request)
    lost = list(answers.list_losses())
    with_dicts = write_dicts(operation, arguments)
    if with_dicts != arguments:
        result = made(**with_dicts)
        if hasattr(result, "__enter__"):
            with result:
                pass
        again = transport.request
        if (again.url, read_content(again)) != (request.url, content):
            lost.append("dicts in the place of models make another request")
    return {
        "method": request.method,
        "url": request.url,
        "headers": dict(request.headers),
        "body": None if content is None else b64encode(content).decode(),
        "lost": lost,
    }


def read_content(request: Any) -> Any:
    """Return a request's body as bytes; a multipart body without its boundary, which is random."""
    body = request.body
    if body is not None and not isinstance(body, bytes):  # a file, which is streamed
        body = b"".join(body)
    _, found, boundary = request.headers.get("content-type", "").partition("boundary=")
    return body.replace(boundary.strip('"').encode(), b"boundary") if found else body


def write_dicts(operation: Any, arguments: Node) -> Node:
    """Return the arguments with dicts in the place of models, where methods take them."""
    kinds = {one.name: one.type for one in operation.parameters}
    body = operation.body
    if body is not None and body.argument is not None:
        kinds[body.argument] = body.type
    elif body is not None:
        kinds |= {field.name: field.type for field in msgspec.structs.fields(body.type)}
    return {name: write_dict(value, kinds[name]) for name, value in arguments.items()}


def write_dict(value: Any, kind: Any) -> Any:
    members = [one for one in typing.get_args(kind) if one not in (type(None), msgspec.UnsetType)]
    if isinstance(kind, types.UnionType) or typing.get_origin(kind) is typing.Union:
        objects = [one for one in members if is_object(one)]
        return value if len(objects) > 1 else write_dict(value, (objects or members)[0])
    if isinstance(value, list) and members:
        return [write_dict(one, members[0]) for one in value]
    if isinstance(value, dict) and len(members) == 2:
        return {key: write_dict(one, members[1]) for key, one in value.items()}
    if is_object(kind) and isinstance(value, msgspec.Struct):
        found = {}
        for field in msgspec.structs.fields(kind):
            one = getattr(value, field.name)
            if one is not msgspec.UNSET:
                found[field.name] = write_dict(one, field.type)
        return found
    return value


def is_object(kind: Any) -> bool:
    is_struct = isinstance(kind, type) and issubclass(kind, msgspec.Struct)
    return is_struct or typing.get_origin(kind) is dict


class Answers:
    """The documented responses and errors of an operation, made from their schemas."""

    def __init__(self, operation: Any, document: Node, api: Any) -> None:
        self.operation = operation
        self.tags = api.tags
        self.responses = document["paths"][operation.path][operation.method.lower()]["responses"]
        self.values = Values(document, amount=LONG_AMOUNT)

    def make_response(self) -> Any:
        """Return the first documented success, as a transport returns it."""
        status = min(self.operation.responses)
        kind = self.operation.responses[status]
        protocol = importlib.import_module("counterfoil_core.transports.protocol")
        media_type, value = self.make_content(str(status)) or ("application/json", None)
        body = b"" if kind is None else encode(value)
        if kind in (bytes, str) and "json" not in media_type:
            body = self.values.text.encode()
        headers = {"content-type": media_type}
        if self.operation.result_header:
            headers[self.operation.result_header.lower()] = "https://example.com/file"
        return protocol.StreamedResponse(status=status, headers=headers, body=[body])

    def make_content(self, status: str) -> tuple[str, Any] | None:
        """Return the media type of a response that the client reads, and a value of its schema."""
        content = self.responses.get(status, {}).get("content", {})
        if not content:
            return None
        media_type = next((one for one in content if "json" in one), next(iter(content)))
        return media_type, self.values.make(content[media_type].get("schema", {}))

    def list_losses(self) -> Iterator[str]:
        """Yield what of each response is missing once it was decoded."""
        for status, kind in [*self.operation.responses.items(), *self.operation.errors().items()]:
            made = self.make_content(str(status))
            if made is None or kind in (None, bytes) or "json" not in made[0]:
                continue
            content = encode(made[1])
            try:
                found = self.read(kind, content)
            except Exception as error:
                yield f"the response {status} cannot be decoded: {error}"
                continue
            for place in compare(LOAD(content), LOAD(encode(found)), "$"):
                yield f"the response {status} loses {place}"

    def read(self, kind: Any, content: bytes) -> Any:
        decode = importlib.import_module("counterfoil_core.decode")
        response = importlib.import_module("counterfoil_core.response")
        protocol = importlib.import_module("counterfoil_core.transports.protocol")
        headers = protocol.Headers({"content-type": "application/json"})
        raw_response = response.RawResponse(status=200, headers=headers, content=content)
        return decode.make_reader(kind, self.tags)(raw_response)


def encode(value: Any) -> bytes:
    """Return a value as JSON, its decimals as numbers with all digits."""
    write_custom = importlib.import_module("counterfoil_core.types").write_custom
    return msgspec.json.Encoder(decimal_format="number", enc_hook=write_custom).encode(value)


LOAD = msgspec.json.Decoder(float_hook=Decimal).decode


def compare(made: Any, found: Any, place: str) -> Iterator[str]:
    """Yield the places of values that were made and are not found; null may be absent."""
    if isinstance(made, dict) and isinstance(found, dict):
        for key, value in made.items():
            if value is not None:
                yield from compare(value, found.get(key), f"{place}.{key}")
    elif isinstance(made, list) and isinstance(found, list) and len(made) == len(found):
        for index, value in enumerate(made):
            yield from compare(value, found[index], f"{place}[{index}]")
    elif str(made) != str(found):  # a decimal that travels as a string is encoded as a number
        yield f"{place}: {made} became {found}"


def make_arguments(operation: Any, document: Node, values: Values) -> Node:
    node = document["paths"][operation.path][operation.method.lower()]
    arguments = {}
    header_values = Values(document, HEADER_TEXT)
    described = {}
    for one in node.get("parameters", []):
        described[one["in"], one["name"]] = one
    for parameter in operation.parameters:
        one = described[parameter.location, parameter.wire]
        holder = one
        if "schema" not in one:  # a parameter of JSON
            [holder] = one["content"].values()
        schema = holder["schema"]
        maker = header_values if parameter.location == "header" else values
        arguments[parameter.name] = convert(maker.make(schema), parameter.type)
    if operation.body is not None:
        content = next(iter(node["requestBody"]["content"].values()))
        made = read_body(operation.body, values, content.get("schema", {}))
        if operation.body.argument is not None:
            arguments[operation.body.argument] = made
        else:
            for field in msgspec.structs.fields(type(made)):
                value = getattr(made, field.name)
                if value is not msgspec.UNSET:
                    arguments[field.name] = value
    return arguments


def read_body(body: Any, values: Values, schema: Node) -> Any:
    if getattr(body.type, "__name__", "") == "FileInput":
        return b"\x00file\xff"
    return convert(values.make(schema), body.type)


def convert(value: Any, kind: Any) -> Any:
    """Return a JSON value as a type, as a user would pass it: with the members of unions."""
    content = msgspec.json.Encoder(decimal_format="number").encode(value)
    decode_unions = importlib.import_module("counterfoil_core.one_of").make_union_decoder(kind)
    try:
        made = msgspec.json.decode(content, type=kind, dec_hook=read_custom)
    except msgspec.ValidationError:  # a header's number, for example, is made as a string
        made = msgspec.json.decode(content, type=kind, dec_hook=read_custom, strict=False)
    return made if decode_unions is None else decode_unions(made)


def read_custom(kind: type, value: Any) -> Any:
    if kind.__name__ == "FileInput":
        return b"\x00file\xff"
    return kind.parse(value) if hasattr(kind, "parse") else kind(value)


if __name__ == "__main__":
    _, folder, package_name, client_class, path = sys.argv
    main(folder, package_name, client_class, json.loads(Path(path).read_text(encoding="utf-8")))

"""The cross-check: openapi-python-client must find every operation, parameter, body and status.

The only file that imports openapi-python-client. Its names and types are not used: decimals would
become float.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import GeneratorError
from openapi_python_client.parser.openapi import Endpoint

from ...openapi.document import Document, RawOperation
from ...openapi.errors import SpecError, SpecErrors
from ...openapi.media_types import is_form, is_json, is_multipart
from ...openapi.walk import NAMED
from ..python.types import alternatives

REMEDY = (
    "Write it in a form that openapi-python-client understands; it cross-checks every operation"
)
# It makes classes of titles, and validates defaults.
DROPPED = {"example", "examples", "externalDocs", "default", "title"}
AS_THEY_ARE = ("info", "servers")  # there, title and default are something else
ADDRESS = re.compile(r"<(?:\w+\.)*(\w+) object at 0x[0-9a-f]+>")
Facts = set[tuple[str, str]]  # ("query", "limit"), ("status", "200"), ("body", "application/json")


def crosscheck(document: Document) -> None:
    """Raise SpecErrors with everything that openapi-python-client warns of or leaves out."""
    try:
        data = GeneratorData.from_dict(plain(document.root), config=_config())
    except Exception as error:  # a foreign library can raise anything
        message = f"falls over: {type(error).__name__}: {error}"
        raise SpecErrors([_error(document, "", message)]) from error
    if isinstance(data, GeneratorError):
        raise SpecErrors([_error(document, "", f"{data.header}: {data.detail}")])
    errors = [_error(document, "/components", _said(error)) for error in data.errors]
    for collection in data.endpoint_collections_by_tag.values():
        errors += [_error(document, "/paths", _said(error)) for error in collection.parse_errors]
    found = dict(_endpoints(data))
    for operation in document.operations():
        endpoints = found.get(_key(operation.method, operation.path), [])
        errors += _fewest_absences(document, operation, endpoints)
    if errors:
        raise SpecErrors(errors)


def plain(node: Any, is_named: bool = False) -> Any:
    """Return a copy with JSON's types: decimals become float, for the cross-check alone."""
    if isinstance(node, list):
        return [plain(value) for value in node]
    if not isinstance(node, dict):
        return float(node) if isinstance(node, Decimal) else node
    if is_named:
        return {key: plain(value) for key, value in node.items()}
    dropped = DROPPED | {"anyOf"} if alternatives(node) else DROPPED
    copy = {}
    for key, value in node.items():
        if key in dropped or key.startswith("x-"):
            continue
        copy[key] = value if key in AS_THEY_ARE else plain(value, is_named=key in NAMED)
    return _simplify(copy)


def _simplify(node: dict[str, Any]) -> dict[str, Any]:
    """Replace names of fields and types of headers: openapi-python-client has limits for them."""
    if isinstance(node.get("content"), dict):
        node["content"] = _known_media(node["content"])
    if isinstance(node.get("properties"), dict):
        children = node["properties"].values()
        node["properties"] = {f"field{index}": child for index, child in enumerate(children)}
        node.pop("required", None)
    if node.get("in") == "header" and "schema" in node:
        node["schema"] = {"type": "string"}
    return node


def _known_media(content: dict[str, Any]) -> dict[str, Any]:
    """Rename media types to those that it knows: it distinguishes case and parameters."""
    return {known_media(media): value for media, value in content.items()}


def known_media(media: str) -> str:
    if is_json(media):
        return "application/json"
    if is_form(media):
        return "application/x-www-form-urlencoded"
    if is_multipart(media):
        return "multipart/form-data"
    return "application/octet-stream"  # it sends no text


@cache
def _config() -> Config:
    return Config.from_sources(
        ConfigFile(post_hooks=[], literal_enums=True),
        MetaType.NONE,
        Path("openapi.yaml"),
        "utf-8",
        False,
        None,
    )


def _said(error: GeneratorError) -> str:
    return f"{error.header} {error.detail or ''}"


def _error(document: Document, pointer: str, message: str) -> SpecError:
    said = " ".join(ADDRESS.sub("(not shown)", message).split())
    return SpecError(
        document.location(pointer),
        "cross-check",
        f"openapi-python-client: {said.rstrip('. ')}",
        REMEDY,
    )


def _key(method: str, path: str) -> tuple[str, str]:
    """Return an operation's method and path without parameter names, which it changes."""
    return method, "{}".join(part.rpartition("}")[2] for part in path.split("{"))


def _endpoints(data: GeneratorData) -> Iterator[tuple[tuple[str, str], list[Endpoint]]]:
    """Yield the endpoints by `_key`; paths that differ only in parameter names share one."""
    found: dict[tuple[str, str], list[Endpoint]] = {}
    for collection in data.endpoint_collections_by_tag.values():
        for endpoint in collection.endpoints:
            key = _key(endpoint.method, endpoint.path.get_untrusted_value())
            found.setdefault(key, []).append(endpoint)
    yield from found.items()


def _fewest_absences(
    document: Document, operation: RawOperation, endpoints: list[Endpoint]
) -> list[SpecError]:
    """Return the differences from the most similar endpoint with the operation's key."""
    if not endpoints:
        return list(_absences(document, operation, None))
    candidates = [list(_absences(document, operation, endpoint)) for endpoint in endpoints]
    return min(candidates, key=len)


def _absences(
    document: Document, operation: RawOperation, endpoint: Endpoint | None
) -> Iterator[SpecError]:
    request = f"{operation.method.upper()} {operation.path}"
    if endpoint is None:
        yield _error(document, operation.pointer, f"leaves out {request}")
        return
    for kind, name in sorted(_expected(document, operation) - _seen(endpoint)):
        message = f"leaves out the {kind} {name!r} of {request}"
        yield _error(document, operation.pointer, message)


def _expected(document: Document, operation: RawOperation) -> Facts:
    facts: Facts = set()
    for parameter in document.parameters(operation):
        if parameter.get("style") != "json":  # parameters with `content`, which it leaves out
            facts.add((str(parameter["in"]), str(parameter["name"])))
    content = document.resolve(operation.node.get("requestBody", {})).get("content", {})
    facts |= {("body", known_media(str(media))) for media in content}
    return facts | {("status", str(status)) for status in operation.node.get("responses", {})}


def _seen(endpoint: Endpoint) -> Facts:
    facts: Facts = set()
    for location, parameter in endpoint.iter_all_parameters():
        facts.add((str(location), parameter.name.get_untrusted_value()))
    for body in endpoint.bodies:
        facts.add(("body", body.content_type.get_untrusted_value()))
    for response in endpoint.responses:
        facts.add(("status", response.status_code.pattern))
    return facts

"""The referee: openapi-python-client must find every operation, parameter, body and status of a document, without a warning.

The only file that imports openapi-python-client. Nothing that it names or types is used: it would turn decimals to float.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import GeneratorError
from openapi_python_client.parser.openapi import Endpoint

from .annotations import alternatives
from .document import Document, RawOperation
from .errors import SpecError, SpecErrors

REMEDY = "Write it in a form that openapi-python-client understands; it referees every operation"
DROPPED = ("example", "examples", "externalDocs")
Facts = set[tuple[str, str]]  # ("query", "limit"), ("status", "200"), ("body", "application/json")


def referee(document: Document) -> None:
    """Raise SpecErrors for all that openapi-python-client warns of or leaves out."""
    try:
        data = GeneratorData.from_dict(plain(document.root), config=_config())
    except Exception as error:  # it is not ours, and falls over in its own ways
        raise SpecErrors([_error(document, "", f"falls over: {type(error).__name__}: {error}")]) from error
    if isinstance(data, GeneratorError):
        raise SpecErrors([_error(document, "", f"{data.header}: {data.detail}")])
    errors = [_error(document, "/components", _said(error)) for error in data.errors]
    for collection in data.endpoint_collections_by_tag.values():
        errors += [_error(document, "/paths", _said(error)) for error in collection.parse_errors]
    found = dict(_endpoints(data))
    for operation in document.operations():
        errors += _absences(document, operation, found.get(_key(operation.method, operation.path)))
    if errors:
        raise SpecErrors(errors)


def plain(node: Any) -> Any:
    """Copy a document into what JSON knows: decimals become float here, and only for the referee's eyes."""
    if isinstance(node, dict):
        dropped = {*DROPPED, "anyOf"} if alternatives(node) else DROPPED
        return {key: plain(value) for key, value in node.items() if key not in dropped and not key.startswith("x-")}
    if isinstance(node, list):
        return [plain(value) for value in node]
    return float(node) if isinstance(node, Decimal) else node


@cache
def _config() -> Config:
    return Config.from_sources(ConfigFile(post_hooks=[]), MetaType.NONE, Path("openapi.yaml"), "utf-8", False, None)


def _said(error: GeneratorError) -> str:
    return " ".join(f"{error.header} {error.detail or ''}".split())


def _error(document: Document, pointer: str, message: str) -> SpecError:
    return SpecError(
        document.place(pointer), "referee", f"openapi-python-client: {' '.join(message.split()).rstrip('. ')}", REMEDY
    )


def _key(method: str, path: str) -> tuple[str, str]:
    """An operation's identity: its path's holes without their names, which openapi-python-client respells."""
    return method, "{}".join(part.rpartition("}")[2] for part in path.split("{"))


def _endpoints(data: GeneratorData) -> Iterator[tuple[tuple[str, str], Endpoint]]:
    for collection in data.endpoint_collections_by_tag.values():
        for endpoint in collection.endpoints:
            yield _key(endpoint.method, endpoint.path.get_untrusted_value()), endpoint


def _absences(document: Document, operation: RawOperation, endpoint: Endpoint | None) -> Iterator[SpecError]:
    if endpoint is None:
        yield _error(document, operation.pointer, f"leaves out {operation.method.upper()} {operation.path}")
        return
    for kind, name in sorted(_expected(document, operation) - _seen(endpoint)):
        yield _error(
            document,
            operation.pointer,
            f"leaves out the {kind} {name!r} of {operation.method.upper()} {operation.path}",
        )


def _expected(document: Document, operation: RawOperation) -> Facts:
    facts = {(str(one["in"]), str(one["name"])) for one in document.parameters(operation)}
    facts |= {("body", str(media)) for media in document.resolve(operation.node.get("requestBody", {})).get("content", {})}
    return facts | {("status", str(status)) for status in operation.node.get("responses", {})}


def _seen(endpoint: Endpoint) -> Facts:
    facts = {(str(place), prop.name.get_untrusted_value()) for place, prop in endpoint.iter_all_parameters()}
    facts |= {("body", body.content_type.get_untrusted_value()) for body in endpoint.bodies}
    patterns = [response.status_code.pattern for response in endpoint.responses]
    return facts | {("status", pattern) for pattern in patterns}

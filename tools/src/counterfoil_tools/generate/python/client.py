"""The client of a package: the arguments of its constructor, and the runtime's `Api`."""

from __future__ import annotations

from collections.abc import Iterator

from ...openapi.document import Document, Node
from ..ir import Argument, Keywords
from .arguments import is_clients
from .constraints import model_constraints
from .docstrings import describe
from .names import parameter_name, python_name
from .rate_limits import rate_limit
from .security import optional_argument, scheme_arguments, spell_schemes, variable_name
from .source import Source, call, keywords
from .types import tag_values

COMMON_ARGUMENTS = (
    Argument(
        name="rate_limit",
        annotation="RateLimit | None",
        default="None",
        doc="A usage plan to keep to instead of the documented one.",
    ),
    Argument(
        name="base_url",
        annotation="str | None",
        default="None",
        doc="Where to send requests instead, for a sandbox or a proxy.",
    ),
    Argument(
        name="transport",
        annotation="",
        default="None",
        doc="An httpx2 client or transport of yours, or an object with its own `send`. An async "
        'client also takes "aiohttp", which is faster for many requests at once.',
    ),
    Argument(
        name="timeout",
        annotation="float",
        default="60.0",
        doc="Seconds for one call in all: connecting, waiting, retrying, reading.",
    ),
    Argument(
        name="max_attempts",
        annotation="int",
        default="3",
        doc="How often a request is sent at most; 1 turns retries off.",
    ),
    Argument(
        name="default_headers",
        annotation="Mapping[str, str] | None",
        default="None",
        doc="Headers to send with every request.",
    ),
    Argument(
        name="app_info",
        annotation="str | None",
        default="None",
        doc="Name and version of your application, which are added to the User-Agent header.",
    ),
)


# the arguments of the constructor


def client_arguments(document: Document) -> tuple[Argument, ...]:
    """Return the arguments of an API: server variables, credentials and shared parameters."""
    return (
        *_server_arguments(document),
        *scheme_arguments(document),
        *_parameter_arguments(document),
    )


def _server_arguments(document: Document) -> Iterator[Argument]:
    for wire, variable in _variables(document).items():
        name = python_name(wire)
        parts = [describe(variable)]
        if not _is_required(variable):
            parts.append(f"Default: {variable['default']}.")
        parts.append(f"Environment: `{variable_name(document, name)}`.")
        values = variable.get("enum", ())
        annotation = _literal(values) if values else "str"
        yield optional_argument(name, annotation, " ".join(parts))


def _parameter_arguments(document: Document) -> Iterator[Argument]:
    for name, node in _client_parameters(document).items():
        variable = variable_name(document, name)
        doc = f"{describe(node)} A call may name another. Environment: `{variable}`."
        yield optional_argument(name, "str", doc)


def _literal(values: tuple[str, ...]) -> str:
    return f"Literal[{', '.join(map(repr, values))}]"


def _client_parameters(document: Document) -> dict[str, Node]:
    """Return the parameters that the client's arguments provide, by Python name."""
    found = {}
    for operation in document.operations():
        for one in document.parameters(operation):
            if is_clients(one):
                found[parameter_name(one)] = one
    return found


def _variables(document: Document) -> dict[str, Node]:
    server = document.root["servers"][0]
    found: dict[str, Node] = server.get("variables", {})
    return found


def _is_required(variable: Node) -> bool:
    return bool(variable.get("x-counterfoil", {}).get("required"))


# the runtime's Api


def api_keywords(document: Document) -> Keywords:
    """Return the arguments of the runtime's `Api` as source."""
    settings = document.package
    extension = document.extension
    statuses = extension.get("statuses", {})
    constraints = Source("import_constraints") if model_constraints(document) else None
    return keywords(
        name=document.api,
        distribution=settings.dist,
        version=settings.version,
        api_version=settings.api_version,
        server=document.root["servers"][0]["url"],
        variables=tuple(_variable(*item) for item in _variables(document).items()),
        security=spell_schemes(document),
        credentials=_credentials(document),
        defaults=tuple(_client_parameters(document)),
        statuses={int(status): name for status, name in statuses.items()},
        rate_limit=rate_limit(extension.get("rate-limit")),
        decimals="string" if extension.get("decimals") == "string" else None,
        constraints=constraints,
        tags=_tags(document),
        secret_headers=_secret_headers(document),
        request_id_headers=tuple(extension.get("request-id-headers", ())),
        safe_headers=tuple(extension.get("safe-headers", ())),
        rate_limit_header=extension.get("rate-limit-header"),
    )


def _secret_headers(document: Document) -> tuple[str, ...]:
    """Return the response headers that methods return, such as a session's key."""
    found = []
    for operation in document.operations():
        if "result-header" in operation.extension:
            found.append(operation.extension["result-header"])
    return tuple(found)


def _credentials(document: Document) -> tuple[tuple[str, ...], ...]:
    """Return the alternatives of credentials with which operations can be called.

    () is one of them if an operation needs no credentials.
    """
    found: dict[tuple[str, ...], None] = {}
    for operation in document.operations():
        security = operation.node.get("security", document.root.get("security")) or [{}]
        for alternative in security:
            found[tuple(map(python_name, alternative))] = None
    return tuple(found) if any(found) else ()


def _tags(document: Document) -> dict[str, tuple[str, ...]]:
    """Return the tags of the models that have several; the first is sent."""
    found = {}
    for name, (_, values) in sorted(tag_values(document).items()):
        if len(values) > 1:
            found[name] = values
    return found


def _variable(wire: str, variable: Node) -> Source:
    default = None if _is_required(variable) else str(variable["default"])
    values = tuple(variable.get("enum", ()))
    spelled = keywords(name=python_name(wire), wire=wire, default=default, enum=values)
    return call("ServerVariable", spelled)

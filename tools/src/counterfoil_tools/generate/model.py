"""Stage 3, model: Document -> Package. openapi-python-client cross-checks; nothing of its naming or typing is used."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import groupby

from ..openapi.bundle import to_json
from ..openapi.document import Document, Node
from .ir import Argument, Example, Field, Keywords, Model, Package, Resource
from .lint import count_warnings
from .python.constraints import model_constraints
from .python.docstrings import arguments_doc, describe, escape_lines, first_sentence
from .python.names import class_name, field_name, member_names, python_name
from .python.normal import normalise
from .python.operations import OperationLowering, is_clients, rate_limit, read_operation
from .python.resources import make_resource_classes
from .python.source import Source, call, keywords, wrap
from .python.types import (
    MODEL_FORMATS,
    annotate,
    find_tracked,
    reachable,
    split_nullable,
    tag_properties,
    union_members,
)

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
        doc="An httpx2 client or transport of yours, or an object with its own `send`.",
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
)


def model(document: Document) -> Package:
    """Make the IR of a document that lint and the cross-check have found sound."""
    document = normalise(document)
    settings = document.package
    arguments = (
        *_server_arguments(document),
        *_scheme_arguments(document),
        *_parameter_arguments(document),
    )
    lowerings = [OperationLowering(document, raw) for raw in document.operations()]
    info = document.root["info"]
    return Package(
        api=document.api,
        dist=settings.dist,
        import_name=settings.import_name,
        client=settings.client,
        async_client=settings.async_client,
        version=settings.version,
        runtime_floor=settings.runtime_floor,
        runtime_ceiling=str(int(settings.runtime_floor.split(".")[0]) + 1),
        api_version=settings.api_version,
        title=settings.title,
        summary=settings.summary,
        description=str(info.get("description", "")).strip(),
        documentation=settings.documentation,
        example=settings.example.strip(),
        changelog=document.changelog,
        arguments=arguments,
        client_doc=escape_lines(
            [
                *wrap(f"Client of {settings.title}."),
                "",
                *arguments_doc((*arguments, *COMMON_ARGUMENTS)),
            ]
        ),
        runtime=_api(document),
        model_constraints=model_constraints(document),
        models=tuple(_models(document)),
        resources=tuple(_resources(lowerings)),
        examples=tuple(_examples(document)),
        provenance=_provenance(document),
        warnings=count_warnings(document),
        adoption=document.adoption,
    )


def _provenance(document: Document) -> dict[str, str]:
    digest = hashlib.sha256()
    for name, content in sorted(document.texts.items()):
        if not name.endswith(".md"):
            digest.update(name.encode() + b"\0" + content + b"\0")
    return {"spec": f"specs/{document.api}/openapi.yaml", "spec_sha256": digest.hexdigest()}


# the client


def _server_arguments(document: Document) -> list[Argument]:
    found = []
    for wire, variable in document.root["servers"][0].get("variables", {}).items():
        needed = variable.get("x-counterfoil", {}).get("required", False)
        default = "" if needed else f" Default: {variable['default']}."
        enum = tuple(variable.get("enum", ()))
        literal = f"Literal[{', '.join(map(repr, enum))}]" if enum else "str"
        doc = f"{describe(variable)}{default} Environment: `{_environment(document, python_name(wire))}`."
        found.append(
            Argument(
                name=python_name(wire), annotation=f"{literal} | None", default="None", doc=doc
            )
        )
    return found


def _scheme_arguments(document: Document) -> Iterator[Argument]:
    for wire, scheme in _schemes(document).items():
        name = python_name(wire)
        doc = f"{describe(scheme)} Environment: `{_environment(document, name)}`."
        yield Argument(name=name, annotation="str | None", default="None", doc=doc, secret=True)
        extension = scheme.get("x-counterfoil", {})
        if headers := extension.get("headers"):
            doc = f"The header that carries `{name}`. Default: {headers[0]}."
            literal = f"Literal[{', '.join(map(repr, headers))}] | None"
            yield Argument(name=f"{name}_header", annotation=literal, default="None", doc=doc)
        for credential, text in extension.get("token-exchange", {}).get("credentials", {}).items():
            doc = f"{text} Traded for `{name}` where that is not given. Environment: `{_environment(document, credential)}`."
            yield Argument(
                name=credential, annotation="str | None", default="None", doc=doc, secret=True
            )


def _client_parameters(document: Document) -> dict[str, Node]:
    """The parameters that the client's arguments provide, by Python name."""
    every = [one for raw in document.operations() for one in document.parameters(raw)]
    return {field_name(one["name"], one): one for one in every if is_clients(one)}


def _parameter_arguments(document: Document) -> Iterator[Argument]:
    for name, node in _client_parameters(document).items():
        doc = f"{describe(node)} A call may name another. Environment: `{_environment(document, name)}`."
        yield Argument(name=name, annotation="str | None", default="None", doc=doc)


def _environment(document: Document, argument: str) -> str:
    return f"COUNTERFOIL_{document.api}_{argument}".replace("-", "_").upper()


def _schemes(document: Document) -> dict[str, Node]:
    return document.root.get("components", {}).get("securitySchemes") or {}


def _api(document: Document) -> Keywords:
    """Spell the arguments of the runtime's Api."""
    settings, extension = document.package, document.extension
    return keywords(
        name=document.api,
        distribution=settings.dist,
        version=settings.version,
        api_version=settings.api_version,
        server=document.root["servers"][0]["url"],
        variables=tuple(map(_variable, document.root["servers"][0].get("variables", {}).items())),
        security=tuple(
            _scheme(document, wire, scheme) for wire, scheme in _schemes(document).items()
        ),
        credentials=_credentials(document),
        defaults=tuple(_client_parameters(document)),
        statuses=extension.get("statuses")
        and {int(status): name for status, name in extension["statuses"].items()},
        rate_limit=rate_limit(extension.get("rate-limit")),
        decimals="string" if extension.get("decimals") == "string" else None,
        constraints=Source("CONSTRAINTS"),
        tags=_tags(document) or None,
        secret_headers=tuple(
            raw.extension["result-header"]
            for raw in document.operations()
            if "result-header" in raw.extension
        ),
        request_id_headers=tuple(extension.get("request-id-headers", ())),
        safe_headers=tuple(extension.get("safe-headers", ())),
        rate_limit_header=extension.get("rate-limit-header"),
    )


def _credentials(document: Document) -> tuple[tuple[str, ...], ...]:
    """The alternatives of credentials with which operations can be called; () is one if an operation needs none."""
    found: dict[tuple[str, ...], None] = {}
    for raw in document.operations():
        security: list[Node] = raw.node.get("security", document.root.get("security")) or [{}]
        found |= dict.fromkeys(tuple(map(python_name, alternative)) for alternative in security)
    return tuple(found) if any(found) else ()


def _tags(document: Document) -> dict[str, tuple[str, ...]]:
    """The tags of the models that go by several; the first is sent."""
    found = {
        name: _tag(document, document.schemas[name], wire)
        for name, wire in tag_properties(document).items()
    }
    return {name: tag[1] for name, tag in sorted(found.items()) if tag and len(tag[1]) > 1}


def _variable(item: tuple[str, Node]) -> Source:
    wire, variable = item
    default = (
        None if variable.get("x-counterfoil", {}).get("required") else str(variable["default"])
    )
    return call(
        "ServerVariable",
        keywords(
            name=python_name(wire), wire=wire, default=default, enum=tuple(variable.get("enum", ()))
        ),
    )


def _scheme(document: Document, wire: str, scheme: Node) -> Source:
    extension = scheme.get("x-counterfoil", {})
    kind = "header" if scheme["type"] == "apiKey" else scheme["scheme"]
    kind = "password" if extension.get("password") else kind
    exchange = (
        _exchange(document, extension["token-exchange"]) if "token-exchange" in extension else None
    )
    headers = tuple(extension.get("headers", ()))
    spelled = keywords(
        name=python_name(wire),
        kind=kind,
        header=scheme.get("name"),
        headers=headers,
        exchange=exchange,
    )
    return call("SecurityScheme", spelled)


def _exchange(document: Document, extension: Node) -> Source:
    lowering = next(
        OperationLowering(document, raw)
        for raw in document.operations()
        if raw.node["operationId"] == extension["operation"]
    )
    spelled = keywords(
        operation=f"{document.package.import_name}._operations:{lowering.constant}",
        body=dict(extension["body"]),
        credentials=tuple(extension.get("credentials", ())),
        token=lowering.beyond_result(extension.get("token", "")),
        lifetime=lowering.beyond_result(extension.get("lifetime", "")),
    )
    return call("TokenExchange", spelled)


# the models and the resources


def _models(document: Document) -> Iterator[Model]:
    tags = tag_properties(document)
    tracked = find_tracked(document)
    answered = reachable(document, [raw.node.get("responses") for raw in document.operations()])
    for name, schema in document.schemas.items():
        doc = first_sentence(describe(schema))
        if "enum" in schema:
            yield Model(
                name=name,
                kind="enum",
                doc=doc,
                description=describe(schema),
                fields=_members(schema),
            )
        elif schema.get("type") == "object" and "properties" in schema:
            tag = _tag(document, schema, tags.get(name))
            shown = {
                wire: child
                for wire, child in schema["properties"].items()
                if not tag or wire != tag[0]
            }
            fields = tuple(_field(document, schema, wire, child) for wire, child in shown.items())
            yield Model(
                name=name,
                kind="object",
                doc=doc,
                description=describe(schema),
                fields=fields,
                tracked=name in tracked,
                tag=tag,
            )
        else:
            admits_unknown = (
                name in answered and "discriminator" in schema and len(union_members(schema)) > 1
            )
            yield Model(
                name=name,
                kind="alias",
                doc=doc,
                description=describe(schema),
                annotation=_local(annotate(schema, MODEL_FORMATS)),
                admits_unknown=admits_unknown,
            )


def _local(annotation: str) -> str:
    """Spell a type as models.py does."""
    return annotation.replace("builtins.", "").replace("models.", "")


def _members(schema: Node) -> tuple[Field, ...]:
    values = [value for value in schema["enum"] if value is not None]
    named = zip(
        member_names(values, schema.get("x-counterfoil", {}).get("names")), values, strict=True
    )
    return tuple(
        Field(name=name, wire=str(value), annotation=repr(value), doc="") for name, value in named
    )


def _tag(document: Document, schema: Node, wire: str | None) -> tuple[str, tuple[str, ...]] | None:
    """Return the property that tells a union's member, with the values that mean it; the first is sent."""
    if not wire:
        return None
    declared = document.resolve(schema["properties"][wire])
    return wire, tuple(map(str, declared.get("enum", [declared.get("const")])))


def _field(document: Document, schema: Node, wire: str, child: Node) -> Field:
    required = wire in schema.get("required", [])
    absent = "" if required else " | UnsetType"
    said = describe(child) or describe(document.resolve(split_nullable(child)[0]))
    spelled = _local(annotate(child, MODEL_FORMATS))
    return Field(
        name=field_name(wire, child),
        wire=wire,
        annotation=f"{spelled}{absent}",
        doc=said,
        required=required,
    )


def _resources(lowerings: list[OperationLowering]) -> Iterator[Resource]:
    order = {
        name: location
        for location, name in enumerate(
            dict.fromkeys(one.extension["resource"] for one in lowerings)
        )
    }
    ordered = sorted(lowerings, key=lambda one: order[one.extension["resource"]])
    for name, group in groupby(ordered, key=lambda one: str(one.extension["resource"])):
        members = list(group)
        doc = f"The operations on {name.replace('_', ' ')}: `client.{name}`."
        operations = tuple(map(read_operation, members))
        yield Resource(
            name=name,
            class_name=class_name(name),
            operations=operations,
            classes=make_resource_classes(name, doc, members),
        )


# the examples


def _examples(document: Document) -> Iterator[Example]:
    for raw in document.operations():
        name = f"{raw.extension['resource']}.{raw.extension['method']}"
        body = document.resolve(raw.node.get("requestBody", {}))
        requests = {case: value for _, case, value in _cases(document, body)}
        for status, answer in raw.node.get("responses", {}).items():
            node = document.resolve(answer)
            headers = _example_headers(document, node)
            for media, case, value in _cases(document, node):
                request = requests.get(case) or next(iter(requests.values()), "null")
                yield Example(name, case, int(status), media, value, request, headers)


def _example_headers(document: Document, answer: Node) -> dict[str, str]:
    headers = {name: document.resolve(node) for name, node in answer.get("headers", {}).items()}
    return {name: str(node["example"]) for name, node in headers.items() if "example" in node}


def _cases(document: Document, node: Node) -> Iterator[tuple[str, str, str]]:
    for media, content in node.get("content", {}).items():
        for case, example in (content.get("examples") or {}).items():
            yield media, case, to_json(document.resolve(example).get("value"))

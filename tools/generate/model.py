"""Stage 3, model: Document -> Package. openapi-python-client referees; nothing of its naming or typing is used."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import groupby

from ._opc import referee
from .annotations import annotate, is_tracked, reachable, split_nullable, tag_properties, union_members
from .docs import arguments_doc, describe, escape_lines, first_sentence
from .document import Document, Node
from .ir import Argument, Example, Field, Keywords, Model, Package, Resource
from .limits import limits
from .listings import list_resource
from .naming import class_name, member_names, python_name
from .operations import Reading, is_clients, rate_limit, read_operation
from .resolved import to_json
from .spelling import Expression, call, keywords, wrap

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
    """Make the IR, after the referee has found every operation sound."""
    referee(document)
    settings = document.package
    arguments = (*_server_arguments(document), *_scheme_arguments(document), *_parameter_arguments(document))
    readings = [Reading(document, raw) for raw in document.operations()]
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
        client_doc=escape_lines([*wrap(f"Client of {settings.title}."), "", *arguments_doc((*arguments, *COMMON_ARGUMENTS))]),
        runtime=_api(document),
        limits=limits(document),
        models=tuple(_models(document)),
        resources=tuple(_resources(readings)),
        examples=tuple(_examples(document)),
        provenance=_provenance(document),
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
        found.append(Argument(name=python_name(wire), annotation=f"{literal} | None", default="None", doc=doc))
    return found


def _scheme_arguments(document: Document) -> Iterator[Argument]:
    for wire, scheme in _schemes(document).items():
        name = python_name(wire)
        doc = f"{describe(scheme)} Environment: `{_environment(document, name)}`."
        yield Argument(name=name, annotation="str | None", default="None", doc=doc)
        words = scheme.get("x-counterfoil", {})
        if headers := words.get("headers"):
            doc = f"The header that carries `{name}`. Default: {headers[0]}."
            literal = f"Literal[{', '.join(map(repr, headers))}] | None"
            yield Argument(name=f"{name}_header", annotation=literal, default="None", doc=doc)
        for credential, text in words.get("token-exchange", {}).get("credentials", {}).items():
            doc = f"{text} Traded for `{name}` where that is not given. Environment: `{_environment(document, credential)}`."
            yield Argument(name=credential, annotation="str | None", default="None", doc=doc)


def _client_parameters(document: Document) -> dict[str, Node]:
    """The parameters that the client's arguments provide, by Python name."""
    every = [one for raw in document.operations() for one in document.parameters(raw)]
    return {python_name(one["name"]): one for one in every if is_clients(one)}


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
    settings, words = document.package, document.words
    return keywords(
        name=document.api,
        distribution=settings.dist,
        version=settings.version,
        api_version=settings.api_version,
        server=document.root["servers"][0]["url"],
        variables=tuple(map(_variable, document.root["servers"][0].get("variables", {}).items())),
        security=tuple(_scheme(document, wire, scheme) for wire, scheme in _schemes(document).items()),
        defaults=tuple(_client_parameters(document)),
        statuses=words.get("statuses") and {int(status): name for status, name in words["statuses"].items()},
        rate_limit=rate_limit(words.get("rate-limit")),
        decimals="string" if words.get("decimals") == "string" else None,
        limits=Expression("LIMITS"),
        tags=_tags(document) or None,
        secret_headers=tuple(raw.words["result-header"] for raw in document.operations() if "result-header" in raw.words),
    )


def _tags(document: Document) -> dict[str, tuple[str, ...]]:
    """The tags of the models that go by several; the first is sent."""
    found = {name: _tag(document, document.schemas[name], wire) for name, wire in tag_properties(document).items()}
    return {name: tag[1] for name, tag in sorted(found.items()) if tag and len(tag[1]) > 1}


def _variable(item: tuple[str, Node]) -> Expression:
    wire, variable = item
    default = None if variable.get("x-counterfoil", {}).get("required") else str(variable["default"])
    return call(
        "ServerVariable",
        keywords(name=python_name(wire), wire=wire, default=default, enum=tuple(variable.get("enum", ()))),
    )


def _scheme(document: Document, wire: str, scheme: Node) -> Expression:
    words = scheme.get("x-counterfoil", {})
    kind = "header" if scheme["type"] == "apiKey" else "basic"
    exchange = _exchange(document, words["token-exchange"]) if "token-exchange" in words else None
    headers = tuple(words.get("headers", ()))
    spelled = keywords(name=python_name(wire), kind=kind, header=scheme.get("name"), headers=headers, exchange=exchange)
    return call("SecurityScheme", spelled)


def _exchange(document: Document, words: Node) -> Expression:
    reading = next(Reading(document, raw) for raw in document.operations() if raw.node["operationId"] == words["operation"])
    spelled = keywords(
        operation=f"{document.package.import_name}._operations:{reading.constant}",
        body=dict(words["body"]),
        credentials=tuple(words.get("credentials", ())),
        token=reading.beyond_result(words.get("token", "")),
        lifetime=reading.beyond_result(words.get("lifetime", "")),
    )
    return call("TokenExchange", spelled)


# the models and the resources


def _models(document: Document) -> Iterator[Model]:
    tags = tag_properties(document)
    answered = reachable(document, [raw.node.get("responses") for raw in document.operations()])
    for name, schema in document.schemas.items():
        doc = first_sentence(describe(schema))
        if "enum" in schema:
            yield Model(name=name, kind="enum", doc=doc, fields=_members(schema["enum"]))
        elif schema.get("type") == "object" and "properties" in schema:
            tag = _tag(document, schema, tags.get(name))
            shown = {wire: child for wire, child in schema["properties"].items() if not tag or wire != tag[0]}
            fields = tuple(_field(document, schema, wire, child) for wire, child in shown.items())
            yield Model(name=name, kind="object", doc=doc, fields=fields, tracked=is_tracked(document, name), tag=tag)
        else:
            admits_unknown = name in answered and len(union_members(schema)) > 1
            yield Model(name=name, kind="alias", doc=doc, admits_unknown=admits_unknown)


def _members(enum: list[object]) -> tuple[Field, ...]:
    values = [value for value in enum if value is not None]
    named = zip(member_names(values), values, strict=True)
    return tuple(Field(name=name, wire=str(value), annotation=repr(value), doc="") for name, value in named)


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
    spelled = annotate(child).replace("builtins.", "").replace("models.", "")
    return Field(name=python_name(wire), wire=wire, annotation=f"{spelled}{absent}", doc=said, required=required)


def _resources(readings: list[Reading]) -> Iterator[Resource]:
    order = {name: place for place, name in enumerate(dict.fromkeys(one.words["resource"] for one in readings))}
    ordered = sorted(readings, key=lambda one: order[one.words["resource"]])
    for name, group in groupby(ordered, key=lambda one: str(one.words["resource"])):
        members = list(group)
        doc = f"The operations on {name.replace('_', ' ')}: `client.{name}`."
        operations = tuple(map(read_operation, members))
        yield Resource(name=name, class_name=class_name(name), operations=operations, listings=list_resource(name, doc, members))


# the examples


def _examples(document: Document) -> Iterator[Example]:
    for raw in document.operations():
        name = f"{raw.words['resource']}.{raw.words['method']}"
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

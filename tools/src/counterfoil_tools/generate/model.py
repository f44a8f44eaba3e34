"""Stage 3, model: Document -> Package. No name or type of openapi-python-client is used."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from ..openapi.bundle import to_json
from ..openapi.document import Document, Node
from .ir import Argument, Example, Field, Model, Package, Resource
from .lint import count_warnings
from .python.argument_types import annotate_field, list_dicts, name_enum_input
from .python.client import COMMON_ARGUMENTS, api_keywords, client_arguments
from .python.constraints import model_constraints
from .python.docstrings import arguments_doc, describe, escape_lines, first_sentence
from .python.input_models import find_enum_inputs, find_sent
from .python.modules import assign_modules
from .python.names import class_name, field_name, member_names
from .python.normal import prepare
from .python.operations import OperationLowering, read_operation
from .python.resources import make_resource_classes
from .python.source import wrap
from .python.types import (
    MODEL_FORMATS,
    Tag,
    annotate,
    find_tracked,
    reachable,
    split_nullable,
    tag_values,
    union_members,
)
from .python.unions import (
    contains_union,
    is_decoded_by_runtime,
    is_read_by_need,
    list_objects,
    spell_variants,
)
from .python.webhooks import read_webhooks, spell_signature


def model(document: Document) -> Package:
    """Make the IR of a document that lint and the cross-check accept."""
    document = prepare(document)
    settings = document.package
    arguments = client_arguments(document)
    models = tuple(_models(document))
    resources = tuple(_resources(document))
    modules = assign_modules(document)
    client_doc = [
        *wrap(f"Client of {settings.title}."),
        "",
        *arguments_doc((*arguments, *COMMON_ARGUMENTS)),
    ]
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
        description=str(document.root["info"].get("description", "")).strip(),
        documentation=settings.documentation,
        example=settings.example.strip(),
        changelog=document.changelog,
        arguments=arguments,
        client_doc=escape_lines(client_doc),
        runtime=api_keywords(document),
        model_constraints=model_constraints(document),
        models=models,
        dicts=list_dicts(document, _list_arguments(resources)),
        resources=resources,
        examples=tuple(_examples(document)),
        webhooks=read_webhooks(document),
        webhook_signature=spell_signature(document),
        provenance=_provenance(document),
        warnings=count_warnings(document),
        adoption=document.adoption,
        modules=_add_enum_inputs(document, modules),
    )


def _provenance(document: Document) -> dict[str, str]:
    digest = hashlib.sha256()
    for name, content in sorted(document.texts.items()):
        if not name.endswith(".md"):
            digest.update(name.encode() + b"\0" + content + b"\0")
    return {"spec": f"specs/{document.api}/openapi.yaml", "spec_sha256": digest.hexdigest()}


# the models


def _add_enum_inputs(document: Document, modules: dict[str, str]) -> dict[str, str]:
    """Add the aliases of enums to the modules of the enums, if there are modules."""
    found = {}
    for name, module in modules.items():
        found[name] = module
        if name in find_enum_inputs(document):
            found[name_enum_input(document, name)] = module
    return found


def _models(document: Document) -> Iterator[Model]:
    tags = tag_values(document)
    tracked = find_tracked(document)
    received = [raw.node.get("responses") for raw in document.operations()]
    received += [schema for _name, _operation, schema in document.webhooks()]
    answered = reachable(document, received)
    sent = find_sent(document)
    enum_inputs = find_enum_inputs(document)
    for name, schema in document.schemas.items():
        if "enum" in schema:
            yield _enum(name, schema)
            if name in enum_inputs:
                yield _enum_input(name, name_enum_input(document, name), schema)
        elif schema.get("type") == "object" and "properties" in schema:
            tag = tags.get(name)
            yield _object(document, name, tag, is_tracked=name in tracked, is_sent=name in sent)
        else:
            yield _alias(document, name, schema, name in answered)


def _enum(name: str, schema: Node) -> Model:
    values = [value for value in schema["enum"] if value is not None]
    names = member_names(values, schema.get("x-counterfoil", {}).get("names"))
    members = []
    for member, value in zip(names, values, strict=True):
        members.append(Field(name=member, wire=str(value), annotation=repr(value), doc=""))
    description = describe(schema)
    return Model(
        name=name,
        kind="enum",
        doc=first_sentence(description),
        description=description,
        fields=tuple(members),
    )


def _enum_input(name: str, alias: str, schema: Node) -> Model:
    """Return the alias of an enum that arguments have: its members, their values, and others."""
    values = [value for value in schema["enum"] if value is not None]
    plain = "str" if isinstance(values[0], str) else "int"
    literal = ", ".join(dict.fromkeys(map(repr, values)))
    doc = f"`{name}`, or its value."
    return Model(
        name=alias,
        kind="alias",
        doc=doc,
        description=doc,
        annotation=name,
        values=f"{name} | Literal[{literal}] | {plain}",
    )


def _object(
    document: Document, name: str, tag: Tag | None, *, is_tracked: bool, is_sent: bool
) -> Model:
    schema = document.schemas[name]
    fields = []
    for wire, child in schema["properties"].items():
        if not tag or wire != tag[0]:
            fields.append(_field(document, schema, wire, child, is_sent))
    description = describe(schema)
    return Model(
        name=name,
        kind="object",
        doc=first_sentence(description),
        description=description,
        fields=tuple(fields),
        tracked=is_tracked,
        sent=is_sent,
        tag=tag,
        contains_unions=_contains_unions(document, schema),
    )


def _contains_unions(document: Document, schema: Node) -> bool:
    return any(contains_union(document, child) for child in schema["properties"].values())


def _field(document: Document, schema: Node, wire: str, child: Node, is_sent: bool) -> Field:
    required = wire in schema.get("required", [])
    spelled = annotate_field(document, child) if is_sent else annotate(child, MODEL_FORMATS)
    annotation = local_types(spelled)
    if not required and is_sent:
        annotation = f"{annotation} | UnsetType"
    elif not required and annotation != "None" and not annotation.endswith("| None"):
        annotation = f"{annotation} | None"
    return Field(
        name=field_name(wire, child),
        wire=wire,
        annotation=annotation,
        doc=describe(child) or describe(document.resolve(split_nullable(child)[0])),
        required=required,
    )


def _alias(document: Document, name: str, schema: Node, is_answered: bool) -> Model:
    is_tagged = "discriminator" in schema and len(union_members(schema)) > 1
    by_need = is_read_by_need(document, schema)
    is_one_of = by_need or is_decoded_by_runtime(document, schema)
    variants = spell_variants(document, schema) if is_one_of else ()
    description = describe(schema)
    annotation = annotate(schema, MODEL_FORMATS)
    return Model(
        name=name,
        kind="alias",
        doc=first_sentence(description),
        description=description,
        annotation=annotation if by_need else local_types(annotation),
        admits_unknown=is_answered and (is_tagged or len(variants) > 1),
        is_one_of=is_one_of,
        variants=variants,
        by_need=by_need,
        others=_others(document, schema) if by_need else "",
    )


def _others(document: Document, schema: Node) -> str:
    """Return the members of a union that are no objects, as a type; "" if there are none."""
    objects = list_objects(document, schema)
    rest = [one for one in union_members(schema) if one not in objects]
    return " | ".join(dict.fromkeys(annotate(one, MODEL_FORMATS) for one in rest))


def local_types(annotation: str) -> str:
    """Return an annotation as models.py writes it."""
    return annotation.replace("models.", "")


# the resources


def _resources(document: Document) -> Iterator[Resource]:
    members: dict[str, list[OperationLowering]] = {}
    for raw in document.operations():
        lowering = OperationLowering(document, raw)
        members.setdefault(str(lowering.extension["resource"]), []).append(lowering)
    for name, lowerings in members.items():
        doc = f"The operations on {name.replace('_', ' ')}: `client.{name}`."
        yield Resource(
            name=name,
            class_name=class_name(name),
            operations=tuple(map(read_operation, lowerings)),
            classes=make_resource_classes(name, doc, lowerings),
        )


def _list_arguments(resources: tuple[Resource, ...]) -> Iterator[Argument]:
    for resource in resources:
        for method in resource.classes[0].methods:
            yield from method.arguments


# the examples


def _examples(document: Document) -> Iterator[Example]:
    for raw in document.operations():
        name = f"{raw.extension['resource']}.{raw.extension['method']}"
        body = document.resolve(raw.node.get("requestBody", {}))
        requests = {case: value for _, case, value in _cases(document, body)}
        first_request = next(iter(requests.values()), "null")
        for status, answer in raw.node.get("responses", {}).items():
            if not status.isdigit():
                continue
            node = document.resolve(answer)
            headers = _example_headers(document, node)
            for media, case, value in _cases(document, node):
                request = requests.get(case, first_request)
                yield Example(name, case, int(status), media, value, request, headers)


def _example_headers(document: Document, answer: Node) -> dict[str, str]:
    found = {}
    for name, node in answer.get("headers", {}).items():
        header = document.resolve(node)
        if "example" in header:
            found[name] = str(header["example"])
    return found


def _cases(document: Document, node: Node) -> Iterator[tuple[str, str, str]]:
    """Yield the media type, name and JSON text of each example of a body or response."""
    for media, content in node.get("content", {}).items():
        for case, example in (content.get("examples") or {}).items():
            yield media, case, to_json(document.resolve(example).get("value"))

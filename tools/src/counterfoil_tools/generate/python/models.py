"""The models' author: datamodel-code-generator makes one msgspec Struct, enum or alias of every component schema.

The only file that imports datamodel-code-generator. It gets a copy of the schemas: without what would make decoding refuse an
answer (bounds, patterns, closed objects), with our formats' types, and with every name imposed.
"""

from __future__ import annotations

import ast
import warnings
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import datamodel_code_generator as dcg
from datamodel_code_generator.enums import DataModelType, InputFileType, OpenAPIScope
from datamodel_code_generator.format import DatetimeClassType, PythonVersion

from ...openapi.document import Document, Node
from ...openapi.errors import SpecError, SpecErrors
from ...openapi.walk import NAMED
from ..ir import Model, Package
from .aliases import order_aliases
from .normal import normalise
from .source import escape_docstring, wrap
from .types import CUSTOM_TYPES, alternatives, typed

BOUNDS = {
    *(
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "multipleOf",
        "minLength",
        "maxLength",
        "pattern",
    ),
    *(
        "minItems",
        "maxItems",
        "uniqueItems",
        "minProperties",
        "maxProperties",
        "default",
        "example",
        "examples",
        "externalDocs",
    ),
    *(
        "if",
        "then",
        "else",
        "allOf",
        "contentEncoding",
        "contentMediaType",
        "title",
        "deprecated",
        "readOnly",
        "writeOnly",
    ),
    *(
        "const",
        "description",
        "discriminator",
    ),  # a constant is sent as documented, and read as the API sends it; docs are ours
}
REMEDY = "Describe the schemas in a form that it understands; it writes every model"
OPTIONS: dict[str, Any] = {
    "input_file_type": InputFileType.OpenAPI,
    "openapi_scopes": [OpenAPIScope.Schemas],
    "output_model_type": DataModelType.MsgspecStruct,
    "target_python_version": PythonVersion.PY_311,
    "snake_case_field": True,
    "keyword_only": True,
    "strict_nullable": True,
    "output_datetime_class": DatetimeClassType.Datetime,  # without it, date and datetime are str
    "use_standard_primitive_types": True,
    "use_standard_collections": True,
    "use_union_operator": True,
    "use_specialized_enum": True,
    "capitalise_enum_members": True,
    "deserialize_default_values": ["decimal", "enum"],
    "use_msgspec_nullable_enum_alias": True,
    "use_schema_description": True,
    "use_field_description": True,
    "treat_dot_as_module": False,
    "strict_refs": True,
    "disable_timestamp": True,
    "use_double_quotes": True,
    "formatters": [],  # stamp has ruff do it
    "additional_imports": [
        "typing.TYPE_CHECKING",
        "counterfoil_core.types.OpenIntEnum",
        "counterfoil_core.types.OpenStrEnum",
        "counterfoil_core.types.Unknown",
    ],
}


def write_models(document: Document, package: Package, templates: Path) -> str:
    """Return the source of models.py; raise SpecErrors if it falls over, or leaves a component out."""
    header = f'"""What travels: the models of {escape_docstring(package.title)}."""'
    if not package.models:
        return f"{header}\n"
    models = {one.name: one for one in package.models}
    schemas = {
        name: _copy_schema(schema, models[name])
        for name, schema in normalise(document).schemas.items()
    }
    root = {
        "openapi": "3.1.0",
        "info": {"title": package.api, "version": "1"},
        "paths": {},
        "components": {"schemas": schemas},
    }
    options = {
        "aliases": _aliases(package),
        "custom_file_header": header,
        "custom_template_dir": templates,
        "extra_template_data": defaultdict(
            dict, {one.name: _template_data(one) for one in package.models}
        ),
    }
    try:
        source = _generate(root, **options)
    except Exception as error:  # it is not ours, and falls over in its own ways
        raise _error(document, f"falls over: {type(error).__name__}: {error}") from error
    if not isinstance(source, str):
        raise _error(document, "makes several modules; one was expected")
    if lost := list(_losses(source, package)):
        raise _error(document, f"leaves out {', '.join(lost)}")
    return order_aliases(source, [one.name for one in package.models if one.kind == "alias"])


def _generate(root: Node, **options: Any) -> object:
    """Run the author; what it warns of is an error."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return dcg.generate(root, **OPTIONS, **options)


def _error(document: Document, message: str) -> SpecErrors:
    said = f"datamodel-code-generator: {' '.join(message.split()).rstrip('. ')}"
    return SpecErrors([SpecError(document.location("/components/schemas"), "models", said, REMEDY)])


def _losses(source: str, package: Package) -> Iterator[str]:
    """Hold the author to the names: every component a class or an alias, every field spelled as the IR spells it."""
    defined = {
        name: fields for node in ast.walk(ast.parse(source)) for name, fields in _definition(node)
    }
    for model in package.models:
        names = {field.name for field in model.fields} if model.kind == "object" else set()
        if model.name not in defined:
            yield model.name
        yield from (
            f"{model.name}.{name}" for name in sorted(names - defined.get(model.name, names))
        )


def _definition(node: ast.AST) -> Iterator[tuple[str, set[str]]]:
    if isinstance(node, ast.ClassDef):
        targets = [one.target for one in node.body if isinstance(one, ast.AnnAssign)]
        yield node.name, {target.id for target in targets if isinstance(target, ast.Name)}
    if (
        isinstance(node, ast.AnnAssign)
        and isinstance(node.annotation, ast.Name)
        and node.annotation.id == "TypeAlias"
    ):
        yield ast.unparse(node.target), set()


def _aliases(package: Package) -> dict[str, str]:
    """Impose the name of every field: `Model.wireName` -> name."""
    fields = [
        (model, field)
        for model in package.models
        if model.kind == "object"
        for field in model.fields
    ]
    return {
        f"{model.name}.{field.wire}": field.name
        for model, field in fields
        if field.name != field.wire
    }


def _template_data(model: Model) -> dict[str, Any]:
    """What a template prints beside the author's own: docstrings, escaped, an enum's members, the arguments of a class.

    The tags are ours, since a union may stand where only an operation sees it.
    """
    doc = _escape(wrap(model.description))
    if model.kind == "enum":
        return {"doc": doc, "members": [(field.name, field.annotation) for field in model.fields]}
    if model.kind == "alias":
        return {"doc": doc, "admits_unknown": model.admits_unknown}
    tag = {"tag_field": repr(model.tag[0]), "tag": repr(model.tag[1][0])} if model.tag else {}
    docs = {
        field.name: _escape(_field_doc(field.doc, field.name, field.wire)) for field in model.fields
    }
    return {
        "doc": doc,
        "docs": docs,
        "base_class_kwargs": {**({} if model.tracked else {"gc": False}), **tag},
    }


def _escape(lines: list[str]) -> str:
    return escape_docstring("\n".join(lines))


def _copy_schema(schema: Node, model: Model) -> Node:
    copy: Node = _copy(schema)
    if model.tag:
        del copy["properties"][model.tag[0]]
        copy["required"] = [wire for wire in copy.get("required", []) if wire != model.tag[0]]
    if model.kind == "enum":
        copy["enum"] = [value for value in copy["enum"] if value is not None]
        copy["x-enum-varnames"] = [
            f"M{index}" for index, _ in enumerate(model.fields)
        ]  # the template prints our own
    return copy


def _field_doc(doc: str, name: str, wire: str) -> list[str]:
    """A field's docstring: what the spec says, and the wire's name where it differs."""
    said = doc if not doc or doc.endswith((".", "!", "?")) else f"{doc}."
    return wrap(f"{said} Wire name: `{wire}`.".lstrip() if name != wire else said)


def _copy(node: Any, is_named: bool = False) -> Any:
    if isinstance(node, list):
        return [_copy(child) for child in node]
    if not isinstance(node, dict):
        return node
    if is_named:
        return {key: _copy(child) for key, child in node.items()}
    dropped = BOUNDS | ({"anyOf"} if alternatives(node) else set())
    kept = {
        key: _copy(child, is_named=key in NAMED)
        for key, child in typed(node).items()
        if key not in dropped
        and not key.startswith("x-")
        and not (key == "additionalProperties" and child is False)
    }
    if kept.get("format") in CUSTOM_TYPES:
        kept["customTypePath"] = CUSTOM_TYPES[kept["format"]]
    return _split_nullable_map(kept)


def _split_nullable_map(node: Node) -> Node:
    """Write a map that may be null as a union: the author forgets the type of its values otherwise."""
    kinds = node.get("type")
    if (
        not isinstance(kinds, list)
        or set(kinds) != {"object", "null"}
        or "additionalProperties" not in node
    ):
        return node
    rest = {
        key: value for key, value in node.items() if key not in ("type", "additionalProperties")
    }
    values = {"type": "object", "additionalProperties": node["additionalProperties"]}
    return {**rest, "oneOf": [values, {"type": "null"}]}

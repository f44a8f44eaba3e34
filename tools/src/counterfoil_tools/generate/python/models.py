"""models.py: datamodel-code-generator makes a msgspec Struct, enum or alias of every component.

The only file that imports datamodel-code-generator. It gets a copy of the schemas: without bounds,
patterns and closed objects, for which decoding would reject a response, with the types of our
formats, and with the name of every field.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections import defaultdict
from collections.abc import Iterator, Mapping
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
from .normal import prepare
from .source import escape_docstring, wrap
from .types import CUSTOM_TYPES, alternatives, is_decimal_or_text, split_nullable, typed

BOUNDS = {
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "pattern",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
    "default",
    "example",
    "examples",
    "externalDocs",
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
    "const",  # sent as documented, and read as the API sends it
    "description",  # the docstrings are ours
    "discriminator",
}
NULL = {"type": "null"}
DECIMAL_OR_STR = {
    "type": "string",
    "format": "decimal-or-text",
    "customTypePath": "counterfoil_core.one_of.DecimalOrStr",
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
}
IMPORTS = [
    "typing.TYPE_CHECKING",
    "counterfoil_core.one_of.OneOf",
    "counterfoil_core.variants.Variant",
    "typing.Literal",
    "typing.TypeAlias",
    "counterfoil_core.types.OpenIntEnum",
    "counterfoil_core.types.OpenStrEnum",
    "counterfoil_core.types.SequenceNotStr",
    "counterfoil_core.types.Unknown",
]
WORD = re.compile(r"\w+")
BASES = ("ApiModel", "ApiModelWithUnions")


def write_models(document: Document, package: Package, templates: Path) -> str:
    """Return the source of models.py. Raises SpecErrors if a component cannot be written."""
    header = f'"""What travels: the models of {escape_docstring(package.title)}."""'
    if not package.models:
        return f"{header}\n"
    schemas = {}
    models = {one.name: one for one in package.models}
    for name, schema in prepare(document).schemas.items():
        schemas[name] = _copy_schema(schema, models[name])
    inputs = {one.annotation: one for one in package.models if one.values}
    template_data = {one.name: _template_data(one, inputs) for one in package.models}
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
        "extra_template_data": defaultdict(dict, template_data),
        "additional_imports": [
            *IMPORTS,
            *(f"{package.import_name}._model.{name}" for name in BASES),
        ],
    }
    try:
        source = _generate(root, **options)
    except Exception as error:  # a foreign library can raise anything
        raise _error(document, f"falls over: {type(error).__name__}: {error}") from error
    if not isinstance(source, str):
        raise _error(document, "makes several modules; one was expected")
    if lost := list(_losses(source, package)):
        raise _error(document, f"leaves out {', '.join(lost)}")
    # datamodel-code-generator can only write absolute imports. Others of a package are relative.
    beginning = ".." if package.is_large else "."  # a large package has a folder of models
    source = source.replace(f"from {package.import_name}._model ", f"from {beginning}_model ")
    aliases = [one.name for one in package.models if one.kind == "alias" and not one.values]
    return order_aliases(source, aliases)


def _generate(root: Node, **options: Any) -> object:
    """Run datamodel-code-generator. Its warnings are errors, with one exception."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        # Lint checks that their members can be distinguished; the runtime decodes them.
        warnings.filterwarnings("ignore", "msgspec cannot decode the union")
        return dcg.generate(root, **OPTIONS, **options)


def _error(document: Document, message: str) -> SpecErrors:
    text = f"datamodel-code-generator: {' '.join(message.split()).rstrip('. ')}"
    return SpecErrors([SpecError(document.location("/components/schemas"), "models", text, REMEDY)])


def _losses(source: str, package: Package) -> Iterator[str]:
    """Yield each component that has no class or alias, and each field without the IR's name."""
    defined: dict[str, set[str]] = {}
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef):
            defined[node.name] = _fields(node)
        elif isinstance(node, ast.AnnAssign) and ast.unparse(node.annotation) == "TypeAlias":
            defined[ast.unparse(node.target)] = set()
    for model in package.models:
        if model.name not in defined:
            yield model.name
        elif model.kind == "object":
            names = {field.name for field in model.fields}
            for name in sorted(names - defined[model.name]):
                yield f"{model.name}.{name}"


def _fields(node: ast.ClassDef) -> set[str]:
    targets = [one.target for one in node.body if isinstance(one, ast.AnnAssign)]
    return {target.id for target in targets if isinstance(target, ast.Name)}


def _aliases(package: Package) -> dict[str, str]:
    """Return the names of the fields: `Model.wireName` -> name."""
    names = {}
    for model in package.models:
        if model.kind == "object":
            for field in model.fields:
                if field.name != field.wire:
                    names[f"{model.name}.{field.wire}"] = field.name
    return names


def _template_data(model: Model, inputs: Mapping[str, Model]) -> dict[str, Any]:
    """Return the data for a template: docstrings, an enum's members, the arguments of a class.

    The tags are here because a union can be in an operation, which datamodel-code-generator does
    not read.
    """
    doc = _escape(wrap(model.description))
    if model.kind == "enum":
        members = [(field.name, field.annotation) for field in model.fields]
        return {"doc": doc, "members": members, "input": inputs.get(model.name)}
    if model.kind == "alias":
        return {
            "doc": doc,
            "admits_unknown": model.admits_unknown,
            "is_one_of": model.is_one_of,
            "variants": list(model.variants),
            "by_need": model.by_need,
            "others": _import_times(model.others),
            "meaning": _import_times(model.annotation) if model.by_need else "",
        }
    arguments: dict[str, Any] = {}
    if not model.tracked:
        arguments["gc"] = False
    if not model.sent and not all(field.required for field in model.fields):
        arguments["omit_defaults"] = True  # None is absent when a model that was read is written
    if model.tag:
        wire, values = model.tag
        arguments |= {"tag_field": repr(wire), "tag": repr(values[0])}
    docs = {field.name: _escape(_field_doc(field.doc)) for field in model.fields}
    return {
        "doc": doc,
        "docs": docs,
        "annotations": _list_enum_fields(model, inputs) if model.sent else {},
        "base_class_kwargs": arguments,
        "is_sent": model.sent,
        "base": BASES[model.contains_unions],
    }


def _list_enum_fields(model: Model, inputs: Mapping[str, Model]) -> dict[str, str]:
    """Return the types of the fields that take an enum's values, which the schemas do not show."""
    names = {one.name for one in inputs.values()}
    found = {}
    for field in model.fields:
        if names & set(WORD.findall(field.annotation)):
            found[field.name] = field.annotation
    return found


def _import_times(annotation: str) -> str:
    """Return a type as models.py spells it, which imports datetime and date by their names."""
    return annotation.replace("datetime.datetime", "datetime").replace("datetime.date", "date")


def _escape(lines: list[str]) -> str:
    return escape_docstring("\n".join(lines))


def _copy_schema(schema: Node, model: Model) -> Node:
    copy: Node = _copy(schema)
    if model.tag:
        tag = model.tag[0]
        del copy["properties"][tag]
        copy["required"] = [wire for wire in copy.get("required", []) if wire != tag]
    if model.kind == "enum":
        copy["enum"] = [value for value in copy["enum"] if value is not None]
        # Any distinct names do: the template prints ours.
        copy["x-enum-varnames"] = [f"M{index}" for index in range(len(model.fields))]
    return copy


def _field_doc(doc: str) -> list[str]:
    """Return the lines of a field's docstring."""
    return wrap(doc if not doc or doc.endswith((".", "!", "?")) else f"{doc}.")


def _copy(node: Any, is_named: bool = False) -> Any:
    if isinstance(node, list):
        return [_copy(child) for child in node]
    if not isinstance(node, dict):
        return node
    if is_named:
        return {key: _copy(child) for key, child in node.items()}
    bare, is_nullable = split_nullable(node)
    if is_decimal_or_text(bare):
        return {"oneOf": [DECIMAL_OR_STR, NULL]} if is_nullable else dict(DECIMAL_OR_STR)
    kept = {}
    for key, child in typed(node).items():
        is_closing = key == "additionalProperties" and child is False
        is_requirement = key == "anyOf" and alternatives(node)
        if key in BOUNDS or key.startswith("x-") or is_closing or is_requirement:
            continue
        kept[key] = _copy(child, is_named=key in NAMED)
    if kept.get("format") in CUSTOM_TYPES:
        kept["customTypePath"] = CUSTOM_TYPES[kept["format"]]
    return _split_nullable_map(kept)


def _split_nullable_map(node: Node) -> Node:
    """Write a nullable map as a union, or datamodel-code-generator forgets the values' type."""
    kinds = node.get("type")
    is_nullable = isinstance(kinds, list) and set(kinds) == {"object", "null"}
    if not is_nullable or "additionalProperties" not in node:
        return node
    rest = dict(node)
    del rest["type"]
    values = {"type": "object", "additionalProperties": rest.pop("additionalProperties")}
    return {**rest, "oneOf": [values, {"type": "null"}]}

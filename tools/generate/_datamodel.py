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

from .annotations import CUSTOM_TYPES, alternatives
from .document import Document, Node
from .errors import SpecError, SpecErrors
from .ir import Model, Package
from .spelling import escape_docstring, wrap

BOUNDS = {
    *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength", "pattern"),
    *("minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties", "default", "example", "examples", "externalDocs"),
    *("if", "then", "else", "allOf", "contentEncoding", "contentMediaType", "title", "deprecated", "readOnly", "writeOnly"),
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
    schemas = {name: _copy_schema(name, schema, package) for name, schema in document.schemas.items()}
    root = {
        "openapi": "3.1.0",
        "info": {"title": package.api, "version": "1"},
        "paths": {},
        "components": {"schemas": schemas},
    }
    options = {
        "aliases": _aliases(package),
        "custom_file_header": f'"""What travels: the models of {escape_docstring(package.title)}."""',
        "custom_template_dir": templates,
        "extra_template_data": defaultdict(dict, {one.name: _template_data(one) for one in package.models}),
    }
    try:
        source = _generate(root, **options)
    except Exception as error:  # it is not ours, and falls over in its own ways
        raise _error(document, f"falls over: {type(error).__name__}: {error}") from error
    if not isinstance(source, str):
        raise _error(document, "makes several modules; one was expected")
    if lost := list(_losses(source, package)):
        raise _error(document, f"leaves out {', '.join(lost)}")
    return source


def _generate(root: Node, **options: Any) -> object:
    """Run the author; what it warns of is an error."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return dcg.generate(root, **OPTIONS, **options)


def _error(document: Document, message: str) -> SpecErrors:
    said = f"datamodel-code-generator: {' '.join(message.split()).rstrip('. ')}"
    return SpecErrors([SpecError(document.place("/components/schemas"), "models", said, REMEDY)])


def _losses(source: str, package: Package) -> Iterator[str]:
    """Hold the author to the names: every component a class or an alias, every field spelled as the IR spells it."""
    defined = {name: fields for node in ast.walk(ast.parse(source)) for name, fields in _definition(node)}
    for model in package.models:
        names = {field.name for field in model.fields} if model.kind == "object" else set()
        if model.name not in defined:
            yield model.name
        yield from (f"{model.name}.{name}" for name in sorted(names - defined.get(model.name, names)))


def _definition(node: ast.AST) -> Iterator[tuple[str, set[str]]]:
    if isinstance(node, ast.ClassDef):
        targets = [one.target for one in node.body if isinstance(one, ast.AnnAssign)]
        yield node.name, {target.id for target in targets if isinstance(target, ast.Name)}
    if isinstance(node, ast.AnnAssign) and isinstance(node.annotation, ast.Name) and node.annotation.id == "TypeAlias":
        yield ast.unparse(node.target), set()


def _aliases(package: Package) -> dict[str, str]:
    """Impose the name of every field: `Model.wireName` -> name."""
    fields = [(model, field) for model in package.models if model.kind == "object" for field in model.fields]
    return {f"{model.name}.{field.wire}": field.name for model, field in fields if field.name != field.wire}


def _template_data(model: Model) -> dict[str, Any]:
    """The arguments of the class: our own tags too, since a union may stand where only an operation sees it."""
    if model.kind != "object":
        return {"admits_unknown": model.admits_unknown}
    tag = {"tag_field": repr(model.tag[0]), "tag": repr(model.tag[1][0])} if model.tag else {}
    return {"base_class_kwargs": {**({} if model.tracked else {"gc": False}), **tag}}


def _copy_schema(name: str, schema: Node, package: Package) -> Node:
    copy: Node = _copy(schema)
    model = next(one for one in package.models if one.name == name)
    for field in model.fields if model.kind == "object" else ():
        copy["properties"][field.wire]["description"] = _field_doc(field.doc, field.name, field.wire)
    if model.tag:
        del copy["properties"][model.tag[0]]
        copy["required"] = [wire for wire in copy.get("required", []) if wire != model.tag[0]]
    if model.kind == "enum":
        copy["x-enum-varnames"] = [field.name for field in model.fields]
    if "description" in copy:
        copy["description"] = "\n".join(wrap(str(copy["description"])))
    return copy


def _field_doc(doc: str, name: str, wire: str) -> str:
    """A field's docstring: what the spec says, and the wire's name where it differs."""
    said = doc if doc.endswith((".", "!", "?")) else f"{doc}."
    return "\n".join(wrap(f"{said} Wire name: `{wire}`." if name != wire else said))


def _copy(node: Any, in_properties: bool = False) -> Any:
    if isinstance(node, list):
        return [_copy(child) for child in node]
    if not isinstance(node, dict):
        return node
    if in_properties:
        return {key: _copy(child) for key, child in node.items()}
    dropped = BOUNDS | {"discriminator"} | ({"anyOf"} if alternatives(node) else set())
    kept = {
        key: _copy(child, in_properties=key == "properties")
        for key, child in node.items()
        if key not in dropped and not key.startswith("x-") and not (key == "additionalProperties" and child is False)
    }
    if kept.get("format") in CUSTOM_TYPES:
        kept["customTypePath"] = CUSTOM_TYPES[kept["format"]]
    return kept

"""adopt.toml: the choices of a person, and a record of source file and result."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..openapi.document import METHODS, Node
from .read import read
from .state import PARAMETER_INDEX, SCHEMAS, AdoptError, Choices, Previous, by_parameter_name

RECORD = re.compile(r"^\[record\]$.*", re.MULTILINE | re.DOTALL)
RETRIES = {"safe", "keyed", "never"}
HEAD = """\
# What was chosen when the vendor's document was adopted. Edit it, and adopt again.
only = {only}  # tags, path prefixes and operationIds to adopt; [] adopts everything
left_out = []  # operationIds, or "GET /path", that are not wanted
floats = false  # true: `format: double` is a float; otherwise every number is an exact decimal

[schemas]  # "#/components/schemas/inv" = "Invoice": names of schemas, by origin
[methods]  # "#/paths/~1inv/get" = "invoices.list": names of methods, by origin
[retry]  # "#/paths/~1inv/post" = "keyed": when a request is repeated: safe, keyed or never

"""


@dataclass(frozen=True)
class Source:
    """The vendor's file."""

    file: str
    sha256: str
    version: str
    format: str


@dataclass(frozen=True)
class Record:
    """The content of adopt.toml."""

    text: str = ""
    choices: Choices = field(default_factory=Choices)
    schemas: dict[str, str] = field(default_factory=dict)
    methods: dict[str, tuple[str, str]] = field(default_factory=dict)
    result: str = ""  # the SHA-256 of openapi.yaml as it was written


def digest(content: str) -> str:
    """Return the SHA-256 of a text, whatever its line ends."""
    return hashlib.sha256(content.replace("\r\n", "\n").encode()).hexdigest()


def read_record(folder: Path) -> Record:
    """Read adopt.toml. Raises AdoptError if it is invalid, or openapi.yaml edited by hand."""
    path = folder / "adopt.toml"
    result = folder / "openapi.yaml"
    place = f"specs/{folder.name}/adopt.toml"
    written = f"specs/{folder.name}/openapi.yaml:1:1"
    if not path.is_file():
        if result.exists():
            advice = "Adopt under another name, or move the folder away"
            raise AdoptError(
                f"{written}: there is no adopt.toml beside it, so it is yours. {advice}."
            )
        return Record()
    text = path.read_text("utf-8")
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise AdoptError(f"{place}: not TOML: {error}. Mend the syntax.") from error
    written_digest = str(found.get("record", {}).get("result_sha256", ""))
    record = Record(text, *_choices(place, found), result=written_digest)
    is_written = result.is_file() and bool(written_digest)
    if is_written and digest(result.read_text("utf-8")) != written_digest:
        advice = "Move the edit to overlay.yaml and restore it, or delete adopt.toml and own it"
        raise AdoptError(f"{written}: the file was edited by hand since it was adopted. {advice}.")
    return record


def _choices(
    place: str, found: dict[str, Any]
) -> tuple[Choices, dict[str, str], dict[str, tuple[str, str]]]:
    retry = {str(key): str(value) for key, value in found.get("retry", {}).items()}
    for key, value in retry.items():
        if value not in RETRIES:
            raise AdoptError(f"{place}: [retry] {key}: {value!r} is none of safe, keyed and never.")
    methods = {}
    for key, value in found.get("methods", {}).items():
        if not re.fullmatch(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*", str(value)):
            raise AdoptError(
                f"{place}: [methods] {key}: {value!r} is not of the form resource.method."
            )
        resource, _, method = str(value).partition(".")
        methods[key] = (resource, method)
    schemas = {}
    for key, value in found.get("schemas", {}).items():
        if not re.fullmatch(r"[A-Z][A-Za-z0-9]*", str(value)):
            raise AdoptError(f"{place}: [schemas] {key}: {value!r} is not in PascalCase.")
        schemas[key] = str(value)
    choices = Choices(
        only=tuple(map(str, found.get("only", []))),
        left_out=tuple(map(str, found.get("left_out", []))),
        floats=found.get("floats") is True,
        retry=retry,
    )
    return choices, schemas, methods


def read_previous(folder: Path, record: Record) -> Previous:
    """Return the names of last time, by origin; those in adopt.toml come first."""
    path = folder / "openapi.yaml"
    found = Previous()
    root = read(path) if path.is_file() else {}
    schemas = root.get("components", {}).get("schemas", {})
    for name, schema in schemas.items():
        place = schema.get("x-counterfoil", {}).get("origin")
        if place:
            found.schemas[place] = name
    for item in root.get("paths", {}).values():
        for method in METHODS:
            extension = item.get(method, {}).get("x-counterfoil", {})
            if "resource" in extension and "method" in extension:
                names = (extension["resource"], extension["method"])
                found.methods[extension.get("origin", "")] = names
                found.operation_ids[str(item[method].get("operationId"))] = names
                for parameter in item[method].get("parameters", []):
                    found.schemas |= _parameter_names(parameter, schemas)
    found.schemas |= record.schemas
    found.methods |= record.methods
    return found


def _parameter_names(parameter: Node, schemas: Node) -> dict[str, str]:
    """Return the names of a parameter's schemas, by an origin with the parameter's name."""
    found = {}
    text = json.dumps(parameter.get("schema", {}))
    for name in re.findall(f'"{re.escape(SCHEMAS)}([^"]+)"', text):
        place = schemas.get(name, {}).get("x-counterfoil", {}).get("origin", "")
        if PARAMETER_INDEX.search(place):
            found[by_parameter_name(place, parameter)] = name
    return found


def write_record(
    record: Record, only: tuple[str, ...], source: Source, result: str, counts: dict[str, int]
) -> str:
    """Return adopt.toml: a person's lines unchanged, and a new record."""
    head = RECORD.sub("", record.text)
    if not record.text:
        head = HEAD.format(only=json.dumps(list(only)))
    lines = [
        "[record]",
        f"file = {_toml(source.file)}",
        f"sha256 = {_toml(source.sha256)}",
        f"version = {_toml(source.version)}",
        f"result_sha256 = {_toml(digest(result))}",
        *(f"{name} = {count}" for name, count in counts.items()),
    ]
    return f"{head.rstrip()}\n\n" + "\n".join(lines) + "\n"


def _toml(text: str) -> str:
    return json.dumps(text).replace("\x7f", "\\u007f")

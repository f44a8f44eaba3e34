"""Read package.toml. Package names must be unique, and must not shadow other packages."""

from __future__ import annotations

import ast
import keyword
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .. import WORKSPACE
from .document import PackageSettings
from .errors import Location, SpecError
from .json_schema import faults

KEYS = {
    "dist": "dist",
    "import": "import_name",
    "client": "client",
    "async_client": "async_client",
    "version": "version",
    "runtime_floor": "runtime_floor",
    "api_version": "api_version",
    "title": "title",
    "summary": "summary",
    "documentation": "documentation",
    "example": "example",
}
SAMPLE = {
    "dist": "counterfoil-parcels",
    "import": "counterfoil_parcels",
    "client": "ParcelsClient",
    "async_client": "AsyncParcelsClient",
    "version": "0.1.0",
    "runtime_floor": "0.1.0",
    "api_version": "v1",
    "title": "Parcels",
    "summary": "Typed client for parcels",
    "documentation": "https://parcels.example/docs",
    "example": "from counterfoil_parcels import ParcelsClient",
}
# Used if package.toml cannot be read, so that the document can still be checked.
PLACEHOLDER = PackageSettings(**{field: SAMPLE[key] for key, field in KEYS.items()})
SCHEMA = Path(__file__).with_name("package.schema.json")
MODEL = WORKSPACE / "specs" / "flow"
TAKEN_DISTS = {"counterfoil", "counterfoil-core", "counterfoil-sandbox", "counterfoil-tools"}
TAKEN_IMPORTS = {  # modules that a generated package or its users import
    "aiohttp",
    "conftest",
    "counterfoil",
    "counterfoil_core",
    "counterfoil_sandbox",
    "counterfoil_tools",
    "httpx2",
    "msgspec",
    "site",
    "tests",
    "tools",
    *sys.stdlib_module_names,
}
TAKEN_CLIENTS = {
    "Client",
    "AsyncClient",
    "AsyncTransport",
    "RateLimit",
    "Transport",
    "API",
    "Literal",
}
UNIQUE = ("dist", "import")
Complaint = tuple[str, str, str]  # key, message, remedy


def read_settings(folder: Path, text: str) -> tuple[PackageSettings | None, list[SpecError]]:
    """Read the text of a package.toml. Returns None and the errors if it cannot be used."""
    file = f"specs/{folder.name}/package.toml"
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return None, [_error(file, "toml", f"not TOML: {error}", "Correct the syntax")]
    if not found:
        message = "package.toml does not exist, or is empty"
        return None, [_error(file, "package-settings", message, "Copy that of another API")]
    wrong = [
        (pointer.lstrip("/"), message, remedy)
        for pointer, message, remedy in faults(SCHEMA, "settings", found)
    ]
    if not wrong:  # the checks below need settings of the right types
        wrong += _check_names(found)
        wrong += _check_texts(found)
        wrong += _find_twins(folder, found)
    if wrong:
        return None, [_key_error(file, text, *one) for one in wrong]
    settings = {field: found[key] for key, field in KEYS.items()}
    return PackageSettings(**settings, grade=found.get("grade", "")), []


def _error(file: str, rule: str, message: str, remedy: str) -> SpecError:
    return SpecError(Location(file), rule, message, remedy)


def _key_error(file: str, text: str, key: str, message: str, remedy: str) -> SpecError:
    """Return the error of one key, with its line and the same line of another API."""
    location = Location(file, _find_line(text, key))
    message = f"{key or 'package.toml'}: {message}"
    return SpecError(location, "package-settings", message, remedy, _sample(key))


def _find_line(text: str, key: str) -> int:
    """Return the number of the line that sets a key, or 1 if no line does."""
    for number, line in enumerate(text.splitlines(), 1):
        if key and re.match(rf"{re.escape(key)}\s*=", line):
            return number
    return 1


def _sample(key: str) -> str:
    """Return the line of a correct package.toml that sets a key, with its location, or ""."""
    path = MODEL / "package.toml"
    if not key or not path.is_file():
        return ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith(f"{key} ="):
            return f"specs/{MODEL.name}/package.toml:{number}: {line}"
    return ""


def _check_names(found: dict[str, Any]) -> Iterator[Complaint]:
    """Check that the names are free, and that the two clients' names match."""
    dist = found["dist"]
    module = found["import"]
    client = found["client"]
    if dist in TAKEN_DISTS:
        message = f"{dist} is another distribution of this project"
        yield "dist", message, 'Name the API: `dist = "counterfoil-parcels"`'
    if module in TAKEN_IMPORTS or keyword.iskeyword(module):
        message = f"`import {module}` is Python's, or another package's"
        yield "import", message, 'Name the API: `import = "counterfoil_parcels"`'
    if client in TAKEN_CLIENTS or client.startswith("Async"):
        message = f"the client cannot be called {client}: that name is taken"
        yield "client", message, 'Name the API: `client = "ParcelsClient"`'
    if found["async_client"] != f"Async{client}":
        message = "the clients' names do not match"
        yield "async_client", message, f'Write `async_client = "Async{client}"`'


def _check_texts(found: dict[str, Any]) -> Iterator[Complaint]:
    """Check that the version fits a header, and the example README.md."""
    if not re.fullmatch(r"[ -~]+", found["api_version"]):
        message = "it is sent in a header, which allows printable ASCII only"
        yield "api_version", message, 'Write the version as the vendor does: `api_version = "v6"`'
    wrong = ""
    try:
        ast.parse(found["example"])
    except (SyntaxError, ValueError) as error:
        wrong = f"it is not Python: {error}"
    else:
        if "```" in found["example"]:
            wrong = "it contains ```, which would end its code block in README.md"
    if wrong:
        yield "example", wrong, "Write a few lines that a user could run"


def _find_twins(folder: Path, found: dict[str, Any]) -> Iterator[Complaint]:
    """Yield the names that another folder of specs/ uses: one package would overwrite the other."""
    others = sorted(folder.parent.glob("*/package.toml")) if folder.parent.name == "specs" else []
    for other in others:
        if other.parent.name == folder.name or not (other.parent / "openapi.yaml").is_file():
            continue
        theirs = _read_quietly(other)
        for key in UNIQUE:
            if theirs.get(key) == found[key]:
                message = f"{found[key]} is also that of specs/{other.parent.name}"
                remedy = "Rename one of the two: they would be written to the same place"
                yield key, message, remedy


def _read_quietly(path: Path) -> dict[str, Any]:
    """Return another API's settings. Errors are reported when that API is read."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError):
        return {}

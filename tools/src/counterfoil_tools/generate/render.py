"""Stage 4, render: Package + templates/ -> {path: text}. Reads the templates, writes nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
import msgspec

from ..openapi.bundle import to_json
from ..openapi.document import Document
from .ir import Argument, Keywords, Method, Operation, Package, Resource
from .python.model_modules import divide_models
from .python.models import write_models
from .python.source import escape_docstring
from .sandbox_data import sandbox_files
from .versions import generators

Files = dict[str, str]
BY_NEED = ("/_operations/", "/models/", "/resources/")  # folders of large packages
BY_RESOURCE = ("/_operations.py", "/resources.py")


def render(document: Document, package: Package, templates: Path) -> Files:
    """Make every file of a package, and the sandbox's, by path from the repository's root."""
    root = f"generated/{package.dist}"
    source = f"{root}/src/{package.import_name}"
    files = {}
    for name in _templates(templates):
        if _is_wanted(name, package):
            for path, resources in _divide(_target(name, package), package):
                files[f"{root}/{path}"] = _fill(templates, name, package, resources)
    models = write_models(document, package, templates / "models")
    if package.is_large:
        for module, text in divide_models(models, package).items():
            files[f"{source}/models/{module}.py"] = text
    else:
        files[f"{source}/models.py"] = models
    files[f"{source}/examples.json"] = _examples(package)
    return files | sandbox_files(document)


@cache
def _templates(templates: Path) -> tuple[str, ...]:
    folder = templates / "package"
    files = [path for path in folder.rglob("*") if path.is_file()]
    return tuple(sorted(str(path.relative_to(folder)) for path in files))


def _is_wanted(name: str, package: Package) -> bool:
    """Whether the package has files of a template."""
    if name.endswith("/webhooks.py.jinja"):
        return bool(package.webhooks)
    if name.endswith("/_constraints.py.jinja"):
        return bool(package.model_constraints)
    if name.endswith("/dicts.py.jinja"):
        return bool(package.dicts)
    is_by_need = name.endswith(".pyi.jinja") or any(folder in name for folder in BY_NEED)
    return package.is_large or not is_by_need


def _divide(path: str, package: Package) -> Iterator[tuple[str, tuple[Resource, ...]]]:
    """Yield the files of a template with their resources: of some, large packages have several."""
    if not (package.is_large and path.endswith(BY_RESOURCE)):
        yield path, package.resources
        return
    for resource in package.resources:
        yield f"{path.removesuffix('.py')}/{resource.name}.py", (resource,)


def _target(name: str, package: Package) -> str:
    return name.replace("src/package/", f"src/{package.import_name}/").removesuffix(".jinja")


def _fill(templates: Path, name: str, package: Package, resources: tuple[Resource, ...]) -> str:
    if not name.endswith(".jinja"):
        return (templates / "package" / name).read_text()
    template = _environment(templates).get_template(name)
    return template.render(
        package=package,
        resources=resources,
        operations=[operation for one in resources for operation in one.operations],
        generators=generators(),
        clients=_clients(package),
    )


def _clients(package: Package) -> list[dict[str, str]]:
    """The two forms of a client, sync and async."""
    sync = {
        "name": package.client,
        "base": "Client",
        "prefix": "",
        "transport": "Transport | httpx2.BaseTransport | httpx2.Client",
    }
    other = {"name": package.async_client, "base": "AsyncClient", "prefix": "Async"}
    transports = "AsyncTransport | httpx2.AsyncBaseTransport | httpx2.AsyncClient"
    return [sync, {**other, "transport": f'{transports} | Literal["aiohttp", "httpx2"]'}]


@cache
def _environment(templates: Path) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates / "package"),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 -- not HTML; `quote`, `docstring`, `lines` escape for Python
    )
    environment.filters |= {
        "call": _call,
        "cell": _cell,
        "docstring": escape_docstring,
        "lines": _lines,
        "marks": _marks,
        "parameters": _parameters,
        "public": _public,
        "public_names": _public_names,
        "quote": _quote,
        "signature": _signature,
    }
    return environment


# the filters, each of which prints one part of the IR


def _quote(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _call(keywords: Keywords) -> str:
    return ", ".join(f"{name}={value}" for name, value in keywords)


def _lines(lines: tuple[str, ...], indent: int) -> str:
    """Indent all lines but the first: the body of a docstring."""
    first, *rest = lines or ("",)
    indented = [f"{' ' * indent}{line}" if line else "" for line in rest]
    return "\n".join([first, *indented])


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _marks(operation: Operation) -> str:
    beyond = " (beyond the documents)" if operation.beyond_documents else ""
    return f"{beyond} (UNVERIFIED)" if operation.unverified else beyond


def _public(annotation: str) -> str:
    return annotation.replace("List[", "list[").replace("models.", "").replace("dicts.", "")


def _public_names(package: Package) -> list[str]:
    models = [one.name for one in package.models]
    modules = ["models", "webhooks"] if package.webhooks else ["models"]
    return sorted([package.client, package.async_client, *modules, *models])


def _parameter(argument: Argument) -> str:
    default = "" if argument.default is None else f" = {argument.default}"
    return f"{argument.name}: {argument.annotation}{default}"


def _parameters(method: Method) -> str:
    """Print a method's parameters after `self`."""
    spelled = list(map(_parameter, method.arguments))
    if method.keyword_only < len(spelled):
        spelled.insert(method.keyword_only, "*")
    return "".join(f", {one}" for one in spelled)


def _signature(method: Method) -> str:
    return _public(f"{method.name}({_parameters(method).removeprefix(', ')}) -> {method.returns}")


def _examples(package: Package) -> str:
    """Return the documented exchanges as JSON, with the document's digits."""
    paths = {}
    for resource in package.resources:
        for operation in resource.operations:
            paths[f"{resource.name}.{operation.method}"] = operation.request.split(" ", 1)
    rows = []
    for one in package.examples:
        method, path = paths[one.operation]
        rows.append(
            {
                "operation": one.operation,
                "name": one.name,
                "method": method,
                "path": path,
                "status": one.status,
                "media_type": one.media_type,
                "headers": one.headers,
                "request": msgspec.Raw(one.request.encode()),
                "body": msgspec.Raw(one.body.encode()),
            }
        )
    return to_json(rows, indent=1) + "\n"

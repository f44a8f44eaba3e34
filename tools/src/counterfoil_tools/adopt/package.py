"""The files that adopt makes once and then leaves to a person: package.toml, overlay.yaml,
SOURCES.md, CHANGELOG.md.
"""

from __future__ import annotations

import json
import re

from ..generate.python.names import python_name
from ..openapi.document import Node
from .english import pascal
from .record import Source
from .report import suggestion
from .state import Adoption

FLOOR = "0.1.0"  # of the runtime that generated clients need
HOLE = re.compile(r"{([^{}]*)}")


def write_settings(adoption: Adoption, root: Node, source: Source) -> str:
    """Return package.toml: the names of the package, which its owner may change before the first
    release.
    """
    name = adoption.name
    client = pascal([name])
    title = _line(root["info"]["title"])
    settings = {
        "dist": f"{name}-client",
        "import": f"{name.replace('-', '_')}_client",
        "client": f"{client}Client",
        "async_client": f"Async{client}Client",
        "version": "0.1.0",
        "runtime_floor": FLOOR,
        "api_version": source.version,
        "grade": "adopted",
        "title": title,
        "summary": f"Typed client for {title}",
        "documentation": _documentation(root),
    }
    head = "# What the generated package is called. Yours to edit; openapi.yaml has the API.\n"
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in settings.items()]
    example = _example(adoption, root, settings)
    return head + "\n".join(lines) + f"\nexample = '''\n{example}\n'''\n"


def _line(text: str) -> str:
    """Return a text on one line, without what would end a string."""
    return re.sub(r'["\\]+', "'", " ".join(str(text).split())).strip() or "API"


def _documentation(root: Node) -> str:
    url = root.get("externalDocs", {}).get("url") or _address(root)
    return url if re.fullmatch(r"https?://[^\s\"\\]+", url) else "https://example.com/"


def _address(root: Node) -> str:
    server = root["servers"][0]
    variables = server.get("variables", {})
    return HOLE.sub(lambda hole: str(variables.get(hole[1], {}).get("default", "x")), server["url"])


def _example(adoption: Adoption, root: Node, settings: dict[str, str]) -> str:
    """Return a few lines that use the client: made, and called once where a call needs nothing."""
    variable = adoption.name.replace("-", "_")
    alternative: Node = next(iter(root.get("security", [])), {})
    schemes = root.get("components", {}).get("securitySchemes", {})
    arguments = [
        f'{python_name(name)}="{_credential(name, schemes[name])}"' for name in alternative
    ]
    for name, one in root["servers"][0].get("variables", {}).items():
        if one.get("x-counterfoil", {}).get("required"):
            arguments.append(f'{python_name(name)}="{one["default"]}"')
    lines = [f"from {settings['import']} import {settings['client']}", ""]
    lines += [f"with {settings['client']}({', '.join(arguments)}) as {variable}:"]
    calls = []
    for _, method, operation in adoption.operations():
        if method == "get" and not _needs(operation):
            calls.append(operation)
    if not calls:
        return "\n".join([*lines, f"    print({variable})"])
    call = calls[0]
    extension = call["x-counterfoil"]
    return "\n".join(
        [*lines, f"    print({variable}.{extension['resource']}.{extension['method']}())"]
    )


def _credential(name: str, scheme: Node) -> str:
    """Return the placeholder for a credential in an example."""
    return "name:password" if scheme.get("scheme") == "basic" else f"your-{python_name(name)}"


def _needs(operation: Node) -> bool:
    return "requestBody" in operation or any(
        one.get("required") for one in operation.get("parameters", [])
    )


def write_overlay(adoption: Adoption) -> str:
    """Return overlay.yaml, with pagination suggestions as comments."""
    title = json.dumps(f"Edits of {adoption.name}")
    lines = [
        "# Your edits of the adopted openapi.yaml, applied each time it is adopted:",
        "# https://spec.openapis.org/overlay/v1.1.0.html",
        "# Targets are JSONPath (RFC 9535). An action that matches nothing is an error.",
        "overlay: 1.1.0",
        f"info: {{title: {title}, version: 1.0.0}}",
    ]
    if not adoption.suggestions:
        return "\n".join([*lines, "actions: []"]) + "\n"
    lines.append("actions: []")
    lines.append(
        "# These lists look paged. To turn one on, put it under `actions:` in the place of []:"
    )
    for path, method, found in adoption.suggestions:
        lines += [f"#  {line}" for line in suggestion(path, method, found)]
    return "\n".join(lines) + "\n"


def write_sources(adoption: Adoption, root: Node, source: Source) -> str:
    """Return SOURCES.md: where the description comes from."""
    return "\n".join(
        [
            "# Sources",
            "",
            f"`openapi.yaml` is adopted from the vendor's own description, `{_line(source.file)}`:",
            f"{_line(root['info']['title'])}, version {_line(source.version)}, {source.format}.",
            "Names, bounds and texts are the vendor's. ADOPTED.md lists changes and omissions,",
            "adopt.toml has the file's SHA-256. Add here where the file was downloaded, and when.",
            "",
        ]
    )


def write_changelog(settings: str) -> str:
    """Return the beginning of CHANGELOG.md."""
    dist = re.search(r'^dist = "([^"]+)"', settings, re.MULTILINE)
    name = dist[1] if dist else "this package"
    return (
        f"# Changelog\n\nAll notable changes to `{name}`. The format is that of\n"
        "[Keep a Changelog](https://keepachangelog.com/en/1.1.0/).\n\n<!-- changes -->\n\n"
        "## [0.1.0] - unreleased\n\n### Added\n\n- The client, from the vendor's own description.\n"
    )

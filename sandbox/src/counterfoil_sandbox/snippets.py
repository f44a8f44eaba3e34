"""What the page copies: a first call in Python, one with curl, and a table of accounts.toml."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode

from .account_file import list_exports, list_table
from .specification import FORM, Operation, Specification, load_document, load_specification
from .state import SandboxState

PERIOD = timedelta(days=6)  # every API that lists by period allows as much
LIMITS = ("limit", "per_page")


def write_python(box: SandboxState, api: str, url: str) -> str:
    """Return a program that prints the first page of a list."""
    specification = load_specification(api)
    operation = find_list(specification)
    given = {**box.client_arguments(api), "base_url": url}
    lines = [f"from {specification.package} import {specification.client}", ""]
    if operation.window:
        lines = ["from datetime import UTC, datetime, timedelta", "", *lines]
        lines += ["now = datetime.now(UTC)"]
    lines.append(f"with {specification.client}(")
    lines += [f"    {name}={json.dumps(value)}," for name, value in given.items()]
    lines.append(") as client:")
    period = ""
    if operation.window:
        begin, end = _name(operation.window.start), _name(operation.window.end)
        period = f"{begin}=now - timedelta(days={PERIOD.days}), {end}=now, "
    call = f"client.{operation.resource}.iterate({period}max_pages=1)"
    lines += [f"    for item in {call}:", "        print(item)", ""]
    return "\n".join(lines)


def write_curl(box: SandboxState, api: str, url: str) -> str:
    """Return a command that requests the first items of a list."""
    specification = load_specification(api)
    operation = find_list(specification)
    path = operation.path
    for name, value in box.client_arguments(api).items():
        path = path.replace(f"{{{name}}}", quote(str(value)))
    query = dict(describe_period(operation, box.read_time()))
    for parameter in operation.parameters:
        if parameter.place == "query" and parameter.name in LIMITS:
            query[parameter.name] = "3"
    address = f"{url}{path}?{urlencode(query)}" if query else f"{url}{path}"
    words = ["curl", "--silent", "--show-error", "--request", operation.method]
    for header in _list_headers(box, api, operation):
        words += ["--header", header]
    if operation.body:
        words += ["--header", f"Content-Type: {operation.body.media_type}"]
        words += ["--data", "" if operation.body.media_type == FORM else '{"limit": 3}']
    return f"{shlex.join([*words, address])}\n"


def write_toml(box: SandboxState, api: str, url: str) -> str:
    """Return the API's table of accounts.toml, and the commands that set its secrets."""
    exports = [f"# {line}" for line in list_exports(box, [api])]
    return "\n".join([*exports, *list_table(box, api, url), ""])


def find_list(specification: Specification) -> Operation:
    """Return the first operation that lists something; any other if there is none."""
    listing = [one for one in specification.operations if one.items is not None]
    return (listing or list(specification.operations))[0]


def describe_period(operation: Operation, now: datetime) -> Mapping[str, str]:
    """Return values for the two parameters that bound a span of time."""
    window = operation.window
    if window is None:
        return {}
    end = now.replace(microsecond=0)
    return {window.start: _write_moment(end - PERIOD), window.end: _write_moment(end)}


def _list_headers(box: SandboxState, api: str, operation: Operation) -> list[str]:
    """Return the headers with the sandbox's keys, of the first way to log in that it has."""
    credentials = box.credentials(api)
    schemes = {one.id: one for one in load_specification(api).security_schemes}
    described: dict[str, Any] = load_document(api)["components"].get("securitySchemes", {})
    for alternative in operation.security:
        headers = []
        for name in alternative:
            key = credentials.get(schemes[name].credential)
            if key is not None:
                headers.append(_write_header(described[name], schemes[name].headers, key))
        if headers and len(headers) == len(alternative):
            return headers
    return []


def _write_header(scheme: Mapping[str, Any], headers: tuple[str, ...], key: str) -> str:
    if scheme["type"] == "http" and scheme.get("scheme") == "basic":
        from base64 import b64encode

        return f"Authorization: Basic {b64encode(f'{key}:'.encode()).decode()}"
    if scheme["type"] == "apiKey":
        return f"{scheme['name']}: {key}"
    return f"{headers[0]}: {key}" if headers else f"Authorization: Bearer {key}"


def _name(wire: str) -> str:
    """Return the Python name of a parameter: `createdAfter` -> `created_after`."""
    return "".join(f"_{sign.lower()}" if sign.isupper() else sign for sign in wire)


def _write_moment(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")

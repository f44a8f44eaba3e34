"""The page at /, and the explorer of each API. All files of both are in this package."""

from __future__ import annotations

import mimetypes
import re
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any

from .http import Request, Response, answer_json
from .specification import Operation, load_document, load_specification
from .state import SandboxState

PREFIX = "_page"
FILES = files(__package__) / "page"
NAME = re.compile(r"(swagger-ui/)?[a-z-]+\.(html|css|js|svg)")
EXAMPLE_PERIOD = timedelta(days=6)  # every API that lists by period allows as much
GUARD = {  # the page loads nothing from other hosts and sends nothing to them
    "Content-Security-Policy": (
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def wants_page(request: Request) -> bool:
    """Whether the caller is a browser rather than a program."""
    return request.method == "GET" and "text/html" in request.headers.get("accept", "")


def answer_page(box: SandboxState, request: Request, name: str) -> Response:
    """Answer with a file of the page, or with the JSON that its scripts load."""
    if request.method != "GET":
        return answer_json({"error": f"/{PREFIX} is read-only: use GET"}, 405, {"Allow": "GET"})
    base = f"http://{request.headers.get('host', 'sandbox')}"
    if name == "apis.json":
        return answer_json({"apis": [_describe_api(box, api, base) for api in box.apis]})
    api = name.removesuffix(".json")
    if api in box.apis:
        return answer_json(_prepare_document(box, api, base))
    return answer_file(name)


def answer_file(name: str) -> Response:
    """Answer with a file of the page; 404 for any other name."""
    file = FILES / name
    if not NAME.fullmatch(name) or not file.is_file():
        message = f"There is no /{PREFIX}/{name}; / lists the APIs of this sandbox."
        return answer_json({"error": message}, 404)
    media_type, _ = mimetypes.guess_type(name)
    return Response(200, file.read_bytes(), media_type or "application/octet-stream", GUARD)


def _describe_api(box: SandboxState, api: str, base: str) -> dict[str, Any]:
    specification = load_specification(api)
    url = f"{base}/{api}"
    return {
        "name": api,
        "title": specification.title,
        "summary": specification.summary,
        "url": url,
        "operations": len(specification.operations),
        "arguments": {**box.client_arguments(api), "base_url": url},
        "credentials": dict(box.credentials(api)),
    }


def _prepare_document(box: SandboxState, api: str, base: str) -> dict[str, Any]:
    """Return an API's OpenAPI document for the explorer.

    It points to this sandbox. Its examples are the sandbox's account and the last days.
    """
    specification = load_specification(api)
    document: dict[str, Any] = load_document(api)
    document["servers"] = [{"url": f"{base}/{api}", "description": "This sandbox"}]
    for operation in specification.operations:
        node = document["paths"][operation.path][operation.method.lower()]
        node.pop("servers", None)
        node["tags"] = [operation.resource.replace("_", " ")]
        examples = {**_period_examples(operation, box.read_time()), **box.client_arguments(api)}
        for parameter in node.get("parameters", []):
            _set_example(parameter, examples)
    credentials = box.credentials(api)
    document["x-keys"] = {
        scheme.id: credentials[scheme.credential]
        for scheme in specification.security_schemes
        if scheme.credential in credentials
    }
    return document


def _set_example(parameter: dict[str, Any], examples: dict[str, str]) -> None:
    name = parameter["name"]
    if name in examples:
        parameter["example"] = examples[name]
    elif not parameter.get("required"):
        parameter.pop("example", None)  # Swagger UI would send it


def _period_examples(operation: Operation, now: datetime) -> dict[str, str]:
    """Return values for the two parameters that bound a span of time."""
    window = operation.window
    if window is None:
        return {}
    end = now.replace(microsecond=0)
    return {
        window.start: _write_moment(end - EXAMPLE_PERIOD),
        window.end: _write_moment(end),
    }


def _write_moment(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")

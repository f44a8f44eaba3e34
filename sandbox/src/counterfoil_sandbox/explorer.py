"""The page at /, its fragments, and the explorer of each API. All files are in this package."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Callable
from importlib.resources import files
from typing import Any
from urllib.parse import parse_qsl

from . import page_view
from .http import Request, Response, answer_json
from .snippets import describe_period
from .specification import load_document, load_specification
from .state import SandboxState

PREFIX = "_page"
FILES = files(__package__) / "page"
NAME = re.compile(r"(swagger-ui/)?[a-z-]+\.(html|css|js|svg)")
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
    base = _name_base(request)
    if name in FRAGMENTS:
        return FRAGMENTS[name](box, request)
    api = name.removesuffix(".json")
    if api in box.apis:
        return answer_json(_prepare_document(box, api, base))
    return answer_file(name)


def answer_index(box: SandboxState, request: Request) -> Response:
    """Answer with the page."""
    return _answer_html(page_view.write_index(box, _name_base(request)))


def _answer_log(box: SandboxState, request: Request) -> Response:
    return _answer_html(page_view.write_log(box, dict(parse_qsl(request.query))))


def _answer_controls(box: SandboxState, request: Request) -> Response:
    return _answer_html(page_view.write_controls(box))


def _answer_request(box: SandboxState, request: Request) -> Response:
    number = request.find_parameter("number") or ""
    text = page_view.write_request(box, int(number)) if number.isdecimal() else None
    if text is None:
        return _answer_html("<p>The log does not have this request any more.</p>", 404)
    return _answer_html(text)


FRAGMENTS: dict[str, Callable[[SandboxState, Request], Response]] = {
    "log.html": _answer_log,
    "controls.html": _answer_controls,
    "request.html": _answer_request,
}


def _answer_html(text: str, status: int = 200) -> Response:
    return Response(status, text.encode(), "text/html", {**GUARD, "Cache-Control": "no-store"})


def _name_base(request: Request) -> str:
    return f"http://{request.headers.get('host', 'sandbox')}"


def answer_file(name: str) -> Response:
    """Answer with a file of the page; 404 for any other name."""
    file = FILES / name
    if not NAME.fullmatch(name) or not file.is_file():
        message = f"There is no /{PREFIX}/{name}; / lists the APIs of this sandbox."
        return answer_json({"error": message}, 404)
    media_type, _ = mimetypes.guess_type(name)
    return Response(200, file.read_bytes(), media_type or "application/octet-stream", GUARD)


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
        examples = {**describe_period(operation, box.read_time()), **box.client_arguments(api)}
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

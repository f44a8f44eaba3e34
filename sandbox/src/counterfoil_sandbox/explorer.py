"""The page at /: what runs, its keys, the latest requests, and an explorer of each API, whose files are all in this package."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Mapping
from datetime import timedelta
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from .exchange import Answer, Request, answer_json
from .specification import load_document

if TYPE_CHECKING:
    from .sandbox import Sandbox

PREFIX = "_page"
FILES = files(__package__) / "page"
NAME = re.compile(r"(swagger-ui/)?[a-z-]+\.(html|css|js|svg)")
GUARD = {  # nothing from elsewhere, nothing to elsewhere
    "Content-Security-Policy": "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def wants_page(request: Request) -> bool:
    """Whether a person is looking, rather than a program."""
    return request.method == "GET" and "text/html" in request.headers.get("accept", "")


def answer_page(box: Sandbox, request: Request, name: str) -> Answer:
    """Give a file of the page, or what it needs to know."""
    if request.method != "GET":
        return answer_json({"error": f"/{PREFIX} is there to be read: GET"}, 405, {"Allow": "GET"})
    if name == "apis.json":
        return answer_json({"apis": [_describe(box, api, _find_base(request)) for api in box.apis]})
    if name.removesuffix(".json") in box.apis:
        return answer_json(_prepare(box, name.removesuffix(".json"), _find_base(request)))
    return answer_file(name)


def answer_file(name: str) -> Answer:
    """Give a file of the page."""
    file = FILES / name
    if not NAME.fullmatch(name) or not file.is_file():
        return answer_json({"error": f"There is no /{PREFIX}/{name}; / says what runs here."}, 404)
    return Answer(200, file.read_bytes(), mimetypes.guess_type(name)[0] or "application/octet-stream", GUARD)


def _find_base(request: Request) -> str:
    return f"http://{request.headers.get('host', 'sandbox')}"


def _describe(box: Sandbox, api: str, base: str) -> dict[str, Any]:
    document = load_document(api)
    return {
        "name": api,
        "title": document["info"]["title"],
        "summary": document["info"].get("summary", ""),
        "url": f"{base}/{api}",
        "operations": sum(1 for path in document["paths"].values() for node in path.values() if "operationId" in node),
        "account": {**box.account(api), "base_url": f"{base}/{api}"},
        "credentials": dict(box.credentials(api)),
    }


def _prepare(box: Sandbox, api: str, base: str) -> dict[str, Any]:
    """An API's document as the explorer takes it: it calls this sandbox, with its keys, and its examples are of today."""
    document: dict[str, Any] = load_document(api)
    document["servers"] = [{"url": f"{base}/{api}", "description": "This sandbox"}]
    for operation in (node for path in document["paths"].values() for node in path.values() if "operationId" in node):
        operation.pop("servers", None)
        operation["tags"] = [operation["x-counterfoil"]["resource"].replace("_", " ")]
        _give_examples(operation, box.account(api), _name_period(box, operation))
    schemes = document["components"].get("securitySchemes", {})
    document["x-keys"] = {wire: key for wire in schemes if (key := box.credentials(api).get(_to_snake_case(wire)))}
    return document


def _give_examples(operation: dict[str, Any], account: Mapping[str, str], period: Mapping[str, str]) -> None:
    for parameter in operation.get("parameters", []):
        name = parameter["name"]
        if name in account or name in period:
            parameter["example"] = account.get(name) or period[name]
        elif not parameter.get("required"):
            parameter.pop("example", None)  # the explorer would send it


def _name_period(box: Sandbox, operation: Mapping[str, Any]) -> dict[str, str]:
    window = operation.get("x-counterfoil", {}).get("window")
    if not window:
        return {}
    now = box.read_time().replace(microsecond=0)
    moments = {window["from"]: now - timedelta(days=6), window["to"]: now}
    return {name: moment.isoformat().replace("+00:00", "Z") for name, moment in moments.items()}


def _to_snake_case(wire: str) -> str:
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", wire).lower()

"""The first call of a package of 1,500 models, beside httpx2 alone. The document is invented."""

from __future__ import annotations

import json
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from pathlib import Path
from typing import Any

from counterfoil_tools.adopt import adopt
from counterfoil_tools.generate import make_all

from .payloads import ROOT
from .timing import Row, medians, milliseconds, python

RESOURCES = 125
WORDS = ("new", "open", "paid", "late", "void", "lost", "sent", "kept")
ANSWER = (
    b'{"id": "t-1", "amount": 12.50, "status0": "new", "other0": "t-2", "detail0": {"note": "x"}}'
)
IMPORT = "import large_client"
PEER = """
import json, sys, httpx2
with httpx2.Client() as client:
    json.loads(client.get("{address}/things0/t-1").content)
"""
FIRST = """
from large_client import LargeClient
with LargeClient(base_url="{address}") as client:
    client.things0.get_thing0("t-1")
"""


def report() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as name:
        source = make_package(Path(name))
        with serving() as address:
            before = f"import sys; sys.path.insert(0, {str(source)!r}); "
            subjects = {
                "bare": python(f"{before}pass"),
                "import": python(before + IMPORT),
                "peer": python(before + PEER.format(address=address)),
                "first": python(before + FIRST.format(address=address)),
            }
            medians(subjects, rounds=2)  # compiles the bytecode
            times = medians(subjects, rounds=15)
    over = times["import"] - times["bare"]
    yield Row("import 1,500 models, over bare Python", milliseconds(over), over / 0.005, "5 ms", 1)
    over = times["first"] - times["peer"]
    yield Row(
        "first response decoded, over httpx2 alone", milliseconds(over), over / 0.15, "150 ms", 1
    )


def make_package(folder: Path) -> Path:
    """Adopt and generate the document; return the folder to import the package from."""
    (folder / "large.json").write_text(json.dumps(document()))
    adopt(folder / "specs/large", folder / "large.json")
    with redirect_stderr(StringIO()):  # which counts the descriptions that are missing
        files = make_all([folder / "specs/large"], ROOT / "templates")
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)
    return folder / "generated/large-client/src"


def document() -> dict[str, Any]:
    """Resources whose models refer to each other as an id or, expanded, as the object."""
    paths: dict[str, Any] = {}
    schemas: dict[str, Any] = {}
    for number in range(RESOURCES):
        schemas[f"Thing{number}"] = thing(number)
        for part in range(6):
            schemas[f"Thing{number}Detail{part}"] = detail()
        for part in range(5):
            schemas[f"Thing{number}Status{part}"] = {"type": "string", "enum": list(WORDS)}
        paths[f"/things{number}/{{id}}"] = {"get": operation(number)}
    return {
        "openapi": "3.0.3",
        "info": {"title": "Large", "version": "1"},
        "servers": [{"url": "https://api.large.example"}],
        "paths": paths,
        "components": {"schemas": schemas},
    }


def operation(number: int) -> dict[str, Any]:
    schema = {"$ref": f"#/components/schemas/Thing{number}"}
    return {
        "operationId": f"getThing{number}",
        "tags": [f"Things{number}"],
        "parameters": [
            {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
        ],
        "responses": {
            "200": {"description": "It.", "content": {"application/json": {"schema": schema}}}
        },
    }


def thing(number: int) -> dict[str, Any]:
    own = f"#/components/schemas/Thing{number}"
    properties: dict[str, Any] = {"id": {"type": "string"}, "amount": {"type": "number"}}
    for part in range(6):
        properties[f"detail{part}"] = {"$ref": f"{own}Detail{part}"}
    for part in range(5):
        properties[f"status{part}"] = {"$ref": f"{own}Status{part}"}
        other = f"#/components/schemas/Thing{(number * 7 + part + 1) % RESOURCES}"
        properties[f"other{part}"] = {"anyOf": [{"type": "string"}, {"$ref": other}]}
    return {"type": "object", "required": ["id"], "properties": properties}


def detail() -> dict[str, Any]:
    texts = {f"text{part}": {"type": "string"} for part in range(8)}
    return {"type": "object", "properties": {"note": {"type": "string"}, **texts}}


@contextmanager
def serving() -> Iterator[str]:
    """Serve on loopback, answering every GET alike; yields the address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(ANSWER)))
        self.end_headers()
        self.wfile.write(ANSWER)

    def log_message(self, *_: Any) -> None:
        pass

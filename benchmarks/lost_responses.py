"""What clients do when a response is lost, and how they read an amount.

`nox -s bench -- lost_responses` prints what README.md quotes. A server on loopback
reads each request and closes the connection without a response. A POST was then sent, and may have
been carried out; the script counts how often each client sends it.
"""

from __future__ import annotations

import datetime
import importlib
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any

import openai
import stripe
from counterfoil_vtex import InvoicedItem, InvoiceType, VtexClient

AMOUNT = '{"total": 1234567890123456.789}'
OBJECT = {"type": "object", "properties": {"total": {"type": "number", "format": "decimal"}}}
JSON_OBJECT = {"application/json": {"schema": {"$ref": "#/components/schemas/Parcel"}}}
SPEC = {
    "openapi": "3.1.0",
    "info": {"title": "Peer", "version": "1"},
    "paths": {
        "/parcels": {
            "post": {
                "operationId": "send",
                "requestBody": {"required": True, "content": JSON_OBJECT},
                "responses": {"200": {"description": "Sent", "content": JSON_OBJECT}},
            }
        }
    },
    "components": {"schemas": {"Parcel": OBJECT}},
}


@contextmanager
def serve_nothing() -> Iterator[tuple[str, list[str | None]]]:
    """Serve without ever responding; yield the URL and the Idempotency-Key of each POST."""
    keys: list[str | None] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            keys.append(self.headers.get("Idempotency-Key"))
            self.close_connection = True

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", keys
        server.shutdown()


def call_counterfoil(url: str) -> object:
    credentials = {"app_key": "key", "app_token": "token"}
    with VtexClient(base_url=url, account="demo", **credentials) as vtex:
        return vtex.invoices.notify(
            "1172452900788-01",
            type=InvoiceType.OUTPUT,
            issuance_date=datetime.datetime.now(tz=datetime.UTC),
            invoice_number="1",
            invoice_value="100",
            items=[InvoicedItem(id="1", price=100, quantity=1)],
        )


def call_openai(url: str) -> object:
    with openai.OpenAI(base_url=url, api_key="key") as client:
        return client.post("/parcels", body={}, cast_to=object)


def call_stripe(url: str) -> object:
    client = stripe.StripeClient("sk_test_key", base_addresses={"api": url})
    return client.raw_request("post", "/v1/invoices")


def generate_client(folder: Path) -> Any:
    """Return the package that openapi-python-client generates from SPEC."""
    (folder / "spec.json").write_text(json.dumps(SPEC))
    words = ["--path", str(folder / "spec.json"), "--meta", "none", "--output-path"]
    command = [sys.executable, "-m", "openapi_python_client", "generate", *words]
    subprocess.run([*command, str(folder / "peer_client")], check=True, capture_output=True)
    sys.path.insert(0, str(folder))
    importlib.import_module("peer_client.api.default.send")
    return importlib.import_module("peer_client")


def call_generated(url: str) -> object:
    package = sys.modules["peer_client"]
    send = sys.modules["peer_client.api.default.send"]
    parcel = sys.modules["peer_client.models"].Parcel(total=1.0)
    return send.sync(client=package.Client(base_url=url), body=parcel)


def measure(call: Callable[[str], object]) -> str:
    """Return how often a POST was sent whose response was lost, and the exception raised."""
    raised = "nothing"
    with serve_nothing() as (url, keys):
        try:
            call(url)
        except Exception as error:  # whatever a client raises is the result
            raised = type(error).__name__
    same_key = keys[0] is not None and len(set(keys)) == 1
    key = "with one Idempotency-Key" if same_key else "without an Idempotency-Key"
    return f"sent {len(keys)} x {key}, raises {raised}"


def report() -> Iterator[str]:
    """Yield a line on the amount, and one for each client."""
    with TemporaryDirectory() as folder:
        package = generate_client(Path(folder))
        parcel = importlib.import_module("peer_client.models").Parcel
        total = parcel.from_dict(json.loads(AMOUNT)).total
        yield f"{AMOUNT} is read by {package.__name__} as {total!r}, {type(total).__name__}"
        calls = {
            "counterfoil-vtex": call_counterfoil,
            "openapi-python-client": call_generated,
            "openai": call_openai,
            "stripe": call_stripe,
        }
        for name, call in calls.items():
            yield f"{name} {version(name)}: {measure(call)}"

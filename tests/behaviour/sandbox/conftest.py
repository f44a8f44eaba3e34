"""A sandbox in process, and how to call it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from counterfoil_sandbox import Sandbox
from httpx2 import Response
from starlette.testclient import TestClient

MEBIBYTE = 1024 * 1024
SPECS = Path(__file__).parents[3] / "sandbox" / "src" / "counterfoil_sandbox" / "specs"


class Clock:
    """A clock that only a test moves."""

    def __init__(self) -> None:
        self.now = datetime(2026, 5, 20, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **span: float) -> None:
        self.now += timedelta(**span)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def box(clock: Clock) -> Iterator[Sandbox]:
    with Sandbox(seed=7, invoices=60, clock=clock) as box:
        yield box


@pytest.fixture
def http(box: Sandbox) -> TestClient:
    return TestClient(box.app, raise_server_exceptions=True)


class Open2b:
    """Calls methods of the store, and holds every answer against the specification."""

    def __init__(self, http: TestClient, key: str) -> None:
        self.http = http
        self.key = key

    def send(self, method: str, content: bytes, **headers: str) -> Response:
        given = {"X-Key": self.key, "Content-Type": "application/json", **headers}
        answer = self.http.post(
            f"/open2b-admin/api/v6/commerce.invoices.{method}", content=content, headers=given
        )
        assert_documented("open2b-admin", f"/api/v6/commerce.invoices.{method}", "post", answer)
        return answer

    def call(self, method: str, **body: Any) -> Any:
        answer = self.send(method, json.dumps(body).encode())
        assert answer.status_code == 200
        return json.loads(answer.content, parse_float=Decimal)

    def create(self, **invoice: Any) -> int:
        answer = self.call("create", invoice={"billingAddress": BILLING_ADDRESS, **invoice})
        assert answer["status"] == "ok", answer
        return int(answer["id"])

    def get(self, number: int) -> Any:
        return self.call("get", id=number)["invoice"]

    def refused(self, method: str, **body: Any) -> tuple[str, str, str]:
        answer = self.call(method, **body)
        assert answer["status"] == "error", answer
        return answer["error"]["field"], answer["error"]["type"], answer["error"]["description"]


@pytest.fixture
def open2b(box: Sandbox, http: TestClient) -> Open2b:
    return Open2b(http, box.client_arguments("open2b-admin")["key"])


BILLING_ADDRESS = {
    "firstName": "Nives",
    "lastName": "Tarabelli",
    "street1": "Corso Garibaldi 41",
    "city": "Parma",
    "postalCode": "43121",
    "country": "IT",
    "email": "studio@tarabelli.example",
}


@cache
def load_document(api: str) -> Any:
    return json.loads((SPECS / f"{api}.json").read_bytes())


def assert_documented(api: str, path: str, method: str, answer: Response) -> None:
    """The status is documented, its media type and headers as well, and the body validates."""
    document = load_document(api)
    documented = document["paths"][path][method]["responses"][str(answer.status_code)]
    if "content" not in documented:
        assert (answer.content, answer.headers.get("content-type")) == (b"", None)
        return
    [(media_type, content)] = documented["content"].items()
    assert answer.headers["content-type"].partition(";")[0] == media_type
    for header in documented.get("headers", {}):
        assert header in answer.headers
    if media_type == "application/json":
        schema = {**content["schema"], "components": document["components"]}
        jsonschema_rs.Draft202012Validator(schema, validate_formats=True).validate(answer.json())

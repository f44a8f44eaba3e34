"""Webhooks of a spec: a module with their models, and the check of their signature."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from counterfoil_core import DecodeError
from counterfoil_core.webhooks import WebhookRefused, sign_webhook

from tests.behaviour.generate.packages import (
    describe,
    make_package,
    parcels,
    refer,
    refusal,
    schemas,
)

SIGNATURE = {
    "header": "X-Signature",
    "algorithm": "hmac-sha256",
    "encoding": "hex",
    "timestamp-key": "t",
    "signature-key": "v1",
    "signed": "{timestamp}.{body}",
    "tolerance": "5m",
}


def with_webhooks(*names: str, signature: dict[str, Any] | None = None) -> dict[str, Any]:
    document = parcels()
    schemas(document)["Moved"] = describe(
        type="object",
        required=["parcel"],
        properties={
            "parcel": refer("Parcel"),
            "fee": describe(type="number", format="decimal"),
        },
    )
    body = {"content": {"application/json": {"schema": refer("Moved")}}}
    document["webhooks"] = {
        name: {"post": {"summary": "A parcel moved", "requestBody": body}} for name in names
    }
    if signature is not None:
        document["x-counterfoil"] = {"webhook": signature}
    return document


def test_a_webhook_is_decoded_to_its_model(tmp_path: Path) -> None:
    package = make_package(tmp_path, with_webhooks("parcel.moved"))
    moved = package.webhooks.parcel_moved.parse(b'{"parcel": {"id": 7}, "fee": 56.330}')
    assert moved.parcel == package.Parcel(id=7)
    assert str(moved.fee) == "56.330"
    assert "webhooks" in package.__all__
    with pytest.raises(DecodeError, match="parcel"):
        package.webhooks.parcel_moved.parse(b"{}")


def test_its_model_is_for_reading(tmp_path: Path) -> None:
    package = make_package(tmp_path, with_webhooks("parcel.moved"))
    moved = package.webhooks.parcel_moved.parse(b'{"parcel": {}}')
    assert moved.fee is None


def test_a_signature_is_checked_as_the_spec_says(tmp_path: Path) -> None:
    package = make_package(tmp_path, with_webhooks("parcel.moved", signature=SIGNATURE))
    webhook = package.webhooks.parcel_moved
    body = b'{"parcel": {"id": 7}}'
    now = int(time.time())
    headers = sign_webhook(webhook.signature, body, "s3cret", timestamp=now)
    assert list(headers) == ["X-Signature"]
    assert webhook.parse(body, headers, secret="s3cret").parcel.id == 7
    for problem, refused in {
        "wrong": (body + b" ", headers, now),
        "too-old": (body, headers, now + 301),
        "missing": (body, {}, now),
    }.items():
        content, given, clock = refused
        with pytest.raises(WebhookRefused) as caught:
            webhook.parse(content, given, secret="s3cret", now=clock)
        assert caught.value.problem == problem


def test_the_package_lists_its_webhooks(tmp_path: Path) -> None:
    make_package(tmp_path, with_webhooks("parcel.moved", signature=SIGNATURE))
    folder = tmp_path / "generated/counterfoil-parcels"
    surface = (folder / "SURFACE.md").read_text()
    readme = (folder / "README.md").read_text()
    assert "- `webhooks.parcel_moved`: `Moved`, `parcel.moved`" in surface
    assert "| `webhooks.parcel_moved` | `Moved` | A parcel moved. |" in readme
    assert "parse(body, headers, secret=...)` checks the signature" in readme


def test_an_api_without_webhooks_has_no_module(tmp_path: Path) -> None:
    package = make_package(tmp_path, parcels())
    assert "webhooks" not in package.__all__
    assert not hasattr(package, "webhooks")


@pytest.mark.parametrize(
    ("names", "signature", "told"),
    [
        (["parcel.moved", "parcel_moved"], None, "'parcel_moved' would have the name of"),
        (["a"], {**SIGNATURE, "algorithm": "md5"}, '"md5" is none of'),
        (["a"], {**SIGNATURE, "tolerance": "soon"}, "'soon' is no span of time"),
        (["a"], {**SIGNATURE, "signed": "{timestamp}"}, "signed"),
        (["a"], {"header": "X"}, '"algorithm" is a required property'),
        (["a"], {**SIGNATURE, "secret": "x"}, "'secret' is not allowed here"),
    ],
)
def test_what_cannot_be_generated_is_refused(
    names: list[str], signature: dict[str, Any] | None, told: str, tmp_path: Path
) -> None:
    assert told in refusal(tmp_path, with_webhooks(*names, signature=signature))


def test_a_webhook_that_is_no_json_is_refused(tmp_path: Path) -> None:
    document = with_webhooks("a")
    body = document["webhooks"]["a"]["post"]["requestBody"]
    body["content"]["application/xml"] = body["content"].pop("application/json")
    assert "application/json" in refusal(tmp_path, document)

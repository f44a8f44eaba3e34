"""Webhooks: who sent them, when, and what they hold. Expected signatures were made with OpenSSL."""

from __future__ import annotations

import pickle
from base64 import b64decode
from decimal import Decimal
from typing import Any

import pytest
from counterfoil_core.errors import CounterfoilError, DecodeError
from counterfoil_core.webhooks import Webhook, WebhookRefused, WebhookSignature, sign_webhook
from msgspec import Struct

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
BODY = b'{"type": "invoice.paid", "amount": 12345678901234567.89}'
SENT = 1_760_000_000


class Paid(Struct, kw_only=True):
    type: str
    amount: Decimal


PLAIN = WebhookSignature(header="X-Signature", prefix="sha256=")
PAIRS = WebhookSignature(
    header="Billing-Signature",
    timestamp_key="t",
    signature_key="v1",
    signed="{timestamp}.{body}",
)
STANDARD = WebhookSignature(
    header="webhook-signature",
    prefix="v1,",
    encoding="base64",
    timestamp_header="webhook-timestamp",
    id_header="webhook-id",
    signed="{id}.{timestamp}.{body}",
    key_prefix="whsec_",
    key_encoding="base64",
)
SIGNATURES = {"plain": PLAIN, "pairs": PAIRS, "standard": STANDARD}


def sign(signature: WebhookSignature, secret: str = SECRET) -> dict[str, str]:
    return sign_webhook(signature, BODY, secret, timestamp=SENT, identifier="msg_1")


def parse(
    signature: WebhookSignature, headers: Any, body: bytes = BODY, now: float = SENT, **options: Any
) -> Paid:
    webhook: Webhook[Paid] = Webhook("invoice.paid", Paid, signature)
    return webhook.parse(body, headers, **{"secret": SECRET, "now": now} | options)


def test_signatures_are_those_of_openssl() -> None:
    """`printf ... | openssl dgst -sha256 -hmac KEY`, and `-mac HMAC -macopt hexkey:...`."""
    body = b'{"id":1}'
    plain = sign_webhook(PLAIN, body, "key")
    assert plain == {
        "X-Signature": "sha256=c95c6a7c2c7c761e984c68cf64b4bca93f07242900aafdbb328d3bb75ab0dcb0"
    }
    standard = sign_webhook(STANDARD, body, SECRET, timestamp=SENT, identifier="msg_1")
    assert (
        b64decode(standard["webhook-signature"].removeprefix("v1,")).hex()
        == "0d6fedab2261df02e60c4b5383d6207c8a2be2317a25a39cf63cab1d51058271"
    )


@pytest.mark.parametrize("name", SIGNATURES)
def test_a_signed_webhook_is_decoded_with_exact_amounts(name: str) -> None:
    signature = SIGNATURES[name]
    paid = parse(signature, sign(signature))
    assert paid == Paid(type="invoice.paid", amount=Decimal("12345678901234567.89"))


@pytest.mark.parametrize("name", SIGNATURES)
def test_header_names_are_read_in_any_case_and_as_pairs(name: str) -> None:
    headers = [(key.upper(), value) for key, value in sign(SIGNATURES[name]).items()]
    assert parse(SIGNATURES[name], headers).type == "invoice.paid"


@pytest.mark.parametrize("name", SIGNATURES)
def test_a_changed_body_or_secret_is_refused(name: str) -> None:
    signature = SIGNATURES[name]
    with pytest.raises(WebhookRefused) as caught:
        parse(signature, sign(signature), BODY.replace(b"89", b"98"))
    assert caught.value.problem == "wrong"
    with pytest.raises(WebhookRefused, match="check the secret"):
        parse(signature, sign(signature, "whsec_b3RoZXIgc2VjcmV0"))


@pytest.mark.parametrize("name", SIGNATURES)
def test_a_missing_or_doubled_header_is_refused(name: str) -> None:
    signature = SIGNATURES[name]
    headers = sign(signature)
    for header in headers:
        with pytest.raises(WebhookRefused) as missing:
            parse(signature, {key: text for key, text in headers.items() if key != header})
        assert (missing.value.problem, header in missing.value.message) == ("missing", True)
        with pytest.raises(WebhookRefused) as doubled:
            parse(signature, [*headers.items(), (header.lower(), headers[header])])
        assert doubled.value.problem == "doubled"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("plain", "sha1=00"),
        ("plain", "sha256=xyz"),
        ("pairs", "t=1760000000"),
        ("pairs", "v1=00"),
        ("pairs", "t=1,t=2,v1=00"),
        ("pairs", "t=today,v1=00"),
        ("pairs", "t=" + "9" * 400 + ",v1=00"),
        ("standard", "v1,***"),
        ("standard", "v2,AAAA"),
    ],
)
def test_a_malformed_header_is_refused(name: str, text: str) -> None:
    signature = SIGNATURES[name]
    with pytest.raises(WebhookRefused) as caught:
        parse(signature, sign(signature) | {signature.header: text})
    assert caught.value.problem == "malformed"


@pytest.mark.parametrize("name", ["pairs", "standard"])
def test_an_old_webhook_is_refused_and_one_within_the_tolerance_is_not(name: str) -> None:
    signature = SIGNATURES[name]
    headers = sign(signature)
    assert parse(signature, headers, now=SENT + 300).type == "invoice.paid"
    assert parse(signature, headers, now=SENT - 300).type == "invoice.paid"
    with pytest.raises(WebhookRefused) as old:
        parse(signature, headers, now=SENT + 301)
    assert old.value.problem == "too-old"
    with pytest.raises(WebhookRefused) as early:
        parse(signature, headers, now=SENT - 301)
    assert early.value.problem == "in-the-future"


@pytest.mark.parametrize("name", SIGNATURES)
def test_while_secrets_change_both_are_taken(name: str) -> None:
    signature = SIGNATURES[name]
    secrets = ["whsec_b3RoZXIgc2VjcmV0", SECRET]
    assert parse(signature, sign(signature), secret=secrets).type == "invoice.paid"


def test_several_signatures_in_one_header_are_for_a_change_of_secrets() -> None:
    headers = sign(PAIRS)
    headers["Billing-Signature"] += ",v1=" + "0" * 64 + ",v0=ignored"
    assert parse(PAIRS, headers).type == "invoice.paid"
    headers = sign(STANDARD)
    headers["webhook-signature"] = "v1,AAAA v2,AAAA " + headers["webhook-signature"]
    assert parse(STANDARD, headers).type == "invoice.paid"


@pytest.mark.parametrize("secret", [None, "", [], [""]])
def test_without_a_secret_nothing_is_believed(secret: Any) -> None:
    with pytest.raises(ValueError, match="no secret is given"):
        parse(PLAIN, sign(PLAIN), secret=secret)


def test_a_body_that_does_not_fit_is_a_decode_error_only_after_the_check() -> None:
    body = b'{"type": 5}'
    with pytest.raises(WebhookRefused):
        parse(PLAIN, sign(PLAIN), body)
    headers = sign_webhook(PLAIN, body, SECRET)
    with pytest.raises(DecodeError):
        parse(PLAIN, headers, body)


def test_an_api_without_signatures_takes_no_secret() -> None:
    webhook: Webhook[Paid] = Webhook("invoice.paid", Paid)
    assert webhook.parse(BODY).amount == Decimal("12345678901234567.89")
    with pytest.raises(ValueError, match="documents no signature"):
        webhook.parse(BODY, secret=SECRET)


def test_a_refusal_is_a_counterfoil_error_and_pickles() -> None:
    refused = pickle.loads(pickle.dumps(WebhookRefused("wrong", "the signature does not fit")))
    assert isinstance(refused, CounterfoilError)
    assert (refused.problem, str(refused)) == ("wrong", "the signature does not fit")

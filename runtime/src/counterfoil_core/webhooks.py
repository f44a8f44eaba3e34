"""Webhooks: requests that an API sends to an application, checked and decoded.

An API that signs its webhooks computes an HMAC over the body, with a secret that both sides know,
and sends it in a header. `Webhook.parse` compares it in constant time, refuses a timestamp outside
of the tolerance, and decodes the body only then.
"""

from __future__ import annotations

import hmac
import time
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Generic, Literal, TypeAlias, TypeVar

from msgspec import Struct

from .decode import make_reader
from .errors import CounterfoilError, DecodeError
from .locks import FIRST_USE
from .response import RawResponse

EventT = TypeVar("EventT")

Algorithm = Literal["hmac-sha1", "hmac-sha256", "hmac-sha512"]
Encoding = Literal["hex", "base64"]
Problem = Literal["missing", "doubled", "malformed", "wrong", "too-old", "in-the-future"]
WebhookHeaders: TypeAlias = Mapping[str, str] | Iterable[tuple[str, str]]
"""Headers in any case of letters, as a mapping or as pairs. Pass pairs where your framework has
them: a mapping hides that a header came twice.
"""

MAX_WEBHOOK_BYTES = 64 * 1024 * 1024


class WebhookRefused(CounterfoilError):
    """A webhook that is not proven to come from the API: do not act on it, and answer 400.

    `problem` is "missing", "doubled", "malformed", "wrong", "too-old" or "in-the-future".
    """

    def __init__(self, problem: Problem, message: str) -> None:
        super().__init__(message)
        self.problem: Problem = problem

    def __reduce__(self) -> tuple[type[WebhookRefused], tuple[Problem, str]]:
        return type(self), (self.problem, self.message)


class Webhook(Generic[EventT]):
    """One webhook of an API: `parse` turns a received request into its model."""

    def __init__(self, name: str, kind: Any, signature: WebhookSignature | None = None) -> None:
        self.name = name
        self.signature = signature
        self.kind = kind
        self._reader: Any = None

    def parse(
        self,
        body: bytes,
        headers: WebhookHeaders = (),
        *,
        secret: str | Sequence[str] | None = None,
        now: float | None = None,
    ) -> EventT:
        """Check a webhook's signature and return its content.

        `body` is the request's body as it was received: parsed and written again, it would no
        longer fit its signature. `secret` is the API's signing secret, or several while they
        change. A webhook of an API that documents no signature is decoded without a check, and
        takes no secret. `now` replaces the clock, in seconds since 1970.

        Raises WebhookRefused where the signature does not prove the sender, DecodeError where the
        body is not what the API documents, ValueError where the secret is missing.
        """
        if len(body) > MAX_WEBHOOK_BYTES:
            raise DecodeError(f"the webhook is longer than {MAX_WEBHOOK_BYTES >> 20} MiB")
        if self.signature is not None:
            self.signature.verify(body, headers, secret or (), now=now)
        elif secret:
            raise ValueError(f"{self.name}: the API documents no signature that could be checked")
        value: EventT = self._find_reader()(RawResponse(status=200, headers={}, content=body))
        return value

    def _find_reader(self) -> Any:
        if self._reader is None:
            with FIRST_USE:
                self._reader = self._reader or make_reader(self.kind)
        return self._reader


class WebhookSignature(Struct, frozen=True, kw_only=True):
    """How an API signs its webhooks.

    `header` holds one or more signatures, `prefix` is what each begins with ("sha256=", "v1,").
    `signed` is the text that is signed, with {body}, {timestamp} and {id} to be filled in.
    `timestamp_header` holds the time of sending in seconds since 1970, `id_header` the identifier.
    A header of pairs such as `t=1700000000,v1=5257a8...` has `timestamp_key` and `signature_key`
    instead. `tolerance` is how many seconds the timestamp may differ from this machine's clock.
    """

    header: str
    algorithm: Algorithm = "hmac-sha256"
    encoding: Encoding = "hex"
    prefix: str = ""
    signed: str = "{body}"
    timestamp_header: str | None = None
    id_header: str | None = None
    timestamp_key: str | None = None
    signature_key: str | None = None
    tolerance: float = 300.0
    key_prefix: str = ""  # in front of the secret as the API shows it, such as "whsec_"
    key_encoding: Literal["text", "base64"] = "text"

    def verify(
        self,
        body: bytes,
        headers: WebhookHeaders,
        secrets: str | Sequence[str],
        *,
        now: float | None = None,
    ) -> None:
        """Return if one of the secrets has signed this body; several are for a change of secrets.

        Raises WebhookRefused where the signature is missing, doubled, malformed or wrong, or its
        timestamp is further from `now` (seconds since 1970) than the tolerance. ValueError if no
        secret is given.
        """
        keys = [self._read_secret(secret) for secret in _list_secrets(secrets)]
        if not keys:
            raise ValueError("no secret is given: without one, no signature can be checked")
        found = _Headers(headers)
        timestamp, signatures = self._read_signatures(found)
        if timestamp is not None:
            self._check_time(timestamp, time.time() if now is None else now)
        text = self._fill(body, timestamp, found)
        digest = self.algorithm.removeprefix("hmac-")
        expected = [hmac.digest(key, text, digest) for key in keys]
        matches = [
            hmac.compare_digest(one, other) for one in expected for other in signatures
        ]  # all are compared: time does not show which one fits
        if not any(matches):
            raise WebhookRefused(
                "wrong",
                "the signature does not fit the body: check the secret, and pass the body's bytes "
                "as they were received",
            )

    def _read_signatures(self, headers: _Headers) -> tuple[str | None, list[bytes]]:
        text = headers.require(self.header)
        if self.signature_key is not None:
            return self._read_pairs(text)
        timestamp = None
        if self.timestamp_header is not None:
            timestamp = headers.require(self.timestamp_header)
        candidates = text.split() if self.prefix else [text.strip()]
        signatures = [
            self._decode(one.removeprefix(self.prefix))
            for one in candidates
            if one.startswith(self.prefix)
        ]
        if not signatures:
            raise self._refuse_form(f"none begins with {self.prefix!r}")
        return timestamp, signatures

    def _read_pairs(self, text: str) -> tuple[str | None, list[bytes]]:
        pairs = [part.strip().partition("=") for part in text.split(",")]
        timestamps = [value for key, _, value in pairs if key == self.timestamp_key]
        values = [value for key, _, value in pairs if key == self.signature_key]
        if not values:
            raise self._refuse_form(f"it holds no {self.signature_key}=")
        if self.timestamp_key is None:
            return None, [self._decode(value) for value in values]
        if len(timestamps) != 1:
            raise self._refuse_form(f"it must hold {self.timestamp_key}= once")
        return timestamps[0], [self._decode(value) for value in values]

    def _decode(self, text: str) -> bytes:
        try:
            if self.encoding == "hex":
                return bytes.fromhex(text)
            return b64decode(text, validate=True)
        except (ValueError, Base64Error):
            raise self._refuse_form(f"it is not {self.encoding}") from None

    def _check_time(self, timestamp: str, now: float) -> None:
        if not (timestamp.isascii() and timestamp.isdigit()) or len(timestamp) > 15:
            raise self._refuse_form("its timestamp is not a number of seconds")
        age = now - int(timestamp)
        if age > self.tolerance:
            raise WebhookRefused(
                "too-old",
                f"the webhook was signed {age:.0f} s ago, and {self.tolerance:.0f} s are allowed: "
                "it may be a replay, or this machine's clock is wrong",
            )
        if age < -self.tolerance:
            raise WebhookRefused(
                "in-the-future",
                f"the webhook was signed {-age:.0f} s in the future, and {self.tolerance:.0f} s "
                "are allowed: check this machine's clock",
            )

    def _fill(self, body: bytes, timestamp: str | None, headers: _Headers) -> bytes:
        """Return the bytes that are signed. The body is filled in last: it may hold braces."""
        text = self.signed
        if timestamp is not None:
            text = text.replace("{timestamp}", timestamp)
        if self.id_header is not None:
            text = text.replace("{id}", headers.require(self.id_header))
        before, _, after = text.partition("{body}")
        return before.encode() + body + after.encode()

    def _read_secret(self, secret: str) -> bytes:
        bare = secret.removeprefix(self.key_prefix)
        if self.key_encoding == "text":
            return bare.encode()
        try:
            return b64decode(bare, validate=True)
        except (ValueError, Base64Error):
            raise ValueError("the secret is not base64 (not shown)") from None

    def _refuse_form(self, reason: str) -> WebhookRefused:
        return WebhookRefused(
            "malformed", f"the header {self.header} is not a signature of this API: {reason}"
        )


def sign_webhook(
    signature: WebhookSignature,
    body: bytes,
    secret: str,
    *,
    timestamp: int = 0,
    identifier: str = "",
) -> dict[str, str]:
    """Return the headers that the API would send with this body: for an application's own tests."""
    headers: dict[str, str] = {}
    if signature.timestamp_header is not None:
        headers[signature.timestamp_header] = str(timestamp)
    if signature.id_header is not None:
        headers[signature.id_header] = identifier
    text = signature._fill(body, str(timestamp), _Headers(headers))
    digest = hmac.digest(
        signature._read_secret(secret), text, signature.algorithm.removeprefix("hmac-")
    )
    encoded = digest.hex() if signature.encoding == "hex" else b64encode(digest).decode()
    if signature.signature_key is None:
        headers[signature.header] = signature.prefix + encoded
    elif signature.timestamp_key is None:
        headers[signature.header] = f"{signature.signature_key}={encoded}"
    else:
        pairs = f"{signature.timestamp_key}={timestamp},{signature.signature_key}={encoded}"
        headers[signature.header] = pairs
    return headers


class _Headers:
    """Headers by lower-case name, which know whether one came twice."""

    def __init__(self, headers: WebhookHeaders) -> None:
        pairs = headers.items() if isinstance(headers, Mapping) else headers
        self._values: dict[str, list[str]] = {}
        for name, value in pairs:
            self._values.setdefault(name.lower(), []).append(value)

    def require(self, name: str) -> str:
        """Return a header's value. Raises WebhookRefused if it is missing or came twice."""
        values = self._values.get(name.lower(), [])
        if not values:
            raise WebhookRefused("missing", f"the header {name} is missing")
        if len(values) > 1:
            raise WebhookRefused("doubled", f"the header {name} came {len(values)} times")
        return values[0]


def _list_secrets(secrets: str | Sequence[str]) -> list[str]:
    given = [secrets] if isinstance(secrets, str) else list(secrets)
    return [secret for secret in given if secret]

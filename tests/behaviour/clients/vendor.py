"""Amazon as a handler that exchanges a client's credentials for tokens."""

from __future__ import annotations

import asyncio
import threading
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import counterfoil_amazon as amazon
import httpx2
from counterfoil_core import RateLimit

LOGIN = "/auth/o2/token"
RESTRICT = "/tokens/2021-03-01/restrictedDataToken"
INVOICES = "/customerInvoices"
CREDENTIALS = {
    "refresh_token": "Atzr|Nives-41",
    "client_id": "amzn1.Corso",
    "client_secret": "s3cret-of-Parma",
}
FAST = RateLimit(requests=100_000, per=1, burst=100_000)


class Vendor:
    """Amazon as a handler that numbers its tokens.

    It refuses the tokens in `refused`, and first sends the `troubles` of a path.
    """

    def __init__(self, *, lifetime: int = 3600, pause: float = 0) -> None:
        self.lifetime = lifetime
        self.pause = pause
        self.gate: asyncio.Event | None = None  # tokens are held back until it is set
        self.requests: list[httpx2.Request] = []
        self.refused: set[str] = set()
        self.troubles: dict[str, list[httpx2.Response | Exception]] = {}
        self.issued = Counter[str]()
        self._lock = threading.Lock()

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        request.read()
        with self._lock:
            self.requests.append(request)
            path = next(one for one in (LOGIN, RESTRICT, INVOICES) if one in request.url.path)
            if self.troubles.get(path):
                trouble = self.troubles[path].pop(0)
                if isinstance(trouble, Exception):
                    raise trouble
                return trouble
        return self._answer(path, request)

    async def answer_async(self, request: httpx2.Request) -> httpx2.Response:
        if INVOICES not in request.url.path:
            await asyncio.sleep(self.pause)
            await (self.gate.wait() if self.gate else asyncio.sleep(0))
        pause = self.pause
        self.pause = 0
        try:
            return self(request)
        finally:
            self.pause = pause

    def _answer(self, path: str, request: httpx2.Request) -> httpx2.Response:
        if path == LOGIN:
            time.sleep(self.pause)
            return httpx2.Response(
                200,
                json={
                    "access_token": self._issue("Atza"),
                    "token_type": "bearer",
                    "expires_in": self.lifetime,
                },
            )
        if request.headers["x-amz-access-token"] in self.refused:
            return deny()
        if path == RESTRICT:
            time.sleep(self.pause)
            return httpx2.Response(
                200,
                json={"restrictedDataToken": self._issue("Atz.sprdt"), "expiresIn": self.lifetime},
            )
        if request.url.path.endswith(INVOICES):
            return httpx2.Response(200, json={"payload": {"customerInvoices": []}})
        return httpx2.Response(
            200, json={"payload": {"purchaseOrderNumber": "PO7", "content": "JVBERi0="}}
        )

    def _issue(self, kind: str) -> str:
        with self._lock:
            self.issued[kind] += 1
            return f"{kind}|{self.issued[kind]}"

    @property
    def calls(self) -> list[str]:
        """Return the calls: the last part of the path, and the token that was sent."""
        return [
            f"{one.url.path.split('/')[-1]} {one.headers.get('x-amz-access-token', '')}".strip()
            for one in self.requests
        ]

    def open(self, **options: Any) -> amazon.AmazonClient:
        return amazon.AmazonClient(
            **{
                **CREDENTIALS,
                "transport": httpx2.MockTransport(self),
                "rate_limit": FAST,
                **options,
            }
        )

    def open_async(self, **options: Any) -> amazon.AsyncAmazonClient:
        transport = httpx2.MockTransport(self.answer_async)
        return amazon.AsyncAmazonClient(
            **{**CREDENTIALS, "transport": transport, "rate_limit": FAST, **options}
        )


def deny() -> httpx2.Response:
    error = {"code": "Unauthorized", "message": "Access to requested resource is denied."}
    return httpx2.Response(403, json={"errors": [error]})


def rate_limiter() -> httpx2.Response:
    return httpx2.Response(
        429, json={"errors": [{"code": "QuotaExceeded", "message": "You exceeded your quota."}]}
    )


def hurry(client: Any) -> list[float]:
    """Let no wait take time, and return the waits that were asked for."""
    waits: list[float] = []
    client._state.sleep = waits.append
    return waits


def list_week(client: Any) -> Any:
    now = datetime.now(UTC)
    return client.customer_invoices.list(created_after=now - timedelta(days=1), created_before=now)

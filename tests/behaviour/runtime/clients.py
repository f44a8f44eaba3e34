"""The sync and the async client behind the same words, so that each behaviour is described once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import httpx2
from counterfoil_core import AsyncClient, Client
from counterfoil_core.api import Operation
from counterfoil_core.transports.aiohttp import AiohttpTransport

from .fake_api import API

Handler = Callable[[httpx2.Request], httpx2.Response]


class Time:
    """A clock that only waiting moves; `waits` are the waits asked for."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.waits: list[float] = []

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds

    async def sleep_async(self, seconds: float) -> None:
        self.sleep(seconds)


class Way:
    """One of the two clients, driven by the same words."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.is_async = name != "sync"
        self.runner = asyncio.Runner()  # one event loop for all that one test does
        self.time = Time()
        self.requests: list[httpx2.Request] = []

    def connect(self, answer: Handler | httpx2.Response | None = None, **settings: Any) -> Any:
        """A client over a handler, over one answer for all, or over a real network."""
        arguments = {
            "shop": "shop",
            "region": None,
            "key": "k-123",
            "token": None,
            "organization": "acme",
        }
        arguments.update(settings.pop("arguments", {}))
        if answer is not None:
            settings["transport"] = httpx2.MockTransport(self._record(answer))
        is_real = settings.get("transport") is None
        if is_real and self.name == "aiohttp":
            settings["transport"] = AiohttpTransport
        client = (AsyncClient if self.is_async else Client)(API, arguments, **settings)
        state = client._state
        if not is_real:
            state.clock = self.time.clock
            state.rate_limiter._clock = self.time.clock
        state.sleep = self.time.sleep
        state.sleep_async = self.time.sleep_async
        state.chance = lambda: 1.0
        return client

    def _record(self, answer: Handler | httpx2.Response) -> Handler:
        def handle(request: httpx2.Request) -> httpx2.Response:
            self.requests.append(request)
            if isinstance(answer, httpx2.Response):
                return httpx2.Response(
                    answer.status_code, headers=answer.headers, content=answer.content
                )
            return answer(request)

        return handle

    def call(self, client: Any, operation: Operation[Any], **arguments: Any) -> Any:
        return self.respond(client, operation, **arguments).value

    def respond(self, client: Any, operation: Operation[Any], **arguments: Any) -> Any:
        answer = client.call_with_response(operation, arguments)
        return self.runner.run(answer) if self.is_async else answer

    def collect(self, stream: Any) -> list[Any]:
        async def gather() -> list[Any]:
            return [each async for each in stream]

        return self.runner.run(gather()) if self.is_async else list(stream)

    def close(self, client: Any) -> None:
        if self.is_async:
            self.runner.run(client.aclose())
        else:
            client.close()

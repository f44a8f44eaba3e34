"""A transport that answers from a package's examples, for tests that need no network.

transport = ExampleTransport("counterfoil_vtex")
client = VtexClient(account="shop", app_key="k", app_token="t", transport=transport)
client.orders.get("1172452900788-01")
assert transport.calls[0].method == "GET"
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from importlib.resources import files
from types import ModuleType
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct

from .errors import ConfigurationError
from .transport import Answer, AsyncAnswer, Request

__all__ = ["Example", "ExampleTransport"]


class Example(Struct, frozen=True, kw_only=True):
    """One example of a spec, its bodies byte for byte; a body that is not JSON is a JSON string."""

    operation: str
    name: str
    method: str
    path: str
    status: int
    media_type: str = "application/json"
    headers: dict[str, str] = {}
    request: msgspec.Raw = msgspec.Raw(b"null")
    body: msgspec.Raw = msgspec.Raw(b"null")

    def matches(self, method: str, path: str) -> bool:
        """Whether a request for this path, under whatever base address, is for this example's operation."""
        literals = (re.escape(literal) for literal in re.split(r"\{[^}]*\}", self.path))
        return self.method == method and re.fullmatch(".*" + "[^/]+".join(literals), path) is not None

    def write(self) -> bytes:
        """The body as it goes over the wire."""
        if "json" in self.media_type:
            return bytes(self.body)
        return (msgspec.json.decode(self.body, type=str | None) or "").encode()


class ExampleTransport:
    """Answers each request with its operation's first successful example, sync or async; `calls` keeps the requests.

    `package` is a generated package or its name. `answer_with` chooses other examples.
    """

    def __init__(self, package: ModuleType | str) -> None:
        """Raises ConfigurationError where the package has no examples.json."""
        try:
            content = files(package).joinpath("examples.json").read_bytes()
        except (ModuleNotFoundError, FileNotFoundError) as error:
            raise ConfigurationError(f"{package} has no examples.json") from error
        self.calls: list[Request] = []
        self.examples = msgspec.json.decode(content, type=list[Example])
        self._chosen: dict[str, list[Example]] = {}

    def answer_with(self, operation: str, *names: str) -> None:
        """Answer calls of `operation` ("invoices.list") with these examples in turn, the last one from then on.

        Raises ConfigurationError where there is no such example; the message lists those there are.
        """
        there = {example.name: example for example in self.examples if example.operation == operation}
        unknown = [name for name in names if name not in there]
        if unknown or not names:
            raise ConfigurationError(f"{operation} has the examples {', '.join(there) or '(none)'}, not {unknown}")
        self._chosen[operation] = [there[name] for name in names]

    def send(self, request: Request) -> Answer:
        example = self._find(request)
        return Answer(status=example.status, headers=_write_headers(example), body=[example.write()])

    async def asend(self, request: Request) -> AsyncAnswer:
        example = self._find(request)
        return AsyncAnswer(status=example.status, headers=_write_headers(example), body=_stream(example.write()))

    def close(self) -> None:
        """Nothing is open."""

    async def aclose(self) -> None:
        """Nothing is open."""

    def _find(self, request: Request) -> Example:
        self.calls.append(request)
        path = urlsplit(request.url).path
        fitting = [example for example in self.examples if example.matches(request.method, path)]
        fitting.sort(key=lambda example: "{" in example.path)  # /orders/count is not an order's id
        if not fitting:
            raise ConfigurationError(f"no example answers {request.method} {path}")
        chosen = self._chosen.get(fitting[0].operation)
        if chosen:
            return chosen.pop(0) if len(chosen) > 1 else chosen[0]
        return next((example for example in fitting if example.status < 300), fitting[0])


def _write_headers(example: Example) -> dict[str, str]:
    return {name.lower(): text for name, text in example.headers.items()} | {"content-type": example.media_type}


async def _stream(content: bytes) -> AsyncIterator[bytes]:
    yield content

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

from .addresses import encode_path
from .errors import ConfigurationError
from .example_pages import ExamplePages
from .transports.protocol import AsyncStreamedResponse, Request, StreamedResponse
from .type_information import decode

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
        """Return whether a request, to any base address, is for this example's operation."""
        literals = re.split(r"\{[^}]*\}", self.path)
        encoded = [re.escape(encode_path(literal)) for literal in literals]
        pattern = ".*" + "[^/]+".join(encoded)
        return self.method == method and re.fullmatch(pattern, path) is not None

    def write(self) -> bytes:
        """Return the body as it is sent."""
        if "json" in self.media_type.lower():
            return bytes(self.body)
        return (decode(self.body, str | None) or "").encode()


class ExampleTransport:
    """Answers each request with its operation's first successful example, sync or async.

    `calls` is the list of requests. The example of a paged list is its first page, and an empty
    page follows it. `package` is a generated package or its name. `answer_with` selects other
    examples.
    """

    def __init__(self, package: ModuleType | str) -> None:
        """Raises ConfigurationError if the package has no examples.json."""
        try:
            content = files(package).joinpath("examples.json").read_bytes()
        except (ModuleNotFoundError, FileNotFoundError) as error:
            raise ConfigurationError(f"{package} has no examples.json") from error
        self.calls: list[Request] = []
        self.examples: list[Example] = decode(content, list[Example])
        self._chosen: dict[str, list[Example]] = {}
        self._pages = ExamplePages(package if isinstance(package, str) else package.__name__)

    def answer_with(self, operation: str, *names: str) -> None:
        """Answer calls of `operation` ("invoices.list") with these examples in turn.

        The last one is repeated. Raises ConfigurationError if an example does not exist; the
        message lists those that exist.
        """
        existing = {}
        for example in self.examples:
            if example.operation == operation:
                existing[example.name] = example
        unknown = [name for name in names if name not in existing]
        if unknown or not names:
            listed = ", ".join(existing) or "(none)"
            raise ConfigurationError(f"{operation} has the examples {listed}, not {unknown}")
        self._chosen[operation] = [existing[name] for name in names]

    def send(self, request: Request) -> StreamedResponse:
        example, body = self._answer(request)
        return StreamedResponse(status=example.status, headers=_write_headers(example), body=[body])

    async def asend(self, request: Request) -> AsyncStreamedResponse:
        example, body = self._answer(request)
        return AsyncStreamedResponse(
            status=example.status, headers=_write_headers(example), body=_stream(body)
        )

    def close(self) -> None:
        """Do nothing, because nothing is open."""

    async def aclose(self) -> None:
        """Do nothing, because nothing is open."""

    def _answer(self, request: Request) -> tuple[Example, bytes]:
        self.calls.append(request)
        example = self._find(request)
        body = example.write()
        if example.operation not in self._chosen:
            body = self._pages.write_end(example.operation, request, body) or body
        return example, body

    def _find(self, request: Request) -> Example:
        path = urlsplit(request.url).path
        fitting = [example for example in self.examples if example.matches(request.method, path)]
        fitting.sort(key=lambda example: "{" in example.path)  # /orders/count is not an order's id
        if not fitting:
            raise ConfigurationError(f"no example answers {request.method} {path}")
        chosen = self._chosen.get(fitting[0].operation)
        if chosen:
            return chosen.pop(0) if len(chosen) > 1 else chosen[0]
        return next((example for example in fitting if example.status < 400), fitting[0])


def _write_headers(example: Example) -> dict[str, str]:
    headers = {name.lower(): text for name, text in example.headers.items()}
    return {**headers, "content-type": example.media_type}


async def _stream(content: bytes) -> AsyncIterator[bytes]:
    yield content

"""What `client.with_response` consists of: the methods of resources, returning whole responses.

A resource's methods pass their arguments to `client.call`. With a client whose `call` returns the
whole response, the same methods return it, so no signature is written twice. Type checkers see it
in the types of `wrap_method` and `wrap_async_method`.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, ParamSpec, TypeVar

from .response import Response

ArgumentsT = ParamSpec("ArgumentsT")
ClientT = TypeVar("ClientT")
ResultT = TypeVar("ResultT")


class _RespondingClient:
    """A client for resources, whose `call` returns the response instead of its value."""

    def __init__(self, client: Any) -> None:
        self._client = client

    @property
    def call(self) -> Any:
        return self._client.call_with_response


def wrap_client(client: ClientT) -> ClientT:
    """Return a client for a resource, which makes the resource's methods return responses."""
    wrapped: Any = _RespondingClient(client)
    result: ClientT = wrapped
    return result


def wrap_method(method: Callable[ArgumentsT, ResultT]) -> Callable[ArgumentsT, Response[ResultT]]:
    """Return a method of a resource that was made with `wrap_client`, with its true type."""
    wrapped: Any = method
    result: Callable[ArgumentsT, Response[ResultT]] = wrapped
    return result


def wrap_async_method(
    method: Callable[ArgumentsT, Coroutine[Any, Any, ResultT]],
) -> Callable[ArgumentsT, Coroutine[Any, Any, Response[ResultT]]]:
    """Return an async method of such a resource, with its true type."""
    wrapped: Any = method
    result: Callable[ArgumentsT, Coroutine[Any, Any, Response[ResultT]]] = wrapped
    return result

"""The operations that exchange credentials for tokens, with OAuth 2.0's (RFC 6749) among them."""

from __future__ import annotations

from functools import cache
from pkgutil import resolve_name
from typing import Any
from urllib.parse import urlsplit

from msgspec import UNSET, Struct, UnsetType

from .api import Body, Operation, TokenExchange
from .locks import FIRST_USE
from .types import Secret


class TokenRequest(Struct, kw_only=True, omit_defaults=True):
    """The form that is sent to a token endpoint."""

    grant_type: str
    client_id: str | UnsetType = UNSET
    client_secret: Secret | UnsetType = UNSET
    refresh_token: Secret | UnsetType = UNSET
    username: str | UnsetType = UNSET
    password: Secret | UnsetType = UNSET
    scope: str | UnsetType = UNSET
    audience: str | UnsetType = UNSET


class TokenResponse(Struct, kw_only=True):
    """The response of a token endpoint. Some servers write the lifetime as a text."""

    access_token: str
    expires_in: int | float | str | None = None
    refresh_token: str | None = None


def find_operation(exchange: TokenExchange) -> Operation[Any]:
    """Return the operation that issues a token. It is imported at its first use."""
    if "://" in exchange.operation:
        return _make_token_operation(exchange.operation)
    with FIRST_USE:
        found: Operation[Any] = resolve_name(exchange.operation)
    return found


@cache
def _make_token_operation(url: str) -> Operation[Any]:
    """Return the operation of a token endpoint. It is `safe`: a token may be requested twice."""
    parts = urlsplit(url)
    return Operation(
        name="token",
        operation_id="token",
        method="POST",
        path=parts.path or "/",
        retry="safe",
        body=Body(type=TokenRequest, media_type="application/x-www-form-urlencoded"),
        responses={200: TokenResponse},
        server=f"{parts.scheme}://{parts.netloc}",
    )

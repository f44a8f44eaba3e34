"""Tokens of the Amazon part: issues them and checks them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

from ...provider import Clock

CLIENT_ID = "amzn1.application-oa2-client.sandbox"
# These open nothing but the sandbox.
CLIENT_SECRET = "amzn1.oa2-cs.v1.sandbox"  # noqa: S105
REFRESH_TOKEN = "Atzr|sandbox"  # noqa: S105
READY_MADE_TOKEN = "Atz.sprdt|sandbox"  # noqa: S105
SCOPES = frozenset({"sellingpartnerapi::notifications", "sellingpartnerapi::migration"})
LIFETIME = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Token:
    """An issued token, and the paths that it opens."""

    paths: tuple[str, ...]
    expires: datetime


class Tokens:
    """All tokens that the sandbox issued."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._numbers = count(1)
        self._access: dict[str, Token] = {}
        self._restricted: dict[str, Token] = {}

    def issue_access(self, *, for_seller: bool) -> str:
        """Issue an access token. It opens the Tokens API only if a selling partner granted it."""
        opened = ("tokens",) if for_seller else ()
        return self._issue(self._access, "Atza|sandbox", opened)

    def issue_restricted(self, paths: Iterable[str]) -> str:
        """Issue a Restricted Data Token for paths, which may have placeholders."""
        return self._issue(self._restricted, "Atz.sprdt|sandbox", tuple(paths))

    def opens_tokens(self, token: str) -> bool:
        """Whether a token is a valid access token."""
        found = self._access.get(token)
        return found is not None and bool(found.paths) and self._clock() < found.expires

    def opens(self, token: str, path: str) -> bool:
        """Whether a token is a valid Restricted Data Token for a path."""
        if token == READY_MADE_TOKEN:
            return True
        found = self._restricted.get(token)
        if found is None or self._clock() >= found.expires:
            return False
        return any(matches(each, path) for each in found.paths)

    def revoke(self) -> None:
        """Revoke every token that was issued."""
        self._access.clear()
        self._restricted.clear()

    def _issue(self, shelf: dict[str, Token], prefix: str, paths: tuple[str, ...]) -> str:
        token = f"{prefix}-{next(self._numbers)}"
        shelf[token] = Token(paths, self._clock() + LIFETIME)
        return token


def matches(template: str, path: str) -> bool:
    """Whether a path matches a template such as /customerInvoices/{purchaseOrderNumber}."""
    wanted = template.split("/")
    given = path.split("/")
    if len(wanted) != len(given):
        return False
    pairs = zip(wanted, given, strict=True)
    return all(name == value or _is_placeholder(name) for name, value in pairs)


def _is_placeholder(name: str) -> bool:
    return name.startswith("{") and name.endswith("}")

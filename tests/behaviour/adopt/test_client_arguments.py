"""Adopted names of schemes and server variables are distinct arguments of the client."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from counterfoil_tools.generate.lint import find_errors
from counterfoil_tools.openapi.ingest import ingest

from .documents import Adopted, document

Adopt = Callable[..., Adopted]
TOKEN_URL = "https://login.example/token"
OAUTH2 = {
    "type": "oauth2",
    "flows": {"clientCredentials": {"tokenUrl": TOKEN_URL, "scopes": {}}},
}
KEY = {"type": "apiKey", "in": "header", "name": "X-Key"}


@pytest.mark.parametrize("word", ["client_id", "clientSecret", "scope", "password", "username"])
def test_a_name_of_an_exchange_is_no_other_argument(adopted: Adopt, word: str) -> None:
    """The scheme of a token, a key after it, and a server variable, all called alike."""
    server = {"url": f"https://{{{word}}}.example", "variables": {word: {"default": "shop"}}}
    for schemes in ({word: OAUTH2}, {"oauth": OAUTH2, word: KEY}, {word: KEY, "oauth": OAUTH2}):
        security = [{name: []} for name in schemes]
        components = {"schemas": {}, "securitySchemes": schemes}

        result = adopted(
            document(components=components, security=security, servers=[server]),
            name="-".join(["made", *(name.lower() for name in schemes)]).replace("_", "-"),
        )

        rules = {error.rule for error in find_errors(ingest(result.folder))}
        assert "client-arguments" not in rules, schemes

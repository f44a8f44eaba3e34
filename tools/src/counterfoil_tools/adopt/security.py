"""Pass 6, security: keys in headers, names with passwords, and bearer tokens.

oauth2 and openIdConnect become a bearer token that the user supplies. Operations that can only be
called with something else are left out.
"""

from __future__ import annotations

import re
from typing import Any

from ..generate.python.names import CLIENT_ARGUMENTS, python_name
from ..openapi.document import Node
from .speaks import HTTP_SCHEMES, KEY_PLACES
from .state import LEFT_OUT, ORIGIN, Adoption, mark, origin
from .upgrade import mapping

SUPPLIED = "Token of the vendor's authorization server, sent as `Authorization: Bearer`."
OBTAINED = "Access token of OAuth 2.0, sent as `Authorization: Bearer`."
FLOWS = ("clientCredentials", "password", "authorizationCode")
TOKEN_URL = re.compile(r"https?://[^?#{}\s]+")
# The client's arguments for an exchange; a scheme of such a name takes only a token.
OAUTH2_ARGUMENTS = {
    "client_id",
    "client_secret",
    "refresh_token",
    "username",
    "password",
    "scope",
}
DESCRIPTIONS = {
    "apiKey": "Key that the vendor gives.",
    "basic": "Name and password, as `name:password`.",
    "bearer": "Token that the vendor gives.",
}


def security(adoption: Adoption) -> None:
    """Rewrite the security schemes, and the requirements of the document and its operations."""
    root = adoption.root
    schemes = _Schemes(adoption)
    for name, scheme in root["components"]["securitySchemes"].items():
        schemes.add(str(name), mapping(scheme), origin(scheme))
    root["components"]["securitySchemes"] = schemes.made
    general = root.pop("security", None)
    kept, reason = schemes.alternatives(general, "#/security")
    if kept:
        root["security"] = kept
    for _, _, operation in adoption.operations():
        own = operation.pop("security", None)
        if own is None:
            if reason:
                mark(operation, reason, "#/security")
            continue
        found, why = schemes.alternatives(own, f"{origin(operation)}/security")
        if why:
            mark(operation, why, f"{origin(operation)}/security")
        elif found != kept:
            operation["security"] = found


def _make_http(word: str, said: str) -> Node:
    if word == "bearer":
        return {"type": "http", "scheme": word, "description": said or DESCRIPTIONS[word]}
    description = f"{said} {DESCRIPTIONS[word]}".strip()
    extension = {"password": True}
    return {"type": "http", "scheme": word, "description": description, "x-counterfoil": extension}


def list_arguments(schemes: Node) -> set[str]:
    """Return the arguments of a client with these security schemes."""
    names = CLIENT_ARGUMENTS | {python_name(name) for name in schemes}
    has_oauth2 = any(scheme["type"] == "oauth2" for scheme in schemes.values())
    return names | OAUTH2_ARGUMENTS if has_oauth2 else names


class _Schemes:
    def __init__(self, adoption: Adoption) -> None:
        self.adoption = adoption
        self.made: Node = {}
        self.names: dict[str, str] = {}  # the vendor's name -> ours
        self.reasons: dict[str, str] = {}  # the vendor's name -> why it cannot be said

    def add(self, name: str, scheme: Node, place: str) -> None:
        if LEFT_OUT in scheme:
            self.reasons[name] = scheme[LEFT_OUT]["reason"]
            return
        made = self.read(name, scheme, place)
        if isinstance(made, str):
            self.reasons[name] = made
            self.adoption.leave_out("security scheme", name, made, place)
            return
        self.names[name] = self.find_name(name, is_oauth2=made["type"] == "oauth2")
        if self.names[name] != name:
            self.adoption.note(
                f"the security scheme {name!r} is renamed to {self.names[name]!r}", place
            )
        self.made[self.names[name]] = {**made, ORIGIN: place}

    def find_name(self, name: str, *, is_oauth2: bool) -> str:
        """Return a name whose Python form no other argument of the client has."""
        taken = list_arguments(self.made)
        if is_oauth2:
            taken |= OAUTH2_ARGUMENTS
        made = re.sub(r"[^A-Za-z0-9_.-]+", "_", name).strip("_.-")
        made = made if re.search("[A-Za-z]", made) else f"key_{made}".strip("_")
        while python_name(made) in taken:
            made = f"{made}_key" if not made.endswith("_key") else f"api_{made}"
        return made

    def read(self, name: str, scheme: Node, place: str) -> Node | str:
        """Return a scheme in house style, or why there is none."""
        kind = str(scheme.get("type") or "")
        said = str(scheme.get("description") or "").strip()
        if kind == "apiKey":
            where = str(scheme.get("in") or "header")
            if where not in KEY_PLACES:
                return f"the key {name!r} is sent in a {where}"
            header = str(scheme.get("name") or "").strip()
            if not header:
                return f"the key {name!r} names no {where}"
            return {
                "type": "apiKey",
                "in": where,
                "name": header,
                "description": said or DESCRIPTIONS["apiKey"],
            }
        if kind == "http":
            word = str(scheme.get("scheme") or "").lower()
            if word not in HTTP_SCHEMES:
                return f"the HTTP authentication {word!r} is not supported"
            return _make_http(word, said)
        if kind in ("oauth2", "openIdConnect"):
            flows = self.read_flows(mapping(scheme.get("flows")))
            if flows:
                return {"type": "oauth2", "flows": flows, "description": said or OBTAINED}
            self.adoption.note(f"`{kind}` is a bearer token that the user supplies", place)
            return {"type": "http", "scheme": "bearer", "description": f"{said} {SUPPLIED}".strip()}
        return f"the security scheme {name!r} is of type {kind!r}"

    def read_flows(self, flows: Node) -> Node:
        """Return the flows whose token endpoint the client can call by itself."""
        kept = {}
        for name in FLOWS:
            flow = mapping(flows.get(name))
            if not TOKEN_URL.fullmatch(str(flow.get("tokenUrl") or "")):
                continue
            made = {}
            for word in ("tokenUrl", "refreshUrl"):
                url = str(flow.get(word) or "")
                if TOKEN_URL.fullmatch(url):
                    made[word] = url
            scopes = mapping(flow.get("scopes"))
            kept[name] = {**made, "scopes": {str(one): str(text) for one, text in scopes.items()}}
        taken = OAUTH2_ARGUMENTS & {python_name(one) for one in self.made}
        return {} if taken else kept

    def alternatives(self, listed: Any, place: str) -> tuple[list[Node], str]:
        """Return the supported alternatives, and a reason if there is none."""
        every = listed if isinstance(listed, list) else []
        found = [one for one in every if isinstance(one, dict)]
        kept: list[Node] = []
        reasons: list[str] = []
        for one in found:
            names = [str(name) for name in one if name != ORIGIN]
            lost = [name for name in names if name not in self.names]
            if lost:
                reasons.append(
                    self.reasons.get(lost[0], f"the security scheme {lost[0]!r} is not defined")
                )
                continue
            if any(one[name] for name in names):
                self.adoption.note("scopes are not checked: they are dropped", place)
            made: Node = {self.names[name]: [] for name in names}
            if made not in kept:
                kept.append(made)
        for reason in reasons if kept else ():
            self.adoption.note(f"an alternative of signing in is dropped: {reason}", place)
        return kept, "" if kept or not reasons else reasons[0]

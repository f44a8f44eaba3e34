"""Security schemes: the client's arguments for them, and the runtime's `SecurityScheme`s."""

from __future__ import annotations

from collections.abc import Iterator

from ...openapi.document import Document, Node
from ..ir import Argument
from .docstrings import describe
from .names import python_name
from .operations import OperationLowering
from .source import Source, call, keywords

GRANTS = {  # of OAuth 2.0, by flow: the grant, what it needs, and what goes into the form
    "clientCredentials": ("client_credentials", ("client_id", "client_secret"), ()),
    "password": ("password", ("client_id", "username", "password"), ("username", "password")),
    "authorizationCode": ("refresh_token", ("client_id", "refresh_token"), ("refresh_token",)),
}
CREDENTIALS = {
    "client_id": "Identifier that the vendor gave to your application.",
    "client_secret": "Secret that the vendor gave to your application.",
    "refresh_token": "Refresh token of a user who has authorized your application.",
    "username": "Name of the user to sign in.",
    "password": "Password of the user to sign in.",
}
SCOPE = "Scopes to request, separated by blanks. Left out, the vendor chooses."


def list_schemes(document: Document) -> dict[str, Node]:
    return document.root.get("components", {}).get("securitySchemes") or {}


# the arguments of the constructor


def scheme_arguments(document: Document) -> Iterator[Argument]:
    """Yield an argument for each credential, and for each that is exchanged for one."""
    shared: set[str] = set()  # by several schemes of OAuth 2.0
    for wire, scheme in list_schemes(document).items():
        name = python_name(wire)
        doc = f"{describe(scheme)} Environment: `{variable_name(document, name)}`."
        yield optional_argument(name, "str", doc, secret=True)
        extension = scheme.get("x-counterfoil", {})
        if headers := extension.get("headers"):
            doc = f"The header that carries `{name}`. Default: {headers[0]}."
            annotation = f"Literal[{', '.join(map(repr, headers))}]"
            yield optional_argument(f"{name}_header", annotation, doc)
        texts = dict(extension.get("token-exchange", {}).get("credentials", {}))
        if scheme["type"] == "oauth2":
            texts = {one: CREDENTIALS[one] for one in _list_credentials(scheme)}
        for credential, text in texts.items():
            if credential not in shared:
                variable = variable_name(document, credential)
                doc = f"{text} Exchanged for `{name}` if that is not given. "
                doc += f"Environment: `{variable}`."
                yield optional_argument(credential, "str", doc, secret=True)
        if scheme["type"] == "oauth2" and "scope" not in shared:
            yield optional_argument("scope", "str", SCOPE)
        if scheme["type"] == "oauth2":
            shared |= {*texts, "scope"}


def list_argument_names(scheme: Node) -> list[str]:
    """Return the client's arguments that a scheme of OAuth 2.0 needs beside its token."""
    return [*_list_credentials(scheme), "scope"] if scheme["type"] == "oauth2" else []


def _list_credentials(scheme: Node) -> list[str]:
    names: dict[str, None] = {}
    for flow in _list_flows(scheme):
        names |= dict.fromkeys(GRANTS[flow][1])
    if names:
        names["client_secret"] = None
    return [name for name in CREDENTIALS if name in names]


def _list_flows(scheme: Node) -> list[str]:
    flows = scheme.get("flows", {})
    return [flow for flow in GRANTS if "tokenUrl" in flows.get(flow, {})]


def optional_argument(name: str, annotation: str, doc: str, secret: bool = False) -> Argument:
    return Argument(
        name=name, annotation=f"{annotation} | None", default="None", doc=doc, secret=secret
    )


def variable_name(document: Document, argument: str) -> str:
    return f"COUNTERFOIL_{document.api}_{argument}".replace("-", "_").upper()


# the runtime's data


def spell_schemes(document: Document) -> tuple[Source, ...]:
    """Return the source of the `SecurityScheme`s."""
    return tuple(_scheme(document, *item) for item in list_schemes(document).items())


def _scheme(document: Document, wire: str, scheme: Node) -> Source:
    extension = scheme.get("x-counterfoil", {})
    exchanges: list[Source] = []
    if "token-exchange" in extension:
        exchanges.append(_exchange(document, extension["token-exchange"]))
    elif scheme["type"] == "oauth2":
        exchanges += _oauth2_exchanges(scheme)
    spelled = keywords(
        name=python_name(wire),
        kind=_find_kind(scheme),
        header=scheme.get("name"),
        headers=tuple(extension.get("headers", ())),
        exchanges=tuple(exchanges),
    )
    return call("SecurityScheme", spelled)


def _find_kind(scheme: Node) -> str:
    if scheme["type"] == "apiKey":
        return str(scheme["in"])
    if scheme["type"] == "oauth2":
        return "bearer"
    return "password" if scheme.get("x-counterfoil", {}).get("password") else scheme["scheme"]


def _exchange(document: Document, extension: Node) -> Source:
    lowering = _find_operation(document, extension["operation"])
    spelled = keywords(
        operation=f"{document.package.import_name}._operations:{lowering.constant}",
        body=dict(extension["body"]),
        credentials=tuple(extension.get("credentials", ())),
        token=lowering.beyond_result(extension.get("token", "")),
        lifetime=lowering.beyond_result(extension.get("lifetime", "")),
    )
    return call("TokenExchange", spelled)


def _find_operation(document: Document, operation_id: str) -> OperationLowering:
    for operation in document.operations():
        if operation.node["operationId"] == operation_id:
            return OperationLowering(document, operation)
    raise LookupError(operation_id)  # lint has found it


def _oauth2_exchanges(scheme: Node) -> Iterator[Source]:
    """Yield the exchanges at token endpoints, in the order in which they are tried."""
    is_in_body = scheme.get("x-counterfoil", {}).get("client-authentication") == "body"
    for flow in ("authorizationCode", "password", "clientCredentials"):
        if flow not in _list_flows(scheme):
            continue
        grant, needed, sent = GRANTS[flow]
        body = {"grant_type": grant} | {name: f"{{{name}}}" for name in sent}
        renews = "refresh_token" if flow == "authorizationCode" else None
        described = scheme["flows"][flow]
        url = described.get("refreshUrl", described["tokenUrl"]) if renews else None
        client = ("client_id", "client_secret")
        spelled = keywords(
            operation=url or described["tokenUrl"],
            body=body,
            credentials=needed,
            optional=(*client, "scope") if is_in_body else ("scope",),
            basic=() if is_in_body else client,
            token=("access_token",),
            lifetime=("expires_in",),
            renewed=("refresh_token",) if renews else (),
            renews=renews,
        )
        yield call("TokenExchange", spelled)

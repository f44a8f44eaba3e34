"""The runtime's `Parameter` of each parameter of an operation."""

from __future__ import annotations

from ...openapi.document import Document, Node, RawOperation
from .constraints import constraints
from .names import parameter_name
from .source import Source, call, keywords
from .types import annotate, core

DEFAULT_STYLES = {"path": "simple", "query": "form", "header": "simple", "cookie": "form"}
DELIMITED = {"spaceDelimited", "pipeDelimited"}  # of one value, like form


def list_parameters(document: Document, raw: RawOperation) -> list[Node]:
    """Return an operation's parameters without the header that carries its idempotency key."""
    idempotency_header = str(raw.extension.get("idempotency-header", "")).lower()
    found = []
    for one in document.parameters(raw):
        if one["in"] != "header" or one["name"].lower() != idempotency_header:
            found.append(one)
    return found


def spell_parameter(document: Document, node: Node) -> Source:
    """Return the source of a `Parameter`."""
    style, explode = read_style(document, node)
    spelled = keywords(
        name=parameter_name(node),
        wire=node["name"],
        location=node["in"],
        type=Source(annotate(node["schema"])),
        constraints=constraints(document.resolve(node["schema"])),
        required=bool(node.get("required")) or None,
        style=style,
        explode=explode,
        allow_reserved=node.get("allowReserved") or None,
    )
    return call("Parameter", spelled)


def read_style(document: Document, node: Node) -> tuple[str | None, bool | None]:
    """Return `style` and `explode` for the runtime; None for its defaults."""
    default = DEFAULT_STYLES[node["in"]]
    style = node.get("style", default)
    kind = core(document, node["schema"]).get("type")
    if style == "json":
        return style, None
    if kind not in ("array", "object"):
        is_default = style == default or style in DELIMITED
        return (None if is_default else style), None
    explode = node.get("explode", style == "form")
    if kind == "array" and style == default:
        if node["in"] in ("path", "header"):  # `simple` joins by commas, exploded or not
            return None, None
        return None, (None if explode else False)
    return style, (None if explode else False)

"""The Python names in a generated package."""

from __future__ import annotations

import builtins
import keyword
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[^\W\d_A-Z]+|[A-Z]+|\d+")
SHADOWING = {"field", "self", "super", "warnings"}  # used in the bodies of methods and models
MODEL_METHODS = {"to_dict", "to_json", "from_dict", "from_json"}
PAGING_ARGUMENTS = {"cursor", "max_pages"}  # of every paged method
CLIENT_ARGUMENTS = {  # of every client
    "rate_limit",
    "base_url",
    "transport",
    "timeout",
    "max_attempts",
    "default_headers",
    "app_info",
    "self",
}
REQUEST_OPTIONS = {  # of every method
    "timeout",
    "max_attempts",
    "extra_headers",
    "extra_query",
    "idempotency_key",
    "request_options",
}
CLIENT_METHODS = {
    "hooks",
    "call",
    "call_with_response",
    "request",
    "iterate",
    "pages",
    "close",
    "aclose",
    "with_options",
    "with_response",
    "with_streaming",
    "stream",
    "stream_events",
}
RESOURCE_MODULE = {  # names in resources.py, which no class and no method there may have
    "AbstractAsyncContextManager",
    "AbstractContextManager",
    "AsyncEventStream",
    "EventStream",
    "Any",
    "AsyncClient",
    "AsyncIterator",
    "Client",
    "Decimal",
    "DecimalOrStr",
    "FileInput",
    "Iterator",
    "NaiveDateTime",
    "Page",
    "RequestOptions",
    "Response",
    "Secret",
    "SequenceNotStr",
    "Mapping",
    "TYPE_CHECKING",
    "UnsetType",
    "Unpack",
    "List",
    "bytes",
    "datetime",
    "dict",
    "warnings",
    "models",
    "dicts",
    "str",
    "int",
    "bool",
}
PASCAL_CASE = re.compile(r"[A-Z][A-Za-z0-9]*")
RESERVED_CLASSES = {
    *(name for name in dir(builtins) if name[:1].isupper()),
    "Any",
    "Annotated",
    "Decimal",
    "Meta",
    "DecimalOrStr",
    "NaiveDateTime",
    "OneOf",
    "OpenIntEnum",
    "OpenStrEnum",
    "Secret",
    "Struct",
    "ApiModel",
    "ApiModelWithUnions",
    "TypeAlias",
    "Literal",
    "UNSET",
    "UnsetType",
    "FileInput",
    "IntEnum",
    "StrEnum",
    "Enum",
    "Unknown",
    "Variant",
    "ClassVar",
    "Union",
    "Optional",
    "Raw",
    "Dict",
    "List",
    "Set",
    "Tuple",
    "Sequence",
    "Mapping",
    "TypeAliasType",
    "TypeVar",
    "Generic",
    "RootModel",
    "UUID",
    "SequenceNotStr",
    "TypedDict",
    "NotRequired",
}


@cache
def snake_case(wire: str) -> str:
    """Return a name in snake_case: `companyCode2` -> `company_code2`; digits stay with their word.

    The text is normalised to NFKC, as Python does with identifiers: `m²` is `m2`. A text without
    words is spelled by its characters' codes.
    """
    joined = unicodedata.normalize("NFKC", "_".join(_words(wire)).lower())
    name = re.sub(r"_(\d)", r"\1", joined)
    if name and name[0].isdigit():
        name = f"n{name}"
    return name if name.isidentifier() else _spell_signs(wire)


def _words(wire: str) -> list[str]:
    text = unicodedata.normalize("NFKC", wire)
    signs = [sign if f"a{sign}".isidentifier() else " " for sign in text]
    return WORD.findall("".join(signs))


def _spell_signs(text: str) -> str:
    return "_".join(["sign", *(f"{ord(sign):x}" for sign in text)]) if text else "empty"


def python_name(wire: str) -> str:
    """Return the name of a model's field, or of the argument for it."""
    name = snake_case(wire)
    return f"{name}_" if is_taken(name) else name


def is_taken(name: str) -> bool:
    """Return whether Python or the generated modules use a name themselves."""
    return keyword.iskeyword(name) or name in SHADOWING or name in MODEL_METHODS


def field_name(wire: str, node: Mapping[str, Any]) -> str:
    """Return the name of a property or parameter; `x-counterfoil: {name: ...}` decides."""
    extension = node.get("x-counterfoil")
    chosen = extension.get("name") if isinstance(extension, dict) else None
    return str(chosen) if chosen else python_name(wire)


def parameter_name(node: Mapping[str, Any]) -> str:
    """Return the name of the argument for a parameter; no option of a call has the same."""
    name = field_name(node["name"], node)
    return f"{name}_" if name in REQUEST_OPTIONS else name


def member_names(values: Iterable[object], chosen: Mapping[str, str] | None = None) -> list[str]:
    """Return the names of an enum's members.

    `issueDate` becomes `ISSUE_DATE`, `-issueDate` beside it `ISSUE_DATE_DESCENDING`, "" `EMPTY`.
    `chosen` are the names in the spec, by value.
    """
    texts = list(map(str, values))
    others = set(texts)
    return [(chosen or {}).get(text) or _member_name(text, others) for text in texts]


def _member_name(text: str, others: set[str]) -> str:
    if text and not _words(text):
        return _spell_signs(text).upper()
    name = unicodedata.normalize("NFKC", snake_case(text).upper())
    if not text.startswith("-"):
        return name
    if text[1:].isdecimal():
        return f"MINUS_{name.removeprefix('N')}"
    return f"{name}_DESCENDING" if text[1:] in others else f"MINUS_{name}"


def class_name(resource: str) -> str:
    """`customer_invoices` -> `CustomerInvoices`."""
    return "".join(word.capitalize() for word in resource.split("_"))


def constant_name(resource: str, method: str) -> str:
    return f"{resource}_{method}".upper()

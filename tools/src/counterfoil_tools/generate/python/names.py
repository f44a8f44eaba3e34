"""Every Python name that a generated package bears is made here."""

from __future__ import annotations

import builtins
import keyword
import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[^\W\d_A-Z]+|[A-Z]+|\d+")
SHADOWING = {
    "field",
    "self",
    "super",
    "warnings",
}  # what a method's body or a model's says by that name
PAGING_ARGUMENTS = {"cursor", "max_pages"}  # what every paged method has
CLIENT_ARGUMENTS = {
    "rate_limit",
    "base_url",
    "transport",
    "timeout",
    "max_attempts",
    "self",
}  # what every client has
CLIENT_METHODS = {
    "hooks",
    "call",
    "call_with_response",
    "iterate",
    "pages",
    "close",
    "aclose",
    "with_options",
    "with_response",
}
RESOURCE_MODULE = {  # what resources.py imports or says, so that no class and no method there may bear the name
    *(
        "Any",
        "AsyncClient",
        "AsyncIterator",
        "Client",
        "Decimal",
        "Iterator",
        "NaiveDateTime",
        "Page",
        "Response",
        "Secret",
    ),
    *("UnsetType", "builtins", "datetime", "warnings", "models", "str", "int", "bool"),
}
PASCAL_CASE = re.compile(r"[A-Z][A-Za-z0-9]*")
RESERVED_CLASSES = {
    *(name for name in dir(builtins) if name[:1].isupper()),
    *(
        "Any",
        "Annotated",
        "Decimal",
        "Meta",
        "NaiveDateTime",
        "OpenIntEnum",
        "OpenStrEnum",
        "Secret",
        "Struct",
        "TypeAlias",
    ),
    *(
        "Literal",
        "UNSET",
        "UnsetType",
        "IntEnum",
        "StrEnum",
        "Enum",
        "Unknown",
        "ClassVar",
        "Union",
        "Optional",
        "Raw",
    ),
    *(
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
    ),
}


def snake_case(wire: str) -> str:
    """`companyCode2` -> `company_code2`: digits stay with the word before them. A text without words is spelled out.

    The text is brought into the form that Python itself gives identifiers (NFKC), so that `m²` is `m2` in both.
    """
    extension = unicodedata.normalize("NFKC", "_".join(_words(wire)).lower())
    name = re.sub(r"_(\d)", r"\1", extension)
    if name and name[0].isdigit():
        name = f"n{name}"
    return name if name.isidentifier() else _spell_signs(wire)


def _words(wire: str) -> list[str]:
    text = unicodedata.normalize("NFKC", wire)
    return WORD.findall("".join(sign if f"a{sign}".isidentifier() else " " for sign in text))


def _spell_signs(text: str) -> str:
    return "_".join(["sign", *(f"{ord(sign):x}" for sign in text)]) if text else "empty"


def python_name(wire: str) -> str:
    """Name a model's field, or the argument that becomes one."""
    name = snake_case(wire)
    return f"{name}_" if is_taken(name) else name


def is_taken(name: str) -> bool:
    """Tell whether Python or the generated modules need a name for themselves."""
    return keyword.iskeyword(name) or name in SHADOWING


def field_name(wire: str, node: Mapping[str, Any]) -> str:
    """Name a property or a parameter: as its `x-counterfoil: {name: ...}` says, else by its name on the wire."""
    extension = node.get("x-counterfoil")
    chosen = extension.get("name") if isinstance(extension, dict) else None
    return str(chosen) if chosen else python_name(wire)


def member_names(values: Iterable[object], chosen: Mapping[str, str] | None = None) -> list[str]:
    """Name an enum's members: `issueDate` -> `ISSUE_DATE`, `-issueDate` beside it -> `ISSUE_DATE_DESCENDING`, "" -> `EMPTY`.

    `chosen` holds the names that the spec gives, by value.
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

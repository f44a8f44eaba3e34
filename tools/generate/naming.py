"""Every Python name that a generated package bears is made here."""

from __future__ import annotations

import builtins
import keyword
import re

WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+|[^\W\d_]+")
SHADOWING = {"field", "self", "warnings"}  # what a method's body or a model's says by that name
PAGING_ARGUMENTS = {"cursor", "max_pages"}  # what every paged method has
CLIENT_ARGUMENTS = {"rate_limit", "base_url", "transport", "timeout", "max_attempts", "self"}  # what every client has
CLIENT_METHODS = {"hooks", "call", "call_with_response", "iterate", "pages", "close", "aclose", "with_options", "with_response"}
RESOURCE_MODULE = {  # what resources.py imports or says, so that no class and no method there may bear the name
    *("Any", "AsyncClient", "AsyncIterator", "Client", "Decimal", "Iterator", "NaiveDateTime", "Page", "Response", "Secret"),
    *("UnsetType", "builtins", "datetime", "warnings", "models", "str", "int", "bool"),
}
PASCAL_CASE = re.compile(r"[A-Z][A-Za-z0-9]*")
RESERVED_CLASSES = {
    *(name for name in dir(builtins) if name[:1].isupper()),
    *("Any", "Annotated", "Decimal", "Meta", "NaiveDateTime", "OpenIntEnum", "OpenStrEnum", "Secret", "Struct", "TypeAlias"),
    *("Literal", "UNSET", "UnsetType", "IntEnum", "StrEnum", "Enum", "Unknown"),
}


def snake_case(wire: str) -> str:
    """`companyCode2` -> `company_code2`: digits stay with the word before them."""
    words = "_".join(WORD.findall(wire)).lower()
    name = re.sub(r"_(\d)", r"\1", words) or "empty"
    return f"n{name}" if name[0].isdigit() else name


def python_name(wire: str) -> str:
    """Name a model's field, or the argument that becomes one."""
    name = snake_case(wire)
    return f"{name}_" if keyword.iskeyword(name) or name in SHADOWING else name


def member_names(values: list[object]) -> list[str]:
    """Name an enum's members: `issueDate` -> `ISSUE_DATE`, `-issueDate` beside it -> `ISSUE_DATE_DESCENDING`, "" -> `EMPTY`."""
    return [_member_name(str(value), {str(one) for one in values}) for value in values]


def _member_name(text: str, others: set[str]) -> str:
    if text and not WORD.search(text):
        return "SIGN_" + "_".join(f"{ord(sign):X}" for sign in text)
    name = snake_case(text).upper()
    if not text.startswith("-"):
        return name
    return f"{name}_DESCENDING" if text[1:] in others else f"MINUS_{name}"


def class_name(resource: str) -> str:
    """`customer_invoices` -> `CustomerInvoices`."""
    return "".join(word.capitalize() for word in resource.split("_"))


def constant_name(resource: str, method: str) -> str:
    return f"{resource}_{method}".upper()

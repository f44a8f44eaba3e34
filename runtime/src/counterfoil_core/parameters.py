"""Writes an operation's parameters into the path, query, headers and cookies of a request.

The errors name the method's argument, which `parameter_styles` does not know.
"""

from __future__ import annotations

import re
from typing import Any

from .addresses import encode_path
from .api import Parameter
from .encode import write_list
from .parameter_styles import write_header_parameter, write_path_parameter, write_query_parameter

_HOLE = re.compile(r"\{([^}]*)\}")
_HEADER_TEXT = re.compile(r"[\t -~]*")


def split_path(path: str) -> list[str]:
    """Split a path into encoded literals and, between them, wire names of parameters."""
    parts = _HOLE.split(path)
    return [part if index % 2 else encode_path(part) for index, part in enumerate(parts)]


def is_plain(parameter: Parameter) -> bool:
    """Return whether a query parameter has the usual style: `form`, one pair for each value."""
    return parameter.explode and parameter.style is None and not parameter.allow_reserved


def write_pairs(parameter: Parameter, value: Any) -> list[str]:
    """Serialize a query or cookie parameter to pairs `name=value`; none for an empty array."""
    style: Any = parameter.style or "form"
    try:
        return write_query_parameter(
            parameter.wire,
            value,
            style=style,
            explode=parameter.explode,
            allow_reserved=parameter.allow_reserved,
        )
    except (TypeError, ValueError) as error:
        raise ValueError(f"{parameter.name}: {error}") from error


def write_segment(parameter: Parameter, value: Any) -> str:
    """Serialize a path parameter.

    Raises ValueError for an empty value, `.` and `..`: they would change the path.
    """
    if parameter.style is None:
        text = write_list(value)
    else:
        style: Any = parameter.style
        text = write_path_parameter(parameter.wire, value, style=style, explode=parameter.explode)
    # With these segments the request would reach another operation.
    if text in {"", ".", ".."}:
        raise ValueError(f"{parameter.name}: {text!r} cannot be part of a path")
    return text


def write_header(parameter: Parameter, value: Any) -> str:
    """Serialize a header parameter. Raises ValueError for text that a header cannot carry."""
    style: Any = parameter.style or "simple"
    try:
        text = write_header_parameter(value, style=style, explode=parameter.explode)
    except ValueError as error:
        raise ValueError(f"{parameter.name}: {error}") from error
    if not _HEADER_TEXT.fullmatch(text):
        raise ValueError(
            f"{parameter.name}: contains line breaks or characters that a header cannot carry"
        )
    return text

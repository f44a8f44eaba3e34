"""Python source of values. Strings of a spec enter code only here, or in a docstring."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from ..ir import Keywords

# A line of a docstring: with the indentation of a method and three quotes it has 99 columns.
WIDTH = 88


class Source(str):
    """Python source, as opposed to a string to be quoted."""


def to_source(value: Any) -> str:
    """Return a plain value as source; ruff normalises the quotes."""
    if isinstance(value, Source):
        return str(value)
    if isinstance(value, tuple):
        comma = "," if len(value) == 1 else ""
        return f"({', '.join(map(to_source, value))}{comma})"
    if isinstance(value, list):
        return f"[{', '.join(map(to_source, value))}]"
    if isinstance(value, Mapping):
        items = [f"{to_source(key)}: {to_source(item)}" for key, item in value.items()]
        return f"{{{', '.join(items)}}}"
    if isinstance(value, Decimal):
        return repr(str(value))
    return repr(value)


def keywords(**values: Any) -> Keywords:
    """Return the arguments of a call as source, without those that are None or empty."""
    found = []
    for name, value in values.items():
        if value is not None and value not in ((), {}):
            found.append((name, to_source(value)))
    return tuple(found)


def call(name: str, arguments: Keywords) -> Source:
    return Source(f"{name}({', '.join(f'{key}={value}' for key, value in arguments)})")


def escape_docstring(text: str) -> str:
    """Return a text that is safe between triple quotes: without three quotes, or one at its end."""
    text = text.replace("\\", "\\\\")
    return re.sub(r'"{3,}|"+\Z', lambda quotes: '\\"' * len(quotes[0]), text)


def wrap(text: str, indent: str = "", width: int = WIDTH) -> list[str]:
    """Fold Markdown paragraphs to the width; list items keep their lines."""
    lines: list[str] = []
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        lines += ["", *_wrap_paragraph(paragraph, indent, width)]
    return lines[1:]


def _wrap_paragraph(paragraph: str, indent: str, width: int) -> Iterable[str]:
    for item in re.split(r"\n(?=\s*[-*] )", paragraph):
        is_listed = item.lstrip().startswith(("- ", "* "))
        hanging = f"{indent}  " if is_listed else indent
        folded = " ".join(item.split())
        yield from textwrap.wrap(
            folded,
            width,
            initial_indent=indent,
            subsequent_indent=hanging,
            break_long_words=False,
            break_on_hyphens=False,
        )

"""Spell values as Python source. Strings of a spec enter code through here, or through a docstring, and nowhere else."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from ..ir import Keywords

WIDTH = 100


class Source(str):
    """Python source, as opposed to a string to be quoted."""


def to_source(value: Any) -> str:
    """Spell a plain value; ruff turns the quotes."""
    if isinstance(value, Source):
        return str(value)
    if isinstance(value, tuple):
        return f"({', '.join(map(to_source, value))}{',' if len(value) == 1 else ''})"
    if isinstance(value, list):
        return f"[{', '.join(map(to_source, value))}]"
    if isinstance(value, Mapping):
        return (
            "{"
            + ", ".join(f"{to_source(key)}: {to_source(item)}" for key, item in value.items())
            + "}"
        )
    if isinstance(value, Decimal):
        return repr(str(value))
    return repr(value)


def keywords(**values: Any) -> Keywords:
    """Spell the arguments of a call, leaving out what is None or empty."""
    return tuple(
        (name, to_source(value))
        for name, value in values.items()
        if value is not None and value not in ((), {})
    )


def call(name: str, arguments: Keywords) -> Source:
    return Source(f"{name}({', '.join(f'{key}={value}' for key, value in arguments)})")


def escape_docstring(text: str) -> str:
    """Make any text safe between triple quotes: no three quotes in it, and none at its end that would join them."""
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
        hanging = indent + ("  " if item.lstrip().startswith(("- ", "* ")) else "")
        folded = " ".join(item.split())
        yield from textwrap.wrap(
            folded,
            width,
            initial_indent=indent,
            subsequent_indent=hanging,
            break_long_words=False,
            break_on_hyphens=False,
        )

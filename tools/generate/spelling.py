"""Spell values as Python source. Strings of a spec enter code through here, or through a docstring, and nowhere else."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from .ir import Keywords

WIDTH = 100


class Expression(str):
    """Python source, as opposed to a string to be quoted."""


def spell(value: Any) -> str:
    """Spell a plain value; ruff turns the quotes."""
    if isinstance(value, Expression):
        return str(value)
    if isinstance(value, tuple):
        return f"({', '.join(map(spell, value))}{',' if len(value) == 1 else ''})"
    if isinstance(value, list):
        return f"[{', '.join(map(spell, value))}]"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{spell(key)}: {spell(item)}" for key, item in value.items()) + "}"
    if isinstance(value, Decimal):
        return repr(str(value))
    return repr(value)


def keywords(**values: Any) -> Keywords:
    """Spell the arguments of a call, leaving out what is None or empty."""
    return tuple((name, spell(value)) for name, value in values.items() if value is not None and value not in ((), {}))


def call(name: str, arguments: Keywords) -> Expression:
    return Expression(f"{name}({', '.join(f'{key}={value}' for key, value in arguments)})")


def escape_docstring(text: str) -> str:
    """Make any text safe between triple quotes, ending in nothing that would join them."""
    text = text.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    return f"{text[:-1]}\\{text[-1]}" if text.endswith('"') else text


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

"""Aliases of models.py in an order in which each is whole when it is read.

datamodel-code-generator puts the name of what comes later between quotes. In a class that is no matter: its
annotations are looked up when they are needed. An alias is a value, and msgspec takes no quoted name in one.
Classes come first then, and the aliases after them, each behind those that it names.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from itertools import pairwise


def order_aliases(source: str, aliases: Iterable[str]) -> str:
    """Return the source with its aliases in order; the same source if none of them has a quoted name."""
    names = set(aliases)
    lines = source.splitlines(keepends=True)
    spans = _find_spans(ast.parse(source), names)
    if not any(_is_quoted(node) for _, _, node in spans.values()):
        return source
    texts = {
        name: _unquote("".join(lines[begin:end]), node, begin)
        for name, (begin, end, node) in spans.items()
    }
    moved = {index for begin, end, _ in spans.values() for index in range(begin, end)}
    rest = "".join(line for index, line in enumerate(lines) if index not in moved)
    return "\n\n".join([rest.rstrip("\n") + "\n", *(texts[name] for name in _sort(spans))])


Span = tuple[
    int, int, ast.stmt
]  # first line, line after the last, and the statement that makes the alias


def _find_spans(tree: ast.Module, names: set[str]) -> dict[str, Span]:
    """The lines of each alias, its docstring with it."""
    found: dict[str, Span] = {}
    for node, after in pairwise([*tree.body, ast.Pass()]):
        name = _alias_of(node)
        if name in names:
            last = (
                after
                if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)
                else node
            )
            found[name] = (node.lineno - 1, last.end_lineno or last.lineno, node)
    return found


def _alias_of(node: ast.stmt) -> str:
    """The name of the alias that a statement makes, or an `if TYPE_CHECKING` with one in it; "" if it makes none."""
    if isinstance(node, ast.If):
        return _alias_of(node.body[0])
    return (
        node.target.id
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
        else ""
    )


def _is_quoted(node: ast.stmt) -> bool:
    return any(
        isinstance(one, ast.Constant) and isinstance(one.value, str) for one in ast.walk(node)
    )


def _unquote(text: str, node: ast.stmt, begin: int) -> str:
    """Take the quotes off the names in a statement; its docstring stays."""
    lines = text.splitlines(keepends=True)
    own = (node.end_lineno or node.lineno) - begin
    return re.sub(r"[\"'](\w+)[\"']", r"\1", "".join(lines[:own])) + "".join(lines[own:])


def _sort(spans: dict[str, Span]) -> list[str]:
    """The aliases, each behind those that it names; lint has seen to it that they are in no circle."""
    done: dict[str, None] = {}
    waiting = list(reversed(spans))
    while waiting:
        name = waiting[-1]
        missing = [
            one
            for one in _named(spans[name][2])
            if one in spans and one != name and one not in done
        ]
        if missing:
            waiting += missing
        else:
            done.setdefault(waiting.pop())
    return list(done)


def _named(node: ast.stmt) -> list[str]:
    names = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
    return sorted(
        names
        | {
            one.value
            for one in ast.walk(node)
            if isinstance(one, ast.Constant) and isinstance(one.value, str)
        }
    )

"""Orders the aliases of models.py so that each follows the names that it uses.

datamodel-code-generator quotes the names of later definitions. In a class that works: its
annotations are evaluated when they are needed. An alias is a value, and msgspec accepts no quoted
name in one. So the classes come first, then the aliases, each after those that it names.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from itertools import pairwise


def order_aliases(source: str, aliases: Iterable[str]) -> str:
    """Return the source with its aliases in order; unchanged if none of them has a quoted name."""
    names = set(aliases)
    lines = source.splitlines(keepends=True)
    spans = _find_spans(ast.parse(source), names)
    if not any(_is_quoted(node) for _, _, node in spans.values()):
        return source
    texts = {}
    moved: set[int] = set()
    for name, (begin, end, node) in spans.items():
        texts[name] = _unquote("".join(lines[begin:end]), node, begin)
        moved.update(range(begin, end))
    rest = "".join(line for index, line in enumerate(lines) if index not in moved)
    ordered = [texts[name] for name in _sort(spans)]
    return "\n\n".join([rest.rstrip("\n") + "\n", *ordered])


Span = tuple[int, int, ast.stmt]  # first line, line after the last, the alias's statement


def _find_spans(tree: ast.Module, names: set[str]) -> dict[str, Span]:
    """Return the lines of each alias, with its docstring."""
    found: dict[str, Span] = {}
    for node, after in pairwise([*tree.body, ast.Pass()]):
        name = _alias_of(node)
        if name in names:
            last = after if _is_docstring(after) else node
            found[name] = (node.lineno - 1, last.end_lineno or last.lineno, node)
    return found


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _alias_of(node: ast.stmt) -> str:
    """Return the name of the alias that a statement defines, "" if it defines none.

    The statement can be an `if TYPE_CHECKING` with the alias within it.
    """
    if isinstance(node, ast.If):
        return _alias_of(node.body[0])
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        return node.target.id
    return ""


def _is_quoted(node: ast.stmt) -> bool:
    return bool(_quoted_names(node))


def _quoted_names(node: ast.stmt) -> set[str]:
    return {str(one.value) for one in _quoted(node)}


def _quoted(node: ast.AST) -> Iterator[ast.Constant]:
    """Yield the quoted names of types, but no keys as in `Variant(Card, required=("number",))`."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "Variant":
        yield from _quoted(node.args[0])
        return
    for child in ast.iter_child_nodes(node):
        yield from _quoted(child)


def _unquote(text: str, node: ast.stmt, begin: int) -> str:
    """Remove the quotes from the names in a statement; its docstring stays as it is."""
    lines = [line.encode() for line in text.splitlines(keepends=True)]
    places = [(one.lineno, one.col_offset, str(one.value)) for one in _quoted(node)]
    for number, column, name in sorted(places, reverse=True):
        line = lines[number - begin - 1]
        end = column + len(name.encode()) + 2
        lines[number - begin - 1] = line[:column] + name.encode() + line[end:]
    return b"".join(lines).decode()


def _sort(spans: dict[str, Span]) -> list[str]:
    """Return the aliases, each after those that it names. Lint rejects circles of them."""
    done: dict[str, None] = {}
    waiting = list(reversed(spans))
    while waiting:
        name = waiting[-1]
        named = _named(spans[name][2]) - {name}
        missing = sorted(one for one in named if one in spans and one not in done)
        if missing:
            waiting += missing
        else:
            done.setdefault(waiting.pop())
    return list(done)


def _named(node: ast.stmt) -> set[str]:
    names = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
    return names | _quoted_names(node)

"""How dense Python code is: the share of its lines with many expressions.

A line is dense if 15 or more expressions, that is, nodes of the syntax tree, begin on it. The parts
of f-strings do not count. Blank lines, comments and docstrings are not lines of code.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

DENSE = 15  # expressions that begin on one line
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def measure_density(paths: Iterable[Path]) -> float:
    """Return the dense lines of some files, in percent of their lines of code."""
    lines = 0
    dense = 0
    for path in paths:
        counts = count_expressions(path.read_text())
        lines += len(counts)
        dense += sum(count >= DENSE for count in counts.values())
    return 100 * dense / lines


def count_expressions(source: str) -> dict[int, int]:
    """Return the number of expressions that begin on each line of code, by line number."""
    tree = ast.parse(source)
    left_out = find_docstring_lines(tree)
    in_strings = find_parts_of_strings(tree)
    counts = Counter(
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.expr) and node not in in_strings
    )
    return {
        number: counts[number]
        for number, line in enumerate(source.splitlines(), 1)
        if is_code(line) and number not in left_out
    }


def is_code(line: str) -> bool:
    return bool(line.strip()) and not line.strip().startswith("#")


def find_docstring_lines(tree: ast.Module) -> set[int]:
    lines: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, DOCUMENTED) and ast.get_docstring(node) is not None:
            docstring = node.body[0]
            lines.update(range(docstring.lineno, (docstring.end_lineno or 0) + 1))
    return lines


def find_parts_of_strings(tree: ast.Module) -> set[ast.AST]:
    """Return all nodes within f-strings, without the f-strings themselves."""
    parts: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts.update(ast.walk(node))
            parts.discard(node)
    return parts

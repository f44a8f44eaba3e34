"""Annotations as text, old against new: which values may stand there."""

from __future__ import annotations

import ast

SAME, WIDER, NARROWER, OTHER = "same", "wider", "narrower", "other"


def compare_types(before: str, after: str) -> str:
    """Tell whether the second annotation takes the same values as the first, more, fewer, or others.

    A list of something wider is wider: what is asked is what a reader meets and a caller may hand over.
    """
    return _compare(_parse(before), _parse(after))


def show_type(annotation: str) -> str:
    """An annotation without the modules that its names come from."""
    return ast.unparse(_Short().visit(_parse(annotation)))


def names_in(annotation: str) -> set[str]:
    """The names that an annotation holds, each without its module."""
    return {node.id for node in ast.walk(_Short().visit(_parse(annotation))) if isinstance(node, ast.Name)}


def _compare(before: ast.expr, after: ast.expr) -> str:
    old, new = (dict(_members(one)) for one in (before, after))
    gone, come = old.keys() - new.keys(), new.keys() - old.keys()
    if not gone or not come:
        return WIDER if come else NARROWER if gone else SAME
    if len(gone) == len(come) == 1 and len(old) == len(new):
        return _compare_inside(old[gone.pop()], new[come.pop()])
    return OTHER


def _compare_inside(before: ast.expr, after: ast.expr) -> str:
    if not (isinstance(before, ast.Subscript) and isinstance(after, ast.Subscript)):
        return OTHER
    if ast.unparse(before.value) != ast.unparse(after.value):
        return OTHER
    old, new = (one.slice.elts if isinstance(one.slice, ast.Tuple) else [one.slice] for one in (before, after))
    found = {_compare(left, right) for left, right in zip(old, new, strict=False)} - {SAME}
    return found.pop() if len(found) == 1 and len(old) == len(new) else OTHER


def _members(node: ast.expr) -> list[tuple[str, ast.expr]]:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return [*_members(node.left), *_members(node.right)]
    return [(ast.unparse(_Short().visit(node)), node)]


def _parse(annotation: str) -> ast.expr:
    try:
        return ast.parse(annotation or "Any", mode="eval").body
    except SyntaxError:
        return ast.Constant(annotation)


class _Short(ast.NodeTransformer):
    """models.Invoice and Invoice, builtins.list and list_aliased are one."""

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        return ast.Name(node.attr)

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return ast.Name(node.id.removesuffix("_aliased"))

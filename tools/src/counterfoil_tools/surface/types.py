"""Compare annotations by the values that they allow."""

from __future__ import annotations

import ast

SAME = "same"
WIDER = "wider"
NARROWER = "narrower"
OTHER = "other"


def compare_types(before: str, after: str) -> str:
    """Return whether the second annotation allows the same values, more, fewer, or others.

    A list of a wider type is wider. Variance is ignored: only the possible values count.
    """
    return _compare(_parse(before), _parse(after))


def show_type(annotation: str) -> str:
    """Return an annotation with unqualified names."""
    return ast.unparse(_Short().visit(_parse(annotation)))


def names_in(annotation: str) -> set[str]:
    """Return the unqualified names in an annotation."""
    tree = _Short().visit(_parse(annotation))
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def _compare(before: ast.expr, after: ast.expr) -> str:
    """Compare two annotations as unions of their members."""
    old = dict(_members(before))
    new = dict(_members(after))
    removed = old.keys() - new.keys()
    added = new.keys() - old.keys()
    if not removed and not added:
        return SAME
    if not removed:
        return WIDER
    if not added:
        return NARROWER
    if len(removed) == len(added) == 1:
        return _compare_inside(old[removed.pop()], new[added.pop()])
    return OTHER


def _compare_inside(before: ast.expr, after: ast.expr) -> str:
    if not (isinstance(before, ast.Subscript) and isinstance(after, ast.Subscript)):
        return OTHER
    if ast.unparse(before.value) != ast.unparse(after.value):
        return OTHER
    old = _arguments(before)
    new = _arguments(after)
    if len(old) != len(new):
        return OTHER
    found = {_compare(left, right) for left, right in zip(old, new, strict=True)}
    found.discard(SAME)
    return found.pop() if len(found) == 1 else OTHER


def _arguments(node: ast.Subscript) -> list[ast.expr]:
    """Return the type arguments of a generic type."""
    return node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]


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
    """Makes models.Invoice and Invoice equal, and list, List and list_aliased."""

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        return ast.Name(node.attr)

    def visit_Name(self, node: ast.Name) -> ast.expr:
        name = node.id.removesuffix("_aliased")
        return ast.Name("list" if name == "List" else name)

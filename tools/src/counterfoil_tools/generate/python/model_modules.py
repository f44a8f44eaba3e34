"""Divides models.py of a large package into the modules of `models`."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping

from ..ir import Package
from .names import snake_case

UNTIL_THE_END = 10**9


def divide_models(source: str, package: Package) -> dict[str, str]:
    """Return the source of each module, by its name.

    Every module has all imports of the source; those that it does not use are removed later.
    """
    lines = source.splitlines(keepends=True)
    tree = ast.parse(source)
    definitions = [node for node in tree.body if _name_of(node)]
    head = _take(lines, tree.body[1].lineno, definitions[0].lineno)  # without the docstring
    texts: dict[str, list[str]] = defaultdict(list)
    imports: dict[str, set[str]] = defaultdict(set)
    ends = [*(node.lineno for node in definitions[1:]), UNTIL_THE_END]
    for node, end in zip(definitions, ends, strict=True):
        module = package.modules[_name_of(node)]
        texts[module].append(_take(lines, node.lineno, end).rstrip("\n"))
        imports[module] |= _names(node) & package.modules.keys()
    made = {}
    for module, parts in texts.items():
        needed = sorted(_write_imports(imports[module], module, package.modules))
        beginning = [_write_docstring(module, package), head.rstrip("\n"), "from .. import models"]
        made[module] = "\n".join([*beginning, *needed, "", "", "\n\n\n".join(parts), ""])
    return made


def _take(lines: list[str], begin: int, end: int) -> str:
    return "".join(lines[begin - 1 : end - 1])


def _name_of(node: ast.stmt) -> str:
    """Return the name that a statement defines, also within an `if`; "" if it defines none."""
    if isinstance(node, ast.If):
        return _name_of(node.body[0])
    if isinstance(node, ast.ClassDef):
        return node.name
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        return node.target.id
    return ""


def _names(node: ast.stmt) -> set[str]:
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}


def _write_imports(names: set[str], module: str, modules: Mapping[str, str]) -> Iterator[str]:
    by_module = defaultdict(set)
    for name in names:
        if modules[name] != module:
            by_module[modules[name]].add(name)
    for other, found in by_module.items():
        yield f"from .{other} import {', '.join(sorted(found))}"


def _write_docstring(module: str, package: Package) -> str:
    if module in {resource.name for resource in package.resources}:
        return f'"""The models of `client.{module}`, apart from those that others use as well."""'
    names = [name for name, found in package.modules.items() if found == module]
    owner = min(names, key=lambda name: snake_case(name) != module.rstrip("_"))
    others = ", and the models that belong to it" if len(names) > 1 else ""
    return f'"""The model {owner}{others}."""'

"""The modules of a large package: an import, and a first call, load what they need.

A model that is used by one resource alone is in the resource's module of `models`. A model that is
used by several has a module of its own, with the models that it alone uses. Unions of objects
import their members when they decode one, so they are no use. Modules never import each other in
a circle: those that would are one module.
"""

from __future__ import annotations

import keyword
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from ...openapi.document import Document
from .names import snake_case
from .types import list_cycles, referred
from .unions import is_read_by_need

Graph = dict[str, set[str]]
ROOT = ""


def assign_modules(document: Document) -> dict[str, str]:
    """Return the module of each model; {} if the package is small and all are in models.py."""
    if not document.is_large:
        return {}
    uses = _list_uses(document)
    dominators = _find_dominators(uses)
    found = {}
    for name in document.schemas:
        owner = _node(name)
        while dominators[owner] != ROOT:
            owner = dominators[owner]
        found[name] = _spell(owner)
    return _merge_circles(uses, found)


def _list_uses(document: Document) -> Graph:
    """Return what each resource and each model uses; the root uses whatever stands alone."""
    graph: Graph = {ROOT: set()}
    for raw in document.operations():
        resource = str(raw.extension["resource"])
        graph.setdefault(resource, set()).update(_refer(document, raw.node))
        graph[ROOT].add(resource)
    for name, schema in document.schemas.items():
        by_need = is_read_by_need(document, schema)
        graph[_node(name)] = set() if by_need else _refer(document, schema)
    for _name, _operation, schema in document.webhooks():
        graph[ROOT] |= _refer(document, schema)
    for schema in document.schemas.values():
        if is_read_by_need(document, schema):
            graph[ROOT] |= _refer(document, schema)
    graph[ROOT] |= graph.keys() - set(_order(graph)) - {ROOT}
    return graph


def _refer(document: Document, node: object) -> set[str]:
    return {_node(name) for name in referred(node) & document.schemas.keys()}


def _node(model: str) -> str:
    return f"#{model}"  # apart from the resources, which can have the same name


def _spell(owner: str) -> str:
    """Return the name of the module of a resource or a model."""
    name = snake_case(owner.removeprefix("#")) if owner.startswith("#") else owner
    return f"{name}_" if keyword.iskeyword(name) or name.startswith("_") else name


def _order(graph: Graph) -> list[str]:
    """Return all that the root leads to, each after what it uses, circles aside."""
    done: dict[str, None] = {}
    seen = {ROOT}
    ways: list[tuple[str, Iterator[str]]] = [(ROOT, iter(sorted(graph[ROOT])))]
    while ways:
        name, others = ways[-1]
        other = next(others, None)
        if other is None:
            done[name] = None
            ways.pop()
        elif other not in seen:
            seen.add(other)
            ways.append((other, iter(sorted(graph[other]))))
    return list(done)


def _find_dominators(graph: Graph) -> dict[str, str]:
    """Return the nearest node that every way from the root to a node goes through.

    This is the algorithm of Cooper, Harvey and Kennedy, "A Simple, Fast Dominance Algorithm".
    """
    order = {name: index for index, name in enumerate(_order(graph))}
    users = defaultdict(list)
    for name, used in graph.items():
        for other in used:
            users[other].append(name)
    found = {ROOT: ROOT}
    is_stable = False
    while not is_stable:
        is_stable = True
        for name in sorted(order.keys() - {ROOT}, key=lambda one: -order[one]):
            known = [user for user in users[name] if user in found]
            nearest = _meet(known, found, order)
            if found.get(name) != nearest:
                found[name] = nearest
                is_stable = False
    return found


def _meet(names: Iterable[str], dominators: Mapping[str, str], order: Mapping[str, int]) -> str:
    """Return the nearest common dominator."""
    first, *rest = names
    for other in rest:
        while first != other:
            while order[first] < order[other]:
                first = dominators[first]
            while order[other] < order[first]:
                other = dominators[other]
    return first


def _merge_circles(uses: Graph, modules: dict[str, str]) -> dict[str, str]:
    imports: Graph = {module: set() for module in modules.values()}
    for name, module in modules.items():
        imports[module] |= {modules[used.removeprefix("#")] for used in uses[_node(name)]}
        imports[module].discard(module)
    merged: dict[str, str] = {}
    for circle in list_cycles(imports):
        merged |= dict.fromkeys(circle, min(circle))
    return {name: merged.get(module, module) for name, module in modules.items()}

"""A person's edits: overlay.yaml, an OpenAPI Overlay 1.1, is applied to the adopted document.

Targets are JSONPath as RFC 9535 has it. An action that matches nothing is an error with its line:
an edit that is lost in silence would be worse than none.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .places import find_place
from .read import read
from .state import AdoptError
from .walk import copy_node

VERSIONS = ("1.0", "1.1")
WORDS = {"target", "description", "update", "copy", "remove"}


def apply_overlay(root: Any, path: Path) -> int:
    """Apply the actions of a file to a document, and return how many there are; raise AdoptError
    with every fault.
    """
    overlay = read(path)
    if not isinstance(overlay, dict) or not str(overlay.get("overlay", "")).startswith(VERSIONS):
        raise AdoptError(
            f"{path.name}:1:1: this is no OpenAPI Overlay: it begins with `overlay: 1.1.0`."
        )
    actions = overlay.get("actions")
    if not isinstance(actions, list):
        actions = []
    faults = []
    for index, action in enumerate(actions):
        fault = _apply(root, action)
        if fault:
            faults.append(f"{find_place(path, f'#/actions/{index}')}: {fault}.")
    if faults:
        raise AdoptError("\n".join(faults))
    return len(actions)


def _apply(root: Any, action: Any) -> str:
    """Apply one action, and return the fault, "" on success."""
    if not isinstance(action, dict) or not isinstance(action.get("target"), str):
        return "an action has a `target`, a JSONPath as text"
    unknown = sorted(word for word in action.keys() - WORDS if not word.startswith("x-"))
    if unknown:
        return f"an action has no word {unknown[0]!r}, but target, update, copy and remove"
    if not action.keys() & {"update", "copy", "remove"}:
        return "the action says neither update, copy nor remove"
    nodes = _find(root, action["target"])
    if isinstance(nodes, str):
        return nodes
    if not nodes:
        return f"the target {action['target']} matches nothing in the adopted document"
    if action.get("remove") is True:
        return _remove(root, [node.location for node in nodes])
    value = action.get("update")
    if "copy" in action:
        sources = _find(root, str(action["copy"]))
        if isinstance(sources, str) or len(sources) != 1:
            return (
                sources
                if isinstance(sources, str)
                else f"`copy` selects {len(sources)} nodes; it selects one"
            )
        value = sources[0].value
    return next((fault for node in nodes if (fault := _update(root, node, value))), "")


def _find(root: Any, query: str) -> Any:
    """Return the nodes that a JSONPath selects, or a fault as text."""
    import jsonpath_rfc9535 as jsonpath  # here, because most overlays have no action

    try:
        return jsonpath.find(query, root)
    except jsonpath.JSONPathError as error:
        return f"{query!r} is no JSONPath of RFC 9535: {str(error).splitlines()[0]}"


def _remove(root: Any, locations: list[tuple[int | str, ...]]) -> str:
    if any(not location for location in locations):
        return "the document itself cannot be removed"
    for location in sorted(locations, key=_by_index, reverse=True):
        holder = _at(root, location[:-1])
        if holder is not None and _holds(holder, location[-1]):
            del holder[location[-1]]
    return ""


def _by_index(location: tuple[int | str, ...]) -> list[tuple[int, int, str]]:
    """Sort so that of one array the last item comes last, hence is removed first."""
    return [(0, part, "") if isinstance(part, int) else (1, 0, part) for part in location]


def _at(root: Any, location: tuple[int | str, ...]) -> Any:
    for part in location:
        if not _holds(root, part):
            return None
        root = root[part]
    return root


def _holds(holder: Any, part: int | str) -> bool:
    if isinstance(holder, list):
        return isinstance(part, int) and part < len(holder)
    return isinstance(holder, dict) and part in holder


def _update(root: Any, node: Any, value: Any) -> str:
    """Change one selected node: objects are merged, arrays grow, other values are replaced."""
    target = node.value
    if isinstance(target, dict):
        if not isinstance(value, dict):
            return "the target is an object, so `update` is one"
        _merge(target, value)
    elif isinstance(target, list):
        target += copy_node(value) if isinstance(value, list) else [copy_node(value)]
    elif isinstance(value, (dict, list)):
        return "the target is a single value, so `update` is one"
    else:
        holder = _at(root, node.location[:-1])
        holder[node.location[-1]] = value
    return ""


def _merge(target: Any, value: Any) -> None:
    for key, one in value.items():
        if isinstance(one, dict) and isinstance(target.get(key), dict):
            _merge(target[key], one)
        elif isinstance(one, list) and isinstance(target.get(key), list):
            target[key] += copy_node(one)
        else:
            target[key] = copy_node(one)

"""The Python surface, old against new: griffe says what broke by name and signature, the rest is looked up here.

Widening breaks whoever reads a value, narrowing whoever hands one over. So each class is asked which it is: what methods
return is read, what they take is written, and what is neither (in the runtime, say) is held to be both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import griffe

from . import Change
from .sources import SurfaceError
from .types import NARROWER, SAME, WIDER, compare_types, names_in, show_type

READ, WRITTEN = "read", "written"
Surface = dict[str, griffe.Object]
BROKEN = {  # what griffe finds, and how it is said
    griffe.BreakageKind.OBJECT_REMOVED: "is gone",
    griffe.BreakageKind.OBJECT_CHANGED_KIND: "is another kind of thing",
    griffe.BreakageKind.CLASS_REMOVED_BASE: "lost a base class",
    griffe.BreakageKind.PARAMETER_REMOVED: "lost the parameter {}",
    griffe.BreakageKind.PARAMETER_MOVED: "has the parameter {} at another place",
    griffe.BreakageKind.PARAMETER_CHANGED_KIND: "takes the parameter {} in another way",
    griffe.BreakageKind.PARAMETER_CHANGED_REQUIRED: "now requires the parameter {}",
    griffe.BreakageKind.PARAMETER_ADDED_REQUIRED: "has the new required parameter {}",
}
TWIN = re.compile(r"\bAsync(?=[A-Z])|WithResponse\b|Awaitable|Iterator|Response")  # how twins differ


def compare_packages(before: Path, after: Path) -> list[Change]:
    """Return what changed between two states of a package, each below a folder of sources. Raises SurfaceError."""
    name = next((path.parent.name for path in sorted(after.glob("*/__init__.py"))), "")
    old, new = _load(name, before), _load(name, after)
    found = [*_find_breaks(old, new), *_find_changes(_walk(old), _walk(new))]
    return list(_join_twins(found))


def _load(name: str, folder: Path) -> griffe.Module:
    try:
        found = griffe.load(name, search_paths=[folder], try_relative_path=False, allow_inspection=False)
    except (ImportError, griffe.GriffeError, SyntaxError) as error:
        raise SurfaceError(f"the sources of {name} cannot be read: {error}") from error
    if not isinstance(found, griffe.Module):
        raise SurfaceError(f"{name} is no package")
    return found


def _find_breaks(old: griffe.Module, new: griffe.Module) -> Iterator[Change]:
    for breakage in griffe.find_breaking_changes(old, new):
        if breakage.kind in BROKEN:
            one = breakage.new_value if breakage.new_value is not None else breakage.old_value
            parameter = getattr(breakage.old_value, "name", None) or getattr(one, "name", "")
            path = breakage.obj.path
            yield Change("major", path, f"{_short(path)} {BROKEN[breakage.kind].format(parameter)}")


def _walk(module: griffe.Module) -> Surface:
    """What can be imported from a package without an underscore, by path, each thing once."""
    found: Surface = {}
    waiting: list[griffe.Object | griffe.Alias] = [module]
    while waiting:
        holder = waiting.pop(0)
        for name, member in holder.members.items():
            if _is_public(holder, name) and (target := _reach(member, module.path)) and target.path not in found:
                found[target.path] = target
                waiting += [target] if isinstance(target, griffe.Module | griffe.Class) else []
    return found


def _is_public(holder: griffe.Object | griffe.Alias, name: str) -> bool:
    exports = holder.exports if isinstance(holder, griffe.Module) else None
    if name.startswith("_") and name not in (exports or ("__init__", "__call__")):
        return False
    member = holder.members[name]
    return not (member.is_alias and exports is not None and name not in exports)


def _reach(member: griffe.Object | griffe.Alias, package: str) -> griffe.Object | None:
    """What a name stands for, if that is the package's own."""
    try:
        target = member.final_target if isinstance(member, griffe.Alias) else member
    except griffe.GriffeError:
        return None
    return target if isinstance(target, griffe.Object) and target.path.startswith(f"{package}.") else None


def _find_changes(old: Surface, new: Surface) -> Iterator[Change]:
    roles = _find_roles(old)
    for path in new.keys() - old.keys():
        parent = path.rpartition(".")[0]
        if parent not in old and parent in new:
            continue  # told by what holds it
        needed = _is_field(new[path]) and _takes_no_default(new[path]) and WRITTEN in roles.get(parent, ())
        yield Change("major" if needed else "minor", path, f"{_short(path)} is new{' and required' if needed else ''}")
    for path in old.keys() & new.keys():
        yield from _compare(path, old[path], new[path], roles.get(path.rpartition(".")[0], {READ, WRITTEN}))


def _compare(path: str, old: griffe.Object, new: griffe.Object, roles: set[str]) -> Iterator[Change]:
    if isinstance(old, griffe.Attribute) and isinstance(new, griffe.Attribute):
        yield from _compare_type(path, _short(path), str(old.annotation or ""), str(new.annotation or ""), roles)
        if not old.annotation and str(old.value) != str(new.value):
            enum = isinstance(old.parent, griffe.Class)
            said = f"{_short(path)} is {new.value}, was {old.value}"
            yield Change("major" if enum else "patch", path, said)
        elif _is_field(old) and not _takes_no_default(old) and _takes_no_default(new) and WRITTEN in roles:
            yield Change("major", path, f"{_short(path)} is now required")
    if isinstance(old, griffe.Function) and isinstance(new, griffe.Function):
        yield from _compare_functions(path, old, new)


def _compare_functions(path: str, old: griffe.Function, new: griffe.Function) -> Iterator[Change]:
    yield from _compare_type(path, f"the result of {_short(path)}", str(old.returns or ""), str(new.returns or ""), {READ})
    names = {one.name for one in old.parameters}
    for parameter in new.parameters:
        label = f"the parameter {parameter.name} of {_short(path)}"
        if parameter.name in names:
            before = old.parameters[parameter.name]
            yield from _compare_type(path, label, str(before.annotation or ""), str(parameter.annotation or ""), {WRITTEN})
            if before.default is not None and parameter.default is not None and str(before.default) != str(parameter.default):
                yield Change("minor", path, f"{label} defaults to {parameter.default}, not {before.default} any more")
        elif parameter.default is not None:
            yield Change("minor", path, f"{label} is new")


def _compare_type(path: str, label: str, before: str, after: str, roles: set[str]) -> Iterator[Change]:
    if not before or not after or (how := compare_types(before, after)) == SAME:
        return
    level = "major"
    if how == WIDER and READ not in roles:
        level = "minor"
    if how == NARROWER and WRITTEN not in roles:
        level = "patch"
    yield Change(level, path, f"{label} is {how} in type: {show_type(before)} -> {show_type(after)}")


def _find_roles(surface: Surface) -> dict[str, set[str]]:
    """Whether each class is read, written or both, by the methods of resources and what they lead to."""
    classes = {one.name: one for one in surface.values() if isinstance(one, griffe.Class)}
    roles: dict[str, set[str]] = {}
    waiting: list[tuple[str, str]] = []
    for function in (one for one in surface.values() if isinstance(one, griffe.Function)):
        waiting += [(name, READ) for name in names_in(str(function.returns or ""))]
        waiting += [(name, WRITTEN) for one in function.parameters for name in names_in(str(one.annotation or ""))]
    while waiting:
        name, role = waiting.pop()
        if name not in classes or role in roles.setdefault(classes[name].path, set()):
            continue
        roles[classes[name].path].add(role)
        fields = [one for one in classes[name].members.values() if isinstance(one, griffe.Attribute) and one.annotation]
        waiting += [(inner, role) for one in fields for inner in names_in(str(one.annotation))]
    return roles


def _is_field(one: griffe.Object) -> bool:
    return isinstance(one, griffe.Attribute) and bool(one.annotation) and isinstance(one.parent, griffe.Class)


def _takes_no_default(one: griffe.Object) -> bool:
    value = str(getattr(one, "value", None) or "")
    return not value or (value.startswith("field(") and "default" not in value)


def _short(path: str) -> str:
    """A path as users know it: without package and module."""
    parts = path.split(".")
    found = next((place for place, part in enumerate(parts) if part[:1].isupper()), len(parts) - 1)
    return f"`{'.'.join(parts[found:])}`"


def _join_twins(changes: list[Change]) -> Iterator[Change]:
    """One change for a class and its async and WithResponse twins."""
    groups: dict[tuple[str, str], list[Change]] = {}
    for change in changes:
        groups.setdefault((change.level, TWIN.sub("", change.sentence)), []).append(change)
    yield from (min(group, key=lambda one: (len(one.place), one.place)) for group in groups.values())

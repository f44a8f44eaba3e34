"""Compare the Python surface of two states of a package.

griffe finds breaking changes of names and signatures; this module adds types, fields and additions.
A wider type breaks code that reads the value, a narrower type code that writes it. Classes that
methods return are read, those that methods accept are written; all others count as both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import griffe

from .change import Change
from .sources import SurfaceError
from .types import NARROWER, SAME, WIDER, compare_types, names_in, show_type

READ = "read"
WRITTEN = "written"
Surface = dict[str, griffe.Object]
Annotation = str | griffe.Expr | None
BROKEN = {  # griffe's kinds of breaking changes, as sentences without a subject
    griffe.BreakageKind.OBJECT_REMOVED: "is gone",
    griffe.BreakageKind.OBJECT_CHANGED_KIND: "is another kind of thing",
    griffe.BreakageKind.CLASS_REMOVED_BASE: "lost a base class",
    griffe.BreakageKind.PARAMETER_REMOVED: "lost the parameter {}",
    griffe.BreakageKind.PARAMETER_MOVED: "has the parameter {} at another place",
    griffe.BreakageKind.PARAMETER_CHANGED_KIND: "takes the parameter {} in another way",
    griffe.BreakageKind.PARAMETER_CHANGED_REQUIRED: "now requires the parameter {}",
    griffe.BreakageKind.PARAMETER_ADDED_REQUIRED: "has the new required parameter {}",
}
# The words in which the sync, async and WithResponse variants of a method differ.
TWIN = re.compile(r"\bAsync(?=[A-Z])|WithResponse\b|Awaitable|Iterator|Response")


def compare_packages(before: Path, after: Path) -> list[Change]:
    """Return the changes between two folders with the package's sources.

    Raises SurfaceError if the sources cannot be read.
    """
    packages = sorted(path.parent.name for path in after.glob("*/__init__.py"))
    name = packages[0] if packages else ""
    old = _load(name, before)
    new = _load(name, after)
    found = list(_find_breaks(old, new))
    found += _find_changes(_walk(old), _walk(new))
    return list(_join_twins(found))


def _load(name: str, folder: Path) -> griffe.Module:
    try:
        found = griffe.load(
            name, search_paths=[folder], try_relative_path=False, allow_inspection=False
        )
    except (ImportError, griffe.GriffeError, SyntaxError) as error:
        raise SurfaceError(f"the sources of {name} cannot be read: {error}") from error
    if not isinstance(found, griffe.Module):
        raise SurfaceError(f"{name} is not a package")
    return found


def _find_breaks(old: griffe.Module, new: griffe.Module) -> Iterator[Change]:
    for breakage in griffe.find_breaking_changes(old, new):
        if breakage.kind not in BROKEN:
            continue
        one = breakage.new_value if breakage.new_value is not None else breakage.old_value
        parameter = getattr(breakage.old_value, "name", None) or getattr(one, "name", "")
        path = breakage.obj.path
        sentence = BROKEN[breakage.kind].format(parameter)
        yield Change("major", path, f"{_short(path)} {sentence}")


def _walk(module: griffe.Module) -> Surface:
    """Return the public objects of a package by path, each once."""
    found: Surface = {}
    waiting: list[griffe.Object | griffe.Alias] = [module]
    while waiting:
        holder = waiting.pop(0)
        for name, member in holder.members.items():
            if not _is_public(holder, name):
                continue
            target = _reach(member, module.path)
            if target is None or target.path in found:
                continue
            found[target.path] = target
            if isinstance(target, griffe.Module | griffe.Class):
                waiting.append(target)
    return found


def _is_public(holder: griffe.Object | griffe.Alias, name: str) -> bool:
    exports = holder.exports if isinstance(holder, griffe.Module) else None
    if name.startswith("_") and name not in (exports or ("__init__", "__call__")):
        return False
    member = holder.members[name]
    return not (member.is_alias and exports is not None and name not in exports)


def _reach(member: griffe.Object | griffe.Alias, package: str) -> griffe.Object | None:
    """Return the object that a name refers to, or None if it is of another package."""
    try:
        target = member.final_target if isinstance(member, griffe.Alias) else member
    except griffe.GriffeError:
        return None
    is_own = isinstance(target, griffe.Object) and target.path.startswith(f"{package}.")
    return target if is_own else None


def _find_changes(old: Surface, new: Surface) -> Iterator[Change]:
    roles = _find_roles(old)
    for path in new.keys() - old.keys():
        parent = path.rpartition(".")[0]
        if parent not in old and parent in new:
            continue  # the new parent is reported instead
        is_required = _is_field(new[path]) and _takes_no_default(new[path])
        if is_required and WRITTEN in roles.get(parent, ()):
            yield Change("major", path, f"{_short(path)} is new and required")
        else:
            yield Change("minor", path, f"{_short(path)} is new")
    for path in old.keys() & new.keys():
        parent = path.rpartition(".")[0]
        yield from _compare(path, old[path], new[path], roles.get(parent, {READ, WRITTEN}))


def _compare(
    path: str, old: griffe.Object, new: griffe.Object, roles: set[str]
) -> Iterator[Change]:
    if isinstance(old, griffe.Attribute) and isinstance(new, griffe.Attribute):
        yield from _compare_type(path, _short(path), old.annotation, new.annotation, roles)
        lost_default = not _takes_no_default(old) and _takes_no_default(new)
        if not old.annotation and str(old.value) != str(new.value):
            is_enum = isinstance(old.parent, griffe.Class)
            sentence = f"{_short(path)} is {new.value}, was {old.value}"
            yield Change("major" if is_enum else "patch", path, sentence)
        elif _is_field(old) and lost_default and WRITTEN in roles:
            yield Change("major", path, f"{_short(path)} is now required")
    if isinstance(old, griffe.Function) and isinstance(new, griffe.Function):
        yield from _compare_functions(path, old, new)


def _compare_functions(path: str, old: griffe.Function, new: griffe.Function) -> Iterator[Change]:
    label = f"the result of {_short(path)}"
    yield from _compare_type(path, label, old.returns, new.returns, {READ})
    names = {one.name for one in old.parameters}
    for parameter in new.parameters:
        label = f"the parameter {parameter.name} of {_short(path)}"
        if parameter.name in names:
            yield from _compare_parameter(path, label, old.parameters[parameter.name], parameter)
        elif parameter.default is not None:  # griffe reports new required parameters
            yield Change("minor", path, f"{label} is new")


def _compare_parameter(
    path: str, label: str, old: griffe.Parameter, new: griffe.Parameter
) -> Iterator[Change]:
    yield from _compare_type(path, label, old.annotation, new.annotation, {WRITTEN})
    if old.default is None or new.default is None:
        return
    if str(old.default) != str(new.default):
        sentence = f"{label} defaults to {new.default}, not {old.default} any more"
        yield Change("minor", path, sentence)


def _compare_type(
    path: str, label: str, old: Annotation, new: Annotation, roles: set[str]
) -> Iterator[Change]:
    before = str(old or "")
    after = str(new or "")
    if not before or not after:
        return
    difference = compare_types(before, after)
    if difference == SAME:
        return
    level = "major"
    if difference == WIDER and READ not in roles:
        level = "minor"
    if difference == NARROWER and WRITTEN not in roles:
        level = "patch"
    types = f"{show_type(before)} -> {show_type(after)}"
    yield Change(level, path, f"{label} is {difference} in type: {types}")


def _find_roles(surface: Surface) -> dict[str, set[str]]:
    """Return for each class whether it is read, written or both.

    The roles start at the methods of resources, and spread from a class to the types of its fields.
    """
    classes = {one.name: one for one in surface.values() if isinstance(one, griffe.Class)}
    roles: dict[str, set[str]] = {}
    waiting = list(_first_roles(surface))
    while waiting:
        name, role = waiting.pop()
        if name not in classes:
            continue
        path = classes[name].path
        if role in roles.setdefault(path, set()):
            continue
        roles[path].add(role)
        for member in classes[name].members.values():
            if isinstance(member, griffe.Attribute) and member.annotation:
                waiting += [(inner, role) for inner in names_in(str(member.annotation))]
    return roles


def _first_roles(surface: Surface) -> Iterator[tuple[str, str]]:
    """Yield the names in the signatures of functions, with their roles."""
    for function in surface.values():
        if not isinstance(function, griffe.Function):
            continue
        for name in names_in(str(function.returns or "")):
            yield name, READ
        for parameter in function.parameters:
            for name in names_in(str(parameter.annotation or "")):
                yield name, WRITTEN


def _is_field(one: griffe.Object) -> bool:
    if not isinstance(one, griffe.Attribute):
        return False
    return bool(one.annotation) and isinstance(one.parent, griffe.Class)


def _takes_no_default(one: griffe.Object) -> bool:
    value = str(getattr(one, "value", None) or "")
    return not value or (value.startswith("field(") and "default" not in value)


def _short(path: str) -> str:
    """Return a path as users write it: from the class on, or the last name alone."""
    parts = path.split(".")
    classes = [index for index, part in enumerate(parts) if part[:1].isupper()]
    first = classes[0] if classes else -1
    return f"`{'.'.join(parts[first:])}`"


def _join_twins(changes: list[Change]) -> Iterator[Change]:
    """Yield one change for a class and its async and WithResponse variants."""
    groups: dict[tuple[str, str], list[Change]] = {}
    for change in changes:
        key = (change.level, TWIN.sub("", change.sentence))
        groups.setdefault(key, []).append(change)
    for group in groups.values():
        yield min(group, key=lambda one: (len(one.place), one.place))

"""Checks of what is about to be sent, against types and documented limits.

A checker is compiled once for a type, then walks values and reports every breach with the way to it. Only
requests are checked: what a server answers is never refused for a limit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any

from msgspec import UNSET, inspect

from .operation import Bound, Limits, Rule, Window
from .types import NaiveDateTime, Secret

Check = Callable[[Any, str], Iterable[str]]
"""Takes a value and the way to it ("invoice.discounts[2].value"), and gives what is wrong."""

_UNBOUND = Bound()
_LONGEST_NUMBER = 400  # digits: one that spells out to more is refused unseen


class Checker:
    """Compiles checks for the types of one API; a struct's limits are found by its class's name."""

    def __init__(self, limits: Mapping[str, Limits]) -> None:
        self._limits = limits
        self._structs: dict[type, Check] = {}

    def compile(self, kind: Any, bound: Bound | None = None) -> Check:
        """The check of values that `kind` (a type as msgspec understands it) describes, within `bound`."""
        return self._compile(inspect.type_info(kind), bound or _UNBOUND)

    def _compile(self, kind: inspect.Type, bound: Bound) -> Check:
        match kind:
            case inspect.UnionType(types=types):
                return _check_union([(_list_classes(each), self._compile(each, bound)) for each in types])
            case inspect.StructType(cls=cls):
                return self._find_struct(cls, kind)
            case inspect.ListType(item_type=item):
                return partial(_check_list, self._compile(item, bound.items or _UNBOUND), bound)
            case inspect.DictType(value_type=value):
                return partial(_check_dict, self._compile(value, _UNBOUND))
            case inspect.EnumType(cls=cls):
                return partial(_check_enum, cls, str if issubclass(cls, str) else int, bound)
            case inspect.AnyType() | inspect.RawType():
                return _check_nothing
            case inspect.DecimalType():
                return partial(_check_decimal, bound)
            case inspect.DateTimeType():
                return _check_datetime
            case inspect.CustomType(cls=cls) if issubclass(cls, NaiveDateTime):
                return _check_naive
            case inspect.CustomType(cls=cls) if issubclass(cls, Secret):
                return partial(_check_secret, bound)
            case inspect.LiteralType(values=values):
                return partial(_check_literal, values)
            case _:
                return partial(_check_plain, _list_classes(kind), bound)

    def _find_struct(self, cls: type, kind: inspect.StructType) -> Check:
        def check(value: Any, path: str) -> Iterable[str]:
            return self._structs[cls](value, path)  # looked up when called: a struct may hold itself

        if cls not in self._structs:
            self._structs[cls] = check
            self._structs[cls] = self._compile_struct(cls, kind)
        return self._structs[cls]

    def _compile_struct(self, cls: type, kind: inspect.StructType) -> Check:
        limits = self._limits.get(cls.__name__, Limits())
        fields = [
            (field.name, self._compile(field.type, limits.fields.get(field.name, _UNBOUND)), field.required)
            for field in kind.fields
        ]
        types = {field.name: field.type for field in kind.fields}
        rules = [
            (rule, [(name, self._compile(types[name], bound)) for name, bound in rule.bounds.items()]) for rule in limits.rules
        ]
        check = partial(_check_struct, cls, fields, rules)
        return partial(_check_presence, check, limits.one_of) if limits.one_of else check


def check_window(window: Window, arguments: Mapping[str, Any], now: datetime) -> Iterator[str]:
    """What is wrong with the span of time that two arguments bound; `now` is aware."""
    start: Any = arguments.get(window.start)
    end: Any = arguments.get(window.end)
    if _is_aware(start) and window.history is not None and (now - start).total_seconds() > window.history:
        yield f"{window.start}: {start} is more than {_say_days(window.history)} ago"
    if _is_aware(start) and _is_aware(end):
        if end <= start:
            yield f"{window.end}: {end} is not after {window.start}, {start}"
        elif window.longest is not None and (end - start).total_seconds() > window.longest:
            yield f"{window.end}: {end} is more than {_say_days(window.longest)} after {window.start}, {start}"


def _is_aware(value: Any) -> bool:
    return isinstance(value, datetime) and value.utcoffset() is not None


def _say_days(seconds: float) -> str:
    return f"{seconds / 86_400:g} days" if seconds >= 86_400 else f"{seconds:g} seconds"


def _list_classes(kind: inspect.Type) -> tuple[type, ...]:
    """The Python classes whose values a type takes."""
    if isinstance(kind, (inspect.StructType, inspect.CustomType)):
        return (str,) if issubclass(kind.cls, Secret) else (kind.cls,)
    if isinstance(kind, inspect.EnumType):
        return (kind.cls, str if issubclass(kind.cls, str) else int)
    if isinstance(kind, inspect.LiteralType):
        return tuple({type(value) for value in kind.values})
    return _CLASSES.get(type(kind), (object,))


_CLASSES: dict[type, tuple[type, ...]] = {
    inspect.NoneType: (type(None),),
    inspect.BoolType: (bool,),
    inspect.IntType: (int,),
    inspect.FloatType: (float, int),
    inspect.StrType: (str,),
    inspect.BytesType: (bytes,),
    inspect.DecimalType: (Decimal, int),
    inspect.DateTimeType: (datetime,),
    inspect.DateType: (date,),
    inspect.ListType: (list, tuple),
    inspect.DictType: (dict,),
}


def _show(value: object) -> str:
    text = repr(value) if not isinstance(value, Decimal) else str(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _takes(classes: tuple[type, ...], value: object) -> bool:
    """isinstance, where True is no int and a datetime is no date."""
    if isinstance(value, bool):
        return bool in classes or object in classes
    if isinstance(value, datetime) and date in classes:
        return datetime in classes
    return isinstance(value, classes)


def _refuse_type(classes: tuple[type, ...], value: object, path: str) -> str:
    wanted = " or ".join(cls.__name__ for cls in classes)
    given = "not given" if value is UNSET else f"a {type(value).__name__}, {_show(value)}"
    return f"{path}: must be {wanted}, is {given}"


def _check_secret(bound: Bound, value: Any, path: str) -> Iterator[str]:
    """As any text, but what is wrong with it is told without showing it."""
    if not isinstance(value, str):
        yield f"{path}: must be str, is a {type(value).__name__} (not shown)"
    elif any(_check_plain((str,), bound, value, path)):
        yield f"{path}: breaks its documented limits (not shown)"


def _check_nothing(value: Any, path: str) -> Iterable[str]:
    return ()


def _check_union(choices: list[tuple[tuple[type, ...], Check]]) -> Check:
    def check(value: Any, path: str) -> Iterator[str]:
        if value is None and takes_none:
            return
        for classes, check_choice in real:
            if len(real) == 1 or _takes(classes, value):
                yield from check_choice(value, path)
                return
        yield _refuse_type(tuple(cls for classes, _ in real for cls in classes), value, path)

    takes_none = any(classes == (type(None),) for classes, _ in choices)
    real = [choice for choice in choices if choice[0] != (type(None),)]
    return check


def _check_struct(
    cls: type, fields: list[tuple[str, Check, bool]], rules: list[tuple[Rule, list[tuple[str, Check]]]], value: Any, path: str
) -> Iterator[str]:
    if not isinstance(value, cls):
        yield _refuse_type((cls,), value, path)
        return
    prefix = f"{path}." if path else ""
    for name, check, required in fields:
        part = getattr(value, name)
        if part is not UNSET:
            yield from check(part, prefix + name)
        elif required:
            yield f"{prefix}{name}: is required"
    for rule, checks in rules:
        if getattr(value, rule.field) == rule.equals:
            for name, check in checks:
                part = getattr(value, name)
                if part is not UNSET and part is not None:
                    yield from check(part, prefix + name)


def _check_presence(check: Check, names: tuple[str, ...], value: Any, path: str) -> Iterator[str]:
    yield from check(value, path)
    if all(getattr(value, name, None) in (UNSET, None) for name in names):
        yield f"{path or 'the request'}: give at least one of {', '.join(names)}"


def _check_list(check: Check, bound: Bound, value: Any, path: str) -> Iterator[str]:
    if not isinstance(value, (list, tuple)):
        yield _refuse_type((list,), value, path)
        return
    yield from _check_size(len(value), bound.min_items, bound.max_items, "items", path)
    for index, item in enumerate(value):
        yield from check(item, f"{path}[{index}]")


def _check_dict(check: Check, value: Any, path: str) -> Iterator[str]:
    if not isinstance(value, Mapping):
        yield _refuse_type((dict,), value, path)
        return
    for key, item in value.items():
        yield from check(item, f"{path}[{key!r}]")


def _check_enum(cls: type, plain: type, bound: Bound, value: Any, path: str) -> Iterator[str]:
    if not _takes((cls, plain), value):
        yield _refuse_type((cls, plain), value, path)
        return
    if isinstance(value, str):
        yield from _check_text(bound, value, path)


def _check_literal(values: tuple[Any, ...], value: Any, path: str) -> Iterator[str]:
    if value not in values:
        yield f"{path}: {_show(value)} is not one of {', '.join(map(repr, values))}"


def _check_plain(classes: tuple[type, ...], bound: Bound, value: Any, path: str) -> Iterator[str]:
    if not _takes(classes, value):
        yield _refuse_type(classes, value, path)
        return
    if bound is _UNBOUND:
        return
    if isinstance(value, str):
        yield from _check_text(bound, value, path)
    elif isinstance(value, (int, float)):
        yield from _check_range(bound, value, path)


def _check_datetime(value: Any, path: str) -> Iterator[str]:
    if not isinstance(value, datetime):
        yield _refuse_type((datetime,), value, path)
        return
    if value.utcoffset() is None:
        yield f"{path}: {value} has no time zone; give it one, such as tzinfo=datetime.UTC"


def _check_naive(value: Any, path: str) -> Iterator[str]:
    if not isinstance(value, NaiveDateTime):
        yield _refuse_type((NaiveDateTime,), value, path)
        return
    if value.tzinfo is not None or value.microsecond:
        yield f"{path}: {value!r} has a zone or fractions of a second, which this API cannot hold"


def _check_decimal(bound: Bound, value: Any, path: str) -> Iterator[str]:
    if not isinstance(value, Decimal):
        if not isinstance(value, int) or isinstance(value, bool):
            yield _refuse_type((Decimal,), value, path)
            return
        value = Decimal(value)
    if not value.is_finite() or abs(value.adjusted()) > _LONGEST_NUMBER:
        yield f"{path}: {_show(value)} is not a number that can be written out"
        return
    if bound is not _UNBOUND:
        yield from _check_range(bound, value, path)
        yield from _check_digits(bound, value, path)


def _check_digits(bound: Bound, value: Decimal, path: str) -> Iterator[str]:
    """Digits before and after the point; zeros at either end do not count."""
    whole, _, fraction = format(value, "f").lstrip("-").partition(".")
    whole, fraction = whole.lstrip("0"), fraction.rstrip("0")
    if bound.places is not None and len(fraction) > bound.places:
        yield f"{path}: {value} has more than {bound.places} digits after the point"
    if bound.digits is not None and len(whole) > bound.digits - (bound.places or 0):
        yield f"{path}: {value} has more than {bound.digits - (bound.places or 0)} digits before the point"


def _check_range(bound: Bound, value: Decimal | float, path: str) -> Iterator[str]:
    if bound.minimum is not None and value < Decimal(bound.minimum):
        yield f"{path}: {value} is below the minimum {bound.minimum}"
    if bound.maximum is not None and value > Decimal(bound.maximum):
        yield f"{path}: {value} is above the maximum {bound.maximum}"
    if bound.exclusive_minimum is not None and value <= Decimal(bound.exclusive_minimum):
        yield f"{path}: {value} is not above {bound.exclusive_minimum}"
    if bound.exclusive_maximum is not None and value >= Decimal(bound.exclusive_maximum):
        yield f"{path}: {value} is not below {bound.exclusive_maximum}"


def _check_text(bound: Bound, value: str, path: str) -> Iterator[str]:
    yield from _check_size(len(value), bound.min_length, bound.max_length, "characters", path)
    if bound.pattern is not None and not re.search(_end_strictly(bound.pattern), value):
        yield f"{path}: {_show(value)} does not match {bound.pattern}"


def _end_strictly(pattern: str) -> str:
    """JSON Schema's $ is the very end; Python's lets a line break follow."""
    return pattern[:-1] + r"\Z" if pattern.endswith("$") and not pattern.endswith(r"\$") else pattern


def _check_size(size: int, least: int | None, most: int | None, unit: str, path: str) -> Iterator[str]:
    if least is not None and size < least:
        yield f"{path}: has {size} {unit}, the minimum is {least}"
    if most is not None and size > most:
        yield f"{path}: has {size} {unit}, the maximum is {most}"

"""Validation of requests against types and documented constraints.

A check is compiled once for a type. It walks a value and reports every violation with its path.
Only requests are validated: a response is never rejected because of a constraint.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from io import TextIOBase
from typing import Any, TypeAlias, get_args, get_origin

from msgspec import UNSET, inspect, structs

from .api import Constraints, DependentConstraints, ModelConstraints
from .multipart import FileInput
from .one_of import OneOf, contains_one_of
from .types import NaiveDateTime, Secret

Check = Callable[[Any, str], Iterable[str]]
"""Takes a value and its path ("invoice.discounts[2].value"); returns the violations as messages."""

Choice: TypeAlias = tuple[tuple[type, ...], Check]
"""The Python classes of a union's member, and its check."""

_UNCONSTRAINED = Constraints()
_FILE: Any = FileInput  # the class, which type checkers see as a union
_LONGEST_NUMBER = 400  # digits; longer numbers are rejected unexamined


class Checker:
    """Compiles checks for the types of one API. A struct's constraints are found by class name."""

    def __init__(self, list_constraints: Callable[[], Mapping[str, ModelConstraints]]) -> None:
        self._list_constraints = list_constraints
        self._structs: dict[type, Check] = {}

    def compile(self, kind: object, constraints: Constraints | None = None) -> Check:
        """Return the check for values of `kind` within `constraints`."""
        found = constraints or _UNCONSTRAINED
        if contains_one_of(kind):
            return self._compile_unions(kind, found)
        return self._compile(inspect.type_info(kind), found)

    def _compile_unions(self, kind: Any, constraints: Constraints) -> Check:
        """Return the check of a union that msgspec describes as any value, or of a list of them."""
        if isinstance(kind, OneOf):
            choices: list[Choice] = [(_list_classes(inspect.type_info(None)), _check_nothing)]
            for each in kind.parts:
                classes = _list_classes(inspect.type_info(each))
                choices.append((classes, self.compile(each, constraints)))
            return _check_union(choices if kind.nullable else choices[1:])
        if get_origin(kind) is list:
            check = self.compile(get_args(kind)[0], constraints.items)
            return partial(_check_list, check, constraints)
        if get_origin(kind) is dict:
            return partial(_check_dict, self.compile(get_args(kind)[1]))
        choices = []
        for each in get_args(kind):
            choices.append(
                (_list_classes(inspect.type_info(each)), self.compile(each, constraints))
            )
        return _check_union(choices)

    def _compile(self, kind: inspect.Type, constraints: Constraints) -> Check:
        match kind:
            case inspect.UnionType(types=types):
                choices = []
                for each in types:
                    choices.append((_list_classes(each), self._compile(each, constraints)))
                return _check_union(choices)
            case inspect.StructType(cls=cls):
                return self._find_struct(cls, kind)
            case inspect.ListType(item_type=item):
                check = self._compile(item, constraints.items or _UNCONSTRAINED)
                return partial(_check_list, check, constraints)
            case inspect.DictType(value_type=value):
                return partial(_check_dict, self._compile(value, _UNCONSTRAINED))
            case inspect.EnumType(cls=cls):
                plain = str if issubclass(cls, str) else int
                return partial(_check_enum, cls, plain, constraints)
            case inspect.AnyType() | inspect.RawType():
                return _check_nothing
            case inspect.DecimalType():
                return partial(_check_decimal, constraints)
            case inspect.DateTimeType():
                return _check_datetime
            case inspect.CustomType(cls=cls) if issubclass(cls, NaiveDateTime):
                return _check_naive
            case inspect.CustomType(cls=cls) if issubclass(cls, Secret):
                return partial(_check_secret, constraints)
            case inspect.CustomType(cls=cls) if cls is _FILE:
                return _check_file
            case inspect.LiteralType(values=values):
                return partial(_check_literal, values)
            case _:
                return partial(_check_plain, _list_classes(kind), constraints)

    def _find_struct(self, cls: type, kind: inspect.StructType) -> Check:
        # A struct may contain itself, so its check is looked up only when it is called.
        def check(value: object, path: str) -> Iterable[str]:
            return self._structs[cls](value, path)

        if cls not in self._structs:
            self._structs[cls] = check
            try:
                self._structs[cls] = self._compile_struct(cls, kind)
            except BaseException:
                del self._structs[cls]  # or the check would call itself from now on
                raise
        return self._structs[cls]

    def _compile_struct(self, cls: type, kind: inspect.StructType) -> Check:
        model = self._list_constraints().get(cls.__name__, ModelConstraints())
        described = {field.name: field.type for field in kind.fields}
        types = {field.name: field.type for field in structs.fields(cls)}

        def compile_field(name: str, constraints: Constraints) -> Check:
            if contains_one_of(types[name]):
                return self.compile(types[name], constraints)
            return self._compile(described[name], constraints)

        fields = []
        for field in kind.fields:
            constraints = model.fields.get(field.name, _UNCONSTRAINED)
            fields.append((field.name, compile_field(field.name, constraints), field.required))
        dependent = []
        for rule in model.dependent:
            checks = []
            for name, constraints in rule.constraints.items():
                checks.append((name, compile_field(name, constraints)))
            dependent.append((rule, checks))
        check = partial(_check_struct, cls, fields, dependent)
        return partial(_check_presence, check, model.one_of) if model.one_of else check


def _list_classes(kind: inspect.Type) -> tuple[type, ...]:
    """Return the Python classes that a type accepts."""
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
    """isinstance, except that a bool is not an int and a datetime is not a date."""
    if isinstance(value, bool):
        return bool in classes or object in classes
    if isinstance(value, datetime) and date in classes:
        return datetime in classes
    return isinstance(value, classes)


def _refuse_type(classes: tuple[type, ...], value: object, path: str) -> str:
    wanted = " or ".join(cls.__name__ for cls in classes)
    given = "not given" if value is UNSET else f"a {type(value).__name__}, {_show(value)}"
    return f"{path}: must be {wanted}, is {given}"


def _check_secret(constraints: Constraints, value: object, path: str) -> Iterator[str]:
    """Check a secret like other text, with messages that do not show it."""
    if not isinstance(value, str):
        yield f"{path}: must be str, is a {type(value).__name__} (value not shown)"
    elif any(_check_plain((str,), constraints, value, path)):
        yield f"{path}: violates its documented constraints (value not shown)"


def _check_nothing(value: object, path: str) -> Iterable[str]:
    return ()


def _check_union(choices: list[Choice]) -> Check:
    none_only = (type(None),)
    takes_none = any(classes == none_only for classes, _ in choices)
    real = [choice for choice in choices if choice[0] != none_only]
    all_classes: list[type] = []
    for classes, _ in real:
        all_classes += classes

    def check(value: object, path: str) -> Iterator[str]:
        if value is None and takes_none:
            return
        for classes, check_choice in real:
            if len(real) == 1 or _takes(classes, value):
                yield from check_choice(value, path)
                return
        yield _refuse_type(tuple(all_classes), value, path)

    return check


def _check_struct(
    cls: type,
    fields: list[tuple[str, Check, bool]],
    dependent: list[tuple[DependentConstraints, list[tuple[str, Check]]]],
    value: Any,
    path: str,
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
    for rule, checks in dependent:
        if getattr(value, rule.field) == rule.equals:
            for name, check in checks:
                part = getattr(value, name)
                if part is not UNSET and part is not None:
                    yield from check(part, prefix + name)


def _check_presence(
    check: Check, names: tuple[str, ...], value: object, path: str
) -> Iterator[str]:
    yield from check(value, path)
    if all(getattr(value, name, None) in (UNSET, None) for name in names):
        yield f"{path or 'the request'}: at least one of {', '.join(names)} is required"


def _check_list(check: Check, constraints: Constraints, value: object, path: str) -> Iterator[str]:
    if not isinstance(value, (list, tuple)):
        yield _refuse_type((list,), value, path)
        return
    yield from _check_size(len(value), constraints.min_items, constraints.max_items, "items", path)
    for index, item in enumerate(value):
        yield from check(item, f"{path}[{index}]")


def _check_dict(check: Check, value: object, path: str) -> Iterator[str]:
    if not isinstance(value, Mapping):
        yield _refuse_type((dict,), value, path)
        return
    for key, item in value.items():
        yield from check(item, f"{path}[{key!r}]")


def _check_enum(
    cls: type, plain: type, constraints: Constraints, value: object, path: str
) -> Iterator[str]:
    if not _takes((cls, plain), value):
        yield _refuse_type((cls, plain), value, path)
        return
    if isinstance(value, str):
        yield from _check_text(constraints, value, path)


def _check_literal(values: tuple[Any, ...], value: object, path: str) -> Iterator[str]:
    if value not in values:
        yield f"{path}: {_show(value)} is not one of {', '.join(map(repr, values))}"


def _check_file(value: object, path: str) -> Iterator[str]:
    if not isinstance(value, FileInput):
        wanted = "bytes, a pathlib.Path, an open binary file or a File"
        yield f"{path}: must be {wanted}, is a {type(value).__name__}"
    elif isinstance(value, TextIOBase):
        yield f"{path}: is a file opened in text mode; open it with 'rb'"


def _check_plain(
    classes: tuple[type, ...], constraints: Constraints, value: object, path: str
) -> Iterator[str]:
    if not _takes(classes, value):
        yield _refuse_type(classes, value, path)
        return
    if constraints is _UNCONSTRAINED:
        return
    if constraints.equals is not None and value != constraints.equals:
        yield f"{path}: must be {_show(constraints.equals)}, is {_show(value)}"
    if isinstance(value, str):
        yield from _check_text(constraints, value, path)
    elif isinstance(value, (int, float)):
        yield from _check_range(constraints, value, path)


def _check_datetime(value: object, path: str) -> Iterator[str]:
    if not isinstance(value, datetime):
        yield _refuse_type((datetime,), value, path)
        return
    if value.utcoffset() is None:
        yield f"{path}: {value} has no time zone; set one, such as tzinfo=datetime.UTC"


def _check_naive(value: object, path: str) -> Iterator[str]:
    if not isinstance(value, NaiveDateTime):
        yield _refuse_type((NaiveDateTime,), value, path)
        return
    if value.tzinfo is not None or value.microsecond:
        yield f"{path}: {value!r} has a zone or fractions of a second; this API takes neither"


def _check_decimal(constraints: Constraints, value: object, path: str) -> Iterator[str]:
    if not isinstance(value, Decimal):
        if not isinstance(value, int) or isinstance(value, bool):
            yield _refuse_type((Decimal,), value, path)
            return
        value = Decimal(value)
    if not value.is_finite() or abs(value.adjusted()) > _LONGEST_NUMBER:
        yield f"{path}: {_show(value)} is not finite or has too many digits"
        return
    if constraints is not _UNCONSTRAINED:
        yield from _check_range(constraints, value, path)
        yield from _check_digits(constraints, value, path)


def _check_digits(constraints: Constraints, value: Decimal, path: str) -> Iterator[str]:
    """Check the digits before and after the point; leading and trailing zeros do not count."""
    whole, _, fraction = format(value, "f").lstrip("-").partition(".")
    whole_digits = len(whole.lstrip("0"))
    places = len(fraction.rstrip("0"))
    if constraints.places is not None and places > constraints.places:
        yield f"{path}: {value} has more than {constraints.places} digits after the point"
    if constraints.digits is not None:
        most_whole = constraints.digits - (constraints.places or 0)
        if whole_digits > most_whole:
            yield f"{path}: {value} has more than {most_whole} digits before the point"


def _check_range(constraints: Constraints, value: Decimal | float, path: str) -> Iterator[str]:
    minimum = constraints.minimum
    maximum = constraints.maximum
    above = constraints.exclusive_minimum
    below = constraints.exclusive_maximum
    if minimum is not None and value < Decimal(minimum):
        yield f"{path}: {value} is below the minimum {minimum}"
    if maximum is not None and value > Decimal(maximum):
        yield f"{path}: {value} is above the maximum {maximum}"
    if above is not None and value <= Decimal(above):
        yield f"{path}: {value} is not above {above}"
    if below is not None and value >= Decimal(below):
        yield f"{path}: {value} is not below {below}"


def _check_text(constraints: Constraints, value: str, path: str) -> Iterator[str]:
    yield from _check_size(
        len(value), constraints.min_length, constraints.max_length, "characters", path
    )
    if constraints.pattern is not None and not re.search(_end_strictly(constraints.pattern), value):
        yield f"{path}: {_show(value)} does not match {constraints.pattern}"


def _end_strictly(pattern: str) -> str:
    """Replace a final $, which in Python also matches before a trailing line break."""
    if pattern.endswith("$") and not pattern.endswith(r"\$"):
        return pattern[:-1] + r"\Z"
    return pattern


def _check_size(
    size: int, least: int | None, most: int | None, unit: str, path: str
) -> Iterator[str]:
    if least is not None and size < least:
        yield f"{path}: has {size} {unit}, the minimum is {least}"
    if most is not None and size > most:
        yield f"{path}: has {size} {unit}, the maximum is {most}"

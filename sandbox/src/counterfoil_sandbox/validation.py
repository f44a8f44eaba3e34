"""Reads a request against the specification: converts its values, and names every way in which it breaks the rules."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl

import jsonschema_rs

from . import exact_json
from .exchange import Call, Fault, Problem, Request, Violation
from .specification import FORM, PLACES, Operation, Parameter, Schema

COERCIONS: dict[str, tuple[re.Pattern[str], Callable[[str], Any]]] = {
    "integer": (re.compile(r"-?[0-9]{1,40}"), int),
    "number": (re.compile(r"-?[0-9]{1,40}(\.[0-9]{1,40})?"), Decimal),
    "boolean": (re.compile("true|false"), "true".__eq__),
}


class InvalidRequest(Exception):
    """A request that must not reach its operation."""

    def __init__(self, fault: Fault, violations: tuple[Violation, ...] = ()) -> None:
        super().__init__(fault)
        self.fault, self.violations = fault, violations

    def explain(self, operation: Operation) -> Problem:
        """Say what is wrong with the request."""
        return Problem(self.fault, operation, self.violations)


class RequestReader:
    """Turns requests for one operation into calls."""

    def __init__(self, operation: Operation, schemas: Mapping[str, Schema]) -> None:
        self.operation = operation
        self._known = {
            place: {_name_on_wire(each): each for each in operation.parameters if each.place == place} for place in PLACES
        }
        request = {"type": "object", "properties": dict(_describe_request(operation)), "components": {"schemas": schemas}}
        self._validator = jsonschema_rs.Draft202012Validator(
            request,
            validate_formats=True,
            formats={"naive-date-time": _is_naive_date_time, "decimal": _is_decimal},
            keywords={"x-decimal": _DecimalKeyword},
        )

    def read(self, request: Request, path: str, path_values: Mapping[str, str]) -> Call:
        """Convert and check a request.

        Raises:
            InvalidRequest: it is of the wrong media type, cannot be decoded, or breaks the specification.
        """
        raw = {"path": path_values, "query": _gather(parse_qsl(request.query, True)), "header": request.headers}
        given: dict[str, Any] = {place: self._convert(place, values) for place, values in raw.items()}
        if self.operation.body:
            given["body"] = _decode_body(
                self.operation.body.media_type, request.headers.get("content-type", ""), request.body or b""
            )
        self._check(given)
        parameters = {name: value for place in PLACES for name, value in given[place].items()}
        return Call(self.operation, path, request.headers, parameters, given.get("body"))

    def _convert(self, place: str, values: Mapping[str, Any]) -> dict[str, Any]:
        known = self._known[place]
        return {each.name: _coerce(each, values[name]) for name, each in known.items() if name in values}

    def _check(self, request: Any) -> None:
        violations = tuple(v for error in self._validator.iter_errors(request) for v in _name_violations(error))
        if violations:
            raise InvalidRequest(Fault.INVALID, violations)


class _DecimalKeyword:
    """The keyword `x-decimal`: so many digits in all, so many of them after the point."""

    def __init__(self, parent: Schema, value: Mapping[str, int], path: list[str | int]) -> None:
        self.places = Decimal(1).scaleb(-value["places"])
        self.ceiling = Decimal(10) ** (value["digits"] - value["places"])

    def validate(self, number: object) -> None:
        """Refuse a number with too many digits before or after the point."""
        if not isinstance(number, int | Decimal):
            return
        if not abs(Decimal(number)) < self.ceiling or Decimal(number).quantize(self.places) != number:
            raise ValueError(f"{number} has more digits than allowed")


def _describe_request(operation: Operation) -> Iterator[tuple[str, Schema]]:
    for place in PLACES:
        own = [each for each in operation.parameters if each.place == place]
        required = [each.name for each in own if each.required]
        yield place, {"properties": {each.name: each.schema for each in own}, "required": required}
    if operation.body:
        yield "body", operation.body.schema


def prepare_schemas(schema: Any, closed: bool) -> Any:
    """Copy schemas so that a fault under a nullable reference is named, and objects are closed where asked for."""
    if isinstance(schema, list):
        return [prepare_schemas(each, closed) for each in schema]
    if not isinstance(schema, dict):
        return schema
    copy = {key: prepare_schemas(value, closed) for key, value in schema.items()}
    if copy.get("type") == "object" and isinstance(copy.get("properties"), dict) and closed:
        copy.setdefault("additionalProperties", False)
    match copy.get("oneOf"):
        case [other, {"type": "null"}]:
            del copy["oneOf"]
            copy |= {"if": {"type": "null"}, "else": other}
    return copy


def _name_on_wire(parameter: Parameter) -> str:
    return parameter.name.lower() if parameter.place == "header" else parameter.name


def _coerce(parameter: Parameter, value: Any) -> Any:
    if parameter.schema.get("type") == "array":
        return _list(value)
    pattern, convert = COERCIONS.get(str(parameter.schema.get("type")), (None, str))
    if pattern and isinstance(value, str) and pattern.fullmatch(value):
        return convert(value)
    return value


def _gather(pairs: list[tuple[str, str]]) -> dict[str, Any]:
    """A name that comes once has its value, one that is repeated a list, which only a schema of lists accepts."""
    values: dict[str, Any] = {}
    for name, value in pairs:
        values[name] = [*_list(values[name]), value] if name in values else value
    return values


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _decode_body(wanted: str, content_type: str, body: bytes) -> Any:
    if content_type.partition(";")[0].strip().lower() != wanted:
        raise InvalidRequest(Fault.WRONG_MEDIA_TYPE)
    try:
        return _gather(parse_qsl(body.decode(), True)) if wanted == FORM else exact_json.decode(body, exact_json.read_whole)
    except ValueError as error:
        raise InvalidRequest(Fault.BROKEN_BODY) from error


def _name_violations(error: jsonschema_rs.ValidationError) -> Iterator[Violation]:
    place, *path = map(str, error.instance_path)
    names = [step for step in path if not step.isdigit()]
    field, keyword, detail = names[-1] if names else "", error.kind.name, error.kind.as_dict()
    unexpected = detail.get("unexpected", [detail["property"]] if keyword == "required" else [field])
    for name in unexpected:
        yield Violation(place, name, keyword, error.message)


def _is_decimal(text: str) -> bool:
    return COERCIONS["number"][0].fullmatch(text) is not None


def _is_naive_date_time(text: str) -> bool:
    try:
        datetime.strptime(text, "%Y-%m-%d %H:%M:%S")
    except ValueError:
        return False
    return True

"""Validates requests: converts their values and collects all violations of the specification."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl

import jsonschema_rs

from .bodies import decode_body, gather
from .http import Request
from .provider import Call, Problem, Rejection, Violation
from .specification import PLACES, Operation, Parameter, Schema

Coercion = tuple[re.Pattern[str], Callable[[str], Any]]
"""The texts that a type of JSON Schema accepts, and their conversion."""

COERCIONS: dict[str, Coercion] = {
    "integer": (re.compile(r"-?[0-9]{1,40}"), int),
    "number": (re.compile(r"-?[0-9]{1,40}(\.[0-9]{1,40})?"), Decimal),
    "boolean": (re.compile("true|false"), "true".__eq__),
}


class InvalidRequest(Exception):
    """A request that does not reach its operation."""

    def __init__(self, fault: Rejection, violations: tuple[Violation, ...] = ()) -> None:
        super().__init__(fault)
        self.fault = fault
        self.violations = violations

    def explain(self, operation: Operation) -> Problem:
        """Return the problem for the provider to answer."""
        return Problem(self.fault, operation, self.violations)


class RequestReader:
    """Converts requests for one operation to calls."""

    def __init__(self, operation: Operation, schemas: Mapping[str, Schema]) -> None:
        self.operation = operation
        self._known: dict[str, dict[str, Parameter]] = {place: {} for place in PLACES}
        for parameter in operation.parameters:
            self._known[parameter.place][_name_on_wire(parameter)] = parameter
        request = {
            "type": "object",
            "properties": dict(_describe_request(operation)),
            "components": {"schemas": schemas},
        }
        self._validator = jsonschema_rs.Draft202012Validator(
            request,
            validate_formats=True,
            formats={"naive-date-time": _is_naive_date_time, "decimal": _is_decimal},
            keywords={"x-decimal": _DecimalKeyword},
        )

    def read(self, request: Request, path: str, path_values: Mapping[str, str]) -> Call:
        """Convert and check a request.

        Raises:
            InvalidRequest: its media type is wrong, it cannot be decoded, or it violates the
                specification.
        """
        raw = {
            "path": path_values,
            "query": gather(parse_qsl(request.query, True)),
            "header": request.headers,
        }
        given: dict[str, Any] = {}
        for place, values in raw.items():
            given[place] = self._convert(place, values)
        if self.operation.body:
            content_type = request.headers.get("content-type", "")
            body = request.body or b""
            given["body"] = _decode(self.operation.body.media_type, content_type, body)
        self._check(given)
        parameters: dict[str, Any] = {}
        for place in PLACES:
            parameters.update(given[place])
        return Call(self.operation, path, request.headers, parameters, given.get("body"))

    def _convert(self, place: str, values: Mapping[str, Any]) -> dict[str, Any]:
        converted = {}
        for name, parameter in self._known[place].items():
            if name in values:
                converted[parameter.name] = _coerce(parameter, values[name])
        return converted

    def _check(self, request: Any) -> None:
        violations: list[Violation] = []
        for error in self._validator.iter_errors(request):
            violations += _name_violations(error)
        if violations:
            raise InvalidRequest(Rejection.INVALID, tuple(violations))


class _DecimalKeyword:
    """The keyword `x-decimal`: maximum number of digits, and of those after the point."""

    def __init__(self, parent: Schema, value: Mapping[str, int], path: list[str | int]) -> None:
        self.places = Decimal(1).scaleb(-value["places"])
        self.ceiling = Decimal(10) ** (value["digits"] - value["places"])

    def validate(self, number: object) -> None:
        """Raise ValueError if a number has too many digits before or after the point."""
        if not isinstance(number, int | Decimal):
            return
        exact = Decimal(number)
        # quantize would fail for a number above the ceiling
        if not abs(exact) < self.ceiling or exact.quantize(self.places) != exact:
            raise ValueError(f"{number} has more digits than allowed")


def _describe_request(operation: Operation) -> Iterator[tuple[str, Schema]]:
    for place in PLACES:
        own = [each for each in operation.parameters if each.place == place]
        required = [each.name for each in own if each.required]
        yield place, {"properties": {each.name: each.schema for each in own}, "required": required}
    if operation.body:
        yield "body", operation.body.schema


def prepare_schemas(schema: Any, closed: bool) -> Any:
    """Copy schemas for validation. If `closed`, objects refuse unknown properties.

    A nullable reference becomes a condition, so that a violation names the field below it.
    """
    if isinstance(schema, list):
        return [prepare_schemas(each, closed) for each in schema]
    if not isinstance(schema, dict):
        return schema
    copy = {key: prepare_schemas(value, closed) for key, value in schema.items()}
    is_object = copy.get("type") == "object" and isinstance(copy.get("properties"), dict)
    if closed and is_object:
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
    coercion = COERCIONS.get(str(parameter.schema.get("type")))
    if coercion is None or not isinstance(value, str):
        return value
    pattern, convert = coercion
    return convert(value) if pattern.fullmatch(value) else value


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _decode(wanted: str, content_type: str, body: bytes) -> Any:
    media_type, _, _ = content_type.partition(";")
    if media_type.strip().lower() != wanted:
        raise InvalidRequest(Rejection.WRONG_MEDIA_TYPE)
    try:
        return decode_body(wanted, content_type, body)
    except ValueError as error:
        raise InvalidRequest(Rejection.BROKEN_BODY) from error


def _name_violations(error: jsonschema_rs.ValidationError) -> Iterator[Violation]:
    """Yield a violation for each field that an error is about."""
    place, *path = map(str, error.instance_path)
    names = [step for step in path if not step.isdigit()]
    keyword = error.kind.name
    detail = error.kind.as_dict()
    if "unexpected" in detail:
        fields = detail["unexpected"]
    elif keyword == "required":
        fields = [detail["property"]]
    else:
        fields = names[-1:] or [""]
    is_named = "unexpected" in detail or keyword == "required"
    for field in fields:
        where = (*path, field) if is_named else tuple(path)
        yield Violation(place, field, keyword, error.message, where)


def _is_decimal(text: str) -> bool:
    return COERCIONS["number"][0].fullmatch(text) is not None


def _is_naive_date_time(text: str) -> bool:
    try:
        datetime.strptime(text, "%Y-%m-%d %H:%M:%S")
    except ValueError:
        return False
    return True

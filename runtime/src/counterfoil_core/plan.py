"""An operation made ready for use: how its request is written and what its answers mean, compiled once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, get_args
from urllib.parse import quote

from msgspec import UNSET, Struct, structs

from .bounds import Check, Checker, check_window
from .configuration import Settings
from .decode import follow, make_reader, refuse_answer
from .encode import make_body_writer, write_form, write_query, write_text
from .errors import InvalidRequest
from .operation import Api, Body, Operation, Parameter
from .refusal import Complaint, read_complaint, refuse
from .response import Reply
from .types import Secret, Unknown

_HOLE = re.compile(r"\{([^}]*)\}")
_HEADER_TEXT = re.compile(r"[\t -~]*")
_UNWRITABLE = (TypeError, ValueError, OverflowError, ArithmeticError, RecursionError)


class Draft(Struct, frozen=True):
    """A request without its credentials and deadline, the same in every attempt."""

    url: str
    headers: Mapping[str, str]
    body: bytes | None


class Plan:
    """One operation of one API, compiled."""

    def __init__(self, api: Api, operation: Operation[Any]) -> None:
        self.operation = operation
        self._parameters = operation.parameters
        self._outside = frozenset(parameter.name for parameter in operation.parameters)
        self._defaults = self._outside.intersection(api.defaults)
        self._path = _HOLE.split(operation.path)  # literal, wire name, literal, ...
        self._write_body = _find_body_writer(api, operation.body)
        self._secret = _find_secrets(operation.body)
        self._checker = Checker(api.limits)
        self._tags = api.tags
        self._checks: Callable[[Mapping[str, Any], Any], list[str]] | None = None
        self._readers: dict[int, Callable[[Reply], Any]] = {}
        self.headers = _write_constant_headers(api, operation)

    def write(self, arguments: Mapping[str, Any], settings: Settings, *, validate: bool) -> Draft:
        """Turn a method's arguments into a request.

        Raises InvalidRequest, naming every breach, where they break a documented limit (unless `validate` is
        off) or cannot be written at all; ConfigurationError where the client lacks a setting.
        """
        given = {name: value for name, value in arguments.items() if value is not UNSET}
        given |= {name: settings.require(name) for name in self._defaults - given.keys()}
        missing = [f"{each.name}: is required" for each in self._parameters if each.required and given.get(each.name) is None]
        if missing:
            raise self._refuse(missing)
        body = self._make_body(given)
        if validate:
            self._validate(given, body)
        try:
            return self._write(given, body, settings)
        except _UNWRITABLE as error:
            raise self._refuse([str(error)]) from error

    def read(self, reply: Reply, settings: Settings, now: float) -> Any:
        """What an answer means: the method's result, or the error it stands for, raised.

        Raises ApiError, or DecodeError where a success is not what the API documents.
        """
        if not 200 <= reply.status < 300:
            raise refuse(settings, reply, read_complaint(reply.headers, reply.content), now=now)
        value = self._find_reader(reply)(reply)
        if isinstance(value, Unknown):
            raise refuse_answer(reply, "it is neither a success nor an error that is known")
        self._raise_inner_error(value, reply, settings, now)
        if self.operation.result_header is not None:
            return _read_header(reply, self.operation.result_header)
        path, nullable = self.operation.result, self.operation.nullable
        result = follow(value, path) if path else value
        if result is None and path and not nullable:
            raise refuse_answer(reply, "the result is missing", "$." + ".".join(path))
        return result

    def _write(self, given: Mapping[str, Any], body: Any, settings: Settings) -> Draft:
        query = [(each.wire, given[each.name]) for each in self._select("query", given)]
        url = settings.find_server(self.operation.server) + self._write_path(given)
        headers = {each.wire.lower(): _write_header(each, given[each.name]) for each in self._select("header", given)}
        return Draft(
            url=f"{url}?{write_query(query)}" if query else url,
            headers={**self.headers, **headers},
            body=None if body is None else self._write_body(body),
        )

    def _select(self, location: str, given: Mapping[str, Any]) -> list[Parameter]:
        return [each for each in self._parameters if each.location == location and given.get(each.name) is not None]

    def _write_path(self, given: Mapping[str, Any]) -> str:
        if len(self._path) == 1:
            return self._path[0]
        texts = {each.wire: _write_segment(each, given[each.name]) for each in self._select("path", given)}
        return "".join(texts[part] if index % 2 else part for index, part in enumerate(self._path))

    def _make_body(self, given: Mapping[str, Any]) -> Any:
        body = self.operation.body
        if body is None:
            return None
        if body.argument is not None:
            value = given.get(body.argument)
            if value is None and body.required:
                raise self._refuse([f"{body.argument}: is required"])
            return value
        fields = {name: value for name, value in given.items() if name not in self._outside}
        if not fields and not body.required:
            return None
        absent = [each.name for each in structs.fields(body.type) if each.required and each.name not in fields]
        if absent:
            raise self._refuse([f"{name}: is required" for name in absent])
        try:
            return body.type(**{name: self._hide(name, value) for name, value in fields.items()})
        except _UNWRITABLE as error:
            raise self._refuse([str(error)]) from error

    def _hide(self, name: str, value: Any) -> Any:
        """A plain text becomes a Secret where the model wants one: a repr of the body must not show it."""
        return Secret(value) if name in self._secret and isinstance(value, str) else value

    def _validate(self, given: Mapping[str, Any], body: Any) -> None:
        if self._checks is None:
            self._checks = _compile_checks(self._checker, self.operation)
        breaches = self._checks(given, body)
        if self.operation.window is not None:
            breaches += check_window(self.operation.window, given, datetime.now(UTC))
        if breaches:
            raise self._refuse(breaches)

    def _refuse(self, breaches: list[str]) -> InvalidRequest:
        field = breaches[0].partition(":")[0] if len(breaches) == 1 else None
        message = f"not sent: {'; '.join(breaches)}"
        return InvalidRequest(message, field=field, violations=tuple(breaches))

    def _find_reader(self, reply: Reply) -> Callable[[Reply], Any]:
        """A success that is not documented is read as the documented one; without a body as nothing."""
        answers = self.operation.answers
        status = reply.status if reply.status in answers else min(answers, default=0)
        if not reply.content and (status != reply.status or self.operation.nullable):
            return make_reader(None)
        if status not in self._readers:
            self._readers[status] = make_reader(answers.get(status), self._tags)
        return self._readers[status]

    def _raise_inner_error(self, value: Any, reply: Reply, settings: Settings, now: float) -> None:
        error = self.operation.error
        if error is None or not isinstance(value, error.type):
            return
        code, detail, field = (follow(value, path) if path else None for path in (error.code, error.message, error.field))
        complaint = Complaint(*(None if part is None else str(part) for part in (code, detail, field)))
        kind = error.raises.get(complaint.code or "") or error.raises.get("default", "InvalidRequest")
        raise refuse(settings, reply, complaint, kind, now)


_PLANS: dict[int, Plan] = {}


def find_plan(api: Api, operation: Operation[Any]) -> Plan:
    """The operation's plan, compiled at its first use in the process."""
    plan = _PLANS.get(id(operation))
    if plan is None or plan.operation is not operation:  # the plan keeps its operation, so the id stays taken
        plan = _PLANS[id(operation)] = Plan(api, operation)
    return plan


def _read_header(reply: Reply, name: str) -> Secret:
    value = reply.headers.get(name.lower())
    if not value:
        raise refuse_answer(reply, f"the header {name} is missing")
    return Secret(value)


def _find_secrets(body: Body | None) -> frozenset[str]:
    if body is None or body.argument is not None:
        return frozenset()
    return frozenset(each.name for each in structs.fields(body.type) if each.type is Secret or Secret in get_args(each.type))


def _find_body_writer(api: Api, body: Body | None) -> Callable[[Any], bytes]:
    if body is not None and body.media_type == "application/x-www-form-urlencoded":
        return write_form
    return make_body_writer(api.decimals)


def _write_constant_headers(api: Api, operation: Operation[Any]) -> dict[str, str]:
    from . import __version__

    runtime = f"counterfoil-core/{__version__}"
    agent = f"{api.distribution}/{api.version} (API {api.api_version}) {runtime}"
    headers = {"accept": "application/json", "user-agent": agent}
    if operation.body is not None:
        headers["content-type"] = operation.body.media_type
    return headers


def _compile_checks(checker: Checker, operation: Operation[Any]) -> Callable[[Mapping[str, Any], Any], list[str]]:
    checks = [(each.name, checker.compile(each.type, each.bound)) for each in operation.parameters]
    check_body: Check | None = None if operation.body is None else checker.compile(operation.body.type)
    name = operation.body.argument or "" if operation.body is not None else ""

    def check(given: Mapping[str, Any], body: Any) -> list[str]:
        breaches: list[str] = []
        for parameter, check_parameter in checks:
            if parameter in given:
                breaches += check_parameter(given[parameter], parameter)
        if check_body is not None and body is not None:
            breaches += check_body(body, name)
        return breaches

    return check


def _write_segment(parameter: Parameter, value: Any) -> str:
    text = write_text(value)
    if text in {"", ".", ".."}:  # the path would lead to another operation
        raise ValueError(f"{parameter.name}: {text!r} cannot be part of a path")
    return quote(text, safe="")


def _write_header(parameter: Parameter, value: Any) -> str:
    text = write_text(value)
    if not _HEADER_TEXT.fullmatch(text):
        raise ValueError(f"{parameter.name}: holds line breaks or letters that no header can carry")
    return text

"""Serialization of an operation's requests and decoding of its responses, compiled once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, get_args

from msgspec import UNSET, Struct, structs

from .addresses import encode_address
from .api import Api, Body, Operation
from .bodies import find_body_writer
from .constraints import Check, Checker
from .decode import follow, make_decode_error, make_reader
from .dict_arguments import Build, compile_builders
from .encode import write_query
from .error_responses import SHOWN, ErrorDetail, make_error, read_error_detail
from .errors import DecodeError, InvalidRequest
from .locks import FIRST_USE
from .multipart import BodyStream
from .parameters import is_plain, split_path, write_header, write_pairs, write_segment
from .redaction import Redact, redact_beginning
from .response import RawResponse
from .settings import Settings
from .transports.protocol import Headers
from .types import Secret, Unknown
from .windows import check_window

CheckRequest = Callable[[Mapping[str, object], object], list[str]]
"""Takes a method's arguments and its request body; returns a message for each violation."""

_UNWRITABLE = (TypeError, ValueError, OverflowError, ArithmeticError, RecursionError)


class PreparedRequest(Struct, frozen=True):
    """A request without credentials and deadline, identical for every attempt.

    The repr shows neither headers nor body, which can contain secrets during a token exchange.
    """

    url: str
    headers: Mapping[str, str]
    body: bytes | BodyStream | None

    def __repr__(self) -> str:
        return f"<PreparedRequest {self.url.partition('?')[0]}>"


class OperationCodec:
    """The compiled serializer and decoder of one operation."""

    def __init__(self, api: Api, operation: Operation[Any]) -> None:
        self.operation = operation
        self._provider = api.name
        self._outside = frozenset(parameter.name for parameter in operation.parameters)
        self._defaults = self._outside.intersection(api.defaults)
        self._path = split_path(operation.path)
        self._in_path, self._in_query, self._in_header, self._in_cookie = (
            [each for each in operation.parameters if each.location == location]
            for location in ("path", "query", "header", "cookie")
        )
        self._has_plain_query = all(map(is_plain, self._in_query))
        self._required = [each.name for each in operation.parameters if each.required]
        self._write_body = find_body_writer(api, operation.body)
        self._secret = _find_secrets(operation.body)
        self._checker = Checker(api.constraints)
        self._tags = api.tags
        self._checks: CheckRequest | None = None
        self._builders: dict[str, Build] | None = None
        self._readers: dict[int, Callable[..., Any]] = {}
        self._error_readers: dict[Any, Callable[..., Any]] = {}
        self.headers = _write_constant_headers(api, operation)

    def write(
        self, arguments: Mapping[str, Any], settings: Settings, *, validate: bool
    ) -> PreparedRequest:
        """Serialize a method's arguments to a request.

        Raises InvalidRequest, listing every violation, if a required argument is missing, if the
        arguments violate a documented constraint (unless `validate` is False) or if they cannot be
        serialized. Raises ConfigurationError if the client lacks a setting.
        """
        given = self.build_models(arguments)
        for name in self._defaults - given.keys():
            given[name] = settings.require(name)
        missing = [f"{name}: is required" for name in self._required if given.get(name) is None]
        if missing:
            raise self._refuse(missing)
        body = self._make_body(given)
        if validate:
            self._validate(given, body)
        try:
            return self._write(given, body, settings)
        except _UNWRITABLE as error:
            raise self._refuse([str(error)]) from error

    def build_models(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """Return the arguments that are given, with models in the place of dicts.

        Raises InvalidRequest if a dict lacks a required field or has an unknown one.
        """
        given = {name: value for name, value in arguments.items() if value is not UNSET}
        wrong: list[str] = []
        for name, build in self._find_builders().items():
            if name in given:
                given[name] = build(given[name], name, wrong)
        if wrong:
            raise self._refuse(wrong)
        return given

    def read(self, raw_response: RawResponse, settings: Settings, now: float) -> Any:
        """Decode a response to the method's result.

        Raises ApiError if the response is an error, and DecodeError if a successful response does
        not match the API's documentation. `now` is Unix time in seconds.
        """
        redact = settings.redact
        if not self._is_success(raw_response.status):
            error_detail = read_error_detail(raw_response.headers, raw_response.content, redact)
            error = make_error(settings, raw_response, error_detail, now=now)
            error.model = self._read_error_model(raw_response, settings)
            raise error
        if raw_response.stream is not None:
            return raw_response.stream
        value = self._find_reader(raw_response)(raw_response, redact)
        if isinstance(value, Unknown):
            problem = "it matches neither the documented result nor a documented error"
            raise make_decode_error(raw_response, problem, redact=redact)
        self._raise_inner_error(value, raw_response, settings, now)
        if self.operation.result_header is not None:
            return _read_header(raw_response, self.operation.result_header, redact)
        return self._select_result(value, raw_response, redact)

    def _is_success(self, status: int) -> bool:
        """Return whether a status is 2xx, or a redirect that is documented as the success."""
        return 200 <= status < 300 or status in self.operation.responses

    def _read_error_model(self, raw_response: RawResponse, settings: Settings) -> Any:
        """Return the decoded body of an error response; None if it has none that is documented."""
        errors = self.operation.errors()
        keys = (raw_response.status, f"{raw_response.status // 100}XX", "default")
        kind = next((errors[key] for key in keys if key in errors), None)
        if kind is None or _shows_secret(raw_response, settings):
            return None
        reader = self._error_readers.get(kind)
        if reader is None:
            with FIRST_USE:
                reader = self._error_readers.setdefault(kind, make_reader(kind, self._tags))
        try:
            return reader(raw_response)
        except DecodeError:  # servers send other errors, too, such as a page of HTML
            return None

    def _select_result(self, value: Any, raw_response: RawResponse, redact: Redact) -> Any:
        path = self.operation.result
        if not path:
            return value
        result = follow(value, path)
        if result is None and not self.operation.nullable:
            place = "$." + ".".join(path)
            raise make_decode_error(raw_response, "the result is missing", place, redact=redact)
        return result

    def find_kind(self, status: int) -> Any:
        """Return the type that a successful response of this status is decoded to.

        Returns None if the response has no body.
        """
        return self.operation.responses.get(self._find_documented_status(status))

    def _find_documented_status(self, status: int) -> int:
        """Return `status` if it is documented, else the lowest documented success."""
        responses = self.operation.responses
        return status if status in responses else min(responses, default=0)

    def _write(self, given: Mapping[str, Any], body: Any, settings: Settings) -> PreparedRequest:
        server = encode_address(settings.find_server(self.operation.server))
        url = server + self._write_path(given)
        query = self._write_query(given)
        headers = dict(self.headers)
        for each in self._in_header:
            value = given.get(each.name)
            if value is not None and value not in ([], ()):
                headers[each.wire.lower()] = write_header(each, value)
        cookies: list[str] = []
        for each in self._in_cookie:
            if given.get(each.name) is not None:
                cookies += write_pairs(each, given[each.name])
        if cookies:
            headers["cookie"] = "; ".join(cookies)
        content = None
        if body is not None:
            content, headers["content-type"] = self._write_body(body)
            if isinstance(content, BodyStream) and content.length is not None:
                headers["content-length"] = str(content.length)
        return PreparedRequest(
            url=f"{url}?{query}" if query else url, headers=Headers(headers), body=content
        )

    def _write_query(self, given: Mapping[str, Any]) -> str:
        """Serialize the query string. Empty arrays are omitted."""
        found = [each for each in self._in_query if given.get(each.name) is not None]
        if self._has_plain_query:
            return write_query([(each.wire, given[each.name]) for each in found])
        pairs: list[str] = []
        for each in found:
            pairs += write_pairs(each, given[each.name])
        return "&".join(pairs)

    def _write_path(self, given: Mapping[str, Any]) -> str:
        if len(self._path) == 1:
            return self._path[0]
        segments = {each.wire: write_segment(each, given[each.name]) for each in self._in_path}
        # Parts alternate: a literal, then the name of a parameter, then a literal again.
        parts = [segments[part] if index % 2 else part for index, part in enumerate(self._path)]
        return "".join(parts)

    def _make_body(self, given: Mapping[str, Any]) -> Any:
        body = self.operation.body
        if body is None:
            return None
        if body.argument is not None:
            value = given.get(body.argument)
            if value is None and body.required:
                raise self._refuse([f"{body.argument}: is required"])
            return value
        fields = {}
        for name, value in given.items():
            if name not in self._outside:
                fields[name] = self._hide(name, value)
        if not fields and not body.required:
            return None
        required = [field.name for field in structs.fields(body.type) if field.required]
        absent = [name for name in required if name not in fields]
        if absent:
            raise self._refuse([f"{name}: is required" for name in absent])
        try:
            return body.type(**fields)
        except _UNWRITABLE as error:
            raise self._refuse([str(error)]) from error

    def _hide(self, name: str, value: Any) -> Any:
        """Wrap a str in Secret if the model declares one, so that a repr of the body hides it."""
        return Secret(value) if name in self._secret and isinstance(value, str) else value

    def _validate(self, given: Mapping[str, Any], body: Any) -> None:
        violations = self._find_checks()(given, body)
        if self.operation.window is not None:
            violations += check_window(self.operation.window, given, datetime.now(UTC))
        if violations:
            raise self._refuse(violations)

    def _find_checks(self) -> CheckRequest:
        if self._checks is None:
            # A checker that another thread has only partly compiled would recurse endlessly.
            with FIRST_USE:
                self._checks = self._checks or _compile_checks(self._checker, self.operation)
        return self._checks

    def _find_builders(self) -> dict[str, Build]:
        if self._builders is None:
            with FIRST_USE:
                self._builders = self._builders or compile_builders(self.operation)
        return self._builders

    def _refuse(self, violations: list[str]) -> InvalidRequest:
        field = violations[0].partition(":")[0] if len(violations) == 1 else None
        message = f"not sent: {'; '.join(violations)}"
        error = InvalidRequest(message, field=field, violations=tuple(violations))
        error.provider = self._provider
        error.operation = self.operation.name
        return error

    def _find_reader(self, raw_response: RawResponse) -> Callable[..., Any]:
        """Return the reader for a successful response.

        A success with an undocumented status is decoded as the documented one and must have a
        body. An empty 202 or 206 is therefore an error if a value is documented: decoded as an
        empty page, it would end a list early.
        """
        status = self._find_documented_status(raw_response.status)
        kind = self.operation.responses.get(status)
        if not raw_response.content and kind is not None and status != raw_response.status:
            raise make_decode_error(raw_response, "the body is empty, but a value is documented")
        if status not in self._readers:
            self._readers[status] = make_reader(kind, self._tags)
        return self._readers[status]

    def _raise_inner_error(
        self, value: Any, raw_response: RawResponse, settings: Settings, now: float
    ) -> None:
        """Raise the error that a response with a successful status contains, if any."""
        error = self.operation.error
        if error is None or not isinstance(value, error.type):
            return
        code = _find_text(value, error.code)
        error_detail = ErrorDetail(
            code=code and redact_beginning(code, SHOWN, settings.redact),
            detail=_find_redacted(value, error.message, settings.redact),
            field=_find_redacted(value, error.field, settings.redact),
        )
        default = error.raises.get("default", "InvalidRequest")
        kind = error.raises.get(code or "", default)
        raised = make_error(settings, raw_response, error_detail, kind, now)
        if not _shows_secret(raw_response, settings):
            raised.model = value
        raise raised


_CODECS: dict[int, OperationCodec] = {}


def find_codec(api: Api, operation: Operation[Any]) -> OperationCodec:
    """Return the operation's codec, compiled at its first use in the process."""
    if not operation.is_documented:  # used once, so keeping its codec would only fill the memory
        return OperationCodec(api, operation)
    codec = _CODECS.get(id(operation))
    # A codec keeps its operation alive, so no other object can reuse the id.
    if codec is not None and codec.operation is operation:
        return codec
    with FIRST_USE:
        codec = _CODECS.get(id(operation))
        if codec is None or codec.operation is not operation:
            codec = OperationCodec(api, operation)
            _CODECS[id(operation)] = codec
    return codec


def _find_text(value: Any, path: tuple[str, ...]) -> str | None:
    found = follow(value, path) if path else None
    return None if found is None else str(found)


def _find_redacted(value: Any, path: tuple[str, ...], redact: Redact) -> str | None:
    text = _find_text(value, path)
    return text and redact_beginning(text, SHOWN, redact)


def _shows_secret(raw_response: RawResponse, settings: Settings) -> bool:
    """Whether a body repeats a credential, which its model would show."""
    text = raw_response.content.decode("utf-8", "replace")
    return settings.redact(text) != text


def _read_header(raw_response: RawResponse, name: str, redact: Redact) -> Secret:
    value = raw_response.headers.get(name.lower())
    if not value:
        raise make_decode_error(raw_response, f"the header {name} is missing", redact=redact)
    return Secret(value)


def _find_secrets(body: Body | None) -> frozenset[str]:
    if body is None or body.argument is not None:
        return frozenset()
    return frozenset(
        each.name
        for each in structs.fields(body.type)
        if each.type is Secret or Secret in get_args(each.type)
    )


def _write_constant_headers(api: Api, operation: Operation[Any]) -> dict[str, str]:
    from . import __version__

    runtime = f"counterfoil-core/{__version__}"
    agent = f"{api.distribution}/{api.version} (API {api.api_version}) {runtime}"
    return {"accept": operation.accept, "user-agent": agent}


def _compile_checks(checker: Checker, operation: Operation[Any]) -> CheckRequest:
    checks = [
        (each.name, checker.compile(each.type, each.constraints)) for each in operation.parameters
    ]
    check_body: Check | None = None
    body_path = ""
    if operation.body is not None:
        check_body = checker.compile(operation.body.type)
        body_path = operation.body.argument or ""

    def check(given: Mapping[str, object], body: object) -> list[str]:
        violations: list[str] = []
        for parameter, check_parameter in checks:
            if parameter in given:
                violations += check_parameter(given[parameter], parameter)
        if check_body is not None and body is not None:
            violations += check_body(body, body_path)
        return violations

    return check

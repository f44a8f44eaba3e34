"""Decoding of responses in one pass, with exact amounts and a path to what does not fit."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from msgspec import ValidationError

from .amounts import AmountCheck
from .error_responses import show_body
from .errors import DecodeError
from .exact_decode import holds_union, list_one_ofs, read_exactly
from .locks import FIRST_USE
from .one_of import make_union_decoder, register_decoder
from .response import RawResponse
from .times import TimeCutter
from .type_information import make_decoder
from .types import HiddenBytes, Secret, read_custom

Tags = Mapping[str, tuple[str, ...]]
Redact = Callable[[str], str]
_NO_TAGS: Tags = {}
_PLACES = re.compile(r"(?: - at `[^`]+`)+$")
_PATH = re.compile(r"`\$([^`]*)`")
_MISSING = re.compile(r"missing required field `([^`]+)`")
_QUOTED = re.compile(r"'.*'|\".*\"", re.DOTALL)
_UNREADABLE = (ValueError, TypeError, OverflowError, RecursionError, ArithmeticError)


def make_reader(kind: Any, tags: Tags = _NO_TAGS) -> Callable[..., Any]:
    """Return a function that decodes responses to `kind`.

    `kind` None ignores the body, bytes returns it, str accepts text as well as JSON; all other
    types are JSON. The function takes a RawResponse and a function that removes credentials from
    error messages. It raises DecodeError if the response does not fit. `tags` lists the tag values
    of models that have more than one.
    """
    if kind is None:
        return lambda _, redact=str: None
    if kind is bytes:
        return lambda raw_response, redact=str: raw_response.content
    decoder = JsonDecoder(kind, tags)

    def read(raw_response: RawResponse, redact: Redact = str) -> Any:
        if kind is str and not is_json(raw_response.headers.get("content-type", "")):
            return _read_text(raw_response, redact)
        if not raw_response.content:
            problem = "the body is empty, but a value is documented"
            raise make_decode_error(raw_response, problem, redact=redact)
        try:
            return decoder.decode(raw_response.content.removeprefix(b"\xef\xbb\xbf"))
        except ValidationError as error:
            raise make_decode_error(raw_response, *_place(str(error)), redact=redact) from error
        except _UNREADABLE as error:
            raise make_decode_error(raw_response, str(error), redact=redact) from error

    return read


class JsonDecoder:
    """Decodes JSON of one type: in one pass if that loses nothing, else value by value."""

    def __init__(self, kind: Any, tags: Tags) -> None:
        self._kind = kind
        self._tags = tags
        with FIRST_USE:
            self._decoder = make_decoder(kind, read_custom)
            self._times = TimeCutter(kind)
            self._amounts = AmountCheck(kind)
            for union in list_one_ofs(kind):
                union.set_tags(tags)
        self._decode_unions = make_union_decoder(kind)

    def decode(self, content: bytes) -> Any:
        cut = self._times.cut(content)
        if cut is None:
            return read_exactly(content, self._kind, self._tags)
        # Checked before decoding, so that the models reuse the memory that the check frees.
        is_doubtful = self._amounts.doubts(content)
        try:
            value = self._decoder.decode(cut)
        except ValidationError as error:
            if not self._may_fit(str(error)):
                raise
            return read_exactly(content, self._kind, self._tags)
        if cut is not content:
            self._times.restore(value, content)
        if is_doubtful:
            return read_exactly(content, self._kind, self._tags)
        return value if self._decode_unions is None else self._decode_unions(value)

    def _may_fit(self, problem: str) -> bool:
        """Whether the slow path might accept the value.

        It accepts an integer written as 1000.0, and a union member that no model describes.
        """
        if problem.startswith("Invalid value"):
            return holds_union(self._kind)
        return problem.startswith("Expected `int") and "got `float`" in problem


register_decoder(JsonDecoder)


def follow(value: Any, path: tuple[str, ...]) -> Any:
    """Follow a path of attributes. Returns None if one of them is absent or null."""
    for name in path:
        value = getattr(value, name, None)
        if value is None or value is msgspec.UNSET:
            return None
    return value


def make_decode_error(
    raw_response: RawResponse, problem: str, path: str | None = None, *, redact: Redact = str
) -> DecodeError:
    """Return the error for a response that does not match the API's documentation.

    `redact` removes credentials from everything that the server sent, including the values
    that `problem` quotes.
    """
    request_id = raw_response.request_id
    shown_path = None if path is None else redact(path)
    where = f" at {shown_path}" if shown_path else ""
    redacted_problem = _QUOTED.sub(lambda quoted: redact(quoted[0]), problem)
    summary = f"the response ({raw_response.status}, {_describe_body(raw_response, redact)})"
    error = DecodeError(
        f"{summary} does not match the API's documentation: {redacted_problem}{where}. "
        "If the API has changed, a newer version of this package may support it.",
        path=shown_path,
        status=raw_response.status,
        request_id=request_id and redact(request_id),
        body=show_body(raw_response.content, redact),
    )
    # Pagination reads the records of an undecodable page from here, one by one.
    error.content = HiddenBytes(raw_response.content)
    error.link = Secret(raw_response.headers.get("link", ""))
    return error


def _describe_body(raw_response: RawResponse, redact: Redact) -> str:
    if not raw_response.content:
        return "an empty body"
    media_type = redact(raw_response.headers.get("content-type", "no content type"))
    return f"{len(raw_response.content)} bytes of {media_type}"


def _place(message: str) -> tuple[str, str]:
    """Split msgspec's message into the problem and its path, including a missing field.

    The message for a value within a union has several paths, the innermost first.
    """
    places = _PLACES.search(message)
    paths = _PATH.findall(places[0]) if places else []
    missing = _MISSING.search(message)
    path = "".join(["$", *reversed(paths)])
    if missing:
        path += f".{missing[1]}"
    return _PLACES.sub("", message), path


def is_json(media_type: str) -> bool:
    """Whether a content type is JSON. Case and parameters are ignored."""
    name = media_type.partition(";")[0].strip().lower()
    return name in ("application/json", "text/json") or name.endswith("+json")


def _read_text(raw_response: RawResponse, redact: Redact) -> str:
    try:
        return raw_response.content.decode()
    except UnicodeDecodeError as error:
        raise make_decode_error(raw_response, "it is not UTF-8", redact=redact) from error

"""Request bodies: JSON, forms, multipart forms, text and files, by media type."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from msgspec import UNSET, Struct, structs

from .api import Api, Body, FieldEncoding
from .encode import make_body_writer, write_form, write_text
from .multipart import (
    BodyStream,
    File,
    FileInput,
    Part,
    make_file_part,
    make_text_part,
    stream_file,
    stream_parts,
)
from .parameter_styles import write_query_parameter

JSON = "application/json"
_FORM = "application/x-www-form-urlencoded"
_MULTIPART = "multipart/form-data"
_DEFAULT = FieldEncoding()

JsonWriter = Callable[[object], bytes]


class WrittenBody(NamedTuple):
    """The content of a request, and its media type."""

    content: bytes | BodyStream
    media_type: str


BodyWriter = Callable[[Any], WrittenBody]


def find_body_writer(api: Api, body: Body | None) -> BodyWriter:
    """Return the function that serializes an operation's body.

    It raises TypeError or ValueError for values that cannot be serialized, and InvalidRequest for
    files that cannot be read.
    """
    if body is None:
        body = Body(type=None)
    write_json = make_body_writer(api.decimals)
    media_type = body.media_type
    name = media_type.partition(";")[0].strip().lower()
    if body.type is bytes:  # of `client.request`, which gets the bytes of any media type
        return lambda value: _write_file(value, media_type)
    if name == _FORM:
        return _make_form_writer(body, write_json)
    if name == _MULTIPART:
        encoding = body.encoding
        return lambda value: WrittenBody(*stream_parts(_write_parts(value, encoding, write_json)))
    if name == JSON or name.endswith("+json") or name == "text/json":
        return lambda value: WrittenBody(write_json(value), media_type)
    if body.type is str:
        return _make_text_writer(media_type)
    return lambda value: _write_file(value, media_type)


def _make_text_writer(media_type: str) -> BodyWriter:
    has_charset = "charset" in media_type.lower()
    spelled = media_type if has_charset else f"{media_type}; charset=utf-8"
    return lambda value: WrittenBody(value.encode(), spelled)


def _write_file(value: Any, media_type: str) -> WrittenBody:
    """Serialize a file as the whole body. Its own media type, if it has one, replaces the API's."""
    chosen = value.content_type if isinstance(value, File) else None
    if isinstance(value, bytes):
        return WrittenBody(value, media_type)
    stream, guessed = stream_file(value)
    is_open = "*" in media_type
    return WrittenBody(stream, chosen or (guessed if is_open else media_type))


# forms


def _make_form_writer(body: Body, write_json: JsonWriter) -> BodyWriter:
    """Return the writer of a form, which is fast if every field is a scalar or a list of them."""
    media_type = body.media_type
    encoding = body.encoding

    def write(value: Any) -> WrittenBody:
        if not encoding and not any(_is_complex(one) for _, one in list_fields(value)):
            return WrittenBody(write_form(value), media_type)
        pairs: list[str] = []
        for name, one in list_fields(value):
            pairs += _write_form_field(name, one, encoding.get(name, _DEFAULT), write_json)
        return WrittenBody("&".join(pairs).encode(), media_type)

    return write


def _write_form_field(
    name: str, value: Any, encoding: FieldEncoding, write_json: JsonWriter
) -> list[str]:
    if encoding.style is None and (_is_json(encoding) or _is_complex(value)):
        return write_query_parameter(name, write_json(value).decode())
    style: Any = encoding.style or "form"
    return write_query_parameter(name, value, style=style, explode=encoding.explode)


# multipart forms


def _write_parts(
    body: Any, encoding: Mapping[str, FieldEncoding], write_json: JsonWriter
) -> list[Part]:
    parts: list[Part] = []
    for name, value in list_fields(body):
        parts += _write_field_parts(name, value, encoding.get(name, _DEFAULT), write_json)
    return parts


def _write_field_parts(
    name: str, value: Any, encoding: FieldEncoding, write_json: JsonWriter
) -> Iterator[Part]:
    """Yield the parts of one field: one for each file or scalar of a list."""
    is_list = isinstance(value, (list, tuple))
    if _is_file(value) or (is_list and value and all(map(_is_file, value))):
        for file in value if is_list else [value]:
            yield make_file_part(name, file, _find_concrete_type(encoding))
    elif _is_json(encoding) or _is_complex(value):
        yield make_text_part(name, write_json(value).decode(), encoding.content_type or JSON)
    else:
        for one in value if is_list else [value]:
            yield make_text_part(name, write_text(one), encoding.content_type)


def _find_concrete_type(encoding: FieldEncoding) -> str | None:
    """Return the documented media type of a file, if it is one and not a list or a range."""
    media_type = encoding.content_type
    if media_type is None or "," in media_type or "*" in media_type:
        return None
    return media_type


# fields


def list_fields(body: Any) -> Iterator[tuple[str, Any]]:
    """Yield the fields of a struct or mapping that have a value, by their names on the wire."""
    if isinstance(body, Mapping):
        pairs = list(body.items())
    else:
        pairs = [(field.encode_name, getattr(body, field.name)) for field in structs.fields(body)]
    for name, value in pairs:
        if value is not None and value is not UNSET:
            yield name, value


def _is_file(value: Any) -> bool:
    return not isinstance(value, str) and isinstance(value, FileInput)


def _is_json(encoding: FieldEncoding) -> bool:
    media_type = (encoding.content_type or "").partition(";")[0].strip().lower()
    return media_type == JSON or media_type.endswith("+json")


def _is_complex(value: Any) -> bool:
    """Whether a value is an object, or a list of objects or lists."""
    if isinstance(value, (Struct, Mapping)):
        return not isinstance(value, File)
    if isinstance(value, Sequence) and not isinstance(value, (str, bytes)):
        return any(isinstance(one, (list, tuple)) or _is_complex(one) for one in value)
    return False

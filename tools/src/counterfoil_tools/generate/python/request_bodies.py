"""The request body of an operation: the arguments that it consists of, and the runtime's `Body`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from ...openapi.document import Document, Node, RawOperation
from ...openapi.media_types import JSON, request_type
from ..ir import Argument
from .arguments import field_arguments, make_argument
from .docstrings import describe
from .names import REQUEST_OPTIONS, field_name, python_name
from .source import Source, call, keywords
from .types import REQUEST_FORMATS, annotate


@dataclass(frozen=True)
class RequestBody:
    """A body with one media type."""

    document: Document
    extension: Node
    media_type: str
    schema: Node  # of a file, it has the format `binary`
    encoding: Node  # of a form's fields, by their names on the wire
    is_required: bool

    @cached_property
    def is_whole(self) -> bool:
        """Whether one argument is the body.

        It is with `body` in the spec, without named fields, and with a field that is called as an
        option of every call.
        """
        properties = self.document.resolve(self.schema).get("properties", {})
        names = {field_name(wire, child) for wire, child in properties.items()}
        return "body" in self.extension or not names or bool(names & REQUEST_OPTIONS)

    @property
    def argument(self) -> str:
        """The argument for a whole body."""
        return python_name(self.extension.get("body", "body"))

    def arguments(self) -> list[Argument]:
        """Return the arguments of the method that the body consists of."""
        if self.is_whole:
            doc = describe(self.document.resolve(self.schema))
            return [make_argument(self.document, self.argument, self.schema, doc, self.is_required)]
        return field_arguments(self.document, self.schema, self.is_required)

    def spell(self) -> Source:
        """Return the source of the runtime's `Body`."""
        spelled = keywords(
            type=Source(annotate(self.schema, REQUEST_FORMATS)),
            media_type=self.media_type if self.media_type != JSON else None,
            argument=self.argument if self.is_whole else None,
            required=None if self.is_required else False,
            encoding={wire: _spell_encoding(one) for wire, one in self.encoding.items()},
        )
        return call("Body", spelled)


def read_request_body(document: Document, raw: RawOperation) -> RequestBody | None:
    """Return the body of an operation, None if it has none."""
    node = document.resolve(raw.node.get("requestBody", {}))
    for media_type, content in node.get("content", {}).items():
        return RequestBody(
            document=document,
            extension=raw.extension,
            media_type=media_type,
            schema=request_type(media_type, content.get("schema", {})),
            encoding=content.get("encoding", {}),
            # OpenAPI's default is that a request need not have its body.
            is_required=bool(node.get("required")),
        )
    return None


def _spell_encoding(encoding: Node) -> Source:
    spelled = keywords(
        style=encoding.get("style"),
        explode=encoding.get("explode"),
        content_type=encoding.get("contentType"),
    )
    return call("FieldEncoding", spelled)

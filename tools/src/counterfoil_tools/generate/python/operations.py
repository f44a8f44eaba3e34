"""One operation of a spec -> the IR's Operation, its arguments and the runtime's data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ...openapi.document import Document, Node, RawOperation, list_successes
from ...openapi.durations import seconds
from ...openapi.media_types import answer_type, is_events, is_json, normal_form
from ..ir import Argument, Keywords, Operation
from .arguments import is_clients, parameter_argument, place
from .names import constant_name, parameter_name, python_name
from .paging import LINK_HEADER, read_paging
from .parameters import list_parameters, spell_parameter
from .rate_limits import rate_limit
from .request_bodies import RequestBody, read_request_body
from .source import Source, call, keywords, to_source
from .types import (
    annotate,
    core,
    follow,
    names_along,
    split_nullable,
    union_members,
)

JSON = "application/json"
Content = tuple[str, Node]  # media type and schema


@dataclass(frozen=True)
class OperationLowering:
    """An operation of the document, with everything that a method needs."""

    document: Document
    raw: RawOperation

    @property
    def extension(self) -> Node:
        return self.raw.extension

    @property
    def name(self) -> str:
        return f"{self.extension['resource']}.{self.extension['method']}"

    @cached_property
    def constant(self) -> str:
        return constant_name(self.extension["resource"], self.extension["method"])

    # the request

    @cached_property
    def parameters(self) -> list[Node]:
        """The parameters that are arguments, those of the path first."""
        found = list_parameters(self.document, self.raw)
        return sorted(found, key=lambda one: one["in"] != "path")

    @cached_property
    def body(self) -> RequestBody | None:
        return read_request_body(self.document, self.raw)

    @cached_property
    def arguments(self) -> tuple[Argument, ...]:
        """The method's arguments: path first, then required ones, in the document's order.

        Path parameters, a whole body and the only required argument can be passed by position.
        """
        body_arguments = self.body.arguments() if self.body else []
        found = [parameter_argument(self.document, one) for one in self.parameters]
        found += body_arguments
        by_position = set()
        for one in self.parameters:
            if one["in"] == "path" and not is_clients(one):
                by_position.add(parameter_name(one))
        required = [argument.name for argument in found if argument.default is None]
        if len(required) == 1:
            by_position.add(required[0])
        if self.body and self.body.is_whole:
            by_position |= {one.name for one in body_arguments}
        return place(found, by_position)

    def argument_name(self, wire: str) -> str:
        """Return the argument for a parameter or a field of the body."""
        return self.argument_path(wire)[0]

    def argument_path(self, pointer: str) -> tuple[str, ...]:
        """Return the Python names that lead to a parameter, or along a pointer into the body."""
        for one in self.parameters:
            if one["name"] == pointer:
                return (parameter_name(one),)
        schema = self.body.schema if self.body else {}
        return names_along(self.document, schema, pointer) if _parts(pointer) else ()

    # the responses

    @cached_property
    def contents(self) -> dict[int, Content | None]:
        """The media type and schema of each documented success, None where the body is empty."""
        found = {}
        responses = self.raw.node.get("responses", {})
        for status in list_successes(responses):
            found[int(status)] = _first_content(self.document.resolve(responses[status]))
        return found

    @cached_property
    def responses(self) -> dict[int, Node | None]:
        """The schema of each documented success, None where the body is empty.

        A response of bytes has a schema with the format `binary`.
        """
        found: dict[int, Node | None] = {}
        for status, content in self.contents.items():
            found[status] = answer_type(*content) if content else None
        return found

    @property
    def accepted(self) -> str | None:
        """The value of `Accept`; None for JSON, the runtime's default."""
        media = list(dict.fromkeys(content[0] for content in self.contents.values() if content))
        if all(normal_form(one) == JSON for one in media):
            return None
        return ", ".join(media)

    @cached_property
    def is_event_stream(self) -> bool:
        """Whether the response is a stream of server-sent events."""
        contents = filter(None, self.contents.values())
        return any(is_events(media_type) for media_type, _schema in contents)

    @cached_property
    def is_download(self) -> bool:
        """Whether the response is a file or a text, which can be read while it arrives."""
        media = [one[0] for status, one in self.contents.items() if one and status < 300]
        is_decoded = self.is_event_stream or any(map(is_json, media))
        return bool(media) and not is_decoded and "result-header" not in self.extension

    def _members(self) -> Iterator[Node]:
        """Yield the schemas of the successes, those of a union one by one."""
        for schema in self.responses.values():
            if schema:
                yield from union_members(schema) or [schema]

    def error_extension(self, schema: Node) -> Node:
        """Return the extension of a schema that is an error with a 2xx status; {} of others."""
        extension: Node = self.document.resolve(schema).get("x-counterfoil", {})
        return extension if extension.get("error") else {}

    @cached_property
    def successes(self) -> list[Node]:
        """The schemas that mean success."""
        return [member for member in self._members() if not self.error_extension(member)]

    @cached_property
    def error_member(self) -> Node | None:
        """The member of a response's union that is an error."""
        for schema in self.responses.values():
            for member in union_members(schema or {}):
                if self.error_extension(member):
                    return member
        return None

    @cached_property
    def result(self) -> Node | None:
        """The schema of the method's result; None where the response is empty."""
        if not self.successes:
            return None
        return follow(self.document, self.successes[0], self.extension.get("result", ""))

    @property
    def nullable(self) -> bool:
        """Whether the method's result may be null on the wire."""
        return "result" in self.extension and split_nullable(self.result or {})[1]

    @cached_property
    def returns(self) -> str:
        """The type that the method returns."""
        if "result-header" in self.extension:
            return "Secret"
        if self.result is None:
            return "None"
        if self.extension.get("result"):
            return annotate(self.result)
        types = [annotate(member) for member in self.successes]
        if None in self.responses.values():
            types.append("None")
        return " | ".join(dict.fromkeys(types))

    @cached_property
    def result_path(self) -> tuple[str, ...]:
        return self._way(self.extension.get("result", ""))

    def _way(self, pointer: str) -> tuple[str, ...]:
        """Return the Python names along a pointer into the response."""
        return names_along(self.document, self.successes[0], pointer) if _parts(pointer) else ()

    def beyond_result(self, pointer: str) -> tuple[str, ...]:
        """Return the Python names from the method's result to a node of the response."""
        path = self._way(pointer)
        depth = len(self.result_path)
        return path[depth:] if path[:depth] == self.result_path else path

    # the runtime's data

    def runtime(self) -> Keywords:
        """Return the arguments of the runtime's `Operation` as source."""
        extension = self.extension
        responses = {}
        for status, schema in self.responses.items():
            responses[status] = Source(annotate(schema) if schema else "None")
        servers = self.raw.node.get("servers", [])
        return keywords(
            name=self.name,
            operation_id=self.raw.node["operationId"],
            method=self.raw.method.upper(),
            path=self.raw.path,
            retry="keyed" if "idempotency-header" in extension else extension["retry"],
            idempotency_header=extension.get("idempotency-header"),
            parameters=tuple(spell_parameter(self.document, one) for one in self.parameters),
            body=self.body.spell() if self.body else None,
            accept=self.accepted,
            responses=responses,
            errors=self._errors(),
            result=self.result_path,
            result_header=extension.get("result-header"),
            nullable=self.nullable or None,
            error=self._error(),
            security=self._security(),
            server=servers[0]["url"] if servers else None,
            rate_limit=rate_limit(extension.get("rate-limit")),
            window=self._window(),
            successor=extension.get("successor"),
        )

    def _errors(self) -> Source | None:
        """Return the types of the documented errors that are JSON, which are imported by need."""
        found: dict[int | str, Source] = {}
        for status, node in self.raw.node.get("responses", {}).items():
            content = _first_content(self.document.resolve(node))
            if content is None or status.startswith(("2", "3")):
                continue
            media_type, schema = content
            if schema and is_json(media_type):
                key = int(status) if status.isdigit() else status
                found[key] = Source(annotate(schema))
        return Source(f"lambda: {to_source(found)}") if found else None

    def _error(self) -> Source | None:
        member = self.error_member
        if member is None:
            return None
        extension = self.error_extension(member)
        paths = {}
        for part in ("code", "message", "field"):
            if part in extension:
                paths[part] = names_along(self.document, member, extension[part])
        kind = Source(annotate(member))
        spelled = keywords(type=kind, **paths, raises=extension.get("raises"))
        return call("ErrorResponse", spelled)

    def _security(self) -> tuple[tuple[str, ...], ...]:
        default = self.document.root.get("security")
        found: list[Node] = self.raw.node.get("security", default) or []
        return tuple(tuple(map(python_name, alternative)) for alternative in found)

    def _window(self) -> Source | None:
        extension = self.extension.get("window")
        if not extension:
            return None
        spans = {}
        for name in ("longest", "history"):
            if name in extension:
                spans[name] = seconds(extension[name])
        start = self.argument_name(extension["from"])
        end = self.argument_name(extension["to"])
        return call("Window", keywords(start=start, end=end, **spans))

    # paging

    @cached_property
    def items(self) -> Node | None:
        """The schema of one item of a page."""
        pointer = self.extension.get("pagination", {}).get("items")
        if not pointer:
            return None
        listed = core(self.document, follow(self.document, self.successes[0], pointer))
        found: Node | None = listed.get("items")
        return found

    @property
    def controlled(self) -> set[str]:
        """The arguments that an iteration sets, so that a caller cannot pass them."""
        paging = self.extension.get("pagination", {})
        names = list(paging.get("excludes", []))
        cursor = paging.get("cursor", "")
        if len(_parts(cursor)) == 1:
            names.append(cursor)
        if "order" in paging:
            names.append(paging["order"]["parameter"])
        return {self.argument_name(name) for name in names}

    def pages(self) -> Keywords:
        """Return the arguments of the runtime's `Pagination` as source."""
        paging = read_paging(self.raw)
        if not paging:
            return ()
        cursor = paging.get("cursor", "")
        link_header = paging.get("next") == LINK_HEADER
        following: tuple[str, ...] = ()
        if not link_header:
            find = self._item_way if paging["style"] == "keyset" else self.beyond_result
            following = find(paging.get("next", ""))
        return keywords(
            style=paging["style"],
            cursor=self.argument_path(cursor),
            items=self.beyond_result(paging["items"]),
            item=Source(annotate(self.items or {})),
            next=following,
            link_header=link_header or None,
            more=self.beyond_result(paging.get("has-more", "")),
            order=self._argument_value(paging.get("order")),
            select=self._argument_value(paging.get("select")),
            size=self.argument_path(paging["size"]) if "size" in paging else (),
            total=self.beyond_result(paging.get("total", "")),
            key=self._item_way(paging.get("key", "")),
            max_pages=paging.get("max-pages"),
            end=paging.get("end"),
            model=self._cursor_model(cursor),
        )

    def _argument_value(self, extension: Node | None) -> tuple[str, object] | None:
        if not extension:
            return None
        return self.argument_name(extension["parameter"]), extension["value"]

    def _item_way(self, pointer: str) -> tuple[str, ...]:
        """Return the Python names along a pointer into an item."""
        return names_along(self.document, self.items or {}, pointer) if _parts(pointer) else ()

    def _cursor_model(self, cursor: str) -> Source | None:
        """Return the model that contains the cursor, if it is within a field of the body."""
        parts = _parts(cursor)
        if len(parts) < 2 or not self.body:
            return None
        holder = follow(self.document, self.body.schema, parts[0])
        return Source(annotate(split_nullable(holder)[0]))


def read_operation(lowering: OperationLowering) -> Operation:
    """Make the IR's Operation."""
    extension = lowering.extension
    return Operation(
        constant=lowering.constant,
        method=extension["method"],
        operation_id=lowering.raw.node["operationId"],
        summary=str(lowering.raw.node.get("summary", "")),
        request=f"{lowering.raw.method.upper()} {lowering.raw.path}",
        retry="keyed" if "idempotency-header" in extension else extension["retry"],
        returns=lowering.returns,
        item=annotate(lowering.items) if lowering.items else None,
        runtime=lowering.runtime(),
        pages=lowering.pages(),
        unverified=extension.get("unverified"),
        beyond_documents=bool(extension.get("beyond-documents")),
    )


def _first_content(node: Node) -> Content | None:
    """Return the first media type of a body or response, with its schema."""
    for media, content in node.get("content", {}).items():
        return media, content.get("schema", {})
    return None


def _parts(pointer: str) -> list[str]:
    return [part for part in pointer.split("/") if part]

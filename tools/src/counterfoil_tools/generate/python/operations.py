"""One operation of a spec -> the IR's Operation, Listing methods and runtime data."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from ...openapi.document import Document, Node, RawOperation
from ...openapi.durations import seconds
from ...openapi.media_types import answer_type, normal_form
from ..ir import Argument, Keywords, Operation
from .constraints import constraints
from .docstrings import describe
from .names import constant_name, field_name, python_name
from .paging import LINK_HEADER, read_paging
from .source import Source, call, keywords
from .types import annotate, core, follow, names_along, split_nullable, union_members

JSON = "application/json"
DEFAULT_STYLES = {"path": "simple", "query": "form", "header": "simple", "cookie": "form"}
DELIMITED = {"spaceDelimited", "pipeDelimited"}  # of one value, like form


@dataclass(frozen=True)
class OperationLowering:
    """An operation of the document, read for what a method needs to know."""

    document: Document
    raw: RawOperation

    @property
    def extension(self) -> Node:
        return self.raw.extension

    @property
    def name(self) -> str:
        return f"{self.extension['resource']}.{self.extension['method']}"

    @cached_property
    def body(self) -> tuple[str, Node] | None:
        """The request's media type and schema."""
        content = self.document.resolve(self.raw.node.get("requestBody", {})).get("content", {})
        return next(((media, found.get("schema", {})) for media, found in content.items()), None)

    @cached_property
    def body_is_whole(self) -> bool:
        """Whether one argument holds the body: where the spec says so, and where it is no object of named fields."""
        if not self.body:
            return False
        return "body" in self.extension or not self.document.resolve(self.body[1]).get("properties")

    @cached_property
    def contents(self) -> dict[int, tuple[str, Node] | None]:
        """The media type and schema of each documented success, None where the body is empty."""
        responses = self.raw.node.get("responses", {})
        found = {
            int(status): self.document.resolve(answer)
            for status, answer in responses.items()
            if status.startswith("2")
        }
        return {
            status: next(
                (
                    (media, one.get("schema", {}))
                    for media, one in answer.get("content", {}).items()
                ),
                None,
            )
            for status, answer in found.items()
        }

    @cached_property
    def responses(self) -> dict[int, Node | None]:
        """The schema of each documented success, None where the body is empty; one of bytes has a schema that says so."""
        return {
            status: answer_type(*content) if content else None
            for status, content in self.contents.items()
        }

    @property
    def accepted(self) -> str | None:
        """What `Accept` asks for; None where that is JSON, as the runtime asks by itself."""
        media = list(dict.fromkeys(content[0] for content in self.contents.values() if content))
        return None if all(normal_form(one) == JSON for one in media) else ", ".join(media)

    @cached_property
    def successes(self) -> list[Node]:
        """The members of the answers that mean success."""
        members = [
            member
            for schema in self.responses.values()
            if schema
            for member in union_members(schema) or [schema]
        ]
        return [member for member in members if not self.error_words(member)]

    def error_words(self, schema: Node) -> Node:
        extension = self.document.resolve(schema).get("x-counterfoil", {})
        return extension if extension.get("error") else {}

    @cached_property
    def error_member(self) -> Node | None:
        members = [
            member
            for schema in self.responses.values()
            if schema
            for member in union_members(schema)
        ]
        return next((member for member in members if self.error_words(member)), None)

    @cached_property
    def result(self) -> Node | None:
        """The schema of what the method returns; None where the answer is empty."""
        return (
            follow(self.document, self.successes[0], self.extension.get("result", ""))
            if self.successes
            else None
        )

    @property
    def nullable(self) -> bool:
        """Whether what the method returns may be null on the wire."""
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
        spelled = [annotate(member) for member in self.successes]
        return " | ".join(
            dict.fromkeys(spelled + (["None"] if None in self.responses.values() else []))
        )

    @cached_property
    def result_path(self) -> tuple[str, ...]:
        return self._way(self.extension.get("result", ""))

    # what the method takes

    @cached_property
    def arguments(self) -> tuple[Argument, ...]:
        """The method's arguments: path first, then what is required, each in the document's order."""
        found = [*self._parameter_arguments(), *self._body_arguments()]
        required = [argument for argument in found if argument.default is None]
        path = {
            field_name(one["name"], one)
            for one in self.parameters
            if one["in"] == "path" and not is_clients(one)
        }
        alone = {required[0].name} if len(required) == 1 else set()
        whole = {one.name for one in self._body_arguments()} if self.body_is_whole else set()
        placed = [_by_position(one) if one.name in path | alone | whole else one for one in found]
        return tuple(sorted(placed, key=lambda one: (not one.by_position, one.default is not None)))

    @cached_property
    def parameters(self) -> list[Node]:
        return sorted(self.document.parameters(self.raw), key=lambda one: one["in"] != "path")

    def _parameter_arguments(self) -> list[Argument]:
        return [_parameter_argument(one) for one in self.parameters]

    @property
    def body_is_required(self) -> bool:
        """Whether a request always has its body: OpenAPI's default is that it need not."""
        return bool(self.document.resolve(self.raw.node.get("requestBody", {})).get("required"))

    def _body_arguments(self) -> list[Argument]:
        if not self.body:
            return []
        schema = self.body[1]
        if self.body_is_whole:
            doc = describe(self.document.resolve(schema))
            return [_argument(self.body_argument, schema, doc, required=self.body_is_required)]
        target = self.document.resolve(schema)
        required = target.get("required", []) if self.body_is_required else []
        return [
            _argument(
                field_name(wire, child),
                child,
                describe(child) or describe(self.document.resolve(child)),
                required=wire in required,
            )
            for wire, child in target["properties"].items()
        ]

    @property
    def body_argument(self) -> str:
        """The argument that holds the body, where one does."""
        return python_name(self.extension.get("body", "body"))

    # what the runtime is told

    @cached_property
    def constant(self) -> str:
        return constant_name(self.extension["resource"], self.extension["method"])

    def runtime(self) -> Keywords:
        """Spell the arguments of the runtime's Operation."""
        extension = self.extension
        return keywords(
            name=self.name,
            operation_id=self.raw.node["operationId"],
            method=self.raw.method.upper(),
            path=self.raw.path,
            retry=extension["retry"],
            parameters=tuple(map(self._parameter, self.parameters)),
            body=self._body(),
            accept=self.accepted,
            responses={
                status: Source(annotate(schema) if schema else "None")
                for status, schema in self.responses.items()
            },
            result=self.result_path,
            result_header=self.extension.get("result-header"),
            nullable=self.nullable or None,
            error=self._error(),
            security=self._security(),
            server=next((one["url"] for one in self.raw.node.get("servers", [])), None),
            rate_limit=rate_limit(extension.get("rate-limit")),
            window=self._window(),
            successor=extension.get("successor"),
        )

    def _parameter(self, node: Node) -> Source:
        style, explode = self._style(node)
        spelled = keywords(
            name=field_name(node["name"], node),
            wire=node["name"],
            location=node["in"],
            type=Source(annotate(node["schema"])),
            constraints=constraints(self.document.resolve(node["schema"])),
            required=bool(node.get("required")) or None,
            style=style,
            explode=explode,
            allow_reserved=node.get("allowReserved") or None,
        )
        return call("Parameter", spelled)

    def _style(self, node: Node) -> tuple[str | None, bool | None]:
        """Return the runtime's style and explode of a parameter; None for what is the default."""
        default = DEFAULT_STYLES[node["in"]]
        style = node.get("style", default)
        kind = core(self.document, node["schema"]).get("type")
        if style == "json":
            return style, None
        if kind not in ("array", "object"):
            return (None if style == default or style in DELIMITED else style), None
        explode = node.get("explode", style == "form")
        is_list = kind == "array"
        if is_list and style == default and node["in"] in ("path", "header"):
            return None, None
        return (None if is_list and style == default else style), (None if explode else False)

    def _body(self) -> Source | None:
        if not self.body:
            return None
        media, schema = self.body
        spelled = keywords(
            type=Source(annotate(schema)),
            media_type=media if media != JSON else None,
            argument=self.body_argument if self.body_is_whole else None,
            required=None if self.body_is_required else False,
        )
        return call("Body", spelled)

    def _error(self) -> Source | None:
        if self.error_member is None:
            return None
        extension = self.error_words(self.error_member)
        parts = [part for part in ("code", "message", "field") if part in extension]
        paths = {
            part: names_along(self.document, self.error_member, extension[part]) for part in parts
        }
        return call(
            "ErrorResponse",
            keywords(
                type=Source(annotate(self.error_member)), **paths, raises=extension.get("raises")
            ),
        )

    def _security(self) -> tuple[tuple[str, ...], ...]:
        found: list[Node] = self.raw.node.get("security", self.document.root.get("security")) or []
        return tuple(tuple(map(python_name, alternative)) for alternative in found)

    def _window(self) -> Source | None:
        extension = self.extension.get("window")
        if not extension:
            return None
        spans = {
            name: seconds(extension[name]) for name in ("longest", "history") if name in extension
        }
        start, end = self.argument_name(extension["from"]), self.argument_name(extension["to"])
        return call("Window", keywords(start=start, end=end, **spans))

    # how it pages

    @cached_property
    def items(self) -> Node | None:
        """The schema of one item of a page."""
        pointer = self.extension.get("pagination", {}).get("items")
        if not pointer:
            return None
        found: Node | None = core(
            self.document, follow(self.document, self.successes[0], pointer)
        ).get("items")
        return found

    @property
    def controlled(self) -> set[str]:
        """The arguments that iterating takes in hand, so that a caller can't give them."""
        extension = self.extension.get("pagination", {})
        cursor = extension.get("cursor", "")
        names = [cursor] if len(_parts(cursor)) == 1 else []
        names += [extension["order"]["parameter"]] if "order" in extension else []
        return {self.argument_name(name) for name in [*names, *extension.get("excludes", [])]}

    def argument_name(self, wire: str) -> str:
        """Name the argument that a parameter, or a field of the body, becomes."""
        return self.argument_path(wire)[0]

    def argument_path(self, pointer: str) -> tuple[str, ...]:
        """The way to what a parameter's name, or a pointer into the body, leads to, by the names that Python has for it."""
        for one in self.parameters:
            if one["name"] == pointer:
                return (field_name(one["name"], one),)
        schema = self.body[1] if self.body else {}
        return names_along(self.document, schema, pointer) if _parts(pointer) else ()

    def _way(self, pointer: str) -> tuple[str, ...]:
        """The way from the answer to what a pointer into it leads to."""
        return names_along(self.document, self.successes[0], pointer) if _parts(pointer) else ()

    def pages(self) -> Keywords:
        """Spell the arguments of the runtime's Pagination."""
        extension = read_paging(self.raw)
        if not extension:
            return ()
        order, select = extension.get("order"), extension.get("select")
        next_way = self._item_way if extension["style"] == "keyset" else self.beyond_result
        cursor = extension.get("cursor", "")
        link_header = extension.get("next") == LINK_HEADER
        return keywords(
            style=extension["style"],
            cursor=self.argument_path(cursor),
            items=self.beyond_result(extension["items"]),
            item=Source(annotate(self.items or {})),
            next=() if link_header else next_way(extension.get("next", "")),
            link_header=link_header or None,
            more=self.beyond_result(extension.get("has-more", "")),
            order=(self.argument_name(order["parameter"]), order["value"]) if order else None,
            select=(self.argument_name(select["parameter"]), select["value"]) if select else None,
            size=self.argument_path(extension["size"]) if "size" in extension else (),
            total=self.beyond_result(extension.get("total", "")),
            key=self._item_way(extension.get("key", "")),
            max_pages=extension.get("max-pages"),
            end=extension.get("end"),
            model=self._cursor_model(cursor),
        )

    def _item_way(self, pointer: str) -> tuple[str, ...]:
        """The way from an item to what a pointer into it leads to."""
        return names_along(self.document, self.items or {}, pointer) if _parts(pointer) else ()

    def beyond_result(self, pointer: str) -> tuple[str, ...]:
        """Return the way from what the method returns to a node of the answer."""
        path = self._way(pointer)
        return (
            path[len(self.result_path) :]
            if path[: len(self.result_path)] == self.result_path
            else path
        )

    def _cursor_model(self, cursor: str) -> Source | None:
        parts = _parts(cursor)
        if len(parts) < 2 or not self.body:
            return None
        return Source(annotate(split_nullable(follow(self.document, self.body[1], parts[0]))[0]))


def read_operation(lowering: OperationLowering) -> Operation:
    """Make the IR's Operation."""
    extension = lowering.extension
    return Operation(
        constant=lowering.constant,
        method=extension["method"],
        operation_id=lowering.raw.node["operationId"],
        summary=str(lowering.raw.node.get("summary", "")),
        request=f"{lowering.raw.method.upper()} {lowering.raw.path}",
        retry=extension["retry"],
        returns=lowering.returns,
        item=annotate(lowering.items) if lowering.items else None,
        runtime=lowering.runtime(),
        pages=lowering.pages(),
        unverified=extension.get("unverified"),
        beyond_documents=bool(extension.get("beyond-documents")),
    )


def rate_limit(extension: Any) -> Source | None:
    if not extension:
        return None
    requests, per = extension["requests"], seconds(extension["per"])
    return call(
        "RateLimit",
        keywords(
            requests=requests,
            per=per,
            burst=extension.get("burst", requests),
            scope=extension.get("scope"),
        ),
    )


def _parts(pointer: str) -> list[str]:
    return [part for part in pointer.split("/") if part]


def _by_position(argument: Argument) -> Argument:
    return replace(argument, by_position=True)


def is_clients(parameter: Node) -> bool:
    """Tell whether the client's argument provides a parameter where a call does not."""
    return bool(parameter.get("x-counterfoil", {}).get("client"))


def _parameter_argument(node: Node) -> Argument:
    doc = f"{describe(node)} Left out, it is the client's." if is_clients(node) else describe(node)
    required = bool(node.get("required")) and not is_clients(node)
    return _argument(field_name(node["name"], node), node["schema"], doc, required=required)


def _argument(name: str, schema: Node, doc: str, required: bool) -> Argument:
    spelled = annotate(schema)
    secret = schema.get("format") == "password"
    if required:
        return Argument(name=name, annotation=spelled, doc=doc, secret=secret)
    optional = f"{spelled} | UnsetType"
    return Argument(name=name, annotation=optional, doc=doc, default="UNSET", secret=secret)

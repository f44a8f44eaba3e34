"""One operation of a spec -> the IR's Operation, Listing methods and runtime data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from .annotations import annotate, core, follow, split_nullable, union_members
from .docs import describe
from .document import Document, Node, RawOperation
from .durations import seconds
from .ir import Argument, Keywords, Operation
from .limits import bound
from .naming import constant_name, python_name
from .spelling import Expression, call, keywords

JSON = "application/json"


@dataclass(frozen=True)
class Reading:
    """An operation of the document, read for what a method needs to know."""

    document: Document
    raw: RawOperation

    @property
    def words(self) -> Node:
        return self.raw.words

    @property
    def name(self) -> str:
        return f"{self.words['resource']}.{self.words['method']}"

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
        return "body" in self.words or not self.document.resolve(self.body[1]).get("properties")

    @cached_property
    def answers(self) -> dict[int, Node | None]:
        """The schema of each documented success, None where the body is empty."""
        responses = self.raw.node.get("responses", {})
        found = {int(status): self.document.resolve(answer) for status, answer in responses.items() if status.startswith("2")}
        return {
            status: next((one.get("schema") for one in answer.get("content", {}).values()), None)
            for status, answer in found.items()
        }

    @cached_property
    def successes(self) -> list[Node]:
        """The members of the answers that mean success."""
        members = [member for schema in self.answers.values() if schema for member in union_members(schema) or [schema]]
        return [member for member in members if not self.error_words(member)]

    def error_words(self, schema: Node) -> Node:
        words = self.document.resolve(schema).get("x-counterfoil", {})
        return words if words.get("error") else {}

    @cached_property
    def error_member(self) -> Node | None:
        members = [member for schema in self.answers.values() if schema for member in union_members(schema)]
        return next((member for member in members if self.error_words(member)), None)

    @cached_property
    def result(self) -> Node | None:
        """The schema of what the method returns; None where the answer is empty."""
        return follow(self.document, self.successes[0], self.words.get("result", "")) if self.successes else None

    @property
    def nullable(self) -> bool:
        """Whether what the method returns may be null on the wire."""
        return "result" in self.words and split_nullable(self.result or {})[1]

    @cached_property
    def returns(self) -> str:
        """The type that the method returns."""
        if "result-header" in self.words:
            return "Secret"
        if self.result is None:
            return "None"
        if self.words.get("result"):
            return annotate(self.result)
        spelled = [annotate(member) for member in self.successes]
        return " | ".join(dict.fromkeys(spelled + (["None"] if None in self.answers.values() else [])))

    @cached_property
    def result_path(self) -> tuple[str, ...]:
        return tuple(map(python_name, _parts(self.words.get("result", ""))))

    # what the method takes

    @cached_property
    def arguments(self) -> tuple[Argument, ...]:
        """The method's arguments: path first, then what is required, each in the document's order."""
        found = [*self._parameter_arguments(), *self._body_arguments()]
        required = [argument for argument in found if argument.default is None]
        path = {python_name(one["name"]) for one in self.parameters if one["in"] == "path" and not is_clients(one)}
        alone = {required[0].name} if len(required) == 1 else set()
        whole = {one.name for one in self._body_arguments()} if self.body_is_whole else set()
        placed = [_by_position(one) if one.name in path | alone | whole else one for one in found]
        return tuple(sorted(placed, key=lambda one: (not one.by_position, one.default is not None)))

    @cached_property
    def parameters(self) -> list[Node]:
        return sorted(self.document.parameters(self.raw), key=lambda one: one["in"] != "path")

    def _parameter_arguments(self) -> list[Argument]:
        return [_parameter_argument(one) for one in self.parameters]

    def _body_arguments(self) -> list[Argument]:
        if not self.body:
            return []
        schema = self.body[1]
        if self.body_is_whole:
            return [_argument(self.words.get("body", "body"), schema, describe(self.document.resolve(schema)), required=True)]
        target = self.document.resolve(schema)
        required = target.get("required", [])
        return [
            _argument(wire, child, describe(child) or describe(self.document.resolve(child)), required=wire in required)
            for wire, child in target["properties"].items()
        ]

    # what the runtime is told

    @cached_property
    def constant(self) -> str:
        return constant_name(self.words["resource"], self.words["method"])

    def runtime(self) -> Keywords:
        """Spell the arguments of the runtime's Operation."""
        words = self.words
        return keywords(
            name=self.name,
            operation_id=self.raw.node["operationId"],
            method=self.raw.method.upper(),
            path=self.raw.path,
            retry=words["retry"],
            parameters=tuple(map(self._parameter, self.parameters)),
            body=self._body(),
            answers={status: Expression(annotate(schema) if schema else "None") for status, schema in self.answers.items()},
            result=self.result_path,
            result_header=self.words.get("result-header"),
            nullable=self.nullable or None,
            error=self._error(),
            security=self._security(),
            server=next((one["url"] for one in self.raw.node.get("servers", [])), None),
            rate_limit=rate_limit(words.get("rate-limit")),
            window=self._window(),
            successor=words.get("successor"),
        )

    def _parameter(self, node: Node) -> Expression:
        spelled = keywords(
            name=python_name(node["name"]),
            wire=node["name"],
            location=node["in"],
            type=Expression(annotate(node["schema"])),
            bound=bound(self.document.resolve(node["schema"])),
            required=bool(node.get("required")) or None,
        )
        return call("Parameter", spelled)

    def _body(self) -> Expression | None:
        if not self.body:
            return None
        media, schema = self.body
        whole = python_name(self.words.get("body", "body")) if self.body_is_whole else None
        media_type = media if media != JSON else None
        return call("Body", keywords(type=Expression(annotate(schema)), media_type=media_type, argument=whole))

    def _error(self) -> Expression | None:
        if self.error_member is None:
            return None
        words = self.error_words(self.error_member)
        paths = {part: python_path(words[part]) for part in ("code", "message", "field") if part in words}
        return call("ErrorAnswer", keywords(type=Expression(annotate(self.error_member)), **paths, raises=words.get("raises")))

    def _security(self) -> tuple[tuple[str, ...], ...]:
        found: list[Node] = self.raw.node.get("security", self.document.root.get("security")) or []
        return tuple(tuple(map(python_name, alternative)) for alternative in found)

    def _window(self) -> Expression | None:
        words = self.words.get("window")
        if not words:
            return None
        spans = {name: seconds(words[name]) for name in ("longest", "history") if name in words}
        return call("Window", keywords(start=python_name(words["from"]), end=python_name(words["to"]), **spans))

    # how it pages

    @cached_property
    def items(self) -> Node | None:
        """The schema of one item of a page."""
        pointer = self.words.get("pagination", {}).get("items")
        if not pointer:
            return None
        found: Node | None = core(self.document, follow(self.document, self.successes[0], pointer)).get("items")
        return found

    @property
    def controlled(self) -> set[str]:
        """The arguments that iterating takes in hand, so that a caller can't give them."""
        words = self.words.get("pagination", {})
        cursor = _parts(words["cursor"])
        names = [*cursor[:1]] if len(cursor) == 1 else []
        names += [words["order"]["parameter"]] if "order" in words else []
        return set(map(python_name, [*names, *words.get("excludes", [])]))

    def pages(self) -> Keywords:
        """Spell the arguments of the runtime's Pagination."""
        words = self.words.get("pagination")
        if not words:
            return ()
        order, select = words.get("order"), words.get("select")
        return keywords(
            style=words["style"],
            cursor=python_path(words["cursor"]),
            items=self.beyond_result(words["items"]),
            item=Expression(annotate(self.items or {})),
            next=python_path(words.get("next", "")) if words["style"] == "keyset" else self.beyond_result(words.get("next", "")),
            order=(python_name(order["parameter"]), order["value"]) if order else None,
            select=(python_name(select["parameter"]), select["value"]) if select else None,
            size=python_path(words.get("size", "")),
            total=self.beyond_result(words.get("total", "")),
            key=python_path(words.get("key", "")),
            default_size=self._default_size(words.get("size")),
            max_pages=words.get("max-pages"),
            end=words.get("end"),
            model=self._cursor_model(words["cursor"]),
        )

    def beyond_result(self, pointer: str) -> tuple[str, ...]:
        """Return the way from what the method returns to a node of the answer."""
        path = python_path(pointer)
        return path[len(self.result_path) :] if path[: len(self.result_path)] == self.result_path else path

    def _default_size(self, name: str | None) -> int | None:
        """How many items a page has where the caller does not say, as documented."""
        sizes = [one["schema"] for one in self.parameters if one["name"] == name]
        return self.document.resolve(sizes[0]).get("default") if sizes else None

    def _cursor_model(self, cursor: str) -> Expression | None:
        parts = _parts(cursor)
        if len(parts) < 2 or not self.body:
            return None
        return Expression(annotate(split_nullable(follow(self.document, self.body[1], parts[0]))[0]))


def read_operation(reading: Reading) -> Operation:
    """Make the IR's Operation."""
    words = reading.words
    return Operation(
        constant=reading.constant,
        method=words["method"],
        operation_id=reading.raw.node["operationId"],
        summary=str(reading.raw.node["summary"]),
        request=f"{reading.raw.method.upper()} {reading.raw.path}",
        retry=words["retry"],
        returns=reading.returns,
        item=annotate(reading.items) if reading.items else None,
        runtime=reading.runtime(),
        pages=reading.pages(),
        unverified=words.get("unverified"),
        beyond_documents=bool(words.get("beyond-documents")),
    )


def rate_limit(words: Any) -> Expression | None:
    if not words:
        return None
    requests, per = words["requests"], seconds(words["per"])
    return call("RateLimit", keywords(requests=requests, per=per, burst=words.get("burst", requests), scope=words.get("scope")))


def python_path(pointer: str) -> tuple[str, ...]:
    """Spell a JSON pointer, or a parameter's name, as the way through Python names."""
    return tuple(map(python_name, _parts(pointer)))


def _parts(pointer: str) -> list[str]:
    return [part for part in pointer.split("/") if part]


def _by_position(argument: Argument) -> Argument:
    return Argument(
        name=argument.name, annotation=argument.annotation, doc=argument.doc, default=argument.default, by_position=True
    )


def is_clients(parameter: Node) -> bool:
    """Tell whether the client's argument provides a parameter where a call does not."""
    return bool(parameter.get("x-counterfoil", {}).get("client"))


def _parameter_argument(node: Node) -> Argument:
    doc = f"{describe(node)} Left out, it is the client's." if is_clients(node) else describe(node)
    return _argument(node["name"], node["schema"], doc, required=bool(node.get("required")) and not is_clients(node))


def _argument(wire: str, schema: Node, doc: str, required: bool) -> Argument:
    spelled = annotate(schema)
    if required:
        return Argument(name=python_name(wire), annotation=spelled, doc=doc)
    return Argument(name=python_name(wire), annotation=f"{spelled} | UnsetType", doc=doc, default="UNSET")

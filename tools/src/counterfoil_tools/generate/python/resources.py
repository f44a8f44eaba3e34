"""The classes of a resource, sync and async, and their methods."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ..ir import Argument, Method, ResourceClass
from .docstrings import (
    describe,
    first_sentence,
    in_python_names,
    list_names,
    method_doc,
    variant_doc,
)
from .names import class_name
from .operations import OperationLowering
from .types import annotate

LIST = re.compile(r"\blist\[")
CURSOR = Argument(
    name="cursor",
    annotation="str | None",
    default="None",
    doc="Where to continue: the `cursor` of a page that was read before.",
)
MAX_PAGES = Argument(
    name="max_pages",
    annotation="int | None",
    default="None",
    doc="Number of pages after which to stop; None reads all of them.",
)


@dataclass(frozen=True, slots=True)
class Variant:
    """One of the two forms of a resource."""

    prefix: str
    client: str

    @property
    def is_async(self) -> bool:
        return self.client == "AsyncClient"

    @property
    def definition(self) -> str:
        return "async def" if self.is_async else "def"

    @property
    def call(self) -> str:
        prefix = "await " if self.is_async else ""
        return f"return {prefix}self._client.call"


VARIANTS = (Variant("", "Client"), Variant("Async", "AsyncClient"))


def make_resource_classes(
    name: str, doc: str, lowerings: list[OperationLowering]
) -> tuple[ResourceClass, ...]:
    """Make the two classes of one resource."""
    return tuple(_resource_class(variant, name, doc, lowerings) for variant in VARIANTS)


def _resource_class(
    variant: Variant, name: str, doc: str, lowerings: list[OperationLowering]
) -> ResourceClass:
    methods: list[Method] = []
    for lowering in lowerings:
        methods.append(_plain_method(variant, lowering))
        if lowering.items is not None:
            methods += [_iterate(variant, lowering), _pages(variant, lowering)]
    if any(method.name == "list" for method in methods):
        methods = [_spell_lists(method) for method in methods]
    return ResourceClass(
        name=f"{variant.prefix}{class_name(name)}",
        client=variant.client,
        doc=doc,
        methods=tuple(methods),
    )


def _spell_lists(method: Method) -> Method:
    """Write `List` in the types of a method: in a class with a method `list`, `list` is that."""
    arguments = []
    for one in method.arguments:
        arguments.append(replace(one, annotation=LIST.sub("List[", one.annotation)))
    returns = LIST.sub("List[", method.returns)
    return replace(method, arguments=tuple(arguments), returns=returns)


def _plain_method(variant: Variant, lowering: OperationLowering) -> Method:
    if lowering.is_event_stream:
        return _event_method(variant, lowering)
    doc = method_doc(lowering.document, lowering.raw, lowering.arguments, _returned(lowering))
    return Method(
        definition=variant.definition,
        name=lowering.extension["method"],
        arguments=lowering.arguments,
        keyword_only=_keyword_only(lowering.arguments),
        returns=lowering.returns,
        doc=doc,
        call=variant.call,
        operands=f"_operations.{lowering.constant}",
        passed=tuple(one.name for one in lowering.arguments),
        options=", request_options",
        deprecated=lowering.extension.get("successor"),
        is_download=lowering.is_download,
    )


def _event_method(variant: Variant, lowering: OperationLowering) -> Method:
    """Return a method for a stream of events: it opens the stream in a `with` statement."""
    result = lowering.document.resolve(lowering.result or {})
    data = first_sentence(describe(result)).rstrip(".") or f"`{lowering.returns}`"
    word = "async with" if variant.is_async else "with"
    returned = (
        f"A context manager: `{word}` opens the stream, which is iterated for at most the call's "
        f"`timeout`. The `data` of each event: {data}."
    )
    doc = method_doc(lowering.document, lowering.raw, lowering.arguments, returned)
    stream = f"{variant.prefix}EventStream[{lowering.returns}]"
    manager = "AbstractAsyncContextManager" if variant.is_async else "AbstractContextManager"
    return Method(
        definition="def",
        name=lowering.extension["method"],
        arguments=lowering.arguments,
        keyword_only=_keyword_only(lowering.arguments),
        returns=f"{manager}[{stream}]",
        doc=doc,
        call="return self._client.stream_events",
        operands=f"_operations.{lowering.constant}",
        passed=tuple(one.name for one in lowering.arguments),
        options=", request_options",
        deprecated=lowering.extension.get("successor"),
        returns_value=False,
    )


def _returned(lowering: OperationLowering) -> str:
    """Return the sentence about a method's result, from its schema's description."""
    if header := lowering.extension.get("result-header"):
        return f"the header {header} of the response; its repr does not show it."
    if lowering.result is None:
        return "None; the response has no body."
    sentence = first_sentence(describe(lowering.document.resolve(lowering.result))).rstrip(".")
    if not sentence:
        sentence = f"`{lowering.returns}`"
    null = "; None if the vendor sends null" if "| None" in lowering.returns else ""
    streaming = ""
    if lowering.is_download:
        streaming = " The method of `client.with_streaming` reads it while it arrives."
    return f"{sentence}{null}.{streaming}"


def _paged(
    variant: Variant,
    lowering: OperationLowering,
    name: str,
    returns: str,
    doc: tuple[str, ...],
    *more: Argument,
) -> Method:
    arguments = _uncontrolled(lowering, *more)
    options = [one.name for one in more]
    iterator = "AsyncIterator" if variant.is_async else "Iterator"
    return Method(
        definition="def",
        name=name,
        arguments=arguments,
        keyword_only=_keyword_only(arguments),
        returns=f"{iterator}[{returns}]",
        doc=doc,
        call=f"return self._client.{name}",
        operands=f"_operations.{lowering.constant}, _operations.{lowering.constant}_PAGES",
        returns_value=False,
        passed=tuple(one.name for one in arguments if one.name not in options),
        options="".join(f", {name}={name}" for name in options) + ", options=request_options",
    )


def _iterate(variant: Variant, lowering: OperationLowering) -> Method:
    item = _item(lowering)
    sentence = (
        f"Yield the items of all pages of `{lowering.extension['method']}`. A page is requested "
        f"when it is reached.{_control_note(lowering)}"
    )
    doc = variant_doc(sentence, _uncontrolled(lowering, MAX_PAGES))
    return _paged(variant, lowering, "iterate", item, doc, MAX_PAGES)


def _pages(variant: Variant, lowering: OperationLowering) -> Method:
    sentence = (
        f"Yield the pages of `{lowering.extension['method']}`, each with its items and a `cursor`, "
        f"which can be stored to continue later.{_control_note(lowering)}"
    )
    doc = variant_doc(sentence, _uncontrolled(lowering, CURSOR, MAX_PAGES))
    return _paged(variant, lowering, "pages", f"Page[{_item(lowering)}]", doc, CURSOR, MAX_PAGES)


def _uncontrolled(lowering: OperationLowering, *more: Argument) -> tuple[Argument, ...]:
    names = list_names(lowering.document, lowering.raw)
    kept = []
    for one in lowering.arguments:
        if one.name not in lowering.controlled:
            doc = in_python_names(one.doc, names)
            kept.append(replace(one, doc=doc))
    return (*kept, *more)


def _control_note(lowering: OperationLowering) -> str:
    names = [f"`{name}`" for name in sorted(lowering.controlled)]
    return f" It sets {' and '.join(names)} itself." if names else ""


def _item(lowering: OperationLowering) -> str:
    return annotate(lowering.items or {})


def _keyword_only(arguments: tuple[Argument, ...]) -> int:
    return sum(one.by_position for one in arguments)

"""The four classes of a resource: sync and async, plain and with responses."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..ir import Argument, Method, ResourceClass
from .docstrings import describe, first_sentence, in_python_names, method_doc, variant_doc
from .names import class_name
from .operations import OperationLowering
from .types import annotate

CURSOR = Argument(
    name="cursor",
    annotation="str | None",
    default="None",
    doc="Where to go on: the `cursor` of a page read before.",
)
MAX_PAGES = Argument(
    name="max_pages",
    annotation="int | None",
    default="None",
    doc="Stop after so many pages; None reads them all.",
)


@dataclass(frozen=True, slots=True)
class Variant:
    """One of the four forms of a resource."""

    prefix: str
    suffix: str
    client: str

    @property
    def is_async(self) -> bool:
        return self.client == "AsyncClient"

    @property
    def definition(self) -> str:
        return "async def" if self.is_async else "def"

    @property
    def call(self) -> str:
        name = "call_with_response" if self.suffix else "call"
        prefix = "await " if self.is_async else ""
        return f"return {prefix}self._client.{name}"

    def returned(self, annotation: str) -> str:
        return f"Response[{annotation}]" if self.suffix else annotation


VARIANTS = (
    Variant("", "", "Client"),
    Variant("Async", "", "AsyncClient"),
    Variant("", "WithResponse", "Client"),
    Variant("Async", "WithResponse", "AsyncClient"),
)


def make_resource_classes(
    name: str, doc: str, lowerings: list[OperationLowering]
) -> tuple[ResourceClass, ...]:
    """Make the four classes of one resource."""
    return tuple(_resource_class(variant, name, doc, lowerings) for variant in VARIANTS)


def _resource_class(
    variant: Variant, name: str, doc: str, lowerings: list[OperationLowering]
) -> ResourceClass:
    plain = f"{variant.prefix}{class_name(name)}"
    if variant.suffix:
        doc = (
            f"`{plain}`, each method returning a `Response`: the value with its status, headers "
            "and raw bytes."
        )
    methods: list[Method] = []
    for lowering in lowerings:
        methods += _methods(variant, plain, lowering)
    return ResourceClass(
        name=f"{plain}{variant.suffix}", client=variant.client, doc=doc, methods=tuple(methods)
    )


def _methods(variant: Variant, plain: str, lowering: OperationLowering) -> list[Method]:
    found = [_plain_method(variant, plain, lowering)]
    if lowering.items is not None and not variant.suffix:
        found += [_iterate(variant, lowering), _pages(variant, lowering)]
    return found


def _plain_method(variant: Variant, plain: str, lowering: OperationLowering) -> Method:
    method = lowering.extension["method"]
    if variant.suffix:
        doc = variant_doc(
            f"Do as `{plain}.{method}`, and return the answer's status and headers with the value."
        )
    else:
        doc = method_doc(lowering.document, lowering.raw, lowering.arguments, _returned(lowering))
    return Method(
        definition=variant.definition,
        name=method,
        arguments=lowering.arguments,
        keyword_only=_keyword_only(lowering.arguments),
        returns=variant.returned(lowering.returns),
        doc=doc,
        call=variant.call,
        operands=f"_operations.{lowering.constant}",
        passed=tuple(one.name for one in lowering.arguments),
        deprecated=lowering.extension.get("successor"),
    )


def _returned(lowering: OperationLowering) -> str:
    """Return the sentence about a method's result, from its schema's description."""
    if header := lowering.extension.get("result-header"):
        return f"the header {header} of the answer, which its repr does not show."
    if lowering.result is None:
        return "nothing; the answer is empty."
    sentence = first_sentence(describe(lowering.document.resolve(lowering.result))).rstrip(".")
    if not sentence:
        sentence = f"`{lowering.returns.replace('builtins.', '')}`"
    null = "; None where the vendor answers null" if "| None" in lowering.returns else ""
    return f"{sentence}{null}."


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
        passed=tuple(one.name for one in arguments if one.name not in options),
        options="".join(f", {name}={name}" for name in options),
    )


def _iterate(variant: Variant, lowering: OperationLowering) -> Method:
    item = _item(lowering)
    sentence = (
        f"Yield every item over all pages of `{lowering.extension['method']}`, "
        f"fetching a page when it is needed.{_control_note(lowering)}"
    )
    doc = variant_doc(sentence, _uncontrolled(lowering, MAX_PAGES))
    return _paged(variant, lowering, "iterate", item, doc, MAX_PAGES)


def _pages(variant: Variant, lowering: OperationLowering) -> Method:
    sentence = (
        f"Yield the pages of `{lowering.extension['method']}`, each with its items and a `cursor` "
        f"to store and go on from.{_control_note(lowering)}"
    )
    doc = variant_doc(sentence, _uncontrolled(lowering, CURSOR, MAX_PAGES))
    return _paged(variant, lowering, "pages", f"Page[{_item(lowering)}]", doc, CURSOR, MAX_PAGES)


def _uncontrolled(lowering: OperationLowering, *more: Argument) -> tuple[Argument, ...]:
    kept = []
    for one in lowering.arguments:
        if one.name not in lowering.controlled:
            doc = in_python_names(one.doc, lowering.document, lowering.raw)
            kept.append(replace(one, doc=doc))
    return (*kept, *more)


def _control_note(lowering: OperationLowering) -> str:
    names = [f"`{name}`" for name in sorted(lowering.controlled)]
    return f" Sets {' and '.join(names)} by itself." if names else ""


def _item(lowering: OperationLowering) -> str:
    return annotate(lowering.items or {})


def _keyword_only(arguments: tuple[Argument, ...]) -> int:
    return sum(one.by_position for one in arguments)

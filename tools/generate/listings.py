"""The four classes of a resource: sync and async, and both again returning a Response. One description makes all four."""

from __future__ import annotations

from dataclasses import dataclass

from .annotations import annotate
from .docs import describe, first_sentence, method_doc, variant_doc
from .ir import Argument, Listing, Method
from .naming import class_name
from .operations import Reading

CURSOR = Argument(
    name="cursor", annotation="str | None", default="None", doc="Where to go on: the `cursor` of a page read before."
)
MAX_PAGES = Argument(
    name="max_pages", annotation="int | None", default="None", doc="Stop after so many pages; None reads them all."
)


@dataclass(frozen=True, slots=True)
class Variant:
    """One of the four forms in which a resource comes."""

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
        return f"return {'await ' if self.is_async else ''}self._client.{name}"

    def returned(self, annotation: str) -> str:
        return f"Response[{annotation}]" if self.suffix else annotation


VARIANTS = (
    Variant("", "", "Client"),
    Variant("Async", "", "AsyncClient"),
    Variant("", "WithResponse", "Client"),
    Variant("Async", "WithResponse", "AsyncClient"),
)


def list_resource(name: str, doc: str, readings: list[Reading]) -> tuple[Listing, ...]:
    """Make the four listings of one resource."""
    return tuple(_listing(variant, name, doc, readings) for variant in VARIANTS)


def _listing(variant: Variant, name: str, doc: str, readings: list[Reading]) -> Listing:
    plain = f"{variant.prefix}{class_name(name)}"
    said = (
        f"`{plain}`, each method returning a `Response`: the value with its status, headers and raw bytes."
        if variant.suffix
        else doc
    )
    methods = [method for reading in readings for method in _methods(variant, plain, reading)]
    return Listing(name=f"{plain}{variant.suffix}", client=variant.client, doc=said, methods=tuple(methods))


def _methods(variant: Variant, plain: str, reading: Reading) -> list[Method]:
    found = [_plain_method(variant, plain, reading)]
    if reading.items is not None and not variant.suffix:
        found += [_iterate(variant, reading), _pages(variant, reading)]
    return found


def _plain_method(variant: Variant, plain: str, reading: Reading) -> Method:
    method = reading.words["method"]
    if variant.suffix:
        doc = variant_doc(f"Do as `{plain}.{method}`, and return the answer's status and headers with the value.")
    else:
        doc = method_doc(reading.document, reading.raw, reading.arguments, _returned(reading))
    return Method(
        definition=variant.definition,
        name=method,
        arguments=reading.arguments,
        keyword_only=_keyword_only(reading.arguments),
        returns=variant.returned(reading.returns),
        doc=doc,
        call=variant.call,
        operands=f"_operations.{reading.constant}",
        passed=tuple(one.name for one in reading.arguments),
        deprecated=reading.words.get("successor"),
    )


def _returned(reading: Reading) -> str:
    """Say what comes back, in the words of its schema."""
    if header := reading.words.get("result-header"):
        return f"the header {header} of the answer, which its repr does not show."
    if reading.result is None:
        return "nothing; the answer is empty."
    said = first_sentence(describe(reading.document.resolve(reading.result)))
    null = "; None where the vendor answers null" if "| None" in reading.returns else ""
    return f"{said.rstrip('.')}{null}." if said else f"`{reading.returns}`{null}."


def _paged(variant: Variant, reading: Reading, name: str, returns: str, doc: tuple[str, ...], *more: Argument) -> Method:
    arguments = _uncontrolled(reading, *more)
    options = [one.name for one in more]
    return Method(
        definition="def",
        name=name,
        arguments=arguments,
        keyword_only=_keyword_only(arguments),
        returns=f"{'AsyncIterator' if variant.is_async else 'Iterator'}[{returns}]",
        doc=doc,
        call=f"return self._client.{'iterate' if name == 'iterate' else 'pages'}",
        operands=f"_operations.{reading.constant}, _operations.{reading.constant}_PAGES",
        passed=tuple(one.name for one in arguments if one.name not in options),
        options="".join(f", {name}={name}" for name in options),
    )


def _iterate(variant: Variant, reading: Reading) -> Method:
    item = _item(reading)
    what = f"Yield every item over all pages of `{reading.words['method']}`, fetching a page when it is needed."
    doc = variant_doc(f"{what}{_control_note(reading)}", _uncontrolled(reading, MAX_PAGES))
    return _paged(variant, reading, "iterate", item, doc, MAX_PAGES)


def _pages(variant: Variant, reading: Reading) -> Method:
    what = f"Yield the pages of `{reading.words['method']}`, each with its items and a `cursor` to store and go on from."
    doc = variant_doc(f"{what}{_control_note(reading)}", _uncontrolled(reading, CURSOR, MAX_PAGES))
    return _paged(variant, reading, "pages", f"Page[{_item(reading)}]", doc, CURSOR, MAX_PAGES)


def _uncontrolled(reading: Reading, *more: Argument) -> tuple[Argument, ...]:
    return (*(one for one in reading.arguments if one.name not in reading.controlled), *more)


def _control_note(reading: Reading) -> str:
    names = sorted(reading.controlled)
    return f" Sees to {' and '.join(f'`{name}`' for name in names)} by itself." if names else ""


def _item(reading: Reading) -> str:
    return annotate(reading.items or {})


def _keyword_only(arguments: tuple[Argument, ...]) -> int:
    return sum(one.by_position for one in arguments)

"""Stage 2, lint: the house's rules for specs. All that is wrong comes at once, each with its place and its remedy.

No rule hides another: where a document breaks one, the rest is still checked as far as it can be. A rule that cannot go on
with such a document ends there; what it would have found comes when the first faults are mended.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

from ..openapi.document import Document
from ..openapi.errors import SpecError, SpecErrors
from ..openapi.json_schema import Finding
from .rules.crosscheck import crosscheck
from .rules.examples import EXAMPLE_RULES
from .rules.extension import EXTENSION_RULES, extension, frame
from .rules.names import NAME_RULES
from .rules.operations import OPERATION_RULES
from .rules.pagination import paging
from .rules.samples import find_sample
from .rules.schemas import SCHEMA_RULES
from .rules.token_exchange import exchanges
from .rules.unions import UNION_RULES
from .rules.wire import WIRE_RULES

Rule = Callable[[Document], Iterator[Finding]]

FORM: dict[str, Rule] = {"frame": frame, "extension": extension}  # the others rely on these
HOUSE: dict[str, Rule] = {
    **EXTENSION_RULES,
    **SCHEMA_RULES,
    **UNION_RULES,
    **NAME_RULES,
    **OPERATION_RULES,
    **WIRE_RULES,
    "pagination": paging,
    "token-exchange": exchanges,
    **EXAMPLE_RULES,
}


WARNINGS = {  # prose and examples, which an adopted document may lack
    "description": "schemas and properties that do not say what they mean",
    "documentation": "operations and parameters without a summary, a description or a link",
    "example": "bodies and answers without an example",
}


def lint(document: Document) -> Document:
    """Return the document, with its warnings, if it keeps all rules and the cross-check understands it.

    Raises SpecErrors otherwise. An adopted document is not cross-checked, and may lack prose and examples.
    """
    found = find_errors(document)
    warnings = [one for one in found if is_warning(document, one)]
    if len(found) > len(warnings):
        raise SpecErrors(one for one in found if not is_warning(document, one))
    return replace(document, warnings=tuple(sorted(warnings)))


def is_warning(document: Document, error: SpecError) -> bool:
    """Tell whether a document may be generated although it breaks this rule here."""
    return document.package.grade == "adopted" and error.rule in WARNINGS


def count_warnings(document: Document) -> dict[str, int]:
    """Return how often each rule was broken by what an adopted document may lack."""
    return dict(sorted(Counter(one.rule for one in document.warnings).items()))


def warn(document: Document) -> None:
    """Print a line for each rule that an adopted document breaks and may break."""
    for rule, count in count_warnings(document).items():
        print(f"{document.api}: warning: {count} x {rule}: {WARNINGS[rule]}", file=sys.stderr)


def find_errors(document: Document) -> list[SpecError]:
    """Return all that breaks a rule, warnings too."""
    errors = [replace(fault, sample=find_sample(fault.rule)) for fault in document.faults]
    for name, rule in FORM.items():
        errors += apply(name, rule, document, is_sound=not errors)
    has_form = not errors
    for name, rule in HOUSE.items():
        errors += apply(name, rule, document, is_sound=has_form)
    is_cross_checked = has_form and document.package.grade != "adopted"
    return errors + _cross_check(document) if is_cross_checked else errors


def apply(name: str, rule: Rule, document: Document, is_sound: bool = True) -> list[SpecError]:
    """Apply one rule; what lies in a place that was told to be broken is not told again."""
    found: list[Finding] = []
    try:
        found.extend(rule(document))
    except Exception:
        if is_sound:
            raise
    return [
        _locate(document, name, *finding)
        for finding in found
        if not _is_broken(document, finding[0])
    ]


def _locate(document: Document, name: str, pointer: str, message: str, remedy: str) -> SpecError:
    return SpecError(document.location(pointer), name, message, remedy, find_sample(name, pointer))


def _is_broken(document: Document, pointer: str) -> bool:
    return any(pointer == one or pointer.startswith(f"{one}/") for one in document.broken)


def _cross_check(document: Document) -> list[SpecError]:
    try:
        crosscheck(document)
    except SpecErrors as found:
        return list(found.errors)
    return []

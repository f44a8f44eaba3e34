"""Stage 2, lint: the rules for specs. All findings come at once, each with its place and remedy.

No rule hides another: if a document breaks one, the others are still checked as far as possible. A
rule that cannot continue with such a document ends there; its further findings come when the first
faults are fixed.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

from ..openapi.document import Document
from ..openapi.errors import SpecError, SpecErrors
from ..openapi.json_schema import Finding
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
    "description": "schemas and properties without a description",
    "documentation": "operations and parameters without a summary, a description or a link",
    "example": "bodies and answers without an example",
}


def lint(document: Document) -> Document:
    """Return the document, with its warnings, if it follows all rules and passes the cross-check.

    Raises SpecErrors otherwise. An adopted document is not cross-checked, and may lack prose and
    examples.
    """
    found = find_errors(document)
    errors = [one for one in found if not is_warning(document, one)]
    if errors:
        raise SpecErrors(errors)
    warnings = [one for one in found if is_warning(document, one)]
    return replace(document, warnings=tuple(sorted(warnings)))


def is_warning(document: Document, error: SpecError) -> bool:
    """Return whether a document may be generated although it breaks this rule here."""
    return document.package.grade == "adopted" and error.rule in WARNINGS


def count_warnings(document: Document) -> dict[str, int]:
    """Return the number of warnings by rule."""
    return dict(sorted(Counter(one.rule for one in document.warnings).items()))


def warn(document: Document) -> None:
    """Print a line for each rule with warnings."""
    for rule, count in count_warnings(document).items():
        print(f"{document.api}: warning: {count} x {rule}: {WARNINGS[rule]}", file=sys.stderr)


def find_errors(document: Document) -> list[SpecError]:
    """Return every finding, warnings included."""
    errors = [replace(fault, sample=find_sample(fault.rule)) for fault in document.faults]
    for name, rule in FORM.items():
        errors += apply(name, rule, document, is_sound=not errors)
    has_form = not errors
    for name, rule in HOUSE.items():
        errors += apply(name, rule, document, is_sound=has_form)
    if has_form and document.package.grade != "adopted":
        errors += _cross_check(document)
    return errors


def apply(name: str, rule: Rule, document: Document, is_sound: bool = True) -> list[SpecError]:
    """Apply one rule; findings in places that are already known to be broken are dropped."""
    found: list[Finding] = []
    try:
        found.extend(rule(document))
    except Exception:
        if is_sound:
            raise
    errors = []
    for pointer, message, remedy in found:
        if not _is_broken(document, pointer):
            errors.append(_locate(document, name, pointer, message, remedy))
    return errors


def _locate(document: Document, name: str, pointer: str, message: str, remedy: str) -> SpecError:
    return SpecError(document.location(pointer), name, message, remedy, find_sample(name, pointer))


def _is_broken(document: Document, pointer: str) -> bool:
    return any(pointer == one or pointer.startswith(f"{one}/") for one in document.broken)


def _cross_check(document: Document) -> list[SpecError]:
    try:
        # here, because it imports openapi-python-client, which adopted documents do not need
        from .rules.crosscheck import crosscheck

        crosscheck(document)
    except SpecErrors as found:
        return list(found.errors)
    return []

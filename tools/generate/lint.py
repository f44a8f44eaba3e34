"""Stage 2, lint: the house's rules for specs. All that is wrong comes at once, each with its place and its remedy."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from .document import Document
from .errors import SpecError, SpecErrors
from .rules_extension import EXTENSION_RULES
from .rules_operations import OPERATION_RULES
from .rules_schemas import SCHEMA_RULES

Finding = tuple[str, str, str]  # JSON pointer, what is wrong, what to do
Rule = Callable[[Document], Iterator[Finding]]

FIRST: dict[str, Rule] = {**EXTENSION_RULES}  # the others may rely on these
THEN: dict[str, Rule] = {**SCHEMA_RULES, **OPERATION_RULES}


def lint(document: Document) -> Document:
    """Return the document if it keeps all rules; raise SpecErrors otherwise."""
    errors = apply(FIRST, document) or apply(THEN, document)
    if errors:
        raise SpecErrors(errors)
    return document


def apply(rules: dict[str, Rule], document: Document) -> list[SpecError]:
    found = ((name, finding) for name, rule in rules.items() for finding in rule(document))
    return [SpecError(document.place(pointer), name, message, remedy) for name, (pointer, message, remedy) in found]

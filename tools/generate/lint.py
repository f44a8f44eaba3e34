"""Stage 2, lint: the house's rules for specs. All that is wrong comes at once, each with its place and its remedy."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from .document import Document
from .errors import SpecError, SpecErrors
from .forms import Finding
from .rules_exchanges import exchanges
from .rules_extension import extension, frame, spans
from .rules_names import NAME_RULES
from .rules_operations import OPERATION_RULES
from .rules_schemas import SCHEMA_RULES

Rule = Callable[[Document], Iterator[Finding]]

GROUPS: tuple[dict[str, Rule], ...] = (  # each may rely on those before it
    {"frame": frame},
    {"extension": extension},
    {"span": spans, **SCHEMA_RULES, **NAME_RULES, **OPERATION_RULES, "token-exchange": exchanges},
)


def lint(document: Document) -> Document:
    """Return the document if it keeps all rules; raise SpecErrors otherwise."""
    for rules in GROUPS:
        if errors := apply(rules, document):
            raise SpecErrors(errors)
    return document


def apply(rules: dict[str, Rule], document: Document) -> list[SpecError]:
    found = ((name, finding) for name, rule in rules.items() for finding in rule(document))
    return [SpecError(document.place(pointer), name, message, remedy) for name, (pointer, message, remedy) in found]

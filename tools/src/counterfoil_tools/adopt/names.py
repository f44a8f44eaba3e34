"""Pass 13, names: every component is called in PascalCase, no two alike, and as it was called last
time.

A hoisted schema is called by its title, by its word alone where it is used in several places, or by
its word and its owner. Clashing names are distinguished by their surroundings, not by numbers.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterator

from ..generate.python.names import RESERVED_CLASSES
from ..openapi.document import Node
from .ambiguous import MERGED
from .english import pascal, words
from .state import ORIGIN, SCHEMAS, Adoption, Hoisted, by_parameter_name, origin
from .walk import rewrite_schemas

GENERIC = {  # words that say too little to be a class alone
    *(
        "attributes",
        "code",
        "content",
        "data",
        "detail",
        "details",
        "error",
        "field",
        "filter",
        "id",
        "info",
        "input",
        "item",
    ),
    *(
        "items",
        "key",
        "kind",
        "links",
        "list",
        "meta",
        "metadata",
        "name",
        "object",
        "option",
        "options",
        "output",
        "params",
    ),
    *(
        "payload",
        "properties",
        "query",
        "reason",
        "request",
        "resource",
        "response",
        "result",
        "results",
        "settings",
        "source",
    ),
    *(
        "state",
        "status",
        "target",
        "type",
        "value",
        "values",
        "config",
        "configuration",
        "format",
        "mode",
        "body",
        "event",
    ),
}
INDEX = re.compile(r"/(parameters|oneOf|anyOf|allOf)/\d+(/(schema|items))*$")  # may be another
LONGEST_WORDS = 5  # of a title that is a name and no sentence


def names(adoption: Adoption) -> None:
    """Rename the components, and every reference to them."""
    namer = _Namer(adoption)
    namer.keep_previous()
    namer.name_components()
    namer.name_hoisted()
    renamed = namer.names
    for old, new in renamed.items():
        if old != new and not old.startswith("@"):
            adoption.note(f"the schema {old!r} is renamed to {new}", origin(adoption.schemas[old]))
    ordered = {renamed[old]: schema for old, schema in adoption.schemas.items()}
    adoption.root["components"]["schemas"] = ordered

    def change(schema: object, place: str) -> Node:
        node = schema if isinstance(schema, dict) else {}
        if "$ref" in node:
            node["$ref"] = SCHEMAS + renamed[node["$ref"].removeprefix(SCHEMAS)]
        return node

    rewrite_schemas(adoption, change)


class _Namer:
    def __init__(self, adoption: Adoption) -> None:
        self.adoption = adoption
        self.names: dict[str, str] = {}
        self.taken: set[str] = set()  # in lower case: files and eyes do not tell more

    def keep_previous(self) -> None:
        """Reuse the previous names, found by origin."""
        before = self.adoption.previous.schemas
        parameters = self.find_parameters()
        for old, schema in self.adoption.schemas.items():
            hoisted = self.adoption.hoisted.get(old)
            origins = sorted(hoisted.origins) if hoisted else [origin(schema)]
            for one in origins:
                place = stable_origin(one, parameters)
                name = None if INDEX.search(place) else before.get(place)
                if name and self.is_free(name):
                    self.take(old, name)
                    schema[ORIGIN] = one
                    break

    def find_parameters(self) -> dict[str, Node]:
        """Return the parameters of all operations by origin."""
        found = {}
        for _, _, operation in self.adoption.operations():
            for parameter in operation.get("parameters", []):
                found[origin(parameter)] = parameter
        return found

    def name_components(self) -> None:
        """Call the vendor's components by their own names; those that are fine as they are come
        first.
        """
        waiting = [
            old
            for old in self.adoption.schemas
            if old not in self.names and not old.startswith("@")
        ]
        for old in sorted(waiting, key=lambda old: (pascal([old]) != old, old)):
            variants = _variants(_class_name(pascal([old])))
            self.take(old, self.first_free(variants))

    def name_hoisted(self) -> None:
        waiting = [old for old in self.adoption.hoisted if old not in self.names]
        merged = [old for old in waiting if old.startswith(MERGED)]  # owners of other ones
        rest = [old for old in waiting if not old.startswith(MERGED)]
        ordered = sorted(rest, key=lambda old: _order(self.adoption.hoisted[old]))
        for old in [*merged, *ordered]:
            hoisted = self.adoption.hoisted[old]
            candidates = _candidates(self.spelled(hoisted))
            self.take(old, self.first_free(candidates))
            self.adoption.schemas[old][ORIGIN] = min(hoisted.origins)

    def spelled(self, hoisted: Hoisted) -> Hoisted:
        """Return how a hoisted schema is used, with the names that its owners have by now."""
        uses = []
        for owner, *rest in hoisted.uses:
            uses.append((self.names.get(owner, owner), *rest))
        return Hoisted(hoisted.title, uses, hoisted.origins)

    def first_free(self, candidates: Iterator[str]) -> str:
        """Return the first name that is free; candidates never end."""
        return next(one for one in candidates if self.is_free(one))

    def is_free(self, name: str) -> bool:
        return (
            name.lower() not in self.taken
            and not keyword.iskeyword(name)
            and name not in RESERVED_CLASSES
        )

    def take(self, old: str, name: str) -> None:
        self.names[old] = name
        self.taken.add(name.lower())


def stable_origin(place: str, parameters: dict[str, Node]) -> str:
    """Return an origin that names a parameter instead of counting it, where the origin is one's."""
    parameter = parameters.get(place.partition("/schema")[0])
    return by_parameter_name(place, parameter) if parameter else place


def _order(hoisted: Hoisted) -> tuple[int, tuple[str, ...]]:
    """Shallow ones first, then by the alphabet: a vendor's order of writing does not count."""
    first = min(hoisted.uses, key=lambda use: (len(use), use))
    return len(first), first


def _candidates(hoisted: Hoisted) -> Iterator[str]:
    """Yield names for a hoisted schema, the best first."""
    uses = sorted(set(hoisted.uses), key=lambda use: (len(use), use))
    title = hoisted.title if 0 < len(words(hoisted.title)) <= LONGEST_WORDS else ""
    if title:
        yield _class_name(pascal([title]))
    word = uses[0][-1]
    owners = {use[0] for use in uses}
    if len(owners) > 1 and len(word) > 3 and word.lower() not in GENERIC:
        yield _class_name(pascal([word]))
    for use in uses:
        for length in range(2, len(use) + 1):
            yield _class_name(pascal(use[-length:]))
    if title:
        yield _class_name(pascal([uses[0][0], title]))
    yield from _variants(_class_name(pascal(uses[0])))


def _variants(name: str) -> Iterator[str]:
    """Yield a name, then variants for the rare case that all candidates are taken."""
    yield name
    yield f"{name}Model"
    number = 2
    while True:
        yield f"{name}{number}"
        number += 1


def _class_name(text: str) -> str:
    text = text or "Unnamed"
    return text if text[0].isalpha() else f"N{text}"

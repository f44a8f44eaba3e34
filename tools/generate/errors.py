"""What can be wrong with a spec, and where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A position in a file of specs/, lines and columns counted from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, order=True)
class SpecError:
    """One thing that is wrong: where, which rule, what, and how to mend it."""

    place: Place
    rule: str
    message: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.place}: {self.rule}: {self.message}. {self.remedy}."


class SpecErrors(Exception):
    """All that is wrong with a spec, found in one run and sorted by place."""

    def __init__(self, errors: Iterable[SpecError]) -> None:
        self.errors = tuple(sorted(set(errors)))
        super().__init__("\n".join(map(str, self.errors)))

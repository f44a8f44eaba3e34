"""Errors in a spec, with their locations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A position in a file of specs/. Lines and columns start at 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, order=True)
class SpecError:
    """One error in a spec: its location, the rule, a message, and how to fix it."""

    location: Location
    rule: str
    message: str
    remedy: str
    sample: str = ""  # a line of another spec that follows the rule

    def __str__(self) -> str:
        message = self.message.rstrip(".")
        remedy = self.remedy.rstrip(".")
        text = f"{self.location}: {self.rule}: {message}. {remedy}."
        return f"{text} As in {self.sample}" if self.sample else text


class SpecErrors(Exception):
    """All errors that one run found in a spec, sorted by location."""

    def __init__(self, errors: Iterable[SpecError]) -> None:
        self.errors = tuple(sorted(set(errors)))
        super().__init__("\n".join(map(str, self.errors)))

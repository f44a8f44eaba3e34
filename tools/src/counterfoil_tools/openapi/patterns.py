"""Translate regular expressions from ECMAScript, which specs use, to Python's `re`.

A pattern is refused if the two languages read it differently. It is also refused if it can
backtrack without limit, because a caller's value must not hang a client.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import combinations
from re import _constants as sre  # type: ignore[attr-defined]  # no parser of patterns is public
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

PLAIN_ESCAPES = set("sStnrfvbBdDwW") | set("^$\\.*+?()[]{}|/-")
CLASSES = {"d": "0-9", "w": "A-Za-z0-9_"}  # ASCII only in ECMAScript, Unicode in Python
GROUPS = ("(?:", "(?=", "(?!", "(?<=", "(?<!")
QUANTIFIER = re.compile(r"[*+?]|\{\d+(?:,\d*)?\}")
HEX = re.compile(r"x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}")
MANY = 16  # from this count on, a repeated repetition is as slow as an unbounded one
ASCII = [chr(code) for code in range(128)]
# Sets of characters are compared on this sample: ASCII and one of each kind beyond it.
SAMPLE = [*ASCII, "\xa0", "\xe9", "\u0130", "\u4e2d", "\U0001f600"]


class PatternError(ValueError):
    """A pattern that cannot be used. `remedy` is the advice for the spec's author."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.remedy = remedy


@cache
def to_python(pattern: str) -> str:
    """Return the equivalent pattern for Python's `re`.

    Raises PatternError if there is none, or if matching could take exponential time.
    """
    made = _Translator(pattern).translate()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            parsed = parser.parse(made)
            re.compile(made)
    except (re.error, RecursionError, OverflowError, Warning) as error:
        message = f"it is not a valid pattern: {error}"
        raise PatternError(message, "Correct it, as in `^[A-Z]{2}$`") from error
    if _explodes(parsed):
        message = (
            "it can backtrack without end: a repetition contains another repetition, "
            "and no separator marks where one round ends"
        )
        remedy = "Use a single repetition, `^a+$`, or add a separator, `^(a+-)+$`"
        raise PatternError(message, remedy)
    return made


class _Translator:
    """Translates one pattern, character by character."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0

    def translate(self) -> str:
        return "".join(self.parts())

    def parts(self) -> Iterator[str]:
        while self.at < len(self.pattern):
            sign = self.pattern[self.at]
            if sign == "\\":
                yield self.escape(in_class=False)
            elif sign == "[":
                yield self.character_class()
            elif sign == "(":
                yield self.group()
            elif sign == "$":
                self.at += 1
                yield "$" if self.at == len(self.pattern) else r"\Z"
            else:
                yield self.literal()

    def literal(self) -> str:
        found = QUANTIFIER.match(self.pattern, self.at)
        if not found:
            sign = self.pattern[self.at]
            self.at += 1
            if sign == "{":
                return "\\{"
            # ECMAScript's `.` excludes four line terminators, Python's only \n.
            return r"[^\n\r\u2028\u2029]" if sign == "." else sign
        self.at = found.end()
        if self.pattern[self.at : self.at + 1] == "+":
            raise PatternError(f"{found[0]}+ is not ECMAScript", f"Write {found[0]} alone")
        return found[0]

    def group(self) -> str:
        rest = self.pattern[self.at : self.at + 4]
        if not rest.startswith("(?") or rest.startswith(GROUPS):
            openings = [opening for opening in GROUPS if rest.startswith(opening)]
            opening = openings[0] if openings else "("
            self.at += len(opening)
            return opening
        if rest.startswith("(?<"):
            self.at += 3
            return "(?P<"
        raise PatternError(f"`{rest[:3]}` is not ECMAScript", "Write `(?:...)` for a group")

    def escape(self, in_class: bool) -> str:
        follows = self.pattern[self.at + 1 : self.at + 2]
        long = HEX.match(self.pattern, self.at + 1)
        if long:
            self.at = long.end()
            return f"\\{long[0]}"
        self.at += 2
        if follows in CLASSES:
            return CLASSES[follows] if in_class else f"[{CLASSES[follows]}]"
        if follows.lower() in CLASSES and not in_class:
            return f"[^{CLASSES[follows.lower()]}]"
        if follows == "0":
            return r"\x00"
        if follows in PLAIN_ESCAPES and not (in_class and follows in "BDW"):
            return "/" if follows == "/" else f"\\{follows}"
        if follows.isdigit() and not in_class:
            return f"\\{follows}"
        if follows and not follows.isalnum() and ord(follows) < 128:
            return f"\\{follows}"
        message = f"`\\{follows}` does not mean the same in ECMAScript and Python"
        raise PatternError(message, "List the characters: `[A-Za-z]`")

    def character_class(self) -> str:
        self.at += 1
        made = ["["]
        if self.pattern[self.at : self.at + 1] == "^":
            self.at += 1
            made.append("^")
        if self.pattern[self.at : self.at + 1] == "]":
            raise PatternError("the class `[]` is empty", "Write `[\\s\\S]` for any character")
        while self.at < len(self.pattern) and self.pattern[self.at] != "]":
            sign = self.pattern[self.at]
            if sign == "\\":
                made.append(self.escape(in_class=True))
            else:
                self.at += 1
                made.append(f"\\{sign}" if sign in "[&~|" else sign)
        if self.at >= len(self.pattern):
            remedy = "Close it, as in `[A-Z]`, or write `\\[` for a literal bracket"
            raise PatternError("a class `[` is not closed", remedy)
        self.at += 1
        return "".join([*made, "]"])


# The functions below decide whether a pattern can be slow. They err on the side of refusing.


def _explodes(parsed: Any) -> bool:
    return any(_is_ambiguous(body) for body in _repeated(parsed))


def _children(argument: Any) -> Iterator[Any]:
    """Yield the sub-patterns in the argument of one operation of a parsed pattern."""
    if isinstance(argument, parser.SubPattern):
        yield argument
    elif isinstance(argument, tuple | list):
        for part in argument:
            yield from _children(part)


def _repeated(parsed: Any) -> Iterator[Any]:
    """Yield the bodies of all repetitions that can run MANY times or more."""
    for operation, argument in parsed:
        if _is_repeat(operation) and argument[1] >= MANY:
            yield _unwrap(argument[2])
        for child in _children(argument):
            yield from _repeated(child)


def _unwrap(body: Any) -> Any:
    """Remove the groups that enclose all of a body."""
    while len(body) == 1 and body[0][0] is sre.SUBPATTERN:
        body = body[0][1][3]
    return body


def _is_repeat(operation: Any) -> bool:
    return operation in (sre.MAX_REPEAT, sre.MIN_REPEAT)


def _is_ambiguous(body: Any) -> bool:
    """Return whether one text can be split into rounds of a body in several ways."""
    if any(_branches_overlap(body)):
        return True
    inner = list(_repeats_within(body))
    if not inner:
        return _is_optional(body)
    repeated: set[str] = set()
    for _, _, repeated_body in inner:
        repeated |= _signs(repeated_body)
    return not any(_is_separator(operation, argument, repeated) for operation, argument in body)


def _repeats_within(body: Any) -> Iterator[Any]:
    for operation, argument in body:
        if _is_repeat(operation) and argument[0] != argument[1]:
            yield argument
        for child in _children(argument):
            yield from _repeats_within(child)


def _is_optional(body: Any) -> bool:
    return bool(parser.SubPattern.getwidth(body)[0] == 0)


def _is_separator(operation: Any, argument: Any, repeated: set[str]) -> bool:
    """Return whether a part occurs once per round and never matches a repeated character."""
    signs = _signs_of(operation, argument)
    return operation in (sre.LITERAL, sre.IN, sre.NOT_LITERAL) and not signs & repeated


def _branches_overlap(body: Any) -> Iterator[bool]:
    """Yield, for each alternation in a body, whether two branches can start with one character."""
    for operation, argument in body:
        if operation is sre.BRANCH:
            firsts = [_first(branch) for branch in argument[1]]
            yield any(one & other for one, other in combinations(firsts, 2))
        for child in _children(argument):
            yield from _branches_overlap(child)


def _first(parsed: Any) -> set[str]:
    """Return the characters that a match can start with, optional parts included."""
    found: set[str] = set()
    for operation, argument in parsed:
        found |= _first_of(operation, argument)
        is_optional = _is_repeat(operation) and argument[0] == 0
        if not is_optional and operation is not sre.AT:
            return found
    return set(SAMPLE)


def _first_of(operation: Any, argument: Any) -> set[str]:
    children = list(_children(argument))
    if not children:
        return _signs_of(operation, argument)
    return set().union(*map(_first, children))


def _signs(parsed: Any) -> set[str]:
    return set().union(*(_signs_of(operation, argument) for operation, argument in parsed))


def _signs_of(operation: Any, argument: Any) -> set[str]:
    """Return the characters of SAMPLE that one operation can match."""
    children = list(_children(argument))
    if children:
        return set().union(*map(_signs, children))
    if operation is sre.LITERAL:
        return {chr(argument)}
    if operation is sre.NOT_LITERAL:
        return set(SAMPLE) - {chr(argument)}
    if operation is sre.IN:
        return _in_class(argument)
    return set() if operation is sre.AT else set(SAMPLE)


def _in_class(items: Iterable[tuple[Any, Any]]) -> set[str]:
    found: set[str] = set()
    negated = False
    for operation, argument in items:
        if operation is sre.NEGATE:
            negated = True
        elif operation is sre.LITERAL:
            found.add(chr(argument))
        elif operation is sre.RANGE:
            found |= {sign for sign in SAMPLE if argument[0] <= ord(sign) <= argument[1]}
        elif operation is sre.CATEGORY:
            found |= _in_category(argument)
    return set(SAMPLE) - found if negated else found


def _in_category(category: Any) -> set[str]:
    spaces = {sign for sign in SAMPLE if sign.isspace()}
    known = {sre.CATEGORY_SPACE: spaces, sre.CATEGORY_NOT_SPACE: set(SAMPLE) - spaces}
    return known.get(category, set(SAMPLE))

"""Removing credentials from texts of servers and libraries, which repeat keys and headers.

Only such texts are redacted, never the sentences of this package, because a token may be a word.
"""

from __future__ import annotations

import re
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any

from .errors import CounterfoilError, OutcomeUnknown, TransportError

SHORTEST = 5  # characters: a shorter secret is a placeholder, and part of ordinary words
MASK = "***"
Redact = Callable[[str], str]

_MARGIN = 4096  # characters of the longest credential with its escapes
_USER = re.compile(r"(?<=://)[^/\s@'\"]+@")
_SENT_BY_SERVERS = ("code", "field", "detail", "path", "request_id", "headers", "body")
_OUR_WORDS = re.compile(
    r"(?:no connection(?: in time)?|no answer in time|the time was up[^:]*|the transport failed"
    r"|the server wants another protocol, or says nothing|[A-Z]\w+)(?:: |\Z)"
)


def make_redactor(secrets: Iterable[str]) -> Redact:
    """Return a function that replaces each of `secrets` in a text with ***.

    It finds the secret itself, the secret as URLs, HTML and JSON escape it, and base64 of a text
    that contains it.
    """
    patterns: list[str] = []
    for secret in secrets:
        if len(secret) >= SHORTEST:
            patterns += _list_patterns(secret)
    if not patterns:
        return str
    longest_first = sorted(set(patterns), key=len, reverse=True)
    found = re.compile("|".join(longest_first))
    return lambda text: found.sub(MASK, text)


def redact_beginning(text: str, longest: int, redact: Redact) -> str:
    """Return the first `longest` characters of a text, redacted before it is cut."""
    window = text[: longest + 2 * _MARGIN]
    shown = redact(window)
    if len(window) < len(text):
        shown = shown[:-_MARGIN]  # where the window ends it may have cut a secret
    elif len(shown) <= longest:
        return shown
    return shown[:longest] + " ..."


def hide_user(text: str) -> str:
    """Return a text without the user names and passwords in its addresses."""
    return _USER.sub(f"{MASK}@", text)


def clean_error(error: BaseException, redact: Redact) -> None:
    """Remove credentials from an error, its causes and its contexts.

    Tracebacks are removed too. The frames of transports and of other libraries contain headers and
    addresses, which tools for local variables would show. An error that is raised again gets new
    frames from there on.
    """
    seen: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        one = waiting.pop()
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        one.__traceback__ = None
        if one.__suppress_context__ or one.__context__ is one.__cause__:
            one.__context__ = None
        if isinstance(one, CounterfoilError):
            _clean_own(one, redact)
        else:
            one.args = tuple(_clean_foreign(part, redact) for part in one.args)
            for name, part in list(vars(one).items()):
                vars(one)[name] = _clean_foreign(part, redact)
        waiting += [one.__cause__, one.__context__]


def _clean_own(error: CounterfoilError, redact: Redact) -> None:
    for name in _SENT_BY_SERVERS:
        value = getattr(error, name, None)
        if isinstance(value, str):
            setattr(error, name, redact(value))
        elif isinstance(value, dict):
            redacted = {key: redact(text) for key, text in value.items()}
            setattr(error, name, redacted)
    if isinstance(error, TransportError) and not isinstance(error, OutcomeUnknown):
        error.message = _clean_message(error.message, error.advice, redact)
    error.message = hide_user(error.message)
    if error.args:
        error.args = (error.message,)


def _clean_message(message: str, advice: str, redact: Redact) -> str:
    """Redact a transport's message, except this package's words at its start and its advice."""
    text = message.removesuffix(advice)
    ours = _OUR_WORDS.match(text)
    start = ours.end() if ours else 0
    redacted = text[:start] + redact(text[start:])
    return f"{redacted}{advice}" if text != message else redacted


def _clean_foreign(part: Any, redact: Redact) -> Any:
    """Return a value of another library's error, or its redacted text if it shows a credential."""
    shown = part if isinstance(part, str) else repr(part)
    clean = hide_user(redact(shown))
    return part if clean == shown else clean


def _list_patterns(secret: str) -> Iterator[str]:
    """Yield regular expressions for a secret and for its base64, which has three alignments."""
    yield "".join(map(_write_pattern, secret))
    content = secret.encode()
    for offset in range(3):
        shifted = bytes(offset) + content
        whole = len(shifted) * 8 // 6  # characters that depend on nothing that follows
        first = (0, 2, 3)[offset]  # the first one that depends on nothing before
        for encode in (b64encode, urlsafe_b64encode):
            core = encode(shifted).decode()[first:whole]
            yield "".join(map(_write_pattern, core)) + r"[A-Za-z0-9+/_-]{0,2}(?:=|%3[Dd]){0,2}"


def _write_pattern(character: str) -> str:
    """Return a regular expression for a character, plain or escaped."""
    if character.isascii() and character.isalnum():
        return character
    percents = "".join(f"%(?:25)*(?i:{byte:02x})" for byte in character.encode())
    units = character.encode("utf-16-be")
    escapes = "".join(rf"\\+u(?i:{units[at : at + 2].hex()})" for at in range(0, len(units), 2))
    numbers = (f"#0*{ord(character)};", f"#[xX]0*(?i:{ord(character):x});")
    entities = "|".join((*_list_entities().get(character, ()), *numbers))
    plain = rf"\\*{re.escape(character)}" + (r"|\+" if character == " " else "")
    return f"(?:{plain}|{percents}|{escapes}|&(?:amp;)*(?:{entities}))"


@cache
def _list_entities() -> dict[str, list[str]]:
    """Return the names of characters in HTML."""
    from html.entities import html5  # here, because only errors need it

    names: dict[str, list[str]] = {}
    for name, text in html5.items():
        if name.endswith(";"):
            names.setdefault(text, []).append(name)
    return names

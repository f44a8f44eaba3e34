"""Bodies of successful responses that are broken, unexpected or merely unusual."""

from __future__ import annotations

from counterfoil_core import DecodeError

from .behaviours import null_a_field, put_for, put_in
from .callers import READ
from .fault import READABLE, UNREADABLE, VALUE, Fault
from .server import answer
from .statuses import HTML

DIGITS = b"1" * 10_000

BODIES = [
    Fault("empty body", "Says 200 with nothing.", answer(b""), **UNREADABLE),
    Fault("empty object", "Says 200 with {}.", answer(b"{}"), **UNREADABLE),
    Fault("null", "Says 200 with null.", answer(b"null"), **UNREADABLE),
    Fault("an array", "Says 200 with [].", answer(b"[]"), **UNREADABLE),
    Fault(
        "truncated JSON",
        "Sends JSON that ends too early.",
        answer(lambda good: good[:-3]),
        **UNREADABLE,
    ),
    Fault("two answers", "Sends the JSON twice.", answer(lambda good: good * 2), **UNREADABLE),
    Fault(
        "200 with HTML",
        "Says 200 with a page of HTML.",
        answer(HTML, kind="text/html"),
        **UNREADABLE,
    ),
    Fault("wrong content type", "Calls the JSON text/html.", answer(kind="text/html"), **READABLE),
    Fault("no content type", "Does not say what it sends.", answer(kind=None), **READABLE),
    Fault(
        "invalid UTF-8",
        "Sends a text that is not UTF-8.",
        put_for(b'"', b'"\xff'),
        **UNREADABLE,
    ),
    Fault(
        "UTF-16",
        "Sends JSON in UTF-16.",
        answer(lambda good: good.decode().encode("utf-16")),
        **UNREADABLE,
    ),
    Fault(
        "byte order mark",
        "Begins the JSON with a byte order mark.",
        answer(lambda good: b"\xef\xbb\xbf" + good),
        **READABLE,
    ),
    Fault("NaN", "Sends NaN, which is not JSON.", put_in(b"NaN"), **UNREADABLE),
    Fault("Infinity", "Sends -Infinity, which is not JSON.", put_in(b"-Infinity"), **UNREADABLE),
    Fault(
        "NaN as money",
        'Sends "NaN" where an amount (or the id) belongs.',
        answer(lambda good: good.replace(b"12.50", b'"NaN"').replace(b"7}", b'"NaN"}')),
        safe=(DecodeError, 1),
        keyed=(VALUE, 1),
        never=(DecodeError, 1),
        read=READ,
    ),
    Fault(
        "10,000 digits",
        "Sends an amount (or an id) of 10,000 digits.",
        answer(lambda good: good.replace(b"12.50", DIGITS).replace(b"7}", DIGITS + b"}")),
        safe=(DecodeError, 1),
        keyed=(VALUE, 1),
        never=(DecodeError, 1),
        read=READ,
    ),
    Fault(
        "10,000 digits aside",
        "Sends 10,000 digits in a field that no model knows.",
        put_in(DIGITS),
        **READABLE,
    ),
    Fault(
        "nested 10,000 deep",
        "Nests a field that no model knows 10,000 deep.",
        put_in(b"[" * 10_000 + b"]" * 10_000),
        **UNREADABLE,
    ),
    Fault(
        "duplicate keys",
        "Sends every field twice; the last one counts.",
        answer(lambda good: good[:-1] + b", " + good[1:]),
        **READABLE,
    ),
    Fault(
        "unknown field",
        "Sends a field that no model knows.",
        put_in(b'{"a": [1, null]}'),
        **READABLE,
    ),
    Fault(
        "unknown enum value",
        "Sends a status that no enum knows.",
        put_for(b'"Sent"', b'"Framed"'),
        **READABLE,
        read=READ,
    ),
    Fault(
        "unknown union member",
        "Sends an answer that is neither a success nor a failure.",
        put_for(b'"ok"', b'"maybe"'),
        **UNREADABLE,
        read=READ,
    ),
    Fault(
        "null for a required field",
        "Sends null where a value is required.",
        answer(null_a_field),
        **UNREADABLE,
    ),
]

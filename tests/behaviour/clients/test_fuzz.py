"""Whatever a server sends, a call returns a value or raises CounterfoilError.

The documented responses are spoiled byte by byte.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from counterfoil_core import CounterfoilError
from counterfoil_core.codec import find_codec
from counterfoil_core.response import RawResponse
from counterfoil_core.settings import Settings

from tests.behaviour.clients.packages import Example, description, examples, operations

EXAMPLES = list(examples())
SCRAPS = [
    b'"NaN"',
    b"null",
    b"{",
    b"]",
    b"\xff",
    b"\\ud800",
    b"1e999",
    b"-",
    b'"',
    b"0" * 400,
    b"[" * 50,
    b"\x00",
    b"\xef\xbb\xbf",
]


def spoil(content: bytes, chance: random.Random) -> bytes:
    """Cut, repeat, overwrite or fill in a piece."""
    start, end = sorted(chance.choices(range(len(content) + 1), k=2))
    piece = chance.choice(
        [b"", content[start:end] * 2, chance.randbytes(min(end - start, 8)), chance.choice(SCRAPS)]
    )
    return content[:start] + piece + content[end:]


def spoiled(count: int, seed: int) -> Iterator[tuple[Example, RawResponse]]:
    chance = random.Random(seed)
    for _ in range(count):
        example = chance.choice(EXAMPLES)
        content = spoil(example.body.encode(), chance)
        status = chance.choice([example.status, 200, 400, 403, 404, 429, 500, 503, 302, 206])
        kind = chance.choice([example.media_type, "text/html", "application/problem+json", ""])
        yield (
            example,
            RawResponse(
                status=status,
                headers={"content-type": kind, "retry-after": chance.choice(["1", "x", "-9", ""])},
                content=content,
            ),
        )


def read_all(count: int, seed: int) -> dict[str, int]:
    """Read spoiled answers; return how many were values, and how many were which error."""
    seen: dict[str, int] = {}
    for example, reply in spoiled(count, seed):
        api = description(example.api)
        operation = operations(example.api)[example.operation]
        try:
            find_codec(api, operation).read(reply, Settings(api, {}, "http://sandbox"), 0.0)
            name = "value"
        except CounterfoilError as error:
            name = type(error).__name__
        seen[name] = seen.get(name, 0) + 1
    return seen


def test_a_thousand_spoiled_answers_give_values_or_our_errors() -> None:
    seen = read_all(1000, seed=1)

    assert sum(seen.values()) == 1000
    assert {"value", "DecodeError", "InvalidRequest", "ServerError", "RateLimited"} <= seen.keys()


@pytest.mark.soak
def test_a_million_spoiled_answers_give_values_or_our_errors() -> None:
    assert sum(read_all(1_000_000, seed=2).values()) == 1_000_000

"""A transport that records each request, byte for byte, and sends prepared responses."""

from __future__ import annotations

from typing import Any

import httpx2


class Wire:
    """Sends the same response to every request, or several in turn; `sent` has the requests."""

    def __init__(self, *answers: httpx2.Response) -> None:
        self.answers = list(answers)
        self.sent: list[httpx2.Request] = []

    @property
    def transport(self) -> httpx2.MockTransport:
        return httpx2.MockTransport(self._answer)

    @property
    def last(self) -> httpx2.Request:
        return self.sent[-1]

    def _answer(self, request: httpx2.Request) -> httpx2.Response:
        self.sent.append(request)
        if len(self.answers) > 1:
            return self.answers.pop(0)
        return self.answers[0]


def answer(value: Any = None, status: int = 200, **headers: str) -> httpx2.Response:
    """An answer with a JSON body, or an empty one."""
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    return (
        httpx2.Response(status, headers=named)
        if value is None
        else httpx2.Response(status, json=value, headers=named)
    )

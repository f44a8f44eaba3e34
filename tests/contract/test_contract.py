"""Every operation of every client against Prism, which validates requests by the spec alone."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx2
import pytest
from counterfoil_core import CounterfoilError

from tests.contract.calls import Call, calls
from tests.described_apis import DESCRIBED, NO_CREDENTIALS

pytestmark = pytest.mark.filterwarnings("ignore:replace is deprecated:DeprecationWarning")
CALLS = list(calls())
CREDENTIAL_HEADERS = {
    name for described in DESCRIBED.values() for name in described.credential_headers
}
SYNC_AND_ASYNC = pytest.mark.parametrize("is_async", [False, True], ids=["sync", "async"])


class Prism:
    """The way to a Prism that keeps the headers of its last answer."""

    def __init__(self, url: str, with_credentials: bool = True) -> None:
        self.url = url
        self.with_credentials = with_credentials
        self.headers = httpx2.Headers()
        self.status = 0

    def call(
        self, call: Call, arguments: dict[str, Any], is_async: bool, validate: bool = True
    ) -> Any:
        return (
            asyncio.run(self._call_async(call, arguments, validate))
            if is_async
            else self._call(call, arguments, validate)
        )

    def _call(self, call: Call, arguments: dict[str, Any], validate: bool) -> Any:
        with httpx2.Client(
            event_hooks={"request": [self._prepare], "response": [self._note]}
        ) as transport:
            client = call.client(False, base_url=self.url, transport=transport).with_options(
                validate=validate
            )
            return call.method(client)(**arguments)

    async def _call_async(self, call: Call, arguments: dict[str, Any], validate: bool) -> Any:
        async def prepare(request: httpx2.Request) -> None:
            self._prepare(request)

        async def note(response: httpx2.Response) -> None:
            self._note(response)

        async with httpx2.AsyncClient(
            event_hooks={"request": [prepare], "response": [note]}
        ) as transport:
            client = call.client(True, base_url=self.url, transport=transport).with_options(
                validate=validate
            )
            return await call.method(client)(**arguments)

    def _prepare(self, request: httpx2.Request) -> None:
        for name in () if self.with_credentials else CREDENTIAL_HEADERS & set(request.headers):
            del request.headers[name]

    def _note(self, response: httpx2.Response) -> None:
        self.headers = response.headers
        self.status = response.status_code

    @property
    def violations(self) -> str:
        return self.headers.get("sl-violations", "")


@SYNC_AND_ASYNC
@pytest.mark.parametrize("call", CALLS, ids=str)
def test_the_documented_call_breaks_no_rule_of_the_spec(
    call: Call, is_async: bool, prisms: dict[str, str]
) -> None:
    prism = Prism(prisms[call.api])

    response = prism.call(call, call.arguments, is_async)

    assert not prism.violations
    assert 200 <= response.status < 300


@SYNC_AND_ASYNC
@pytest.mark.parametrize("call", CALLS, ids=str)
def test_a_wrong_call_is_found(call: Call, is_async: bool, prisms: dict[str, str]) -> None:
    wrong = DESCRIBED[call.api].wrong[call.name]
    prism = Prism(prisms[call.api], with_credentials=wrong is not NO_CREDENTIALS)

    with pytest.raises(CounterfoilError):
        prism.call(
            call,
            call.arguments if wrong is NO_CREDENTIALS else {**call.arguments, **wrong},
            is_async,
            validate=False,
        )

    # If the spec documents a status for it, Prism sends our example and lists the violation in a
    # header; otherwise it sends its own 422.
    assert '"location":["request"' in prism.violations or prism.status in (401, 422)


def test_every_operation_is_called() -> None:
    wrong = {(api, name) for api, described in DESCRIBED.items() for name in described.wrong}

    assert {(call.api, call.name) for call in CALLS} == wrong

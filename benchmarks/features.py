"""What the SDKs of stripe and openai can do, found out by using them; docs/compared.md shows it.

`nox -s bench -- features` prints the table. A probe returns whether a feature is there. Nothing is
sent: transports answer in the process.
"""

from __future__ import annotations

import inspect
import json
import pickle
from collections.abc import Callable, Iterator
from contextlib import suppress
from decimal import Decimal
from importlib.metadata import version

import httpx
import openai
import stripe
from openai.types import Model
from stripe.params import InvoiceListParams
from typing_extensions import is_typeddict

Probe = Callable[[], bool]
AMOUNT = '{"amount": 10.10}'


def takes(function: Callable[..., object], *names: str) -> bool:
    """Return whether a function has parameters of these names."""
    return set(names) <= set(inspect.signature(function).parameters)


def pickles(value: object) -> bool:
    """Return whether a value comes back from pickle."""
    try:
        return bool(pickle.loads(pickle.dumps(value)) == value)  # noqa: S301 -- our own bytes
    except Exception:
        return False


def stripe_object(text: str) -> stripe.StripeObject:
    """Return an object as stripe makes it of a response."""
    return stripe.StripeObject.construct_from(json.loads(text), "key")


def openai_model(text: str) -> Model:
    """Return a model as openai makes it of a response."""
    answer = {"id": "a", "object": "model", "created": 1, "owned_by": "b", **json.loads(text)}
    transport = httpx.MockTransport(lambda request: httpx.Response(200, json=answer))
    with openai.OpenAI(api_key="k", http_client=httpx.Client(transport=transport)) as client:
        return client.models.retrieve("a")


def raises_without_key(make: Callable[[], object]) -> bool:
    """Return whether a client without a credential is refused when it is made."""
    try:
        make()
    except Exception:
        return True
    return False


class LateClient(stripe.HTTPClient):
    """A transport of stripe whose attempts all end by their timeout."""

    name = "late"
    attempts = 0

    def request(self, *_: object, **__: object) -> tuple[bytes, int, dict[str, str]]:
        self.attempts += 1
        raise stripe.APIConnectionError("late", should_retry=True)


def count_stripe_attempts() -> int:
    """Return how many attempts of a call each have the whole timeout."""
    transport = LateClient()
    client = stripe.StripeClient("key", http_client=transport, max_network_retries=1)
    with suppress(stripe.APIConnectionError):
        client.v1.invoices.list()
    return transport.attempts


def count_openai_attempts() -> int:
    """Return how many attempts of a call each have the whole timeout."""
    seen = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        raise httpx.ReadTimeout("late", request=request)

    http = httpx.Client(transport=httpx.MockTransport(answer))
    client = openai.OpenAI(api_key="k", http_client=http, max_retries=1, timeout=0.01)
    with suppress(openai.APITimeoutError):
        client.models.list()
    return len(seen)


CLIENT = openai.OpenAI.__init__
LIST = openai.resources.Models.list
FEATURES: dict[str, tuple[Probe, Probe]] = {
    "sync and async": (
        lambda: hasattr(stripe.InvoiceService, "list_async"),
        lambda: hasattr(openai, "AsyncOpenAI"),
    ),
    "amounts are decimals": (
        lambda: isinstance(stripe_object(AMOUNT)["amount"], Decimal),
        lambda: isinstance((openai_model(AMOUNT).model_extra or {})["amount"], Decimal),
    ),
    "typed dicts as arguments": (
        lambda: is_typeddict(InvoiceListParams),
        lambda: is_typeddict(openai.types.chat.ChatCompletionUserMessageParam),
    ),
    "models as dicts": (
        lambda: stripe_object(AMOUNT).to_dict() == {"amount": 10.1},
        lambda: openai_model(AMOUNT).to_dict()["amount"] == 10.1,
    ),
    "unknown fields are kept": (
        lambda: stripe_object('{"odd": 1}')["odd"] == 1,
        lambda: openai_model('{"odd": 1}').model_extra == {"odd": 1},
    ),
    "raw response": (
        lambda: hasattr(stripe.StripeObject, "last_response"),
        lambda: hasattr(openai.OpenAI, "with_raw_response"),
    ),
    "options of one call": (
        lambda: takes(stripe.InvoiceService.list, "options"),
        lambda: takes(LIST, "timeout", "extra_headers", "extra_query"),
    ),
    "headers of all calls": (
        lambda: takes(stripe.StripeClient.__init__, "default_headers"),
        lambda: takes(CLIENT, "default_headers"),
    ),
    "name of the app": (
        lambda: hasattr(stripe, "set_app_info"),
        lambda: takes(CLIENT, "app_info"),
    ),
    "number of attempts": (
        lambda: takes(stripe.StripeClient.__init__, "max_network_retries"),
        lambda: takes(CLIENT, "max_retries"),
    ),
    "one deadline for all attempts": (
        lambda: count_stripe_attempts() < 2,
        lambda: count_openai_attempts() < 2,
    ),
    "rate limit of the client's own": (
        lambda: takes(stripe.StripeClient.__init__, "rate_limit"),
        lambda: takes(CLIENT, "rate_limit"),
    ),
    "iteration over pages": (
        lambda: hasattr(stripe.ListObject, "auto_paging_iter"),
        lambda: hasattr(openai.pagination.SyncPage, "iter_pages"),
    ),
    "a cursor that can be stored": (
        lambda: hasattr(stripe.ListObject, "cursor"),
        lambda: hasattr(openai.pagination.SyncPage, "cursor"),
    ),
    "streamed downloads": (
        lambda: hasattr(stripe.QuoteService, "pdf"),
        lambda: hasattr(openai.OpenAI, "with_streaming_response"),
    ),
    "webhooks are verified": (
        lambda: hasattr(stripe.Webhook, "construct_event"),
        lambda: hasattr(openai.OpenAI(api_key="k").webhooks, "unwrap"),
    ),
    "requests outside of the description": (
        lambda: hasattr(stripe.StripeClient, "raw_request"),
        lambda: hasattr(openai.OpenAI, "post"),
    ),
    "a missing credential is refused when the client is made": (
        lambda: raises_without_key(lambda: stripe.StripeClient(None)),
        lambda: raises_without_key(lambda: openai.OpenAI(api_key=None)),
    ),
    "models pickle": (
        lambda: pickles(stripe_object(AMOUNT)),
        lambda: pickles(openai_model(AMOUNT)),
    ),
}


def report() -> Iterator[str]:
    """Yield the table of the peers, a line for each feature."""
    yield f"| | stripe {version('stripe')} | openai {version('openai')} |"
    yield "|---|---|---|"
    for name, probes in FEATURES.items():
        answers = ["yes" if probe() else "no" for probe in probes]
        yield f"| {name} | {' | '.join(answers)} |"

"""The recipe of docs/observability.md as an app uses it: spans show requests without secrets."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest
from counterfoil_core import ServerError
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode

from .clients import Way
from .fake_api import GET, INVOICE

PAGE = Path(__file__).parents[3] / "docs" / "observability.md"
EXPORTER = InMemorySpanExporter()


@pytest.fixture(scope="module")
def watch() -> Callable[[Any], None]:
    """The recipe's `watch`, in a process whose spans are kept in memory."""
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(EXPORTER))
    trace.set_tracer_provider(provider)
    [recipe] = re.findall(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL)
    world: dict[str, Any] = {}
    exec(compile(recipe, str(PAGE), "exec"), world)
    return world["watch"]  # type: ignore[no-any-return]


@pytest.fixture
def spans(watch: Callable[[Any], None]) -> Callable[[], list[Any]]:
    EXPORTER.clear()
    return lambda: list(EXPORTER.get_finished_spans())


def call_in_a_span(way: Way, client: Any) -> None:
    async def call() -> None:
        with tracer.start_as_current_span("import invoices"):
            await client.call(GET, {"organization": "acme", "id": "1"})

    tracer = trace.get_tracer("app")
    if way.is_async:
        way.runner.run(call())
        return
    with tracer.start_as_current_span("import invoices"):
        client.call(GET, {"organization": "acme", "id": "1"})


def test_a_retried_call_has_a_span_for_each_request_below_the_apps_own(
    way: Way, watch: Any, spans: Any
) -> None:
    responses = [
        httpx2.Response(503, text="busy"),
        httpx2.Response(200, content=INVOICE, headers={"x-request-id": "r-7"}),
    ]
    client = way.connect(lambda request: responses.pop(0))
    watch(client.hooks)
    call_in_a_span(way, client)

    first, second, own = spans()
    assert [first.name, second.name, own.name] == ["parcel-post invoices.get"] * 2 + [
        "import invoices"
    ]
    assert first.kind is SpanKind.CLIENT
    assert dict(first.attributes) == {
        "http.request.method": "GET",
        "url.full": "https://shop.eu.example/acme/invoices/1",
        "http.response.status_code": 503,
        "error.type": "503",
    }
    assert first.status.status_code is StatusCode.ERROR
    assert second.attributes["http.request.resend_count"] == 1
    assert second.attributes["counterfoil.request_id"] == "r-7"
    assert second.status.status_code is StatusCode.UNSET
    assert {first.parent.span_id, second.parent.span_id} == {own.context.span_id}


def test_a_request_that_was_lost_says_why(way: Way, watch: Any, spans: Any) -> None:
    def lose(request: httpx2.Request) -> httpx2.Response:
        raise httpx2.ReadError("reset by k-123")

    client = way.connect(lose, max_attempts=1)
    watch(client.hooks)
    with pytest.raises(Exception, match="reset"):
        way.call(client, GET, id="1")

    [span] = spans()
    assert span.attributes["error.type"] == "TransportError"
    assert "reset" in span.status.description
    assert "k-123" not in f"{span.to_json()}"


def test_a_hook_that_fails_changes_nothing(
    way: Way, watch: Any, spans: Any, caplog: pytest.LogCaptureFixture
) -> None:
    client = way.connect(httpx2.Response(503))
    watch(client.hooks)
    client.hooks.before_request = None  # so that `end` finds no span
    with pytest.raises(ServerError):
        way.call(client, GET, id="1")

    assert "a hook raised AttributeError" in caplog.text

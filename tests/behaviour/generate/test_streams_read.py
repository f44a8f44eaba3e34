"""Responses that are read while they arrive: from a spec to methods, files and events."""

from __future__ import annotations

import importlib
import inspect
from pathlib import Path
from typing import Any

import pytest
from counterfoil_core import NotFound

from tests.behaviour.generate.packages import (
    answer_with,
    describe,
    make_package,
    operation,
    parcels,
    refer,
    refusal,
    schemas,
)
from tests.behaviour.runtime.clients import Way
from tests.behaviour.runtime.echo_server import serve

EVENTS = "text/event-stream"
JSON = {"Content-Type": "application/json"}


@pytest.mark.parametrize("way", ["sync", "async"])
def test_a_file_is_saved_while_it_arrives(way: str, tmp_path: Path) -> None:
    document = parcels()
    answer_with(document, "application/pdf", {"type": "string"}, "abc")
    package = make_package(tmp_path, document)
    driver = Way(way)
    with driver.runner, serve() as echo:
        echo.answers += [(200, {}, b"%PDF" * 1000), (404, JSON, b'{"message": "no"}')]
        if way == "sync":
            with package.ParcelsClient(base_url=echo.url) as client:
                with client.with_streaming.parcels.list(max_attempts=1) as download:
                    assert download.save(tmp_path / "a.pdf") == 4000
                with pytest.raises(NotFound), client.with_streaming.parcels.list():
                    pass
        else:
            driver.runner.run(save_async(package, echo.url, tmp_path / "a.pdf"))
    assert (tmp_path / "a.pdf").read_bytes() == b"%PDF" * 1000


async def save_async(package: Any, url: str, path: Path) -> None:
    async with package.AsyncParcelsClient(base_url=url) as client:
        async with client.with_streaming.parcels.list() as download:
            assert await download.save(path) == 4000
        with pytest.raises(NotFound):
            async with client.with_streaming.parcels.list():
                pass


def test_an_api_without_files_has_no_streaming(tmp_path: Path) -> None:
    package = make_package(tmp_path, parcels())
    assert not hasattr(package.ParcelsClient, "with_streaming")


def watching() -> dict[str, Any]:
    document = parcels()
    schemas(document)["Tick"] = describe(
        type="object", required=["number"], properties={"number": describe(type="integer")}
    )
    answer_with(document, EVENTS, refer("Tick"), {"number": 1})
    return document


@pytest.mark.parametrize("way", ["sync", "async"])
def test_a_stream_is_iterated_event_by_event(way: str, tmp_path: Path) -> None:
    package = make_package(tmp_path, watching())
    body = b'event: tick\ndata: {"number": 1}\n\ndata: {"number": 2}\n\n'
    driver = Way(way)
    with driver.runner, serve() as echo:
        echo.answers.append((200, {"Content-Type": EVENTS}, body))
        if way == "sync":
            with (
                package.ParcelsClient(base_url=echo.url) as client,
                client.parcels.list(timeout=30) as events,
            ):
                found = [(event.event, event.data) for event in events]
        else:
            found = driver.runner.run(watch_async(package, echo.url))
        assert echo.received[0].headers["accept"] == EVENTS
    tick = package.Tick
    assert found == [("tick", tick(number=1)), ("message", tick(number=2))]


async def watch_async(package: Any, url: str) -> list[Any]:
    async with (
        package.AsyncParcelsClient(base_url=url) as client,
        client.parcels.list(timeout=30) as events,
    ):
        return [(event.event, event.data) async for event in events]


def test_a_method_of_a_stream_says_what_it_yields(tmp_path: Path) -> None:
    package = make_package(tmp_path, watching())
    resources = importlib.import_module(f"{package.__name__}.resources")
    returned = inspect.signature(resources.Parcels.list).return_annotation
    assert returned == "AbstractContextManager[EventStream[models.Tick]]"
    returned = inspect.signature(resources.AsyncParcels.list).return_annotation
    assert returned == "AbstractAsyncContextManager[AsyncEventStream[models.Tick]]"
    assert not hasattr(resources.ParcelsWithResponse(None), "list")


def test_a_stream_without_a_schema_has_texts(tmp_path: Path) -> None:
    document = parcels()
    answer_with(document, EVENTS, {"type": "string"}, "abc")
    package = make_package(tmp_path, document)
    resources = importlib.import_module(f"{package.__name__}.resources")
    returned = inspect.signature(resources.Parcels.list).return_annotation
    assert returned == "AbstractContextManager[EventStream[str]]"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({"result": "/number"}, "`result` is for a response that is read whole"),
        ({"result-header": "X-Tick"}, "`result-header` is for a response that is read whole"),
    ],
)
def test_a_stream_has_no_parts(words: dict[str, Any], told: str, tmp_path: Path) -> None:
    document = watching()
    operation(document)["x-counterfoil"] |= words
    header = {"X-Tick": {"schema": {"type": "string"}, "description": "The tick that it is."}}
    operation(document)["responses"]["200"]["headers"] = header
    assert told in refusal(tmp_path, document)

"""Paging by a flag, by the next page's URL and by the Link header: from a spec to the requests."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from counterfoil_core import CounterfoilError, DecodeError, InvalidRequest, PaginationLoop
from counterfoil_core.transports.protocol import (
    AsyncStreamedResponse,
    Request,
    StreamedResponse,
)

from tests.behaviour.generate.packages import (
    Document,
    answer_with,
    describe,
    make_package,
    operation,
    parcels,
    refer,
    refusal,
    schemas,
)

KEY = {"style": "token", "cursor": "after", "next": "/data/-1/id", "items": "/data"}
BY_FLAG = {**KEY, "has-more": "/has_more", "end": "has-more"}
BY_URL = {"style": "next-url", "next": "/next", "items": "/data"}
BY_LINK = {"style": "next-url", "next": "header Link", "items": "/data"}
SERVER = "https://parcels.example"


def make_document(paging: Document) -> Document:
    """A list of parcels that pages by `paging`."""
    document = parcels()
    schemas(document)["ParcelPage"] = {
        "type": "object",
        "description": "A page of parcels.",
        "required": ["data"],
        "properties": {
            "data": describe(type="array", items=refer("Parcel")),
            "has_more": describe(type="boolean"),
            "next": describe(type=["string", "null"]),
        },
    }
    example = {"data": [{"id": 1}], "has_more": False}
    answer_with(document, "application/json", refer("ParcelPage"), example)
    operation(document)["x-counterfoil"]["pagination"] = paging
    operation(document)["parameters"] = [
        {"name": "after", "in": "query", **describe(schema={"type": "integer"})},
        {"name": "limit", "in": "query", **describe(schema={"type": "integer"})},
        {"name": "X-Shop", "in": "header", **describe(schema={"type": "string"})},
    ]
    return document


class Server:
    """Answers requests one after the other, blocking and with asyncio."""

    def __init__(self, *pages: Document, links: tuple[str, ...] = ()) -> None:
        self.pages = list(pages)
        self.links = list(links)
        self.requests: list[Request] = []

    def answer(self, request: Request) -> tuple[dict[str, str], bytes]:
        self.requests.append(request)
        headers = {"content-type": "application/json"}
        if self.links and self.links[0]:
            headers["link"] = self.links[0]
        self.links = self.links[1:]
        return headers, json.dumps(self.pages.pop(0)).encode()

    def send(self, request: Request) -> StreamedResponse:
        headers, content = self.answer(request)
        return StreamedResponse(status=200, headers=headers, body=[content])

    def close(self) -> None:
        pass

    async def asend(self, request: Request) -> AsyncStreamedResponse:
        headers, content = self.answer(request)

        async def stream() -> AsyncIterator[bytes]:
            yield content

        return AsyncStreamedResponse(status=200, headers=headers, body=stream())

    async def aclose(self) -> None:
        pass

    @property
    def urls(self) -> list[str]:
        return [request.url.removeprefix(SERVER) for request in self.requests]


@pytest.fixture(scope="module", params=["sync", "async"])
def way(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def read_all(package: ModuleType, server: Server, way: str, **arguments: Any) -> list[int]:
    """Iterate over all parcels, and return their ids."""
    if way == "sync":
        client = package.ParcelsClient(transport=server, max_attempts=1)
        return [parcel.id for parcel in client.parcels.iterate(**arguments)]

    async def read() -> list[int]:
        client = package.AsyncParcelsClient(transport=server, max_attempts=1)
        return [parcel.id async for parcel in client.parcels.iterate(**arguments)]

    return asyncio.run(read())


def page(*ids: int, **fields: Any) -> Document:
    return {"data": [{"id": number} for number in ids], **fields}


@pytest.fixture(scope="module")
def flagged(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    return make_package(tmp_path_factory.mktemp("flag"), make_document(BY_FLAG))


@pytest.fixture(scope="module")
def chained(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    return make_package(tmp_path_factory.mktemp("url"), make_document(BY_URL))


@pytest.fixture(scope="module")
def linked(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    return make_package(tmp_path_factory.mktemp("link"), make_document(BY_LINK))


# has-more


def test_a_flag_ends_a_list_and_the_last_item_leads_on(flagged: ModuleType, way: str) -> None:
    server = Server(page(1, 2, has_more=True), page(3, has_more=False))

    assert read_all(flagged, server, way, limit=2) == [1, 2, 3]
    assert server.urls == ["/parcels?limit=2", "/parcels?after=2&limit=2"]


def test_without_the_flag_a_list_ends_at_an_empty_page(flagged: ModuleType, way: str) -> None:
    server = Server(page(1), page(2), page())

    assert read_all(flagged, server, way) == [1, 2]


def test_an_empty_page_that_is_not_the_last_is_an_error(flagged: ModuleType, way: str) -> None:
    server = Server(page(1, has_more=True), page(has_more=True))

    with pytest.raises(DecodeError, match="more pages follow, but the page has no items"):
        read_all(flagged, server, way)


def test_a_cursor_leads_to_the_page_after_the_last_item(flagged: ModuleType) -> None:
    server = Server(page(1, has_more=True))
    client = flagged.ParcelsClient(transport=server)
    first = next(iter(client.parcels.pages(limit=1)))
    server.pages = [page(2, has_more=False)]

    [last] = client.parcels.pages(limit=1, cursor=first.cursor)

    assert [parcel.id for parcel in last.items] == [2]
    assert last.cursor is None
    assert server.urls[-1] == "/parcels?after=1&limit=1"


def test_the_parameter_may_be_called_cursor(way: str, tmp_path: Path) -> None:
    document = make_document({**KEY, "cursor": "cursor", "end": "empty-page"})
    operation(document)["parameters"][0]["name"] = "cursor"
    package = make_package(tmp_path, document)
    server = Server(page(1), page(2), page())

    assert read_all(package, server, way) == [1, 2]
    assert server.urls == ["/parcels", "/parcels?cursor=1", "/parcels?cursor=2"]
    assert package.ParcelsClient(transport=Server(page(3))).parcels.list(cursor=2).data[0].id == 3


@pytest.mark.parametrize(
    ("paging", "pages", "urls"),
    [
        (
            {"style": "page", "cursor": "after", "items": "/data"},
            [page(1, has_more=True), page(has_more=True), page(2, has_more=False)],
            ["/parcels", "/parcels?after=2", "/parcels?after=3"],
        ),
        (
            {"style": "offset", "cursor": "after", "items": "/data"},
            [page(1, 2, has_more=True), page(3, has_more=False)],
            ["/parcels", "/parcels?after=2"],
        ),
    ],
)
def test_a_flag_ends_numbered_pages_and_offsets(
    paging: Document, pages: list[Document], urls: list[str], way: str, tmp_path: Path
) -> None:
    document = make_document({**paging, "has-more": "/has_more", "end": "has-more"})
    package = make_package(tmp_path, document)
    server = Server(*pages)
    expected = [parcel["id"] for one in pages for parcel in one["data"]]

    assert read_all(package, server, way) == expected
    assert server.urls == urls


# next-url


@pytest.mark.parametrize(
    ("link", "target"),
    [
        (f"{SERVER}/parcels?page=2", "/parcels?page=2"),
        ("https://PARCELS.example:443/v2/parcels?at=a%2Fb#top", "/v2/parcels?at=a%2Fb"),
        ("/parcels?page[number]=2&name=é b", "/parcels?page%5Bnumber%5D=2&name=%C3%A9%20b"),
        ("?page=2", "/parcels?page=2"),
        ("other/2", "/other/2"),
    ],
)
def test_the_next_page_is_requested_at_its_url(
    link: str, target: str, chained: ModuleType, way: str
) -> None:
    server = Server(page(1, next=link), page(2, next=None))

    assert read_all(chained, server, way, limit=1, x_shop="lamps") == [1, 2]
    assert server.urls == ["/parcels?limit=1", target]
    assert [request.headers["x-shop"] for request in server.requests] == ["lamps", "lamps"]


def test_a_relative_url_begins_at_the_page_that_has_it(chained: ModuleType, way: str) -> None:
    server = Server(page(1, next="/v2/parcels/a"), page(2, next="b"), page(3))

    assert read_all(chained, server, way) == [1, 2, 3]
    assert server.urls == ["/parcels", "/v2/parcels/a", "/v2/parcels/b"]


@pytest.mark.parametrize(
    "link",
    [
        "https://elsewhere.example/parcels?page=2",
        "http://parcels.example/parcels?page=2",
        "https://parcels.example:8443/parcels",
        "https://parcels.example@elsewhere.example/parcels",
        "//elsewhere.example/parcels",
        "https://parcels.example//elsewhere.example/parcels",
        "https://[/parcels",
        "file:///etc/passwd",
    ],
)
def test_a_page_at_another_server_is_not_requested(
    link: str, chained: ModuleType, way: str
) -> None:
    server = Server(page(1, next=link), page(2))

    with pytest.raises(DecodeError, match=r"is not on the server of https://parcels\.example"):
        read_all(chained, server, way)
    assert len(server.requests) == 1


def test_the_same_url_twice_is_a_loop(chained: ModuleType, way: str) -> None:
    server = Server(page(1, next="?page=2"), page(2, next="?page=2"))

    with pytest.raises(PaginationLoop, match=r"the cursor '/parcels\?page=2' twice"):
        read_all(chained, server, way)


def test_a_stored_url_is_followed_by_a_client_of_another_server(chained: ModuleType) -> None:
    first = chained.ParcelsClient(transport=Server(page(1, next="/parcels?page=2")))
    cursor = next(iter(first.parcels.pages())).cursor
    server = Server(page(2))
    other = chained.ParcelsClient(transport=server, base_url="https://mirror.example")

    [last] = other.parcels.pages(cursor=cursor)

    assert [parcel.id for parcel in last.items] == [2]
    assert server.requests[0].url == "https://mirror.example/parcels?page=2"


def test_a_damaged_url_in_a_cursor_is_refused(chained: ModuleType, flagged: ModuleType) -> None:
    from base64 import urlsafe_b64encode

    client = chained.ParcelsClient(transport=Server())
    for position in (7, "//elsewhere.example/", "parcels", "/a\nb"):
        parts = json.dumps(["parcels", "parcels.list", position, 1]).encode()
        cursor = urlsafe_b64encode(parts).decode()
        with pytest.raises(InvalidRequest, match="not sent: the cursor is damaged"):
            list(client.parcels.pages(cursor=cursor))


def test_an_unreadable_record_does_not_end_a_chain(chained: ModuleType) -> None:
    server = Server({"data": [{"id": 1}, {"id": "x"}], "next": "?page=2"}, page(3))
    client = chained.ParcelsClient(transport=server).with_options(keep_unreadable=True)

    pages = list(client.parcels.pages())

    assert [[parcel.id for parcel in one.items] for one in pages] == [[1], [3]]
    assert [len(one.unreadable) for one in pages] == [1, 0]


# the Link header


@pytest.mark.parametrize(
    "link",
    [
        '</parcels?page=2>; rel="next"',
        "</parcels?page=2>;rel=next",
        '<https://parcels.example/parcels?page=2>; title="a, b; c"; rel="prev NEXT"',
        '</parcels?page=9>; rel="last", </parcels?page=2>; rel="next", </parcels>; rel="first"',
    ],
)
def test_the_link_header_leads_to_the_next_page(link: str, linked: ModuleType, way: str) -> None:
    last = '</parcels>; rel="first", </parcels?page=1>; rel="prev"; title="next"'
    server = Server(page(1), page(2), links=(link, last))

    assert read_all(linked, server, way) == [1, 2]
    assert server.urls == ["/parcels", "/parcels?page=2"]


def test_a_link_to_another_server_is_not_followed(linked: ModuleType, way: str) -> None:
    server = Server(page(1), links=('<https://elsewhere.example/parcels>; rel="next"',))

    with pytest.raises(CounterfoilError, match=r"https://elsewhere\.example/parcels"):
        read_all(linked, server, way)
    assert len(server.requests) == 1


def test_an_unreadable_record_does_not_end_a_list_of_links(linked: ModuleType) -> None:
    broken = {"data": [{"id": "x"}]}
    server = Server(broken, page(3), links=('</parcels?page=2>; rel="next"',))
    client = linked.ParcelsClient(transport=server).with_options(keep_unreadable=True)

    pages = list(client.parcels.pages())

    assert [[parcel.id for parcel in one.items] for one in pages] == [[], [3]]


# lint


@pytest.mark.parametrize(
    ("paging", "message"),
    [
        ({**BY_FLAG, "has-more": "/next"}, "/next is not a boolean"),
        ({**BY_FLAG, "has-more": "/gone"}, "/gone leads nowhere in the answer"),
        ({**BY_FLAG, "next": "/data/-1/gone"}, "leads nowhere in the answer"),
        ({**BY_FLAG, "end": "no-next"}, "keyset paging does not end by no-next"),
        ({**KEY, "end": "has-more"}, "`end: has-more` needs `has-more`"),
        ({**KEY, "end": "empty-page", "has-more": "/has_more"}, "`has-more` is not used"),
        ({**KEY, "next": "header Link", "end": "no-next"}, "Write `style: next-url`"),
        ({"style": "next-url", "items": "/data"}, "does not say where the next page's next is"),
        ({**BY_URL, "next": "/has_more"}, "/has_more is bool, and a URL is a text"),
        ({**BY_URL, "cursor": "after"}, "next-url paging does not go by `cursor`"),
        ({"style": "token", "next": "/next", "items": "/data", "end": "no-next"}, "cursor"),
    ],
)
def test_words_that_do_not_fit_are_refused(paging: Document, message: str, tmp_path: Path) -> None:
    assert message in refusal(tmp_path, make_document(paging))

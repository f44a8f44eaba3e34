"""Fake platforms with the records and the clock of a test, behind a transport of a real client."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import parse_qs, unquote, urlsplit
from zoneinfo import ZoneInfo

import pytest
from counterfoil import Account, connect
from counterfoil_core import ConnectFailed, RateLimit
from counterfoil_core.transports.protocol import StreamedResponse

from tests.described_apis import INVOICES

SPECS = Path(__file__).parents[3] / "specs"
START = datetime(2026, 3, 20, 9, 30, tzinfo=UTC)
JSON = {"content-type": "application/json"}
FREE = RateLimit(requests=1_000_000, per=1.0, burst=1_000_000)
CLOCKED = ("slices", "pulling", "retrying", "sinks.sqlite")
Query = dict[str, str]
Body = dict[str, Any]
Answer = tuple[int, bytes]  # status and body
NOT_FOUND = json.dumps({"error": {"code": "OMS007", "message": "Order Not Found"}}).encode()


class Clock:
    """The time of a test. `error` is what this machine's clock is ahead of the true time by."""

    def __init__(self, now: datetime = START) -> None:
        self.true = now
        self.error = timedelta()

    def go(self, **span: float) -> None:
        self.true += timedelta(**span)

    def install(self, patch: pytest.MonkeyPatch) -> None:
        """Let counterfoil read this clock."""
        clock = self

        class Clocked(datetime):
            @classmethod
            def now(cls, tz: Any = None) -> datetime:
                return (clock.true + clock.error).astimezone(tz)

        for module in CLOCKED:
            patch.setattr(f"counterfoil.{module}.datetime", Clocked)
        patch.setattr("counterfoil_core.codec.datetime", Clocked)


@dataclass
class Stored:
    """A record of a platform."""

    key: str
    position: int  # in the order of creation
    created: datetime
    updated: datetime
    version: int = 1
    listed_at: datetime = START  # a search may show it later
    # The fields in which the record differs from the usual one.
    changes: dict[str, Any] = field(default_factory=dict)


class Platform:
    """The base of all platforms: records by key, and a transport that counts and may fail."""

    provider = ""
    settings: ClassVar[dict[str, str]] = {}
    about: ClassVar[dict[str, Any]] = {}
    key_field = ""
    tells_time = False

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.records: dict[str, Stored] = {}
        self.requests = 0
        self.count = 0
        self.fails_after: int | None = None
        self.before_answer: Callable[[int], object] = lambda number: None

    # what happens at the platform

    def insert(self, count: int = 1, *, late: timedelta = timedelta(), **changes: Any) -> list[str]:
        keys = []
        for _ in range(count):
            self.count += 1
            now = self.clock.true
            key = self.name_key(self.count)
            self.records[key] = Stored(key, self.count, now, now, 1, now + late, changes)
            keys.append(key)
        return keys

    def name_key(self, number: int) -> str:
        return f"K{number:05}"

    def update(self, key: str, **changes: Any) -> None:
        record = self.records[key]
        record.version += 1
        record.updated = self.clock.true
        record.changes = changes

    def delete(self, key: str) -> None:
        del self.records[key]

    # The client's view

    def account(self, **about: Any) -> Account:
        named = {"name": "shop", **self.about, **about}
        return Account(provider=self.provider, settings=self.settings, **named)

    def connect(self, account: Account) -> Any:
        return connect(account, transport=self, max_attempts=1, rate_limit=FREE)

    def send(self, request: Any) -> StreamedResponse:
        self.requests += 1
        if self.fails_after is not None and self.requests > self.fails_after:
            raise ConnectFailed("the line is dead")
        self.before_answer(self.requests)
        url = urlsplit(request.url)
        query = {name: values[0] for name, values in parse_qs(url.query).items()}
        body = json.loads(request.body) if request.body else {}
        status, content = self.answer(unquote(url.path), query, body)
        return StreamedResponse(status=status, headers={**JSON, **self.headers()}, body=[content])

    def headers(self) -> dict[str, str]:
        """What its answers have beside their type."""
        return {"date": format_datetime(self.clock.true, usegmt=True)} if self.tells_time else {}

    def close(self) -> None:
        """Nothing is open."""

    def answer(self, path: str, query: Query, body: Body) -> Answer:
        raise NotImplementedError

    def listed(self) -> list[Stored]:
        """The records that a search shows by now, in the order of creation."""
        found = [one for one in self.records.values() if one.listed_at <= self.clock.true]
        return sorted(found, key=lambda one: one.position)

    def spell(self, record: Stored) -> dict[str, Any]:
        raise NotImplementedError

    def write(self, record: Stored) -> dict[str, Any]:
        return {**self.spell(record), **record.changes}


def load(api: str, name: str) -> Any:
    return json.loads((SPECS / api / f"examples/{name}.json").read_text())


class Flow(Platform):
    provider = "flow"
    settings: ClassVar[dict[str, str]] = {"organization": "lantern-house", "token": "invented"}
    key_field = "key"
    usual = load("flow", "consumer_invoices.get.sparse.200")

    def spell(self, record: Stored) -> dict[str, Any]:
        told = {"id": record.key, "key": record.key, "number": record.key}
        return {
            **self.usual,
            **told,
            "date": record.created.isoformat(),
            "attributes": {"v": str(record.version)},
        }

    def answer(self, path: str, query: Query, body: Body) -> Answer:
        if path.endswith("/credit/memos"):
            return 200, b"[]"
        if not path.endswith("/consumer/invoices"):
            record = self.records.get(path.rpartition("/")[2])
            return (200, json.dumps(self.write(record)).encode()) if record else (404, b"")
        start = int(query.get("offset", 0))
        limit = int(query["limit"])
        return 200, json.dumps(
            [self.write(one) for one in self.listed()[start : start + limit]]
        ).encode()


class Open2bAdmin(Platform):
    provider = "open2b-admin"
    settings: ClassVar[dict[str, str]] = {"store": "shop.example.com", "key": "invented"}
    about: ClassVar[dict[str, Any]] = {"currency": "EUR", "time_zone": "Europe/Rome"}
    key_field = "id"
    zone = ZoneInfo("Europe/Rome")

    def name_key(self, number: int) -> str:
        return str(number)

    def place(self, moment: datetime) -> str:
        return f"{moment.astimezone(self.zone):%Y-%m-%d %H:%M:%S}"

    def spell(self, record: Stored) -> dict[str, Any]:
        times = {
            "creationTime": self.place(record.created),
            "updateTime": self.place(record.updated),
        }
        return {
            "id": record.position,
            "type": "Invoice",
            "number": record.key,
            "terms": f"v{record.version}",
            **times,
        }

    def answer(self, path: str, query: Query, body: Body) -> Answer:
        asked = body.get("conditions", {})
        found = [one for one in self.listed() if self.matches(one, asked)]
        page = [self.write(one) for one in found[: body["limit"]]]
        return 200, json.dumps({"status": "ok", "invoices": page}).encode()

    def matches(self, record: Stored, asked: dict[str, Any]) -> bool:
        updated = self.place(record.updated)
        return (
            asked.get("fromUpdateTime", "") <= updated <= asked.get("toUpdateTime", "9999")
            and record.position > asked.get("after", 0)
            and record.position in asked.get("ids", (record.position,))
        )


class Open2bStorefront(Platform):
    provider = "open2b-storefront"
    settings: ClassVar[dict[str, str]] = {"store": "shop.example.com", "customer_key": "invented"}
    about: ClassVar[dict[str, Any]] = {"currency": "EUR", "time_zone": "UTC"}
    key_field = "id"

    def name_key(self, number: int) -> str:
        return str(number)

    def spell(self, record: Stored) -> dict[str, Any]:
        day = f"{record.created:%Y-%m-%d}"
        return {
            "id": record.position,
            "type": "Invoice",
            "number": record.key,
            "terms": f"v{record.version}",
            "issueDate": day,
        }

    def answer(self, path: str, query: Query, body: Body) -> Answer:
        start = body.get("first", 0)
        found = self.listed()
        if "ids" in body.get("conditions", {}):
            found = [one for one in found if one.position in body["conditions"]["ids"]]
        page = [self.write(one) for one in found[start : start + body["limit"]]]
        return 200, json.dumps({"status": "ok", "invoices": page, "count": len(found)}).encode()


class Vtex(Platform):
    provider = "vtex"
    settings: ClassVar[dict[str, str]] = {
        "account": "lanterns",
        "app_key": "invented",
        "app_token": "invented",
    }
    about: ClassVar[dict[str, Any]] = {"reread": 0}  # of its own time only
    key_field = "orderId"
    # The total that it reports for a count.
    total: Callable[[int], int] = staticmethod(lambda count: count)
    cap = 100
    most_pages = 30

    def name_key(self, number: int) -> str:
        return f"{number:06}-01"

    def spell(self, record: Stored) -> dict[str, Any]:
        package = {
            "invoiceNumber": f"NF-{record.key}",
            "type": "Output",
            "invoiceValue": 1000,
            "issuanceDate": record.created.isoformat(),
        }
        return {"orderId": record.key, "packageAttachment": {"packages": [package]}}

    def answer(self, path: str, query: Query, body: Body) -> Answer:
        if not path.endswith("/orders"):
            record = self.records.get(path.rsplit("/", 1)[1])
            if record is None or record.changes.get("status") == 404:
                return 404, NOT_FOUND
            return 200, json.dumps(self.write(record)).encode()
        page = int(query.get("page", 1))
        size = min(self.cap, int(query["per_page"]))
        if page > self.most_pages:
            return 400, b'{"error": {"code": "OMS001", "message": "30 pages at most"}}'
        found = self.search(query)
        if query.get("orderBy", "").endswith(",desc"):
            found.reverse()
        part = found[(page - 1) * size : page * size]
        paging = {"total": self.total(len(found)), "pages": 1, "currentPage": page, "perPage": size}
        return 200, json.dumps(
            {"list": [self.summarize(one) for one in part], "paging": paging}
        ).encode()

    def summarize(self, record: Stored) -> dict[str, Any]:
        return {"orderId": record.key, **record.changes.get("summary", {})}

    def search(self, query: dict[str, str]) -> list[Stored]:
        span = query["f_invoicedDate"].removeprefix("invoicedDate:[").removesuffix("]")
        first, last = (datetime.fromisoformat(text) for text in span.split(" TO "))
        return [one for one in self.listed() if first <= cut(one.created) <= last]


def cut(moment: datetime) -> datetime:
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


class Amazon(Platform):
    provider = "amazon"
    settings: ClassVar[dict[str, str]] = {"restricted_data_token": "invented"}
    key_field = "purchaseOrderNumber"

    def spell(self, record: Stored) -> dict[str, Any]:
        return {"purchaseOrderNumber": record.key, "content": "JVBERi0="}

    def answer(self, path: str, query: Query, body: Body) -> Answer:
        after, before = (
            datetime.fromisoformat(query[name]) for name in ("createdAfter", "createdBefore")
        )
        found = [one for one in self.listed() if after < one.created < before]
        start = int(query.get("nextToken", 0))
        limit = int(query["limit"])
        payload: dict[str, Any] = {
            "customerInvoices": [self.write(one) for one in found[start : start + limit]]
        }
        if start + limit < len(found):
            payload["pagination"] = {"nextToken": str(start + limit)}
        return 200, json.dumps({"payload": payload}).encode()


PLATFORMS: dict[str, type[Platform]] = {
    one.provider: one for one in (Amazon, Flow, Open2bAdmin, Open2bStorefront, Vtex)
}
# Changes that a client cannot decode.
POISON = {api: dict([each.undecodable]) for api, each in INVOICES.items()}


def make(provider: str, clock: Clock) -> Platform:
    return copy.copy(PLATFORMS[provider](clock))


class Memory:
    """A sink of a user, with all that a sink may have: nothing but dictionaries."""

    def __init__(self) -> None:
        self.invoices: dict[Any, Any] = {}
        self.cursors: dict[str, bytes] = {}
        self.unreadable: dict[tuple[str, str], Any] = {}

    def find_cursor(self, account: str) -> bytes | None:
        return self.cursors.get(account)

    def store(self, account: str, invoices: Any, cursor: bytes) -> Any:
        from counterfoil import Written

        found = [(self.invoices.get(one.ref), one) for one in invoices]
        self.invoices |= {one.ref: one for one in invoices}
        self.cursors[account] = cursor
        new = sum(old is None for old, _ in found)
        same = sum(old == one for old, one in found)
        return Written(new=new, changed=len(invoices) - new - same, unchanged=same)

    def find_unreadable(self, account: str) -> list[Any]:
        return [one for (name, _), one in self.unreadable.items() if name == account]

    def update_unreadable(self, account: str, found: Any, gone: Any = ()) -> None:
        for one in gone:
            del self.unreadable[account, one.key]
        self.unreadable |= {(account, one.key): one for one in found}


def read_versions(invoices: Any) -> Iterator[tuple[str, str]]:
    """The key of each record that invoices were read from, and the version that they have."""
    for invoice in invoices:
        key = str(invoice.ref.key).partition("/")[0]
        notes = invoice.notes or ((invoice.attributes or {}).get("v", "1"),)
        yield key, str(notes[0]).removeprefix("v")

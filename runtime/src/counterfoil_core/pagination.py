"""Iteration over pages: the arguments for the next page and the cursor of a page. No I/O."""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Hashable, Mapping
from itertools import islice
from typing import Any, Generic, TypeVar

import msgspec
from msgspec import UNSET, Struct, structs

from .addresses import remove_parameters, replace_target, resolve_link
from .api import Operation, Pagination
from .codec import find_codec
from .decode import follow
from .errors import CounterfoilError, DecodeError, InvalidRequest, PaginationLoop
from .records import UnreadableRecord, list_raws, split_page
from .response import RawResponse
from .settings import Settings
from .type_information import decode

ItemT = TypeVar("ItemT")
Position = str | int
# New items shift the pages while they are read. Duplicates are looked for this many items back.
_MOST_KEYS = 10_000
_LINK = re.compile(r'<([^>]*)>((?:[^",]|"(?:[^"\\]|\\.)*")*)')
_TARGET = re.compile(r"/(?!/)[!-~]*")  # two slashes would begin a host
_RELATION = re.compile(r';\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,"]+))', re.IGNORECASE)
# New items can push one whole page back; a second stale page means the server ignores the cursor.
_MOST_STALE_PAGES = 1


class Page(Struct, Generic[ItemT], frozen=True, kw_only=True):
    """One page of items, and the cursor of the next page.

    `cursor` is a str that can be stored and passed to `pages(cursor=...)`; None on the last page.
    It is valid for its own operation only. The other arguments are not part of it and must be
    passed again. `unreadable` lists records that cannot be decoded; see
    `with_options(keep_unreadable=True)`. `raws` is the JSON of each item as the server sent it; see
    `with_options(keep_raw=True)`, without which it is empty.
    """

    items: list[ItemT]
    cursor: str | None
    unreadable: tuple[UnreadableRecord, ...] = ()
    raws: tuple[bytes, ...] = ()


class _Sealed(Struct, frozen=True, array_like=True):
    """The content of a cursor."""

    api: str
    operation: str
    position: Position
    given: int | None = None


class Pager(Generic[ItemT]):
    """One iteration over an operation's pages.

    `turn` returns the arguments of the next request, `accept` takes its result. If the server sends
    the URL of the next page, the request goes to `target`.
    """

    def __init__(
        self,
        settings: Settings,
        operation: Operation[Any],
        pagination: Pagination[Any, ItemT],
        arguments: Mapping[str, Any],
        cursor: str | None,
        max_pages: int | None,
        keeps_raw: bool = False,
    ) -> None:
        self._settings = settings
        self._keeps_raw = keeps_raw
        self._api = settings.api
        self._operation = operation
        self._codec = find_codec(self._api, operation)
        self._pagination = pagination
        self._arguments = _force(pagination, self._codec.build_models(arguments))
        self._position: Position | None = None
        self._given: int | None = None  # the number of items before the next page, if known
        if cursor is not None:
            self._position, self._given = self._open_cursor(cursor)
        self._seen: set[Position] = set()
        if self._position is not None:
            self._seen.add(self._position)
        self._keys: dict[Hashable, None] = {}  # an ordered set of the latest keys
        self._latest: list[ItemT] = []
        self._latest_raws: list[bytes] = []
        self._count = 0
        self._stale = 0
        self._left = max_pages
        self._ended = False

    @property
    def target(self) -> str | None:
        """Path and query of the next page, if the server named them; None for the first page."""
        if self._pagination.style != "next-url" or self._position is None:
            return None
        return str(self._position)

    def turn(self) -> dict[str, Any] | None:
        """Return the arguments that request the next page, or None after the last one.

        Raises InvalidRequest if the API limits the number of pages and more may follow.
        """
        if self._ended or self._left == 0:
            return None
        most = self._pagination.max_pages
        if most is not None and self._count >= most:
            problem = f"this API returns {most} pages at most, and more may follow"
            advice = "narrow the request, for instance to a shorter time span"
            raise self._name(InvalidRequest(f"{problem}: {advice}"))
        if self._position is None or self._pagination.style == "next-url":
            return self._arguments
        path = self._pagination.cursor
        return _place(self._arguments, path, self._position, self._pagination.model)

    def accept_records(self, failure: DecodeError) -> Page[ItemT]:
        """Decode a page that failed as a whole record by record, and advance.

        Raises `failure` again if the page around the records cannot be decoded or the position of
        the next page is unknown.
        """
        redact = self._settings.redact
        found = split_page(failure.content, self._api, self._operation, self._pagination, redact)
        if found is None:
            raise failure
        records = list(found.records)
        if self._pagination.style == "keyset":
            # The next request repeats the keyless records at the end. It gets past them once they
            # can be decoded.
            while records and records[-1] is None:
                records.pop()
            if not records:
                raise failure
        raw_response = RawResponse(
            status=failure.status or 200,
            headers={"content-type": "application/json"},
            content=found.content,
        )
        result = self._codec.read(raw_response, self._settings, 0.0)
        page = self.accept(result, records, link=failure.link, content=found.content)
        page = structs.replace(page, unreadable=found.unreadable)
        raws = [record.raw for record in found.unreadable]
        if not page.items and raws == self._latest_raws:
            raise self._make_loop_error("the server repeats a page that cannot be decoded")
        self._latest_raws = raws
        return page

    def accept(
        self,
        result: Any,
        records: list[Any] | None = None,
        *,
        link: str = "",
        content: bytes = b"",
    ) -> Page[ItemT]:
        """Take the items from a result and advance to the next page.

        `records` are all records of the page, if `result` lacks the undecodable ones. `link` is the
        response's Link header, `content` its body, from which the page gets its `raws` if they are
        wanted. Raises PaginationLoop if the server repeats a cursor or items, and DecodeError if
        the result is not a page, if the next page cannot be requested, or if it is at another
        origin.
        """
        received = self._find_items(result)
        everything: list[Any] = received if records is None else records
        fresh = self._drop_duplicates(received)
        if self._given is None:
            self._given = self._guess_given(len(everything))
        self._given += len(fresh) + len(everything) - len(received)
        raws = self._list_raws(content, received, fresh) if self._keeps_raw else ()
        position = self._find_next(result, everything, link)
        self._count += 1
        if self._left is not None:
            self._left -= 1
        self._ended = position is None
        if position is None:
            return Page(items=fresh, cursor=None, raws=raws)
        self._require_progress(position, received, fresh)
        self._seen.add(position)
        self._position = position
        cursor = self._seal_cursor(position, self._given)
        return Page(items=fresh, cursor=cursor, raws=raws)

    def _list_raws(
        self, content: bytes, received: list[ItemT], fresh: list[ItemT]
    ) -> tuple[bytes, ...]:
        """Return the JSON of the fresh items of a page."""
        raws = list_raws(content, self._operation, self._pagination)
        if len(fresh) == len(received):
            return raws
        ids = set(map(id, fresh))
        return tuple([raw for raw, item in zip(raws, received, strict=True) if id(item) in ids])

    def _find_items(self, result: object) -> list[ItemT]:
        """Return the items of a result.

        The list itself may be absent, which means an empty page; its container must be present.
        """
        path = self._pagination.items
        if follow(result, path[:-1]) is None:
            missing = ".".join(path[:-1])
            problem = f"{missing} is missing" if missing else "it is empty"
            place = f"$.{missing}" if missing else "$"
            raise self._name(DecodeError(f"the response is not a page: {problem}", path=place))
        return list(follow(result, path) or ())

    def _find_next(self, result: object, items: list[ItemT], link: str) -> Position | None:
        """Return the position of the next page, or None after the last one.

        A short page is not taken for the last one: servers cap page sizes, and hide rows from
        some users.
        """
        paging = self._pagination
        more = follow(result, paging.more) if paging.more else None
        if more is False:
            return None
        if paging.style == "next-url":
            return self._find_next_url(result, link)
        if paging.style == "token":
            token: Position | None = follow(result, paging.next)
            if more and not token:
                raise self._name(DecodeError("more pages follow, but the page has no token"))
            return token or None
        if not items and more and paging.style != "page":
            raise self._name(DecodeError("more pages follow, but the page has no items"))
        if not items and not more:
            return None
        if paging.end == "total" and follow(result, paging.total) == self._given:
            return None
        if paging.style == "keyset":
            key: Position | None = follow(items[-1], paging.next)
            if key is None:
                field = ".".join(paging.next)
                problem = f"the last item of a page lacks {field}, the key of the next page"
                raise self._name(DecodeError(problem))
            return key
        step = len(items) if paging.style == "offset" else 1
        return self._find_start() + step

    def _find_next_url(self, result: object, link: str) -> str | None:
        """Return path and query of the next page, from the result or the Link header."""
        if self._pagination.link_header:
            url = find_next_link(link)
        else:
            url = follow(result, self._pagination.next)
        if not url:
            return None
        # Only the origin matters and the base of a relative link, so nothing is validated again.
        first = self._codec.write(self._arguments, self._settings, validate=False).url
        current = first if self.target is None else replace_target(first, self.target)
        target = resolve_link(url, current)
        if target is None:
            place = self._settings.redact(url)
            server = self._settings.redact(current.partition("?")[0])
            problem = f"the next page, {place}, is not on the server of {server}"
            advice = "it was not requested, because credentials would be sent there"
            raise self._name(DecodeError(f"{problem}; {advice}"))
        # The server may repeat the credentials of the request, and cursors are stored.
        return remove_parameters(target, self._settings.list_credential_parameters())

    def _require_progress(
        self, position: Position, received: list[ItemT], fresh: list[ItemT]
    ) -> None:
        if position in self._seen:
            raise self._make_loop_error(f"the server returned the cursor {position!r} twice")
        is_stale = bool(received) and (not fresh or received == self._latest)
        self._latest = received
        self._stale = self._stale + 1 if is_stale else 0
        if self._stale > _MOST_STALE_PAGES:
            raise self._make_loop_error("the server repeats pages whose items were seen before")

    def _make_loop_error(self, problem: str) -> CounterfoilError:
        return self._name(PaginationLoop(f"{problem}. {PaginationLoop.advice}"))

    def _guess_given(self, size: int) -> int:
        """Return the number of items before the first page, assuming pages of equal size."""
        start = self._find_start()
        if self._pagination.style == "page":
            return (start - 1) * size
        return start if self._pagination.style == "offset" else 0

    def _find_start(self) -> int:
        """Return the offset, or the page number, of the page that was just received."""
        if isinstance(self._position, int):
            return self._position
        given = follow_arguments(self._arguments, self._pagination.cursor)
        if isinstance(given, int):
            return given
        return 0 if self._pagination.style == "offset" else 1

    def _drop_duplicates(self, items: list[ItemT]) -> list[ItemT]:
        """Remove items seen before, which recur if pages shift during the iteration."""
        if not self._pagination.key:
            return items
        fresh = []
        for item in items:
            key = follow(item, self._pagination.key)
            if key is None or key not in self._keys:
                fresh.append(item)
                self._keys[key] = None
        surplus = max(0, len(self._keys) - _MOST_KEYS)
        oldest = list(islice(self._keys, surplus))
        for key in oldest:
            del self._keys[key]
        return fresh

    def _seal_cursor(self, position: Position, given: int) -> str:
        parts = msgspec.json.encode([self._api.name, self._operation.name, position, given])
        return urlsafe_b64encode(parts).decode().rstrip("=")

    def _open_cursor(self, cursor: str) -> tuple[Position, int | None]:
        """Return the position in a cursor, and the number of items before it.

        Cursors of earlier versions lack the number.
        """
        try:
            padding = "=" * (-len(cursor) % 4)
            sealed = decode(urlsafe_b64decode(cursor + padding), _Sealed)
        except (ValueError, TypeError) as error:
            damaged = InvalidRequest("not sent: the cursor is damaged", field="cursor")
            raise self._name(damaged) from error
        if (sealed.api, sealed.operation) != (self._api.name, self._operation.name):
            owner = f"{sealed.api} {sealed.operation}"
            problem = f"not sent: the cursor belongs to {owner}"
            raise self._name(InvalidRequest(problem, field="cursor"))
        if self._pagination.style == "next-url" and not _is_target(sealed.position):
            raise self._name(InvalidRequest("not sent: the cursor is damaged", field="cursor"))
        return sealed.position, sealed.given

    def _name(self, error: CounterfoilError) -> CounterfoilError:
        error.provider = self._api.name
        error.operation = self._operation.name
        return error


def follow_arguments(arguments: Mapping[str, Any], path: tuple[str, ...]) -> Any:
    """Follow a path into a method's arguments. Returns None if it leads nowhere."""
    if not path:
        return None
    value = arguments.get(path[0])
    return None if value is UNSET else follow(value, path[1:])


def find_next_link(header: str) -> str | None:
    """Return the URL with the relation `next` in a Link header (RFC 8288)."""
    for url, parameters in _LINK.findall(header):
        relation = _RELATION.search(parameters)
        relations = (relation[1] or relation[2]).lower() if relation else ""
        if "next" in relations.split():
            return str(url)
    return None


def _is_target(position: Position) -> bool:
    return isinstance(position, str) and _TARGET.fullmatch(position) is not None


def _force(pagination: Pagination[Any, Any], arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments with the sort order and the selected field that paging requires."""
    forced = dict(arguments)
    if pagination.order is not None:
        name, order = pagination.order
        forced[name] = order
    if pagination.select is not None:
        name, value = pagination.select
        selected = forced.get(name)
        if selected and selected is not UNSET and value not in selected:
            forced[name] = [*selected, value]
    return forced


def _place(
    arguments: Mapping[str, Any], path: tuple[str, ...], value: Position, model: Any
) -> dict[str, Any]:
    """Return a copy of the arguments with the cursor set.

    The caller's own structs are not modified.
    """
    name, *rest = path
    if not rest:
        return {**arguments, name: value}
    holder = arguments.get(name, UNSET)
    if holder is UNSET or holder is None:
        holder = model()
    return {**arguments, name: _place_in(holder, rest, value)}


def _place_in(holder: Any, path: list[str], value: Position) -> Any:
    name, *rest = path
    inner = _place_in(getattr(holder, name), rest, value) if rest else value
    return structs.replace(holder, **{name: inner})

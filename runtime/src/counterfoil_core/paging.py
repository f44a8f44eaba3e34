"""Going from page to page: which arguments ask for the next page, and what a page's cursor is. No I/O."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Hashable, Mapping
from itertools import islice
from typing import Any, Generic, TypeVar

import msgspec
from msgspec import UNSET, Struct, structs

from .decode import follow
from .errors import CounterfoilError, DecodeError, InvalidRequest, PaginationLoop
from .operation import Api, Operation, Pagination

ItemT = TypeVar("ItemT")
Position = str | int
_MOST_KEYS = 10_000  # pages shift by what is new while they are read; further back nothing comes again
_MOST_STALE_PAGES = 1  # new items at the front can push one page back whole; two are a server that ignores the position


class Page(Struct, Generic[ItemT], frozen=True, kw_only=True):
    """The items of one page, and the cursor from which `pages(cursor=...)` goes on; None at the end.

    A cursor is a text that can be stored. It belongs to its operation; the other arguments are not in it and
    must be given again.
    """

    items: list[ItemT]
    cursor: str | None


class Pager(Generic[ItemT]):
    """One run through an operation's pages: `turn` says what to ask for, `accept` takes the answer."""

    def __init__(
        self,
        api: Api,
        operation: Operation[Any],
        pagination: Pagination[Any, ItemT],
        arguments: Mapping[str, Any],
        cursor: str | None,
        max_pages: int | None,
    ) -> None:
        self._api = api
        self._operation = operation
        self._pagination = pagination
        self._arguments = _force(pagination, arguments)
        self._position: Position | None = None if cursor is None else self._open_cursor(cursor)
        self._seen: set[Position] = set() if self._position is None else {self._position}
        self._keys: dict[Hashable, None] = {}  # the latest, in their order
        self._count = self._stale = 0
        self._left = max_pages
        self._ended = False

    def turn(self) -> dict[str, Any] | None:
        """The arguments that ask for the next page; None where there is none.

        Raises InvalidRequest where there is one, but the API gives no more: the request has to be narrowed.
        """
        if self._ended or self._left == 0:
            return None
        if self._pagination.max_pages is not None and self._count >= self._pagination.max_pages:
            said = f"this API gives {self._pagination.max_pages} pages at most, and there are more"
            raise self._name(InvalidRequest(f"{said}: narrow the request, for instance to a shorter span of time"))
        if self._position is None:
            return self._arguments
        return _place(self._arguments, self._pagination.cursor, self._position, self._pagination.model)

    def accept(self, result: Any) -> Page[ItemT]:
        """Take a result apart and move on.

        Raises PaginationLoop where the server hands out a cursor again, DecodeError where an item lacks the key
        by which to go on.
        """
        received: list[ItemT] = list(follow(result, self._pagination.items) or ())
        position = self._find_next(result, received)
        self._count += 1
        self._left = None if self._left is None else self._left - 1
        self._ended = position is None
        if position is not None:
            if position in self._seen:
                raise self._name(PaginationLoop(f"the server handed the cursor {position!r} out twice. {PaginationLoop.advice}"))
            self._seen.add(position)
            self._position = position
        cursor = None if position is None else self._seal_cursor(position)
        fresh = self._drop_duplicates(received)
        self._stale = 0 if fresh or not received else self._stale + 1
        if self._stale > _MOST_STALE_PAGES and position is not None:
            raise self._name(PaginationLoop(f"the server repeats pages whose items were seen before. {PaginationLoop.advice}"))
        return Page(items=fresh, cursor=cursor)

    def _find_next(self, result: Any, items: list[ItemT]) -> Position | None:
        paging = self._pagination
        if paging.style == "token":
            token: Position | None = follow(result, paging.next)
            return token or None
        if not items or self._is_last(result, items):
            return None
        if paging.style == "keyset":
            key: Position | None = follow(items[-1], paging.next)
            if key is None:
                raise self._name(DecodeError(f"the last item of a page lacks {'.'.join(paging.next)}, by which to go on"))
            return key
        return self._find_start() + (len(items) if paging.style == "offset" else 1)

    def _is_last(self, result: Any, items: list[ItemT]) -> bool:
        size = follow_arguments(self._arguments, self._pagination.size) or self._pagination.default_size
        if self._pagination.end == "short-page":
            return isinstance(size, int) and len(items) < size
        if self._pagination.end != "total":
            return False
        total = follow(result, self._pagination.total)
        before = self._find_start() if self._pagination.style == "offset" else (self._find_start() - 1) * (size or len(items))
        return isinstance(total, int) and before + len(items) >= total

    def _find_start(self) -> int:
        """Where the page that was just received began: an offset, or a page's number."""
        if isinstance(self._position, int):
            return self._position
        given = follow_arguments(self._arguments, self._pagination.cursor)
        return given if isinstance(given, int) else 0 if self._pagination.style == "offset" else 1

    def _drop_duplicates(self, items: list[ItemT]) -> list[ItemT]:
        """Where pages shift while they are read, an item can come twice."""
        if not self._pagination.key:
            return items
        fresh = []
        for item in items:
            key = follow(item, self._pagination.key)
            if key is None or key not in self._keys:
                fresh.append(item)
                self._keys[key] = None
        for key in list(islice(self._keys, max(0, len(self._keys) - _MOST_KEYS))):
            del self._keys[key]
        return fresh

    def _seal_cursor(self, position: Position) -> str:
        parts = msgspec.json.encode([self._api.name, self._operation.name, position])
        return urlsafe_b64encode(parts).decode().rstrip("=")

    def _open_cursor(self, cursor: str) -> Position:
        try:
            parts = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
            api, operation, position = msgspec.json.decode(parts, type=tuple[str, str, str | int])
        except (ValueError, TypeError) as error:
            raise self._name(InvalidRequest("not sent: the cursor is damaged", field="cursor")) from error
        if (api, operation) != (self._api.name, self._operation.name):
            raise self._name(InvalidRequest(f"not sent: the cursor belongs to {api} {operation}", field="cursor"))
        return position

    def _name(self, error: CounterfoilError) -> CounterfoilError:
        error.provider, error.operation = self._api.name, self._operation.name
        return error


def follow_arguments(arguments: Mapping[str, Any], path: tuple[str, ...]) -> Any:
    """What a path into a method's arguments leads to; None where nothing is there."""
    if not path:
        return None
    value = arguments.get(path[0])
    return None if value is UNSET else follow(value, path[1:])


def _force(pagination: Pagination[Any, Any], arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments with the order that paging needs, and with the field that it needs among those selected."""
    forced = dict(arguments)
    if pagination.order is not None:
        forced[pagination.order[0]] = pagination.order[1]
    if pagination.select is not None:
        name, value = pagination.select
        selected = forced.get(name)
        if selected and selected is not UNSET and value not in selected:
            forced[name] = [*selected, value]
    return forced


def _place(arguments: Mapping[str, Any], path: tuple[str, ...], value: Position, model: Any) -> dict[str, Any]:
    """A copy of the arguments with the cursor in its place; the caller's own structs stay as they are."""
    name, *rest = path
    if not rest:
        return {**arguments, name: value}
    holder = arguments.get(name, UNSET)
    if holder is UNSET or holder is None:
        holder = model()
    return {**arguments, name: _place_in(holder, rest, value)}


def _place_in(holder: Any, path: list[str], value: Position) -> Any:
    name, *rest = path
    return structs.replace(holder, **{name: _place_in(getattr(holder, name), rest, value) if rest else value})

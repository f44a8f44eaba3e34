"""The sync and async drivers of `Steps`: they perform the steps, and yield the batches."""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import Executor
from inspect import isawaitable
from typing import Any, TypeVar

from .cursors import Batch, Steps

ItemT = TypeVar("ItemT")
PAGES_AHEAD = 4  # pages to fetch in advance; a killed pull fetched them in vain


def run_steps(steps: Steps, ahead: Executor | None = None) -> Iterator[Batch]:
    """Perform the steps of a sync client, and yield their batches.

    If an executor `ahead` is passed, which must have exactly one thread, it fetches the next pages
    while a batch is processed.
    """
    fetched: dict[Iterator[Any], Iterator[Any]] = {}
    result: Any = None
    failure: Exception | None = None
    while (step := _advance(steps, result, failure)) is not None:
        result = failure = None
        if isinstance(step, Batch):
            yield step
        elif isinstance(step, Iterator):
            if ahead is not None:
                step = fetched.setdefault(step, _fetch_ahead(step, ahead))
            try:
                result = next(step, None)
            except Exception as error:
                failure = error
        else:
            result = step


async def run_steps_async(steps: Steps) -> AsyncIterator[Batch]:
    """Perform the steps of an async client, and yield their batches."""
    result: Any = None
    failure: Exception | None = None
    while (step := _advance(steps, result, failure)) is not None:
        result = failure = None
        if isinstance(step, Batch):
            yield step
            continue
        try:
            result = await _perform(step)
        except Exception as error:
            failure = error


def _advance(steps: Steps, result: Any, failure: Exception | None) -> Any:
    """Pass on the result or failure of a step, and return the next one; None at the end."""
    try:
        return steps.throw(failure) if failure else steps.send(result)
    except StopIteration:
        return None


async def _perform(step: object) -> object:
    """Return the result of a step: the next item of an iterator, or an awaited value."""
    if isinstance(step, AsyncIterator):
        return await anext(step, None)
    return await step if isawaitable(step) else step


def _fetch_ahead(items: Iterator[ItemT], executor: Executor) -> Iterator[ItemT]:
    """Yield the items of an iterator, while the next ones are fetched by the executor."""
    coming = deque(executor.submit(next, items, None) for _ in range(PAGES_AHEAD))
    try:
        while True:
            item = coming.popleft().result()
            if item is None:
                return
            coming.append(executor.submit(next, items, None))
            yield item
    finally:
        for future in coming:
            future.cancel()

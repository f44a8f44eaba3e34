"""The sync and the async driver, which perform the effects of a call."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from concurrent.futures import wait
from typing import TypeVar

from .effects import AwaitFuture, CallEffects, Send, Sleep
from .errors import CounterfoilError
from .response import RawResponse
from .transports.protocol import Request

ResultT = TypeVar("ResultT")


def run(
    effects: CallEffects[ResultT],
    send: Callable[[Request], RawResponse],
    sleep: Callable[[float], object],
) -> ResultT:
    """Perform a call's effects until it ends. Returns its result and raises its exceptions."""
    try:
        step = next(effects)
        while True:
            raw_response = None
            try:
                if isinstance(step, Send):
                    raw_response = send(step.request)
                elif isinstance(step, Sleep):
                    sleep(step.seconds)
                else:
                    wait([step.done], step.seconds)
            except CounterfoilError as fault:
                step = effects.throw(fault)
            else:
                step = effects.send(raw_response)
    except StopIteration as end:
        result: ResultT = end.value
        return result
    finally:  # also if the caller gives up: other calls may be waiting for this one
        effects.close()


async def run_async(
    effects: CallEffects[ResultT],
    send: Callable[[Request], Awaitable[RawResponse]],
    sleep: Callable[[float], Awaitable[object]],
) -> ResultT:
    """The async version of `run`."""
    try:
        step = next(effects)
        while True:
            raw_response = None
            try:
                if isinstance(step, Send):
                    raw_response = await send(step.request)
                elif isinstance(step, Sleep):
                    await sleep(step.seconds)
                else:
                    await _await_future(step)
            except CounterfoilError as fault:
                step = effects.throw(fault)
            else:
                step = effects.send(raw_response)
    except StopIteration as end:
        result: ResultT = end.value
        return result
    finally:  # also if the task is cancelled: other calls may be waiting for this one
        effects.close()


async def _await_future(step: AwaitFuture) -> None:
    from asyncio import wait, wrap_future

    # Unlike wait_for, wait does not cancel the future after the timeout.
    await wait([wrap_future(step.done)], timeout=step.seconds)

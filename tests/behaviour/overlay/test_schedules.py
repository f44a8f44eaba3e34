"""Random schedules of platforms, clocks and pulls: in the end store and platform agree.

Records are inserted, changed and deleted, also while a pull reads; pulls fail at any request;
records cannot be read for a while; clocks are wrong by less than the overlap; records are listed
late, within the overlap; `since` and `again` are passed at random.
"""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

import pytest
from counterfoil import pull

from .fake_platforms import PLATFORMS, POISON, START, Clock, Memory, Platform, make, read_versions

CHANGING = ("flow", "open2b-admin", "open2b-storefront")  # where a changed record is seen
MANY = 130  # records: more than a page


class Schedule:
    """A platform, a store, and things that happen to them, by chance."""

    def __init__(self, provider: str, seed: int, patch: pytest.MonkeyPatch) -> None:
        self.chance = random.Random(f"{provider} {seed}")
        self.clock = Clock()
        self.clock.install(patch)
        self.platform: Platform = make(provider, self.clock)
        self.sink = Memory()
        self.log: list[str] = []
        self.deleted: set[str] = set()
        if self.chance.random() < 0.15:
            self.platform.insert(MANY)
        self.clock.go(minutes=10)

    def happen(self) -> None:
        """Let something happen."""
        steps = [self.insert, self.change, self.delete, self.wait, self.wait, self.pull, self.fail]
        steps += [self.poison, self.pull_again, self.pull_while_it_changes]
        step = self.chance.choice(steps)
        self.log.append(f"{self.clock.true:%d %H:%M:%S} {step.__name__}")
        step()

    def insert(self) -> None:
        late = timedelta(seconds=self.chance.choice((0, 0, 20)))
        self.platform.insert(self.chance.choice((1, 1, 2, 5)), late=late)

    def pick(self) -> str | None:
        keys = list(self.platform.records)
        return self.chance.choice(keys) if keys else None

    def change(self) -> None:
        key = self.pick()
        if key and self.platform.provider in CHANGING:
            self.platform.update(key)

    def delete(self) -> None:
        key = self.pick()
        if key and self.platform.provider in ("open2b-admin", "vtex"):
            self.platform.delete(key)
            self.deleted.add(key)

    def poison(self) -> None:
        for key in self.platform.insert():
            self.platform.records[key].changes = POISON[self.platform.provider]

    def wait(self) -> None:
        self.clock.go(seconds=self.chance.choice((1, 30, 600, 3600, 40_000, 700_000)))
        self.clock.error = timedelta(seconds=self.chance.choice((0, 0, -40, 40)))

    def pull(self, **how: Any) -> Any:
        account = self.platform.account()
        since = START - timedelta(days=3)
        self.platform.requests = 0
        return pull(
            [account], **{"since": since, **how}, into=self.sink, connect=self.platform.connect
        )

    def pull_again(self) -> None:
        since = self.clock.true - timedelta(hours=self.chance.choice((1, 30)))
        if self.sink.cursors:
            self.pull(since=since, again=True)

    def fail(self) -> None:
        self.platform.fails_after = self.chance.choice((0, 1, 2, 4))
        self.pull()
        self.platform.fails_after = None

    def pull_while_it_changes(self) -> None:
        step = self.chance.choice((self.insert, self.change, self.delete))
        at = self.chance.choice((1, 2, 3))
        self.platform.before_answer = lambda number: step() if number == at else None
        self.pull()
        self.platform.before_answer = lambda number: None

    def finish(self) -> None:
        """All records can be read, nothing changes any more, and a last pull ends well."""
        for record in self.platform.records.values():
            if record.changes:
                self.platform.update(record.key)
        self.clock.error = timedelta()
        self.clock.go(minutes=10)
        result = self.pull().accounts[0]

        assert result.failure is None, self.log
        assert not result.unreadable, self.log
        assert not self.sink.unreadable, self.log
        held = {
            key: version
            for key, version in read_versions(self.sink.invoices.values())
            if key not in self.deleted
        }
        assert held == self.find_expected(), self.log

    def find_expected(self) -> dict[str, str]:
        changes = self.platform.provider in CHANGING
        return {
            one.key: str(one.version) if changes else "1" for one in self.platform.records.values()
        }


def run(provider: str, seeds: range, patch: pytest.MonkeyPatch) -> None:
    for seed in seeds:
        with patch.context() as own:
            schedule = Schedule(provider, seed, own)
            for _ in range(schedule.chance.choice((4, 8, 14))):
                schedule.happen()
            schedule.finish()


@pytest.mark.parametrize("provider", PLATFORMS)
def test_two_hundred_schedules_lose_nothing(provider: str, monkeypatch: pytest.MonkeyPatch) -> None:
    run(provider, range(200), monkeypatch)


@pytest.mark.soak
@pytest.mark.parametrize("provider", PLATFORMS)
def test_five_thousand_schedules_lose_nothing(
    provider: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(provider, range(200, 5200), monkeypatch)

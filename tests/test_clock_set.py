"""The clock of the machine is set, by hand or by NTP: the jobs beat on."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from apscheduler.schedulers import base
from structlog.testing import capture_logs

from booking import jobs
from booking.delivery.deliveries import Deliveries
from booking.jobs import Tick, running
from tests.given import SITE, World
from tests.outside import Provider

BEATS = 3


class Set(datetime):
    """The clock of the machine, which somebody sets."""

    by = timedelta()

    @classmethod
    def now(cls, tz=None):
        return datetime.now(tz) + cls.by


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("by", [timedelta(hours=-1), timedelta(hours=1), timedelta(days=-2), timedelta(days=2)])
async def test_the_jobs_beat_on_when_the_clock_is_set(world: World, monkeypatch, by: timedelta):
    beats: list[datetime] = []

    async def beat(_: object, now: datetime) -> int:
        beats.append(now)
        return 0

    monkeypatch.setattr(Set, "by", timedelta())
    for module in (base, jobs):
        monkeypatch.setattr(module, "datetime", Set)
    monkeypatch.setattr(jobs, "TICKS", [Tick("heart", 1, beat)])
    monkeypatch.setattr(jobs, "WAKE_SECONDS", 0.1)

    with capture_logs() as lines:
        async with running(world.db, Deliveries(Provider()), SITE), asyncio.timeout(20):
            await until_more_than(beats, BEATS)
            Set.by = by
            await until_more_than(beats, len(beats) + BEATS)

    assert [line["seconds"] for line in lines if line["event"] == "clock was set"] == [round(by.total_seconds())]
    assert beats[-1] - datetime.now(UTC) < timedelta(minutes=1)


async def until_more_than(beats: list[datetime], count: int) -> None:
    while len(beats) <= count:  # noqa: ASYNC110 - the beats come from a scheduler that knows nothing of tests
        await asyncio.sleep(0.05)

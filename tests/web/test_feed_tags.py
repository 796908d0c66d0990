"""A tag names one content: a calendar that changes while it is read is read again."""

from datetime import datetime

import pytest

from booking.services import feeds, scheduling
from booking.services.feeds import FeedState
from booking.services.kept_bodies import KeptBodies
from booking.storage.database import Database
from booking.web.feeds import _whole
from tests.given import NOW, SITE, World, in_days

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


async def test_a_calendar_that_changes_while_it_is_read_is_read_again(world: World) -> None:
    session = await world.session()
    around = {"calendars": KeptBodies(), "db": world.db, "site": SITE}
    asked = 0

    async def state_of(db: Database, now: datetime) -> FeedState:
        nonlocal asked
        asked += 1
        if asked == 2:
            known = {"because": "Grève", "by": world.manager, "site": SITE, "now": in_days(0, 1)}
            await scheduling.cancel(db, session.id, **known)  # type: ignore[arg-type]
        return await feeds.state(db, world.agency.slug, now=now)

    before = await state_of(world.db, NOW)
    state, body = await _whole(around, before, state_of, NOW)

    assert b"STATUS:CANCELLED" in body
    assert state.etag != before.etag
    assert state == await feeds.state(world.db, world.agency.slug, now=NOW)
    assert (around["calendars"].get(state.etag), around["calendars"].get(before.etag)) == (body, None)


async def test_a_calendar_asked_for_again_is_not_read_again(world: World) -> None:
    await world.session()
    around = {"calendars": KeptBodies(), "db": world.db, "site": SITE}
    asked = []

    async def state_of(db: Database, now: datetime) -> FeedState:
        asked.append(now)
        return await feeds.state(db, world.agency.slug, now=now)

    state = await state_of(world.db, NOW)
    _, first = await _whole(around, state, state_of, NOW)
    _, second = await _whole(around, state, state_of, NOW)

    assert first is second
    assert len(asked) == 2

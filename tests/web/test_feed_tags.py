"""A tag names one content: a calendar that changes while it is read is read again."""

from datetime import datetime

import pytest

from booking.domain.subscriptions import FeedKind, Subscription
from booking.services import feeds, scheduling
from booking.services.feeds import FeedState
from booking.services.kept_contents import KeptContents
from booking.storage.database import Database
from booking.web.feeds import _whole
from tests.given import NOW, SITE, World, in_days

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


async def test_a_calendar_that_changes_while_it_is_read_is_read_again(world: World) -> None:
    session = await world.session()
    around = {"calendars": KeptContents(), "db": world.db, "site": SITE}
    before = await feeds.state(world.db, world.agency.slug, now=NOW)
    await scheduling.cancel(world.db, session.id, because="Grève", by=world.manager, site=SITE, now=in_days(0, 1))

    async def state_of(db: Database, now: datetime) -> FeedState:
        return await feeds.state(db, world.agency.slug, now=now)

    state, body = await _whole(around, before, state_of, NOW)

    assert b"STATUS:CANCELLED" in body
    assert state == await feeds.state(world.db, world.agency.slug, now=NOW) != before
    assert around["calendars"].get(state.content_tag)
    assert around["calendars"].get(before.content_tag) is None


async def test_a_calendar_asked_for_again_costs_no_look_at_the_meetings(world: World) -> None:
    await world.session()
    around = {"calendars": KeptContents(), "db": world.db, "site": SITE}
    state = await feeds.state(world.db, world.agency.slug, now=NOW)
    whole = await _whole(around, state, feeds.state, NOW)

    assert await _whole(around | {"db": None}, state, feeds.state, NOW) == whole


async def test_two_who_follow_the_same_by_other_names_share_what_is_kept_and_no_tag(world: World) -> None:
    usual = {"owner_id": world.adviser.id, "kind": FeedKind.AGENCY, "scope_id": world.agency.id, "agency_id": None}
    names = ("Chez moi", "Au bureau")
    both = [Subscription(id=world.agency.id, name=name, created_at=NOW, **usual) for name in names]  # type: ignore[arg-type]

    one, other = [await feeds.followed(world.db, mine, now=NOW) for mine in both]

    assert one.content_tag == other.content_tag
    assert one.etag != other.etag


async def test_two_who_began_at_other_times_share_no_tag_either(world: World) -> None:
    usual = {"owner_id": world.adviser.id, "kind": FeedKind.AGENCY, "scope_id": world.agency.id, "agency_id": None}
    begun = (in_days(0, 1), in_days(0, 2))
    both = [Subscription(id=world.agency.id, name="Moi", created_at=at, **usual) for at in begun]  # type: ignore[arg-type]

    states = [await feeds.followed(world.db, mine, now=in_days(0, 3)) for mine in both]

    assert states[0].etag != states[1].etag
    bodies = [await feeds.text(world.db, state, site=SITE) for state in states]
    assert bodies[0] != bodies[1], "each says when it was changed"

"""What leaves when, seen beforehand: it is what the sender then does."""

from dataclasses import replace
from datetime import datetime, time

import pytest

from booking.delivery.deliveries import Deliveries
from booking.domain.errors import NotAllowed, NotFound
from booking.domain.job_seekers import Channel
from booking.domain.messages import MessageKind
from booking.domain.policies import DEFAULT
from booking.domain.reminder_rules import Rule
from booking.services import message_policies, previewing
from booking.services.previewing import Preview
from booking.services.sending import send_due
from tests.given import NOW, SITE, World, in_days, meeting
from tests.outside import Provider

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

MAIL, SMS = {"email": "awa@example.org"}, {"phone": "06 12 34 56 78"}
MACHINES = {Channel.EMAIL, Channel.SMS}


async def foreseen(world: World, session, person=None, *, by=None, machines=MACHINES) -> Preview:
    about = {"machines": machines, "site": SITE, "by": by or world.adviser, "now": NOW}
    return await previewing.of_session(world.db, session.id, person.id if person else None, **about)


def told(found: Preview) -> list[tuple[MessageKind, Channel | None, datetime]]:
    return [(one.message.kind, one.channel, one.leaves_at) for one in found.leaving]


async def test_each_message_has_its_time_its_way_and_its_first_words(world: World) -> None:
    session = await world.session()
    person = await world.job_seeker(**MAIL)
    await world.booked(session, person)

    found = await foreseen(world, session)

    assert [(kind, way) for kind, way, _ in told(found)] == [
        (MessageKind.CONFIRMATION, Channel.EMAIL),
        (MessageKind.REMINDER, Channel.EMAIL),
        (MessageKind.REMINDER, Channel.EMAIL),
    ]
    assert found.leaving[0].leaves_at == NOW
    assert all(world.workshop.title in one.opening and len(one.opening) <= 161 for one in found.leaving)


async def test_who_has_no_place_sees_what_would_leave(world: World) -> None:
    session, person = await world.session(), await world.job_seeker(**SMS)

    supposed = await foreseen(world, session, person)
    await world.booked(session, person)
    planned = await foreseen(world, session, person)

    assert (supposed.is_supposed, planned.is_supposed) == (True, False)
    assert not [one for one in planned.leaving if "http" in one.opening]
    assert told(supposed) == told(planned) and supposed.leaving[1].opening.startswith("Rappel. Atelier")


async def test_it_follows_the_rules_of_the_agency(world: World) -> None:
    policy = replace(DEFAULT, rules=(Rule(1, time(18)),), reminder=(Channel.SMS,))
    session, person = await world.session(), await world.job_seeker(**MAIL, **SMS)
    await message_policies.change(world.db, world.agency.id, None, policy, version=None, by=world.manager, now=NOW)

    _, reminder = (await foreseen(world, session, person)).leaving

    assert (reminder.message.rule, reminder.channel) == ("d1-1800", Channel.SMS)


async def test_what_would_reach_nobody_says_why(world: World) -> None:
    session, person = await world.session(), await world.job_seeker()

    _, *reminders = (await foreseen(world, session, person)).leaving

    assert {(one.channel, one.reason, one.opening) for one in reminders} == {(None, "on-paper-already", "")}


async def test_what_is_foreseen_is_what_leaves(world: World) -> None:
    session = await world.session(meeting(in_days(3)))
    await world.booked(session, await world.job_seeker(**MAIL))
    provider = Provider()

    found = await foreseen(world, session)
    for one in found.leaving:
        await send_due(world.db, Deliveries(provider), one.leaves_at, site=SITE)

    assert len(provider.taken) == len(found.leaving) == 2


async def test_others_people_and_drafts_stay_out_of_sight(world: World) -> None:
    session, there = await world.session(), await world.another_agency()
    await world.booked(session, await world.job_seeker(**MAIL))
    lucie = await world.staff(next(iter(world.adviser.roles))[1], there, "Lucie")
    draft = await world.draft(meeting(in_days(20)))

    assert (await foreseen(world, session, by=lucie)).leaving == []
    with pytest.raises(NotFound):
        await foreseen(world, draft)
    with pytest.raises(NotAllowed):
        await foreseen(world, session, by=world.facilitator)

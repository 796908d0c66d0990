"""Who calls the roll changes presence and nothing else; who books changes everything but presence."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import pytest

from booking.domain.attendance import Mark
from booking.domain.bookings import Booking, Party
from booking.domain.errors import NotAllowed
from booking.domain.job_seekers import JobSeeker
from booking.domain.sessions import Session
from booking.domain.staff import Role, Staff
from booking.services import (
    absentees,
    allowances,
    attendance,
    bookings,
    closing,
    confirmations,
    handouts,
    holds,
    job_seekers,
    making_up,
    recalls,
    rosters,
    signing_sheets,
    standing_marks,
    walk_ins,
)
from booking.services.job_seekers import PersonSaid
from booking.services.walk_ins import Coming
from tests.given import NOW, SITE, World, in_days, meeting

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
DAY = in_days(1, hour=1)
FACILITATOR, ASSISTANT, ADVISER, MANAGER = Role.FACILITATOR, Role.ASSISTANT, Role.ADVISER, Role.MANAGER
CALLS, LEADS, BOOKS = {FACILITATOR, ASSISTANT, MANAGER}, {FACILITATOR, MANAGER}, {ADVISER, MANAGER}


@dataclass(frozen=True)
class Scene:
    """A meeting that is on with somebody marked present, another session, and somebody new."""

    world: World
    session: Session
    booking: Booking
    later: Session
    person: JobSeeker

    @property
    def meeting_id(self):
        return self.session.meetings[0].id


Deed = Callable[[Scene, Staff], Awaitable[object]]
SAID = PersonSaid(first_name="Malika", last_name="Haddad")


def place(do: Callable[..., Awaitable[object]]) -> Deed:
    return lambda s, who: do(s.world.db, s.later.id, s.person.id, by=who, now=NOW)


DEEDS: dict[str, tuple[set[Role], Deed]] = {
    "read the roll": (CALLS, lambda s, who: rosters.call(s.world.db, s.meeting_id, by=who)),
    "ask how it stands": (CALLS, lambda s, who: standing_marks.of_meeting(s.world.db, s.meeting_id, by=who)),
    "mark": (
        CALLS,
        lambda s, who: attendance.mark(s.world.db, s.meeting_id, s.booking.id, Mark.LATE, by=who, now=DAY),
    ),
    "take a mark back": (
        CALLS,
        lambda s, who: attendance.mark(s.world.db, s.meeting_id, s.booking.id, None, by=who, now=DAY),
    ),
    "close the roll": (LEADS, lambda s, who: closing.close(s.world.db, s.meeting_id, by=who, now=DAY)),
    "print the sheet": (LEADS, lambda s, who: rosters.sheet(s.world.db, s.meeting_id, by=who)),
    "print the sheet as PDF": (
        LEADS,
        lambda s, who: signing_sheets.of_meeting(s.world.db, s.meeting_id, site=SITE, by=who),
    ),
    "find who comes": (LEADS, lambda s, who: walk_ins.search(s.world.db, s.meeting_id, "Haddad", by=who)),
    "seat who comes": (LEADS, lambda s, who: walk_ins.seat(s.world.db, s.meeting_id, s.person.id, Coming(who, DAY))),
    "write who comes": (
        LEADS,
        lambda s, who: walk_ins.seat_new(s.world.db, s.meeting_id, SAID, Coming(who, DAY), is_sure=True),
    ),
    "book": (BOOKS, place(bookings.book)),
    "hold": (BOOKS, place(holds.hold)),
    "put on the waitlist": (BOOKS, place(bookings.wait)),
    "move": (BOOKS, lambda s, who: bookings.move(s.world.db, s.booking.id, s.later.id, by=who, now=NOW)),
    "cancel": (
        BOOKS,
        lambda s, who: bookings.cancel(s.world.db, s.booking.id, party=Party.PERSON, by=who, now=NOW),
    ),
    "read a booking": (BOOKS, lambda s, who: confirmations.show(s.world.db, s.booking.id, by=who, now=DAY)),
    "certify": (BOOKS, lambda s, who: handouts.certificate(s.world.db, s.booking.id, by=who, now=DAY)),
    "offer what makes up": (BOOKS, lambda s, who: making_up.offers(s.world.db, s.booking.id, by=who, now=DAY)),
    "follow up absences": (BOOKS, lambda s, who: absentees.to_follow_up(s.world.db, by=who, now=DAY)),
    "say that somebody was called": (
        BOOKS,
        lambda s, who: recalls.recalled(s.world.db, s.booking.id, by=who, now=DAY),
    ),
    "look for people": (BOOKS, lambda s, who: job_seekers.search(s.world.db, "Haddad", by=who)),
    "open a person": (BOOKS, lambda s, who: job_seekers.show(s.world.db, s.person.id, by=who)),
    "add a person": (
        BOOKS,
        lambda s, who: job_seekers.register(s.world.db, s.world.agency.id, SAID, by=who, now=DAY),
    ),
    "change a person": (
        BOOKS,
        lambda s, who: job_seekers.change(s.world.db, s.person.id, SAID, by=who, now=DAY),
    ),
    "allow one more seat": (
        {MANAGER},
        lambda s, who: allowances.allow(s.world.db, s.later.id, 1, "une place de plus", by=who, now=NOW),
    ),
}


async def scene(world: World) -> Scene:
    session, later = await world.session(meeting(in_days(1))), await world.session(meeting(in_days(9)))
    booking = await world.booked(session)
    about = {"by": world.facilitator, "now": DAY}
    await attendance.mark(world.db, session.meetings[0].id, booking.id, Mark.ATTENDED, **about)
    return Scene(world, session, booking, later, await world.job_seeker("Ouedraogo"))


@pytest.mark.parametrize("deed", DEEDS)
async def test_a_deed_is_for_these_roles_and_for_no_other(world: World, deed: str) -> None:
    may, do = DEEDS[deed]
    zoe = await world.staff(ASSISTANT, world.agency, "Zoé")
    cast = {FACILITATOR: world.facilitator, ASSISTANT: zoe, ADVISER: world.adviser, MANAGER: world.manager}
    refused = await scene(world)

    for role in cast.keys() - may:
        with pytest.raises(NotAllowed):
            await do(refused, cast[role])
    for role in cast.keys() & may:
        await do(await scene(world), cast[role])


async def test_who_assists_reads_a_first_name_and_an_initial(world: World) -> None:
    found = await scene(world)
    zoe = await world.staff(ASSISTANT, world.agency, "Zoé")

    roll = await rosters.call(world.db, found.meeting_id, by=zoe)

    assert [(one.first_name, len(one.last_name)) for one in roll.expected] == [("Aïssatou", 2)]

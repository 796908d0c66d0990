"""Who follows which calendar in the invented world, and whose own calendar says when he is busy."""

from datetime import datetime, time, timedelta

from booking.demo.programme import ZONE
from booking.demo.world import DemoWorld
from booking.domain.external_calendars import ExternalCalendar
from booking.domain.identifiers import new_id
from booking.domain.staff import Staff
from booking.domain.subscriptions import Detail, FeedKind
from booking.services import external_calendars, own_invitations, subscriptions
from booking.services.calendar_copies import Copier
from booking.services.subscriptions import Wish
from calendars.zones import to_utc, today

DAY = timedelta(days=1)
# So many days from today, from when to when: time that a facilitator has given away already.
ELSEWHERE = ((9, time(9), time(12)), (16, time(14), time(17)), (30, time(9), time(17)))


async def follow(world: DemoWorld, now: datetime) -> None:
    """Some follow calendars; a facilitator has a calendar elsewhere, another wants invitations sent to his."""
    bastille = world.agencies[0].id
    adviser, manager, leader = (
        world.adviser_of(bastille),
        world.manager_of(bastille),
        world.facilitator_of(bastille),
    )
    for who, wish in (
        (adviser, Wish(kind=FeedKind.ADVISER, scope_id=adviser.id, name="Mes demandeurs d’emploi")),
        (adviser, Wish(kind=FeedKind.AGENCY, scope_id=bastille, name="Mon agence", hides_cancelled=True)),
        (
            manager,
            Wish(kind=FeedKind.ROOM, scope_id=world.rooms[0][0].id, name="Écran de la salle", detail=Detail.TITLE),
        ),
        (leader, Wish(kind=FeedKind.FACILITATOR, scope_id=leader.id, name="Mes ateliers")),
    ):
        await subscriptions.create(world.db, wish, by=who, now=now)
    await _keep_free(world, leader, now)
    invited = world.facilitator_of(world.agencies[2].id)
    await own_invitations.choose(world.db, f"{invited.sign_in_name}@demo.example", True, by=invited, now=now)


async def _keep_free(world: DemoWorld, leader: Staff, now: datetime) -> None:
    """A file from his own calendar; what is planned at these times already is left to decide."""
    calendar = ExternalCalendar(
        id=new_id(now),
        agency_id=world.agencies[0].id,
        staff_id=leader.id,
        name="Agenda personnel",
        created_by=leader.id,
        created_at=now,
    )
    content = _file(now)
    await external_calendars.add(world.db, Copier.usual(), calendar, by=leader, now=now, content=content)


def _file(now: datetime) -> bytes:
    first = today(now, ZONE)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//demo//FR"]
    for n, (ahead, begins, ends) in enumerate(ELSEWHERE):
        times = [f"{to_utc(first + ahead * DAY, at, ZONE):%Y%m%dT%H%M%SZ}" for at in (begins, ends)]
        lines += ["BEGIN:VEVENT", f"UID:{n}@demo.example", f"DTSTAMP:{now:%Y%m%dT%H%M%SZ}"]
        lines += [f"DTSTART:{times[0]}", f"DTEND:{times[1]}", "SUMMARY:Rendez-vous", "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()

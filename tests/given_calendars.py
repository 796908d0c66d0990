"""Three agencies on three clocks with all that is hard to read in a calendar, and what their rows say of it."""

from collections.abc import Sequence
from datetime import datetime
from itertools import chain
from operator import attrgetter
from uuid import UUID

from sqlalchemy import and_, func, select

from booking.domain.agencies import Agency
from booking.domain.sessions import SessionState
from booking.domain.staff import Role, Staff
from booking.domain.subscriptions import FeedKind
from booking.domain.workshops import Level
from booking.services import scheduling, subscriptions
from booking.services.subscriptions import Wish
from booking.storage import agencies
from booking.storage.tables import meetings, rooms, sessions, workshops
from calendars.feeds import window
from calendars.zones import today
from tests.calendars.given import utc
from tests.calendars.readers import Found
from tests.given import NOW, SITE, World, a_workshop, in_days, meeting

LEVELS = {Level.BEGINNER: "débutant", Level.INTERMEDIATE: "intermédiaire", Level.ADVANCED: "avancé"}
# When the clocks of Grenoble and of Saint-Pierre change within the coming year: before, in, and after each edge.
EDGES = {
    "Europe/Paris": [
        utc(2026, 10, 24, 22),  # the first instant of a day of 25 hours
        utc(2026, 10, 24, 23),
        utc(2026, 10, 25, 0, 30),  # half past two, for the first time
        utc(2026, 10, 25, 1, 30),  # and for the second
        utc(2026, 10, 25, 2, 30),
        utc(2027, 3, 28, 0, 30),
        utc(2027, 3, 28, 1),  # the hour from two to three is skipped
        utc(2027, 3, 28, 8),
    ],
    "America/Miquelon": [
        utc(2026, 11, 1, 3, 30),
        utc(2026, 11, 1, 4, 30),
        utc(2026, 11, 1, 13),
        utc(2027, 3, 14, 4, 30),
        utc(2027, 3, 14, 5),
    ],
    "Indian/Reunion": [utc(2026, 10, 25, 0, 30), utc(2026, 12, 31, 19), utc(2027, 3, 28, 1)],
}
WORDS = [
    {
        "title": "Créer, gérer; « partager » : sa boîte \\ mail",
        "to_bring": r"C:\photos\Noël, un stylo; du papier",
    },
    {"title": "Numérique " * 11 + "éé", "objectives": "Écrire,\ncompter;\n\nlire " + "é" * 300},
    {
        "title": "👩🏽‍💻 Emploi 🇫🇷, " * 6 + "👨‍👩‍👧",
        "theme": "Emploi; divers",
        "objectives": "🖥️" * 100,
        "level": Level.ADVANCED,
    },
    {"title": "مرحبا بكم في الورشة", "level": Level.INTERMEDIATE, "objectives": "e\u0301" * 80},
]


async def three_agencies(world: World) -> list[Agency]:
    """Grenoble, Saint-Pierre and Saint-Denis, each with meetings on the edges of its clock, a cycle, strange words,
    one session that was cancelled and one that lies outside what calendars show.
    """
    manager = await world.staff(Role.ADMINISTRATOR, None, "Odile")
    overseas = {"commune": "Saint-Pierre", "postcode": "97500", "address": "8, rue de l'Île-aux-Marins"}
    pierre = await world.another_agency("Saint-Pierre", department="975", time_zone="America/Miquelon", **overseas)
    denis = await world.another_agency("Saint-Denis", department="974", time_zone="Indian/Reunion")
    taught = [a_workshop(**said) for said in WORDS]
    for workshop in taught:
        await scheduling.add_workshop(world.db, workshop, by=world.manager, now=NOW)
    for agency in (world.agency, pierre, denis):
        await _filled(world, agency, [workshop.id for workshop in taught], manager)
    return [world.agency, pierre, denis]


async def _filled(world: World, agency: Agency, taught: Sequence[UUID], by: Staff) -> None:
    there = {"agency_id": agency.id, "by": by, "overridden_because": "Nuit du numérique"}
    for start in EDGES[agency.time_zone]:
        await world.session(meeting(start, hours=1), **there)
    for n, workshop_id in enumerate(taught):
        await world.session(meeting(in_days(20 + n)), workshop_id=workshop_id, **there)
    await world.session(*(meeting(in_days(30 + 7 * n), hours=3) for n in range(6)), workshop_id=taught[0], **there)
    await world.session(meeting(in_days(410)), **there)
    await world.draft(meeting(in_days(40)), **there)
    over = await world.session(meeting(in_days(50)), meeting(in_days(51)), workshop_id=taught[2], **there)
    await scheduling.cancel(world.db, over.id, because="Panne", by=by, site=SITE, now=in_days(0, 1))


async def served_with_rows(world: World) -> dict[str, list[Found]]:
    """The address of each agency's calendar, and of a secret one of the whole network, with what its rows say."""
    oriane, said = await world.staff(Role.ADMINISTRATOR, None, "Oriane"), {}
    for agency in await three_agencies(world):
        shown = window(today(NOW, agency.time_zone), agency.time_zone)
        said[f"/ical/agences/{agency.slug}/ateliers.ics"] = await rows(world, agency, *shown)
    together = sorted(chain.from_iterable(said.values()), key=attrgetter("start", "uid"))
    issued = await subscriptions.create(world.db, Wish(kind=FeedKind.NETWORK), by=oriane, now=NOW)
    return said | {f"/ical/{issued.token}/ateliers.ics": together}


async def rows(world: World, agency: Agency, ends_after: datetime, starts_before: datetime) -> list[Found]:
    """What the rows of the database say that a calendar of this agency must say, by start and identifier."""
    cycle = select(meetings.c.session_id, func.count().label("count")).group_by(meetings.c.session_id).subquery()
    found = (
        select(meetings, sessions.c.state, workshops, rooms.c.name.label("room"), cycle.c.count)
        .join(sessions, sessions.c.id == meetings.c.session_id)
        .join(workshops, workshops.c.id == sessions.c.workshop_id)
        .join(cycle, cycle.c.session_id == sessions.c.id)
        .join(rooms, rooms.c.id == meetings.c.room_id, isouter=True)
        .where(and_(sessions.c.agency_id == agency.id, sessions.c.state != SessionState.DRAFT))
        .where(and_(meetings.c.ends_at > ends_after, meetings.c.starts_at < starts_before))
        .order_by(meetings.c.starts_at, meetings.c.id)
    )
    async with world.db.reading() as tx:
        (shown,) = await agencies.some(tx, {agency.id})
        return [_said(row, shown) for row in await tx.rows(found)]


def _said(row, agency: Agency) -> Found:
    is_cancelled = row.state == SessionState.CANCELLED
    bring = [f"À apporter : {row.to_bring}"] if row.to_bring else []
    page = f"{SITE.url}/agences/{agency.slug}"
    told = [*filter(None, [row.objectives]), f"Niveau : {LEVELS[row.level]}", *bring, page]
    return Found(
        start=row.starts_at,
        end=row.ends_at,
        uid=f"{row.id}@{SITE.domain}",
        summary=("ANNULÉ – " if is_cancelled else "")
        + row.title
        + (f" – séance {row.position}/{row.count}" if row.count > 1 else ""),
        description="\n".join(told),
        location=", ".join(filter(None, [row.room, agency.place])),
        status="CANCELLED" if is_cancelled else "CONFIRMED",
        sequence=row.sequence,
    )

"""What is asked in an office, as requests: pages, calendars, and seats given up for which somebody waits."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice, repeat
from uuid import UUID, uuid4

from sqlalchemy import delete, select

from booking.services import bookings
from booking.services.reconciling import reconcile
from booking.storage import tables
from booking.storage.database import Database
from tests.benchmarks.bookings import Office
from tests.benchmarks.clients import request
from tests.benchmarks.feeds import FEED, _got
from tests.benchmarks.towns import Town, a_session, add_sessions
from tests.given import World

SEATS = 40
A_DAY = (timedelta(days=21), timedelta(days=22))


@dataclass(frozen=True)
class Day:
    """Whose page, which roll, and the seats to be given up."""

    world: World
    token: str
    person: UUID
    meeting: UUID
    seated: list[UUID]

    @classmethod
    async def of(cls, db: Database, world: World, town: Town, many: int) -> "Day":
        """So many seats in full sessions, with as many who wait; a roll of the week before, and somebody on it."""
        m, times = tables.meetings.c, tables.job_seeker_times.c
        now = datetime.now(UTC)
        held = select(m.id).where(m.agency_id == world.agency.id, m.starts_at < now).order_by(m.starts_at.desc())
        async with db.reading() as tx:
            meeting = await tx.value(held.limit(1))
            person = await tx.value(select(times.job_seeker_id).where(times.meeting_id == meeting).limit(1))
        seated = [one for n in range(many // SEATS + 1) for one in await _full(db, world, town, n, now)]
        return cls(world, town.tokens[0], person, meeting, seated)

    def looked_at(self, office: Office) -> dict[str, Iterator[bytes]]:
        """By the name of each way, in the order of a morning."""
        cookie = office.town.cookie
        pages = {
            "home page": "/",
            "placing page": f"/placer?personne={self.person}",
            "page of a person": f"/personnes/{self.person}",
            "roll": f"/presence/{self.meeting}",
            "month of an agenda": f"/sessions?vue=mois&mois={datetime.now(UTC):%Y-%m}",
            "figures of an agency": "/statistiques",
        }
        search = f"/api/v1/sessions?agency={self.world.agency.id}&with_room=true&limit=20"
        return {
            "seats searched by a program": self.again(request("GET", search, self.token)),
            **{name: self.again(request("GET", path, Cookie=cookie)) for name, path in pages.items()},
            "calendar kept": self.calendar(),
        }

    async def unchanged(self, office: Office) -> Iterator[bytes]:
        """Who asks for the calendar that he has."""
        tag = (await _got(office, FEED)).headers["etag"]
        return self.again(request("GET", FEED, If_None_Match=tag))

    def calendar(self) -> Iterator[bytes]:
        """The whole of it."""
        return self.again(request("GET", FEED))

    def cancellations(self) -> Iterator[bytes]:
        """Each seat once."""
        body = json.dumps({"party": "person"}).encode()
        for token, seat in zip(cycle([self.token]), self.seated, strict=False):
            yield request("POST", f"/api/v1/bookings/{seat}/cancellation", token, body, Idempotency_Key=uuid4().hex)

    @staticmethod
    def again(asked: bytes) -> Iterator[bytes]:
        """The same for ever."""
        return repeat(asked)


async def _full(db: Database, world: World, town: Town, n: int, now: datetime) -> list[UUID]:
    """The seats of a session that is full, for each of which somebody waits."""
    session = replace(a_session(world, 310 + n, now), capacity=SEATS)
    await add_sessions(db, [session])
    people = list(islice(town.people, 2 * SEATS))
    known = {"by": world.adviser, "now": now}
    seated = [(await bookings.book(db, session.id, one, **known)).booking.id for one in people[:SEATS]]
    for one in people[SEATS:]:
        await bookings.wait(db, session.id, one, **known)
    return seated


async def planned_anew(db: Database, now: datetime) -> int:
    """The reminders of the sessions of one day, found missing by who reconciles; returns how many there were."""
    begins, ends = (now + day for day in A_DAY)
    s, m = tables.sessions.c, tables.messages
    that_day = select(s.id).where(s.starts_at >= begins, s.starts_at < ends)
    async with db.transaction() as tx:
        await tx.run(delete(m).where(m.c.session_id.in_(that_day), m.c.state == "planned"))
    return (await reconcile(db, now)).missing

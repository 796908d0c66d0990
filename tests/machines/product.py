"""The same deeds on the product, each answered with one word; and what its tables say afterwards."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from booking.domain.bookings import Party
from booking.domain.errors import Refused
from booking.domain.staff import Staff
from booking.services import bookings, contingents, groups, holds, lapsing, releasing, scheduling, waits
from booking.storage import tables as t
from booking.storage.database import Database, Tx
from tests.given import SITE


@dataclass
class Product:
    """Who asks, and when."""

    db: Database
    by: Staff
    now: datetime

    async def attempt(self, deed: str, *what: Any) -> str:
        """What came of it, or the code of the refusal."""
        try:
            return await getattr(self, deed)(*what)
        except Refused as refusal:
            return refusal.code()

    @property
    def _asked(self) -> dict[str, Any]:
        return {"by": self.by, "now": self.now}

    async def book(self, s: UUID, p: UUID) -> str:
        return (await bookings.book(self.db, s, p, **self._asked)).booking.state

    async def hold(self, s: UUID, p: UUID) -> str:
        return (await holds.hold(self.db, s, p, **self._asked)).booking.state

    async def wait(self, s: UUID, p: UUID, first: bool) -> str:
        reason = "Entretien d’embauche" if first else ""
        return (await bookings.wait(self.db, s, p, first_because=reason, **self._asked)).booking.state

    async def confirm(self, place: UUID) -> str:
        return (await holds.confirm(self.db, place, **self._asked)).booking.state

    async def cancel(self, place: UUID) -> str:
        return (await bookings.cancel(self.db, place, party=Party.PERSON, **self._asked)).booking.state

    async def restore(self, place: UUID) -> str:
        return (await bookings.restore(self.db, place, **self._asked)).booking.state

    async def move(self, place: UUID, target: UUID) -> str:
        return (await bookings.move(self.db, place, target, **self._asked)).booking.state

    async def join(self, workshop: UUID, p: UUID, agencies: Sequence[UUID], first: bool) -> str:
        reason = "Entretien d’embauche" if first else ""
        joined = await waits.join(self.db, workshop, p, agencies, first_because=reason, **self._asked)
        return joined.booking.state if joined.booking else "waiting"

    async def leave(self, wait: UUID) -> str:
        return (await waits.leave(self.db, wait, **self._asked)).state

    async def group(self, s: UUID, people: Sequence[UUID], all_or_none: bool) -> str:
        told = await groups.book(self.db, s, people, all_or_none=all_or_none, **self._asked)
        return " ".join(one.refusal.code() if one.refusal else "booked" for one in told)

    async def resize(self, s: UUID, capacity: int) -> str:
        async with self.db.reading() as tx:
            session = await scheduling.sessions.load(tx, s)
        meetings = [
            scheduling.MeetingPlan(id=m.id, starts_at=m.starts_at, ends_at=m.ends_at, facilitator_id=m.facilitator_id)
            for m in session.meetings
        ]
        known = {"capacity": capacity, "meetings": meetings, "version": None, "site": SITE}
        await scheduling.change(self.db, s, **known, **self._asked)
        return "done"

    async def keep(self, s: UUID, agency: UUID, places: int, until: datetime) -> str:
        await contingents.keep(self.db, s, agency, places=places, until_at=until, **self._asked)
        return "done"

    async def let_go(self, s: UUID, agency: UUID) -> str:
        await contingents.let_go(self.db, s, agency, **self._asked)
        return "done"

    async def cancel_session(self, s: UUID) -> str:
        await scheduling.cancel(self.db, s, because="Salle inondée", site=SITE, **self._asked)
        return "done"

    async def clock(self, job: Callable[[Database, datetime], Awaitable[int]]) -> str:
        await job(self.db, self.now)
        return "done"

    async def end_due(self) -> str:
        return await self.clock(lapsing.end_due)

    async def release_due(self) -> str:
        return await self.clock(releasing.release_due)

    async def close_over(self) -> str:
        return await self.clock(scheduling.close_over)

    async def end_pointless(self) -> str:
        return await self.clock(lapsing.end_pointless)

    async def serve_waiting(self) -> str:
        return await self.clock(lapsing.serve_waiting)


async def written(db: Database) -> dict[str, Any]:
    """What the tables say: places, waits, contingents that run, and the counters of each session."""
    async with db.reading() as tx:
        return {
            "places": [dict(row._mapping) for row in await tx.rows(_columns(t.bookings, PLACE))],
            "waits": [dict(row._mapping) for row in await tx.rows(_columns(t.waits, WAIT))],
            "kept": await _kept(tx),
            "sessions": {row.id: tuple(row)[1:] for row in await tx.rows(_columns(t.sessions, SESSION))},
        }


PLACE = ("id", "session_id", "job_seeker_id", "state", "is_from_contingent", "deadline_at")
WAIT = ("id", "workshop_id", "job_seeker_id", "state")
SESSION = ("id", "state", "capacity", "taken", "waiting", "kept")


def _columns(table: Any, names: Sequence[str]) -> Any:
    return select(*(table.c[name] for name in names)).order_by(table.c.id)


async def _kept(tx: Tx) -> dict[tuple[UUID, UUID], int]:
    running = select(t.contingents).where(t.contingents.c.released_at.is_(None))
    return {(row.session_id, row.agency_id): row.unused for row in await tx.rows(running)}

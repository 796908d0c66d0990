"""The line of a session as it is explained: who is next, and why somebody is passed over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from booking.domain.job_seekers import JobSeeker
from booking.domain.staff import Right, Staff
from booking.domain.waits import Skip
from booking.services import sessions, waitlist
from booking.storage import job_seekers, lines
from booking.storage.database import Database
from booking.storage.lines import Waiter


@dataclass(frozen=True, slots=True, kw_only=True)
class InLine:
    """``turn`` counts from 1. ``why_not`` is what keeps the person from a seat now; ``passed`` when and why he was
    passed over before. ``job_seeker`` is None for a person of another agency, whom one may not know."""

    turn: int
    waiter: Waiter
    job_seeker: JobSeeker | None
    why_not: Skip | None
    passed: Sequence[tuple[Skip, datetime]]


async def of_session(db: Database, session_id: UUID, *, by: Staff, now: datetime) -> list[InLine]:
    """Everybody who waits for a seat of this session, on its list or on that of its workshop, in turn.

    Raises :class:`NotFound`, :class:`NotAllowed`.
    """
    by.must_somewhere(Right.SEE_PEOPLE)
    async with db.reading() as tx:
        session = (await sessions.visible(tx, session_id, by)).session
        line = await lines.of_session(tx, session, now)
        passed = await lines.skipped(tx, session_id)
        people = await job_seekers.load_many(tx, {waiter.job_seeker_id for waiter in line})
        return [
            InLine(
                turn=turn,
                waiter=waiter,
                job_seeker=_known(people[waiter.job_seeker_id], by),
                why_not=await waitlist.why_not(tx, session, waiter),
                passed=passed.get(waiter.id, ()),
            )
            for turn, waiter in enumerate(line, start=1)
        ]


def _known(person: JobSeeker, by: Staff) -> JobSeeker | None:
    return person if by.may(Right.SEE_PEOPLE, person.agency_id) else None

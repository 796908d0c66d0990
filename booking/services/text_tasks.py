"""What people wrote by text that only somebody who knows them can understand: a list that becomes shorter."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from booking.domain.cases import Case
from booking.domain.errors import NotFound, StaleEdit
from booking.domain.job_seekers import JobSeeker
from booking.domain.staff import Right, Staff
from booking.services.to_do import agencies_within_reach
from booking.storage import agencies, audit, cases, incoming_texts
from booking.storage.database import Database
from booking.storage.incoming_texts import IncomingText

MOST = 200
# Of a number that nobody knows.
USUAL_ZONE = "Europe/Paris"


@dataclass(frozen=True, slots=True)
class TextTask:
    """What was written, by whom it may be, and the place to come of which he was last told; ``zone`` is the agency's,
    where one is known."""

    text: IncomingText
    people: list[JobSeeker]
    case: Case | None
    zone: str


async def to_answer(db: Database, *, by: Staff) -> list[TextTask]:
    """What waits in one's agencies, who has waited longest first. Raises :class:`NotAllowed`."""
    by.must_somewhere(Right.REACH)
    async with db.reading() as tx:
        found = await incoming_texts.tasks(tx, agencies_within_reach(by), MOST)
        known = await cases.load_many(tx, {text.booking_id for text in found if text.booking_id}) if found else {}
        people = await incoming_texts.with_numbers(tx, {text.number or "" for text in found})
        where = {agency.id: agency for agency in await agencies.some(tx, {text.agency_id for text in found} - {None})}
    return [
        TextTask(
            text,
            _seen(people[text.number or ""], by),
            known.get(text.booking_id) if text.booking_id else None,
            where[text.agency_id].time_zone if text.agency_id else USUAL_ZONE,
        )
        for text in found
    ]


def _seen(people: list[JobSeeker], by: Staff) -> list[JobSeeker]:
    return [person for person in people if by.may(Right.SEE_PEOPLE, person.agency_id)]


async def answered(db: Database, text_id: UUID, *, by: Staff, now: datetime) -> None:
    """Somebody has seen to it. Raises :class:`StaleEdit`, :class:`NotFound`, :class:`NotAllowed`."""
    async with db.transaction() as tx:
        text = await incoming_texts.load(tx, text_id)
        within = agencies_within_reach(by)
        if text is None or (within is not None and text.agency_id not in within):
            raise NotFound(text_id=text_id)
        if not await incoming_texts.handle(tx, text_id, by.id, now):
            raise StaleEdit(text_id=text_id)
        await audit.record(tx, by, "text-answered", "incoming_text", text_id, now, text.agency_id)

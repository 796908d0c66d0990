"""By which ways a person was and is not to be written to: what was asked or lost, when, by whom, and how it ended."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from booking.domain.job_seekers import Channel
from booking.domain.sites import Site
from booking.domain.staff import Right, Staff
from booking.domain.suppressions import Because, hashes_of
from booking.storage import agencies, contact_histories, job_seekers
from booking.storage.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A way that was closed. ``via`` and ``lifted_via`` are the doors; nobody's name means the person, or a machine."""

    channel: Channel
    because: Because
    since: datetime
    via: str
    lifted_at: datetime | None
    lifted_via: str
    lifted_by: str | None
    lifted_because: str | None


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody of the agency wrote anew how the person is reached: which fields, when, who."""

    at: datetime
    fields: tuple[str, ...]
    by_name: str


@dataclass(frozen=True, slots=True)
class ContactHistory:
    """The latest first; ``time_zone`` is that of the agency."""

    refusals: list[Refusal]
    choices: list[Choice]
    time_zone: str


async def of_person(db: Database, person_id: UUID, *, site: Site, by: Staff) -> ContactHistory:
    """What is known of it for the addresses that the person has now. Raises :class:`NotFound`, :class:`NotAllowed`."""
    async with db.reading() as tx:
        person = await job_seekers.load(tx, person_id)
        by.must(Right.SEE_PEOPLE, person.agency_id)
        closed = await contact_histories.closed(tx, set(hashes_of(site.secret, person).values()))
        doors = await contact_histories.doors(tx, [row.id for row in closed])
        changes = await contact_histories.changes(tx, person_id)
        zone = (await agencies.load(tx, person.agency_id)).time_zone
    refusals = [
        Refusal(
            channel=row.channel,
            because=row.because,
            since=row.since,
            via=doors.get((row.id, "contact-stopped"), ""),
            lifted_at=row.lifted_at,
            lifted_via=doors.get((row.id, "contact-lifted"), ""),
            lifted_by=row.name,
            lifted_because=row.lifted_because,
        )
        for row in closed
    ]
    return ContactHistory(refusals, [Choice(at, fields, name) for at, fields, name in changes], zone)

"""Addresses to which nothing is sent: who may no longer be written to, and how, and how that ends."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from booking.domain.bookings import Booking, Party
from booking.domain.errors import InvalidField, StaleEdit
from booking.domain.fields import Problems
from booking.domain.job_seekers import Channel, JobSeeker
from booking.domain.sites import Site
from booking.domain.staff import Right, Staff
from booking.domain.suppressions import Because, Suppression, address_of, hash_of, hashes_of, of_address
from booking.storage import agencies, audit, job_seekers, suppressions
from booking.storage.database import Database, Tx

STOPPED, LIFTED = "contact-stopped", "contact-lifted"
LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class Refusals:
    """Which ways people refuse, or lost: the ways by person."""

    ways: Mapping[UUID, frozenset[Channel]]

    def of(self, person_id: UUID) -> frozenset[Channel]:
        """The ways that are closed to this person."""
        return self.ways.get(person_id, frozenset())


NOBODY_REFUSES = Refusals({})


async def of_people(tx: Tx, people: Iterable[JobSeeker], site: Site) -> Refusals:
    """The closed ways of all these people, by one statement."""
    hashes = {person.id: hashes_of(site.secret, person) for person in people}
    every = {one for mine in hashes.values() for one in mine.values()}
    closed = {(one.channel, one.address_hash) for one in await suppressions.open_of(tx, every)}
    ways = {who: frozenset(way for way in mine if (way, mine[way]) in closed) for who, mine in hashes.items()}
    return Refusals({who: found for who, found in ways.items() if found})


async def of_person(db: Database, person: JobSeeker, *, site: Site) -> list[Suppression]:
    """What this person's addresses are no longer used for; the caller has seen that he may be seen."""
    async with db.reading() as tx:
        return await suppressions.open_of(tx, set(hashes_of(site.secret, person).values()))


async def shown(db: Database, person_id: UUID, *, site: Site, by: Staff) -> tuple[list[Suppression], str]:
    """The same, for who may see people, and the time zone of his agency. Raises :class:`NotFound`."""
    async with db.reading() as tx:
        person = await job_seekers.load(tx, person_id)
        by.must(Right.SEE_PEOPLE, person.agency_id)
        found = await suppressions.open_of(tx, set(hashes_of(site.secret, person).values()))
        zone = (await agencies.load(tx, person.agency_id)).time_zone if found else ""
    return found, zone


async def stop(tx: Tx, channel: Channel, address: str, because: Because, *, site: Site, now: datetime) -> None:
    """Write there no more, whoever has the address. Said twice it is noted once."""
    suppression = of_address(site.secret, channel, address, because, now)
    if await suppressions.add(tx, suppression):
        told = {"channel": channel, "because": because}
        await audit.record(tx, None, STOPPED, "contact", suppression.id, now, **told)


async def lift(
    db: Database, person_id: UUID, suppression_id: UUID, because: str, *, site: Site, by: Staff, now: datetime
) -> None:
    """Write there again, because the person asked for it, or the address takes mail again; the reason is kept.

    Raises :class:`InvalidField`, :class:`StaleEdit` when it ended before, :class:`NotFound`, :class:`NotAllowed`.
    """
    async with db.transaction() as tx:
        person = await job_seekers.load(tx, person_id)
        by.must(Right.BOOK, person.agency_id)
        problems = Problems()
        problems.text("because", because, longest=LONGEST_REASON)
        problems.refuse(InvalidField)
        mine = await suppressions.open_of(tx, set(hashes_of(site.secret, person).values()))
        if suppression_id not in {one.id for one in mine}:
            raise StaleEdit(suppression_id=suppression_id)
        await suppressions.lift(tx, suppression_id, by.id, because.strip(), now)
        await audit.record(tx, by, LIFTED, "contact", suppression_id, now, person.agency_id, because=because.strip())


async def choose(db: Database, booking: Booking, channel: Channel, wants: bool, *, site: Site, now: datetime) -> None:
    """The person himself wants to be written to by this way or not, from his own page.

    What came back is not his to put right. Raises :class:`InvalidField` for a way that he does not have.
    """
    async with db.transaction() as tx:
        person = await job_seekers.load(tx, booking.job_seeker_id)
        address = address_of(person, channel)
        if not address:
            raise InvalidField(fields={"channel": "unknown-choice"})
        if not wants:
            await stop(tx, channel, address, Because.STOP, site=site, now=now)
            return
        for one in await suppressions.open_of(tx, {hash_of(site.secret, channel, address)}):
            if one.because is Because.STOP and await suppressions.lift(tx, one.id, None, "", now):
                told = {"party": Party.PERSON, "channel": channel}
                await audit.record(tx, None, LIFTED, "contact", one.id, now, person.agency_id, **told)

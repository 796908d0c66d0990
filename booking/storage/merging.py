"""Everything that names one person is made to name another; what the first was is no longer there to be found."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, insert, select, update

from booking.domain.bookings import DUPLICATE, Booking, BookingState
from booking.domain.job_seekers import JobSeeker
from booking.domain.waits import Wait, WaitState
from booking.storage import erasures, finding, referral_people, waits
from booking.storage.database import Tx
from booking.storage.job_seekers import written
from booking.storage.shapes import columns, made
from booking.storage.tables import (
    attendance,
    bookings,
    diagnoses,
    job_seeker_times,
    job_seekers,
    messages,
    recent_people,
    skips,
)
from booking.storage.tables import waits as wait_table


async def places(tx: Tx, *people: UUID) -> list[Booking]:
    """The places that these people hold, seats and waitlists."""
    theirs = (bookings.c.job_seeker_id.in_(people), bookings.c.state != BookingState.CANCELLED)
    found = select(*columns(Booking, bookings)).where(*theirs).order_by(bookings.c.id)
    return [made(Booking, row) for row in await tx.rows(found)]


async def clashes(tx: Tx, one: UUID, other: UUID) -> list[tuple[UUID, UUID]]:
    """The sessions in which these two sit at the same time, two by two; never the same one twice."""
    mine, theirs = job_seeker_times.alias("mine"), job_seeker_times.alias("theirs")
    my, their = bookings.alias("my"), bookings.alias("their")
    found = (
        select(my.c.session_id, their.c.session_id.label("other_id"))
        .join_from(mine, my, my.c.id == mine.c.booking_id)
        .join(theirs, (theirs.c.starts_at < mine.c.ends_at) & (theirs.c.ends_at > mine.c.starts_at))
        .join(their, their.c.id == theirs.c.booking_id)
        .where(mine.c.job_seeker_id == one, theirs.c.job_seeker_id == other, my.c.session_id != their.c.session_id)
        .distinct()
    )
    return sorted((row.session_id, row.other_id) for row in await tx.rows(found))


async def hand_over_marks(tx: Tx, better: Booking, other: Booking) -> None:
    """Presence marked of the place that ends counts for the one that stays, where nothing else is marked."""
    known = attendance.alias("known")
    marked = select(known.c.meeting_id).where(known.c.booking_id == better.id).scalar_subquery()
    lost = update(attendance).where(attendance.c.booking_id == other.id, attendance.c.meeting_id.not_in(marked))
    # His seat did not come with this mark.
    await tx.run(lost.values(booking_id=better.id, is_walk_in=False))


async def hand_over(tx: Tx, gone: UUID, kept: UUID) -> None:
    """Bookings with their times and messages, waits, who was passed over, referrals and diagnoses.

    Raises :class:`JobSeekerElsewhere` for two seats at one time, :class:`AlreadyBooked` for two places in a session.
    """
    theirs = bookings.c.job_seeker_id == gone
    about = select(bookings.c.id).where(theirs).scalar_subquery()
    await tx.run(update(messages).where(messages.c.booking_id.in_(about)).values(job_seeker_id=kept))
    # The times name booking and person together: they step aside while the booking changes hands.
    seated = await tx.rows(select(job_seeker_times).where(job_seeker_times.c.job_seeker_id == gone))
    await tx.run(delete(job_seeker_times).where(job_seeker_times.c.job_seeker_id == gone))
    await tx.run(update(bookings).where(theirs).values(job_seeker_id=kept))
    if seated:
        await tx.run(insert(job_seeker_times), [dict(row._mapping) | {"job_seeker_id": kept} for row in seated])
    await tx.run(update(wait_table).where(wait_table.c.job_seeker_id == gone).values(job_seeker_id=kept))
    await tx.run(update(skips).where(skips.c.job_seeker_id == gone).values(job_seeker_id=kept))
    await referral_people.hand_over(tx, gone, kept)
    await tx.run(update(diagnoses).where(diagnoses.c.job_seeker_id == gone).values(job_seeker_id=kept))


async def end_double_waits(tx: Tx, gone: UUID, kept: UUID, now: datetime) -> None:
    """Of two waits for one workshop the one that is later in line ends."""
    of_workshop: dict[UUID, list[Wait]] = {}
    for wait in [*await waits.of_person(tx, kept), *await waits.of_person(tx, gone)]:
        of_workshop.setdefault(wait.workshop_id, []).append(wait)
    for two in of_workshop.values():
        for later in sorted(two, key=lambda wait: (wait.priority, wait.waiting_since, wait.id))[1:]:
            await waits.end(tx, later.id, WaitState.LEFT, DUPLICATE, now)


async def write(tx: Tx, gone: JobSeeker, kept: JobSeeker) -> None:
    """The one who goes first, so that what is unique is free; who was merged into him earlier goes along."""
    await finding.forget(tx, gone.id)
    await tx.run(delete(recent_people).where(recent_people.c.job_seeker_id == gone.id))
    await erasures.hand_over(tx, gone.id, kept.id)
    row = written(gone) | {"agency_id": None, "search": ""}
    await tx.run(update(job_seekers).where(job_seekers.c.id == gone.id).values(row))
    await tx.run(update(job_seekers).where(job_seekers.c.merged_into == gone.id).values(merged_into=kept.id))
    await tx.run(update(job_seekers).where(job_seekers.c.id == kept.id).values(written(kept)))
    await finding.keep(tx, kept)

"""What is asked once more before a message leaves: is it still of use to this person, and has he heard enough today?"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from booking.domain.attending import ONLY
from booking.domain.messages import Message, MessageKind
from booking.domain.restraint import PATIENT, too_many
from booking.storage import following_up, heard
from booking.storage.database import Tx


async def useless(tx: Tx, claimed: Sequence[Message], now: datetime) -> dict[UUID, str]:
    """Which of these say something that this person does not need any more, and why."""
    absent = {m.booking_id for m in claimed if m.kind is MessageKind.ABSENCE_FOLLOWUP}
    expected = {m.booking_id for m in claimed if m.kind is MessageKind.NEXT_MEETING}
    seated = await following_up.seated_again(tx, absent, now) if absent else set()
    excused = await following_up.excused(tx, expected) if expected else set()
    found = {m.id: "has-other-place" for m in claimed if m.booking_id in seated and m.booking_id in absent}
    return found | {m.id: "not-expected" for m in claimed if (m.booking_id, str(m.details.get(ONLY))) in excused}


async def enough(tx: Tx, claimed: Sequence[Message], midnights: Mapping[UUID, datetime]) -> frozenset[UUID]:
    """Which of these can wait for tomorrow, because the person heard enough since ``midnights``, by person."""
    # Whoever was merged into another meanwhile is known by his new name only.
    patient = {m.job_seeker_id for m in claimed if m.kind in PATIENT} & midnights.keys()
    if not patient:
        return frozenset()
    told = await heard.since(tx, {person: midnights[person] for person in patient})
    return too_many([m for m in claimed if m.job_seeker_id in patient], told)

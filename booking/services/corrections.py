"""What was corrected on a roll after its closing: who, when, from what to what."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from booking.domain.attendance import Mark
from booking.services.rosters import Roll, last_name_shown
from booking.storage import corrections, staff
from booking.storage.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One change of a mark after the closing; None is "not filled in", and a mark that stays has another reason now.

    The name is as the reader of the roll knows it.
    """

    first_name: str
    last_name: str
    before: Mark | None
    after: Mark | None
    by_name: str
    at: datetime


async def of_roll(db: Database, roll: Roll) -> list[Correction]:
    """The corrections of a roll that one may see, the latest first; of who is off it meanwhile, too."""
    meeting = roll.meeting.meeting
    async with db.reading() as tx:
        lines = [line for line in await corrections.of_session(tx, meeting.session_id) if _is_late(line, meeting.id)]
        names = await staff.named(tx, {line.staff_id for line in lines})
    return [
        Correction(
            first_name=line.first_name,
            last_name=last_name_shown(line.last_name, full=roll.has_full_names),
            before=_mark(line.details.get("before")),
            after=_mark(line.details.get("mark")),
            by_name=names.get(line.staff_id, ""),
            at=line.at,
        )
        for line in reversed(lines)
    ]


def _is_late(line: Any, meeting_id: UUID) -> bool:
    said = line.details
    is_here = bool(said.get("after_closing")) and said.get("meeting") == str(meeting_id)
    return is_here and (said.get("before") != said.get("mark") or bool(said.get("other_reason")))


def _mark(said: str | None) -> Mark | None:
    return Mark(said) if said else None

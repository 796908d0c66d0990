"""Meetings of an agenda, without a database."""

from datetime import datetime
from uuid import UUID

from booking.domain.identifiers import new_id
from booking.domain.sessions import Meeting, SessionState
from booking.domain.workshops import Colour
from booking.storage.agendas import MeetingListed
from booking.web.pages import blocks
from booking.web.pages.blocks import Block
from tests.given import HOUR, NOW

GRENOBLE = new_id(NOW)


def listed(
    starts_at: datetime,
    hours: float = 2,
    *,
    room_id: UUID | None = None,
    facilitator_id: UUID | None = None,
    **known: object,
) -> MeetingListed:
    """A meeting of two hours of an open session with eight seats, five of them taken."""
    meeting = Meeting(
        id=new_id(NOW),
        session_id=new_id(NOW),
        position=1,
        starts_at=starts_at,
        ends_at=starts_at + hours * HOUR,
        room_id=room_id,
        facilitator_id=facilitator_id,
        created_at=NOW,
        changed_at=NOW,
    )
    usual = {
        "meeting": meeting,
        "meeting_count": 1,
        "session_state": SessionState.OPEN,
        "session_starts_at": starts_at,
        "seats": 8,
        "taken": 5,
        "waiting": 0,
        "kept": 0,
        "overridden_because": None,
        "agency_id": GRENOBLE,
        "agency_name": "Grenoble Bastille",
        "time_zone": "Europe/Paris",
        "workshop_id": new_id(NOW),
        "workshop_title": "Premiers pas",
        "short_title": "Premiers pas",
        "colour": Colour.BLUE,
        "minimum": 1,
        "room_name": "Vercors" if room_id else None,
        "facilitator_name": "Inès Moreau",
    }
    return MeetingListed(**(usual | known))  # type: ignore[arg-type]


def a_block(starts_at: datetime, hours: float = 2, **known: object) -> Block:
    """The same as a block."""
    (made,) = blocks.made([listed(starts_at, hours, **known)], {}, NOW)  # type: ignore[arg-type]
    return made

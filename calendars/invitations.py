"""Invitations: one event for one guest, who is asked to come or told not to (RFC 5546, sections 3.2.2 and 3.2.5)."""

from dataclasses import dataclass
from enum import Enum
from urllib.parse import quote

from calendars.definitions import definition
from calendars.events import Event, entry
from calendars.feeds import PRODUCT
from calendars.lines import block, line

# What an address may hold beside letters and digits and still be a mailto URI (RFC 6068, section 2).
PLAIN = "@!$'*+-./=^_`{|}~"


class Method(Enum):
    """What is done with the event: the same word in the calendar and in the type of the mail's part."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True, slots=True)
class Invitation:
    """What one guest's calendar is told; a cancelled event calls the guest off.

    The `changed_at` of the event is its DTSTAMP: who keeps it can write the same bytes again.
    """

    event: Event
    guest: str

    @property
    def method(self) -> Method:
        return Method.CANCEL if self.event.is_cancelled else Method.REQUEST


def written(invitation: Invitation, organizer: str) -> bytes:
    """The calendar that travels by mail. `organizer` is a bare address. Raises NaiveInstant, UnknownZone."""
    event, method = invitation.event, invitation.method
    asked = "" if event.is_cancelled else ";PARTSTAT=NEEDS-ACTION;RSVP=TRUE"
    people = (
        line("ORGANIZER", _mailto(organizer)),
        line(f"ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT{asked}", _mailto(invitation.guest)),
    )
    return block(
        "VCALENDAR",
        line("VERSION", "2.0"),
        line("PRODID", PRODUCT),
        line("CALSCALE", "GREGORIAN"),
        line("METHOD", method.value),
        definition(event.time_zone),
        entry(event, "".join(people)),
    ).encode()


def _mailto(address: str) -> str:
    return f"mailto:{quote(address, safe=PLAIN)}"

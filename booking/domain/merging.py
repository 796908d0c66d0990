"""Two entries that are one person: what stays, what the other one adds, and which of two places is the better."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from booking.domain.bookings import Booking, BookingState
from booking.domain.job_seekers import JobSeeker

# What belongs together is taken together: the phone of one and the landline of the other would be neither.
TOGETHER = (
    ("identifier",),
    ("birth_year",),
    ("phone", "phone_takes_sms"),
    ("email",),
    ("address", "postcode", "commune"),
    ("preferred",),
    ("language",),
)
RANK = (BookingState.BOOKED, BookingState.HELD, BookingState.OFFERED, BookingState.WAITLISTED)


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the entry that stays; ``is_taken`` when it comes from the one that goes."""

    name: str
    value: object
    is_taken: bool = False
    # What the other one said, and is said no more.
    lost: object = None


def filled(kept: JobSeeker, gone: JobSeeker, now: datetime) -> JobSeeker:
    """The person who stays, with whatever only the other entry knew, and the needs of both."""
    # An address is whole or none.
    new = {name: getattr(gone, name) for names in TOGETHER if not _known(kept, names) for name in names}
    return replace(kept, **new, needs=kept.needs | gone.needs, version=kept.version + 1, changed_at=now)


def fields(kept: JobSeeker, gone: JobSeeker, now: datetime) -> list[Field]:
    """What the one who stays will say, field by field, and where it comes from."""
    new = filled(kept, gone, now)
    names = ["last_name", "first_name", *(name for some in TOGETHER for name in some if name != "phone_takes_sms")]
    found = [_field(name, kept, gone, new) for name in names]
    needs = Field("needs", sorted(new.needs), is_taken=new.needs != kept.needs)
    return [one for one in (*found, needs) if one.value or one.lost]


def _field(name: str, kept: JobSeeker, gone: JobSeeker, new: JobSeeker) -> Field:
    value, before, other = (getattr(person, name) for person in (new, kept, gone))
    return Field(name, value, is_taken=value != before, lost=other if other and other != value else None)


def _known(person: JobSeeker, names: Iterable[str]) -> bool:
    return any(getattr(person, name) for name in names)


def emptied(gone: JobSeeker, kept: JobSeeker, now: datetime) -> JobSeeker:
    """The one who goes: nothing but who he turned out to be."""
    return JobSeeker(
        id=gone.id,
        agency_id=gone.agency_id,
        first_name="",
        last_name="",
        merged_into=kept.id,
        version=gone.version + 1,
        created_at=gone.created_at,
        changed_at=now,
    )


def doubles(places: Iterable[Booking]) -> list[tuple[Booking, Booking]]:
    """Of two places in one session the better and the other: a seat before a place on a list, and who came first."""
    of_session: dict[object, list[Booking]] = {}
    for place in places:
        of_session.setdefault(place.session_id, []).append(place)
    return [(better, other) for better, other in (sorted(two, key=_order) for two in of_session.values() if two[1:])]


def _order(place: Booking) -> tuple[object, ...]:
    return RANK.index(place.state), place.priority, place.waiting_since or place.created_at, place.id

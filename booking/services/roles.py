"""Give a role in an agency, end it, and see who holds what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from booking.domain.agencies import Agency
from booking.domain.errors import InvalidField, LastAdministrator, NotFound
from booking.domain.fields import Problems
from booking.domain.identifiers import new_id
from booking.domain.roles import Held, Span, check_span, must_give
from booking.domain.staff import Right, Role, Staff
from booking.storage import agencies, audit, roles, staff
from booking.storage.database import Database, Tx, again_when_contended
from calendars.zones import midnight, today

# So long a role that is over is still shown.
SHOWN_AFTER = timedelta(days=90)
NETWORK_ZONE = "Europe/Paris"
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Roles:
    """The roles of an agency, or for the whole network, and the names of all who are named in them."""

    agency: Agency | None
    held: Sequence[Held]
    names: Mapping[UUID, str]


async def of_agency(db: Database, agency_id: UUID, *, by: Staff, now: datetime) -> Roles:
    """Who holds, held or will hold what. Raises :class:`NotFound`, :class:`NotAllowed`."""
    by.must(Right.TEAM, agency_id)
    async with db.reading() as tx:
        held = await roles.of_agency(tx, agency_id, now - SHOWN_AFTER)
        return Roles(await agencies.load(tx, agency_id), held, await names(tx, held))


async def of_network(db: Database, *, by: Staff, now: datetime) -> Roles:
    """The same of roles that cover every agency, for who administers them. Raises :class:`NotAllowed`."""
    by.must_somewhere(Right.ADMINISTER)
    async with db.reading() as tx:
        held = await roles.of_agency(tx, None, now - SHOWN_AFTER)
        return Roles(None, held, await names(tx, held))


async def give(
    db: Database, agency_id: UUID | None, sign_in_name: str, role: Role, span: Span, *, by: Staff, now: datetime
) -> Held:
    """Give a role to who signs in under this name; in an agency, or for the whole network.

    Raises :class:`InvalidField`, :class:`NotFound`, :class:`NotAllowed`.
    """
    must_give(by, role, agency_id)
    problems = Problems()
    problems.text("sign_in_name", sign_in_name, longest=80)
    problems.refuse()
    async with db.transaction() as tx:
        zone = await zone_of(tx, agency_id)
        check_span(role, span, today(now, zone))
        person = await staff.named_to_sign_in(tx, sign_in_name.strip().lower(), now)
        if person is None:
            raise InvalidField(fields={"sign_in_name": "nobody-signs-in-so"})
        if await roles.running(tx, person.id, agency_id, role, now):
            raise InvalidField(fields={"role": "role-held"})
        starts_at, ends_at = moments(span, zone)
        held = Held(
            id=new_id(now),
            staff_id=person.id,
            agency_id=agency_id,
            role=role,
            starts_at=starts_at or now,
            ends_at=ends_at,
            given_by=by.id,
        )
        await roles.add(tx, held)
        until = {"until": ends_at.isoformat()} if ends_at else {}
        await audit.record(tx, by, "role-given", "staff", person.id, now, agency_id, role=role, **until)
    return held


@again_when_contended
async def end(db: Database, role_id: UUID, *, by: Staff, now: datetime) -> Held:
    """End a role at once, and with it all that its holder entrusted of it.

    Raises :class:`NotFound`, :class:`NotAllowed`, :class:`LastAdministrator`.
    """
    async with db.transaction() as tx:
        held = await roles.load(tx, role_id)
        if held.agency_id is not None and not by.belongs_to(held.agency_id):
            raise NotFound(role_id=role_id)
        must_give(by, held.role, held.agency_id)
        is_endless = held.role is Role.ADMINISTRATOR and held.agency_id is None and held.ends_at is None
        if is_endless and await roles.administrators(tx, now) == 1:
            raise LastAdministrator
        if not held.is_over(now):
            await roles.end(tx, [role_id], now)
            await audit.record(tx, by, "role-ended", "staff", held.staff_id, now, held.agency_id, role=held.role)
    return held


async def names(tx: Tx, held: Sequence[Held]) -> dict[UUID, str]:
    """The names of all who hold and gave these roles."""
    return await staff.named(tx, {id for one in held for id in (one.staff_id, one.given_by) if id})


async def zone_of(tx: Tx, agency_id: UUID | None) -> str:
    """The clock by which days begin there."""
    return (await agencies.load(tx, agency_id)).time_zone if agency_id else NETWORK_ZONE


def moments(span: Span, zone: str) -> tuple[datetime | None, datetime | None]:
    """From the beginning of the first day to the end of the last."""
    return _begin(span.first_on, zone), _begin(span.last_on + DAY if span.last_on else None, zone)


def _begin(day: date | None, zone: str) -> datetime | None:
    return midnight(day, zone) if day else None

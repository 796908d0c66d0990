"""Somebody is away and lets a colleague of his agency act in his place, from one day to another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from booking.domain.agencies import Agency
from booking.domain.errors import InvalidField, NotAllowed, NotFound
from booking.domain.identifiers import new_id
from booking.domain.roles import Held, Span, check_delegation
from booking.domain.staff import Staff
from booking.services.roles import SHOWN_AFTER, moments, names, zone_of
from booking.storage import agencies, audit, roles
from booking.storage.database import Database, Tx
from calendars.zones import today


@dataclass(frozen=True, slots=True)
class OwnRoles:
    """What somebody holds, what was entrusted to him, and what he entrusted; where he may entrust, and to whom."""

    held: Sequence[Held]
    entrusted: Sequence[Held]
    places: Mapping[UUID, Agency]
    colleagues: Mapping[UUID, Sequence[tuple[UUID, str]]]
    names: Mapping[UUID, str]


async def own(db: Database, *, by: Staff, now: datetime) -> OwnRoles:
    """One's own roles."""
    async with db.reading() as tx:
        found = await roles.of_staff(tx, by.id, now - SHOWN_AFTER)
        mine = [one for one in found if one.staff_id == by.id]
        known = await agencies.some(tx, {one.agency_id for one in found if one.agency_id})
        where = {one.agency_id for one in mine if one.agency_id and one.may_be_entrusted(now)}
        others = {id: [c for c in await roles.colleagues(tx, id, now) if c[0] != by.id] for id in where}
        entrusted = [one for one in found if one.is_delegated and one.given_by == by.id]
        return OwnRoles(mine, entrusted, {one.id: one for one in known}, others, await names(tx, found))


async def entrust(db: Database, agency_id: UUID, to: UUID, span: Span, *, by: Staff, now: datetime) -> list[Held]:
    """Let a colleague do there all that one may do oneself; it ends by itself, or when one's own right does.

    What was entrusted to oneself is not passed on. Raises :class:`InvalidField`, :class:`NotFound`,
    :class:`NotAllowed`.
    """
    if not by.belongs_to(agency_id):
        raise NotFound(agency_id=agency_id)
    async with db.transaction() as tx:
        mine = await roles.of_staff(tx, by.id, now)
        own = [one for one in mine if one.staff_id == by.id and one.agency_id == agency_id]
        own = [one for one in own if one.may_be_entrusted(now)]
        if not own:
            raise NotAllowed()
        zone = await zone_of(tx, agency_id)
        check_delegation(span, today(now, zone))
        if to == by.id or to not in {id for id, _ in await roles.colleagues(tx, agency_id, now)}:
            raise InvalidField(fields={"to": "not-a-colleague"})
        starts_at, ends_at = moments(span, zone)
        whose = {"staff_id": to, "agency_id": agency_id, "given_by": by.id}
        when = {"starts_at": max(starts_at or now, now), "ends_at": ends_at}
        given = [Held(id=new_id(now), role=one.role, delegated_from=one.id, **whose, **when) for one in own]
        await _write(tx, given, by, now)
    return given


async def take_back(db: Database, role_id: UUID, *, by: Staff, now: datetime) -> None:
    """End what one entrusted, at once. Raises :class:`NotFound`."""
    async with db.transaction() as tx:
        held = await roles.load(tx, role_id)
        if not held.is_delegated or held.given_by != by.id:
            raise NotFound(role_id=role_id)
        if not held.is_over(now):
            await roles.end(tx, [role_id], now)
            facts = {"role": held.role, "to": str(held.staff_id)}
            await audit.record(tx, by, "taken-back", "staff", by.id, now, held.agency_id, **facts)
            facts = {"role": held.role, "from": str(by.id)}
            await audit.record(tx, by, "taken-back", "staff", held.staff_id, now, held.agency_id, **facts)


async def _write(tx: Tx, given: Sequence[Held], by: Staff, now: datetime) -> None:
    """Each role, and a line in the history of both."""
    for one in given:
        await roles.add(tx, one)
        facts = {"role": one.role, "until": one.ends_at.isoformat() if one.ends_at else ""}
        where = one.agency_id
        await audit.record(tx, by, "entrusted", "staff", by.id, now, where, to=str(one.staff_id), **facts)
        await audit.record(tx, by, "entrusted", "staff", one.staff_id, now, where, **facts, **{"from": str(by.id)})

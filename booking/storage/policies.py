"""What agencies decided about messages, each version for ever; a workshop's own decision goes before its agency's."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, and_, case, func, insert, literal, null, or_, select, update

from booking.domain.agencies import Agency
from booking.domain.policies import DEFAULT, Policy, Version, read, written
from booking.domain.windows import Place
from booking.storage.columns import Flag
from booking.storage.database import Tx
from booking.storage.shapes import columns, made, values
from booking.storage.tables import agencies, sessions
from booking.storage.tables import message_policies as policies

_VERSION = columns(Version, policies)
# Of which workshop; None is all those of the agency.
Key = tuple[UUID, UUID | None]


@dataclass(frozen=True, slots=True)
class Decided:
    """Policies by agency and workshop, as far as they were asked for."""

    policies: Mapping[Key, Policy]

    def of(self, agency_id: UUID, workshop_id: UUID) -> Policy:
        """The one that counts there."""
        own = self.policies.get((agency_id, workshop_id))
        return own or self.policies.get((agency_id, None), DEFAULT)

    def place(self, agency: Agency, workshop_id: UUID) -> Place:
        """The clock, the calendar and the policy by which a session is held there."""
        return Place(agency.time_zone, agency.holiday_territory, self.of(agency.id, workshop_id))


def _latest(wanted: ColumnElement[Any], workshop: ColumnElement[bool]) -> ColumnElement[Any]:
    newest = select(wanted).where(policies.c.agency_id == sessions.c.agency_id, workshop)
    return newest.order_by(policies.c.version.desc()).limit(1).correlate(sessions).scalar_subquery()


def _in_force(wanted: ColumnElement[Any]) -> ColumnElement[Any]:
    its_own = _latest(wanted, policies.c.workshop_id == sessions.c.workshop_id)
    return func.coalesce(its_own, _latest(wanted, policies.c.workshop_id.is_(None)))


# Beside a session: what was decided for it; NULL where all is as usual.
FACTS = _in_force(policies.c.facts).label("policy_facts")
IN_FORCE = _in_force(case((policies.c.facts.is_not(null()), policies.c.id)))


def policy_of(facts: Mapping[str, Any] | None) -> Policy:
    """The policy of a row with :data:`FACTS`."""
    return DEFAULT if facts is None else read(facts)


def _is_current() -> ColumnElement[bool]:
    later = policies.alias("later")
    return ~(
        select(1)
        .where(
            later.c.agency_id == policies.c.agency_id,
            later.c.workshop_id.is_not_distinct_from(policies.c.workshop_id),
            later.c.version > policies.c.version,
        )
        .exists()
    )


async def in_force(tx: Tx, agency_id: UUID, workshop_id: UUID) -> Policy:
    """What counts for the sessions of this workshop there."""
    whose = or_(policies.c.workshop_id == workshop_id, policies.c.workshop_id.is_(None))
    found = select(*_VERSION, policies.c.facts).where(policies.c.agency_id == agency_id, whose, _is_current())
    return _decided(await tx.rows(found)).of(agency_id, workshop_id)


async def place_of(tx: Tx, agency: Agency, workshop_id: UUID) -> Place:
    """The clock, the calendar and the policy by which sessions of this workshop are held there."""
    return Place(agency.time_zone, agency.holiday_territory, await in_force(tx, agency.id, workshop_id))


async def with_agencies(
    tx: Tx, agency_ids: Collection[UUID], workshop_ids: Collection[UUID]
) -> tuple[dict[UUID, Agency], Decided]:
    """These agencies, and what they decided about these workshops, in one question."""
    whose = or_(policies.c.workshop_id.is_(None), policies.c.workshop_id.in_(workshop_ids))
    own = [policies.c[name].label(f"policy_{name}") for name in ("agency_id", "workshop_id", "facts")]
    decided = and_(policies.c.agency_id == agencies.c.id, whose, _is_current())
    found = select(*columns(Agency, agencies), *own).join_from(agencies, policies, decided, isouter=True)
    rows = await tx.rows(found.where(agencies.c.id.in_(agency_ids)))
    return {row.id: made(Agency, row) for row in rows}, _decided(rows, "policy_")


def _decided(rows: Collection[Row[Any]], prefix: str = "") -> Decided:
    said = [tuple(row._mapping[prefix + name] for name in ("agency_id", "workshop_id", "facts")) for row in rows]
    return Decided({(agency, workshop): read(facts) for agency, workshop, facts in said if facts is not None})


async def current(tx: Tx, agency_id: UUID, workshop_id: UUID | None) -> Version | None:
    """The last decision for exactly this workshop, or for all."""
    found = await history(tx, agency_id, workshop_id, most=1)
    return found[0] if found else None


async def history(tx: Tx, agency_id: UUID, workshop_id: UUID | None, most: int = 50) -> list[Version]:
    """The decisions for exactly this workshop, or for all, the last one first."""
    whose = (policies.c.agency_id == agency_id, policies.c.workshop_id.is_not_distinct_from(workshop_id))
    found = select(*_VERSION, policies.c.facts).where(*whose).order_by(policies.c.version.desc()).limit(most)
    return [_version(row) for row in await tx.rows(found)]


async def workshops_with_own(tx: Tx, agency_id: UUID) -> list[UUID]:
    """For which workshops the agency decided something of their own."""
    own = (policies.c.agency_id == agency_id, policies.c.workshop_id.is_not(None), policies.c.facts.is_not(null()))
    return [row.workshop_id for row in await tx.rows(select(policies.c.workshop_id).where(*own, _is_current()))]


async def add(tx: Tx, version: Version) -> None:
    """Write a new version."""
    facts = null() if version.policy is None else written(version.policy)
    await tx.run(insert(policies).values(values(version, policies, facts=facts)))


async def lock(tx: Tx, agency_id: UUID) -> None:
    """Who else decides for this agency waits until the end of the transaction; who books does not."""
    mine = select(agencies.c.id).where(agencies.c.id == agency_id)
    await tx.rows(mine.with_for_update(key_share=True))


def _version(row: Row[Any]) -> Version:
    return made(Version, row, policy=None if row.facts is None else read(row.facts))


async def everywhere(tx: Tx) -> list[tuple[Version, str]]:
    """Every decision that counts now, with the time zone of its agency."""
    found = select(*_VERSION, policies.c.facts, agencies.c.time_zone).join_from(
        policies, agencies, agencies.c.id == policies.c.agency_id
    )
    rows = await tx.rows(found.where(policies.c.facts.is_not(null()), _is_current()))
    return [(_version(row), row.time_zone) for row in rows]


async def unsettled(tx: Tx) -> list[tuple[Version, datetime | None]]:
    """The decisions that may not be in every reminder yet, and when they were last seen to be, the oldest first."""
    waiting = (policies.c.is_settled == literal(False, Flag), _is_current())
    found = select(*_VERSION, policies.c.facts, policies.c.applied_at).where(*waiting)
    return [(_version(row), row.applied_at) for row in await tx.rows(found.order_by(policies.c.made_at))]


async def applied(tx: Tx, version_id: UUID, now: datetime, *, is_settled: bool) -> None:
    """Every reminder of its scope was as it says."""
    this = update(policies).where(policies.c.id == version_id)
    await tx.run(this.values(applied_at=now, is_settled=is_settled))

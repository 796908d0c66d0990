"""Referrals and their steps: how each stands, how it came to stand so, and those that somebody has to look at."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, insert, or_, select, update

from booking.domain.errors import NotFound
from booking.domain.referrals import AT_PARTNER, RUNNING, Aid, Referral, ReferralState, Shared, Step
from booking.storage import job_seekers
from booking.storage.database import Tx
from booking.storage.shapes import columns, made, values
from booking.storage.tables import job_seekers as people
from booking.storage.tables import partners, referral_steps, referrals, staff

_REFERRAL = columns(Referral, referrals)
_STEP = columns(Step, referral_steps)
# Who is to be called, whose answer nobody has seen, who is with a partner, what was only proposed, and what is over.
_RANK = case(
    (referrals.c.overdue_at.is_not(None), 0),
    (referrals.c.news_at.is_not(None), 1),
    (referrals.c.state.in_(sorted(AT_PARTNER)), 2),
    (referrals.c.state.in_((ReferralState.PROPOSED, ReferralState.ACCEPTED)), 3),
    else_=4,
)
WAITS_FOR_US = or_(referrals.c.overdue_at.is_not(None), referrals.c.news_at.is_not(None))


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which referrals; without ``agency_ids`` those of every agency, without ``states`` in any state."""

    agency_ids: Collection[UUID] | None
    states: Collection[ReferralState] = ()
    created_by: UUID | None = None
    waits_for_us: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A referral with the names around it."""

    referral: Referral
    first_name: str
    last_name: str
    partner_name: str
    partner_phone: str
    sender_name: str


def read(row: Row[Any]) -> Referral:
    """A referral from its row."""
    of_words = {"aids": tuple(map(Aid, row.aids)), "shared": tuple(map(Shared, row.shared))}
    return made(Referral, row, **of_words)


async def add(tx: Tx, referral: Referral) -> None:
    """Write a new one. Raises :class:`AlreadyReferred`, :class:`NotFound` for who was merged into another."""
    await job_seekers.must_be_there(tx, referral.job_seeker_id, referral.agency_id)
    await tx.run(insert(referrals).values(values(referral, referrals)))


async def load(tx: Tx, referral_id: UUID, *, for_update: bool = False) -> Referral:
    """One of them, which nobody changes meanwhile if so asked. Raises :class:`NotFound`."""
    found = select(*_REFERRAL).where(referrals.c.id == referral_id)
    row = await tx.row(found.with_for_update() if for_update else found)
    if row is None:
        raise NotFound(referral_id=referral_id)
    return read(row)


async def keep(tx: Tx, referral: Referral) -> None:
    """Write how it stands. Raises :class:`AlreadyReferred` when another one runs there again."""
    new = values(referral, referrals)
    await tx.run(update(referrals).where(referrals.c.id == referral.id).values(new))


async def add_step(tx: Tx, step: Step) -> None:
    """One more step."""
    await tx.run(insert(referral_steps).values(values(step, referral_steps)))


async def steps_of(tx: Tx, referral_id: UUID) -> list[Step]:
    """Its steps in their order."""
    found = select(*_STEP).where(referral_steps.c.referral_id == referral_id)
    rows = await tx.rows(found.order_by(referral_steps.c.n))
    return [made(Step, row) for row in rows]


async def due(tx: Tx, now: datetime, most: int) -> list[UUID]:
    """Those whose partner has been silent too long."""
    found = select(referrals.c.id).where(referrals.c.due_at <= now).order_by(referrals.c.due_at, referrals.c.id)
    return [row.id for row in await tx.rows(found.limit(most))]


async def find(tx: Tx, wanted: Wanted, most: int, offset: int = 0) -> list[Listed]:
    """What waits for somebody first, then by time."""
    found = _listed().where(_wanted(wanted)).order_by(_RANK, referrals.c.created_at.desc(), referrals.c.id)
    return [_made(row) for row in await tx.rows(found.limit(most).offset(offset))]


async def page(tx: Tx, wanted: Wanted, after: UUID | None, most: int) -> list[Referral]:
    """So many by id, from behind this one."""
    behind = [] if after is None else [referrals.c.id > after]
    found = select(*_REFERRAL).where(_wanted(wanted), *behind).order_by(referrals.c.id).limit(most)
    return [read(row) for row in await tx.rows(found)]


async def of_person(tx: Tx, person_id: UUID) -> list[Listed]:
    """Those of one person, the latest first."""
    found = _listed().where(referrals.c.job_seeker_id == person_id)
    return [_made(row) for row in await tx.rows(found.order_by(referrals.c.created_at.desc(), referrals.c.id))]


async def count(tx: Tx, wanted: Wanted) -> int:
    """How many there are."""
    return await tx.value(select(func.count()).select_from(referrals).where(_wanted(wanted))) or 0


async def names(tx: Tx, steps: Sequence[Step]) -> dict[UUID, str]:
    """Who made these steps, by id."""
    ids = {step.staff_id for step in steps if step.staff_id}
    return {row.id: row.name for row in await tx.rows(select(staff.c.id, staff.c.name).where(staff.c.id.in_(ids)))}


def _at(agency_ids: Collection[UUID] | None) -> ColumnElement[bool]:
    return referrals.c.id.is_not(None) if agency_ids is None else referrals.c.agency_id.in_(agency_ids)


def _wanted(wanted: Wanted) -> ColumnElement[bool]:
    conditions = [_at(wanted.agency_ids)]
    conditions += [referrals.c.state.in_(sorted(wanted.states))] if wanted.states else []
    conditions += [referrals.c.created_by == wanted.created_by] if wanted.created_by else []
    conditions += [WAITS_FOR_US] if wanted.waits_for_us else []
    return and_(*conditions)


def _listed() -> Select[Any]:
    return (
        select(
            *_REFERRAL,
            people.c.first_name,
            people.c.last_name,
            partners.c.name.label("partner_name"),
            partners.c.phone.label("partner_phone"),
            staff.c.name.label("sender_name"),
        )
        .join(people, people.c.id == referrals.c.job_seeker_id)
        .join(partners, partners.c.id == referrals.c.partner_id)
        .join(staff, staff.c.id == referrals.c.created_by)
        .where(*job_seekers.IS_SOMEBODY)
    )


def _made(row: Row[Any]) -> Listed:
    around = ("first_name", "last_name", "partner_name", "partner_phone", "sender_name")
    return Listed(referral=read(row), **{name: row._mapping[name] for name in around})


async def running_to(tx: Tx, person_id: UUID, partner_id: UUID, service: str) -> UUID | None:
    """The one that runs there already."""
    r = referrals.c
    mine = (r.job_seeker_id == person_id, r.partner_id == partner_id, r.service == service)
    return await tx.value(select(r.id).where(*mine, r.state.in_(sorted(RUNNING))))  # type: ignore[no-any-return]

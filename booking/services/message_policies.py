"""What an agency decides about messages, for all workshops or for one: shown, tried out, and decided anew."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from booking.domain.agencies import Agency
from booking.domain.errors import StaleEdit
from booking.domain.identifiers import new_id
from booking.domain.policies import DEFAULT, Policy, Version
from booking.domain.staff import Right, Staff
from booking.domain.workshops import Workshop
from booking.services import replanning
from booking.services.replanning import AT_ONCE, Effect
from booking.storage import agencies, audit, policies, staff, workshops
from booking.storage.database import Database, Tx, again_when_contended


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What counts for all workshops of an agency, or for one, and how it came to be, the last version first.

    ``own`` is what was decided for exactly this; None follows the agency, or what is usual everywhere.
    """

    agency: Agency
    workshop: Workshop | None
    policy: Policy
    own: Policy | None
    versions: Sequence[Version]
    names: dict[UUID, str]

    @property
    def version(self) -> int:
        """The number of the last version; 0 when nothing was decided yet."""
        return self.versions[0].version if self.versions else 0


@dataclass(frozen=True, slots=True)
class Around:
    """The workshops for which an agency may decide, and those for which it did."""

    workshops: Sequence[Workshop]
    with_own: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class Changed:
    """A decision and what it changed so far."""

    decision: Decision
    effect: Effect


async def show(db: Database, agency_id: UUID, workshop_id: UUID | None, *, by: Staff) -> Decision:
    """What counts now, for who plans there. Raises :class:`NotFound`, :class:`NotAllowed`."""
    by.must(Right.PLAN, agency_id)
    async with db.reading() as tx:
        return await _show(tx, agency_id, workshop_id)


async def around(db: Database, agency_id: UUID, *, by: Staff) -> Around:
    """For which workshops one may decide. Raises :class:`NotAllowed`, :class:`NotFound`."""
    by.must(Right.PLAN, agency_id)
    async with db.reading() as tx:
        return Around(await workshops.every(tx), frozenset(await policies.workshops_with_own(tx, agency_id)))


async def try_out(
    db: Database, agency_id: UUID, workshop_id: UUID | None, policy: Policy | None, *, by: Staff, now: datetime
) -> Effect:
    """How many reminders such a decision would change now; changes nothing. Raises like :func:`change`."""
    by.must(Right.PLAN, agency_id)
    checked = policy.checked() if policy else None
    async with db.reading() as tx:
        await _show(tx, agency_id, workshop_id)
    return await replanning.foresee(db, (agency_id, workshop_id), checked, now)


async def change(
    db: Database,
    agency_id: UUID,
    workshop_id: UUID | None,
    policy: Policy | None,
    *,
    version: int | None,
    by: Staff,
    now: datetime,
) -> Changed:
    """Decide it anew, and plan the reminders ahead accordingly: the first at once, the rest soon after.

    A ``policy`` of None decides nothing of its own any more. ``version`` is the one that was seen; None is any. Raises
    :class:`InvalidField`, :class:`StaleEdit`, :class:`NotFound`, :class:`NotAllowed`.
    """
    by.must(Right.PLAN, agency_id)
    checked = policy.checked() if policy else None
    new = await _decide(db, agency_id, workshop_id, checked, version=version, by=by, now=now)
    effect = await replanning.apply(db, new, now, most=AT_ONCE) if new else Effect()
    async with db.reading() as tx:
        return Changed(await _show(tx, agency_id, workshop_id), effect)


@again_when_contended
async def _decide(
    db: Database,
    agency_id: UUID,
    workshop_id: UUID | None,
    policy: Policy | None,
    *,
    version: int | None,
    by: Staff,
    now: datetime,
) -> Version | None:
    """The new version; None when it would say what the last one says."""
    async with db.transaction() as tx:
        await policies.lock(tx, agency_id)
        before = await _show(tx, agency_id, workshop_id)
        if version not in (None, before.version):
            raise StaleEdit(agency_id=agency_id, version=before.version)
        if policy == before.own:
            return None
        new = Version(
            id=new_id(now),
            agency_id=agency_id,
            workshop_id=workshop_id,
            version=before.version + 1,
            policy=policy,
            made_at=now,
            made_by=by.id,
        )
        await policies.add(tx, new)
        facts = {"version": new.version, "workshop": str(workshop_id) if workshop_id else None}
        await audit.record(tx, by, "changed", "message_policy", new.id, now, agency_id, **facts)
    return new


async def _show(tx: Tx, agency_id: UUID, workshop_id: UUID | None) -> Decision:
    agency = await agencies.load(tx, agency_id)
    workshop = await workshops.load(tx, workshop_id) if workshop_id else None
    versions = await policies.history(tx, agency_id, workshop_id)
    own = versions[0].policy if versions else None
    return Decision(
        agency=agency,
        workshop=workshop,
        policy=(await policies.in_force(tx, agency_id, workshop_id)) if workshop_id else own or DEFAULT,
        own=own,
        versions=versions,
        names=await staff.named(tx, {one.made_by for one in versions if one.made_by}),
    )

"""Who plans in an agency decides how long its partners may be silent; who administers the network, for all others."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from booking.domain.agencies import Agency
from booking.domain.errors import NotAllowed
from booking.domain.referral_delays import USUAL, ReferralDelay
from booking.domain.staff import Right, Role, Staff
from booking.storage import agencies, audit, referral_delays
from booking.storage.database import Database


@dataclass(frozen=True, slots=True)
class Decided:
    """What holds in the network, and in each of one's agencies; ``own`` are the agencies that decided themselves."""

    network: ReferralDelay
    may_change_network: bool
    agencies: list[tuple[Agency, ReferralDelay]]
    own: frozenset[UUID]


async def every(db: Database, *, by: Staff) -> Decided:
    """What was decided. Raises :class:`NotAllowed`."""
    by.must_somewhere(Right.PLAN)
    async with db.reading() as tx:
        known = await referral_delays.decided(tx)
        within = await agencies.every(tx) if by.is_network_wide else await agencies.some(tx, by.agency_ids)
    network = known.get(None, USUAL)
    mine = sorted((one for one in within if by.may(Right.PLAN, one.id)), key=lambda one: one.name)
    return Decided(
        network,
        _may_change_network(by),
        [(one, known.get(one.id, network)) for one in mine],
        frozenset(one.id for one in mine if one.id in known),
    )


async def decide(db: Database, delay: ReferralDelay, *, by: Staff, now: datetime) -> None:
    """From now on; a silence that is waited for already ends as it was to. Raises :class:`InvalidField`,
    :class:`NotFound`, :class:`NotAllowed`."""
    _must(delay.agency_id, by)
    checked = delay.checked()
    async with db.transaction() as tx:
        await referral_delays.keep(tx, checked, by.id, now)
        known = {"days": checked.working_days, "reminders": checked.reminders}
        await audit.record(tx, by, "changed", "referral_delay", delay.agency_id or by.id, now, delay.agency_id, **known)


async def follow_network(db: Database, agency_id: UUID, *, by: Staff, now: datetime) -> None:
    """The agency decides nothing of its own any more. Raises :class:`NotFound`, :class:`NotAllowed`."""
    _must(agency_id, by)
    async with db.transaction() as tx:
        await referral_delays.drop(tx, agency_id)
        await audit.record(tx, by, "dropped", "referral_delay", agency_id, now, agency_id)


def _must(agency_id: UUID | None, by: Staff) -> None:
    if agency_id:
        by.must(Right.PLAN, agency_id)
    elif not _may_change_network(by):
        raise NotAllowed(right=Right.ADMINISTER)


def _may_change_network(by: Staff) -> bool:
    return (None, Role.ADMINISTRATOR) in by.roles

"""One step of a referral, whoever makes it: how it stands afterwards, and until when the partner may be silent."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from booking.domain.identifiers import new_id
from booking.domain.referral_delays import silence_ends_at
from booking.domain.referrals import Deed, Referral, Said, Step, Way
from booking.domain.staff import Staff
from booking.domain.windows import Place
from booking.storage import agencies, audit, referral_delays, referrals
from booking.storage.database import Tx

ANSWERED = "answered"
# After these the partner has to be called; the clock and the partner say so.
TO_CALL = frozenset({Deed.OVERDUE, Deed.NOT_REACHED})


async def take(
    tx: Tx,
    referral: Referral,
    said: Said,
    *,
    by: Staff | None = None,
    by_partner: bool = False,
    way: Way | None = None,
    now: datetime,
) -> Referral:
    """Write the step and what it makes of the referral; neither ``by`` nor ``by_partner`` is the clock.

    Raises :class:`ReferralOver`.
    """
    step = Step(
        id=new_id(now),
        referral_id=referral.id,
        deed=said.deed,
        at=now,
        staff_id=by.id if by else None,
        by_partner=by_partner,
        way=way,
        outcome=said.outcome,
        met_on=said.met_on,
        remark=said.remark,
    )
    return await written(tx, referral.after(step), step, by=by, now=now)


async def written(tx: Tx, after: Referral, step: Step, *, by: Staff | None, now: datetime) -> Referral:
    """The step, and the referral as it stands ``after`` it."""
    seen = {"news_at": now} if step.by_partner else {"news_at": None} if by else {}
    after = replace(await awaited(tx, after, step, now), version=after.version + 1, **seen)  # type: ignore[arg-type]
    await referrals.add_step(tx, replace(step, n=after.version))
    await referrals.keep(tx, after)
    action = ANSWERED if step.by_partner else step.deed.value
    told = {"deed": step.deed, "state": after.state, "outcome": step.outcome, "partner": str(after.partner_id)}
    await audit.record(tx, by, action, "referral", after.id, now, after.agency_id, **told)
    return after


async def awaited(tx: Tx, after: Referral, step: Step, now: datetime) -> Referral:
    """With the moment at which the partner's silence is looked at, or since when he is to be called."""
    if not after.is_at_partner:
        return replace(after, due_at=None, overdue_at=None, reminders=0)
    if step.deed is Deed.SEEN:
        return after
    if step.deed in TO_CALL and step.staff_id is None:
        return replace(after, due_at=None, overdue_at=after.overdue_at or now)
    by_clock = step.deed is Deed.REMINDED and step.staff_id is None
    ends_at = await silence_ends(tx, after.agency_id, now)
    return replace(after, due_at=ends_at, overdue_at=None, reminders=after.reminders + 1 if by_clock else 0)


async def silence_ends(tx: Tx, agency_id: UUID, now: datetime) -> datetime:
    """When a silence that begins now has lasted too long, as this agency sees it."""
    agency, delay = await agencies.load(tx, agency_id), await referral_delays.of(tx, agency_id)
    return silence_ends_at(Place(agency.time_zone, agency.holiday_territory), delay.working_days, now)

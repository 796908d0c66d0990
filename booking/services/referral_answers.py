"""What a partner says behind the secret link: without an account, as often as something is new."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from booking.domain import referrals as rules
from booking.domain.errors import LinkOver, ReferralOver
from booking.domain.identifiers import new_id
from booking.domain.limits import Rate
from booking.domain.referrals import ANSWERS, Deed, Referral, Said, Step
from booking.services import limits, referral_steps
from booking.services.accounts import digest
from booking.services.referral_lists import Whole, whole
from booking.storage import audit, referral_links, referrals
from booking.storage.database import Database, Tx, again_when_contended
from calendars.zones import today

OPENED_FROM = Rate("referral-from", 120, timedelta(minutes=15))
ANSWERED = Rate("referral-answered", 20, timedelta(hours=1))
# That somebody looked is written down, but not every time.
NOTED_AFTER = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a partner sees of a referral; ``said`` are his own answers, ``slip`` the one he can take back."""

    whole: Whole
    said: list[Step]
    slip: Step | None

    @property
    def may_answer(self) -> bool:
        """Whether anything can be said at all."""
        return self.whole.referral.is_at_partner


async def find(db: Database, secret: str, *, address: str, now: datetime) -> Shown:
    """What is behind a link. Raises :class:`LinkOver` for one that nobody made, that was revoked or is too old,
    :class:`TooManyRequests` for an address that guesses."""
    await limits.spend(db, OPENED_FROM, address, now=now)
    try:
        async with db.reading() as tx:
            referral = await _behind(tx, secret, now)
            shown = _shown(await whole(tx, referral.id))
            last = await audit.latest(tx, "opened", referral.id)
    except LinkOver:
        await limits.spend(db, limits.WRONG_LINKS, address, now=now)
        raise
    if last is None or now - last.at >= NOTED_AFTER:
        async with db.transaction() as tx:
            await audit.record(tx, None, "opened", "referral", referral.id, now, referral.agency_id)
    return shown


@again_when_contended
async def answer(db: Database, secret: str, said: Said, *, now: datetime) -> Referral:
    """What he says; the same again right after it adds nothing. Raises :class:`LinkOver`, :class:`InvalidField`,
    :class:`ReferralOver`, :class:`TooManyRequests`."""
    if said.deed not in ANSWERS:
        raise ReferralOver
    await limits.spend(db, ANSWERED, digest(secret), now=now)
    async with db.transaction() as tx:
        referral = await _behind(tx, secret, now, for_update=True)
        shown = _shown(await whole(tx, referral.id))
        checked = said.checked(today(now, shown.whole.agency.time_zone))
        if shown.slip and _same(shown.slip, checked):
            return referral
        return await referral_steps.take(tx, referral, checked, by_partner=True, now=now)


async def take_back(db: Database, secret: str, *, now: datetime) -> Referral:
    """His last answer was a slip. Raises :class:`LinkOver`, :class:`ReferralOver`, :class:`AlreadyReferred`."""
    async with db.transaction() as tx:
        referral = await _behind(tx, secret, now, for_update=True)
        steps = await referrals.steps_of(tx, referral.id)
        slip = rules.undoable(steps, by_partner=True)
        if slip is None:
            raise ReferralOver(referral_id=referral.id)
        step = Step(
            id=new_id(now), referral_id=referral.id, deed=Deed.UNDONE, at=now, by_partner=True, about_id=slip.id
        )
        before = rules.replayed(referral, [*steps, step])
        return await referral_steps.written(tx, before, step, by=None, now=now)


def _shown(found: Whole) -> Shown:
    gone = {step.about_id for step in found.steps if step.deed is Deed.UNDONE}
    said = [step for step in found.steps if step.by_partner and step.deed is not Deed.UNDONE and step.id not in gone]
    return Shown(whole=found, said=said, slip=rules.undoable(found.steps, by_partner=True))


def _same(step: Step, said: Said) -> bool:
    return (step.deed, step.outcome, step.met_on, step.remark) == (said.deed, said.outcome, said.met_on, said.remark)


async def _behind(tx: Tx, secret: str, now: datetime, *, for_update: bool = False) -> Referral:
    link = await referral_links.with_secret(tx, digest(secret)) if secret.isascii() else None
    if link is None or not link.is_good(now):
        raise LinkOver
    return await referrals.load(tx, link.referral_id, for_update=for_update)

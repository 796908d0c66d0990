"""Sending somebody to a partner, and every step after it that a member of staff makes."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from booking.domain import referrals as rules
from booking.domain.errors import AlreadyReferred, InvalidField, NotFound, StaleEdit
from booking.domain.idempotency import Once
from booking.domain.identifiers import new_id
from booking.domain.job_seekers import JobSeeker
from booking.domain.partners import Partner
from booking.domain.referrals import Aid, Deed, Referral, Said, Shared, Step
from booking.domain.sites import Site
from booking.domain.staff import Right, Staff
from booking.services import referral_mails, referral_steps
from booking.storage import agencies, diagnoses, idempotency, job_seekers, partners, referrals
from booking.storage.database import Database, Tx, again_when_contended
from calendars.zones import today

# What a member of staff may say of a referral; sending and cancelling tell the partner.
BY_STAFF = frozenset({Deed.MET, Deed.CLOSED, Deed.NOT_REACHED, Deed.REMARKED, Deed.REMINDED, Deed.SEEN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Where to, what for, and what the person agrees to; with ``is_sent`` the partner is told at once."""

    partner_id: UUID
    service: str = ""
    aids: tuple[Aid, ...] = ()
    shared: tuple[Shared, ...] = ()
    has_agreed: bool = False
    is_sent: bool = False
    diagnosis_id: UUID | None = None


@again_when_contended
async def propose(
    db: Database, person_id: UUID, proposal: Proposal, *, by: Staff, site: Site, now: datetime, once: Once | None = None
) -> Referral:
    """A new referral: proposed, or with the person's agreement accepted, or sent.

    Raises :class:`InvalidField`, :class:`AlreadyReferred` with the other one's id, :class:`NotFound` for a partner who
    is not open to the agency, :class:`NotAllowed`.
    """
    async with db.transaction() as tx:
        kept = await idempotency.claim(tx, once, now)
        if kept is not None:
            return await referrals.load(tx, UUID(kept["referral_id"]))
        person = await job_seekers.load(tx, person_id)
        by.must(Right.BOOK, person.agency_id)
        partner = await _open_to(tx, proposal.partner_id, person.agency_id)
        new = await _begin(tx, person, partner, proposal, by, now)
        if proposal.has_agreed:
            new = await _agree(tx, new, person, proposal.shared, by, now)
        if proposal.is_sent:
            new = await referral_mails.send(tx, new, partner, by=by, site=site, now=now)
        await idempotency.settle(tx, once, {"referral_id": str(new.id)})
    return new


async def accept(
    db: Database, referral_id: UUID, shared: tuple[Shared, ...], *, version: int | None, by: Staff, now: datetime
) -> Referral:
    """The person agrees, and to what is passed on. Raises :class:`ReferralOver`, :class:`StaleEdit`,
    :class:`NotFound`, :class:`NotAllowed`."""
    async with db.transaction() as tx:
        referral = await _held(tx, referral_id, version, by)
        person = await job_seekers.load(tx, referral.job_seeker_id)
        return await _agree(tx, referral, person, shared, by, now)


async def send(
    db: Database, referral_id: UUID, *, version: int | None, by: Staff, site: Site, now: datetime
) -> Referral:
    """The partner is told. Raises like :func:`accept`."""
    async with db.transaction() as tx:
        referral = await _held(tx, referral_id, version, by)
        partner = await _open_to(tx, referral.partner_id, referral.agency_id)
        return await referral_mails.send(tx, referral, partner, by=by, site=site, now=now)


async def note(
    db: Database, referral_id: UUID, said: Said, *, version: int | None, by: Staff, now: datetime
) -> Referral:
    """What the partner, or the person, said on the telephone; or that an answer was seen.

    Raises :class:`InvalidField`, and like :func:`accept`.
    """
    if said.deed not in BY_STAFF:
        raise InvalidField(fields={"deed": "unknown-choice"})
    async with db.transaction() as tx:
        referral = await _held(tx, referral_id, version, by)
        zone = (await agencies.load(tx, referral.agency_id)).time_zone
        return await referral_steps.take(tx, referral, said.checked(today(now, zone)), by=by, now=now)


async def cancel(db: Database, referral_id: UUID, *, version: int | None, by: Staff, now: datetime) -> Referral:
    """Nobody goes there after all; the partner hears of it if he has heard of it. Raises like :func:`accept`."""
    async with db.transaction() as tx:
        referral = await _held(tx, referral_id, version, by)
        return await referral_mails.cancel(tx, referral, by=by, now=now)


async def undo(db: Database, referral_id: UUID, *, version: int | None, by: Staff, now: datetime) -> Referral:
    """The last step of staff was a slip. Raises :class:`ReferralTold` once the partner has had a mail of it,
    :class:`AlreadyReferred` when another one runs there by now, and like :func:`accept`."""
    async with db.transaction() as tx:
        referral = await _held(tx, referral_id, version, by)
        steps = await referrals.steps_of(tx, referral_id)
        last = rules.undoable(steps)
        has_left = bool(last) and await referral_mails.has_left(tx, referral, last)
        slip = rules.must_be_undoable(referral, steps, has_left=has_left)
        step = Step(id=new_id(now), referral_id=referral_id, deed=Deed.UNDONE, at=now, staff_id=by.id, about_id=slip.id)
        before = rules.replayed(referral, [*steps, step])
        undone = await referral_steps.written(tx, before, step, by=by, now=now)
        await referral_mails.take_back(tx, undone, slip, now)
        return undone


async def _begin(tx: Tx, person: JobSeeker, partner: Partner, proposal: Proposal, by: Staff, now: datetime) -> Referral:
    if proposal.service and proposal.service not in partner.services:
        raise InvalidField(fields={"service": "unknown-choice"})
    if proposal.is_sent and not proposal.has_agreed:
        raise InvalidField(fields={"agreed": "not-agreed"})
    if proposal.diagnosis_id:
        diagnosis = await diagnoses.load(tx, proposal.diagnosis_id)
        if diagnosis.job_seeker_id != person.id:
            raise NotFound(diagnosis_id=diagnosis.id)
    new = Referral(
        id=new_id(now),
        job_seeker_id=person.id,
        agency_id=person.agency_id,
        partner_id=partner.id,
        diagnosis_id=proposal.diagnosis_id,
        service=proposal.service,
        aids=tuple(aid for aid in Aid if aid in proposal.aids),
        created_by=by.id,
        created_at=now,
        changed_at=now,
    ).checked()
    other = await referrals.running_to(tx, person.id, partner.id, new.service)
    if other:
        raise AlreadyReferred(referral_id=other)
    await referrals.add(tx, new)
    return await referral_steps.take(tx, new, Said(deed=Deed.PROPOSED), by=by, now=now)


async def _agree(
    tx: Tx, referral: Referral, person: JobSeeker, shared: tuple[Shared, ...], by: Staff, now: datetime
) -> Referral:
    """Of the ways to reach somebody only those that he has are passed on."""
    has = {Shared.PHONE: person.phone, Shared.EMAIL: person.email}
    agreed = replace(referral, shared=tuple(one for one in Shared if one in shared and has[one]))
    return await referral_steps.take(tx, agreed, Said(deed=Deed.ACCEPTED), by=by, now=now)


async def _held(tx: Tx, referral_id: UUID, version: int | None, by: Staff) -> Referral:
    referral = await referrals.load(tx, referral_id, for_update=True)
    by.must(Right.BOOK, referral.agency_id)
    if version is not None and version != referral.version:
        raise StaleEdit(version=referral.version)
    return referral


async def _open_to(tx: Tx, partner_id: UUID, agency_id: UUID) -> Partner:
    """Raises :class:`NotFound` for a partner who is gone, or not open to this agency."""
    partner = await partners.load(tx, partner_id)
    if partner.archived_at or not partner.serves([agency_id]):
        raise NotFound(partner_id=partner_id)
    return partner

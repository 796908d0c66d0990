"""Referrals as staff look at them: one with all its steps, those of a person, and the list of an agency."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from booking.domain import referrals as rules
from booking.domain.agencies import Agency
from booking.domain.evidence import Evidence
from booking.domain.job_seekers import JobSeeker
from booking.domain.partner_messages import PartnerMessage
from booking.domain.partners import Partner
from booking.domain.referrals import Referral, Step
from booking.domain.staff import ROLES_WITH, Right, Staff
from booking.services import looking
from booking.storage import agencies, evidence, job_seekers, partner_messages, partners, referrals
from booking.storage.database import Database, Tx
from booking.storage.referrals import Listed, Wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A referral with who and where it is about; ``slip`` is the step that can be undone."""

    referral: Referral
    person: JobSeeker
    partner: Partner
    agency: Agency
    steps: list[Step]
    names: dict[UUID, str]
    mails: list[PartnerMessage]
    papers: list[Evidence]

    @property
    def slip(self) -> Step | None:
        """The last step, if staff made it."""
        return rules.undoable(self.steps)


async def show(db: Database, referral_id: UUID, *, by: Staff, now: datetime) -> Whole:
    """One of them, and a line that says who saw it. Raises :class:`NotFound`, :class:`NotAllowed`."""
    async with db.reading() as tx:
        found = await whole(tx, referral_id)
        by.must(Right.SEE_PEOPLE, found.referral.agency_id)
    await looking.note(db, found.person, by=by, now=now, way="referral")
    return found


async def whole(tx: Tx, referral_id: UUID) -> Whole:
    """All of it. Raises :class:`NotFound`."""
    referral = await referrals.load(tx, referral_id)
    steps = await referrals.steps_of(tx, referral_id)
    return Whole(
        referral=referral,
        person=await job_seekers.load(tx, referral.job_seeker_id),
        partner=await partners.load(tx, referral.partner_id),
        agency=await agencies.load(tx, referral.agency_id),
        steps=steps,
        names=await referrals.names(tx, steps),
        mails=await partner_messages.of_referral(tx, referral_id),
        papers=await evidence.of_referral(tx, referral_id),
    )


async def of_person(db: Database, person_id: UUID, *, by: Staff) -> list[Listed]:
    """Where somebody was sent, the latest first. Raises :class:`NotFound`, :class:`NotAllowed`."""
    async with db.reading() as tx:
        person = await job_seekers.load(tx, person_id)
        by.must(Right.SEE_PEOPLE, person.agency_id)
        return await referrals.of_person(tx, person_id)


async def find(db: Database, wanted: Wanted, *, by: Staff, most: int, offset: int = 0) -> list[Listed]:
    """Those of one's agencies, what waits for somebody first. Raises :class:`NotAllowed`."""
    by.must_somewhere(Right.SEE_PEOPLE)
    async with db.reading() as tx:
        return await referrals.find(tx, _within(wanted, by), most, offset)


async def page(db: Database, wanted: Wanted, after: UUID | None, most: int, *, by: Staff) -> list[Referral]:
    """So many of one's agencies by id, from behind this one. Raises :class:`NotAllowed`."""
    by.must_somewhere(Right.SEE_PEOPLE)
    async with db.reading() as tx:
        return await referrals.page(tx, _within(wanted, by), after, most)


async def to_look_at(db: Database, *, by: Staff) -> int:
    """How many wait for somebody: a partner to call, or an answer that nobody has seen."""
    if not by.may_somewhere(Right.SEE_PEOPLE):
        return 0
    async with db.reading() as tx:
        return await referrals.count(tx, _within(Wanted(agency_ids=None, waits_for_us=True), by))


def within_sight(by: Staff) -> frozenset[UUID] | None:
    """The agencies whose people one sees; None is all of them."""
    if any(agency is None and role in ROLES_WITH[Right.SEE_PEOPLE] for agency, role in by.roles):
        return None
    return frozenset(agency for agency in by.agency_ids if by.may(Right.SEE_PEOPLE, agency))


def _within(wanted: Wanted, by: Staff) -> Wanted:
    return replace(wanted, agency_ids=within_sight(by))

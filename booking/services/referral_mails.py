"""The partner is told: a link to answer by, and a mail where he has an address; and told again when nobody comes."""

from datetime import datetime

from booking.domain.identifiers import new_id
from booking.domain.partner_messages import PartnerMessageKind, to_partner
from booking.domain.partners import Partner
from booking.domain.referral_links import LIFE, ReferralLink, secret_of
from booking.domain.referrals import Deed, Referral, Said, Step, Way
from booking.domain.sites import Site
from booking.domain.staff import Staff
from booking.services.accounts import digest
from booking.services.referral_steps import take
from booking.storage import partner_messages, referral_links
from booking.storage.database import Tx

KINDS = {Deed.SENT: PartnerMessageKind.SENT, Deed.CANCELLED: PartnerMessageKind.CANCELLED}


async def send(tx: Tx, referral: Referral, partner: Partner, *, by: Staff, site: Site, now: datetime) -> Referral:
    """The partner hears of it by mail, or from the sheet. Raises :class:`ReferralOver`."""
    way = Way.MAIL if partner.contact_email else Way.PAPER
    sent = await take(tx, referral, Said(deed=Deed.SENT), by=by, way=way, now=now)
    link = ReferralLink(id=new_id(now), referral_id=sent.id, created_at=now, expires_at=now + LIFE)
    await referral_links.add(tx, link, digest(secret_of(link.id, site.secret)))
    if way is Way.MAIL:
        await plan(tx, sent, PartnerMessageKind.SENT, now)
    return sent


async def plan(tx: Tx, referral: Referral, kind: PartnerMessageKind, now: datetime) -> None:
    """The mail of the step after which the referral stands so; how many there were is forgotten some day."""
    await partner_messages.plan(tx, to_partner(kind, referral.id, referral.agency_id, referral.version, now))


async def cancel(tx: Tx, referral: Referral, *, by: Staff, now: datetime) -> Referral:
    """Nobody comes after all; a partner who had a mail is told so. Raises :class:`ReferralOver`."""
    cancelled = await take(tx, referral, Said(deed=Deed.CANCELLED), by=by, now=now)
    await partner_messages.withdraw(tx, referral.id, now)
    if referral.is_at_partner and await partner_messages.has_left(
        tx, referral.id, PartnerMessageKind.SENT, referral.sent_at or now
    ):
        await plan(tx, cancelled, PartnerMessageKind.CANCELLED, now)
    await referral_links.revoke(tx, referral.id, now)
    return cancelled


async def has_left(tx: Tx, referral: Referral, step: Step) -> bool:
    """Whether the partner has had the mail that this step is about."""
    kind = KINDS.get(step.deed)
    return bool(kind) and await partner_messages.has_left(tx, referral.id, kind, step.at)


async def take_back(tx: Tx, referral: Referral, step: Step, now: datetime) -> None:
    """The mails of a step that is undone stay here; of a cancellation the link opens again."""
    if step.deed not in KINDS:
        return
    await partner_messages.withdraw(tx, referral.id, now)
    if step.deed is Deed.SENT:
        await referral_links.revoke(tx, referral.id, now)
    elif referral.sent_at and (link := await referral_links.of_referral(tx, referral.id)):
        await referral_links.restore(tx, link.id)
        said = await partner_messages.of_referral(tx, referral.id)
        if said and not await partner_messages.has_left(tx, referral.id, PartnerMessageKind.SENT, referral.sent_at):
            await plan(tx, referral, PartnerMessageKind.SENT, now)

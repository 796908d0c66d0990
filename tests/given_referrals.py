"""A partner near Grenoble, and people who are sent there."""

from datetime import datetime

from booking.delivery.deliveries import Deliveries
from booking.domain.identifiers import new_id
from booking.domain.job_seekers import JobSeeker
from booking.domain.partner_terms import PartnerKind, Service
from booking.domain.partners import Partner
from booking.domain.referral_links import secret_of
from booking.domain.referrals import Aid, Deed, Outcome, Referral, Remark, Said, Shared
from booking.services import mailing_partners, referral_answers, referrals
from booking.services.referral_lists import Whole, whole
from booking.services.referrals import Proposal
from booking.storage import partners, referral_links
from tests.given import NOW, SITE, World
from tests.outside import Provider


async def a_partner(world: World, name: str = "Les Écrans du Vercors", **known: object) -> Partner:
    """A solidarity workshop that is reached by mail."""
    usual = {
        "kind": PartnerKind.SOLIDARITY,
        "address": "12 rue des Alliés",
        "postcode": "38100",
        "commune": "Grenoble",
        "phone": "04 76 00 00 00",
        "referral_email": "accueil@ecrans.example",
        "hours": "Mo-Fr 09:00-12:00",
        "services": (Service.EQUIPMENT, Service.SOLIDARITY_PHONE),
    }
    partner = Partner(id=new_id(NOW), name=name, created_at=NOW, **(usual | known))  # type: ignore[arg-type]
    async with world.db.transaction() as tx:
        await partners.add_all(tx, [partner])
    return partner


async def referred(
    world: World, partner: Partner, person: JobSeeker | None = None, now: datetime = NOW, **said: object
) -> Referral:
    """Somebody who agreed, and was sent there."""
    who = person or await world.job_seeker(phone="06 39 98 00 01", email="a.diallo@example.org")
    usual = {
        "aids": (Aid.PHONE, Aid.PLAN),
        "shared": (Shared.PHONE,),
        "has_agreed": True,
        "is_sent": True,
        "service": Service.SOLIDARITY_PHONE,
    }
    proposal = Proposal(partner_id=partner.id, **(usual | said))  # type: ignore[arg-type]
    return await referrals.propose(world.db, who.id, proposal, by=world.adviser, site=SITE, now=now)


async def secret(world: World, referral: Referral) -> str:
    """What stands in the link of the partner."""
    async with world.db.reading() as tx:
        link = await referral_links.of_referral(tx, referral.id)
    assert link
    return secret_of(link.id, SITE.secret)


async def answers(
    world: World,
    referral: Referral,
    deed: Deed = Deed.CLOSED,
    outcome: Outcome | None = Outcome.EQUIPPED,
    now: datetime = NOW,
    remark: Remark | None = None,
) -> Referral:
    """The partner says what became of it."""
    said = Said(deed=deed, outcome=outcome, met_on=now.date(), remark=remark)
    return await referral_answers.answer(world.db, await secret(world, referral), said, now=now)


async def mails(world: World, now: datetime = NOW, provider: Provider | None = None) -> Provider:
    """What leaves for partners by then."""
    server = provider or Provider()
    await mailing_partners.send_due(world.db, Deliveries(server), now, site=SITE)
    return server


async def all_of(world: World, referral: Referral) -> Whole:
    """How it stands now, with its steps."""
    async with world.db.reading() as tx:
        return await whole(tx, referral.id)

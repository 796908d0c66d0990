"""The sheet of a referral: what stands on it, and its copy among the evidence."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from booking.domain.archives import PDF
from booking.domain.errors import ReferralOver
from booking.domain.evidence import Deed
from booking.domain.leaflets import Leaflet
from booking.domain.referral_links import address_of
from booking.domain.referrals import ReferralState
from booking.domain.sites import Site
from booking.domain.staff import Right, Staff
from booking.services import archiving, directory, filing, leaflets, looking
from booking.services.referral_lists import Whole, whole
from booking.storage import evidence, referral_links, referrals
from booking.storage.database import Database, again_when_contended

# The version of its words.
TEMPLATE = "referral/fr/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToPrint:
    """A referral with the address by which the partner answers (empty once it is over), and what to hand out."""

    whole: Whole
    link: str
    leaflets: list[Leaflet]


async def to_print(db: Database, referral_id: UUID, *, by: Staff, site: Site, now: datetime) -> ToPrint:
    """What stands on the sheet. Raises :class:`ReferralOver` before the partner is told and once it is cancelled,
    :class:`NotFound`, :class:`NotAllowed`."""
    async with db.reading() as tx:
        found = await whole(tx, referral_id)
        referral = found.referral
        by.must(Right.BOOK, referral.agency_id)
        if referral.sent_at is None or referral.state is ReferralState.CANCELLED:
            raise ReferralOver(referral_id=referral_id, state=referral.state)
        link = await referral_links.of_referral(tx, referral_id)
        services = [referral.service] if referral.service else found.partner.services
        handed_out = await leaflets.fitting(tx, found.partner, services, directory.clock(found.partner, now).date())
    await looking.note(db, found.person, by=by, now=now, way="paper")
    is_open = link is not None and link.is_good(now) and referral.is_at_partner
    return ToPrint(whole=found, link=address_of(link, site) if link and is_open else "", leaflets=handed_out)


@again_when_contended
async def printed(db: Database, found: ToPrint, paper: bytes, *, by: Staff, now: datetime) -> None:
    """Archive the sheet as it leaves the printer; the same one again adds nothing."""
    packed, referral = await archiving.packed(paper, PDF), found.whole.referral
    async with db.transaction() as tx:
        await referrals.load(tx, referral.id, for_update=True)
        before = await evidence.of_referral(tx, referral.id)
        if before and before[-1].as_of == str(referral.version) and before[-1].at.date() == now.date():
            return
        kept = await archiving.keep(tx, packed, now)
        about = {"referral_id": referral.id, "document_hash": kept, "as_of": str(referral.version)}
        given = {"template": TEMPLATE, "given_to": found.whole.person.name}
        await filing.file(tx, Deed.PRINTED, referral.agency_id, by=by, now=now, **about, **given)

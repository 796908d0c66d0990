"""The sheet of a referral: what stands on it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from booking.domain.errors import ReferralOver
from booking.domain.leaflets import Leaflet
from booking.domain.referral_links import address_of
from booking.domain.referrals import ReferralState
from booking.domain.sites import Site
from booking.domain.staff import Right, Staff
from booking.services import directory, leaflets, looking
from booking.services.referral_lists import Whole, whole
from booking.storage import referral_links
from booking.storage.database import Database


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

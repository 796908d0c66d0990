"""The sheet of a referral as PDF."""

from uuid import UUID

from litestar import Controller, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from booking.documents import qr
from booking.documents.pdf.handouts import address_of, written
from booking.documents.pdf.printing import printed
from booking.documents.pdf.referral_sheets import ReferralSheet
from booking.domain.opening_times import Day, week
from booking.domain.partner_terms import Access
from booking.domain.partners import Partner
from booking.domain.referrals import Shared
from booking.language import FRENCH, translate
from booking.services import directory, referral_sheets
from booking.services.referral_sheets import ToPrint
from booking.web import moments
from booking.web.pages import partner_words, referral_words, words
from booking.web.pages.pdfs import as_pdf
from booking.web.pages.visits import Visit

# How a partner wants to hear of somebody says nothing to the person.
NOT_FOR_PEOPLE = (Access.REFERRAL_MAIL, Access.NO_PUBLIC)


class ReferralSheetPages(Controller):
    """Two pages: one for the person, one for the partner."""

    @get("/orientations/{referral_id:uuid}/fiche.pdf")
    async def sheet(self, visit: NamedDependency[Visit], referral_id: FromPath[UUID]) -> Response[bytes]:
        """It opens beside the page."""
        found = await referral_sheets.to_print(visit.db, referral_id, by=visit.staff, site=visit.site, now=visit.now)
        content = await printed("referral", sheet_of(found, visit).data, visit.now)
        await referral_sheets.printed(visit.db, found, content, by=visit.staff, now=visit.now)
        return as_pdf(content, "orientation", found.whole.person.name)


def sheet_of(found: ToPrint, visit: Visit) -> ReferralSheet:
    """What stands on it, in French."""
    referral, person, partner, agency = (
        found.whole.referral,
        found.whole.person,
        found.whole.partner,
        found.whole.agency,
    )
    has_phone = Shared.PHONE in referral.shared and person.phone
    return ReferralSheet(
        name=person.name,
        phone=words.phone(person.phone) if has_phone and person.phone else "",
        email=(person.email or "") if Shared.EMAIL in referral.shared else "",
        language=words.LANGUAGES.get(person.language, ""),
        aids=[referral_words.AIDS[aid] for aid in referral.aids],
        service=dict(partner_words.SERVICES).get(referral.service, ""),  # type: ignore[call-overload]
        partner=partner.name,
        partner_place=partner.place,
        partner_phone=words.phone(partner.phone),
        hours=_hours(partner, visit),
        hours_said=partner.hours,
        access=[
            said for one, said in partner_words.ACCESS.items() if one in partner.access and one not in NOT_FOR_PEOPLE
        ],
        directions=partner.directions,
        fees=[said for one, said in partner_words.FEES.items() if one in partner.fees],
        leaflets=[one.title for one in found.leaflets],
        sent_by=found.whole.names.get(referral.created_by, visit.staff.name),
        agency=agency.name,
        agency_place=address_of(agency),
        agency_phone=words.phone(agency.phone),
        dated=written(agency, visit.now),
        link=found.link,
        qr=qr.drawn(found.link) if found.link else "",
    )


def _hours(partner: Partner, visit: Visit) -> list[tuple[str, str]]:
    """The week day by day, where its hours are understood."""
    days = week(partner, directory.clock(partner, visit.now).date())
    if days is None:
        return []
    return [(moments.weekday(one.day, language=FRENCH), _said(one)) for one in days if one.periods is not None]


def _said(one: Day) -> str:
    say = translate(FRENCH)
    return partner_words.periods_said(one.periods, say, FRENCH) if one.periods else say("Fermé")

"""Invented partners around the agencies, and what is handed out beside them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from booking.demo.world import DemoWorld
from booking.documents.pdf.printing import printed
from booking.domain.identifiers import new_id
from booking.domain.languages import FRENCH
from booking.domain.leaflets import LeafletKind
from booking.domain.partner_terms import Access, Care, Fee, PartnerKind, Roaming, Service, Support
from booking.domain.partners import Partner
from booking.services import leaflets, partners
from booking.services.leaflets import LeafletSaid

OFFERS = (
    Service.ACCESS,
    Service.EQUIPMENT,
    Service.SOLIDARITY_PHONE,
    Service.SOLIDARITY_SIM,
    Service.SOLIDARITY_INTERNET,
)
HELP = (Service.PAPERWORK, Service.EVERYDAY_TOOLS, Service.ACCESS)
ALONE, TOGETHER = (Support.ALONE, Support.ONE_TO_ONE), (Support.ONE_TO_ONE, Support.GROUP)


@dataclass(frozen=True, slots=True)
class PartnerPlan:
    """A place, where it stands, when it opens, and what it does."""

    name: str
    kind: PartnerKind
    address: str
    postcode: str
    commune: str
    latitude: float
    longitude: float
    hours: str
    services: tuple[Service, ...]
    fees: tuple[Fee, ...] = (Fee.FREE,)
    access: tuple[Access, ...] = (Access.WALK_IN, Access.CALL)
    support: tuple[Support, ...] = TOGETHER
    care: tuple[Care, ...] = ()
    roaming: tuple[Roaming, ...] = (Roaming.FIXED,)
    summary: str = ""


PARTNERS = (
    PartnerPlan(
        "Le Relais connecté, Grenoble", PartnerKind.SOLIDARITY, "18 rue des Glaciers", "38100", "Grenoble",
        45.1742, 5.7203, "Mo-Fr 09:00-12:30,14:00-17:30; PH off", OFFERS, (Fee.FREE_IF, Fee.PAID),
        (Access.REFERRAL_MAIL,), summary="Téléphones, cartes SIM et ordinateurs à petit prix, sur orientation.",
    ),
    PartnerPlan(
        "Le Relais connecté, Lyon", PartnerKind.SOLIDARITY, "40 rue des Bateliers", "69007", "Lyon",
        45.7471, 4.8415, "Mo,Tu,Th,Fr 09:30-12:30,13:30-17:30; We 09:30-12:30; PH off", OFFERS,
        (Fee.FREE_IF, Fee.PAID), (Access.REFERRAL_MAIL,),
        summary="Téléphones, cartes SIM et ordinateurs à petit prix, sur orientation.",
    ),
    PartnerPlan(
        "Médiathèque des Trois Sources", PartnerKind.LIBRARY, "5 place des Tilleuls", "38100", "Grenoble",
        45.1699, 5.7250, "Tu-Fr 10:00-18:30; Sa 10:00-18:00; PH off", HELP, support=ALONE,
        care=(Care.MOBILITY,), summary="Ordinateurs en accès libre. Une personne aide le mercredi et le samedi.",
    ),
    PartnerPlan(
        "Maison France services des Alpins", PartnerKind.FRANCE_SERVICES, "2 rue du Rempart", "38000", "Grenoble",
        45.1881, 5.7346, "Mo-Fr 08:30-12:00,13:00-17:00; PH off", (Service.PAPERWORK, Service.ACCESS),
    ),
    PartnerPlan(
        "Atelier des Pixels", PartnerKind.ASSOCIATION, "71 cours des Alpages", "38000", "Grenoble",
        45.1912, 5.7219, "Tu,Th 14:00-18:00; Sa[1,3] 09:30-12:00; PH off", (*HELP, Service.SAFETY, Service.LEISURE),
        (Fee.PAID,), care=(Care.LANGUAGES,),
    ),
    PartnerPlan(
        "Le Bus des clics", PartnerKind.MEDIATION, "Place du Marché", "69004", "Lyon",
        45.7761, 4.8275, 'week 1-53/2 We 09:00-12:00 "devant la mairie"; PH off', HELP, roaming=(Roaming.MOBILE,),
    ),
    PartnerPlan(
        "Espace numérique des Canuts", PartnerKind.MEDIATION, "9 montée des Tisserands", "69004", "Lyon",
        45.7748, 4.8331, "Mo-Fr 09:00-12:00,14:00-18:00; PH off",
        (Service.WORK, Service.EVERYDAY_TOOLS, Service.SAFETY, Service.UNDERSTANDING), care=(Care.ILLITERACY,),
    ),
    PartnerPlan(
        "Mission locale des Deux Rives", PartnerKind.MISSION_LOCALE, "30 quai des Lavandières", "69002", "Lyon",
        45.7442, 4.8236, "Mo-Th 09:00-12:00,13:30-17:00; Fr 09:00-12:00; PH off", (Service.WORK,),
        access=(Access.CALL,),
    ),
    PartnerPlan(
        "Centre social du Grand Pré", PartnerKind.SOCIAL, "12 allée du Grand Pré", "69008", "Lyon",
        45.7391, 4.8702, "Sur rendez-vous, demandez Inès à l’accueil", HELP, access=(Access.CALL,),
        care=(Care.LANGUAGES, Care.ILLITERACY),
    ),
)  # fmt: skip
# What the poster says, line by line; the press has a sheet for it.
TARIFF = {
    "workshop": "Téléphone et internet à prix solidaire",
    "meetings": [
        {"day": "Téléphone remis à neuf : 25 €", "hours": "Carte SIM : 5 € par mois", "room": "Ordinateur : 80 €"}
    ],
    "place": "Sur orientation de votre conseillère ou de votre conseiller.",
}


async def meet(world: DemoWorld, now: datetime) -> None:
    """The partners of both towns, with their tariffs; those of last year are over."""
    by, at = world.manager_of(world.agencies[0].id), world.begins_at
    for number, plan in enumerate(PARTNERS, start=1):
        await partners.add(world.db, _partner(plan, number, at), by=by, now=at)
    poster = await printed("door", TARIFF, at)
    year = now.year
    for title, first, last in (
        (f"Tarifs solidaires {year}", date(year, 1, 1), now.date() + timedelta(days=120)),
        (f"Tarifs solidaires {year - 1}", date(year - 1, 1, 1), date(year - 1, 12, 31)),
    ):
        said = LeafletSaid(
            title=title,
            kind=LeafletKind.TARIFF,
            language=FRENCH,
            service=Service.SOLIDARITY_PHONE,
            first_on=first,
            last_on=last,
        )
        await leaflets.add(world.db, said, poster, by=by, now=at)


def _partner(plan: PartnerPlan, number: int, at: datetime) -> Partner:
    return Partner(
        id=new_id(at),
        name=plan.name,
        kind=plan.kind,
        address=plan.address,
        postcode=plan.postcode,
        commune=plan.commune,
        latitude=plan.latitude,
        longitude=plan.longitude,
        phone=f"0199001{number:03}",
        emails=f"accueil{number}@partenaires.example",
        hours=plan.hours,
        services=plan.services,
        fees=plan.fees,
        access=plan.access,
        support=plan.support,
        care=plan.care,
        roaming=plan.roaming,
        summary=plan.summary,
        source="Démonstration",
        updated_on=at.date(),
        created_at=at,
    )

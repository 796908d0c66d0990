"""Invented referrals: some people are sent to partners, who answer, or do not."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta
from random import Random

from booking.demo.world import DemoWorld
from booking.domain.errors import Refused
from booking.domain.job_seekers import JobSeeker
from booking.domain.partner_terms import Service
from booking.domain.referral_links import secret_of
from booking.domain.referrals import Aid, Deed, Outcome, Referral, Remark, Said, Shared
from booking.domain.sites import Site
from booking.services import directory, referral_answers, referral_silence, referrals
from booking.services.directory import Asked
from booking.services.referrals import Proposal
from booking.storage import referral_links

Act = Callable[[datetime], Awaitable[None]]
Later = Callable[[datetime, Act], None]
# Every thirteenth of the people: whoever stands in these places is of another agency each time.
OF_PEOPLE = 13
SEED = 12
A_DAY = timedelta(days=1)
WANTED = (
    (Service.SOLIDARITY_PHONE, (Aid.PHONE,)),
    (Service.SOLIDARITY_SIM, (Aid.PLAN,)),
    (Service.EQUIPMENT, (Aid.COMPUTER, Aid.SKILLS)),
    (Service.PAPERWORK, (Aid.PROCEDURES,)),
)
# What partners say, after how many days; of the second and the last one nothing is heard.
ANSWERS: tuple[tuple[int, Said] | None, ...] = (
    (6, Said(deed=Deed.CLOSED, outcome=Outcome.EQUIPPED)),
    None,
    (4, Said(deed=Deed.MET, remark=Remark.PAPERS)),
    (9, Said(deed=Deed.CLOSED, outcome=Outcome.TARIFF)),
    (3, Said(deed=Deed.NOT_REACHED)),
    (8, Said(deed=Deed.CLOSED, outcome=Outcome.NOT_COME)),
    (12, Said(deed=Deed.CLOSED, outcome=Outcome.TRAINED)),
    None,
)


def refer(world: DemoWorld, site: Site, now: datetime, later: Later) -> None:
    """Some of the people are sent to partners in the weeks of the demonstration; every morning the clock looks."""
    dice = Random(SEED)  # noqa: S311 - nothing is kept secret by it
    for number, person in enumerate(world.people[5::OF_PEOPLE]):
        at = world.begins_at + (now - world.begins_at) * dice.uniform(0.3, 1)
        later(at, _sending(world, person, number, site, later))
    morning = world.begins_at.replace(hour=9)
    while morning < now:
        later(morning, _looking(world))
        morning += A_DAY


def _looking(world: DemoWorld) -> Act:
    async def look(at: datetime) -> None:
        await referral_silence.look(world.db, at)

    return look


def _sending(world: DemoWorld, person: JobSeeker, number: int, site: Site, later: Later) -> Act:
    by, (service, aids) = world.adviser_of(person.agency_id), WANTED[number % len(WANTED)]
    answer = ANSWERS[number % len(ANSWERS)]

    async def send(at: datetime) -> None:
        asked = Asked(service=service, agency_id=person.agency_id, within_km=50)
        near = await directory.find(world.db, asked, by=by, now=at)
        if not near:
            return
        # Of one who was asked nothing more is known yet.
        is_sent = number % 11 != 5
        proposal = Proposal(
            partner_id=near[0].partner.id,
            service=service,
            aids=aids,
            shared=tuple(Shared),
            has_agreed=is_sent,
            is_sent=is_sent,
        )
        made = await referrals.propose(world.db, person.id, proposal, by=by, site=site, now=at)
        if is_sent and answer:
            later(at + answer[0] * A_DAY, _answering(world, made, answer[1], site))

    return send


def _answering(world: DemoWorld, referral: Referral, said: Said, site: Site) -> Act:
    async def answer(at: datetime) -> None:
        async with world.db.reading() as tx:
            link = await referral_links.of_referral(tx, referral.id)
        met_on = at.date() if said.deed in (Deed.MET, Deed.CLOSED) and said.outcome is not Outcome.NOT_COME else None
        told = Said(deed=said.deed, outcome=said.outcome, met_on=met_on, remark=said.remark)
        with suppress(Refused):
            if link:
                await referral_answers.answer(world.db, secret_of(link.id, site.secret), told, now=at)

    return answer

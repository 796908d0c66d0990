"""Addresses that are used no more, on a person's page: why, since when, and using them again."""

from typing import Any
from uuid import UUID

from litestar import Controller, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from booking.domain.errors import Refused
from booking.domain.job_seekers import Channel, JobSeeker
from booking.domain.suppressions import ASKED, Because, Suppression
from booking.services import suppressing
from booking.web.pages.visits import Answer, Visit, see

UNWANTED = {
    Channel.SMS: "Cette personne ne veut plus de SMS depuis le %(day)s.",
    Channel.EMAIL: "Cette personne ne veut plus d’e-mails depuis le %(day)s.",
}
LOST = {
    Channel.SMS: "Ce numéro ne reçoit plus nos SMS depuis le %(day)s.",
    Channel.EMAIL: "Les e-mails à cette adresse nous reviennent depuis le %(day)s.",
}
LIFTS = {
    Because.STOP: "Lever ce refus",
    Because.COMPLAINED: "Lever ce refus",
    Because.BOUNCED: "Essayer de nouveau",
    Because.INVALID: "Essayer de nouveau",
}


def sentence(one: Suppression) -> str:
    """What is so, with a place for the day."""
    return (UNWANTED if one.because in ASKED else LOST)[one.channel]


def deed(one: Suppression) -> str:
    """What ends it."""
    return LIFTS[one.because]


async def shown(visit: Visit, person_id: UUID) -> dict[str, Any]:
    """What the page of a person shows of it."""
    closed, zone = await suppressing.shown(visit.db, person_id, site=visit.site, by=visit.staff)
    told = {"closed": closed, "closed_zone": zone, "closed_ways": [one.channel for one in closed]}
    return told | {"sentence": sentence, "deed": deed}


async def ways_closed(visit: Visit, person: JobSeeker) -> list[Channel]:
    """By which ways this person, whom one sees, is not written to."""
    return [one.channel for one in await suppressing.of_person(visit.db, person, site=visit.site)]


class ContactPages(Controller):
    """Using an address again."""

    @post("/personnes/{person_id:uuid}/refus/{suppression_id:uuid}")
    async def lift(
        self, visit: NamedDependency[Visit], person_id: FromPath[UUID], suppression_id: FromPath[UUID]
    ) -> Answer:
        """The person asked for it, or the address takes messages again."""
        form = await visit.form()
        said = {"site": visit.site, "by": visit.staff, "now": visit.now}
        try:
            await suppressing.lift(visit.db, person_id, suppression_id, form.get("because"), **said)
        except Refused as refusal:
            if not refusal.facts.get("fields"):
                raise
            return see(f"/personnes/{person_id}?fait=sans-motif#refus")
        return see(f"/personnes/{person_id}?fait=leve#refus")

"""A message to a colleague about a training: the same facts as everybody is told, in words among colleagues."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from booking.documents.facts import facts as facts_of
from booking.domain.cases import Case
from booking.domain.messages import MessageKind
from booking.domain.sites import Site
from booking.language import typeset

VERSION = 1
SAID = {
    MessageKind.CONFIRMATION: ("Votre formation", "Vous avez une place à cette formation."),
    MessageKind.WAITLISTED: (
        "Votre formation : liste d’attente",
        "La formation est complète. Vous êtes en liste d’attente.",
    ),
    MessageKind.SEAT_GIVEN: ("Formation : vous avez une place", "Une place s’est libérée. Elle est pour vous."),
    MessageKind.SEAT_OFFERED: (
        "Formation : une place vous est proposée",
        "Une place s’est libérée. Prenez-la avant le {until}, sinon elle est proposée à quelqu’un d’autre.",
    ),
    MessageKind.REMINDER: ("Rappel : formation", "Vous avez une place à cette formation."),
    MessageKind.NEXT_MEETING: ("Rappel : suite de la formation", "La formation continue."),
    MessageKind.SESSION_MOVED: ("Formation : changement", "La formation a changé. Voici ce qui vaut maintenant."),
    MessageKind.SESSION_CANCELLED: ("Formation annulée", "La formation est annulée. Ne venez pas."),
    MessageKind.SESSION_CUT_SHORT: ("Formation : la suite est annulée", "La suite de la formation est annulée."),
    MessageKind.BOOKING_MOVED: ("Formation : nouvelle date", "Votre place est maintenant à cette date."),
    MessageKind.BOOKING_CANCELLED: ("Formation : inscription annulée", "Votre inscription est annulée."),
    MessageKind.WAIT_ENDED: ("Formation : fin de l’attente", "Aucune place ne s’est libérée. Votre attente est finie."),
    MessageKind.INVITATION: ("Formation : dans votre agenda", "Voici la séance pour votre agenda."),
    MessageKind.INVITATION_ENDED: ("Formation : séance retirée", "Cette séance n’a pas lieu."),
}


def colleague_words(
    kind: MessageKind, case: Case, now: datetime, details: Mapping[str, Any] | None, site: Site | None
) -> tuple[str, str]:
    """Subject and body."""
    facts = facts_of(case, now, details, None)
    subject, sentence = SAID[kind]
    where = ", ".join(filter(None, (facts["agency"], facts["address"])))
    lines = [
        f"Formation : {facts['workshop']}",
        *(f"Date : {date}" for date in facts["dates"]),
        f"Lieu : {where}",
        *([f"Salle : {facts['room']}"] if facts["room"] else []),
        *([f"À apporter : {facts['to_bring']}"] if facts["to_bring"] else []),
    ]
    because = facts["reason"] or facts["because"]
    said = [
        f"Bonjour {case.person.first_name},",
        sentence.replace("{until}", facts["until"]),
        *([f"Motif : {because}"] if because else []),
        "\n".join(lines),
        *([f"Vos formations :\n{site.url}/formations"] if site else []),
    ]
    heading = f"{subject}, {facts['first_day']}"
    return typeset(heading), typeset("\n\n".join(said)) + "\n"

"""Ask the database whether everything is still true, in words for people or for programs."""

import asyncio
import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime

import click

from booking.cli.audit import SHOWN, look
from booking.cli.databases import in_data, opened
from booking.services import restoring
from booking.services.doctor import Finding, examine
from booking.settings import Settings

BROKEN = 2
AUDIT_WHOLE = ("audit-whole", "Every line of the audit is as it was written, and none is missing.")
WORDS = {
    "file-sound": "Le fichier de la base est abîmé",
    "no-orphans": "Des lignes en désignent d’autres qui n’existent pas",
    "seats-counted": "Le compteur de places prises ne correspond pas aux inscriptions",
    "waiting-counted": "Le compteur d’attente ne correspond pas à la liste d’attente",
    "never-too-many": "Plus de personnes inscrites que de places",
    "kept-counted": "Le compteur de places gardées ne correspond pas aux contingents",
    "contingents-counted": "Un contingent ne correspond pas aux personnes qui en ont une place",
    "booked-once": "Une personne a deux inscriptions dans la même session",
    "one-place-at-a-time": "Une personne est inscrite à deux séances en même temps",
    "seats-occupy-times": "Une place n’occupe pas toutes les séances de sa session",
    "times-belong-to-seats": "Des heures sont occupées sans place",
    "holders-in-one-place": "Une salle ou une personne de l’équipe est à deux endroits en même temps",
    "meetings-hold-their-places": "Une séance n’occupe pas sa salle ou son équipe",
    "no-place-in-cancelled": "Une session annulée ou en brouillon garde des inscriptions",
    "free-seats-given": "Quelqu’un attend alors qu’une place libre lui revient",
    "line-kept": "Une place a été donnée avant le tour d’une personne qui attendait",
    "people-found": "Une personne n’est pas trouvée par une recherche, ou l’est sous un nom qui n’est plus le sien",
    "waits-served": "Une personne attend un atelier alors qu’une place libre pourrait être à elle",
    "open-as-the-terms-say": "Une session prend des inscriptions à d’autres dates que ses conditions",
    "nobody-before-his-seat": "Une place occupe une séance d’avant qu’elle ne soit donnée",
    "made-up-in-one-meeting": "Un rattrapage occupe une autre séance que la sienne",
    "made-up-by-the-same-person": "Un rattrapage n’est pas celui de la personne, ou pas de cet atelier",
    "made-up-once": "Une séance est rattrapée deux fois",
    "session-times": "Le début ou la fin d’une session n’est pas celui de ses séances",
    "meetings-apart": "Deux séances d’une session se chevauchent",
    "meetings-numbered": "Les séances d’une session ne sont pas numérotées dans l’ordre",
    "seats-confirmed": "Une personne inscrite n’a pas de confirmation",
    "cancelled-are-silent": "Un message reste prévu pour une inscription annulée",
    "reminders-current": "Un rappel prévu ignore le dernier changement",
    "leases-whole": "Un message est réservé à moitié pour l’envoi",
    "attempts-of-messages": "Un envoi n’appartient à aucun message, ou n’y est pas compté",
    "attendance-of-seats": "Une présence est notée pour quelqu’un qui n’avait pas de place",
    "published-are-shown": "Une séance publiée manque au calendrier, ou un brouillon y figure",
    "shown-as-planned": "Une entrée de calendrier n’a pas les heures de sa séance, ou manque à un calendrier",
    "removed-are-cancelled": "Une séance supprimée n’est pas annoncée comme annulée",
    "feeds-move": "La version d’un calendrier est en retard sur ses changements",
    "one-good-link": "Un agenda suivi n’a pas exactement un lien qui marche",
    "links-are-hashes": "Le lien d’un agenda est gardé en clair",
    "follows-what-is-there": "Un agenda suivi montre ce qui n’existe pas, ou ce qui n’est pas à son propriétaire",
    "guests-as-planned": "Une invitation annonce une séance que la personne n’anime pas, ou à une autre heure",
    "invitations-leased-whole": "Une invitation est réservée à moitié pour l’envoi",
    "refusals-seen-to": "Un refus est réglé sans que l’on sache par qui, ou une réponse réglée n’est pas un refus",
    "delivered-was-sent": "Un message est dit reçu alors qu’aucun envoi n’est parti",
    "addresses-are-hashes": "Une adresse qui ne sert plus est gardée en clair",
    "roles-held-once": "Une personne a deux fois le même rôle dans la même agence",
    "entrusted-by-its-holder": "Un rôle est confié par quelqu’un qui ne l’a pas",
    "audit-whole": "Le journal n’est plus tel qu’il a été écrit",
    "erased-say-nothing": "Il reste quelque chose d’une personne effacée",
    "erased-are-hashes": "Le journal des effacements dit plus qu’une empreinte",
    "erased-stay-erased": "Une personne effacée est de retour : lancez « ateliers privacy reapply »",
    "evidence-has-documents": "Une preuve de remise n’a pas son document",
    "evidence-ends-once": "Une preuve de remise est annulée deux fois, ou par une ligne qui parle d’autre chose",
    "documents-whole": "Un document archivé n’est plus celui de son empreinte",
    "figures-equal-rows": "Les chiffres d’une session ne sont pas ses inscriptions : « ateliers figures recount »",
    "figures-add-up": "Les chiffres d’une agence ne sont pas la somme de ses sessions : « ateliers figures recount »",
    "steps-add-up": "Les étapes d’une agence ne sont pas la somme de celles de ses gens : « ateliers figures recount »",
    "steps-of-people": "Une étape compte pour quelqu’un qui n’existe plus : « ateliers figures recount »",
    "entries-read": "Une entrée de calendrier est illisible ou n’est pas celle de sa séance",
    "referred-agreed": "Un partenaire est informé d’une personne qui n’a pas donné son accord",
    "partners-told": "Un partenaire qui a une adresse n’a pas d’e-mail sur une personne qu’on lui envoie",
    "silence-waited-for": "Le silence d’un partenaire n’est suivi par personne",
    "reminded-once": "Une relance à un partenaire n’est pas un seul e-mail",
    "cancelled-closed": "Le lien d’une orientation annulée ouvre encore quelque chose",
    "each-in-his-workshops": "Un agent est inscrit avec des demandeurs d’emploi, ou l’inverse",
    "staff-attend-where-seated": "Un agent inscrit à une formation n’y est pas attendu, ou l’est sans place",
}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Pour un programme.")
@in_data
def doctor(as_json: bool, settings: Settings) -> None:
    """Vérifie que tout ce qui doit être vrai l’est ; ne change rien.

    Se termine par 0 si tout va bien, 2 s’il y a une anomalie, 1 si la base n’a pas pu être lue.
    """
    found = asyncio.run(look_over(settings))
    click.echo(json.dumps([asdict(finding) for finding in found], indent=2) if as_json else report(found))
    sys.exit(BROKEN if found else 0)


async def look_over(settings: Settings) -> list[Finding]:
    """Every promise that does not hold, those about what lies outside the database too."""
    async with opened(settings) as db:
        found = await examine(db, now=datetime.now(UTC))
        back = await restoring.returned(db, settings.site, restoring.read(settings.data / restoring.ERASURES_FILE))
    found += [restoring.found_again(back)] if back else []
    verified = await look(settings)
    lines = tuple(f"{fault.kind} {fault.line}" for fault in verified.faults[:SHOWN])
    broken = [Finding(*AUDIT_WHOLE, len(verified.faults), lines)]
    return found if verified.is_whole else found + broken


def report(found: list[Finding]) -> str:
    """What was found, in words."""
    return "\n\n".join(map(_paragraph, found)) if found else "Tout est en ordre."


def _paragraph(finding: Finding) -> str:
    more = [f"  … et {finding.count - len(finding.ids)} autres"] if finding.count > len(finding.ids) else []
    title = f"{WORDS[finding.name]} ({finding.name}) : {finding.count}"
    return "\n".join([title, *(f"  {id}" for id in finding.ids), *more])

"""``ateliers jobs simulate``: what would leave at a time to come, changing nothing."""

import asyncio
from collections import Counter
from datetime import datetime

import click

from booking.cli.databases import in_data, opened
from booking.cli.moments import clock_time, instant, zone_of
from booking.cli.serving import deliveries_of
from booking.domain.messages import MessageState
from booking.services.foreseeing import Fate, Foreseen, foresee
from booking.settings import Settings
from booking.web.pages.words import CHANNELS, KINDS

EXAMPLE = "--now 2026-12-01T18:00"
FATES = {
    MessageState.SENDING: "Partent",
    MessageState.TO_DO: "Laissés à une personne",
    MessageState.PLANNED: "Remis à plus tard",
    MessageState.EXPIRED: "Viendraient trop tard",
    MessageState.COALESCED: "Regroupés avec un rappel plus récent",
    MessageState.SUPERSEDED: "Ne sont plus vrais",
    MessageState.SUPPRESSED: "N’ajoutent rien : c’est déjà dit sur papier ou dans un agenda",
    MessageState.DEAD: "Échouent : il ne reste aucun moyen",
}
WHY = {"outside-hours": "hors des heures d’envoi", "resting": "le moyen est en panne"}


@click.command()
@click.option("--now", "said", required=True, metavar="HEURE", help="Par exemple 2026-12-01T18:00, heure des agences.")
@in_data
def simulate(said: str, settings: Settings) -> None:
    """Dit ce qui partirait à cette heure et dans l’heure qui suit, sans rien envoyer ni changer.

    Compte ce qui est prévu maintenant, avec les règles de l’envoi. Une heure sans fuseau est celle des agences.
    """
    click.echo(asyncio.run(_simulate(settings, said)))


async def _simulate(settings: Settings, said: str) -> str:
    channels = deliveries_of(settings).channels
    async with opened(settings) as db:
        zone = await zone_of(db)
        at = instant(said, zone, EXAMPLE)
        if at < (now := await db.now()):
            passed = f"Cette heure est passée : nous sommes le {clock_time(now, zone)} ({zone})."
            raise click.UsageError(f"{passed} Écrivez une heure à venir, par exemple : {EXAMPLE}")
        found = await foresee(db, channels, at, settings.site)
    return _report(found, at, zone)


def _report(found: Foreseen, at: datetime, zone: str) -> str:
    lines = [f"Le {clock_time(at, zone)} (heure de {zone}) :", *_lines(found.then, found, zone)]
    if found.overdue:
        lines.append(f"  Dont {found.overdue} prévus avant cette heure : ils seront déjà partis si l’envoi tourne.")
    return "\n".join([*lines, "Dans l’heure qui suit :", *_lines(found.soon, found, zone)])


def _lines(fates: Counter[Fate], found: Foreseen, zone: str) -> list[str]:
    if not fates:
        return ["  Rien."]
    said = []
    for state, words in FATES.items():
        these: Counter[str] = Counter()
        for fate in filter(lambda fate: fate.state is state, fates):
            these[_words(fate, found, zone)] += fates[fate]
        said += [f"  {words} : {these.total()}"] if these else []
        said += [f"    {number} {line}" for line, number in sorted(these.items(), key=lambda one: (-one[1], one[0]))]
    return said


def _words(fate: Fate, found: Foreseen, zone: str) -> str:
    by = [CHANNELS[fate.channel]] if fate.channel else []
    why = [WHY[fate.reason]] if fate.reason in WHY else []
    until = [f"jusqu’au {clock_time(fate.until, zone)}"] if fate.until else []
    return ", ".join([KINDS[fate.kind], *by, found.agencies[fate.agency_id], *why, *until])

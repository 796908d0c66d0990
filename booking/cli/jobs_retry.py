"""``ateliers jobs retry``: messages that no way could say are tried anew."""

import asyncio
from datetime import date
from uuid import UUID

import click

from booking.cli.databases import in_data, opened
from booking.cli.moments import day, zone_of
from booking.cli.sentences import Sentence
from booking.services.retrying import Retried
from booking.services.retrying import retry as plan_again
from booking.settings import Settings
from booking.storage import agencies
from booking.storage.database import Database
from calendars.zones import midnight


@click.command()
@click.option("--agency", metavar="AGENCE", help="Seulement pour les personnes de cette agence.")
@click.option("--since", metavar="DATE", help="Seulement ce qui a échoué depuis ce jour, par exemple 2026-12-01.")
@in_data
def retry(agency: str | None, since: str | None, settings: Settings) -> None:
    """Prévoit de nouveau les messages en échec dont la séance est à venir.

    Les essais recommencent à zéro. Ce qui n’est plus vrai ou viendrait trop tard est laissé.
    Le refaire ne change rien.
    """
    first = day(since, "--since 2026-12-01") if since else None
    done = asyncio.run(_retry(settings, agency, first))
    click.echo(f"Messages prévus de nouveau : {done.planned}. Déjà repris : {done.known}.")
    click.echo(f"Laissés, plus vrais ou trop tard : {done.left}.")


async def _retry(settings: Settings, slug: str | None, since: date | None) -> Retried:
    async with opened(settings) as db:
        agency_id = await _agency_id(db, slug) if slug else None
        from_then_on = midnight(since, await zone_of(db)) if since else None
        return await plan_again(db, await db.now(), agency_id=agency_id, since=from_then_on)


async def _agency_id(db: Database, slug: str) -> UUID:
    async with db.reading() as tx:
        agency = await agencies.by_slug(tx, slug)
    if agency is None:
        raise Sentence(f"Aucune agence n’a l’adresse « {slug} ». Écrivez par exemple : --agency grenoble-bastille")
    return agency.id

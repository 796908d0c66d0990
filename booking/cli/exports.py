"""``ateliers export``: presences as a file, of any length."""

import asyncio
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import click

from booking.cli.databases import in_data, opened
from booking.cli.moments import day
from booking.cli.sentences import Sentence
from booking.domain.errors import InvalidField
from booking.domain.exports import Format, Scope
from booking.services import agencies, exports
from booking.settings import Settings
from booking.storage.database import Database

EXAMPLE = "2026-11-01"


@click.group()
def export() -> None:
    """Sort des données vers un fichier."""


@export.command()
@click.option("--agency", metavar="CODE", help="Code ou nom court de l’agence ; tout le réseau sinon.")
@click.option("--from", "first", required=True, metavar="JOUR", help=f"Premier jour, comme {EXAMPLE}.")
@click.option("--to", "last", required=True, metavar="JOUR", help="Dernier jour, inclus.")
@click.option(
    "--format", "kind", type=click.Choice([kind.value for kind in Format]), default=Format.CSV.value, show_default=True
)
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="Fichier à écrire ; presences.… sinon.")
@in_data
def attendance(agency: str | None, first: str, last: str, kind: str, output: Path | None, settings: Settings) -> None:
    """Exporte les présences : une ligne par personne et par séance. Le fichier contient des noms."""
    target = output or Path(f"presences.{kind}")
    try:
        rows = asyncio.run(_write(settings, agency, (day(first, EXAMPLE), day(last, EXAMPLE)), Format(kind), target))
    except InvalidField as error:
        raise Sentence("Ces jours ne vont pas : le dernier vient après le premier, entre 2000 et 2100.") from error
    click.echo(f"{rows} lignes dans {target}.")


async def _write(settings: Settings, agency: str | None, days: tuple[date, date], kind: Format, target: Path) -> int:
    async with opened(settings) as db:
        scope = Scope(agency_id=await _agency(db, agency), first_on=days[0], last_on=days[1])
        return await exports.write(db, scope, kind, target, now=datetime.now(UTC), told=_progress)


async def _agency(db: Database, said: str | None) -> UUID | None:
    if said is None:
        return None
    for one in await agencies.every(db):
        if said in (one.code, one.slug):
            return one.id
    raise Sentence(f"Aucune agence n’a le code « {said} ».")


def _progress(rows: int) -> None:
    """One line that counts, on a terminal."""
    if sys.stderr.isatty():
        click.echo(f"{rows}\r", nl=False, err=True)

"""``ateliers export``: presences as a file, of any length."""

import asyncio
import os
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import click

from booking.cli.databases import in_data, opened
from booking.cli.moments import day
from booking.cli.sentences import Sentence
from booking.documents.appointment_lists import TYPES
from booking.domain.errors import InvalidField
from booking.domain.exports import Format, Scope
from booking.services import agencies, appointments, exports
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
    "--format",
    "kind",
    type=click.Choice([Format.CSV.value, Format.XLSX.value]),
    default=Format.CSV.value,
    show_default=True,
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


@export.command("appointments")
@click.option("--agency", metavar="CODE", help="Code ou nom court de l’agence ; tout le réseau sinon.")
@click.option("--from", "first", required=True, metavar="JOUR", help=f"Premier jour, comme {EXAMPLE}.")
@click.option("--to", "last", required=True, metavar="JOUR", help="Dernier jour, inclus.")
@click.option("--since", metavar="INSTANT", help="Seulement ce qui a changé depuis, comme 2026-11-01T06:00:00+01:00.")
@click.option("--format", "kind", type=click.Choice(list(TYPES)), default="json", show_default=True)
@click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), help="Fichier à écrire ; rendez-vous.… sinon."
)
@in_data
def appointments_(
    agency: str | None,
    first: str,
    last: str,
    since: str | None,
    kind: str,
    output: Path | None,
    settings: Settings,
) -> None:
    """Exporte inscriptions et présences dans le vocabulaire des rendez-vous partenaires, sans aucun nom."""
    target = output or Path(f"rendez-vous.{kind}")
    days = day(first, EXAMPLE), day(last, EXAMPLE)
    try:
        asyncio.run(_write_appointments(settings, agency, days, _instant(since), kind, target))
    except InvalidField as error:
        raise Sentence("Ces jours ne vont pas : le dernier vient après le premier, entre 2000 et 2100.") from error
    click.echo(f"Écrit dans {target}.")


def _instant(said: str | None) -> datetime | None:
    try:
        found = datetime.fromisoformat(said) if said else None
    except ValueError as error:
        raise Sentence(f"« {said} » n’est pas un instant : écrivez 2026-11-01T06:00:00+01:00.") from error
    if found and found.tzinfo is None:
        raise Sentence("Dites aussi le fuseau : 2026-11-01T06:00:00+01:00.")
    return found


async def _write_appointments(
    settings: Settings, agency: str | None, days: tuple[date, date], since: datetime | None, kind: str, target: Path
) -> None:
    async with opened(settings) as db:
        scope = Scope(agency_id=await _agency(db, agency), first_on=days[0], last_on=days[1])
        pieces = await appointments.take(db, scope, kind, since=since, by=None, now=datetime.now(UTC))
        file = await asyncio.to_thread(open, target, "wb", opener=_for_its_owner)
        with file:
            async for piece in pieces:
                file.write(piece)


def _for_its_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


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

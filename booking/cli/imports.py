"""Bring lists in: the command, and what it says meanwhile."""

import asyncio
import sys
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from pathlib import Path

import click

from booking.cli import school_words
from booking.cli.databases import in_data, opened
from booking.cli.import_words import report_of, why_unreadable
from booking.cli.sentences import Door, Sentence
from booking.domain.agencies import Phase
from booking.domain.errors import NameTaken
from booking.services.agency_columns import FIELDS
from booking.services.imports import Options, import_agencies
from booking.services.row_files import LARGEST_FILE, UnreadableFile
from booking.services.row_sorting import Report
from booking.services.school_holidays import Report as HolidayReport
from booking.services.school_holidays import import_holidays
from booking.settings import Settings

import_ = Door("import", help="Importe des listes.")


Told = Callable[[click.Context, click.Parameter, tuple[str, ...]], dict[str, str]]


def told_columns(fields: Collection[str]) -> Told:
    """Reads ``CHAMP=COLONNE`` for one of these fields."""

    def told(_: click.Context, __: click.Parameter, said: tuple[str, ...]) -> dict[str, str]:
        columns = dict(word.partition("=")[::2] for word in said)
        if any(field not in fields or not column for field, column in columns.items()):
            raise click.BadParameter(f"écrivez CHAMP=COLONNE, avec pour champ l’un de : {', '.join(fields)}.")
        return columns

    return told


@import_.command("agencies")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--map", "columns", multiple=True, callback=told_columns(FIELDS), metavar="CHAMP=COLONNE", help="Peut être répété."
)
@click.option("--dry-run", is_flag=True, help="Dit ce qui serait fait, n’écrit rien.")
@click.option("--format", "kind", type=click.Choice(["csv", "json"]), help="Deviné s’il manque.")
@click.option("--keep-alike", is_flag=True, help="Importe aussi ce qui ressemble à une agence connue.")
@click.option(
    "--phase", type=click.Choice([one.value for one in Phase]), default="open", help="Celle des nouvelles agences."
)
@click.option("--all", "in_full", is_flag=True, help="Montre chaque remarque.")
@in_data
def agencies(
    file: Path,
    columns: dict[str, str],
    dry_run: bool,
    kind: str | None,
    keep_alike: bool,
    phase: str,
    in_full: bool,
    settings: Settings,
) -> None:
    """Importe des agences : un CSV, ou une liste d’objets JSON. Deux fois la même liste ne change rien."""
    options = Options(columns=columns, format=kind, is_dry_run=dry_run, keeps_alike=keep_alike, phase=Phase(phase))
    try:
        report = asyncio.run(_import(settings, content_of(file), options))
    except UnreadableFile as error:
        raise Sentence(f"{file.name} : {why_unreadable(error)}") from error
    except NameTaken as error:
        raise Sentence("Un autre import est en cours : attendez sa fin, puis relancez celui-ci.") from error
    click.echo(report_of(file.name, report, in_full=in_full))


@import_.command("school-holidays")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Dit ce qui serait fait, n’écrit rien.")
@click.option("--all", "in_full", is_flag=True, help="Montre chaque remarque.")
@in_data
def school_holidays(file: Path, dry_run: bool, in_full: bool, settings: Settings) -> None:
    """Importe les vacances scolaires : le CSV du ministère, ou zone, name, first_on, last_on."""
    try:
        report = asyncio.run(_import_holidays(settings, content_of(file), dry_run))
    except UnreadableFile as error:
        why = school_words.what_is_missing(error) if error.why == "missing-columns" else why_unreadable(error)
        raise Sentence(f"{file.name} : {why}") from error
    click.echo(school_words.report_of(file.name, report, in_full=in_full))


async def _import_holidays(settings: Settings, content: bytes, is_dry_run: bool) -> HolidayReport:
    async with opened(settings) as db:
        return await import_holidays(db, content, is_dry_run=is_dry_run, by=None, now=datetime.now(UTC))


def content_of(file: Path) -> bytes:
    """What is in the file. Raises :class:`UnreadableFile` before reading more than can be read."""
    if file.is_file() and file.stat().st_size > LARGEST_FILE:
        raise UnreadableFile("too-large", most=LARGEST_FILE)
    return file.read_bytes()


async def _import(settings: Settings, content: bytes, options: Options) -> Report:
    async with opened(settings) as db:
        now = datetime.now(UTC)
        return await import_agencies(db, content, options, site=settings.site, now=now, progress=counted)


def counted(done: int, total: int) -> None:
    """One line that counts, on a terminal; in a log a line a batch."""
    is_terminal = sys.stderr.isatty()
    click.echo(f"{done}/{total}" + "\r" * is_terminal, nl=not is_terminal or done == total, err=True)

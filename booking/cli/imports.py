"""Bring lists in: the command, and what it says meanwhile."""

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from booking.cli.databases import in_data, opened
from booking.cli.import_words import report_of, why_unreadable
from booking.cli.sentences import Door, Sentence
from booking.domain.errors import NameTaken
from booking.services.agency_columns import FIELDS
from booking.services.imports import Options, Report, import_agencies
from booking.services.row_files import LARGEST_FILE, UnreadableFile
from booking.settings import Settings

import_ = Door("import", help="Importe des listes.")


def _told(_: click.Context, __: click.Parameter, said: tuple[str, ...]) -> dict[str, str]:
    told = dict(word.partition("=")[::2] for word in said)
    for field, column in told.items():
        if field not in FIELDS or not column:
            raise click.BadParameter(f"écrivez CHAMP=COLONNE, avec pour champ l’un de : {', '.join(FIELDS)}.")
    return told


@import_.command("agencies")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--map", "columns", multiple=True, callback=_told, metavar="CHAMP=COLONNE", help="Peut être répété.")
@click.option("--dry-run", is_flag=True, help="Dit ce qui serait fait, n’écrit rien.")
@click.option("--format", "kind", type=click.Choice(["csv", "json"]), help="Deviné s’il manque.")
@click.option("--keep-alike", is_flag=True, help="Importe aussi ce qui ressemble à une agence connue.")
@click.option("--all", "in_full", is_flag=True, help="Montre chaque remarque.")
@in_data
def agencies(
    file: Path,
    columns: dict[str, str],
    dry_run: bool,
    kind: str | None,
    keep_alike: bool,
    in_full: bool,
    settings: Settings,
) -> None:
    """Importe des agences : un CSV, ou une liste d’objets JSON. Deux fois la même liste ne change rien."""
    options = Options(columns=columns, format=kind, is_dry_run=dry_run, keeps_alike=keep_alike)
    try:
        report = asyncio.run(_import(settings, _content(file), options))
    except UnreadableFile as error:
        raise Sentence(f"{file.name} : {why_unreadable(error)}") from error
    except NameTaken as error:
        raise Sentence("Un autre import est en cours : attendez sa fin, puis relancez celui-ci.") from error
    click.echo(report_of(file.name, report, in_full=in_full))


def _content(file: Path) -> bytes:
    if file.is_file() and file.stat().st_size > LARGEST_FILE:
        raise UnreadableFile("too-large", most=LARGEST_FILE)
    return file.read_bytes()


async def _import(settings: Settings, content: bytes, options: Options) -> Report:
    async with opened(settings) as db:
        now = datetime.now(UTC)
        return await import_agencies(db, content, options, site=settings.site, now=now, progress=_progress)


def _progress(done: int, total: int) -> None:
    """One line that counts, on a terminal; in a log a line a batch."""
    is_terminal = sys.stderr.isatty()
    click.echo(f"{done}/{total}" + "\r" * is_terminal, nl=not is_terminal or done == total, err=True)

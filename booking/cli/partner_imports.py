"""Bring partners in from a file: the command, and what it says."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import click

from booking.cli.databases import in_data, opened
from booking.cli.import_words import report_of, why_unreadable
from booking.cli.imports import content_of, counted, told_columns
from booking.cli.sentences import Sentence
from booking.domain.errors import NameTaken, StaleEdit
from booking.services.partner_columns import FIELDS
from booking.services.partner_imports import Options, Report, import_partners
from booking.services.row_files import UnreadableFile
from booking.settings import Settings


@click.command("partners")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--map", "columns", multiple=True, callback=told_columns(FIELDS), metavar="CHAMP=COLONNE", help="Peut être répété."
)
@click.option("--source", default="", help="Le nom de la liste, si elle ne le dit pas.")
@click.option("--dry-run", is_flag=True, help="Dit ce qui serait fait, n’écrit rien.")
@click.option("--keep-alike", is_flag=True, help="Importe aussi ce qui ressemble à un partenaire connu.")
@click.option("--all", "in_full", is_flag=True, help="Montre chaque remarque.")
@in_data
def partners(
    file: Path,
    columns: dict[str, str],
    source: str,
    dry_run: bool,
    keep_alike: bool,
    in_full: bool,
    settings: Settings,
) -> None:
    """Importe des partenaires : le CSV du schéma national des lieux de médiation numérique, ou une autre liste."""
    options = Options(columns=columns, source=source, is_dry_run=dry_run, keeps_alike=keep_alike)
    try:
        report = asyncio.run(_import(settings, content_of(file), options))
    except UnreadableFile as error:
        raise Sentence(f"{file.name} : {why_unreadable(error)}") from error
    except NameTaken as error:
        raise Sentence("Un autre import est en cours : attendez sa fin, puis relancez celui-ci.") from error
    except StaleEdit as error:
        raise Sentence("Quelqu’un a modifié un de ces partenaires entre-temps : relancez l’import.") from error
    click.echo(report_of(file.name, report, in_full=in_full, noun="un partenaire connu"))


async def _import(settings: Settings, content: bytes, options: Options) -> Report:
    async with opened(settings) as db:
        return await import_partners(db, content, options, by=None, now=datetime.now(UTC), progress=counted)

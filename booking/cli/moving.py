"""The whole installation out to open files, and back in: the commands, and what they say."""

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from booking.cli.copy_words import why_unusable
from booking.cli.databases import in_data, opened
from booking.cli.sentences import Sentence
from booking.services import moving_in, moving_out, restoring
from booking.services.moving_in import UnusableCopy
from booking.services.moving_out import Copied
from booking.settings import Settings


@click.command("all")
@click.argument("target", type=click.Path(path_type=Path))
@click.option(
    "--with-secrets", is_flag=True, help="Aussi les mots de passe (empreintes), jetons et deuxièmes facteurs."
)
@in_data
def export_all(target: Path, with_secrets: bool, settings: Settings) -> None:
    """Copie toute l’installation en fichiers ouverts : un dossier, ou une archive si le nom finit par .zip.

    La copie contient des noms et des adresses. Les secrets restent, sauf --with-secrets.
    """
    try:
        copied = asyncio.run(_out(settings, target, with_secrets))
    except FileExistsError as error:
        raise Sentence(f"{target} existe déjà : donnez un autre nom.") from error
    click.echo(f"{_said(copied)} dans {target}.")


@click.command("all")
@click.argument("source", type=click.Path(path_type=Path, exists=True))
@in_data
def import_all(source: Path, settings: Settings) -> None:
    """Remet une copie en place dans une base vide, SQLite ou PostgreSQL. Tout, ou rien."""
    try:
        copied = asyncio.run(_in(settings, source))
    except UnusableCopy as error:
        raise Sentence(f"{source.name} : {why_unusable(error)} Rien n’est écrit.") from error
    click.echo(f"{_said(copied)}, comptés et comparés. Vérifiez avec « ateliers doctor ».")


async def _out(settings: Settings, target: Path, with_secrets: bool) -> Copied:
    async with opened(settings) as db:
        known = {"with_secrets": with_secrets, "site": settings.site, "now": datetime.now(UTC)}
        return await moving_out.write(db, target, **known, told=_progress)


async def _in(settings: Settings, source: Path) -> Copied:
    async with opened(settings) as db:
        erased = restoring.read(settings.data / restoring.ERASURES_FILE)
        known = {"site": settings.site, "now": datetime.now(UTC), "erased": erased}
        return await moving_in.take_in(db, source, **known, told=_progress)


def _said(copied: Copied) -> str:
    return f"{copied.tables} tables, {copied.rows} lignes, {copied.files} documents"


async def _progress(tables: int, rows: int) -> None:
    """One line that counts, on a terminal."""
    if sys.stderr.isatty():
        click.echo(f"{tables} tables, {rows} lignes\r", nl=False, err=True)

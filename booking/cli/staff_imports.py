"""Bring a list of staff in: the command, and what it says of each row."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import click

from booking.cli.databases import in_data, opened
from booking.cli.sentences import Sentence
from booking.domain.errors import InvalidField
from booking.language import FRENCH, translate
from booking.services.row_files import UnreadableFile
from booking.services.staff_imports import StaffReport, import_staff
from booking.settings import Settings
from booking.web.staff_words import OUTCOMES, remark, sentence, unreadable

say = translate(FRENCH)


@click.command("staff")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="Essaie tout, n’écrit rien.")
@in_data
def staff(file: Path, dry_run: bool, settings: Settings) -> None:
    """Crée des comptes et donne des rôles : un CSV avec nom, email, roles, agence, fin. Deux fois ne change rien."""
    try:
        report = asyncio.run(_import(settings, file.read_bytes(), dry_run))
    except UnreadableFile as error:
        raise Sentence(f"{file.name} : {unreadable(error, say)}") from error
    except InvalidField as refusal:
        raise Sentence(f"{file.name} : {sentence(refusal.facts['fields']['file'], say)}") from refusal
    for one in report.results:
        said = " ".join(remark(wrong, say) for wrong in one.remarks)
        click.echo(f"{one.line} : {one.name} : {OUTCOMES[one.outcome]}. {said}".rstrip())
    if dry_run:
        click.echo("Essai à blanc : rien n’est écrit.")
    click.echo(", ".join(f"{OUTCOMES[outcome]} : {n}" for outcome, n in report.counts.items() if n))


async def _import(settings: Settings, content: bytes, is_dry_run: bool) -> StaffReport:
    async with opened(settings) as db:
        now = datetime.now(UTC)
        return await import_staff(db, content, is_dry_run=is_dry_run, by=None, site=settings.site, now=now)

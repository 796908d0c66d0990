"""Plan sessions from a file: the command, and what it says of each row."""

import asyncio
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import click

from booking.cli.databases import in_data, opened
from booking.cli.sentences import Sentence
from booking.domain.errors import NotAllowed
from booking.language import FRENCH, translate
from booking.services.accounts import staff_named
from booking.services.row_files import UnreadableFile
from booking.services.session_imports import Outcome, Result, import_sessions
from booking.settings import Settings
from booking.web.import_words import OUTCOMES, remarks, unreadable

say = translate(FRENCH)


@click.command("sessions")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--as", "sign_in_name", required=True, metavar="IDENTIFIANT", help="Qui planifie.")
@click.option("--dry-run", is_flag=True, help="Essaie tout, n’écrit rien.")
@in_data
def sessions(file: Path, sign_in_name: str, dry_run: bool, settings: Settings) -> None:
    """Planifie des sessions : un CSV, ou une liste JSON dans le vocabulaire de l’emploi."""
    try:
        counts = asyncio.run(_import(settings, file.read_bytes(), sign_in_name, dry_run))
    except UnreadableFile as error:
        raise Sentence(f"{file.name} : {unreadable(error, say)}") from error
    except NotAllowed as error:
        raise Sentence(f"{sign_in_name} ne planifie dans aucune agence.") from error
    if dry_run:
        click.echo("Essai à blanc : rien n’est écrit.")
    click.echo(", ".join(f"{OUTCOMES[outcome]} : {counts[outcome]}" for outcome in Outcome))


async def _import(settings: Settings, content: bytes, sign_in_name: str, dry_run: bool) -> Counter[Outcome]:
    counts: Counter[Outcome] = Counter()

    async def told(result: Result) -> None:
        counts[result.outcome] += 1
        lines = ", ".join(map(str, result.lines))
        said = " ".join(remarks(result, say))
        click.echo(f"{lines} : {result.title} : {OUTCOMES[result.outcome]}. {said}".rstrip())

    now = datetime.now(UTC)
    async with opened(settings) as db:
        by = await staff_named(db, sign_in_name, now=now)
        if by is None:
            raise Sentence(f"Personne ne s’appelle « {sign_in_name} » ici.")
        known = {"by": by, "site": settings.site, "now": now}
        await import_sessions(db, content, is_dry_run=dry_run, told=told, **known)
    return counts

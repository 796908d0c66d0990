"""Bring people or what was in from a file: the commands, and what they say of each row."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from booking.cli.databases import in_data, opened
from booking.cli.imports import content_of
from booking.cli.sentences import Sentence
from booking.domain.errors import Refused
from booking.domain.imports import Import, ImportRow, ImportState, ListKind, RowOutcome
from booking.language import FRENCH, translate
from booking.services import agencies, bringing_in, importing
from booking.services.accounts import staff_named
from booking.services.list_columns import GUESSES
from booking.services.row_files import UnreadableFile
from booking.settings import Settings
from booking.storage.database import Database
from booking.web.brought_words import OUTCOMES, sentences, unreadable
from booking.web.errors import words_of

say = translate(FRENCH)


def _command(name: str, kind: ListKind, what_for: str) -> click.Command:
    def told(_: click.Context, __: click.Parameter, said: tuple[str, ...]) -> dict[str, str]:
        found = dict(word.partition("=")[::2] for word in said)
        for field, column in found.items():
            if field not in GUESSES[kind] or not column:
                raise click.BadParameter(
                    f"écrivez CHAMP=COLONNE, avec pour champ l’un de : {', '.join(GUESSES[kind])}."
                )
        return found

    def run(file: Path, agency: str, who: str, columns: dict[str, str], dry_run: bool, settings: Settings) -> None:
        try:
            asked = (kind, agency, who, columns, dry_run)
            order, rows = asyncio.run(_bring_in(settings, file, *asked))
        except UnreadableFile as error:
            raise Sentence(f"{file.name} : {unreadable(error, say)}") from error
        except Refused as refusal:
            raise Sentence(f"{say(words_of(refusal).title)}.") from refusal
        _report(order, rows)

    options: list[Callable[[Any], Any]] = [
        click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False)),
        click.option("--agency", required=True, metavar="CODE", help="Code ou nom court de l’agence."),
        click.option("--as", "who", required=True, metavar="IDENTIFIANT", help="Qui importe."),
        click.option(
            "--map", "columns", multiple=True, callback=told, metavar="CHAMP=COLONNE", help="Peut être répété."
        ),
        click.option("--dry-run", is_flag=True, help="Essaie tout, n’écrit rien."),
        in_data,
    ]
    for option in reversed(options):
        run = option(run)
    return click.command(name, help=what_for)(run)


people = _command(
    "people", ListKind.PEOPLE, "Importe des personnes. Deux fois la même liste ne change rien ; aucun message ne part."
)
history = _command(
    "history", ListKind.HISTORY, "Importe des ateliers passés et leurs présences. Aucun message ne part."
)


async def _bring_in(
    settings: Settings, file: Path, kind: ListKind, agency: str, who: str, columns: dict[str, str], dry_run: bool
) -> tuple[Import, list[ImportRow]]:
    now = datetime.now(UTC)
    async with opened(settings) as db:
        by = await staff_named(db, who, now=now)
        if by is None:
            raise Sentence(f"Personne ne s’appelle « {who} » ici.")
        one = next((one for one in await agencies.every(db) if agency in (one.code, one.slug)), None)
        if one is None:
            raise Sentence(f"Aucune agence n’a le code « {agency} ».")
        order = await bringing_in.send(db, one.id, kind, file.name, content_of(file), by=by, now=now)
        known = {"is_dry_run": dry_run, "site": settings.site, "by": by, "now": now}
        order = await bringing_in.begin(db, order.id, {**order.columns, **columns}, **known)
        if order.is_under_way:
            await importing.bring_in_due(db, now, site=settings.site, only=order.id)
        return await _ended(db, order, by, now)


async def _ended(db: Database, order: Import, by: Any, now: datetime) -> tuple[Import, list[ImportRow]]:
    return await bringing_in.every_row(db, order.id, by=by, now=now)


def _report(order: Import, rows: list[ImportRow]) -> None:
    for row in rows:
        click.echo(f"ligne {row.line} : {' '.join(sentences(row, say))}")
    if order.is_dry_run:
        click.echo("Essai à blanc : rien n’est écrit.")
    click.echo(", ".join(f"{OUTCOMES[one].lower()} : {order.count(one)}" for one in RowOutcome if order.count(one)))
    if order.count(RowOutcome.SET_ASIDE) and not order.is_dry_run:
        click.echo(f"À décider sur la page /imports/{order.id}.")
    if order.state not in (ImportState.DONE, ImportState.CHECKED):
        raise Sentence("L’import n’est pas allé au bout : relancez la commande.")

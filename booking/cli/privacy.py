"""``ateliers privacy``: let go of what is old, keep the journal of erasures, and apply it to a restored copy."""

import asyncio
from pathlib import Path

import click

from booking.cli.databases import in_data, opened
from booking.domain.retention import Due
from booking.services import registers, restoring, retention
from booking.services.registers import Registered
from booking.settings import Settings
from booking.web.pages import register_words as words

at_journal = click.option(
    "--journal",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Fichier du journal des effacements ; « erasures » dans le dossier des données sinon.",
)


@click.group()
def privacy() -> None:
    """Durées de conservation, effacements, registre des données."""


@privacy.command(name="retention")
@click.option("--dry-run", is_flag=True, help="Dit ce qui s’effacerait, n’efface rien.")
@in_data
def retention_(dry_run: bool, settings: Settings) -> None:
    """Efface ce qui est assez ancien. Les serveurs le font d’eux-mêmes une fois par jour."""
    click.echo(asyncio.run(_look(settings) if dry_run else _run(settings)))


@privacy.command()
@at_journal
@in_data
def reapply(file: Path | None, settings: Settings) -> None:
    """Après la remise en place d’une sauvegarde : efface de nouveau qui avait été effacé. Le refaire ne change rien."""
    click.echo(asyncio.run(_reapply(settings, file or _kept_in(settings))))


@privacy.command()
@at_journal
@in_data
def journal(file: Path | None, settings: Settings) -> None:
    """Écrit dans le journal hors de la base ce qui n’y est pas encore. Les serveurs le font chaque minute."""
    click.echo(asyncio.run(_keep(settings, file or _kept_in(settings))))


@privacy.command()
def register() -> None:
    """Écrit le registre des données en Markdown : ce qui est gardé, sur qui, pourquoi, combien de temps."""
    click.echo(_document(registers.every()))


def _kept_in(settings: Settings) -> Path:
    return settings.data / restoring.ERASURES_FILE


async def _look(settings: Settings) -> str:
    async with opened(settings) as db:
        found = await retention.look(db, await db.now())
    return "\n".join([*map(_line, found), "Rien n’est effacé."])


def _line(due: Due) -> str:
    since = f", le plus ancien du {due.oldest:%d/%m/%Y}" if due.oldest else ""
    return f"{words.RULES[due.rule]} ({due.days} jours) : {due.count}{since}"


async def _run(settings: Settings) -> str:
    async with opened(settings) as db:
        gone = await retention.run(db, settings.site, await db.now())
    return f"Effacé : {gone}."


async def _reapply(settings: Settings, file: Path) -> str:
    async with opened(settings) as db:
        outside = restoring.read(file)
        erased = await restoring.reapply(db, settings.site, outside, await db.now())
    return f"Journal : {len(outside)} effacements. Effacées de nouveau : {erased}."


async def _keep(settings: Settings, file: Path) -> str:
    async with opened(settings) as db:
        return f"Ajouté au journal : {await restoring.keep_outside(db, file)}."


def _document(found: list[Registered]) -> str:
    lines = [
        "# Registre des données",
        "",
        "Écrit par `ateliers privacy register`. Une ligne par table.",
        "La page « Registre des données » montre chaque colonne.",
    ]
    purpose = None
    for one in found:
        if one.entry.purpose != purpose:
            purpose = one.entry.purpose
            lines += ["", f"## {words.PURPOSES[purpose]}", "", "| Table | Sur qui | De quel droit | Combien de temps |"]
            lines += ["| --- | --- | --- | --- |"]
        kept = " ; ".join(words.KEPT[kind] for kind in one.kept)
        about = f"`{one.table}` {words.TABLES[one.table]}"
        lines.append(f"| {about} | {words.CONCERNS[one.entry.concerns]} | {words.GROUNDS[one.entry.ground]} | {kept} |")
    return "\n".join(lines)

"""``ateliers jobs plan``: compare what is planned with what should be, now."""

import asyncio

import click

from booking.cli.databases import in_data, opened
from booking.cli.moments import clock_time
from booking.services.reconciling import Lack, Lacking, look, reconcile
from booking.settings import Settings

FIRST = 20


@click.command()
@click.option("--dry-run", is_flag=True, help="Dit ce qui manque, n’écrit rien.")
@in_data
def plan(dry_run: bool, settings: Settings) -> None:
    """Prévoit les rappels qui manquent et retire ceux qui ne sont plus vrais.

    Les serveurs le font d’eux-mêmes chaque minute ; le refaire ne change rien de plus.
    """
    click.echo(asyncio.run(_look(settings) if dry_run else _reconcile(settings)))


async def _reconcile(settings: Settings) -> str:
    async with opened(settings) as db:
        healed = await reconcile(db, await db.now())
    if not healed.count:
        return "Rien ne manquait."
    return f"Rappels prévus : {healed.missing}. Rappels retirés : {healed.stale}."


async def _look(settings: Settings) -> str:
    async with opened(settings) as db:
        return _report(await look(db, await db.now(), first=FIRST))


def _report(found: Lacking) -> str:
    if not found.count:
        return "Rien ne manque."
    more = [f"  … et {found.sessions - len(found.first)} autres sessions"] if found.sessions > len(found.first) else []
    sums = f"Rappels qui manquent : {found.missing}. Rappels à retirer : {found.stale}. Rien n’est écrit."
    return "\n".join([sums, *map(_line, found.first), *more])


def _line(lack: Lack) -> str:
    listed = lack.listed
    when = clock_time(listed.session.starts_at, listed.time_zone)
    about = f"le {when}, {listed.workshop_title}, {listed.agency_name}"
    return f"  {about} : {lack.missing} en moins, {lack.stale} de trop ({listed.session.id})"

"""``ateliers jobs status``: how the clock and the messages stand, for people or for programs."""

import asyncio
import json
import sys
from dataclasses import asdict
from datetime import datetime

import click

from booking.cli.databases import in_data, opened
from booking.cli.job_words import report
from booking.cli.moments import zone_of
from booking.cli.serving import deliveries_of
from booking.services.standings import Standing, look
from booking.settings import Settings

NEEDS_SOMEBODY = 2


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Pour un programme.")
@in_data
def status(as_json: bool, settings: Settings) -> None:
    """Dit où en sont les tâches et les messages ; ne change rien.

    Se termine par 0 si tout va bien, 2 si quelque chose demande une personne, 1 si la base n’a pas pu être lue.
    """
    found, zone = asyncio.run(_look(settings))
    click.echo(json.dumps(asdict(found), indent=2, default=datetime.isoformat) if as_json else report(found, zone))
    sys.exit(NEEDS_SOMEBODY if found.concerns else 0)


async def _look(settings: Settings) -> tuple[Standing, str]:
    machines = deliveries_of(settings).channels.machines
    async with opened(settings) as db:
        found = await look(db, await db.now(), machines=machines, reads_replies=bool(settings.replies_url))
        return found, await zone_of(db)

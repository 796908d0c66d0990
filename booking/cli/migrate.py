"""Make a database, or bring it up to date."""

from pathlib import Path

import click

from booking.cli.databases import in_data
from booking.settings import Settings
from booking.storage import migrating


@click.command()
@in_data
def migrate(settings: Settings) -> None:
    """Crée la base, ou la met à jour. Sans effet quand elle l’est déjà."""
    kind, _, file = settings.database_url.partition(":///")
    if kind.startswith("sqlite"):
        Path(file).parent.mkdir(parents=True, exist_ok=True)
    migrating.migrate(settings.database_url)
    click.echo("La base est à jour.")

"""Make a database, or bring it up to date."""

from pathlib import Path

import click

from booking.cli.databases import in_data
from booking.cli.sentences import Sentence
from booking.settings import Settings
from booking.storage import migrating


@click.command()
@click.option(
    "--before", is_flag=True, help="Ce qui s’ajoute seulement, avant que les serveurs ne changent de version."
)
@in_data
def migrate(before: bool, settings: Settings) -> None:
    """Crée la base, ou la met à jour. Sans effet quand elle l’est déjà."""
    kind, _, file = settings.database_url.partition(":///")
    if kind.startswith("sqlite"):
        Path(file).parent.mkdir(parents=True, exist_ok=True)
    try:
        migrating.migrate(settings.database_url, only_adding=before)
    except migrating.TablesInUse as error:
        raise Sentence(
            f"L’étape {error} attend une table que quelqu’un lit depuis longtemps ; rien n’est perdu : relancez."
        ) from error
    click.echo("La base est prête pour cette version." if before else "La base est à jour.")

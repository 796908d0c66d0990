"""Which database a command works on, and opening it."""

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import click

from booking.cli.sentences import Sentence
from booking.settings import FILE, Settings, load
from booking.storage.alone import AlreadyServed, alone
from booking.storage.database import Database
from booking.storage.migrating import is_migrated
from booking.storage.opening import open_database

in_data = click.option(
    "--data",
    "settings",
    type=click.Path(file_okay=False, path_type=Path),
    callback=lambda _, __, folder: load(folder, os.environ),
    help=f"Dossier des données, avec le fichier {FILE} ; var/data sinon. ATELIERS_DATABASE_URL l’emporte.",
)


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Database]:
    """The database, if it is there and up to date; otherwise a :class:`Sentence`."""
    must_exist(settings.database_url)
    db = open_database(settings.database_url)
    try:
        async with db.reading() as tx:
            if not await is_migrated(tx):
                raise Sentence("La base n’est pas à jour : lancez d’abord « ateliers migrate ».")
        yield db
    finally:
        await db.close()


@contextmanager
def only_server(settings: Settings) -> Iterator[None]:
    """Serve alone from an SQLite file, or a :class:`Sentence`; on PostgreSQL there may be others."""
    kind, _, file = settings.database_url.partition(":///")
    if not kind.startswith("sqlite"):
        yield
        return
    try:
        with alone(Path(file)):
            yield
    except AlreadyServed as error:
        said = "Un autre serveur tient déjà cette base SQLite, qui n’en a qu’un : arrêtez-le, ou passez à PostgreSQL."
        raise Sentence(said) from error


def must_exist(url: str) -> None:
    """Do nothing, or raise a :class:`Sentence`: opening an SQLite file that is not there would make an empty one."""
    kind, _, file = url.partition(":///")
    if kind.startswith("sqlite") and not Path(file).exists():
        raise Sentence(f"Il n’y a pas de base à {file} : lancez d’abord « ateliers migrate ».")

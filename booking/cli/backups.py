"""``ateliers backup``, ``restore`` and ``vacuum``: a copy is looked at before it is believed, and nothing is lost."""

import asyncio
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import click

from booking.cli.databases import in_data, must_exist, opened
from booking.cli.doctor import BROKEN, look_over, report
from booking.cli.sentences import Sentence
from booking.services import restoring
from booking.settings import HEADS_FILE, Settings
from booking.storage import addresses, backups
from booking.storage.migrating import is_made, migrate
from booking.storage.opening import open_database

FOLDER = "copies"
MEGABYTE = 1_000_000
T = TypeVar("T")


@click.command()
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--keep", type=click.IntRange(1, 10_000), help="Ne garde que les N dernières copies du dossier.")
@click.option("--drill", is_flag=True, help="Remet la copie en place dans un dossier à part, l’examine, et le dit.")
@in_data
def backup(file: Path | None, keep: int | None, drill: bool, settings: Settings) -> None:
    """Copie la base dans FILE pendant qu’elle sert, et relit la copie.

    Sans FILE, dans « copies » à côté des données, sous un nom qui dit quand. PostgreSQL demande pg_dump.
    """
    must_exist(settings.database_url)
    now, begun = datetime.now(UTC), time.perf_counter()
    is_file = _is_file(settings)
    target = file or settings.data / FOLDER / f"ateliers-{now:%Y%m%d-%H%M%S}.{'sqlite3' if is_file else 'dump'}"
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if is_file:
        found = _told(lambda: backups.copy_file(_file(settings), target))
        said = f"{found.size / MEGABYTE:.1f} Mo, {found.bookings} inscriptions, relue en entier"
    else:
        said = f"{_told(lambda: backups.dump(settings.database_url, target)) / MEGABYTE:.1f} Mo"
    click.echo(f"{target} : {said} ({time.perf_counter() - begun:.1f} s).")
    click.echo("Gardez aussi le secret de l’installation : sans lui les liens et le journal ne valent plus rien.")
    if drill and not _drill(target, settings):
        sys.exit(BROKEN)
    for old in _older(target, keep) if keep else []:
        old.unlink()
        click.echo(f"Ancienne copie enlevée : {old}.")


def _drill(copy: Path, settings: Settings) -> bool:
    """As if the copy had to replace the database, in a folder that is thrown away; whether nothing is wrong with it."""
    if not _is_file(settings):
        raise Sentence("Pour PostgreSQL : « ateliers restore » dans une base vide, puis « ateliers doctor ».")
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory(dir=copy.parent) as folder:
        url = f"sqlite:///{folder}/{_file(settings).name}"
        # The audit is sealed with the secret that lies beside the data, and with no other.
        tried = replace(settings, data=Path(folder), database_url=url, secret=settings.site.secret)
        backups.put_back(copy, _file(tried), Path(folder) / "before")
        migrate(tried.database_url)
        found = asyncio.run(look_over(tried))
    click.echo(f"Essai de remise en place : {time.perf_counter() - begun:.1f} s. {report(found)}")
    return not found


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, exists=True, path_type=Path))
@in_data
def restore(file: Path, settings: Settings) -> None:
    """Remet en place la copie FILE, la met à jour, efface de nouveau qui avait été effacé, et l’examine.

    Arrêtez d’abord les serveurs. Ce qui était là est gardé à côté ; une base PostgreSQL doit être vide.
    """
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    now = datetime.now(UTC)
    if _is_file(settings):
        _put_back(file, settings, now)
    else:
        if asyncio.run(_has_something(settings)):
            raise Sentence("Cette base n’est pas vide. Créez-en une autre et donnez-la par ATELIERS_DATABASE_URL.")
        _told(lambda: backups.fill(settings.database_url, file))
    migrate(settings.database_url)
    heads = settings.data / HEADS_FILE
    if heads.exists():
        heads.rename(heads.with_name(f"{HEADS_FILE}.avant-{now:%Y%m%d-%H%M%S}"))
        click.echo("Les sommes du journal d’avant sont mises de côté : elles en savent plus que la copie.")
    erased = asyncio.run(_forget_again(settings))
    click.echo(f"Copie remise en place. Effacées de nouveau : {erased}.")
    found = asyncio.run(look_over(settings))
    click.echo(report(found))
    sys.exit(BROKEN if found else 0)


def _put_back(copy: Path, settings: Settings, now: datetime) -> None:
    target = _file(settings)
    aside = target.with_name(f"{target.name}.avant-{now:%Y%m%d-%H%M%S}")
    _told(lambda: backups.put_back(copy, target, aside))
    if aside.exists():
        click.echo(f"Ce qui était là est gardé : {aside}.")


async def _has_something(settings: Settings) -> bool:
    db = open_database(settings.database_url)
    try:
        async with db.reading() as tx:
            return await is_made(tx)
    finally:
        await db.close()


async def _forget_again(settings: Settings) -> int:
    async with opened(settings) as db:
        outside = restoring.read(settings.data / restoring.ERASURES_FILE)
        return await restoring.reapply(db, settings.site, outside, await db.now())


@click.command()
@in_data
def vacuum(settings: Settings) -> None:
    """Rend au disque la place que la base n’occupe plus. Qui écrit attend pendant ce temps."""
    must_exist(settings.database_url)
    if not _is_file(settings):
        raise Sentence("PostgreSQL le fait de lui-même (autovacuum) : il n’y a rien à lancer.")
    before, after = backups.shrink(_file(settings))
    click.echo(f"{before / MEGABYTE:.1f} Mo avant, {after / MEGABYTE:.1f} Mo après.")


def _is_file(settings: Settings) -> bool:
    return addresses.read(settings.database_url).get_backend_name() == "sqlite"


def _file(settings: Settings) -> Path:
    return Path(str(addresses.read(settings.database_url).database))


def _older(target: Path, keep: int) -> list[Path]:
    """The copies beside this one, and of its kind, that are too many."""
    found = sorted(target.parent.glob(f"ateliers-*{target.suffix}"), reverse=True)
    return found[keep:]


def _told(work: Callable[[], T]) -> T:
    """The same, with what can go wrong said in a sentence."""
    try:
        return work()
    except FileExistsError as error:
        raise Sentence(f"{error.filename} existe déjà : donnez un autre nom.") from error
    except backups.NotACopy as error:
        raise Sentence(f"Ce fichier n’est pas une copie entière de la base : {error.why}.") from error
    except backups.InUse as error:
        raise Sentence("La base est ouverte ailleurs : arrêtez les serveurs, puis recommencez.") from error
    except backups.ProgramFailed as error:
        raise Sentence(f"Les programmes de PostgreSQL n’ont pas pu travailler : {error}.") from error

"""Lists that people bring in, as files."""

from sqlalchemy import func, select

from booking.domain.imports import Import, ListKind
from booking.services import bringing_in
from booking.storage.database import Database
from tests.given import NOW, SITE, World


def a_list(*rows: str, head: str = "Identifiant;Nom;Prénom;Téléphone;Année de naissance") -> bytes:
    """A CSV as a French spreadsheet writes it."""
    return "\r\n".join([head, *rows]).encode("cp1252")


async def sent(world: World, content: bytes, kind: ListKind = ListKind.PEOPLE) -> Import:
    """A list that waits for somebody to look at its columns."""
    named = "liste.csv"
    return await bringing_in.send(world.db, world.agency.id, kind, named, content, by=world.manager, now=NOW)


async def brought_in(
    world: World, content: bytes, kind: ListKind = ListKind.PEOPLE, *, is_dry_run: bool = False
) -> Import:
    """The same, tried or written."""
    order = await sent(world, content, kind)
    known = {"is_dry_run": is_dry_run, "site": SITE, "by": world.manager, "now": NOW}
    return await bringing_in.begin(world.db, order.id, None, **known)


async def how_many(db: Database, table: object) -> int:
    """Rows of a table."""
    async with db.reading() as tx:
        return int(await tx.value(select(func.count()).select_from(table)))

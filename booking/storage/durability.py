"""What a database promises about its disk, and who may do everything in it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select, text

from booking.domain.sign_ins import NO_PASSWORD
from booking.domain.staff import Role
from booking.storage.database import Tx
from booking.storage.tables import staff, staff_roles

FULL = 2  # SQLite's number for it
SETTING = "SELECT current_setting('{}')"


@dataclass(frozen=True, slots=True)
class Durability:
    """The journal is WAL or fsync; links are foreign keys on SQLite, pages those of PostgreSQL, written whole."""

    version: tuple[int, ...]
    keeps_a_journal: bool
    waits_for_the_disk: bool
    keeps_links_or_pages: bool


async def durability(tx: Tx) -> Durability:
    """What holds for this connection."""
    if tx.dialect == "sqlite":
        said = str(await tx.value(text("SELECT sqlite_version()")))
        return Durability(
            version=tuple(int(part) for part in said.split(".")),
            keeps_a_journal=await tx.value(text("PRAGMA journal_mode")) == "wal",
            waits_for_the_disk=int(await tx.value(text("PRAGMA synchronous"))) >= FULL,
            keeps_links_or_pages=bool(await tx.value(text("PRAGMA foreign_keys"))),
        )
    number = int(await tx.value(text(SETTING.format("server_version_num"))))
    return Durability(
        version=(number // 10000, number % 10000),
        keeps_a_journal=await tx.value(text(SETTING.format("fsync"))) == "on",
        waits_for_the_disk=await tx.value(text(SETTING.format("synchronous_commit"))) != "off",
        keeps_links_or_pages=await tx.value(text(SETTING.format("full_page_writes"))) == "on",
    )


async def administrators(tx: Tx, now: datetime, *, by_password: bool = False) -> int:
    """How many people may look after the whole network at this time, or of these, who needs no provider to come in."""
    may_sign_in = (staff.c.id == staff_roles.c.staff_id, staff.c.disabled_at.is_(None))
    lasts = or_(staff_roles.c.ends_at.is_(None), staff_roles.c.ends_at > now)
    held = (staff_roles.c.role == Role.ADMINISTRATOR, staff_roles.c.agency_id.is_(None), lasts)
    counted = select(func.count(staff.c.id.distinct())).where(*may_sign_in, *held)
    own = counted.where(staff.c.password_hash != NO_PASSWORD) if by_password else counted
    return int(await tx.value(own))

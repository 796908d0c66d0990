"""Fill an empty database with the invented world, and keep what a visitor needs to get in."""

import json
import os
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from random import Random

from booking.demo.calendars import follow
from booking.demo.crowding import crowd
from booking.demo.hindrances import hinder
from booking.demo.keeping import keep_seats
from booking.demo.life import live
from booking.demo.lists import bring_in
from booking.demo.partners import meet
from booking.demo.places import STAFF
from booking.demo.rollout import roll_out
from booking.demo.world import Size, make
from booking.domain.identifiers import draw_at_random, draw_from
from booking.domain.sites import Site
from booking.domain.staff import Role
from booking.services import accounts
from booking.storage.database import Database

PASSWORD = "atelier-de-demo"  # noqa: S105 - of people who do not exist, on a server that listens to this machine only
SEED = 2026
WHOLE = Size()

Send = Callable[[datetime], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Access:
    """One way in: a sign-in for people, a token for programs."""

    role: str
    name: str
    sign_in_name: str
    password: str
    token: str


async def fill(
    db: Database, site: Site, *, now: datetime, send: Send, seed: int = SEED, size: Size = WHOLE
) -> list[Access]:
    """Twelve weeks of life; the same seed on the same day gives the same data, but for secrets."""
    draw_from(Random(seed))  # noqa: S311 - sameness is wanted here
    try:
        dice = Random(seed)  # noqa: S311 - sameness is wanted here
        world = await make(db, site, dice, now, PASSWORD, size)
        await meet(world, now)
        await live(world, site, dice, now, send)
        await hinder(world, now)
        await keep_seats(world, now)
        await crowd(world, now)
        await follow(world, now)
        await roll_out(world, now)
        await bring_in(world, site, now)
    finally:
        draw_at_random()
    return [await _access(db, *member, now=now) for member in _first_of_each_role()]


def _first_of_each_role() -> list[tuple[str, str, Role]]:
    first: dict[Role, tuple[str, str, Role]] = {}
    for name, sign_in_name, role, _ in STAFF:
        first.setdefault(role, (name, sign_in_name, role))
    return list(first.values())


async def _access(db: Database, name: str, sign_in_name: str, role: Role, *, now: datetime) -> Access:
    token = await accounts.add_token(db, sign_in_name, "Démonstration", now=now)
    return Access(role.value, name, sign_in_name, PASSWORD, token)


def keep_access(path: Path, found: list[Access]) -> None:
    """Remember the ways in beside the data, for their owner's eyes only: the database has no more than hashes."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump([asdict(access) for access in found], file, ensure_ascii=False, indent=1)


def kept_access(path: Path) -> list[Access]:
    """The ways in of an earlier start; none when there was none."""
    if not path.exists():
        return []
    return [Access(**access) for access in json.loads(path.read_text(encoding="utf-8"))]

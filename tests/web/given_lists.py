"""Programs and people who read the public lists of an agency."""

import html
import json
import re
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import httpx

from booking.services import scheduling
from booking.storage.database import Database
from tests.given import SITE, World, in_days, meeting
from tests.web.programs import running

PLACE = "/agences/grenoble-bastille"
PAGE, JSON, ATOM = (f"{PLACE}/{name}" for name in ("prochains", "prochains.json", "prochains.atom"))
EVERY_FORM = (PAGE, JSON, ATOM)
NAMES = {"a": "http://www.w3.org/2005/Atom"}


class Lent:
    """A database that stays open when the product that had it stops."""

    def __init__(self, db: Database) -> None:
        self.db = db

    def __getattr__(self, name: str) -> Any:
        return getattr(self.db, name)

    async def close(self) -> None:
        """Somebody else closes it."""


async def fetched(world: World, path: str, method: str = "GET", days: float = 0, **headers: Any) -> httpx.Response:
    """One request of nobody in particular, so many days from now."""
    told = {name.replace("_", "-"): said for name, said in headers.items()}
    async with running(replace(world, db=Lent(world.db)), in_days(days)) as product:  # type: ignore[arg-type]
        return await product.http.request(method, path, headers=told)


async def items(world: World, query: str = "") -> list[dict[str, Any]]:
    """What the JSON Feed lists."""
    return json.loads((await fetched(world, JSON + query)).content)["items"]  # type: ignore[no-any-return]


async def entries(world: World, query: str = "") -> list[ElementTree.Element]:
    """What the Atom feed lists."""
    made_here = (await fetched(world, ATOM + query)).content
    return ElementTree.fromstring(made_here).findall("a:entry", NAMES)  # noqa: S314 - our own


async def rows(world: World, query: str = "") -> list[str]:
    """What the page says of each meeting."""
    page = (await fetched(world, PAGE + query)).text
    said = re.findall(r"<li id=.*?</li>", page, re.DOTALL)
    return [plain(" ".join(re.sub(r"<[^>]+>", " ", html.unescape(one)).split())) for one in said]


def plain(said: str) -> str:
    """Without the special spaces of French, and without those that a tag leaves before a comma."""
    return said.replace("\u202f", " ").replace("\u00a0", " ").replace(" ,", ",")


async def a_cycle(world: World, *days: float, **known: Any) -> Any:
    """A session with a meeting on each of these days."""
    return await world.session(*(meeting(in_days(day)) for day in days), **known)


async def without(world: World, session: Any, *positions: int, now: Any) -> Any:
    """The session without these of its meetings."""
    stay = [
        scheduling.MeetingPlan(
            id=m.id, starts_at=m.starts_at, ends_at=m.ends_at, room_id=m.room_id, facilitator_id=m.facilitator_id
        )
        for m in session.meetings
        if m.position not in positions
    ]
    by = {"by": world.manager, "site": SITE, "now": now}
    return await scheduling.change(world.db, session.id, capacity=session.capacity, meetings=stay, version=None, **by)

"""Every page and every operation of the API, asked by every role about things of its own agency and of another.

``rights.txt`` says what each is answered; ``python -m tests.web.rights FILE`` writes the lines as they are now, for
whoever adds a door: read what it says before it is pasted.
"""

import asyncio
import re
import shutil
import sys
import tempfile
from collections import defaultdict
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from uuid import UUID

import httpx
from sqlalchemy import select

from booking.domain.agencies import Agency
from booking.domain.errors import NotFound
from booking.domain.identifiers import new_id
from booking.domain.job_seekers import JobSeeker
from booking.domain.links import proof
from booking.domain.staff import Role, Staff
from booking.services import accounts, external_calendars
from booking.storage import bookings
from booking.storage.migrating import migrate
from booking.storage.opening import open_database
from booking.storage.tables import staff_roles
from booking.web.api import API
from booking.web.pages import PAGES
from tests.given import NOW, SITE, World
from tests.web.given import Browser, Browsers, browsing
from tests.web.operations import every, things

TABLE = Path(__file__).with_name("rights.txt")
ROLES = (Role.ADVISER, Role.FACILITATOR, Role.ASSISTANT, Role.MANAGER, Role.AUDITOR, Role.ADMINISTRATOR)
# Let in, not allowed, not there, asked to sign in.
LET_IN, NOT_ALLOWED, NOT_THERE, SIGN_IN = "+", "-", "0", "s"
PARAMETER = re.compile(r"\{(\w+)(?::\w+)?\}")
# They tell for as long as somebody listens.
ENDLESS = ("/direct",)
# Whoever asks for these is signed in no more, or sees nothing until the password is said.
LAST = ("/mon-compte/connexions/fermer", "/verrouiller", "/deconnexion")
# Nobody but the person herself has these, so that no answer may hold them.
PRIVATE = {"email": "planted.jonquille@example.org", "phone": "+33639981234", "birth_year": 1931}
LEAKS = re.compile(r"planted\.jonquille|6[ .\xa0\u202f]?39[ .\xa0\u202f]?98[ .\xa0\u202f]?12[ .\xa0\u202f]?34|\b1931\b")
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
Answers = dict[str, dict[str, str]]


@dataclass
class Planted(World):
    """A world in which everybody's contacts are known by sight, and every name is one of its kind."""

    names: Iterator[int] = field(default_factory=lambda: count(1))

    async def another_agency(self, name: str = "Lyon", **known: object) -> Agency:
        """One more agency."""
        return await super().another_agency(f"{name} {next(self.names)}", **known)

    async def staff(self, role: Role, agency: Agency | None, name: str) -> Staff:
        """One more member of staff."""
        return await super().staff(role, agency, f"{name} {next(self.names)}")

    async def job_seeker(self, last_name: str | None = None, **said: object) -> JobSeeker:
        """Somebody with contacts that nothing else holds."""
        return await super().job_seeker(last_name, **(PRIVATE | said))


@dataclass
class Found:
    """What was answered, by door and by who asked (``adviser``, ``adviser elsewhere``, ``nobody``)."""

    answers: Answers = field(default_factory=lambda: defaultdict(dict))
    broken: list[str] = field(default_factory=list)
    leaks: list[str] = field(default_factory=list)

    def note(self, door: str, who: str, answer: httpx.Response) -> None:
        """One answer."""
        self.answers[door][who] = sort(answer)
        if answer.status_code >= 500 or answer.status_code == 429:
            self.broken.append(f"{door} {who}: {answer.status_code}")
        if who.startswith(LITTLE_KNOWN) and LEAKS.search(ID.sub("", answer.text)):
            self.leaks.append(f"{door} {who}")


LITTLE_KNOWN = (Role.ASSISTANT.value, Role.AUDITOR.value, "nobody")


def sort(answer: httpx.Response) -> str:
    """Which kind of answer this is."""
    location = answer.headers.get("location", "")
    if answer.status_code == 401 or location.startswith("/connexion?"):
        return SIGN_IN
    return {403: NOT_ALLOWED, 404: NOT_THERE}.get(answer.status_code, LET_IN)


def _leaving(path: str) -> int:
    return LAST.index(path) + 1 if path in LAST else 0


def pages(chosen: Collection[str] | None = None) -> Iterator[tuple[str, str]]:
    """Method and path of every page; looking comes before doing, and leaving comes last."""
    found = [(method, route.path) for router in PAGES for route in router.routes for method in route.methods]
    order = {"GET": 0, "POST": 1}
    for method, path in sorted(found, key=lambda one: (_leaving(one[1]), order.get(one[0], 2), one[1])):
        if method in order and not path.endswith(ENDLESS) and (chosen is None or name_of(method, path) in chosen):
            yield method, path


def operations() -> list[str]:
    """Every operation of the API, as the table names it."""
    found = ((method, route.path) for route in API.routes for method in route.methods)
    known = sorted((m, path) for m, path in found if m in ("GET", "POST", "PUT", "DELETE"))
    return [name_of(method, path.removeprefix("/api/v1")) for method, path in known]


def name_of(method: str, path: str) -> str:
    """As the table names a door."""
    return f"{method} {PARAMETER.sub(lambda found: '{' + found[1] + '}', path)}"


async def of_everything(world: World, chosen: Collection[str] | None = None) -> Found:
    """Ask at each door, or at the chosen ones, as each role."""
    found = Found()
    elsewhere = await world.another_agency("Lyon Montluc")
    async with browsing(world) as browsers:
        schema = (await browsers.stranger().get("/api/openapi.json")).json()
        for role in ROLES:
            near = await world.staff(role, None if role is Role.ADMINISTRATOR else world.agency, f"Near {role}")
            mine = await ids_of(world, near)
            if role is not Role.ADMINISTRATOR:
                far = await world.staff(role, elsewhere, f"Far {role}")
                await _ask_all(*await _doors(browsers, far), f"{role} elsewhere", mine, schema, found, chosen)
            await _ask_all(*await _doors(browsers, near), role.value, mine, schema, found, chosen)
            await _make_room(world, UUID(mine["calendar_id"]))
        await _ask_all(browsers.stranger(), "", "nobody", mine, schema, found, chosen)
    return found


async def _make_room(world: World, calendar_id: UUID) -> None:
    """A room has so many calendars and no more: the next round brings its own."""
    with suppress(NotFound):
        await external_calendars.remove(world.db, calendar_id, by=world.manager, now=NOW)


async def ids_of(world: World, somebody: Staff) -> dict[str, str]:
    """One of each noun, by the names that addresses give them; what no world has is unknown."""
    found = await things(world, somebody)
    unknown = str(new_id(NOW))
    leaver = await world.staff(Role.ADVISER, world.agency, "Leaver")
    async with world.db.reading() as tx:
        booking = await bookings.load(tx, UUID(found["booking_id"]))
        role_id = await tx.value(select(staff_roles.c.id).where(staff_roles.c.staff_id == leaver.id))
    named = {
        "person_id": found["job_seeker_id"],
        "proof": proof(booking, SITE),
        "slug": world.agency.slug,
        "tongue": "fr",
        "topic": "placer",
        "guide": "conseiller",
        "secret": "unknown",
        "role_id": str(role_id),
    }
    return defaultdict(lambda: unknown, found | named)


async def _doors(browsers: Browsers, somebody: Staff) -> tuple[Browser, str]:
    """A browser and a token of the same person."""
    secret = await accounts.add_token(browsers.world.db, somebody.sign_in_name, "rights", now=NOW)
    return await browsers.of(somebody), secret


async def _ask_all(
    browser: Browser,
    secret: str,
    who: str,
    ids: dict[str, str],
    schema: dict,
    found: Found,
    chosen: Collection[str] | None,
) -> None:
    token = {"authorization": f"Bearer {secret}"} if secret else {}
    for asked in every(schema, ids):
        if chosen is None or f"API {asked.name}" in chosen:
            headers = {**asked.headers, **token}
            body = {} if asked.body is None else {"json": asked.body}
            answer = await browser.http.request(asked.method, asked.path, headers=headers, **body)
            found.note(f"API {asked.name}", who, answer)
    for method, path in pages(chosen):
        address = PARAMETER.sub(lambda name: ids[name[1]], path)
        answer = await browser.get(address) if method == "GET" else await _send(browser, address, ids)
        found.note(name_of(method, path), who, answer)


async def _send(browser: Browser, address: str, ids: dict[str, str]) -> httpx.Response:
    """A form with the little that most of them need to come to the question of rights; a file, where one is wanted."""
    said = {"because": "Accord", "code": ids["code"]}
    answer = await browser.post(address, said)
    if answer.status_code == 400:
        return await browser.send_file(address, "file", "list.csv", b"a;b\n", **said)
    return answer


def written(answers: Answers) -> list[str]:
    """The lines of the table."""
    return [f"{row(answers[door])}  {door}" for door in sorted(answers)]


def row(by_who: dict[str, str]) -> str:
    """The answers at one door: near, elsewhere, nobody."""
    near = "".join(by_who[role] for role in ROLES)
    far = "".join(by_who[f"{role} elsewhere"] for role in ROLES[:-1])
    return f"{near} {far} {by_who['nobody']}"


def declared() -> dict[str, str]:
    """What the table says: the answers of each door."""
    lines = [line for line in TABLE.read_text().splitlines() if line and not line.startswith("#")]
    return {door: said for said, _, door in (line.partition("  ") for line in lines)}


async def _measure() -> Found:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/rights.sqlite3"
        await asyncio.to_thread(migrate, url)
        db = open_database(url)
        try:
            return await of_everything(await Planted.begin(db))
        finally:
            await db.close()
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    measured = asyncio.run(_measure())
    remarks = [f"# broken: {one}" for one in measured.broken] + [f"# leak: {one}" for one in measured.leaks]
    Path(sys.argv[1]).write_text("\n".join([*written(measured.answers), *remarks, ""]))

"""A town to book in: many sessions with room, many people, advisers with a token each."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import cycle
from secrets import token_urlsafe
from uuid import UUID, uuid4

from sqlalchemy import insert

from booking.domain.identifiers import new_id
from booking.domain.job_seekers import JobSeeker
from booking.domain.sessions import Meeting, Session, SessionState
from booking.domain.sign_ins import SignIn
from booking.domain.sites import Site
from booking.domain.staff import Role
from booking.services import accounts, entries
from booking.storage import job_seekers, sign_ins, tables
from booking.storage.database import Database
from booking.storage.shapes import values
from booking.web.security import cookie_name
from tests.benchmarks.clients import request
from tests.given import SITE, World

HERE = Site("http://localhost", "localhost", SITE.secret)
ROOM = 1_000_000
AT_ONCE = 500
ADVISERS = 16
PUBLISHED = 200  # entries in the calendar of the agency


@dataclass(frozen=True)
class Town:
    """Where to book, and whom; nobody is booked twice."""

    tokens: list[str]
    cookie: str  # of a manager who has signed in
    sessions: list[UUID]
    people: Iterator[UUID]

    def bookings(self, sessions: list[UUID]) -> Iterator[bytes]:
        """Requests that book one person after the other into these sessions in turn, each with a key of its own."""
        for token, session, person in zip(cycle(self.tokens), cycle(sessions), self.people, strict=False):
            body = json.dumps({"job_seeker_id": str(person)}).encode()
            path = f"/api/v1/sessions/{session}/bookings"
            yield request("POST", path, token, body, Idempotency_Key=uuid4().hex)


async def built(db: Database, session_count: int, person_count: int, world: World | None = None) -> Town:
    """A town of this size in an empty database, or in the agency of a world that is there."""
    now = datetime.now(UTC)
    world = world or await World.begin(db)
    sessions = [a_session(world, n, now) for n in range(session_count)]
    people = [_person(world, n, now) for n in range(person_count)]
    await add_sessions(db, sessions)
    async with db.transaction() as tx:
        await entries.keep(tx, [session.id for session in sessions[:PUBLISHED]], SITE, now)
        for some in _groups(people):
            await tx.run(insert(tables.job_seekers), [job_seekers.written(person) for person in some])
    advisers = [await world.staff(Role.ADVISER, world.agency, f"Nadia {n}") for n in range(ADVISERS)]
    tokens = [await accounts.add_token(db, adviser.sign_in_name, "benchmark", now=now) for adviser in advisers]
    cookie = await _signed_in(db, world, now)
    return Town(tokens, cookie, [session.id for session in sessions], iter([person.id for person in people]))


async def _signed_in(db: Database, world: World, now: datetime) -> str:
    secret = token_urlsafe(32)
    async with db.transaction() as tx:
        life = {"created_at": now, "seen_at": now, "expires_at": now + accounts.LONGEST}
        opened = SignIn(id=new_id(now), staff_id=world.manager.id, device="", **life)
        await sign_ins.add(tx, opened, accounts.digest(secret))
    return f"{cookie_name(HERE)}={secret}"


async def add_sessions(db: Database, sessions: list[Session]) -> None:
    """Write them with their meetings."""
    async with db.transaction() as tx:
        for some in _groups(sessions):
            rows = [values(s, tables.sessions, **_times(s)) for s in some]
            await tx.run(insert(tables.sessions), rows)
            meetings = [(session, meeting) for session in some for meeting in session.meetings]
            dated = [values(m, tables.meetings, agency_id=s.agency_id) for s, m in meetings]
            await tx.run(insert(tables.meetings), dated)


def _times(s: Session) -> dict[str, object]:
    return {"starts_at": s.starts_at, "ends_at": s.ends_at, "opens_at": s.opens_at, "closes_at": s.closes_at}


def _groups(things: list) -> Iterator[list]:
    return (things[begin : begin + AT_ONCE] for begin in range(0, len(things), AT_ONCE))


def a_session(world: World, n: int, now: datetime) -> Session:
    """The nth session of this agency, open, with room for everybody, on one of 300 days."""
    id, stamps = new_id(now), {"created_at": now, "changed_at": now}
    starts_at = (now + timedelta(days=20 + n % 300)).replace(microsecond=0)
    ends_at = starts_at + timedelta(hours=2)
    meeting = Meeting(id=new_id(now), session_id=id, position=1, starts_at=starts_at, ends_at=ends_at, **stamps)
    where = {"agency_id": world.agency.id, "workshop_id": world.workshop.id}
    return Session(id=id, state=SessionState.OPEN, capacity=ROOM, meetings=(meeting,), **where, **stamps)


def _person(world: World, n: int, now: datetime) -> JobSeeker:
    known = {"id": new_id(now), "agency_id": world.agency.id, "created_at": now, "changed_at": now}
    return JobSeeker(first_name="Aïssatou", last_name=f"Diallo {n}", email=f"p{n}@exemple.fr", **known)

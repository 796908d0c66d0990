"""Agencies, written many at once: who works there, what is planned, who may come, and who follows the calendar."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_urlsafe
from uuid import UUID

from sqlalchemy import insert

from booking.demo.names import FIRST_NAMES, LAST_NAMES
from booking.domain.agencies import Agency
from booking.domain.api_tokens import LONGEST_LIFE, ApiToken
from booking.domain.finding import search_text, signs_of
from booking.domain.identifiers import new_id
from booking.domain.job_seekers import JobSeeker
from booking.domain.sessions import Meeting, Session, SessionState
from booking.domain.staff import Role, Staff
from booking.domain.subscriptions import FeedKind, Subscription
from booking.services.accounts import digest, token_text
from booking.storage import api_tokens, job_seekers, tables
from booking.storage import staff as staff_rows
from booking.storage.database import Tx
from booking.storage.shapes import values
from tests.soak.desks import Desk

PEOPLE, SESSIONS, SUBSCRIBERS, SEATS, FEW = 25, 14, 50, 10, 3
EARLIER = timedelta(days=5)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
ROLES = (Role.MANAGER, Role.ADVISER, Role.FACILITATOR)


@dataclass(frozen=True)
class Founded:
    """One agency as it will be written."""

    agency: Agency
    staff: Staff
    token: ApiToken
    people: Sequence[JobSeeker]
    sessions: Sequence[Session]
    links: Sequence[str]

    @property
    def desk(self) -> Desk:
        """What its staff know."""
        *usual, small = (session.id for session in self.sessions)
        return Desk(
            agency=self.agency.id,
            slug=self.agency.slug,
            workshop=self.sessions[0].workshop_id,
            staff=self.staff.id,
            sign_in_name=self.staff.sign_in_name,
            token=token_text(self.token, SECRET),
            people=tuple(one.id for one in self.people),
            sessions=tuple(usual),
            small=small,
            meeting=self.sessions[0].meetings[0].id,
            links=tuple(self.links),
        )


# Known to nobody else; each token has an id of its own.
SECRET = token_urlsafe(32)


def found(agency: Agency, number: int, workshop: UUID, now: datetime) -> Founded:
    """The agency of this number, nothing written yet."""
    held = frozenset((agency.id, role) for role in ROLES)
    staff = Staff(id=new_id(now), name=agency.name, sign_in_name=agency.slug, roles=held)
    token = ApiToken(id=new_id(now), staff_id=staff.id, name="soak", created_at=now, expires_at=now + LONGEST_LIFE)
    people = [_person(agency.id, number * PEOPLE + n, now) for n in range(PEOPLE)]
    planned = [_session(agency.id, workshop, n, now) for n in range(SESSIONS)]
    return Founded(agency, staff, token, people, planned, [token_urlsafe(32) for _ in range(SUBSCRIBERS)])


def _person(agency: UUID, n: int, now: datetime) -> JobSeeker:
    """Two in three have a phone, every second a mail."""
    return JobSeeker(
        id=new_id(now),
        agency_id=agency,
        first_name=FIRST_NAMES[n % len(FIRST_NAMES)],
        last_name=f"{LAST_NAMES[n * 7 % len(LAST_NAMES)]} {'aeiou'[n % 5]}{'lmnrst'[n % 6]}",
        identifier=f"{3100000 + n}B",
        phone=f"+336{12000000 + n}" if n % 3 else None,
        phone_takes_sms=bool(n % 3),
        email=f"p{n}@demo.example" if n % 2 else None,
        created_at=now,
        changed_at=now,
    )


def _session(agency: UUID, workshop: UUID, n: int, now: datetime) -> Session:
    """The first begins in an hour, each other a day later; the last has few seats."""
    id, stamps = new_id(now), {"created_at": now - 2 * EARLIER, "changed_at": now - 2 * EARLIER}
    starts_at = (now + n * DAY + HOUR).replace(second=0, microsecond=0)
    when = {"starts_at": starts_at, "ends_at": starts_at + 2 * HOUR}
    only = Meeting(id=new_id(now), session_id=id, position=1, **when, **stamps)
    seats = FEW if n == SESSIONS - 1 else SEATS
    where = {"agency_id": agency, "workshop_id": workshop}
    return Session(id=id, state=SessionState.OPEN, capacity=seats, meetings=(only,), **where, **stamps)


async def write(tx: Tx, all_of_them: Sequence[Founded], password_hash: str, now: datetime) -> None:
    """Staff, people and calendars; not the agencies, nor their sessions."""
    for one in all_of_them:
        await staff_rows.add(tx, one.staff, password_hash, now)
        await api_tokens.add(tx, one.token, digest(token_text(one.token, SECRET)))
    people = [person for one in all_of_them for person in one.people]
    await tx.run(insert(tables.job_seekers), [job_seekers.written(person) for person in people])
    await tx.run(insert(tables.job_seeker_words), list(_signs(people)))
    followed = [(_subscription(one, now), link) for one in all_of_them for link in one.links]
    await tx.run(insert(tables.subscriptions), [values(one, tables.subscriptions) for one, _ in followed])
    secrets = [{"secret_hash": digest(link), "subscription_id": one.id, "created_at": now} for one, link in followed]
    await tx.run(insert(tables.subscription_secrets), secrets)


def _signs(people: Iterable[JobSeeker]) -> Iterable[dict]:
    for one in people:
        known = {"job_seeker_id": one.id, "agency_id": one.agency_id, "search": search_text(one)}
        yield from (known | {"word": sign} for sign in signs_of(one))


def _subscription(one: Founded, now: datetime) -> Subscription:
    about = {"kind": FeedKind.AGENCY, "scope_id": one.agency.id, "agency_id": one.agency.id}
    return Subscription(id=new_id(now), owner_id=one.staff.id, name="Agenda", created_at=now, **about)

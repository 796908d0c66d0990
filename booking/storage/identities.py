"""Who somebody is at a provider, who went there and is expected back, and the sign-ins that came of it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete, insert, select, update

from booking.storage.database import Tx
from booking.storage.idempotency import INSERT
from booking.storage.shapes import columns, made, values
from booking.storage.tables import departures, identities, issued_sign_ins, issuer_states, logout_orders, sign_ins


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """A subject at a provider, and whose it is here."""

    issuer: str
    subject: str
    staff_id: UUID
    created_at: datetime
    used_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """Somebody who went to a provider (``issuer`` is its name here): to be known by it from now on, as ``staff_id`` or
    as the owner of a link, or else to be signed in."""

    issuer: str
    path: str
    staff_id: UUID | None = None
    link_hash: str | None = None
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """What ends a sign-in from the provider's side; ``sealed`` is what ends the provider's from ours."""

    sign_in_id: UUID
    issuer: str
    subject: str
    session: str | None
    sealed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuerState:
    """How it went with a provider the last time."""

    issuer: str
    worked_at: datetime | None = None
    failed_at: datetime | None = None
    failure: str | None = None


async def of(tx: Tx, issuer: str, subject: str) -> Identity | None:
    """The identity with this subject; nobody else signs in by it meanwhile."""
    mine = (identities.c.issuer == issuer, identities.c.subject == subject)
    row = await tx.row(select(*columns(Identity, identities)).where(*mine).with_for_update())
    return made(Identity, row) if row else None


async def of_staff(tx: Tx, staff_id: UUID) -> list[Identity]:
    """All that somebody has."""
    found = select(*columns(Identity, identities)).where(identities.c.staff_id == staff_id)
    return [made(Identity, row) for row in await tx.rows(found.order_by(identities.c.issuer))]


async def add(tx: Tx, identity: Identity) -> None:
    """From now on somebody is known by it; raises :class:`IdentityTaken`."""
    await tx.run(insert(identities).values(values(identity, identities)))


async def use(tx: Tx, identity: Identity, now: datetime) -> None:
    """Note that somebody came by it."""
    mine = (identities.c.issuer == identity.issuer, identities.c.subject == identity.subject)
    await tx.run(update(identities).where(*mine).values(used_at=now))


async def drop(tx: Tx, staff_id: UUID, issuer: str) -> int:
    """Nobody is known by it any more; returns how many there were."""
    return await tx.run(delete(identities).where(identities.c.staff_id == staff_id, identities.c.issuer == issuer))


async def depart(tx: Tx, departure: Departure, state_hash: str, browser_hash: str) -> None:
    """Expect somebody back."""
    kept = values(departure, departures, state_hash=state_hash, browser_hash=browser_hash)
    await tx.run(insert(departures).values(kept))


async def come_back(tx: Tx, state_hash: str, browser_hash: str, now: datetime) -> Departure | None:
    """Who is expected, once, in the browser that he left with."""
    mine = (departures.c.state_hash == state_hash, departures.c.browser_hash == browser_hash)
    row = await tx.row(delete(departures).where(*mine).returning(*columns(Departure, departures)))
    found = made(Departure, row) if row else None
    return found if found and found.expires_at > now else None


async def note_issued(tx: Tx, issued: Issued) -> None:
    """A sign-in came of it."""
    await tx.run(insert(issued_sign_ins).values(values(issued, issued_sign_ins)))


async def issued(tx: Tx, sign_in_id: UUID) -> Issued | None:
    """By what a sign-in was opened; None for a password."""
    found = select(*columns(Issued, issued_sign_ins)).where(issued_sign_ins.c.sign_in_id == sign_in_id)
    row = await tx.row(found)
    return made(Issued, row) if row else None


async def end_issued(tx: Tx, issuer: str, subject: str | None, session: str | None) -> list[tuple[UUID, UUID]]:
    """End the sign-ins of a subject, or of one session at the provider; returns sign-in and owner of each."""
    c = issued_sign_ins.c
    which: list[ColumnElement[bool]] = [c.issuer == issuer]
    which += [c.subject == subject] if subject else []
    which += [c.session == session] if session else []
    ids = select(c.sign_in_id).where(*which)
    gone = delete(sign_ins).where(sign_ins.c.id.in_(ids)).returning(sign_ins.c.id, sign_ins.c.staff_id)
    return [(row.id, row.staff_id) for row in await tx.rows(gone)]


async def take_order(tx: Tx, order_hash: str, forgotten_at: datetime) -> bool:
    """Whether this order was never taken before."""
    row = {"order_hash": order_hash, "forgotten_at": forgotten_at}
    return bool(await tx.run(INSERT[tx.dialect](logout_orders).values(row).on_conflict_do_nothing()))


async def note_state(tx: Tx, issuer: str, **known: object) -> None:
    """It worked, or it failed."""
    made_anew = INSERT[tx.dialect](issuer_states).values(issuer=issuer, **known)
    await tx.run(made_anew.on_conflict_do_update(index_elements=["issuer"], set_=known))


async def states(tx: Tx) -> dict[str, IssuerState]:
    """How it went with each, by name."""
    rows = await tx.rows(select(*columns(IssuerState, issuer_states)))
    return {row.issuer: made(IssuerState, row) for row in rows}


async def forget(tx: Tx, now: datetime) -> int:
    """Drop who did not come back, and orders that are too old to be told again; returns how many."""
    gone = await tx.run(delete(departures).where(departures.c.expires_at <= now))
    return gone + await tx.run(delete(logout_orders).where(logout_orders.c.forgotten_at <= now))

"""One's own sign-ins: which there are, ending them, and locking the one on this screen."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from booking.domain.errors import NotFound, SignInFailed
from booking.domain.sign_ins import BY_CODE, NO_PASSWORD, Present, SignIn, Terms
from booking.domain.staff import Staff
from booking.services import limits, passwords
from booking.services.accounts import digest
from booking.storage import audit, identities, password_links, sign_ins, staff
from booking.storage.database import Database

SEEN_EVERY = timedelta(minutes=1)
KEPT = timedelta(days=1)


async def present(db: Database, secret: str, *, now: datetime) -> Present | None:
    """The sign-in behind a cookie and its owner, over or not; None when it is unknown."""
    async with db.reading() as tx:
        return await sign_ins.with_secret(tx, digest(secret), now) if secret.isascii() else None


async def keep_awake(db: Database, sign_in: SignIn, *, now: datetime) -> None:
    """Note that a sign-in is in use; once a minute is enough."""
    if now - sign_in.seen_at >= SEEN_EVERY:
        async with db.transaction() as tx:
            await sign_ins.see(tx, sign_in.id, now)


async def own(db: Database, *, by: Staff, terms: Terms, now: datetime) -> Sequence[SignIn]:
    """Those of somebody that are alive, the latest used first."""
    async with db.reading() as tx:
        return await sign_ins.of_staff(tx, by.id, now, now - terms.idle)


async def end(db: Database, sign_in_id: UUID, *, by: Staff, now: datetime) -> None:
    """End one of one's own. Raises :class:`NotFound`."""
    async with db.transaction() as tx:
        if not await sign_ins.end(tx, sign_in_id, by.id):
            raise NotFound(sign_in_id=sign_in_id)
        await audit.record(tx, by, "signed-out", "sign_in", sign_in_id, now)


async def end_others(db: Database, but: UUID, *, by: Staff, now: datetime) -> int:
    """End all of one's own but this one; returns how many there were."""
    async with db.transaction() as tx:
        ended = await sign_ins.end_all(tx, by.id, but)
        await audit.record(tx, by, "signed-out-elsewhere", "staff", by.id, now, count=ended)
    return ended


async def lock(db: Database, sign_in_id: UUID, *, by: Staff, now: datetime) -> None:
    """Show and do nothing in this sign-in until the password is said again."""
    async with db.transaction() as tx:
        if await sign_ins.lock(tx, sign_in_id, now):
            await audit.record(tx, by, "locked", "sign_in", sign_in_id, now)


async def unlock(db: Database, found: Present, password: str, *, now: datetime) -> None:
    """Go on. Raises :class:`SignInFailed`, also for who tried too often."""
    await must_be_oneself(db, found.staff, password, now=now)
    async with db.transaction() as tx:
        await sign_ins.lock(tx, found.sign_in.id, None)
        await sign_ins.see(tx, found.sign_in.id, now)
        await audit.record(tx, found.staff, "unlocked", "sign_in", found.sign_in.id, now)


async def must_be_oneself(db: Database, person: Staff, password: str, *, now: datetime) -> None:
    """Do nothing, or raise :class:`SignInFailed`: whoever is signed in says the password again."""
    tries = {BY_CODE: f"again:{person.id}"}
    refused = await limits.begin_try(db, tries, now=now)
    async with db.reading() as tx:
        found = await staff.credentials(tx, person.sign_in_name)
    is_right = await passwords.fits(password, found[1] if found else NO_PASSWORD)
    if refused or not is_right:
        async with db.transaction() as tx:
            await audit.record(tx, person, "refused", "sign_in", person.id, now, is_known=True)
        raise SignInFailed
    await limits.end_try(db, tries, now=now)


async def rotate(db: Database, sign_in_id: UUID) -> str:
    """Another secret for the same sign-in, after what it may do has changed."""
    secret = secrets.token_urlsafe(32)
    async with db.transaction() as tx:
        await sign_ins.change_secret(tx, sign_in_id, digest(secret))
    return secret


async def forget(db: Database, now: datetime) -> int:
    """Drop what ended a day ago: sign-ins, links, tallies; returns how many."""
    gone = await limits.forget(db, now)
    async with db.transaction() as tx:
        gone += await sign_ins.forget(tx, now - KEPT)
        gone += await password_links.forget(tx, now - KEPT)
        gone += await identities.forget(tx, now)
    return gone

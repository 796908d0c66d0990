"""Signing in: the password first, then a code where there is one; nobody learns from a refusal what was wrong."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from booking.domain.devices import known_as, marked
from booking.domain.errors import FactorStands, SecondStepOver, SignInFailed, WrongCode
from booking.domain.fields import has_hidden_characters
from booking.domain.identifiers import new_id
from booking.domain.limits import Patience
from booking.domain.sign_ins import (
    BY_ADDRESS,
    BY_CODE,
    BY_DEVICE,
    BY_STRANGERS,
    NO_PASSWORD,
    Asker,
    SignIn,
    Terms,
    is_second_step,
    second_step,
    who_steps,
)
from booking.domain.sites import Site
from booking.domain.staff import Staff
from booking.services import limits, passwords, second_factors
from booking.services.accounts import as_known, digest, shadow_of
from booking.services.second_factors import Draft
from booking.storage import audit, identities, sign_ins, staff
from booking.storage import second_factors as factors
from booking.storage.database import Database, Tx
from booking.storage.identities import Issued

Issuing = Callable[[UUID], Issued]


@dataclass(frozen=True, slots=True)
class Opened:
    """Somebody is signed in: the secret for a cookie, the marks for another, and recovery codes if they are new."""

    staff: Staff
    secret: str = field(repr=False)
    marks: str = field(repr=False)
    codes: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class HalfWay:
    """The password was right: a code is missing, or the very factor (``draft``) that a role asks for."""

    step: str = field(repr=False)
    draft: Draft | None = None


async def begin(
    db: Database, sign_in_name: str, password: str, asker: Asker, *, site: Site, terms: Terms, now: datetime
) -> Opened | HalfWay:
    """Say name and password. Raises :class:`SignInFailed`, alike for all that can be wrong and as slow, and
    :class:`TooManyRequests` for an address from which too much was wrong."""
    # What no name can hold, no database need be asked for.
    said = "" if has_hidden_characters(sign_in_name) else as_known(sign_in_name)
    tries, address = _tries(said, asker, site)
    strict = BY_ADDRESS if address else None
    refused = await limits.begin_try(db, tries | address, now=now, strict=strict)
    async with db.reading() as tx:
        found = await staff.credentials(tx, said)
    staff_id, known = found or (None, NO_PASSWORD)
    is_right = await passwords.fits(password, known)
    if refused or not is_right or staff_id is None:
        await _note_failure(db, said, staff_id, asker, now)
        raise SignInFailed
    await limits.end_try(db, tries, now=now, pardoned=address)
    if passwords.is_outdated(known):
        known = await _keep_anew(db, staff_id, password)
    return await _go_on(db, staff_id, known, asker, site, terms, now)


async def finish(
    db: Database, step: str, code: str, asker: Asker, *, site: Site, terms: Terms, now: datetime
) -> Opened:
    """Say the code after the password, or the first code of a new factor.

    Raises :class:`SecondStepOver`, :class:`WrongCode`, also for who tried too often.
    """
    person = await _who(db, step, site, now)
    tries = {BY_CODE: _counted(person, asker, site)}
    is_refused = bool(await limits.begin_try(db, tries, now=now))
    async with db.reading() as tx:
        has_factor = bool(await factors.who_have(tx, [person.id]))
    if is_refused:
        raise WrongCode
    codes: tuple[str, ...] = ()
    if not has_factor:
        codes = tuple(await second_factors.confirm(db, person, code, site=site, now=now))
    elif not await second_factors.is_right(db, person.id, code, site=site, now=now):
        async with db.transaction() as tx:
            await audit.record(tx, None, "code-refused", "sign_in", person.id, now, device=asker.device)
        raise WrongCode
    await limits.end_try(db, tries, now=now)
    return await open_for(db, person, asker, site=site, terms=terms, now=now, codes=codes)


async def half_way(db: Database, step: str, *, site: Site, terms: Terms, now: datetime) -> HalfWay:
    """Where somebody stands whose code was wrong. Raises :class:`SecondStepOver`."""
    person = await _who(db, step, site, now)
    return HalfWay(step, await _draft(db, person, site, now))


async def open_for(
    db: Database,
    person: Staff,
    asker: Asker,
    *,
    site: Site,
    terms: Terms,
    now: datetime,
    codes: tuple[str, ...] = (),
    issued: Issuing | None = None,
) -> Opened:
    """A new sign-in of somebody who has proven who he is, here or to a provider (``issued``); the one that this browser
    had before ends."""
    secret = secrets.token_urlsafe(32)
    async with db.transaction() as tx:
        await _end_present(tx, asker, now)
        life = {"created_at": now, "seen_at": now, "expires_at": now + terms.longest}
        opened = SignIn(id=new_id(now), staff_id=person.id, device=asker.device, **life)  # type: ignore[arg-type]
        await sign_ins.add(tx, opened, digest(secret))
        if issued:
            await identities.note_issued(tx, issued(opened.id))
        await audit.record(tx, person, "signed-in", "sign_in", opened.id, now, device=asker.device)
    return Opened(person, secret, marked(asker.marks, person.sign_in_name, site.secret), codes)


async def _end_present(tx: Tx, asker: Asker, now: datetime) -> None:
    before = await sign_ins.with_secret(tx, digest(asker.secret), now) if asker.secret else None
    if before:
        await sign_ins.end(tx, before.sign_in.id, before.staff.id)


async def _go_on(
    db: Database, staff_id: UUID, known: str, asker: Asker, site: Site, terms: Terms, now: datetime
) -> Opened | HalfWay:
    async with db.reading() as tx:
        person = await staff.load(tx, staff_id, now)
        has_factor = bool(await factors.who_have(tx, [staff_id]))
    if person is None or not terms.lets_in_by_password(person):
        raise SignInFailed
    step = second_step(staff_id, known, site.secret, now)
    if has_factor:
        return HalfWay(step)
    if terms.wants_factor(person):
        return HalfWay(step, await _draft(db, person, site, now))
    return await open_for(db, person, asker, site=site, terms=terms, now=now)


async def _who(db: Database, step: str, site: Site, now: datetime) -> Staff:
    """Whose password was right. Raises :class:`SecondStepOver`."""
    staff_id = who_steps(step)
    async with db.reading() as tx:
        person = await staff.load(tx, staff_id, now) if staff_id else None
        found = await staff.credentials(tx, person.sign_in_name) if person else None
    if person is None or found is None or not is_second_step(step, found[0], found[1], site.secret, now):
        raise SecondStepOver
    return person


async def _draft(db: Database, person: Staff, site: Site, now: datetime) -> Draft | None:
    try:
        return await second_factors.prepare(db, person, site=site, now=now)
    except FactorStands:
        return None


def _tries(said: str, asker: Asker, site: Site) -> tuple[dict[Patience, str], dict[Patience, str]]:
    """What a try counts for: a computer that this person knows stands for itself alone."""
    mark = known_as(asker.marks, said, site.secret)
    return ({BY_DEVICE: mark}, {}) if mark else ({BY_STRANGERS: said}, {BY_ADDRESS: asker.address})


def _counted(person: Staff, asker: Asker, site: Site) -> str:
    return known_as(asker.marks, person.sign_in_name, site.secret) or str(person.id)


async def _note_failure(db: Database, said: str, staff_id: UUID | None, asker: Asker, now: datetime) -> None:
    """Of a name that nobody has, a number is kept that says when the same was tried again."""
    about = staff_id or shadow_of(said)
    async with db.transaction() as tx:
        await audit.record(tx, None, "refused", "sign_in", about, now, device=asker.device, is_known=bool(staff_id))


async def _keep_anew(db: Database, staff_id: UUID, password: str) -> str:
    """With the care that is taken now."""
    anew = await passwords.hashed(password)
    async with db.transaction() as tx:
        await staff.set_password(tx, staff_id, anew)
    return anew

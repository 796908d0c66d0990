"""Choosing a password by a link: who was invited, and who forgot the one before. A link is good once."""

from datetime import datetime, timedelta
from uuid import UUID

from booking.domain.errors import PasswordLinkOver, TooManyRequests
from booking.domain.fields import Problems, has_hidden_characters
from booking.domain.identifiers import new_id
from booking.domain.limits import Rate
from booking.domain.password_links import LIVES, LinkKind, PasswordLink, secret_of
from booking.domain.sites import Site
from booking.domain.staff import Staff
from booking.domain.staff_messages import StaffMessageKind
from booking.services import limits, passwords
from booking.services.accounts import as_known, digest, shadow_of
from booking.services.telling_accounts import tell
from booking.storage import audit, password_links, sign_ins, staff
from booking.storage.database import Database, Tx

ASKED_FROM = Rate("forgotten-from", 20, timedelta(hours=1))
ASKED_FOR = Rate("forgotten-for", 3, timedelta(hours=1))
OPENED_FROM = Rate("link-from", 30, timedelta(minutes=15))
MAILS = {LinkKind.INVITED: StaffMessageKind.INVITED, LinkKind.FORGOTTEN: StaffMessageKind.FORGOTTEN}


async def ask(db: Database, sign_in_name: str, *, address: str, site: Site, now: datetime) -> None:
    """Send a link to whoever has this name; nobody learns whether anybody has.

    Raises :class:`TooManyRequests` for an address that asks too often; of a person asked for too often nothing is said.
    """
    said = "" if has_hidden_characters(sign_in_name) else as_known(sign_in_name)
    await limits.spend(db, ASKED_FROM, address, now=now)
    try:
        await limits.spend(db, ASKED_FOR, said, now=now)
    except TooManyRequests:
        return
    async with db.transaction() as tx:
        found = await staff.credentials(tx, said)
        if found:
            await send(tx, found[0], LinkKind.FORGOTTEN, by=None, site=site, now=now)
        else:
            # Written in any case: what is written takes the time, and nobody learns from it.
            await audit.record(tx, None, "link-refused", "sign_in", shadow_of(said), now)


async def send(tx: Tx, staff_id: UUID, kind: LinkKind, *, by: Staff | None, site: Site, now: datetime) -> PasswordLink:
    """A new link, which leaves by mail; those before it are good no more."""
    link = PasswordLink(id=new_id(now), staff_id=staff_id, kind=kind, created_at=now, expires_at=now + LIVES[kind])
    await password_links.add(tx, link, digest(secret_of(link.id, site.secret)))
    await tell(tx, MAILS[kind], staff_id, now, link)
    await audit.record(tx, by, "password-link-sent", "staff", staff_id, now, kind=kind)
    return link


async def write(db: Database, sign_in_name: str, *, site: Site, now: datetime) -> str | None:
    """The address of a new link, for an operator who hands it over himself; None for an unknown name."""
    async with db.transaction() as tx:
        found = await staff.credentials(tx, as_known(sign_in_name))
        if found is None:
            return None
        link = await send(tx, found[0], LinkKind.INVITED, by=None, site=site, now=now)
    return address_of(link, site)


def address_of(link: PasswordLink, site: Site) -> str:
    """Where a password is chosen by it."""
    return f"{site.url}/mot-de-passe/{secret_of(link.id, site.secret)}"


async def owner(db: Database, secret: str, *, address: str, now: datetime) -> Staff:
    """Whose link this is. Raises :class:`PasswordLinkOver`, :class:`TooManyRequests`."""
    async with db.reading() as tx:
        link = await password_links.with_secret(tx, digest(secret)) if secret.isascii() else None
        person = await staff.load(tx, link.staff_id, now) if link and link.is_good(now) else None
    if person is None:
        await limits.spend(db, OPENED_FROM, address, now=now)
        raise PasswordLinkOver
    return person


async def choose(db: Database, secret: str, password: str, again: str, *, address: str, now: datetime) -> Staff:
    """The password from now on; every sign-in of before ends, and the link is used.

    Raises :class:`InvalidField`, :class:`PasswordLinkOver`, :class:`TooManyRequests`.
    """
    person = await owner(db, secret, address=address, now=now)
    must_be_good(person, password, again)
    password_hash = await passwords.hashed(password)
    async with db.transaction() as tx:
        link = await password_links.with_secret(tx, digest(secret))
        if link is None or not await password_links.use(tx, link.id, now):
            raise PasswordLinkOver
        await _keep(tx, person, password_hash, by=None, but=None, now=now)
    return person


async def change(db: Database, password: str, again: str, *, by: Staff, but: UUID, now: datetime) -> None:
    """Another password of one's own; every other sign-in ends. Raises :class:`InvalidField`."""
    must_be_good(by, password, again)
    password_hash = await passwords.hashed(password)
    async with db.transaction() as tx:
        await password_links.drop(tx, by.id)
        await _keep(tx, by, password_hash, by=by, but=but, now=now)


def must_be_good(person: Staff, password: str, again: str) -> None:
    """Do nothing, or raise :class:`InvalidField`."""
    problems = Problems()
    passwords.check(problems, password, [person.name, person.sign_in_name])
    if password != again:
        problems.add("password_again", "not-the-same")
    problems.refuse()


async def _keep(
    tx: Tx, person: Staff, password_hash: str, *, by: Staff | None, but: UUID | None, now: datetime
) -> None:
    await staff.set_password(tx, person.id, password_hash)
    await sign_ins.end_all(tx, person.id, but)
    await audit.record(tx, by, "password-changed", "staff", person.id, now)
    await tell(tx, StaffMessageKind.PASSWORD_CHANGED, person.id, now)

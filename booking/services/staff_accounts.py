"""Looking after accounts: inviting, letting go and back in, and taking away a second factor that was lost."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from booking.delivery.issuers import Issuers
from booking.domain.errors import NotFound
from booking.domain.fields import Problems
from booking.domain.identifiers import new_id
from booking.domain.issuers import Issuer
from booking.domain.password_links import LinkKind
from booking.domain.sign_ins import NO_PASSWORD
from booking.domain.sites import Site
from booking.domain.staff import Right, Role, Staff
from booking.services import contacts, password_links, second_factors
from booking.services.accounts import as_known, check_names
from booking.services.recognising import give_up
from booking.storage import api_tokens, audit, identities, sign_ins, staff, staff_accounts
from booking.storage import password_links as links
from booking.storage.database import Database, Tx
from booking.storage.staff_accounts import Account

MOST = 100


async def listed(db: Database, said: str, *, by: Staff, now: datetime, unreached: bool = False) -> Sequence[Account]:
    """The accounts that somebody looks after, by name; with ``unreached`` those whom no link has reached by mail.

    Raises :class:`NotAllowed`.
    """
    by.must_somewhere(Right.ADMINISTER)
    async with db.reading() as tx:
        found = await staff_accounts.found(tx, said.strip()[:80], now, MOST, unreached=unreached)
    return [one for one in found if _looks_after(by, one)]


async def show(db: Database, staff_id: UUID, *, by: Staff, now: datetime) -> Account:
    """One of them. Raises :class:`NotAllowed`, :class:`NotFound`."""
    async with db.reading() as tx:
        return await _own(tx, staff_id, by, now)


async def invite(
    db: Database,
    *,
    name: str,
    sign_in_name: str,
    email: str,
    agency_id: UUID,
    role: Role,
    by: Staff,
    site: Site,
    now: datetime,
) -> Staff:
    """Somebody new, who is sent a link to choose a password.

    Raises :class:`InvalidField`, :class:`NameTaken`, :class:`NotAllowed`, :class:`NotFound`.
    """
    by.must(Right.ADMINISTER, agency_id)
    problems = Problems()
    check_names(problems, name, sign_in_name)
    written = _address(email, problems)
    held = frozenset({(agency_id, role)})
    person = Staff(id=new_id(now), name=name.strip(), sign_in_name=as_known(sign_in_name), roles=held)
    async with db.transaction() as tx:
        await staff.add(tx, person, NO_PASSWORD, now)
        await staff_accounts.set_email(tx, person.id, written)
        await audit.record(tx, by, "invited", "staff", person.id, now, agency_id, role=role)
        await password_links.send(tx, person.id, LinkKind.INVITED, by=by, site=site, now=now)
    return person


async def send_link(db: Database, staff_id: UUID, email: str, *, by: Staff, site: Site, now: datetime) -> None:
    """A link to choose a password, once more, to this address from now on.

    Raises :class:`InvalidField`, :class:`NotAllowed`, :class:`NotFound`.
    """
    written = _address(email, Problems())
    async with db.transaction() as tx:
        person = await _own(tx, staff_id, by, now)
        if person.email != written:
            await staff_accounts.set_email(tx, staff_id, written)
            await audit.record(tx, by, "address-changed", "staff", staff_id, now)
        kind = LinkKind.FORGOTTEN if person.has_password else LinkKind.INVITED
        await password_links.send(tx, staff_id, kind, by=by, site=site, now=now)


async def take_factor(db: Database, staff_id: UUID, *, by: Staff, now: datetime) -> None:
    """The second factor is lost: the password alone opens again, every sign-in ends, and its owner is told.

    Raises :class:`NotAllowed`, :class:`NotFound`.
    """
    async with db.transaction() as tx:
        await _own(tx, staff_id, by, now)
        await second_factors.take_away(tx, staff_id, by=by, now=now)
        await sign_ins.end_all(tx, staff_id)


async def known_by(db: Database, issuers: Issuers, staff_id: UUID, *, by: Staff, now: datetime) -> Sequence[Issuer]:
    """The providers of identities that let somebody in. Raises :class:`NotAllowed`, :class:`NotFound`."""
    async with db.reading() as tx:
        await _own(tx, staff_id, by, now)
        known = {one.issuer for one in await identities.of_staff(tx, staff_id)}
    return [one for one in issuers if one.url in known]


async def drop_identity(db: Database, issuers: Issuers, staff_id: UUID, name: str, *, by: Staff, now: datetime) -> None:
    """The provider lets somebody in no more: the sign-ins and the roles that came of it end.

    Raises :class:`NotAllowed`, :class:`NotFound`.
    """
    issuer = issuers.named(name)
    async with db.transaction() as tx:
        await _own(tx, staff_id, by, now)
        subjects = [one.subject for one in await identities.of_staff(tx, staff_id) if one.issuer == issuer.url]
        if not subjects:
            raise NotFound(staff_id=staff_id)
        await identities.drop(tx, staff_id, issuer.url)
        await identities.end_issued(tx, issuer.url, subjects[0], None)
        await give_up(tx, staff_id, issuer, now)
        await audit.record(tx, by, "identity-dropped", "staff", staff_id, now, issuer=name)


async def disable(db: Database, staff_id: UUID, *, by: Staff, now: datetime) -> None:
    """Nobody is let in any more under this name, and whoever is in is out: sign-ins, tokens and links end at once.

    Raises :class:`NotAllowed`, :class:`NotFound`, also for oneself.
    """
    async with db.transaction() as tx:
        person = await _own(tx, staff_id, by, now)
        if person.id == by.id:
            raise NotFound(staff_id=staff_id)
        await staff.disable(tx, staff_id, now)
        await sign_ins.end_all(tx, staff_id)
        await api_tokens.revoke_all(tx, staff_id, now)
        await links.drop(tx, staff_id)
        await audit.record(tx, by, "disabled", "staff", staff_id, now)


async def enable(db: Database, staff_id: UUID, *, by: Staff, now: datetime) -> None:
    """Let somebody in again; tokens stay revoked. Raises :class:`NotAllowed`, :class:`NotFound`."""
    async with db.transaction() as tx:
        await _own(tx, staff_id, by, now)
        await staff.disable(tx, staff_id, None)
        await audit.record(tx, by, "enabled", "staff", staff_id, now)


def _address(email: str, problems: Problems) -> str | None:
    """The address, checked with what else was said. Raises :class:`InvalidField`."""
    written = contacts.checked_email(email, problems)
    if not written:
        problems.add("email", "required")
    problems.refuse()
    return written


async def _own(tx: Tx, staff_id: UUID, by: Staff, now: datetime) -> Account:
    by.must_somewhere(Right.ADMINISTER)
    found = await staff_accounts.found(tx, "", now, 1, staff_id)
    if not found or not _looks_after(by, found[0]):
        raise NotFound(staff_id=staff_id)
    return found[0]


def _looks_after(by: Staff, account: Account) -> bool:
    """Whoever administers the network looks after all; of some agencies, after who works in these and nowhere else,
    now or soon."""
    own = {agency for agency, role in by.roles if role is Role.ADMINISTRATOR}
    where = {agency for agency, _ in account.roles}
    return None in own or (bool(where) and where | account.soon_at <= own)

"""Who somebody is here whom a provider of identities has named, and the roles that follow from what it says."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from booking.delivery.id_tokens import Claims
from booking.domain.errors import IdentityTaken, NoRoleThere, NotKnownThere, PasswordLinkOver
from booking.domain.identifiers import new_id
from booking.domain.issuers import Issuer, name_of, sign_in_name_of
from booking.domain.roles import Held
from booking.domain.sign_ins import NO_PASSWORD
from booking.domain.staff import Staff
from booking.services.accounts import digest
from booking.storage import agencies, audit, identities, password_links, roles, staff
from booking.storage.database import Database, Tx
from booking.storage.identities import Departure, Identity

# Who did not come by the provider for so long may have left without anybody telling us: also what he left running.
ROLE_LASTS = timedelta(days=30)


async def recognise(db: Database, issuer: Issuer, claims: Claims, departure: Departure, *, now: datetime) -> Staff:
    """The member of staff with the roles that the provider gives from now on; those it gives no more are over.

    Raises :class:`NotKnownThere`, :class:`NoRoleThere`, :class:`IdentityTaken`, :class:`PasswordLinkOver`.
    """
    async with db.transaction() as tx:
        identity = await identities.of(tx, issuer.url, claims["sub"])
        staff_id = await _whose(tx, issuer, claims, identity, departure, now)
        await _agree(tx, staff_id, issuer, claims, now)
        if identity:
            await identities.use(tx, identity, now)
        person = await staff.load(tx, staff_id, now)
    # What has ended stays ended, also for who is not let in.
    if person is None:
        raise NotKnownThere(label=issuer.label)
    if not person.roles:
        raise NoRoleThere(label=issuer.label)
    return person


async def _whose(
    tx: Tx, issuer: Issuer, claims: Claims, identity: Identity | None, departure: Departure, now: datetime
) -> UUID:
    owner = departure.staff_id or await _invited(tx, departure, now)
    if identity and owner in (None, identity.staff_id):
        return identity.staff_id
    if identity:
        raise IdentityTaken
    if owner and any(one.issuer == issuer.url for one in await identities.of_staff(tx, owner)):
        raise IdentityTaken
    staff_id = owner or await _new_account(tx, issuer, claims, now)
    await identities.add(
        tx, Identity(issuer=issuer.url, subject=claims["sub"], staff_id=staff_id, created_at=now, used_at=now)
    )
    await audit.record(tx, None, "identity-linked", "staff", staff_id, now, issuer=issuer.name)
    return staff_id


async def _invited(tx: Tx, departure: Departure, now: datetime) -> UUID | None:
    """Who owns the link that was opened before; it is good no more."""
    if departure.link_hash is None:
        return None
    link = await password_links.with_secret(tx, departure.link_hash)
    if link is None or not await password_links.use(tx, link.id, now):
        raise PasswordLinkOver
    return link.staff_id


async def _new_account(tx: Tx, issuer: Issuer, claims: Claims, now: datetime) -> UUID:
    if not issuer.makes_accounts:
        raise NotKnownThere(label=issuer.label)
    if not await _granted(tx, issuer, claims):
        raise NoRoleThere(label=issuer.label)
    known = sign_in_name_of(claims, issuer)
    if await staff.is_known(tx, known):
        known = f"{digest(claims['sub'])[:12]}@{issuer.name}"
    person = Staff(id=new_id(now), name=name_of(claims), sign_in_name=known, roles=frozenset())
    await staff.add(tx, person, NO_PASSWORD, now)
    await audit.record(tx, None, "added", "staff", person.id, now, issuer=issuer.name)
    return person.id


async def _granted(tx: Tx, issuer: Issuer, claims: Claims) -> set[tuple[UUID | None, str]]:
    """Pairs of agency and role; an agency code that nobody has gives nothing."""
    said = issuer.granted(claims)
    ids = await agencies.with_codes(tx, {code for code, _ in said if code is not None})
    return {(ids.get(code) if code else None, role) for code, role in said if code is None or code in ids}


async def _agree(tx: Tx, staff_id: UUID, issuer: Issuer, claims: Claims, now: datetime) -> None:
    """The roles of this provider are those that it says now, until it is asked again, and not for ever."""
    wanted, until = await _granted(tx, issuer, claims), now + ROLE_LASTS
    held = await roles.from_issuer(tx, staff_id, issuer.url, now)
    over = [one for one in held if (one.agency_id, one.role) not in wanted]
    await _end(tx, over, issuer, now)
    await roles.prolong(tx, [one.id for one in held if one not in over], until)
    for agency_id, role in wanted - {(one.agency_id, one.role) for one in held}:
        if not await roles.running(tx, staff_id, agency_id, role, now):
            life = {"starts_at": now, "ends_at": until, "issuer": issuer.url}
            new = Held(id=new_id(now), staff_id=staff_id, agency_id=agency_id, role=role, **life)  # type: ignore[arg-type]
            await roles.add(tx, new)
            await _note(tx, "role-given", new, issuer, now)


async def give_up(tx: Tx, staff_id: UUID, issuer: Issuer, now: datetime) -> None:
    """Nothing that this provider said of somebody counts any more."""
    await _end(tx, await roles.from_issuer(tx, staff_id, issuer.url, now), issuer, now)


async def _end(tx: Tx, over: Sequence[Held], issuer: Issuer, now: datetime) -> None:
    await roles.end(tx, [one.id for one in over], now)
    for one in over:
        await _note(tx, "role-ended", one, issuer, now)


async def _note(tx: Tx, what: str, held: Held, issuer: Issuer, now: datetime) -> None:
    facts = {"role": held.role, "issuer": issuer.name}
    await audit.record(tx, None, what, "staff", held.staff_id, now, held.agency_id, **facts)

"""Tokens by which programs ask in somebody's name: making one, seeing which there are, and ending one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from booking.domain.api_tokens import LONGEST_LIFE, MOST, ApiToken, Bearer, Scope
from booking.domain.errors import InvalidField, NotFound, TooManyTokens
from booking.domain.identifiers import new_id
from booking.domain.staff import Staff
from booking.services.accounts import digest, token_text
from booking.storage import api_tokens, audit
from booking.storage.database import Database

NOTED_EVERY = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Issued:
    """A token with what a program says, which nobody is told again."""

    token: ApiToken
    text: str = field(repr=False)


async def bearer(db: Database, token: str, *, now: datetime) -> Bearer | None:
    """Whose token this is; None when it is unknown, over or revoked."""
    async with db.reading() as tx:
        return await api_tokens.with_secret(tx, digest(token), now)


async def note(db: Database, token: ApiToken, *, now: datetime) -> None:
    """Keep when it was used last; every ten minutes is enough."""
    if token.last_used_at is None or now - token.last_used_at >= NOTED_EVERY:
        async with db.transaction() as tx:
            await api_tokens.note(tx, token.id, now)


async def own(db: Database, *, by: Staff) -> Sequence[ApiToken]:
    """One's own, over or not, the latest first."""
    async with db.reading() as tx:
        return await api_tokens.of_staff(tx, by.id)


async def issue(
    db: Database, name: str, scope: Scope, days: int, agency_id: UUID | None, *, by: Staff, now: datetime
) -> Issued:
    """A new token of one's own. Raises :class:`InvalidField`, :class:`TooManyTokens`."""
    if agency_id and not by.belongs_to(agency_id):
        raise InvalidField(fields={"agency_id": "unknown-choice"})
    if not 0 < days <= LONGEST_LIFE.days:
        raise InvalidField(fields={"days": "out-of-range"})
    token = ApiToken(
        id=new_id(now),
        staff_id=by.id,
        name=name.strip(),
        scope=scope,
        agency_id=agency_id,
        created_at=now,
        expires_at=now + timedelta(days=days),
    ).checked()
    text = token_text(token)
    async with db.transaction() as tx:
        mine = await api_tokens.of_staff(tx, by.id)
        if sum(not one.is_over(now) for one in mine) >= MOST:
            raise TooManyTokens(most=MOST)
        await api_tokens.add(tx, token, digest(text))
        await audit.record(tx, by, "added", "api_token", token.id, now, agency_id, owner=str(by.id), scope=scope)
    return Issued(token, text)


async def revoke(db: Database, token_id: UUID, *, by: Staff, now: datetime) -> None:
    """Nothing can be asked with it any more; a second time changes nothing. Raises :class:`NotFound`."""
    async with db.transaction() as tx:
        if not any(one.id == token_id for one in await api_tokens.of_staff(tx, by.id)):
            raise NotFound(token_id=token_id)
        if await api_tokens.revoke(tx, token_id, by.id, now):
            await audit.record(tx, by, "revoked", "api_token", token_id, now)

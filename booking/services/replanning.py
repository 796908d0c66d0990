"""Make the reminders ahead what a changed policy says, in pages; a look beforehand writes nothing."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from booking.domain.bookings import Booking
from booking.domain.messages import to_come
from booking.domain.policies import Policy, Version
from booking.domain.replanning import Changes, changes
from booking.services import wanting
from booking.storage import outbox, policies, replanned, sessions
from booking.storage.database import Database, Tx, again_when_contended
from booking.storage.policies import Key

PAGE = 500
# So many pages are done while somebody waits for the answer; the rest is done by the clock.
AT_ONCE = 4
# Longer than any transaction may take: whoever booked by the old policy has been met after that.
LOOKS_BACK = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Effect:
    """How many reminders are added, moved to another time, and taken back; ``is_whole`` unless some are left."""

    planned: int = 0
    moved: int = 0
    removed: int = 0
    is_whole: bool = True

    @property
    def count(self) -> int:
        """How many reminders change."""
        return self.planned + self.moved + self.removed

    def plus(self, found: Changes) -> "Effect":
        """With those of one more page."""
        return Effect(
            self.planned + len(found.added) + len(found.revived),
            self.moved + len(found.moved),
            self.removed + len(found.removed),
            self.is_whole,
        )


async def foresee(db: Database, key: Key, policy: Policy | None, now: datetime) -> Effect:
    """What such a decision would change now; changes nothing."""
    effect = Effect()
    async for page in _pages(db, key, now):
        async with db.reading() as tx:
            effect = effect.plus(await _changes(tx, page, now, {key: policy}))
    return effect


async def foresee_unsettled(db: Database, now: datetime) -> AsyncIterator[Changes]:
    """What :func:`apply_unsettled` would change now, in pages; changes nothing."""
    async with db.reading() as tx:
        waiting = await policies.unsettled(tx)
    for version, applied_at in waiting:
        if applied_at is None or _is_old(version, now):
            async for page in _pages(db, (version.agency_id, version.workshop_id), now):
                async with db.reading() as tx:
                    found = await _changes(tx, page, now)
                yield found


async def apply(db: Database, version: Version, now: datetime, *, most: int | None = None) -> Effect:
    """Plan anew what this decision changes, all of it or so many pages; nothing changes the second time."""
    effect, done = Effect(), 0
    async for page in _pages(db, (version.agency_id, version.workshop_id), now):
        if done == most:
            return Effect(effect.planned, effect.moved, effect.removed, is_whole=False)
        effect = effect.plus(await _apply(db, page, now))
        done += 1
    await _note(db, version, now)
    return effect


async def apply_unsettled(db: Database, now: datetime) -> Effect:
    """The same for every decision that may not be in every reminder yet."""
    async with db.reading() as tx:
        waiting = await policies.unsettled(tx)
    total = Effect()
    for version, applied_at in waiting:
        if applied_at is None or _is_old(version, now):
            found = await apply(db, version, now)
            total = Effect(total.planned + found.planned, total.moved + found.moved, total.removed + found.removed)
    return total


def _is_old(version: Version, now: datetime) -> bool:
    return now - version.made_at >= LOOKS_BACK


async def _pages(db: Database, key: Key, now: datetime) -> AsyncIterator[list[Booking]]:
    after: UUID | None = None
    while True:
        async with db.reading() as tx:
            page = await replanned.seats_ahead(tx, *key, now, after, PAGE)
        if page:
            yield page
        if len(page) < PAGE:
            return
        after = page[-1].id


@again_when_contended
async def _apply(db: Database, page: Sequence[Booking], now: datetime) -> Changes:
    async with db.reading() as tx:
        found = await _changes(tx, page, now)
    concerned = {message.session_id for message in found.all}
    if not concerned:
        return found
    async with db.transaction() as tx:
        # What changed since it was read has planned its own, and what was read would be stale at once.
        await sessions.lock(tx, *concerned)
        found = await _changes(tx, [booking for booking in page if booking.session_id in concerned], now)
        await outbox.plan(tx, found.added)
        await replanned.write(tx, found, now)
    return found


async def _changes(
    tx: Tx, page: Sequence[Booking], now: datetime, instead: Mapping[Key, Policy | None] | None = None
) -> Changes:
    kept = await replanned.reminders_of(tx, [booking.id for booking in page])
    return changes(await wanting.wanted(tx, page, instead, said=to_come), kept, now)


@again_when_contended
async def _note(db: Database, version: Version, now: datetime) -> None:
    async with db.transaction() as tx:
        await policies.applied(tx, version.id, now, is_settled=_is_old(version, now))

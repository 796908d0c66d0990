"""Leaflets and posters: taken in cleaned, shown beside the partner or the service they are about while they hold."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from booking.domain.archives import Archived
from booking.domain.changes import changes
from booking.domain.errors import StaleEdit
from booking.domain.identifiers import new_id
from booking.domain.leaflets import Leaflet, LeafletKind
from booking.domain.partner_terms import Service
from booking.domain.partners import Partner
from booking.domain.staff import Right, Staff
from booking.services import archiving, partners
from booking.storage import audit, leaflets
from booking.storage import partners as directory
from booking.storage.database import Database, Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class LeafletSaid:
    """What was said about a leaflet."""

    title: str
    kind: LeafletKind
    language: str
    partner_id: UUID | None = None
    service: Service | None = None
    first_on: date | None = None
    last_on: date | None = None


@dataclass(frozen=True, slots=True)
class Shelf:
    """Leaflets by title, with the partners they are about."""

    leaflets: Sequence[Leaflet]
    partners: dict[UUID, Partner]


async def shelf(db: Database, *, by: Staff) -> Shelf:
    """Every leaflet but those of partners out of one's sight."""
    async with db.reading() as tx:
        every = await leaflets.every(tx)
        about = await directory.some(tx, {one.partner_id for one in every if one.partner_id})
    seen = {id: one for id, one in about.items() if by.is_network_wide or one.serves(by.agency_ids)}
    return Shelf([one for one in every if one.partner_id is None or one.partner_id in seen], seen)


async def fitting(tx: Tx, partner: Partner | None, services: Collection[str], day: date) -> list[Leaflet]:
    """What to hand to somebody who is sent to this partner for these services, on this day: by title.

    Without a partner, what is about the services alone.
    """
    return await leaflets.about(tx, partner.id if partner else None, services, day)


async def beside(db: Database, partner: Partner, day: date) -> list[Leaflet]:
    """What may be shown on the page of a partner."""
    async with db.reading() as tx:
        return await fitting(tx, partner, partner.services, day)


async def add(db: Database, said: LeafletSaid, file: bytes, *, by: Staff, now: datetime) -> Leaflet:
    """Keep a PDF, PNG or JPEG file of 10 MB at most, without anything in it but what one sees.

    Raises :class:`InvalidField`, :class:`NotFound` for the partner, :class:`NotAllowed`.
    """
    by.must_somewhere(Right.PLAN)
    kept = await archiving.scanned(file)
    new = Leaflet(id=new_id(now), created_at=now, **_of_file(kept), **_of(said)).checked()
    async with db.transaction() as tx:
        await _must_see_partner(tx, new, by)
        await leaflets.add(tx, new, kept)
        await audit.record(tx, by, "added", "leaflet", new.id, now)
    return new


async def change(
    db: Database,
    leaflet_id: UUID,
    said: LeafletSaid,
    file: bytes = b"",
    *,
    version: int | None = None,
    by: Staff,
    now: datetime,
) -> Leaflet:
    """Write it anew; without a file it keeps its own. Raises like :func:`add`, and :class:`StaleEdit`."""
    by.must_somewhere(Right.PLAN)
    kept = await archiving.scanned(file) if file else None
    async with db.transaction() as tx:
        before = await _locked(tx, leaflet_id, version, by)
        after = replace(before, version=before.version + 1, **_of(said), **(_of_file(kept) if kept else {})).checked()
        await _must_see_partner(tx, after, by)
        await leaflets.change(tx, after, kept)
        await audit.record(tx, by, "changed", "leaflet", after.id, now, changes=changes(before, after))
    return after


async def remove(db: Database, leaflet_id: UUID, *, version: int | None = None, by: Staff, now: datetime) -> None:
    """Let go of it for good. Raises :class:`NotFound`, :class:`StaleEdit`, :class:`NotAllowed`."""
    by.must_somewhere(Right.PLAN)
    async with db.transaction() as tx:
        before = await _locked(tx, leaflet_id, version, by)
        await leaflets.remove(tx, before.id)
        await audit.record(tx, by, "removed", "leaflet", before.id, now, title=before.title)


async def show(db: Database, leaflet_id: UUID, *, by: Staff) -> Leaflet:
    """One leaflet. Raises :class:`NotFound`."""
    async with db.reading() as tx:
        return await _seen(tx, await leaflets.load(tx, leaflet_id), by)


async def file(db: Database, leaflet_id: UUID, *, by: Staff) -> tuple[Leaflet, Archived]:
    """It, and its very bytes. Raises :class:`NotFound`."""
    async with db.reading() as tx:
        found = await _seen(tx, await leaflets.load(tx, leaflet_id), by)
        return found, await leaflets.file_of(tx, leaflet_id)


async def _locked(tx: Tx, leaflet_id: UUID, version: int | None, by: Staff) -> Leaflet:
    before = await _seen(tx, await leaflets.load(tx, leaflet_id, for_update=True), by)
    if version not in (None, before.version):
        raise StaleEdit(leaflet_id=leaflet_id, version=before.version)
    return before


async def _seen(tx: Tx, leaflet: Leaflet, by: Staff) -> Leaflet:
    await _must_see_partner(tx, leaflet, by)
    return leaflet


async def _must_see_partner(tx: Tx, leaflet: Leaflet, by: Staff) -> None:
    if leaflet.partner_id:
        await partners.within(tx, leaflet.partner_id, by)


def _of(said: LeafletSaid) -> dict[str, object]:
    return {name: getattr(said, name) for name in LeafletSaid.__slots__}


def _of_file(kept: Archived) -> dict[str, object]:
    return {"media_type": kept.media_type, "size": kept.size, "hash": kept.hash}

"""An agency writes its own texts: looks at them, tries them out, keeps a version, and goes back to an older one."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from booking.documents.starting import starting
from booking.domain.agencies import Agency
from booking.domain.errors import InvalidField, NotAllowed, NotFound, StaleEdit
from booking.domain.identifiers import new_id
from booking.domain.languages import SAID_IN
from booking.domain.messages import INVITATIONS, MessageKind
from booking.domain.sites import Site
from booking.domain.staff import ROLES_WITH, Right, Staff
from booking.domain.wording_checks import Fault, cleaned
from booking.domain.wordings import Slot, Wording, WordingForm, Wordings
from booking.services.wording_previews import Preview, previewed
from booking.storage import agencies, audit, staff, wordings
from booking.storage.database import Database, Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """A text as it is now, with all its versions, the newest first, and who made each of them.

    ``is_ours`` says that it is our own, which nobody has changed; ``agency`` is None for the installation's.
    """

    slot: Slot
    agency: Agency | None
    subject: str
    body: str
    is_ours: bool
    versions: Sequence[Wording]
    names: dict[UUID, str]

    @property
    def version(self) -> int:
        """The number of the newest version; 0 before the first."""
        return self.versions[0].version if self.versions else 0


@dataclass(frozen=True, slots=True)
class Listed:
    """What an agency has changed: the newest version of each text, its own and the installation's, and who made it."""

    agency: Agency | None
    newest: Wordings
    names: dict[UUID, str]


async def list_all(db: Database, agency_id: UUID | None, *, by: Staff) -> Listed:
    """For who plans there. Raises :class:`NotFound`, :class:`NotAllowed`."""
    _must(by, agency_id)
    async with db.reading() as tx:
        agency = await agencies.load(tx, agency_id) if agency_id else None
        newest = await wordings.newest(tx, [agency_id] if agency_id else [])
        names = await staff.named(tx, {one.made_by for one in newest.newest.values()})
    return Listed(agency, newest, names)


async def show(db: Database, slot: Slot, *, by: Staff) -> Edited:
    """One text. Raises :class:`NotFound`, :class:`NotAllowed`."""
    _must(by, slot.agency_id)
    async with db.reading() as tx:
        return await _edited(tx, slot)


async def preview(
    db: Database, slot: Slot, subject: str, body: str, *, site: Site, by: Staff, now: datetime
) -> Preview:
    """What would be sent to an invented person, how long it is, and what stands against it; nothing is kept."""
    _must(by, slot.agency_id)
    async with db.reading() as tx:
        agency = await agencies.load(tx, slot.agency_id) if slot.agency_id else None
    _must_exist(slot)
    return previewed(_wording(slot, 0, cleaned(subject), cleaned(body), by, now), agency, site, now)


async def write(
    db: Database, slot: Slot, subject: str, body: str, *, seen: int | None, site: Site, by: Staff, now: datetime
) -> Edited:
    """A new version; none where nothing is new. ``seen`` is the version that was looked at, None whichever it is.

    Raises :class:`InvalidField`, whose facts name every fault, :class:`StaleEdit`, :class:`NotFound`,
    :class:`NotAllowed`.
    """
    _must(by, slot.agency_id)
    async with db.transaction() as tx:
        before = await _seen(tx, slot, seen)
        made = _wording(slot, before.version + 1, cleaned(subject), cleaned(body), by, now)
        found = previewed(made, before.agency, site, now).faults
        if found:
            raise _refused(found)
        if (made.subject, made.body) != (before.subject, before.body):
            await _add(tx, made, by, now)
        return await _edited(tx, slot)


async def restore(
    db: Database, slot: Slot, version: int, *, seen: int | None, site: Site, by: Staff, now: datetime
) -> Edited:
    """An older version again, as a new one; version 0 is our own text. Raises like :func:`write`."""
    _must(by, slot.agency_id)
    async with db.transaction() as tx:
        before = await _seen(tx, slot, seen)
        old = next((one for one in before.versions if one.version == version), None)
        if old is None and version:
            raise NotFound(version=version)
        is_original = old is None or old.is_original
        subject, body = (old.subject, old.body) if old else ("", "")
        made = _wording(slot, before.version + 1, subject, body, by, now, is_original=is_original)
        # What was kept once may name what is known no more.
        if not is_original and (found := previewed(made, before.agency, site, now).faults):
            raise _refused(found)
        if not (is_original and before.is_ours):
            await _add(tx, made, by, now)
        return await _edited(tx, slot)


def _wording(
    slot: Slot, version: int, subject: str, body: str, by: Staff, now: datetime, *, is_original: bool = False
) -> Wording:
    return Wording(
        id=new_id(now),
        agency_id=slot.agency_id,
        kind=slot.kind,
        form=slot.form,
        language=slot.language,
        version=version,
        subject=subject if slot.form is WordingForm.MAIL else "",
        body=body,
        is_original=is_original,
        made_at=now,
        made_by=by.id,
    )


async def _add(tx: Tx, made: Wording, by: Staff, now: datetime) -> None:
    await wordings.add(tx, made)
    said = {"kind": made.kind, "form": made.form, "language": made.language, "version": made.version}
    deed = "restored" if made.is_original else "written"
    await audit.record(tx, by, deed, "wording", made.id, now, made.agency_id, **said)


async def _seen(tx: Tx, slot: Slot, seen: int | None) -> Edited:
    before = await _edited(tx, slot)
    if seen is not None and seen != before.version:
        raise StaleEdit(version=before.version)
    return before


async def _edited(tx: Tx, slot: Slot) -> Edited:
    _must_exist(slot)
    agency = await agencies.load(tx, slot.agency_id) if slot.agency_id else None
    found = await wordings.versions(tx, slot)
    names = await staff.named(tx, {one.made_by for one in found})
    own = found[0] if found and not found[0].is_original else None
    if own is None and slot.agency_id:
        # What the installation says is what the agency begins with.
        shared = await wordings.versions(tx, Slot(None, slot.kind, slot.form, slot.language))
        basis = shared[0] if shared and not shared[0].is_original else None
    else:
        basis = own
    subject, body = (basis.subject, basis.body) if basis else starting(slot.kind, slot.form, slot.language)
    return Edited(
        slot=slot,
        agency=agency,
        subject=subject,
        body=body,
        is_ours=own is None,
        versions=found,
        names=names,
    )


def _refused(found: Sequence[Fault]) -> InvalidField:
    first = {fault.field: fault.code for fault in reversed(found)}
    return InvalidField(fields=first, faults=[asdict(fault) for fault in found])


def _must_exist(slot: Slot) -> None:
    if slot.kind in INVITATIONS or slot.language not in SAID_IN:
        raise NotFound(kind=slot.kind)


def _must(by: Staff, agency_id: UUID | None) -> None:
    if agency_id is not None:
        by.must(Right.PLAN, agency_id)
    elif not any(agency is None and role in ROLES_WITH[Right.PLAN] for agency, role in by.roles):
        raise NotAllowed(right=Right.PLAN)


def kinds() -> list[MessageKind]:
    """What there are texts of, in the order in which people get them."""
    # Mails that only bring a calendar entry keep our words.
    return [kind for kind in MessageKind if kind not in INVITATIONS]

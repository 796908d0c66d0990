"""Opening an agency by a list: what is there is found in the data; what is not needed is said, and why."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from booking.documents.messages import words
from booking.documents.pdf.letters import batch, letter
from booking.documents.pdf.printing import printed
from booking.domain.agencies import Agency
from booking.domain.departments import of_commune, of_postcode
from booking.domain.errors import NotFound
from booking.domain.messages import MessageKind
from booking.domain.openings import Checklist, Item, Note, checklist
from booking.domain.phases import PhaseChange
from booking.domain.staff import Right, Staff
from booking.services.wording_examples import details, example
from booking.storage import agencies, audit, openings, phases, staff, wordings
from booking.storage.database import Database, Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """An agency, its list, the change of phase that is planned, and who said what is not needed."""

    agency: Agency
    checklist: Checklist
    waiting: PhaseChange | None
    names: Mapping[UUID, str]


async def show(db: Database, agency_id: UUID, *, by: Staff, now: datetime) -> Opening:
    """The list of an agency, for who plans there. Raises :class:`NotFound`, :class:`NotAllowed`."""
    by.must(Right.PLAN, agency_id)
    async with db.reading() as tx:
        agency = await agencies.load(tx, agency_id)
        notes = (await openings.notes(tx, [agency_id])).get(agency_id, {})
        counts = (await openings.counts(tx, [agency_id], now)).get(agency_id, Counter())
        counts[Item.PARTNERS] = (await partners_by_department(tx))[agency.department]
        return Opening(
            agency=agency,
            checklist=checklist(agency, counts, notes),
            waiting=await phases.waiting(tx, agency_id),
            names=await staff.named(tx, {one.noted_by for one in notes.values()}),
        )


async def partners_by_department(tx: Tx) -> Counter[str]:
    """How many partners there are in each department."""
    codes = await openings.partners_of_codes(tx)
    return Counter(where for insee, post in codes if (where := of_commune(insee) or of_postcode(post)))


async def leave_out(db: Database, agency_id: UUID, item: Item, because: str, *, by: Staff, now: datetime) -> Note:
    """This point is not needed there. Raises :class:`InvalidField`, :class:`NotFound`, :class:`NotAllowed`."""
    by.must(Right.PLAN, agency_id)
    said = Note(agency_id=agency_id, item=item, because=because.strip(), noted_by=by.id, noted_at=now).checked()
    async with db.transaction() as tx:
        await agencies.load(tx, agency_id)
        await openings.note(tx, said)
        await audit.record(tx, by, "left-out", "agency", agency_id, now, agency_id, item=item)
    return said


async def ask_again(db: Database, agency_id: UUID, item: Item, *, by: Staff, now: datetime) -> None:
    """It is needed after all. Raises :class:`NotFound`, :class:`NotAllowed`."""
    by.must(Right.PLAN, agency_id)
    async with db.transaction() as tx:
        if not await openings.unnote(tx, agency_id, item):
            raise NotFound(item=item)
        await audit.record(tx, by, "asked-again", "agency", agency_id, now, agency_id, item=item)


async def try_letter(db: Database, agency_id: UUID, *, by: Staff, now: datetime) -> bytes:
    """A letter to somebody invented, as PDF, to see that address and folds fit the paper and the envelope.

    Raises :class:`NotFound`, :class:`NotAllowed`.
    """
    by.must(Right.PLAN, agency_id)
    async with db.transaction() as tx:
        agency = await agencies.load(tx, agency_id)
        own = await wordings.newest(tx, [agency_id])
        await openings.letter_tried(tx, agency_id, now)
        await audit.record(tx, by, "printed", "agency", agency_id, now, agency_id, what="letter")
    case = example(MessageKind.CONFIRMATION, agency, now)
    lives = {"address": "12 rue des Essais, bâtiment B", "postcode": agency.postcode, "commune": agency.commune}
    case = replace(case, person=replace(case.person, **lives))
    said = words(MessageKind.CONFIRMATION, case, now, details(case), wordings=own)
    return await printed("letters", batch(said.subject, [letter(case, said, now)]), now)

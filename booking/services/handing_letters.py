"""Letters that are handed over against signature: what was printed, who handed it to whom, and the signed stub."""

from datetime import datetime
from uuid import UUID

from booking.domain.archives import PDF
from booking.domain.errors import NotFound
from booking.domain.evidence import Deed, Evidence, pieces
from booking.domain.messages import Message, MessageState, still_holds
from booking.domain.staff import Right, Staff
from booking.services import archiving, filing, messages, to_do
from booking.services.messages import Letter
from booking.storage import cases, evidence, outbox
from booking.storage.database import Database, Tx, again_when_contended


@again_when_contended
async def printed(db: Database, letter: Letter, template: str, paper: bytes, *, by: Staff, now: datetime) -> None:
    """Archive a letter as it leaves the printer; that alone says nothing of its being handed over."""
    packed = await archiving.packed(paper, PDF)
    by.must(Right.REACH, letter.case.booking.agency_id)
    async with db.transaction() as tx:
        await filing.printed(tx, letter.case, template, packed, by=by, now=now)


@again_when_contended
async def hand_over(db: Database, booking_id: UUID, *, by: Staff, now: datetime) -> Evidence:
    """Note that the letter of a booking was handed over: the paper printed last, or else the words of its letter.

    A letter that waits to be handed over is ticked off with it. Raises :class:`NotFound`, :class:`NotAllowed`.
    """
    letter = await messages.letter(db, booking_id, by=by, now=now)
    kind = filing.kind_of(letter.words.template)
    async with db.transaction() as tx:
        said = await outbox.of_booking(tx, booking_id)
        waiting = [one for one in said if one.kind is kind and one.state is MessageState.TO_DO and to_do.on_paper(one)]
        if not waiting:
            return await filing.handed_over(tx, letter.case, letter.words, by=by, now=now)
        return await to_do.hand_over(tx, waiting[0], by=by, now=now)


@again_when_contended
async def undo(db: Database, evidence_id: UUID, *, by: Staff, now: datetime) -> Evidence:
    """It was not handed over after all, said within ten minutes; what was ticked off with it waits again.

    Raises :class:`EvidenceStands`, :class:`NotFound`, :class:`NotAllowed`.
    """
    async with db.transaction() as tx:
        line = await must_see(tx, evidence_id, by, Deed.HANDED_OVER)
        undone = await filing.undone(tx, line, by=by, now=now)
        if line.message_id:
            await _wait_again(tx, line.message_id, now)
        return undone


async def attach_stub(db: Database, evidence_id: UUID, file: bytes, *, by: Staff, now: datetime) -> Evidence:
    """Keep a scan of the signed stub with the line of its handing over. The same file again changes nothing.

    Raises :class:`InvalidField` for ``file``, :class:`NotFound`, :class:`NotAllowed`.
    """
    async with db.reading() as tx:
        line = await must_see(tx, evidence_id, by, Deed.HANDED_OVER)
    assert line.booking_id
    scan = await archiving.scanned(file)
    async with db.transaction() as tx:
        known = pieces(await evidence.of_bookings(tx, [line.booking_id]))
        among = [scan for piece in known if piece.line.id == line.id for scan in piece.scans]
        about = {"booking_id": line.booking_id, "about_id": line.id, "by": by, "now": now}
        return await filing.attached(tx, scan, among, line.agency_id, **about)


async def must_see(tx: Tx, evidence_id: UUID, by: Staff, deed: Deed) -> Evidence:
    """A line about a booking of one's agency, of this deed. Raises :class:`NotFound`, :class:`NotAllowed`."""
    line = await evidence.load(tx, evidence_id)
    by.must(Right.REACH, line.agency_id)
    if line.deed is not deed or line.booking_id is None:
        raise NotFound(evidence_id=evidence_id)
    return line


async def _wait_again(tx: Tx, message_id: UUID, now: datetime) -> None:
    message: Message = await outbox.load(tx, message_id, for_update=True)
    case = await cases.load(tx, message.booking_id)
    if still_holds(message, case.booking, case.session) and message.not_after > now:
        await to_do.untick(tx, message_id)

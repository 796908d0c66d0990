"""Lines of the log of evidence, each written with its document and its line of the audit."""

from datetime import datetime
from typing import Any
from uuid import UUID

from booking.documents.messages import Words
from booking.domain.archives import TEXT, Archived, archived
from booking.domain.cases import Case
from booking.domain.errors import EvidenceStands
from booking.domain.evidence import KEPT_FOR, UNDOABLE, Deed, Evidence, Piece, as_of, pieces
from booking.domain.fields import Problems
from booking.domain.identifiers import new_id
from booking.domain.messages import MessageKind
from booking.domain.staff import Staff
from booking.services import archiving
from booking.storage import audit, evidence, holds
from booking.storage.database import Tx

LONGEST_REASON = 200


async def file(tx: Tx, deed: Deed, agency_id: UUID, *, by: Staff, now: datetime, **known: Any) -> Evidence:
    """One more line."""
    line = Evidence(
        id=new_id(now), deed=deed, at=now, agency_id=agency_id, staff_id=by.id, keep_until=now + KEPT_FOR, **known
    )
    await evidence.add(tx, line)
    about = {"deed": deed, "booking": line.booking_id and str(line.booking_id), "document": line.document_hash}
    await audit.record(tx, by, "filed", "evidence", line.id, now, agency_id, **about)
    return line


async def printed(tx: Tx, case: Case, template: str, paper: Archived, *, by: Staff, now: datetime) -> Evidence:
    """That a letter was printed; the same one again adds nothing."""
    await holds.hold(tx, case.booking.id)
    papers = _printed(await evidence.of_bookings(tx, [case.booking.id]), kind_of(template), case)
    if papers and papers[-1].document_hash == paper.hash:
        return papers[-1]
    about = _about(case, template) | {"document_hash": await archiving.keep(tx, paper, now)}
    return await file(tx, Deed.PRINTED, case.booking.agency_id, by=by, now=now, **about)


async def handed_over(
    tx: Tx, case: Case, words: Words, *, by: Staff, now: datetime, message_id: UUID | None = None
) -> Evidence:
    """That a letter was handed over: the paper printed last, or else its words. A second click adds nothing."""
    await holds.hold(tx, case.booking.id)
    known = await evidence.of_bookings(tx, [case.booking.id])
    kind, state = kind_of(words.template), as_of(case)
    for piece in pieces(known):
        is_same = (piece.line.deed, piece.line.kind, piece.line.as_of) == (Deed.HANDED_OVER, kind, state)
        if is_same and piece.stands and now - piece.line.at <= UNDOABLE:
            return piece.line
    papers = _printed(known, kind, case)
    if papers:
        about = _about(case, papers[-1].template) | {"document_hash": papers[-1].document_hash}
    else:
        as_text = archived(f"{words.subject}\n\n{words.body}".encode(), TEXT)
        about = _about(case, words.template) | {"document_hash": await archiving.keep(tx, as_text, now)}
    given = {"given_to": case.person.name, "message_id": message_id}
    return await file(tx, Deed.HANDED_OVER, case.booking.agency_id, by=by, now=now, **about, **given)


async def undone(tx: Tx, line: Evidence, *, by: Staff, now: datetime) -> Evidence:
    """That a paper was not handed over after all; both lines stay. Raises :class:`EvidenceStands`."""
    line.must_be_fresh(now)
    return await ended(tx, line, Deed.UNDONE, by=by, now=now)


async def undone_of(tx: Tx, message_id: UUID, booking_id: UUID, *, by: Staff, now: datetime) -> None:
    """The same for the letter of a message, if it was handed over. Raises :class:`EvidenceStands`."""
    for piece in pieces(await evidence.of_bookings(tx, [booking_id])):
        if piece.line.deed is Deed.HANDED_OVER and piece.line.message_id == message_id and piece.stands:
            await undone(tx, piece.line, by=by, now=now)


async def ended(tx: Tx, line: Evidence, deed: Deed, *, by: Staff, now: datetime, because: str = "") -> Evidence:
    """The line that takes another one back. Raises :class:`EvidenceStands` when one does already."""
    if await evidence.was_ended(tx, line.id):
        raise EvidenceStands(evidence_id=line.id)
    about = {"about_id": line.id, "booking_id": line.booking_id, "meeting_id": line.meeting_id, "because": because}
    return await file(tx, deed, line.agency_id, by=by, now=now, **about)


async def attached(tx: Tx, scan: Archived, among: list[Piece], agency_id: UUID, **about: Any) -> Evidence:
    """That a scan was attached; the same bytes among those that stand there add nothing."""
    for piece in among:
        if piece.stands and piece.line.document_hash == scan.hash:
            return piece.line
    digest = await archiving.keep(tx, scan, about["now"])
    return await file(tx, Deed.ATTACHED, agency_id, document_hash=digest, **about)


def kind_of(template: str) -> MessageKind:
    """What a text of this version says: ``reminder/fr/2`` is a reminder."""
    return MessageKind(template.partition("/")[0])


def _about(case: Case, template: str) -> dict[str, Any]:
    return {"booking_id": case.booking.id, "kind": kind_of(template), "template": template, "as_of": as_of(case)}


def _printed(known: list[Evidence], kind: MessageKind, case: Case) -> list[Evidence]:
    """The papers of this kind that were printed since the booking and its session last changed."""
    wanted = (Deed.PRINTED, kind, as_of(case))
    return [line for line in known if (line.deed, line.kind, line.as_of) == wanted]


def must_be_a_reason(because: str) -> None:
    """Do nothing, or raise :class:`InvalidField` for ``because``."""
    problems = Problems()
    problems.text("because", because, longest=LONGEST_REASON)
    problems.refuse()

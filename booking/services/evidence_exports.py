"""The log of evidence for a dispute as one file: the log as paper and as table, every document, and their hashes."""

import asyncio
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from booking.documents import dates
from booking.documents.pdf.evidence import DEEDS, LogLine, LogPaper, bundle, csv_of, file_of
from booking.documents.pdf.printing import printed
from booking.domain.archives import Archived
from booking.domain.errors import TooMuchAtOnce
from booking.domain.evidence import Deed, Evidence
from booking.domain.staff import Staff
from booking.services import evidence_logs
from booking.services.evidence_logs import Log
from booking.storage import audit, documents
from booking.storage.database import Database
from calendars.zones import wall

# So much is held in memory while it is packed.
MOST_BYTES = 150 * 1024 * 1024


async def of_booking(db: Database, booking_id: UUID, *, by: Staff, now: datetime) -> tuple[Log, bytes]:
    """The file about one booking. Raises :class:`TooMuchAtOnce`, :class:`NotFound`, :class:`NotAllowed`."""
    log = await evidence_logs.of_booking(db, booking_id, by=by)
    return log, await _file(db, log, "booking", booking_id, by, now)


async def of_person(db: Database, job_seeker_id: UUID, *, by: Staff, now: datetime) -> tuple[Log, bytes]:
    """The file about somebody. Raises :class:`TooMuchAtOnce`, :class:`NotFound`, :class:`NotAllowed`."""
    log = await evidence_logs.of_person(db, job_seeker_id, by=by)
    return log, await _file(db, log, "job_seeker", job_seeker_id, by, now)


async def _file(db: Database, log: Log, about: str, about_id: UUID, by: Staff, now: datetime) -> bytes:
    removed = {line.about_id for line in log.lines if line.deed is Deed.REMOVED}
    named = dict.fromkeys(line.document_hash for line in log.lines if line.document_hash and line.id not in removed)
    found: dict[str, Archived] = {}
    async with db.reading() as tx:
        for digest in named:
            found[digest] = await documents.load(tx, digest)
            if sum(one.size for one in found.values()) > MOST_BYTES:
                raise TooMuchAtOnce()
    lines = [_line(line, log, found) for line in log.lines]
    made_at = dates.moment(now, log.zone)
    paper = LogPaper(name=log.person.name, agency=log.agency_name, made_by=by.name, made_at=made_at, lines=lines)
    written = {"journal.csv": csv_of(lines), "journal.pdf": await printed("evidence", paper.data, now)}
    async with db.transaction() as tx:
        count = {about: str(about_id), "documents": len(found)}
        await audit.record(tx, by, "exported", "evidence", about_id, now, log.person.agency_id, **count)
    return await asyncio.to_thread(_bundle, written, found)


def _bundle(written: Mapping[str, bytes], found: Mapping[str, Archived]) -> bytes:
    return bundle({**written, **{file_of(one): one.content for one in found.values()}})


def _line(line: Evidence, log: Log, found: Mapping[str, Archived]) -> LogLine:
    case = log.cases[line.booking_id] if line.booking_id else None
    return LogLine(
        at=dates.moment(line.at, log.zone),
        instant=wall(line.at, log.zone).isoformat(timespec="seconds"),
        deed=DEEDS[line.deed],
        by=log.names.get(line.staff_id, ""),
        given_to=line.given_to,
        code=case.booking.code if case else "",
        workshop=case.workshop.title if case else "",
        template=line.template,
        file=file_of(found[line.document_hash]) if line.document_hash in found else "",
        hash=line.document_hash or "",
        because=line.because,
    )

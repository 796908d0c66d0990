"""Bring a list of partners in: twice is as good as once, and what looks like a known partner is asked about."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from booking.domain.errors import StaleEdit
from booking.domain.identifiers import new_id
from booking.domain.partner_likeness import Known
from booking.domain.partners import Partner
from booking.domain.staff import Right, Staff
from booking.services import row_sorting
from booking.services.partner_columns import columns_of
from booking.services.partner_rows import read_row
from booking.services.read_rows import ReadRow
from booking.services.row_files import Row, read
from booking.services.row_sorting import Sorting
from booking.storage import audit, partners
from booking.storage.database import Database, again_when_contended

BATCH = 200
Progress = Callable[[int, int], None]


class Answer(StrEnum):
    """What somebody says of a row that looks like a known partner: another one, the very one, or nothing yet."""

    NEW = "new"
    SAME = "same"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True)
class Question:
    """A row that looks like partners known already."""

    line: int
    name: str
    place: str
    known: Sequence[Partner]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """``columns`` are told by field (see ``partner_columns.FIELDS``), ``answers`` by line; ``source`` names the list
    where its rows do not; ``keeps_alike`` takes every row that looks known for another partner.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    format: str | None = None
    source: str = ""
    is_dry_run: bool = False
    keeps_alike: bool = False
    answers: Mapping[int, Answer] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Report(row_sorting.Report):
    """What became of each row, and what has to be asked."""

    questions: list[Question] = field(default_factory=list)


def _silent(done: int, total: int) -> None:
    pass


async def import_partners(
    db: Database,
    content: bytes,
    options: Options,
    *,
    by: Staff | None,
    now: datetime,
    progress: Progress = _silent,
) -> Report:
    """Add what is new, write anew what changed; a cell that says nothing leaves what is known. None is an operator.

    Rows that cannot be read are refused one by one. Batches are committed each for itself: after a breakdown the
    same import goes on where it stopped. ``progress`` is told how many of the rows to write are written.
    Raises :class:`UnreadableFile`, :class:`NotAllowed` for whoever does not look after the network,
    :class:`NameTaken` when somebody else imports the same list at the same time, and :class:`StaleEdit` when somebody
    changes one of these partners meanwhile.
    """
    if by:
        by.must_somewhere(Right.ADMINISTER)
    # A thousand rows take a second, for which nobody else shall wait.
    file = await asyncio.to_thread(read, content, options.format)
    columns = columns_of(file, options.columns)
    report = Report(
        format=file.format,
        encoding=file.encoding,
        delimiter=file.delimiter,
        columns=columns,
        is_dry_run=options.is_dry_run,
        read=len(file.rows),
    )
    async with db.reading() as tx:
        known = await partners.every(tx)
    writing = await asyncio.to_thread(_sorted, file.rows, known, report, options, now)
    for start in range(0, 0 if options.is_dry_run else len(writing), BATCH):
        await _write(db, writing[start : start + BATCH], by, now)
        progress(min(start + BATCH, len(writing)), len(writing))
    return report


def _sorted(
    rows: Sequence[Row], known: Sequence[Partner], report: Report, options: Options, now: datetime
) -> list[tuple[Partner, Partner | None]]:
    """The partners to write, each with what it was before; the report is filled."""
    return _Sorting(known, [read_row(row, report.columns) for row in rows], report, options, now).sort()


class _Sorting(Sorting[Partner]):
    """Partners are told apart by their key in the list of their source."""

    def __init__(
        self, known: Sequence[Partner], rows: Sequence[ReadRow], report: Report, options: Options, now: datetime
    ) -> None:
        super().__init__(rows, report)
        self.options, self.now, self.questions = options, now, report.questions
        self.by_key = {(one.source, one.reference): one for one in known if one.reference}
        # What our own list calls a partner of no list.
        self.by_id = {str(one.id): one for one in known if not one.reference}
        mine = {self.key(row) for row in rows}
        self.others = Known(one for one in known if (one.source, one.reference) not in mine)

    def known(self, row: ReadRow) -> Partner | None:
        known = self.by_key.get(self.key(row)) or self.by_id.get(row.reference)
        if known is None and not row.refusals and self._answer(row) is Answer.SAME:
            # One that is the very one is written anew, and known by this key from now on.
            return next(iter(self.others.like(self._new(row))), None)
        return known

    def is_set_aside(self, row: ReadRow) -> bool:
        new = self._new(row)
        alike = self.others.like(new)
        if not alike:
            return False
        row.doubt("name", "alike", new.name, alike[0].name)
        self.questions.append(Question(row.row.line, new.name, new.place, alike))
        return self._answer(row) is not Answer.NEW

    def made(self, row: ReadRow, before: Partner | None) -> Partner:
        if before is None:
            return self._new(row)
        own = {} if row.reference == str(before.id) else {"source": self.key(row)[0], "reference": row.reference}
        after = replace(before, **row.fields | {"source": before.source, "reference": before.reference} | own)
        return replace(after, version=before.version + 1) if after != before else before

    def _answer(self, row: ReadRow) -> Answer:
        return self.options.answers.get(row.row.line, Answer.NEW if self.options.keeps_alike else Answer.ASIDE)

    def key(self, row: ReadRow) -> tuple[str, str]:
        return row.fields.get("source", self.options.source), row.reference

    def _new(self, row: ReadRow) -> Partner:
        return Partner(id=new_id(self.now), created_at=self.now, **{"source": self.options.source} | row.fields)


@again_when_contended
async def _write(
    db: Database, batch: Sequence[tuple[Partner, Partner | None]], by: Staff | None, now: datetime
) -> None:
    new = [after for after, before in batch if before is None]
    changed = sorted((after for after, before in batch if before is not None), key=lambda one: one.id)
    seen = {before.id: before.version for _, before in batch if before is not None}
    async with db.transaction() as tx:
        await partners.add_all(tx, new)
        for partner in changed:
            if (await partners.lock(tx, partner.id)).version != seen[partner.id]:
                raise StaleEdit(partner_id=partner.id)
            await partners.change(tx, partner)
        await audit.record_all(tx, by, "imported", "partner", [one.id for one in (*new, *changed)], now)

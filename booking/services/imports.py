"""Bring a list of agencies in: twice is as good as once, and what looks like a known agency is asked about."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from booking.domain.agencies import Agency, Phase
from booking.domain.agency_names import likeness, slug
from booking.domain.identifiers import new_id
from booking.domain.sites import Site
from booking.services import entries
from booking.services.agency_columns import columns_of
from booking.services.agency_rows import read_row
from booking.services.read_rows import ReadRow
from booking.services.row_files import read
from booking.services.row_sorting import Report, Sorting
from booking.storage import agencies, audit, sessions
from booking.storage.database import Database, again_when_contended

BATCH = 200
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """``columns`` are told by field (see ``agency_columns.FIELDS``); ``keeps_alike`` imports what looks known, too.

    What is new begins in this ``phase``; a known agency keeps its own.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    format: str | None = None
    is_dry_run: bool = False
    keeps_alike: bool = False
    phase: Phase = Phase.OPEN


def _silent(done: int, total: int) -> None:
    pass


async def import_agencies(
    db: Database, content: bytes, options: Options, *, site: Site, now: datetime, progress: Progress = _silent
) -> Report:
    """Add what is new, write anew what changed, leave the rest; for operators, who may do everything.

    Rows that cannot be read are refused one by one. Batches are committed each for itself: after a breakdown the
    same import goes on where it stopped. ``progress`` is told how many of the rows to write are written.
    Raises :class:`UnreadableFile`, and :class:`NameTaken` when somebody else imports at the same time.
    """
    file = read(content, options.format)
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
        known = await agencies.every(tx)
    rows = [read_row(row, columns) for row in file.rows]
    writing = _Sorting(known, rows, report, options, now).sort()
    for start in range(0, 0 if options.is_dry_run else len(writing), BATCH):
        await _write(db, writing[start : start + BATCH], site, now)
        progress(min(start + BATCH, len(writing)), len(writing))
    return report


class _Sorting(Sorting[Agency]):
    """Agencies are told apart by their key, their code and their public address."""

    def __init__(
        self, known: Sequence[Agency], rows: Sequence[ReadRow], report: Report, options: Options, now: datetime
    ) -> None:
        super().__init__(rows, report)
        self.options, self.now = options, now
        mine = {row.reference for row in rows}
        self.by_reference = {agency.reference: agency for agency in known if agency.reference}
        self.codes = {agency.code: agency for agency in known if agency.code}
        self.slugs = {agency.slug for agency in known}
        others = [agency for agency in known if agency.reference not in mine]
        self.alike = {likeness(agency.name, agency.department): agency for agency in reversed(others)}

    def known(self, row: ReadRow) -> Agency | None:
        return self.by_reference.get(row.reference)

    def check(self, row: ReadRow, before: Agency | None) -> None:
        holder = self.codes.get(row.fields.get("code"))
        if holder and (before is None or holder.id != before.id):
            row.refuse("code", "same-code", row.fields["code"], holder.name)

    def is_set_aside(self, row: ReadRow) -> bool:
        key = likeness(row.fields["name"], row.fields["department"])
        other = self.alike.get(key) if key else None
        if other:
            row.doubt("name", "alike", row.fields["name"], other.name)
        return other is not None and not self.options.keeps_alike

    def made(self, row: ReadRow, before: Agency | None) -> Agency:
        after = replace(before, **row.fields) if before else self._new(row)
        if after.code:
            self.codes[after.code] = after
        return after

    def _new(self, row: ReadRow) -> Agency:
        given = slug(row.fields["name"], row.fields["department"], self.slugs)
        self.slugs.add(given)
        return Agency(id=new_id(self.now), slug=given, phase=self.options.phase, phase_since=self.now, **row.fields)


@again_when_contended
async def _write(db: Database, batch: Iterable[tuple[Agency, Agency | None]], site: Site, now: datetime) -> None:
    new = [after for after, before in batch if before is None]
    changed = sorted((after for after, before in batch if before is not None), key=lambda agency: agency.id)
    async with db.transaction() as tx:
        shown = await sessions.upcoming_at(tx, [agency.id for agency in changed], now)
        await sessions.lock(tx, *shown)
        await agencies.add_all(tx, new, now)
        for agency in changed:
            await agencies.change(tx, agency)
        # Name, address and place of an agency stand in its calendar entries.
        await entries.keep(tx, shown, site, now)
        await audit.record_all(tx, None, "imported", "agency", [agency.id for agency in (*new, *changed)], now)

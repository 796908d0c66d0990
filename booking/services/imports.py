"""Bring a list of agencies in: twice is as good as once, and what looks like a known agency is asked about."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from booking.domain.agencies import Agency
from booking.domain.agency_names import likeness, slug
from booking.domain.identifiers import new_id
from booking.domain.sites import Site
from booking.services import entries
from booking.services.agency_columns import columns_of
from booking.services.agency_rows import read_row
from booking.services.read_rows import ReadRow, Remark
from booking.services.row_files import read
from booking.storage import agencies, audit, sessions
from booking.storage.database import Database, again_when_contended

BATCH = 200
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """``columns`` are told by field (see ``agency_columns.FIELDS``); ``keeps_alike`` imports what looks known, too."""

    columns: Mapping[str, str] = field(default_factory=dict)
    format: str | None = None
    is_dry_run: bool = False
    keeps_alike: bool = False


@dataclass(slots=True, kw_only=True)
class Report:
    """What became of each row: it is new, changed, unchanged, ``set_aside`` because it looks like a known agency, or
    refused. ``doubtful`` rows are among the first three; ``trifles`` counts rows by what was put right or is not
    there, without harm.
    """

    format: str
    encoding: str
    delimiter: str
    columns: dict[str, str]
    is_dry_run: bool
    read: int
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    set_aside: int = 0
    doubtful: int = 0
    refused: int = 0
    refusals: list[Remark] = field(default_factory=list)
    doubts: list[Remark] = field(default_factory=list)
    trifles: Counter[str] = field(default_factory=Counter)


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


class _Sorting:
    """Which rows are new, changed, unchanged, refused, or look like an agency of another list."""

    def __init__(
        self, known: Sequence[Agency], rows: Sequence[ReadRow], report: Report, options: Options, now: datetime
    ) -> None:
        self.rows, self.report, self.options, self.now = rows, report, options, now
        mine = {row.reference for row in rows}
        self.by_reference = {agency.reference: agency for agency in known if agency.reference}
        self.codes = {agency.code: agency for agency in known if agency.code}
        self.slugs = {agency.slug for agency in known}
        others = [agency for agency in known if agency.reference not in mine]
        self.alike = {likeness(agency.name, agency.department): agency for agency in reversed(others)}
        self.lines: dict[str, int] = {}

    def sort(self) -> list[tuple[Agency, Agency | None]]:
        """The agencies to write, each with what it was before."""
        found = [placed for row in self.rows if (placed := self._place(row))]
        return [(after, before) for after, before in found if after != before]

    def _place(self, row: ReadRow) -> tuple[Agency, Agency | None] | None:
        before = self.by_reference.get(row.reference)
        self._check_key(row, before)
        is_aside = not row.refusals and before is None and self._is_alike(row) and not self.options.keeps_alike
        self._note(row, is_aside)
        if row.refusals or is_aside:
            return None
        after = replace(before, **row.fields) if before else self._new(row)
        self.report.new += before is None
        self.report.unchanged += after == before
        self.report.changed += before is not None and after != before
        if after.code:
            self.codes[after.code] = after
        return after, before

    def _check_key(self, row: ReadRow, before: Agency | None) -> None:
        if row.refusals:
            return
        first = self.lines.setdefault(row.reference, row.row.line)
        if first != row.row.line:
            row.refuse("reference", "same-key", row.reference, str(first))
        holder = self.codes.get(row.fields.get("code"))
        if holder and (before is None or holder.id != before.id):
            row.refuse("code", "same-code", row.fields["code"], holder.name)

    def _is_alike(self, row: ReadRow) -> bool:
        key = likeness(row.fields["name"], row.fields["department"])
        other = self.alike.get(key) if key else None
        if other:
            row.doubt("name", "alike", row.fields["name"], other.name)
        return other is not None

    def _note(self, row: ReadRow, is_aside: bool) -> None:
        self.report.refusals += row.refusals
        self.report.refused += bool(row.refusals)
        self.report.set_aside += is_aside
        if not row.refusals:
            self.report.doubts += row.doubts
            self.report.doubtful += bool(row.doubts) and not is_aside
            self.report.trifles.update(set(row.trifles))

    def _new(self, row: ReadRow) -> Agency:
        given = slug(row.fields["name"], row.fields["department"], self.slugs)
        self.slugs.add(given)
        return Agency(id=new_id(self.now), slug=given, **row.fields)


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

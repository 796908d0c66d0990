"""School holidays: listed for everybody, imported by administrators; twice is as good as once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from booking.domain.fields import Problems
from booking.domain.identifiers import new_id
from booking.domain.rooms import SchoolHoliday
from booking.domain.staff import Right, Staff
from booking.services.read_rows import Remark
from booking.services.row_files import read
from booking.services.school_rows import ZONES, merged, read_rows
from booking.storage import audit, school_holidays
from booking.storage.database import Database


@dataclass(slots=True, kw_only=True)
class Report:
    """What became of the rows read: holidays that are new, changed (the dates or the name), or known already; rows
    ``set_aside`` because they concern teachers alone; rows refused, each with a remark.
    """

    read: int
    is_dry_run: bool = False
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    set_aside: int = 0
    refused: int = 0
    refusals: list[Remark] = field(default_factory=list)


async def every(db: Database, zone: str | None = None) -> list[SchoolHoliday]:
    """What is known, by zone and first day."""
    async with db.reading() as tx:
        return await school_holidays.every(tx, None if zone is None else [zone])


async def import_holidays(
    db: Database, content: bytes, *, is_dry_run: bool = False, by: Staff | None, now: datetime
) -> Report:
    """Add what is new, and put right what moved; ``by`` is None for operators, who may do everything.

    A holiday takes the place of those of its zone that it overlaps; nothing else is forgotten.
    Raises :class:`UnreadableFile`, :class:`NotAllowed`.
    """
    if by:
        by.must_somewhere(Right.ADMINISTER)
    rows = read_rows(read(content))
    report = Report(
        read=len(rows),
        is_dry_run=is_dry_run,
        set_aside=sum(row.is_set_aside for row in rows),
        refused=sum(bool(row.refusals) for row in rows),
        refusals=[remark for row in rows for remark in row.refusals],
    )
    await put(db, [row.holiday for row in rows if row.holiday], report, by=by, now=now)
    return report


async def write(db: Database, found: Sequence[SchoolHoliday], *, by: Staff, now: datetime) -> Report:
    """The same with holidays that were read elsewhere: one that is wrong refuses all.

    Raises :class:`InvalidField`, :class:`NotAllowed`.
    """
    by.must_somewhere(Right.ADMINISTER)
    problems = Problems()
    for n, one in enumerate(found, start=1):
        one.check(problems, f"holidays.{n}", ZONES.values())
    problems.refuse()
    report = Report(read=len(found))
    await put(db, found, report, by=by, now=now)
    return report


async def put(db: Database, found: Sequence[SchoolHoliday], report: Report, *, by: Staff | None, now: datetime) -> None:
    """Write these holidays, counting into the report; nothing is written in a dry run."""
    wanted = merged(found)
    async with db.transaction() as tx:
        known = await school_holidays.every(tx, {one.zone for one in wanted})
        new = [one for one in wanted if one not in known]
        gone = [one for one in known if any(one.overlaps(other) for other in new)]
        report.changed = sum(any(one.overlaps(old) for old in gone) for one in new)
        report.new, report.unchanged = len(new) - report.changed, len(wanted) - len(new)
        if not report.is_dry_run and new:
            await school_holidays.replace(tx, gone, new)
            counted = {"new": report.new, "changed": report.changed}
            await audit.record(tx, by, "imported", "school_holidays", new_id(now), now, **counted)

"""Bring a list of staff in: accounts with their roles, and a way to choose a password; twice is as good as once."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from booking.domain.agencies import Agency
from booking.domain.errors import InvalidField
from booking.domain.fields import Problems
from booking.domain.identifiers import new_id
from booking.domain.job_seekers import folded
from booking.domain.password_links import LinkKind
from booking.domain.roles import Held, Span, check_span
from booking.domain.sign_ins import NO_PASSWORD
from booking.domain.sites import Site
from booking.domain.staff import Right, Role, Staff
from booking.services import password_links
from booking.services.accounts import as_known, check_names
from booking.services.read_rows import Remark
from booking.services.roles import moments
from booking.services.staff_rows import StaffRow, grouped, staff_rows
from booking.storage import agencies, audit, roles, staff, staff_accounts
from booking.storage.database import Database, Tx, again_when_contended
from calendars.zones import today

MOST_ROWS = 2000
# Whoever writes on SQLite waits for these: a second at most.
TRIED_TOGETHER = 50


class Outcome(StrEnum):
    """What became of a row."""

    INVITED = "invited"
    TO_PRINT = "to_print"
    GIVEN = "given"
    PROLONGED = "prolonged"
    KNOWN = "known"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One row: whom it names, what became of it, and what is wrong with it."""

    line: int
    name: str
    outcome: Outcome
    staff_id: UUID | None = None
    remarks: Sequence[Remark] = ()


@dataclass(slots=True, kw_only=True)
class StaffReport:
    """Every row in the order of the file."""

    is_dry_run: bool
    results: list[Result] = field(default_factory=list)

    @property
    def counts(self) -> dict[Outcome, int]:
        """How many of each."""
        said = [one.outcome for one in self.results]
        return {outcome: said.count(outcome) for outcome in Outcome}


class _DryRun(Exception):
    """Nothing of this is kept."""


@dataclass(frozen=True, slots=True)
class _Bringing:
    """Who brings in what, and what the words of the file can mean for him."""

    by: Staff | None
    site: Site
    now: datetime
    agencies: dict[str, Agency]


async def import_staff(
    db: Database, content: bytes, *, is_dry_run: bool, by: Staff | None, site: Site, now: datetime
) -> StaffReport:
    """Give everybody of a list an account and the roles named; ``by`` is None for operators, who may do everything.

    Each person is one transaction: good ones stay whatever becomes of the others. Whoever has an account keeps it as
    it is and gets what he lacks; nobody loses a role. New people with an address are sent a link to choose a password,
    the others wait for a letter. Raises :class:`UnreadableFile`, :class:`InvalidField` for too long a list,
    :class:`NotAllowed` for whoever administers nothing.
    """
    if by:
        by.must_somewhere(Right.ADMINISTER)
    rows = staff_rows(content)
    if len(rows) > MOST_ROWS:
        raise InvalidField(fields={"file": "too-many-rows"})
    async with db.reading() as tx:
        known = [one for one in await agencies.every(tx) if by is None or by.may(Right.ADMINISTER, one.id)]
    words = {folded(name): one for one in known for name in (one.name, one.slug, one.code or "") if name}
    bringing = _Bringing(by, site, now, words)
    report = StaffReport(is_dry_run=is_dry_run)
    groups = grouped(rows)
    if is_dry_run:
        await _try(db, groups, bringing, report)
    else:
        for group in groups:
            report.results += await _bring_in(db, group, bringing)
    report.results.sort(key=lambda one: one.line)
    return report


async def _try(db: Database, groups: Sequence[Sequence[StaffRow]], bringing: _Bringing, report: StaffReport) -> None:
    for begin in range(0, len(groups), TRIED_TOGETHER):
        with suppress(_DryRun):
            async with db.transaction() as tx:
                for group in groups[begin : begin + TRIED_TOGETHER]:
                    report.results += [await _row(tx, row, bringing) for row in group]
                    # On SQLite nothing above waits: without this whoever reads would stand still until the end.
                    await asyncio.sleep(0)
                raise _DryRun


@again_when_contended
async def _bring_in(db: Database, group: Sequence[StaffRow], bringing: _Bringing) -> list[Result]:
    async with db.transaction() as tx:
        return [await _row(tx, row, bringing) for row in group]


async def _row(tx: Tx, row: StaffRow, bringing: _Bringing) -> Result:
    """One row, looked at as a whole before anything of it is written."""
    agency = bringing.agencies.get(folded(row.agency))
    person = await staff.named_to_sign_in(tx, as_known(row.key), bringing.now) if row.key else None
    wrong = [*row.remarks, *await _wrong(tx, row, agency, person, bringing)]
    if wrong or agency is None:
        return Result(line=row.line, name=row.name, outcome=Outcome.REFUSED, remarks=wrong)
    is_new = person is None
    person = person or await _add(tx, row, agency, bringing)
    given, prolonged = 0, 0
    for role in row.roles:
        before = await roles.running(tx, person.id, agency.id, role, bringing.now)
        if not before:
            await _give(tx, person, row, role, agency, bringing)
            given += 1
        elif row.last_on and await _prolong(tx, person, before[0], row, agency, bringing):
            prolonged += 1
    if is_new:
        outcome = Outcome.INVITED if row.email else Outcome.TO_PRINT
    else:
        outcome = Outcome.GIVEN if given else Outcome.PROLONGED if prolonged else Outcome.KNOWN
    return Result(line=row.line, name=row.name, outcome=outcome, staff_id=person.id)


async def _wrong(
    tx: Tx, row: StaffRow, agency: Agency | None, person: Staff | None, bringing: _Bringing
) -> list[Remark]:
    found = []
    if agency is None and row.agency:
        found.append(Remark(row.line, row.columns["agency"], "unknown-agency", row.agency))
    problems = Problems()
    check_names(problems, row.name or "-", row.key or "-")
    for role in row.roles if agency else ():
        try:
            check_span(role, Span(last_on=row.last_on), today(bringing.now, agency.time_zone))  # type: ignore[union-attr]
        except InvalidField as refusal:
            problems.found |= refusal.facts["fields"]
    if row.key and person is None and await staff.is_known(tx, as_known(row.key)):
        problems.add("sign_in_name", "account-closed")
    return found + [Remark(row.line, row.columns.get(name, ""), code) for name, code in problems.found.items()]


async def _add(tx: Tx, row: StaffRow, agency: Agency, bringing: _Bringing) -> Staff:
    """An account without a password; a link to choose one leaves where there is an address."""
    now, by = bringing.now, bringing.by
    person = Staff(id=new_id(now), name=row.name, sign_in_name=as_known(row.key), roles=frozenset())
    await staff.add(tx, person, NO_PASSWORD, now)
    if row.email:
        await staff_accounts.set_email(tx, person.id, row.email)
    await audit.record(tx, by, "invited", "staff", person.id, now, agency.id)
    if row.email:
        await password_links.send(tx, person.id, LinkKind.INVITED, by=by, site=bringing.site, now=now)
    return person


async def _give(tx: Tx, person: Staff, row: StaffRow, role: Role, agency: Agency, bringing: _Bringing) -> None:
    _, ends_at = moments(Span(last_on=row.last_on), agency.time_zone)
    held = Held(
        id=new_id(bringing.now),
        staff_id=person.id,
        agency_id=agency.id,
        role=role,
        starts_at=bringing.now,
        ends_at=ends_at,
        given_by=bringing.by.id if bringing.by else None,
    )
    await roles.add(tx, held)
    until = {"until": ends_at.isoformat()} if ends_at else {}
    whose = (person.id, bringing.now, agency.id)
    await audit.record(tx, bringing.by, "role-given", "staff", *whose, role=role, **until)


async def _prolong(tx: Tx, person: Staff, held: Held, row: StaffRow, agency: Agency, bringing: _Bringing) -> bool:
    """The role ends on another day from now on; whether it did not before."""
    _, ends_at = moments(Span(last_on=row.last_on), agency.time_zone)
    if ends_at is None or held.ends_at == ends_at or held.issuer:
        return False
    await roles.prolong(tx, [held.id], ends_at)
    whose = (person.id, bringing.now, agency.id)
    until = ends_at.isoformat()
    await audit.record(tx, bringing.by, "role-given", "staff", *whose, role=held.role, until=until)
    return True

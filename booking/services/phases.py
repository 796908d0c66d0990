"""The phase of an agency: what a change entails is shown first, then it is made, planned for a day, or taken back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

import structlog

from booking.domain.agencies import Agency
from booking.domain.errors import InvalidField, NotFound, StaleEdit
from booking.domain.identifiers import new_id
from booking.domain.phases import Becoming, PhaseChange
from booking.domain.staff import Right, Staff
from booking.storage import agencies, ahead, audit, listings, phases, staff
from booking.storage.database import Database, Tx, again_when_contended
from booking.storage.listings import Listed
from booking.storage.touched import STANDING
from booking.storage.wishes import Wanted
from calendars.zones import today, wall

MOST_LISTED = 200
# Of a change that was made, going back is offered for so long.
UNDONE_WITHIN = timedelta(days=30)
log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """What a change concerns: sessions not over, people with a place or waiting in them, and who waits for any."""

    sessions: Sequence[Listed]
    people: int
    waiting: int

    @property
    def last_at(self) -> datetime | None:
        """When the last session ends."""
        return max((one.session.ends_at for one in self.sessions), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """An agency with what is planned for it, all that was changed, the latest first, by whom, and what lies ahead."""

    agency: Agency
    waiting: PhaseChange | None
    history: Sequence[PhaseChange]
    names: Mapping[UUID, str]
    ahead: Ahead
    today: date

    @property
    def first_day_after(self) -> date | None:
        """The day after the last session: nobody is concerned by what changes then."""
        last = self.ahead.last_at
        return wall(last, self.agency.time_zone).date() + timedelta(days=1) if last else None

    def may_be_undone(self, change: PhaseChange, now: datetime) -> bool:
        """Whether this is what counts now, and not long ago."""
        latest = next((one for one in self.history if one.done_at), None)
        return latest is not None and latest.id == change.id and latest.planned_at > now - UNDONE_WITHIN


async def show(db: Database, agency_id: UUID, *, by: Staff, now: datetime) -> Standing:
    """How an agency stands, for who plans there. Raises :class:`NotFound`, :class:`NotAllowed`."""
    by.must(Right.PLAN, agency_id)
    async with db.reading() as tx:
        agency = await agencies.load(tx, agency_id)
        history = await phases.of_agency(tx, agency_id)
        return Standing(
            agency=agency,
            waiting=next((one for one in history if one.is_waiting), None),
            history=[one for one in history if not one.is_waiting],
            names=await staff.named(tx, {id for one in history for id in (one.planned_by, one.dropped_by) if id}),
            ahead=await _ahead(tx, agency_id, now),
            today=today(now, agency.time_zone),
        )


@again_when_contended
async def change(
    db: Database, agency_id: UUID, becoming: Becoming, *, keeps_sessions: bool = False, by: Staff, now: datetime
) -> PhaseChange:
    """Make the agency so at once, or plan it for a day. Where sessions lie ahead and no more are to be planned, it
    must be said that these are kept: each is held or cancelled by itself.

    Raises :class:`InvalidField`, :class:`PhaseChangePlanned`, :class:`NotFound`, :class:`NotAllowed`.
    """
    by.must(Right.PLAN, agency_id)
    async with db.transaction() as tx:
        agency = await phases.lock(tx, agency_id)
        wished = becoming.checked(agency, now)
        made = PhaseChange(
            id=new_id(now),
            agency_id=agency_id,
            phase=wished.phase,
            hosts=wished.hosts,
            because=wished.because,
            due_on=wished.due_on,
            planned_by=by.id,
            planned_at=now,
        )
        if not made.opens and not keeps_sessions and (await _ahead(tx, agency_id, now)).sessions:
            raise InvalidField(fields={"keeps_sessions": "sessions-ahead"})
        if made.due_on:
            await phases.add(tx, made)
            said = {"phase": made.phase, "hosts": made.hosts, "on": made.due_on.isoformat()}
            await audit.record(tx, by, "phase-planned", "agency", agency_id, now, agency_id, **said)
        else:
            await phases.add(tx, made.done(agency, now))
            await _become(tx, agency, made, by, now)
    return made


@again_when_contended
async def drop(db: Database, agency_id: UUID, change_id: UUID, *, by: Staff, now: datetime) -> None:
    """Nothing comes of what is planned. Raises :class:`NotFound`, :class:`NotAllowed`."""
    by.must(Right.PLAN, agency_id)
    async with db.transaction() as tx:
        await phases.lock(tx, agency_id)
        waiting = await phases.waiting(tx, agency_id)
        if waiting is None or waiting.id != change_id:
            raise NotFound(change_id=change_id)
        await phases.drop(tx, change_id, by.id, now)
        await audit.record(tx, by, "phase-dropped", "agency", agency_id, now, agency_id, phase=waiting.phase)


@again_when_contended
async def undo(db: Database, agency_id: UUID, change_id: UUID, *, by: Staff, now: datetime) -> PhaseChange:
    """The agency is again what it was before this change, if it is the last.

    Raises :class:`StaleEdit` when another came after it, :class:`NotFound`, :class:`NotAllowed`.
    """
    by.must(Right.PLAN, agency_id)
    async with db.transaction() as tx:
        agency = await phases.lock(tx, agency_id)
        made = [one for one in await phases.of_agency(tx, agency_id) if one.done_at]
        undone = next((one for one in made if one.id == change_id), None)
        if undone is None or undone.phase_before is None or undone.hosted_before is None:
            raise NotFound(change_id=change_id)
        if undone.id != made[0].id:
            raise StaleEdit(change_id=change_id)
        back = PhaseChange(
            id=new_id(now),
            agency_id=agency_id,
            phase=undone.phase_before,
            hosts=undone.hosted_before,
            because=undone.because,
            planned_by=by.id,
            planned_at=now,
        )
        await phases.add(tx, back.done(agency, now))
        await _become(tx, agency, back, by, now)
    return back


async def carry_out(db: Database, now: datetime) -> int:
    """Make every planned change whose day has come, by the clock of the place; returns how many.

    One that cannot be made keeps none of the others waiting: all are tried, then what failed is raised together.
    """
    async with db.reading() as tx:
        found = await phases.due(tx, now.date() + timedelta(days=1))
    made, failed = 0, []
    for one in found:
        try:
            made += await _carry_out(db, one.agency_id, now)
        except Exception as error:
            log.exception("phase not changed", agency=str(one.agency_id))
            failed.append(error)
    if failed:
        raise ExceptionGroup("phases not changed", failed)
    return made


@again_when_contended
async def _carry_out(db: Database, agency_id: UUID, now: datetime) -> int:
    async with db.transaction() as tx:
        agency = await phases.lock(tx, agency_id)
        waiting = await phases.waiting(tx, agency_id)
        if waiting is None or waiting.due_on is None or waiting.due_on > today(now, agency.time_zone):
            return 0
        await _become(tx, agency, waiting, None, now)
    log.info("phase changed", agency=agency.slug, phase=waiting.phase.value)
    return 1


async def _become(tx: Tx, agency: Agency, change: PhaseChange, by: Staff | None, now: datetime) -> None:
    after = await phases.become(tx, agency, change, now)
    said = {"phase": [agency.phase, after.phase], "hosts": [agency.hosts, after.hosts]}
    new = {name: pair for name, pair in said.items() if pair[0] != pair[1]}
    await audit.record(tx, by, "phase-changed", "agency", agency.id, now, agency.id, changes=new)


async def _ahead(tx: Tx, agency_id: UUID, now: datetime) -> Ahead:
    wanted = Wanted(agency_ids=[agency_id], states=STANDING, ends_after=now, most=MOST_LISTED)
    return Ahead(
        sessions=await listings.find(tx, wanted),
        people=await ahead.people(tx, agency_id, now),
        waiting=await ahead.waiting(tx, agency_id),
    )

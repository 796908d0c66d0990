"""The planner: a whole series is looked at first, repaired where something stands in the way, and written at once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from booking.domain.agencies import Agency
from booking.domain.errors import InvalidSchedule, Obstructed, PlaceTaken, PlanChanged
from booking.domain.fields import Problems
from booking.domain.identifiers import new_id
from booking.domain.obstacles import Surroundings, Weight, heaviest
from booking.domain.planner import Choice, Plan, Proposal, is_near, proposals
from booking.domain.repairs import DAYS_AHEAD, Repair, first_of_each, repairs
from booking.domain.sessions import Session, in_order
from booking.domain.sites import Site
from booking.domain.staff import Right, Staff
from booking.services import entries, obstructions, scheduling, waitlist
from booking.services.sketches import Sketch, draw
from booking.storage import agencies, audit, surroundings
from booking.storage.constraints import Contended
from booking.storage.database import Database, Tx, again_when_contended
from calendars.zones import midnight

Choices = Mapping[str, Choice]
MOST_PASSES = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A plan as it would be written; ``ways`` are the repairs of a proposal, by the key of its slot."""

    agency: Agency
    plan: Plan
    around: Surroundings
    choices: Choices
    proposals: Sequence[Proposal]
    ways: Mapping[str, Sequence[Repair]]

    @property
    def kept(self) -> list[Proposal]:
        """The proposals that nobody left out."""
        return [proposal for proposal in self.proposals if not proposal.is_left_out]

    @property
    def sessions(self) -> int:
        """How many sessions it makes."""
        return len({proposal.wished.group for proposal in self.kept})

    @property
    def weight(self) -> Weight | None:
        """What weighs most against it."""
        return heaviest(obstacle for proposal in self.kept for obstacle in proposal.obstacles)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What somebody agreed to: the choices, whether to publish, and why obstacles are overcome.

    ``seen`` is the signature of the plan that was looked at; without it, whatever it comes to now is meant.
    """

    choices: Choices
    publishes: bool = False
    overridden_because: str = ""
    seen: str | None = None


async def preview(
    db: Database, sketch: Sketch, choices: Choices, *, repairs_all: bool = False, by: Staff, now: datetime
) -> Preview:
    """What the sketch comes to, with obstacles and repairs; nothing is written.

    ``repairs_all`` chooses the first repair wherever one is needed. Raises :class:`InvalidField`, :class:`NotFound`,
    :class:`NotAllowed`.
    """
    by.must(Right.PLAN, sketch.agency_id)
    async with db.reading() as tx:
        looked = await _look(tx, sketch, choices, now)
    return _repaired(looked, now) if repairs_all else looked


@again_when_contended
async def write(
    db: Database, sketch: Sketch, agreed: Agreement, *, by: Staff, site: Site, now: datetime
) -> list[Session]:
    """Write every session of the plan, as drafts or open for booking: all of them or none.

    Raises :class:`PlanChanged` when it is no longer what was seen, :class:`InvalidSchedule`, :class:`PlaceTaken`,
    :class:`Obstructed` without a reason, :class:`WorkshopArchived`, and like :func:`preview`. The facts count the
    proposals from 1, left out or not.
    """
    by.must(Right.PLAN, sketch.agency_id)
    async with db.transaction() as tx:
        looked = await _look(tx, sketch, agreed.choices, now)
        if agreed.seen is not None and agreed.seen != looked.plan.signature:
            raise PlanChanged()
        _must_be_writable(looked, agreed)
        wished = _sessions(looked, agreed, now)
        try:
            made = [await scheduling.add_planned(tx, session, by=by, now=now) for session in wished]
        except PlaceTaken as refusal:
            # A rival was quicker than the look: the next look names each proposal that he stands against.
            raise Contended("taken since the plan was looked at") from refusal
        if agreed.publishes:
            await _tell_subscribers(tx, made, by, site, now)
    return made


async def _look(tx: Tx, sketch: Sketch, choices: Choices, now: datetime) -> Preview:
    agency = await agencies.load(tx, sketch.agency_id)
    plan = await draw(tx, sketch, agency, now)
    begins, ends = _span(plan, choices, agency.time_zone, now)
    return _judged(agency, plan, await surroundings.load(tx, agency, begins, ends), choices, now)


def _repaired(looked: Preview, now: datetime) -> Preview:
    """The first repair of each, judged again: two that want the same day take it in turns."""
    for _ in range(MOST_PASSES):
        better = first_of_each(looked.proposals, looked.ways, looked.choices)
        if better == looked.choices:
            break
        looked = _judged(looked.agency, looked.plan, looked.around, better, now)
    return looked


def _judged(agency: Agency, plan: Plan, around: Surroundings, choices: Choices, now: datetime) -> Preview:
    found = proposals(plan, choices, around, now)
    ways = {p.wished.key: ways for p in found if (ways := repairs(p, found, around, now))}
    return Preview(agency=agency, plan=plan, around=around, choices=choices, proposals=found, ways=ways)


def _span(plan: Plan, choices: Choices, zone: str, now: datetime) -> tuple[datetime, datetime]:
    """All that must be known: from the first day to the last, and as far as a repair may move."""
    chosen = [choice.changes["day"] for choice in choices.values() if "day" in choice.changes]
    days = [day for day in (*chosen, *(slot.day for slot in plan.slots)) if is_near(day, now)] or [now.date()]
    day = timedelta(days=1)
    return midnight(min(days), zone) - day, midnight(max(days), zone) + (DAYS_AHEAD + 1) * day


def _must_be_writable(looked: Preview, agreed: Agreement) -> None:
    """Do nothing, or refuse with every proposal concerned."""
    problems = Problems()
    found: obstructions.Found = {}
    for n, proposal in enumerate(looked.proposals, start=1):
        if proposal.is_left_out:
            continue
        found[n] = list(proposal.obstacles)
        if proposal.problem:
            problems.add(f"meetings.{n}", proposal.problem)
        elif agreed.publishes and proposal.slot.facilitator_id is None:
            problems.add(f"meetings.{n}", "facilitator-missing")
    if not found:
        problems.add("meetings", "required")
    problems.refuse(InvalidSchedule)
    if looked.weight is Weight.CLASH:
        raise PlaceTaken(**obstructions.told(found, Weight.CLASH))
    if looked.weight is Weight.BLOCKS and not agreed.overridden_because.strip():
        raise Obstructed(**obstructions.told(found, Weight.BLOCKS))


def _sessions(looked: Preview, agreed: Agreement, now: datetime) -> list[Session]:
    """The sessions of the groups, of one series when they are several."""
    groups: dict[int, list[Proposal]] = {}
    for proposal in looked.kept:
        groups.setdefault(proposal.wished.group, []).append(proposal)
    series_id = new_id(now) if len(groups) > 1 else None
    return [_session(group, looked, agreed, series_id, now) for group in groups.values()]


def _session(
    group: Sequence[Proposal], looked: Preview, agreed: Agreement, series_id: UUID | None, now: datetime
) -> Session:
    session_id = new_id(now)
    is_overridden = heaviest(obstacle for x in group for obstacle in x.obstacles) is Weight.BLOCKS
    draft = Session(
        id=session_id,
        agency_id=looked.agency.id,
        workshop_id=group[0].slot.workshop_id,
        capacity=group[0].slot.capacity,
        languages=group[0].slot.languages,
        meetings=in_order([replace(x.meeting, session_id=session_id) for x in group if x.meeting]),
        series_id=series_id,
        overridden_because=agreed.overridden_because.strip() if is_overridden else None,
        created_at=now,
        changed_at=now,
    )
    return draft.published(now) if agreed.publishes else draft.checked(now)


async def _tell_subscribers(tx: Tx, made: Collection[Session], by: Staff, site: Site, now: datetime) -> None:
    await entries.keep(tx, [session.id for session in made], site, now)
    for session in made:
        await audit.record(tx, by, "published", "session", session.id, now, session.agency_id)
    await waitlist.serve_opened(tx, made, by=by, now=now)

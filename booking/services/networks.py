"""The network as a whole: every agency with its phase, what lies ahead there, and how far its opening is."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from booking.domain.agencies import Agency, Phase
from booking.domain.errors import NotFound
from booking.domain.job_seekers import folded
from booking.domain.openings import Checklist, Item, checklist
from booking.domain.phases import PhaseChange
from booking.domain.staff import Right, Staff
from booking.services.openings import partners_by_department
from booking.storage import agencies, networks, openings, phases
from booking.storage.database import Database
from booking.storage.networks import Seats


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """One agency of the network; ``waiting`` is the change that is planned."""

    agency: Agency
    seats: Seats
    rooms: int
    trained: int
    checklist: Checklist
    waiting: PhaseChange | None
    is_mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which agencies; nothing said is all. ``said`` are words of the name, the commune, the post code or the code."""

    said: str = ""
    phase: Phase | None = None
    hosts: bool | None = None
    department: str = ""

    def has(self, agency: Agency) -> bool:
        """Whether this is one of them."""
        text = folded(f"{agency.name} {agency.commune} {agency.postcode} {agency.code or ''}")
        return (
            self.phase in (None, agency.phase)
            and self.hosts in (None, agency.hosts)
            and self.department in ("", agency.department)
            and all(f" {word}" in f" {text}" for word in folded(self.said).split())
        )


@dataclass(frozen=True, slots=True)
class Network:
    """The agencies wanted, pilots first, then by department, commune and name; and the departments of all."""

    branches: Sequence[Branch]
    departments: Sequence[str]

    def of(self, phase: Phase) -> list[Branch]:
        """Those of one phase."""
        return [one for one in self.branches if one.agency.phase is phase]


async def find(db: Database, slug: str, *, by: Staff) -> Agency:
    """The agency of this address, if whoever asks plans there or everybody may see it.

    Raises :class:`NotFound`, :class:`NotAllowed`.
    """
    by.must_somewhere(Right.AUDIT)
    async with db.reading() as tx:
        agency = await agencies.by_slug(tx, slug)
    if agency is None or not (agency.publishes or by.may(Right.PLAN, agency.id)):
        raise NotFound(slug=slug)
    return agency


async def show(db: Database, wanted: Wanted, *, by: Staff, now: datetime) -> Network:
    """For whoever manages or audits anything: these figures name nobody. Raises :class:`NotAllowed`."""
    by.must_somewhere(Right.AUDIT)
    async with db.reading() as tx:
        every = await agencies.every(tx)
        seats = await networks.seats(tx, now)
        counts = await openings.counts(tx, None, now)
        notes = await openings.notes(tx)
        partners = await partners_by_department(tx)
        waiting = await phases.waiting_at(tx)

    def branch(agency: Agency) -> Branch:
        found = counts.get(agency.id, Counter()) | Counter({Item.PARTNERS: partners[agency.department]})
        return Branch(
            agency=agency,
            seats=seats.get(agency.id, Seats()),
            rooms=found[Item.ROOMS],
            trained=found[Item.TRAINED],
            checklist=checklist(agency, found, notes.get(agency.id, {})),
            waiting=waiting.get(agency.id),
            is_mine=by.may(Right.PLAN, agency.id),
        )

    shown = [branch(agency) for agency in every if wanted.has(agency)]
    return Network(_in_order(shown), sorted({agency.department for agency in every}))


def _in_order(branches: Iterable[Branch]) -> list[Branch]:
    phases_in_order = list(Phase)
    return sorted(
        branches,
        key=lambda one: (
            phases_in_order.index(one.agency.phase),
            one.agency.department,
            folded(one.agency.commune),
            folded(one.agency.name),
        ),
    )

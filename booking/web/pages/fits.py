"""Which seat to recommend, and why, in words that the page says."""

from collections.abc import Collection, Iterator, Sequence

from booking.domain.job_seekers import JobSeeker, Need
from booking.domain.workshops import Level, Workshop
from booking.storage.narrowing import Half, Narrowed
from booking.web.pages.rows import Row

# In the order in which they are said; what the page and the person ask for counts, the first date only decides a tie.
POINTS = {"beginner": 2, "step-free": 2, "loop": 2, "language": 2, "own": 1, "near": 1, "morning": 0, "afternoon": 0}
HALVES = {Half.MORNING: "morning", Half.AFTERNOON: "afternoon"}


def recommend(rows: Sequence[Row], person: JobSeeker, catalogue: Collection[Workshop], asked: Narrowed) -> None:
    """Mark the seat that suits the person best, the first of several alike, if any suits at all."""
    levels = {workshop.id: workshop.level for workshop in catalogue}
    suiting = [row for row in rows if _may_suit(row, person, levels.get(row.session.workshop_id))]
    for row in suiting:
        row.reasons = list(_reasons(row, person, asked))
    if suiting:
        best = min(suiting, key=lambda row: (-sum(POINTS[reason] for reason in row.reasons), row.order))
        best.is_best = True
        best.reasons = [*best.reasons, "first"] if best is min(suiting, key=lambda row: row.order) else best.reasons


def recommend_again(
    row: Row, person: JobSeeker, catalogue: Collection[Workshop], asked: Narrowed, is_first: bool
) -> None:
    """Leave the mark of a row that is shown anew, if it still suits; whether it is the first date the page knows."""
    recommend([row], person, catalogue, asked)
    row.reasons = [reason for reason in row.reasons if is_first or reason != "first"]


def _may_suit(row: Row, person: JobSeeker, level: Level | None) -> bool:
    """A free seat that he can reach, at his level, with nothing in the way."""
    too_hard = Need.NEVER_USED_COMPUTER in person.needs and level not in (Level.BEGINNER, None)
    no_way_in = Need.ACCESSIBLE_PLACE in person.needs and not row.is_step_free
    return bool(row.free) and not (too_hard or no_way_in or row.mine or row.clash or row.is_lacking)


def _reasons(row: Row, person: JobSeeker, asked: Narrowed) -> Iterator[str]:
    if Need.NEVER_USED_COMPUTER in person.needs:
        yield "beginner"
    if Need.ACCESSIBLE_PLACE in person.needs:
        yield "step-free"
    if Need.HEARS_LITTLE in person.needs and row.has_loop:
        yield "loop"
    if person.language and person.language in row.session.languages:
        yield "language"
    if asked.half:
        yield HALVES[asked.half]
    if row.is_own_agency:
        yield "own"
    elif row.is_near:
        yield "near"

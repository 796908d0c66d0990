"""A workshop is an entry of the catalogue: what is taught, to whom, and what a session of it usually looks like."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from booking.domain.fields import Problems
from booking.domain.job_seekers import folded
from booking.domain.staff import Role

SHORT_TITLE_LENGTH = 14
LONGEST_CUTOFF = 24 * 14
LONGEST_VALIDITY = 120


class Level(StrEnum):
    """How much a participant already knows."""

    BEGINNER = "beginner"
    INTERMEDIATE = "intermediate"
    ADVANCED = "advanced"


class Audience(StrEnum):
    """Who a workshop is for."""

    JOB_SEEKERS = "job_seekers"
    STAFF = "staff"


class Colour(StrEnum):
    """What a workshop looks like in an agenda; never the only sign of anything."""

    BLUE = "blue"
    TEAL = "teal"
    GREEN = "green"
    OCHRE = "ochre"
    ORANGE = "orange"
    RED = "red"
    PURPLE = "purple"
    GREY = "grey"


class Skill(StrEnum):
    """Something a participant has to bring along, and that an adviser can ask."""

    READS_FRENCH = "reads_french"
    WRITES_FRENCH = "writes_french"
    SPEAKS_FRENCH = "speaks_french"
    USES_MOUSE = "uses_mouse"
    USES_KEYBOARD = "uses_keyboard"
    HAS_EMAIL = "has_email"
    HAS_SMARTPHONE = "has_smartphone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """A catalogue entry. ``usual_minutes`` is for one meeting; below ``minimum`` people it is not worth holding.
    Who comes should have the ``skills`` and have done the workshops that it comes ``after``. One may book from
    ``window_days`` before the first meeting (None is any time) until ``cutoff_hours`` before meeting ``join_until``;
    where it ``frees_when_absent``, two absences in a row without excuse end a place. A training of staff is
    ``required_for`` some roles, and is to be done again after ``validity_months`` (None is never).
    """

    id: UUID
    title: str
    short_title: str
    objectives: str = ""
    level: Level = Level.BEGINNER
    audience: Audience = Audience.JOB_SEEKERS
    theme: str = ""
    theme_code: str = ""
    colour: Colour = Colour.BLUE
    skills: tuple[str, ...] = ()
    after: tuple[UUID, ...] = ()
    is_compulsory: bool = False
    usual_minutes: int = 120
    usual_capacity: int = 8
    minimum: int = 1
    to_bring: str = ""
    window_days: int | None = None
    cutoff_hours: int = 0
    join_until: int = 1
    frees_when_absent: bool = False
    required_for: tuple[str, ...] = ()
    validity_months: int | None = None
    version: int = 0
    created_at: datetime
    archived_at: datetime | None = None

    @property
    def search(self) -> str:
        """What a word is looked for in."""
        return folded(" ".join((self.title, self.short_title, self.theme)))

    def checked(self) -> "Workshop":
        """This workshop, if it can stand in the catalogue; otherwise :class:`InvalidField`."""
        problems = Problems()
        problems.text("title", self.title, longest=120)
        problems.text("short_title", self.short_title, longest=SHORT_TITLE_LENGTH)
        problems.text("objectives", self.objectives, longest=2000, required=False, lines=True)
        problems.text("theme", self.theme, longest=80, required=False)
        problems.text("theme_code", self.theme_code, longest=20, required=False)
        if set(self.skills) - set(Skill):
            problems.add("skills", "unknown-value")
        if self.id in self.after:
            problems.add("after", "itself")
        problems.text("to_bring", self.to_bring, longest=300, required=False)
        problems.between("usual_minutes", self.usual_minutes, 15, 480)
        problems.between("usual_capacity", self.usual_capacity, 1, 500)
        problems.between("minimum", self.minimum, 0, self.usual_capacity)
        if self.window_days is not None:
            problems.between("window_days", self.window_days, 1, 730)
        problems.between("cutoff_hours", self.cutoff_hours, 0, LONGEST_CUTOFF)
        problems.between("join_until", self.join_until, 1, 40)
        self._check_training(problems)
        problems.refuse()
        return self

    def _check_training(self, problems: Problems) -> None:
        if self.validity_months is not None:
            problems.between("validity_months", self.validity_months, 1, LONGEST_VALIDITY)
        is_for_staff = self.audience is Audience.STAFF
        if set(self.required_for) - set(Role) or (self.required_for and not is_for_staff):
            problems.add("required_for", "unknown-value")
        if self.validity_months is not None and not is_for_staff:
            problems.add("validity_months", "not-for-staff")


def comes_round(workshop: Workshop, known: Mapping[UUID, Collection[UUID]]) -> bool:
    """Whether one would have to do this workshop before itself; ``known`` says what every workshop comes after."""
    seen: set[UUID] = set()
    ahead = list(workshop.after)
    while ahead:
        one = ahead.pop()
        if one not in seen:
            seen.add(one)
            ahead += known.get(one, ())
    return workshop.id in seen

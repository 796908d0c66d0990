"""What is asked of the agenda, kept in its address: the time, and one agency, room, person or workshop."""

from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from booking.services.agenda_choices import Choices
from booking.services.agendas import Sought
from booking.web.pages.periods import Period, View, read
from booking.web.pages.seat_searches import id_of
from booking.web.pages.visits import Visit

ALL = "toutes"
BY_ROOM, BY_PERSON = "salle", "animation"
FILTERS = {"agency": "agence", "room": "salle", "person": "animation", "workshop": "atelier", "by": "par"}


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaSearch:
    """What was asked; every link and form of the page says it again with one thing changed."""

    period: Period
    agency: str = ""
    room: str = ""
    person: str = ""
    workshop: str = ""
    by: str = ""

    @classmethod
    def of(cls, visit: Visit, today: date) -> "AgendaSearch":
        """The search of an address."""
        said = {name: visit.asked(parameter) for name, parameter in FILTERS.items()}
        return cls(period=read(visit.asked, today), **said)

    def within(self, choices: Choices) -> "AgendaSearch":
        """Without what cannot be chosen here: a room of the agency before, a person who has left, a slip of the pen."""
        known = {"room": [r.id for r in choices.rooms], "person": [id for id, _ in choices.staff]}
        known["workshop"] = [id for id, _ in choices.workshops]
        kept = {name: getattr(self, name) if id_of(getattr(self, name)) in ids else "" for name, ids in known.items()}
        has_columns = self.period.view in (View.DAY, View.WEEK) and self.by in (BY_ROOM, BY_PERSON) and choices.rooms
        return replace(self, **kept, by=self.by if has_columns else "")

    @property
    def sought(self) -> Sought:
        """The same for the service."""
        return Sought(room_id=id_of(self.room), staff_id=id_of(self.person), workshop_id=id_of(self.workshop))

    @property
    def is_narrowed(self) -> bool:
        """Whether some meetings are left out."""
        return bool(self.room or self.person or self.workshop)

    def chosen(self, name: str) -> UUID | None:
        """What was chosen of rooms, people or workshops."""
        return id_of(getattr(self, name))

    @property
    def filters(self) -> dict[str, str]:
        """What an address says besides the time."""
        return {said: getattr(self, name) for name, said in FILTERS.items() if getattr(self, name)}

    def href(self, **changes: object) -> str:
        """The address of this search with these changes; no period at all is the present one."""
        changed = replace(self, **{name: value for name, value in changes.items() if name != "period"})
        period = changes.get("period", self.period)
        when = period.address if isinstance(period, Period) else {"vue": self.period.view.value}
        return f"/sessions?{urlencode(when | changed.filters)}"

    def of_day(self, day: date) -> str:
        """The address of one day of this search."""
        return self.href(period=Period.around(View.DAY, day))

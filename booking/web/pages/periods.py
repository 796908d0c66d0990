"""What an agenda shows at once: a day, a week, a month, or a month as a list; and how an address says which."""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from booking.web.pages.dates import WRITTEN, day_of

DAY = timedelta(days=1)


class View(StrEnum):
    """How the agenda is shown, as its address says it."""

    DAY = "jour"
    WEEK = "semaine"
    MONTH = "mois"
    LIST = "liste"


@dataclass(frozen=True, slots=True)
class Period:
    """The days from the first to the last, both included, as one view shows them."""

    view: View
    first: date
    last: date

    @classmethod
    def around(cls, view: View, day: date) -> "Period":
        """The period of this view in which the day lies."""
        if view is View.DAY:
            return cls(view, day, day)
        if view is View.WEEK:
            monday = day - day.weekday() * DAY
            return cls(view, monday, monday + 6 * DAY)
        return cls(view, day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))

    @property
    def before(self) -> "Period":
        """The one before."""
        return Period.around(self.view, self.first - DAY)

    @property
    def after(self) -> "Period":
        """The next one."""
        return Period.around(self.view, self.last + DAY)

    def holds(self, day: date) -> bool:
        """Whether the day lies in it."""
        return self.first <= day <= self.last

    def seen_as(self, view: View, today: date) -> "Period":
        """Another view of the same time: around today where it lies in it, else from its first day on."""
        return Period.around(view, today if self.holds(today) else self.first)

    @property
    def address(self) -> dict[str, str]:
        """How an address says it."""
        name = NAMES[self.view]
        return {"vue": self.view.value, name: WRITTEN[name](self.first)}


def read(asked: Callable[[str], str], today: date) -> Period:
    """The period of an address; the view alone is enough, and so is the date. What cannot be read is today."""
    said = next((name for name in WRITTEN if asked(name)), "")
    try:
        view = View(asked("vue") or said)
    except ValueError:
        view = View.WEEK
    return Period.around(view, day_of(said, asked(said), today) if said else today)


# The parameter that says the date of each view.
NAMES = {View.DAY: "jour", View.WEEK: "semaine", View.MONTH: "mois", View.LIST: "mois"}

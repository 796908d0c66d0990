"""What is chosen in a list and how it shall be done, as the pages send it."""

from typing import Any
from uuid import UUID

from booking.domain.batches import MOST_LINES, Deed, Subject
from booking.domain.endings import Then
from booking.web.forms import Form
from booking.web.pages import several_sessions
from booking.web.pages.seat_searches import id_of
from booking.web.pages.visits import Visit

EARLIER = "earlier"


async def chosen(visit: Visit, form: Form, deed: Deed) -> list[UUID]:
    """What is ticked; or all that the list has, on every page, where that is ticked."""
    if form.get("every") and deed.subject is Subject.SESSION:
        search = several_sessions.read(form.get("search"))
        found = await several_sessions.find(visit, search, MOST_LINES)
        return [listed.session.id for listed in found]
    return [id for id in map(id_of, form.all("ids")) if id]


def told(form: Form, deed: Deed) -> dict[str, Any]:
    """How it shall be done. Raises :class:`InvalidField`."""
    said: dict[str, Any] = {}
    match deed:
        case Deed.CANCEL:
            said = {"because": form.get("because"), "then": form.choice("then", Then) or Then.TELL}
        case Deed.SHIFT:
            days = _number(form, "days")
            said = {"days": -days if form.get("way") == EARLIER else days}
        case Deed.RESIZE:
            said = {"capacity": _number(form, "capacity")}
        case Deed.LEAD:
            said = {"facilitator": form.id("facilitator")}
        case Deed.TICK:
            said = {"outcome": form.get("outcome")}
    form.problems.refuse()
    return said


def _number(form: Form, name: str) -> int:
    found = form.whole(name)
    if found is None:
        form.problems.add(name, "required")
    return found or 0

"""In which of the agencies where one may plan a page of planning is."""

from booking.services import agencies, choices
from booking.services.choices import Choices
from booking.web.pages.visits import Visit


async def chosen(visit: Visit) -> Choices:
    """The agency that the address names, or the first where one may plan. Raises :class:`NotAllowed`."""
    asked = visit.asked("agence")
    own = await agencies.own(visit.db, by=visit.staff) if asked else []
    agency = next((one for one in own if one.slug == asked), None)
    return await choices.of_planning(visit.db, agency.id if agency else None, by=visit.staff, now=visit.now)

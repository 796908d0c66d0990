"""What icalendar, ical and vobject find in a served calendar is what the rows of the database say."""

from calendars.feeds import window
from calendars.zones import today
from tests.calendars.readers import READERS
from tests.given import NOW, World
from tests.given_calendars import rows, three_agencies
from tests.web.programs import Programs


async def test_readers_find_on_three_clocks_what_the_rows_say(world: World, programs: Programs) -> None:
    for agency in await three_agencies(world):
        answer = await programs.nobody()("GET", f"/ical/agences/{agency.slug}/ateliers.ics")
        shown = await rows(world, agency, *window(today(NOW, agency.time_zone), agency.time_zone))
        assert len(shown) > 12

        for read in READERS:
            assert read(answer.content) == shown, f"{read.__name__}, {agency.name}"

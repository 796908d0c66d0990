"""What icalendar, ical and vobject find in a served calendar is what the rows of the database say."""

from tests.calendars.readers import READERS
from tests.given import World
from tests.given_calendars import served_with_rows
from tests.web.programs import Programs


async def test_readers_find_on_three_clocks_what_the_rows_say(world: World, programs: Programs) -> None:
    for path, rows in (await served_with_rows(world)).items():
        content = (await programs.http.get(path)).content

        for read in READERS:
            assert read(content) == rows, f"{read.__name__}, {path}"

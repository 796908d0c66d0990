"""Weeks of life in a network: at their end no promise is broken, and the figures are what happened."""

from random import Random

from booking.delivery.deliveries import Deliveries
from booking.services import doctor
from booking.storage.database import Database
from tests.given import NOW
from tests.outside import Provider
from tests.year.comparing import differences
from tests.year.living import Year
from tests.year.places import open_all

MONDAY = NOW.replace(hour=0)


async def test_at_the_end_the_figures_are_what_happened_and_no_promise_is_broken(db: Database) -> None:
    year = Year(db, await open_all(db, 3, MONDAY), Random(7), Deliveries(Provider()))

    end = await year.live(MONDAY, 4)

    assert await differences(db, year.ledger, end) == []
    assert [fault.name for fault in await doctor.examine(db, now=end)] == []
    assert sum(len(held.marks) for held in year.ledger.held.values()) > 50

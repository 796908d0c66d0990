"""The school calendar, as programs read and write it."""

from datetime import date
from typing import Annotated

import msgspec
from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody, QueryParameter

from booking.domain.errors import InvalidField, NotAllowed
from booking.domain.rooms import SchoolHoliday
from booking.services import school_holidays
from booking.web.api.refusals import may_refuse
from booking.web.api.requests import Call

Zone = Annotated[
    str | None, QueryParameter(description="Only of this zone: A, B, C, corse, or a territory overseas like guyane.")
]


class SchoolHolidayBody(msgspec.Struct, forbid_unknown_fields=True):
    """A holiday of one zone, from the first day to the last, both included."""

    zone: str
    name: str
    first_on: date
    last_on: date


class SchoolCalendar(msgspec.Struct, forbid_unknown_fields=True):
    """Holidays to know; each takes the place of those of its zone that it overlaps."""

    holidays: Annotated[list[SchoolHolidayBody], msgspec.Meta(max_length=2000)]


class SchoolReport(msgspec.Struct):
    """How many holidays are new, changed, or were known already."""

    new: int
    changed: int
    unchanged: int


class SchoolHolidays(Controller):
    """Everybody reads them; administrators write them."""

    path = "/school-holidays"
    tags = ("agencies",)

    @get("/", summary="The school holidays", responses=may_refuse())
    async def list_all(self, call: NamedDependency[Call], zone: Zone = None) -> list[SchoolHolidayBody]:
        """By zone and first day."""
        found = await school_holidays.every(call.db, zone)
        return [SchoolHolidayBody(one.zone, one.name, one.first_on, one.last_on) for one in found]

    @post(
        "/",
        summary="Import school holidays",
        status_code=200,
        responses=may_refuse(NotAllowed, InvalidField, reads_body=True),
    )
    async def bring_in(self, data: JSONBody[SchoolCalendar], call: NamedDependency[Call]) -> SchoolReport:
        """Twice is as good as once; one wrong entry refuses all."""
        found = [SchoolHoliday(**msgspec.structs.asdict(one)) for one in data.holidays]
        report = await school_holidays.write(call.db, found, by=call.staff, now=call.now)
        return SchoolReport(report.new, report.changed, report.unchanged)

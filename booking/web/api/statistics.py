"""Figures as programs read them: counts and rates of a period, without those that could point at somebody."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Controller, get
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from booking.domain.agencies import Phase
from booking.domain.errors import InvalidField, NotAllowed, NotFound
from booking.domain.periods import Period, Span, from_months, spanning
from booking.domain.statistics import Row, Statistics, Totals
from booking.services import statistics
from booking.services.statistics import ZONE, Wanted
from booking.web.api.instants import asked_day
from booking.web.api.refusals import may_refuse
from booking.web.api.requests import Call
from calendars.zones import today


class Lately(StrEnum):
    """So many weeks or months, the last of which is running."""

    WEEKS_4 = "4-weeks"
    WEEKS_12 = "12-weeks"
    MONTH = "month"
    YEAR = "year"


During = Annotated[Lately, QueryParameter(name="period", description="Unless months are said.")]
From = Annotated[date | None, QueryParameter(name="from", description="A day of the first month.")]
Until = Annotated[date | None, QueryParameter(name="until", description="A day of the last month.")]
Where = Annotated[UUID | None, QueryParameter(name="agency_id", description="Only this agency.")]
Of = Annotated[UUID | None, QueryParameter(name="workshop_id", description="Only this workshop.")]
In = Annotated[Phase | None, QueryParameter(name="phase", description="Only agencies that are in it now.")]


class FiguresView(msgspec.Struct, kw_only=True):
    """Counts by name, and what is made of them: shares of 1 and days. What is null is too small to be told, or a rate
    of nothing."""

    counts: dict[str, int | None]
    fill: float | None
    absence: float | None
    wait_days: float | None
    seats_lost: int | None

    @classmethod
    def of(cls, totals: Totals) -> "FiguresView":
        """The view of these sums."""
        return cls(
            counts=dict(totals.counts),
            fill=totals.fill,
            absence=totals.absence,
            wait_days=totals.wait,
            seats_lost=totals.lost,
        )


class FigureLineView(msgspec.Struct, kw_only=True):
    """One of several that are compared; ``begins`` is the first day of a week or month."""

    id: UUID | None
    name: str
    phase: Phase | None
    begins: date | None
    figures: FiguresView

    @classmethod
    def of(cls, row: Row) -> "FigureLineView":
        """The view of this line."""
        return cls(id=row.id, name=row.name, phase=row.phase, begins=row.on, figures=FiguresView.of(row.totals))


class StatisticsView(msgspec.Struct, kw_only=True):
    """All that is told of a period: ``steps`` by how far people have come, ``referrals`` by what became of them."""

    first_on: date
    last_on: date
    counted_at: datetime | None
    total: FiguresView
    before: FiguresView
    parts: list[FigureLineView]
    agencies: list[FigureLineView]
    workshops: list[FigureLineView]
    phases: list[FigureLineView]
    trainings: FiguresView
    steps: dict[str, int | None]
    referrals: dict[str, int | None]

    @classmethod
    def of(cls, found: Statistics) -> "StatisticsView":
        """The view of these figures."""
        return cls(
            first_on=found.period.begins,
            last_on=found.period.last,
            counted_at=found.counted_at,
            total=FiguresView.of(found.total),
            before=FiguresView.of(found.before),
            parts=[FigureLineView.of(row) for row in found.slices],
            agencies=[FigureLineView.of(row) for row in found.agencies],
            workshops=[FigureLineView.of(row) for row in found.workshops],
            phases=[FigureLineView.of(row) for row in found.phases],
            trainings=FiguresView.of(found.trainings),
            steps=dict(found.steps),
            referrals=dict(found.referrals),
        )


class StatisticsOfAgencies(Controller):
    """For managers, administrators and auditors."""

    path = "/statistics"
    tags = ("statistics",)

    @get("/", summary="Figures of a period", responses=may_refuse(NotFound, NotAllowed, InvalidField))
    async def show(
        self,
        call: NamedDependency[Call],
        period: During = Lately.WEEKS_12,
        first: From = None,
        last: Until = None,
        agency_id: Where = None,
        workshop_id: Of = None,
        phase: In = None,
    ) -> StatisticsView:
        """Of one's agencies, as they may leave the house. What is null is too small to be told."""
        wanted = Wanted(
            period=_period(period, first, last, call.now), agency_id=agency_id, workshop_id=workshop_id, phase=phase
        )
        return StatisticsView.of(await statistics.show(call.db, wanted, by=call.staff, now=call.now, leaves=True))


def _period(period: Lately, first: date | None, last: date | None, now: datetime) -> Period:
    on = today(now, ZONE)
    if first is None and last is None:
        return spanning(Span[period.name], on)
    end = asked_day("until", last) if last else on
    return from_months(asked_day("from", first) if first else end, end)

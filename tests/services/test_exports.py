"""Presences taken away: every row as the database has it, for who may see it, and for nobody else."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from booking.domain.attendance import Mark, Reason
from booking.domain.bookings import Party
from booking.domain.errors import InvalidField, NotAllowed, NotFound, TooManyExports
from booking.domain.exports import KEPT, MOST_AT_A_TIME, ExportState, Format, Scope
from booking.domain.staff import Role
from booking.services import attendance, bookings, exports
from booking.services.exporting import forget_expired
from booking.storage import tables
from tests.given import NOW, World, in_days, meeting
from tests.given_exports import as_csv, as_xlsx, content_of, in_autumn, made

AFTER = in_days(1, hour=9)
SQLITE = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


@pytest.fixture
async def cycle(world: World):
    """Tomorrow morning and afternoon, led by Karim."""
    hours = (meeting(in_days(1, hour=h), facilitator_id=world.facilitator.id, room_id=world.room.id) for h in (0, 4))
    return await world.session(*hours)


async def mark(world, session, booking, what, reason=None):
    known = {"by": world.facilitator, "now": AFTER}
    await attendance.mark_all(world.db, session.meetings[0].id, {booking.id: (what, reason)}, **known)


async def taken(world, scope, by=None, kind=Format.XLSX) -> bytes:
    return (await exports.take(world.db, scope, kind, by=by or world.adviser, now=AFTER)).content


async def deeds(world) -> list[tuple]:
    a = tables.audit.c
    async with world.db.reading() as tx:
        rows = await tx.rows(
            select(a.action, a.staff_id, a.agency_id, a.details).where(a.noun == "export").order_by(a.id)
        )
    return [tuple(row) for row in rows]


async def test_each_person_has_a_row_at_each_meeting_with_what_became_of_him(world: World, cycle):
    there = await world.booked(cycle, await world.job_seeker("Ba"))
    ill = await world.booked(cycle, await world.job_seeker("Cissé"))
    gone = await world.booked(cycle, await world.job_seeker("Diop"))
    await mark(world, cycle, there, Mark.LATE)
    await mark(world, cycle, ill, Mark.EXCUSED, Reason.ILL)
    await bookings.cancel(world.db, gone.id, party=Party.PERSON, by=world.adviser, now=NOW)

    rows = as_xlsx(await taken(world, in_autumn(world)))

    told = [(row["nom"], row["séance"], row["présence"], row["statut"], row["motif"]) for row in rows]
    assert told == [
        ("BA", 1, "en retard", "EFFECTUE", None),
        ("CISSÉ", 1, "absent excusé", "ABSENT_EXC", "maladie"),
        ("DIOP", 1, None, "ANNULE", None),
        ("BA", 2, "non renseignée", "PRIS", None),
        ("CISSÉ", 2, "non renseignée", "PRIS", None),
        ("DIOP", 2, None, "ANNULE", None),
    ]
    first = rows[0]
    assert (first["agence"], first["atelier"], first["salle"]) == (world.agency.name, world.workshop.title, "Vercors")
    assert (first["date"], first["début"], first["fin"]) == (datetime(2026, 10, 20), time(10), time(12))
    assert (first["animation"], first["pointé par"], first["inscrit par"]) == ("Karim", "Karim", "Nadia")
    assert (first["n° d’inscription"], first["inscription"]) == (there.code, "confirmée")
    assert first["pointé le"] == datetime(2026, 10, 20, 19) and first["session"] == str(cycle.id)


async def test_each_meeting_has_a_row_whose_figures_add_up(world: World, cycle):
    seats = [await world.booked(cycle) for _ in range(5)]
    for booking, what in zip(seats, (Mark.ATTENDED, Mark.LEFT_EARLY, Mark.LATE, Mark.ABSENT), strict=False):
        await mark(world, cycle, booking, what)

    first, second = as_xlsx(await taken(world, in_autumn(world)), "Séances")

    names = ("attendus", "présents", "en retard", "absents excusés", "absents non excusés", "non renseignés")
    assert [first[name] for name in names] == [5, 2, 1, 0, 1, 1]
    assert [second[name] for name in names] == [5, 0, 0, 0, 0, 5]


@SQLITE
async def test_a_csv_says_the_same(world: World, cycle):
    await world.booked(cycle, await world.job_seeker("=1+1", first_name="@Awa"))

    rows = as_csv(await taken(world, in_autumn(world), kind=Format.CSV))

    assert [(row["nom"], row["prénom"], row["date"], row["début"]) for row in rows] == [
        ("'=1+1", "'@Awa", "20/10/2026", "10:00"),
        ("'=1+1", "'@Awa", "20/10/2026", "14:00"),
    ]


async def test_who_moved_elsewhere_is_told_apart_from_who_gave_up(world: World, cycle):
    booking = await world.booked(cycle)
    await bookings.move(world.db, booking.id, (await world.session()).id, by=world.adviser, now=NOW)

    rows = as_xlsx(await taken(world, Scope(agency_id=world.agency.id, session_id=cycle.id)))

    assert {(row["inscription"], row["statut"]) for row in rows} == {("annulée", "MODIFIE")}


@SQLITE
async def test_who_only_waited_is_in_no_list(world: World):
    session = await world.session(capacity=1)
    await world.booked(session)
    await world.waiting(session)

    assert len(as_xlsx(await taken(world, in_autumn(world)))) == 1


async def test_the_days_are_those_of_the_place(world: World):
    island = await world.another_agency("Saint-Denis", time_zone="Indian/Reunion", department="974")
    odile = await world.staff(Role.ADMINISTRATOR, None, "Odile")
    begins = datetime(2026, 11, 5, 20, 30, tzinfo=UTC)
    late = await world.session(meeting(begins), agency_id=island.id, by=odile)

    async def on(day: date) -> list:
        return as_xlsx(await taken(world, Scope(first_on=day, last_on=day), odile), "Séances")

    assert [row["session"] for row in await on(date(2026, 11, 6))] == [str(late.id)]
    assert await on(date(2026, 11, 5)) == []


async def test_a_facilitator_gets_the_sessions_he_leads(world: World, cycle):
    other = await world.session()
    for session in (cycle, other):
        await world.booked(session)

    rows = as_xlsx(await taken(world, in_autumn(world), world.facilitator))

    assert {row["session"] for row in rows} == {str(cycle.id)}
    with pytest.raises(NotAllowed):
        await taken(world, Scope(agency_id=world.agency.id, session_id=other.id), world.facilitator)


@SQLITE
async def test_a_short_file_is_noted_as_taken(world: World, cycle):
    await world.booked(cycle)

    await taken(world, in_autumn(world))

    days = {"first_on": "2026-10-01", "last_on": "2026-12-31"}
    assert await deeds(world) == [("taken", world.adviser.id, world.agency.id, {**days, "format": "xlsx", "rows": 2})]


async def test_a_long_one_is_made_beside(world: World, cycle, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(exports, "SHORT", 3)
    for _ in range(2):
        await world.booked(cycle)

    answer = await exports.take(world.db, in_autumn(world), Format.CSV, by=world.adviser, now=AFTER)

    assert answer.content == b"" and answer.export and answer.export.state is ExportState.WAITING
    assert answer.export.meetings_total == 2
    monkeypatch.setattr(exports, "SHORT", 4)
    assert await taken(world, in_autumn(world))


async def test_what_is_ready_holds_every_row_and_is_its_owners_only(world: World, cycle):
    for _ in range(3):
        await world.booked(cycle)

    ready = await made(world, in_autumn(world), world.adviser)

    assert (ready.state, ready.rows_done, ready.meetings_done) == (ExportState.DONE, 6, 2)
    content = await content_of(world, ready, world.adviser)
    assert len(content) == ready.size and len(as_csv(content)) == 6
    with pytest.raises(NotFound):
        await exports.show(world.db, ready.id, by=world.manager, now=NOW)
    assert [(action, by) for action, by, *_ in await deeds(world)] == [
        ("asked", world.adviser.id),
        ("downloaded", world.adviser.id),
    ]


@SQLITE
async def test_who_sees_less_than_when_he_asked_gets_it_no_more(world: World):
    ready = await made(world, in_autumn(world), world.adviser)
    roles = frozenset({(world.agency.id, Role.FACILITATOR)})
    fewer = type(world.adviser)(id=world.adviser.id, name="Nadia", sign_in_name="nadia", roles=roles)

    with pytest.raises(NotAllowed):
        await exports.download(world.db, ready.id, by=fewer, now=NOW)


async def test_a_file_is_gone_after_a_day(world: World):
    ready = await made(world, in_autumn(world), world.adviser)

    assert await forget_expired(world.db, NOW + KEPT - timedelta(seconds=1)) == 0
    with pytest.raises(NotFound):
        await exports.download(world.db, ready.id, by=world.adviser, now=NOW + KEPT)
    assert await forget_expired(world.db, NOW + KEPT) == 1

    async with world.db.reading() as tx:
        assert not await tx.rows(select(tables.export_pieces.c.number))


@SQLITE
async def test_nobody_has_more_than_ten(world: World):
    for _ in range(MOST_AT_A_TIME):
        await exports.ask(world.db, in_autumn(world), Format.CSV, by=world.adviser, now=NOW)

    with pytest.raises(TooManyExports):
        await exports.ask(world.db, in_autumn(world), Format.CSV, by=world.adviser, now=NOW)


@SQLITE
async def test_days_that_do_not_fit_are_asked_for_in_vain(world: World):
    with pytest.raises(InvalidField):
        await taken(world, Scope(agency_id=world.agency.id, first_on=date(2026, 12, 1), last_on=date(2026, 11, 1)))

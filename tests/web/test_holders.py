"""The agenda by room and by person: whose meetings these are, and when one is free."""

from datetime import date, time

from booking.domain.hours import Span
from booking.domain.identifiers import new_id
from booking.domain.obstacles import Occupied, Person, Surroundings
from booking.domain.rooms import Closure, Room
from booking.domain.sessions import SessionState
from booking.services.agenda_choices import Choices
from booking.web.pages import days, holders
from booking.web.pages.agenda_searches import BY_PERSON, BY_ROOM
from booking.web.pages.vacancies import Holder, vacancies
from calendars.zones import wall
from tests.given import NOW, in_days
from tests.web.given_agendas import GRENOBLE, a_block

TUESDAY = date(2026, 10, 20)
VERCORS, BELLEDONNE = (Holder(new_id(NOW), name) for name in ("Vercors", "Belledonne"))


def free(*blocks, holder=VERCORS, on=TUESDAY):
    return [f"{begins:%H:%M}-{ends:%H:%M}" for begins, ends in vacancies(on, holder, blocks)]


def test_an_empty_day_is_free_from_morning_to_evening():
    assert free() == ["08:30-17:00"]


def test_between_meetings_it_is_free_for_an_hour_or_more():
    morning, afternoon = a_block(in_days(1, hour=-1)), a_block(in_days(1, hour=3.5), hours=3)  # 9-11, 13:30-16:30

    assert free(morning, afternoon) == ["11:00-13:30"]


def test_meetings_that_overlap_or_lie_outside_leave_what_is_left():
    long, within, early = a_block(in_days(1), hours=4), a_block(in_days(1, hour=1)), a_block(in_days(1, hour=-5))

    assert free(long, within, early) == ["08:30-10:00", "14:00-17:00"]


def test_a_cancelled_meeting_takes_nothing():
    assert free(a_block(in_days(1), session_state=SessionState.CANCELLED)) == ["08:30-17:00"]


def test_a_room_is_free_in_its_opening_hours_only():
    mornings = Holder(new_id(NOW), "Prémol", [Span(1, time(9), time(12))])

    assert free(holder=mornings) == ["09:00-12:00"]
    assert free(holder=mornings, on=date(2026, 10, 21)) == []


def test_a_person_is_not_free_while_away_nor_after_the_last_day():
    def at(hour):
        return wall(in_days(1, hour=hour), "Europe/Paris")

    away = Holder(new_id(NOW), "Léo", busy=[(at(-24), at(0)), (at(4), at(30))], ends_on=TUESDAY)

    assert free(holder=away) == ["10:00-14:00"]
    assert free(holder=away, on=date(2026, 10, 22)) == []


def test_days_go_down_and_rooms_across():
    here, there = a_block(in_days(1), room_id=VERCORS.id), a_block(in_days(2), room_id=BELLEDONNE.id)
    week = days.columns(TUESDAY, date(2026, 10, 21), days.by_day([here, there]), TUESDAY, None)

    first, second = holders.lines(week, [VERCORS, BELLEDONNE], BY_ROOM, None)

    assert [list(cell.blocks) for cell in first.cells] == [[here], []]
    assert [list(cell.blocks) for cell in second.cells] == [[], [there]]


def test_what_has_no_room_has_a_column_of_its_own():
    astray = a_block(in_days(1))
    known = holders.with_nobody([VERCORS], [astray], BY_ROOM)
    (day,) = days.columns(TUESDAY, TUESDAY, days.by_day([astray]), TUESDAY, None)

    vercors, nobody = holders.columns(day, known, BY_ROOM, None)

    assert (list(vercors.blocks), list(nobody.blocks), nobody.title) == ([], [astray], "Sans salle")
    assert holders.with_nobody([VERCORS], [a_block(in_days(1), room_id=VERCORS.id)], BY_ROOM) == [VERCORS]


def test_a_closed_room_says_why_and_a_closed_agency_leaves_nothing_free():
    def closed(room_id):
        return Closure(
            id=new_id(NOW), agency_id=GRENOBLE, room_id=room_id, first_on=TUESDAY, last_on=TUESDAY, because="Travaux"
        )

    def cells(closure):
        here = Surroundings(zone="Europe/Paris", territory="metropole", closures=[closure])
        week = days.columns(TUESDAY, TUESDAY, {}, TUESDAY, here)
        return holders.lines(week, [VERCORS, BELLEDONNE], BY_ROOM, here)[0].cells

    assert [(bool(cell.free), [s.name for s in cell.signs]) for cell in cells(closed(VERCORS.id))] == [
        (False, ["Travaux"]),
        (True, []),
    ]
    assert [(bool(cell.free), cell.signs) for cell in cells(closed(None))] == [(False, []), (False, [])]


def test_a_person_who_leads_elsewhere_is_not_free_here():
    ines = Person(id=new_id(NOW), name="Inès")
    elsewhere = Occupied(
        holder_id=ines.id,
        starts_at=in_days(1),
        ends_at=in_days(1, hour=7),
        session_id=new_id(NOW),
        agency_id=new_id(NOW),
        title="Tableur",
    )
    here = Surroundings(zone="Europe/Paris", territory="metropole", people={ines.id: ines}, occupied=[elsewhere])

    (holder,) = holders.of_choices(BY_PERSON, Choices(staff=[(ines.id, "Inès")]), here)

    assert free(holder=holder) == ["08:30-10:00"]


def test_an_archived_room_is_no_column_any_more():
    room = Room(id=new_id(NOW), agency_id=GRENOBLE, name="Vieille", seats=8, workstations=8, archived_at=NOW)

    assert holders.of_choices(BY_ROOM, Choices(rooms=[room]), None) == []

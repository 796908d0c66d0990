"""Days and places that no calendar, no clock and no database reaches: refused at every door, and nothing breaks."""

from datetime import date

import pytest

from booking.domain.identifiers import new_id
from booking.domain.sessions import Session
from booking.web.api.paging import cursor
from booking.web.forms import Form
from booking.web.pages import plan_forms
from booking.web.pages.dates import day_said
from tests.given import NOW, World, in_days
from tests.web.given import Browser, Browsers, text
from tests.web.programs import Programs

FAR = ["0001-01-01", "9999-12-31"]
BEYOND = ["0001-01-01T00:00:00+05:00", "9999-12-31T23:00:00-05:00"]
SQLITE = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


@pytest.fixture
async def marion(world: World, browsers: Browsers) -> Browser:
    return await browsers.of(world.manager)


@pytest.fixture
async def session(world: World) -> Session:
    return await world.session()


def test_a_day_that_no_clock_reaches_is_told_as_far_away():
    for said in ("0001-01-01", "31/12/9999", "31/12/1999", "2101-01-01"):
        read = Form([("on", said)])

        assert (read.day("on"), read.problems.found) == (None, {"on": "far-away"})


def test_the_first_and_the_last_day_of_all_are_days():
    assert Form([("on", "2000-01-01")]).day("on") == date(2000, 1, 1)
    assert Form([("on", "31/12/2100")]).day("on") == date(2100, 12, 31)


def test_the_planner_tells_a_far_day_from_one_that_no_year_has():
    for said, code in (("9999-12-31", "far-away"), ("29/02/2027", "no-such-day"), ("bientôt", "not-a-day")):
        form = Form([("first", said)])

        assert (plan_forms.a_day(form, "first"), form.problems.found) == (None, {"first": code})


def test_an_address_says_a_day_or_nothing():
    assert day_said("2026-11-24") == date(2026, 11, 24)
    assert [day_said(said) for said in ("", "24/11/2026", "2026-02-30", *FAR)] == [None] * 5


@SQLITE
@pytest.mark.parametrize("day", FAR)
async def test_a_form_with_such_a_day_is_shown_again(world: World, marion: Browser, session: Session, day: str):
    (meeting,) = session.meetings
    row = {"date.1": day, "start.1": "0:05", "end.1": "23:55", "workshop": str(world.workshop.id)}
    whole = row | {"agency": str(world.agency.id), "capacity": "8", "action": "save", "version": str(session.version)}
    wish = {"repeat.first": day, "repeat.days": "1", "repeat.count": "2", "repeat.skips_holidays": "1"}
    single = {"date": day, "start": "0:05", "end": "23:55", "capacity": "8", "version": str(session.version)}
    kept = {"agency": str(world.agency.id), "places": "1", "until_at": day, "until_hour": "0:05"}
    doors = {
        "/sessions": whole,
        f"/sessions/{session.id}/modifier": whole,
        f"/sessions/{session.id}/seances/{meeting.id}": single,
        f"/sessions/{session.id}/places/contingents": kept,
    }

    for path, form in doors.items():
        answer = await marion.post(path, form)
        assert (path, answer.status_code) == (path, 422)
        assert "Cette date est trop loin d’aujourd’hui." in text(answer)
    repeated = await marion.post("/sessions", whole | {"date.1": "", "action": "repeat"} | wish)
    assert "Cette date est trop loin d’aujourd’hui." in text(repeated)


@SQLITE
@pytest.mark.parametrize("day", FAR)
async def test_an_address_with_such_a_day_shows_the_usual_ones(world: World, marion: Browser, day: str):
    usual = f"{in_days(0).date()}"

    assert (await marion.get(f"/presence?jour={day}")).status_code == 200
    list_of_sessions = await marion.get(f"/sessions/listes/sessions?du={day}&au={day}")
    assert f"sessions-{usual}-" in list_of_sessions.headers["content-disposition"]
    assert (await marion.get(f"/suivi?du={day}&au={day}")).status_code == 200


@SQLITE
@pytest.mark.parametrize("day", FAR)
async def test_a_program_that_asks_for_such_a_day_is_told_so(world: World, programs: Programs, day: str):
    ask = await programs.of(world.manager)

    answer = await ask("GET", f"/session-lists?from={min(day, '2026-11-24')}&until={max(day, '2026-11-24')}")

    assert answer.status_code == 400
    assert [error["code"] for error in answer.json()["errors"]] == ["out-of-range"]


class TestPlacesInLists:
    """Both databases: each has limits of its own."""

    async def test_a_place_at_an_instant_beyond_every_clock_is_refused(self, world: World, programs: Programs):
        ask = await programs.of(world.manager)

        for at in BEYOND:
            after = cursor(at, str(new_id(NOW)))
            for path in ("/sessions", "/meetings", "/unreachable"):
                answer = await ask("GET", f"{path}?after={after}")
                assert (path, answer.status_code, answer.json()["type"]) == (path, 400, "invalid-request")

    async def test_a_place_at_a_number_larger_than_any_is_refused(self, world: World, programs: Programs):
        ask = await programs.of(world.adviser)

        for rank, turn in ((0, 2**63), (0, -(2**63)), (2**80, 0)):
            answer = await ask("GET", f"/followed-bookings?after={cursor(rank, turn, str(new_id(NOW)))}")
            assert (answer.status_code, answer.json()["type"]) == (400, "invalid-request")

    async def test_the_largest_number_of_all_is_a_place(self, world: World, programs: Programs):
        ask = await programs.of(world.adviser)

        for rank, turn in ((2**63 - 1, 2**63 - 1), (-(2**63) + 1, 0)):
            assert (
                await ask("GET", f"/followed-bookings?after={cursor(rank, turn, str(new_id(NOW)))}")
            ).status_code == 200

    async def test_a_page_begins_anew_where_its_address_says_such_a_place(self, world: World, marion: Browser):
        await world.session()

        for at in BEYOND:
            page = await marion.get("/placer", params={"apres": f"{at}_{new_id(NOW)}"})
            assert (page.status_code, "Premiers pas avec" in page.text) == (200, True)

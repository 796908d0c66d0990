"""Lists of sessions come in row by row: good ones are planned, bad ones told, twice is as good as once."""

import asyncio
import json
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from booking.documents.session_lists import csv_of, vocabulary_of
from booking.domain.errors import NotAllowed
from booking.domain.sessions import Session, SessionState
from booking.services import scheduling, session_exports, session_imports
from booking.services.row_files import UnreadableFile
from booking.services.session_imports import Outcome, Result, import_sessions
from booking.storage import listings
from booking.storage.wishes import Wanted
from tests.given import NOW, SITE, World, in_days, meeting

HEAD = "session;agence;atelier;date;début;fin;salle;animation;places;état;motif\n"
GOOD = ";Grenoble Bastille;Premiers pas avec l’ordinateur;24/11/2026;9:30;11h30;Vercors;Karim;9;ouverte;\n"


async def brought(world: World, text: str, *, dry: bool = False) -> list[Result]:
    found: list[Result] = []

    async def told(result: Result) -> None:
        found.append(result)

    by = {"by": world.manager, "site": SITE, "now": NOW}
    await import_sessions(world.db, text.encode(), is_dry_run=dry, told=told, **by)
    return found


async def planned(world: World) -> list[Session]:
    async with world.db.reading() as tx:
        return [listed.session for listed in await listings.find(tx, Wanted())]


def codes(results: Sequence[Result]) -> list[list[str]]:
    return [[remark.code for remark in result.remarks] for result in results]


async def test_a_row_becomes_an_open_session_in_the_time_of_the_agency(world: World) -> None:
    (result,) = await brought(world, HEAD + GOOD)

    (session,) = await planned(world)
    assert result.outcome is Outcome.PUBLISHED
    assert (session.state, session.capacity) == (SessionState.OPEN, 9)
    assert session.starts_at == datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
    assert session.ends_at == datetime(2026, 11, 24, 10, 30, tzinfo=UTC)
    assert session.meetings[0].room_id == world.room.id
    assert session.meetings[0].facilitator_id == world.facilitator.id


async def test_rows_with_one_key_are_one_cycle(world: World) -> None:
    row = "A;grenoble bastille;premiers pas a;{}/11/2026;9:30;11:30;;;;;\n"

    (result,) = await brought(world, HEAD + row.format(24) + row.format(26))

    (session,) = await planned(world)
    assert (result.outcome, result.lines) == (Outcome.PLANNED, [2, 3])
    assert (session.state, len(session.meetings), session.capacity) == (SessionState.DRAFT, 2, 8)


async def test_good_rows_stay_whatever_becomes_of_the_others(world: World) -> None:
    lost = GOOD.replace("Vercors", "Chartreuse").replace("24/11", "25/11")

    results = await brought(world, HEAD + lost + GOOD)

    assert [result.outcome for result in results] == [Outcome.REFUSED, Outcome.PUBLISHED]
    assert codes(results) == [["unknown-room"], []]
    assert len(await planned(world)) == 1


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("Grenoble Bastille", "Lyon Gerland", "unknown-agency"),
        ("Premiers pas avec l’ordinateur", "Poterie", "unknown-workshop"),
        ("Karim", "Nadia", "unknown-person"),
        ("24/11/2026", "29/02/2027", "no-such-day"),
        ("24/11/2026", "24/11/2025", "in-the-past"),
        ("24/11/2026", "11/11/2026", "public-holiday"),
        ("9:30", "25:00", "no-such-hour-written"),
        ("9:30", "12:30", "ends-before-it-starts"),
        (";9;", ";99;", "room-too-small"),
        (";9;", ";beaucoup;", "no-such-number"),
        ("ouverte", "annulée", "no-such-state"),
        ("Grenoble Bastille", "", "agency-required"),
        ("11h30", "", "ends-required"),
    ],
)
async def test_what_is_wrong_with_a_row_has_a_name(world: World, old: str, new: str, code: str) -> None:
    results = await brought(world, HEAD + GOOD.replace(old, new, 1))

    assert codes(results) == [[code]]
    assert await planned(world) == []


async def test_an_hour_that_summer_time_skips_is_refused(world: World) -> None:
    night = GOOD.replace("24/11/2026", "28/03/2027").replace("9:30", "2:30").replace("11h30", "4:30")

    assert codes(await brought(world, HEAD + night)) == [["no-such-hour"]]


async def test_a_reason_overcomes_a_holiday(world: World) -> None:
    armistice = GOOD.replace("24/11", "11/11").replace("ouverte;", "ouverte;Ouverture exceptionnelle")

    (result,) = await brought(world, HEAD + armistice)

    assert result.outcome is Outcome.PUBLISHED
    assert (await planned(world))[0].overridden_because == "Ouverture exceptionnelle"


async def test_twice_is_as_good_as_once(world: World) -> None:
    await brought(world, HEAD + GOOD)

    (again,) = await brought(world, HEAD + GOOD)

    assert again.outcome is Outcome.KNOWN
    assert len(await planned(world)) == 1


async def test_a_dry_run_tells_the_same_and_writes_nothing(world: World) -> None:
    beside = GOOD.replace("Premiers pas avec l’ordinateur", "premiers pas a").replace("9:30", "10:30")

    results = await brought(world, HEAD + GOOD + beside, dry=True)

    assert [result.outcome for result in results] == [Outcome.PUBLISHED, Outcome.REFUSED]
    assert codes(results)[1] == ["room-taken", "staff-taken"]
    assert await planned(world) == []


async def test_a_dry_run_lets_others_read_meanwhile(world: World) -> None:
    days = "".join(GOOD.replace("24/11", f"{day}/11") for day in (23, 24, 25, 26, 27))
    looks = 0

    async def look() -> None:
        nonlocal looks
        while True:
            async with world.db.reading() as tx:
                await listings.find(tx, Wanted())
            looks += 1
            await asyncio.sleep(0)

    looking = asyncio.create_task(look())
    results = await brought(world, HEAD + days, dry=True)
    looking.cancel()

    assert len(results) == 5 and looks >= 4


async def test_a_long_file_is_tried_to_its_end(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session_imports, "TRIED_TOGETHER", 2)
    days = "".join(GOOD.replace("24/11", f"{day}/11") for day in (23, 24, 25))

    assert [result.outcome for result in await brought(world, HEAD + days, dry=True)] == [Outcome.PUBLISHED] * 3
    assert await planned(world) == []


async def test_a_reason_too_long_is_refused_and_not_cut(world: World) -> None:
    results = await brought(world, HEAD + GOOD.rstrip() + "x" * 201 + "\n")

    assert codes(results) == [["too-long"]]


async def test_rows_of_one_session_must_agree(world: World) -> None:
    rows = "A" + GOOD + "A" + GOOD.replace("Premiers pas avec l’ordinateur", "Autre")

    assert codes(await brought(world, HEAD + rows)) == [["one-session-two-words"]]


async def test_a_broken_row_leaves_the_others(world: World) -> None:
    results = await brought(world, HEAD + GOOD.rstrip() + ";;;zu viel\n" + GOOD)

    assert codes(results) == [["too-many-cells"], []]


@pytest.mark.parametrize("text", ["", HEAD, "atelier;date\nx;y\n", "[]", "{}", '[{"dateDebut": 3'])
async def test_a_file_that_is_no_list_is_refused_as_a_whole(world: World, text: str) -> None:
    with pytest.raises(UnreadableFile):
        await brought(world, text)


async def test_who_plans_nowhere_brings_nothing_in(world: World) -> None:
    async def told(_: Result) -> None:
        raise AssertionError

    with pytest.raises(NotAllowed):
        by = {"by": world.adviser, "site": SITE, "now": NOW}
        await import_sessions(world.db, (HEAD + GOOD).encode(), is_dry_run=False, told=told, **by)


async def test_the_words_of_the_employment_service_are_read(world: World) -> None:
    event = {
        "dateDebut": "2026-11-24T09:30:00",
        "duree": {"unite": "HEURE", "valeur": 2},
        "agence": "Grenoble Bastille",
        "themeAtelier": {"code": "PP", "libelle": "Premiers pas avec l’ordinateur"},
        "enAgence": True,
    }

    (result,) = await brought(world, json.dumps([event]))

    (session,) = await planned(world)
    assert result.outcome is Outcome.PLANNED
    assert (session.starts_at.hour, session.ends_at.hour) == (8, 10)


async def test_a_zone_that_is_written_counts(world: World) -> None:
    event = {"agence": "Grenoble Bastille", "atelier": "premiers pas a", "dateDebut": "2026-11-24T09:30:00+00:00"}

    await brought(world, json.dumps([event | {"dateFinPrevue": "2026-11-24T11:30:00+00:00"}]))

    assert (await planned(world))[0].starts_at == datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize("write", [csv_of, vocabulary_of])
async def test_what_is_taken_away_can_be_brought_back(world: World, write) -> None:
    where = {"room_id": world.room.id, "facilitator_id": world.facilitator.id}
    session = await world.session(meeting(in_days(14), **where), meeting(in_days(16), **where), capacity=7)
    await world.draft(meeting(in_days(15)))
    lines = await session_exports.lines(world.db, None, NOW, in_days(60), by=world.manager)
    await _forget(world)

    results = await brought(world, write(lines))

    assert [result.outcome for result in results] == [Outcome.PUBLISHED, Outcome.PLANNED]
    again = next(one for one in await planned(world) if one.starts_at == session.starts_at)
    assert [(m.starts_at, m.ends_at, m.room_id, m.facilitator_id) for m in again.meetings] == [
        (m.starts_at, m.ends_at, m.room_id, m.facilitator_id) for m in session.meetings
    ]
    assert (again.capacity, again.workshop_id) == (7, world.workshop.id)


async def test_an_adviser_takes_away_no_draft(world: World) -> None:
    await world.draft()

    assert await session_exports.lines(world.db, None, NOW, in_days(60), by=world.adviser) == []


async def _forget(world: World) -> None:
    for session in await planned(world):
        await scheduling.cancel(world.db, session.id, because="Oubli", by=world.manager, site=SITE, now=NOW)


async def test_languages_of_help_come_in_by_their_codes_and_go_out_again(world: World) -> None:
    head, row = HEAD.replace("motif", "motif;langues"), GOOD.removesuffix("\n")

    (good, bad) = await brought(
        world, f"{head}{row};AR, tr\n{row.replace('9:30', '13:30').replace('11h30', '15h')};xx\n"
    )

    assert (good.outcome, codes([bad])) == (Outcome.PUBLISHED, [["unknown-language"]])
    (session,) = await planned(world)
    assert session.languages == ("ar", "tr")
    lines = await session_exports.lines(world.db, None, NOW, in_days(60), by=world.manager)
    assert csv_of(lines).splitlines()[1].endswith(";ar, tr")


async def test_no_seats_at_all_are_refused_and_not_taken_for_the_usual_ones(world: World) -> None:
    results = await brought(world, HEAD + GOOD.replace(";9;", ";0;"))

    assert codes(results) == [["out-of-range"]]

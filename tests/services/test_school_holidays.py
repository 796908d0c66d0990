"""The school calendar: a list is read with care, and twice is as good as once."""

from datetime import date

import pytest

from booking.domain.errors import InvalidField, NotAllowed
from booking.domain.obstacles import ObstacleKind
from booking.domain.rooms import SchoolHoliday
from booking.domain.staff import Role
from booking.services import school_holidays
from booking.services.row_files import UnreadableFile
from booking.storage import surroundings
from tests.given import NOW, World, in_days, meeting

# As the ministry publishes it: midnight in Paris as an instant, the day of return as the end, a row for each academy.
MINISTRY = """Description;Population;Date de début;Date de fin;Académies;Zones;annee_scolaire
Vacances de la Toussaint;-;2026-10-16T22:00:00+00:00;2026-11-01T23:00:00+00:00;Grenoble;Zone A;2026-2027
Vacances de la Toussaint;-;2026-10-16T22:00:00+00:00;2026-11-01T23:00:00+00:00;Lyon;Zone A;2026-2027
Vacances de Noël;-;2026-12-18T23:00:00+00:00;2027-01-03T23:00:00+00:00;Lyon;Zone A;2026-2027
Vacances d'Été;Enseignants;2026-07-03T22:00:00+00:00;2026-08-30T22:00:00+00:00;Lyon;Zone A;2025-2026
Vacances d'Été;Élèves;2026-07-03T22:00:00+00:00;2026-08-31T22:00:00+00:00;Lyon;Zone A;2025-2026
Pont de l'Ascension;-;2027-05-06T22:00:00+00:00;2027-05-06T22:00:00+00:00;Paris;Zone C;2026-2027
Vacances de Carnaval;-;2027-02-05T23:00:00+00:00;2027-02-21T23:00:00+00:00;Guadeloupe;Guadeloupe;2026-2027
Vacances après 1ère période;-;2026-10-09T22:00:00+00:00;2026-10-25T23:00:00+00:00;La Réunion;Réunion;2026-2027
"""
SIMPLE = "zone,name,first_on,last_on\nA,Toussaint,2026-10-17,2026-11-01\nB,Toussaint,17/10/2026,01/11/2026\n"
AUTUMN = SchoolHoliday(zone="A", name="Toussaint", first_on=date(2026, 10, 17), last_on=date(2026, 11, 1))


async def bring_in(world: World, text: str, **known: object) -> school_holidays.Report:
    return await school_holidays.import_holidays(world.db, text.encode(), by=None, now=NOW, **known)


async def days(world: World, zone: str) -> list[tuple[str, date, date]]:
    return [(one.name, one.first_on, one.last_on) for one in await school_holidays.every(world.db, zone)]


def counts(report: school_holidays.Report) -> tuple[int, int, int, int, int]:
    return report.new, report.changed, report.unchanged, report.set_aside, report.refused


async def test_the_ministrys_list_is_read_in_days_of_paris_without_the_day_of_return(world: World) -> None:
    report = await bring_in(world, MINISTRY)

    assert counts(report) == (6, 0, 0, 1, 0)
    assert await days(world, "A") == [
        ("Vacances d'Été", date(2026, 7, 4), date(2026, 8, 31)),
        ("Vacances de la Toussaint", date(2026, 10, 17), date(2026, 11, 1)),
        ("Vacances de Noël", date(2026, 12, 19), date(2027, 1, 3)),
    ]


async def test_a_single_day_is_one_day_and_territories_have_their_own_zone(world: World) -> None:
    await bring_in(world, MINISTRY)

    assert await days(world, "C") == [("Pont de l'Ascension", date(2027, 5, 7), date(2027, 5, 7))]
    assert await days(world, "guadeloupe") == [("Vacances de Carnaval", date(2027, 2, 6), date(2027, 2, 21))]
    assert [name for name, *_ in await days(world, "reunion")] == ["Vacances après 1ère période"]


async def test_the_simple_form_names_both_days(world: World) -> None:
    await bring_in(world, SIMPLE)

    assert await days(world, "A") == await days(world, "B") == [("Toussaint", AUTUMN.first_on, AUTUMN.last_on)]


async def test_the_same_list_twice_changes_nothing(world: World) -> None:
    await bring_in(world, MINISTRY)

    again = await bring_in(world, MINISTRY)

    assert counts(again) == (0, 0, 6, 1, 0)


async def test_a_holiday_that_moved_takes_the_place_of_what_it_was(world: World) -> None:
    await bring_in(world, SIMPLE)

    report = await bring_in(world, SIMPLE.replace("A,Toussaint,2026-10-17", "A,Automne,2026-10-15"))

    assert counts(report) == (0, 1, 1, 0, 0)
    assert await days(world, "A") == [("Automne", date(2026, 10, 15), date(2026, 11, 1))]


async def test_what_a_list_does_not_name_stays(world: World) -> None:
    await bring_in(world, MINISTRY)

    await bring_in(world, "zone,name,first_on,last_on\nA,Hiver,2027-02-13,2027-02-28\n")

    assert len(await days(world, "A")) == 4


async def test_a_dry_run_counts_and_writes_nothing(world: World) -> None:
    report = await bring_in(world, SIMPLE, is_dry_run=True)

    assert counts(report) == (2, 0, 0, 0, 0)
    assert await school_holidays.every(world.db) == []


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        ("D,Hiver,2027-02-13,2027-02-28", "zone", "unknown-zone"),
        (",Hiver,2027-02-13,2027-02-28", "zone", "required"),
        ("A,,2027-02-13,2027-02-28", "name", "required"),
        ("A,Hiver,bientôt,2027-02-28", "first_on", "not-a-day"),
        ("A,Hiver,2027-02-29,2027-03-10", "first_on", "not-a-day"),
        ("A,Hiver,2027-02-13,", "last_on", "required"),
        ("A,Hiver,2027-02-28,2027-02-13", "last_on", "ends-before-it-starts"),
        ("A,Hiver,2027-02-13,2028-02-28", "last_on", "lasts-too-long"),
        ("A,Hiver,0001-01-01,9999-12-31", "first_on", "not-a-day"),
        (f"A,{'H' * 81},2027-02-13,2027-02-28", "name", "too-long"),
        ("A,Hiver,2027-02-13,2027-02-28,et,encore", "", "too-many-cells"),
    ],
)
async def test_a_row_that_cannot_be_is_refused_with_its_line_and_the_others_stand(world, row, column, code) -> None:
    report = await bring_in(world, f"{SIMPLE}{row}\n")

    assert (report.new, report.refused) == (2, 1)
    assert (report.refusals[0].line, report.refusals[0].column, report.refusals[0].code) == (4, column, code)


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "zone,name,first_on\nA,Hiver,2027-02-13\n", "zone,name\n"])
async def test_a_file_that_is_no_calendar_is_refused_whole(world: World, text: str) -> None:
    with pytest.raises(UnreadableFile):
        await bring_in(world, text)


async def test_of_two_that_overlap_in_one_zone_the_longer_stands(world: World) -> None:
    await bring_in(world, f"{SIMPLE}A,Plus long,2026-10-16,2026-11-03\n")

    assert [name for name, *_ in await days(world, "A")] == ["Plus long"]


async def test_planning_is_told_of_the_holidays_of_its_zone(world: World) -> None:
    await bring_in(world, SIMPLE)
    draft = await world.draft(meeting(in_days(5)))

    async with world.db.reading() as tx:
        around = await surroundings.load(tx, world.agency, in_days(0), in_days(9), [draft.id])

    assert [one.kind for one in around.obstacles(draft.meetings[0], 8)] == [ObstacleKind.SCHOOL_HOLIDAY]


async def test_only_an_administrator_brings_it_in(world: World) -> None:
    with pytest.raises(NotAllowed):
        await school_holidays.import_holidays(world.db, SIMPLE.encode(), by=world.manager, now=NOW)
    with pytest.raises(NotAllowed):
        await school_holidays.write(world.db, [AUTUMN], by=world.manager, now=NOW)


async def test_of_what_a_program_writes_everything_must_be_right(world: World) -> None:
    agnes = await world.staff(Role.ADMINISTRATOR, None, "Agnès")
    wrong = SchoolHoliday(zone="D", name="", first_on=AUTUMN.last_on, last_on=AUTUMN.first_on)

    with pytest.raises(InvalidField) as refused:
        await school_holidays.write(world.db, [AUTUMN, wrong], by=agnes, now=NOW)

    assert refused.value.facts["fields"] == {
        "holidays.2.zone": "unknown-choice",
        "holidays.2.name": "required",
        "holidays.2.last_on": "ends-before-it-starts",
    }
    assert await school_holidays.every(world.db) == []

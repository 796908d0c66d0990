"""Importing agencies: what comes in, what is refused, what is asked about, and that twice is once."""

import json
from datetime import timedelta

import pytest

from booking.domain.agencies import Phase
from booking.domain.errors import NameTaken
from booking.services import feeds
from booking.services.imports import Options, Report, import_agencies
from booking.services.row_files import UnreadableFile
from booking.storage import agencies
from booking.storage.database import Database
from tests.given import DAY, NOW, SITE, World, an_agency, in_days

HEADER = "id,nom,departement,code_insee,adresse,code_postal,commune,telephone,lat,lon"
FIRST = "a-1,Pôle emploi de Grandval,38,38001,CS 90010 / 5 rue Haute,38003,Grandval  Cedex,3949,45.2,5.7"
SECOND = "a-2,Pôle emploi du Port,974,97401,1 quai Bas,97420,Le Port,0262 12 34 56,-20.9,55.3"
NAMES_ONLY = {"nom_agence": "Agence Pôle emploi GRANDVAL", "code_departement": 38, "timezone": "Europe/Paris"}


def csv(*rows: str, header: str = HEADER) -> bytes:
    return "\r\n".join((header, *rows, "")).encode()


async def imported(db: Database, content: bytes | list, **options: object) -> Report:
    content = content if isinstance(content, bytes) else json.dumps(content).encode()
    return await import_agencies(db, content, Options(**options), site=SITE, now=NOW)


async def kept(db: Database) -> dict:
    async with db.reading() as tx:
        return {agency.reference: agency for agency in await agencies.every(tx)}


def outcome(report: Report) -> tuple[int, int, int, int, int]:
    return report.new, report.changed, report.unchanged, report.set_aside, report.refused


def codes(remarks: list) -> list[tuple[int, str, str]]:
    return [(remark.line, remark.column, remark.code) for remark in remarks]


async def test_a_list_of_agencies_comes_in_with_all_it_says(db: Database) -> None:
    report = await imported(db, csv(FIRST))

    found = (await kept(db))["a-1"]
    assert outcome(report) == (1, 0, 0, 0, 0)
    assert (found.name, found.slug, found.department) == ("Pôle emploi de Grandval", "grandval", "38")
    assert (found.address, found.postcode, found.commune) == ("5 rue Haute, CS 90010", "38003", "Grandval Cedex")
    assert (found.phone, found.latitude, found.longitude) == ("3949", 45.2, 5.7)


async def test_clock_and_holidays_follow_from_the_department(db: Database) -> None:
    report = await imported(db, [NAMES_ONLY | {"id": 7, "code_departement": 974}])

    found = (await kept(db))["7"]
    assert (found.time_zone, found.holiday_territory) == ("Indian/Reunion", "reunion")
    assert codes(report.doubts) == [(1, "timezone", "zone-differs")]
    assert report.doubts[0].instead == "Indian/Reunion"


async def test_the_same_list_again_touches_nothing(db: Database) -> None:
    await imported(db, csv(FIRST, SECOND))
    before = await kept(db)

    report = await imported(db, csv(FIRST, SECOND))

    assert outcome(report) == (0, 0, 2, 0, 0)
    assert await kept(db) == before


async def test_a_changed_row_changes_its_agency_and_keeps_its_address_on_the_web(db: Database) -> None:
    await imported(db, csv(FIRST, SECOND))

    report = await imported(db, csv(FIRST.replace("Grandval,", "Grandval Nord,"), SECOND))

    found = (await kept(db))["a-1"]
    assert outcome(report) == (0, 1, 1, 0, 0)
    assert (found.name, found.slug) == ("Pôle emploi de Grandval Nord", "grandval")


async def test_what_a_list_does_not_say_stays(db: Database) -> None:
    await imported(db, csv(FIRST))

    await imported(db, csv("a-1,Grandval,38", header="id,nom,departement"))

    found = (await kept(db))["a-1"]
    assert (found.name, found.address, found.latitude) == ("Grandval", "5 rue Haute, CS 90010", 45.2)


async def test_calendars_show_the_new_address_of_an_agency(world: World) -> None:
    async with world.db.transaction() as tx:
        agency = an_agency("Valmont", reference="v-1")
        await agencies.add(tx, agency, NOW)
    manager = await world.staff("manager", agency, "Inès")
    await world.session(agency_id=agency.id, by=manager)
    rows = csv("v-1,Valmont,38,12 rue Neuve", header="id,nom,departement,adresse")

    await import_agencies(world.db, rows, Options(), site=SITE, now=in_days(1))

    feed = await feeds.state(world.db, "valmont", now=in_days(1) + DAY / 24)
    assert b"12 rue Neuve" in await feeds.text(world.db, feed, site=SITE)
    assert feed.last_modified >= in_days(1) - timedelta(hours=10)


async def test_two_agencies_of_one_name_have_two_addresses_on_the_web(db: Database) -> None:
    twins = [f"a-{n},Pôle emploi de Grandval,38" for n in range(3)]

    report = await imported(db, csv(*twins, header="id,nom,departement"))

    assert outcome(report) == (3, 0, 0, 0, 0)
    assert {a.slug for a in (await kept(db)).values()} == {"grandval", "grandval-38", "grandval-38-2"}


async def test_an_agency_known_from_another_list_is_asked_about_not_doubled(db: Database) -> None:
    await imported(db, csv(FIRST))

    report = await imported(db, [NAMES_ONLY | {"id": 457}])

    assert outcome(report) == (0, 0, 0, 1, 0)
    assert [(doubt.code, doubt.instead) for doubt in report.doubts] == [("alike", "Pôle emploi de Grandval")]
    assert (await kept(db)).keys() == {"a-1"}


async def test_namesakes_of_one_list_are_not_asked_about_when_its_import_goes_on(db: Database) -> None:
    twins = [f"a-{n},Grandval,38" for n in range(2)]
    await imported(db, csv(twins[0], header="id,nom,departement"))

    report = await imported(db, csv(*twins, header="id,nom,departement"))

    assert outcome(report) == (1, 0, 1, 0, 0)


async def test_two_imports_at_once_cannot_double_an_agency(db: Database) -> None:
    one, other = an_agency("Grandval", reference="a-1"), an_agency("Valmont", reference="a-1")

    async with db.transaction() as tx:
        await agencies.add_all(tx, [one], NOW)
    with pytest.raises(NameTaken):
        async with db.transaction() as tx:
            await agencies.add_all(tx, [other], NOW)

    assert [agency.name for agency in (await kept(db)).values()] == ["Grandval"]


async def test_an_agency_that_looks_known_comes_in_when_told_to(db: Database) -> None:
    await imported(db, csv(FIRST))

    report = await imported(db, [NAMES_ONLY | {"id": 457}], keeps_alike=True)

    assert (outcome(report), report.doubtful) == ((1, 0, 0, 0, 0), 1)
    assert (await kept(db))["457"].slug == "grandval-38"


async def test_the_same_name_in_another_department_is_another_agency(db: Database) -> None:
    await imported(db, csv(FIRST))

    report = await imported(db, [NAMES_ONLY | {"id": 457, "code_departement": 39}])

    assert outcome(report) == (1, 0, 0, 0, 0)


async def test_bad_rows_are_named_and_the_others_come_in(db: Database) -> None:
    bad = ["a-3,,38", "a-4,Valmont,99", ",Valmont,38", "a-1,Grandval encore,38", "a-5,Val\u200bmont,38", "a-6,V,38,x"]

    report = await imported(db, csv("a-1,Grandval,38", *bad, header="id,nom,departement"))

    assert outcome(report) == (1, 0, 0, 0, 6)
    assert codes(report.refusals) == [
        (3, "nom", "required"),
        (4, "departement", "unknown-department"),
        (5, "id", "required"),
        (6, "id", "same-key"),
        (7, "nom", "bad-characters"),
        (8, "", "too-many-cells"),
    ]


async def test_a_line_number_is_that_of_the_file_even_after_a_cell_of_two_lines(db: Database) -> None:
    rows = csv('a-1,"Grand\nval",38', "", "a-2,,38", header="id,nom,departement")

    report = await imported(db, rows)

    assert codes(report.refusals) == [(5, "nom", "required")]


async def test_a_code_that_another_agency_has_is_refused(db: Database) -> None:
    header = "id,nom,departement,safir"
    await imported(db, csv("a-1,Grandval,38,38001", header=header))

    report = await imported(db, csv("b-1,Valmont,38,38001", header=header), keeps_alike=True)

    assert codes(report.refusals) == [(2, "safir", "same-code")]


async def test_codes_that_disagree_are_doubtful_but_come_in(db: Database) -> None:
    row = "a-1,Valmont,38,06088,1 rue,99,Valmont,12,5.7,45.2"

    report = await imported(db, csv(row))

    assert (outcome(report), report.doubtful) == ((1, 0, 0, 0, 0), 1)
    assert [code for _, _, code in codes(report.doubts)] == [
        "bad-code",
        "insee-elsewhere",
        "no-such-phone",
        "bad-coordinates",
    ]


async def test_frequent_harmless_things_are_only_counted(db: Database) -> None:
    report = await imported(db, csv(FIRST, FIRST.replace("a-1", "a-2").replace("3949,45.2,5.7", ",,")))

    assert report.doubts == []
    assert report.trifles == {"cedex": 2, "box-first": 2, "blanks": 2, "no-phone": 1, "no-coordinates": 1}


async def test_an_undivided_corsica_is_accepted_with_a_doubt(db: Database) -> None:
    report = await imported(db, [NAMES_ONLY | {"id": 1, "code_departement": 20}])

    assert (await kept(db))["1"].time_zone == "Europe/Paris"
    assert [doubt.code for doubt in report.doubts] == ["undivided-corsica"]


async def test_a_dry_run_says_the_same_and_writes_nothing(db: Database) -> None:
    report = await imported(db, csv(FIRST, SECOND), is_dry_run=True)

    assert outcome(report) == (2, 0, 0, 0, 0)
    assert await kept(db) == {}


async def test_progress_is_told_batch_by_batch(db: Database) -> None:
    rows = [f"a-{n},Agence {n},38" for n in range(450)]
    told = []

    await import_agencies(
        db,
        csv(*rows, header="id,nom,departement"),
        Options(),
        site=SITE,
        now=NOW,
        progress=lambda *step: told.append(step),
    )

    assert told == [(200, 450), (400, 450), (450, 450)]


@pytest.mark.parametrize(
    "header",
    [
        "id;nom_agence;code_departement",
        "code\tname\tdepartment",
        "Code SAFIR;Libellé;Dép.",
        "Identifier,Agency name,dept",
    ],
)
async def test_columns_are_found_by_their_usual_names(db: Database, header: str) -> None:
    delimiter = next(d for d in ";\t," if d in header)

    report = await imported(db, csv(delimiter.join(("38001", "Grandval", "38")), header=header))

    assert outcome(report) == (1, 0, 0, 0, 0)


async def test_columns_can_be_told(db: Database) -> None:
    rows = csv("x,38,Grandval", header="n°,zone,site")

    await imported(db, rows, columns={"reference": "n°", "name": "site", "department": "zone"})

    assert (await kept(db))["x"].name == "Grandval"


async def test_a_list_without_a_name_is_not_read_and_its_columns_are_named(db: Database) -> None:
    with pytest.raises(UnreadableFile) as refused:
        await imported(db, csv("1,38", header="id,departement"))

    assert (refused.value.why, refused.value.facts["missing"]) == ("missing-columns", ["name"])
    assert refused.value.facts["columns"] == ["id", "departement"]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({"departement": "", "code_insee": "97411"}, "974"),
        ({"departement": "", "code_postal": "97150"}, "978"),
        ({"departement": "", "code_postal": "1500"}, "01"),
        ({"departement": "20", "code_insee": "2B033"}, "2B"),
        ({"departement": "1"}, "01"),
        ({"departement": 38.0}, "38"),
    ],
)
async def test_the_department_is_found_where_it_can_be(db: Database, said: dict, found: str) -> None:
    await imported(db, [{"id": 1, "nom": "Grandval"} | said])

    assert (await kept(db))["1"].department == found


async def test_new_agencies_begin_in_the_phase_said_and_known_ones_keep_theirs(db: Database) -> None:
    await imported(db, csv(FIRST), phase=Phase.PILOT)

    await imported(db, csv(FIRST.replace("5 rue Haute", "6 rue Haute"), SECOND), phase=Phase.CLOSED)

    assert {key: agency.phase for key, agency in (await kept(db)).items()} == {"a-1": Phase.PILOT, "a-2": Phase.CLOSED}

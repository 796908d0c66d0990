"""Bringing lists of partners in: what each row says, what is asked about, and that twice is once."""

from dataclasses import replace
from datetime import date

import pytest

from booking.documents.partner_lists import COLUMNS
from booking.domain.errors import NotAllowed, StaleEdit
from booking.domain.partner_terms import Access, Care, PartnerKind, Service
from booking.domain.partners import Partner
from booking.domain.staff import Role
from booking.services import directory, partner_imports, partners
from booking.services.partner_imports import Answer, Options, Report, import_partners
from booking.services.row_files import UnreadableFile
from booking.storage import partners as storage
from booking.storage.database import Database
from tests.given import NOW, World, in_days
from tests.given_partners import a_partner

# As the national schema writes it, with a comma where one list forgot the stroke.
SCHEMA = (
    "id,pivot,nom,commune,code_postal,code_insee,adresse,complement_adresse,latitude,longitude,typologie,telephone,"
    "courriels,site_web,horaires,source,itinerance,date_maj,services,prise_en_charge_specifique,frais_a_charge,"
    "modalites_acces"
)
PLACE = (
    "s-1,43493312300029,Les Clics,Grenoble,38000,38185,12 rue Haute,Bât. B,45.19,5.72,BIB|ASSO,+33476001122,"
    'a@exemple.fr|b@exemple.fr,https://exemple.fr,"Mo-Fr 09:00-12:00,14:00-18:30",Hubik,Fixe,2024-04-02,'
    'Aide aux démarches administratives|Compréhension du monde numérique,"Illettrisme, Surdité",'
    "Gratuit : Je peux venir sans payer,Se présenter|Téléphoner"
)
OTHER_HEADER = "type,id,nom,adresse,code_postal,commune,telephone,email,lat,lon,maj"
MISSION = "mission_locale,ml-1,Mission locale,BP 100 / 2 place Neuve,38019,GRENOBLE CEDEX 1,3646,,45.19,5.71,2014-01-28"


def csv(*rows: str, header: str = OTHER_HEADER) -> bytes:
    return "\r\n".join((header, *rows, "")).encode()


async def imported(db: Database, content: bytes, **options: object) -> Report:
    return await import_partners(db, content, Options(**options), by=None, now=NOW)  # type: ignore[arg-type]


async def kept(db: Database) -> dict[str | None, Partner]:
    async with db.reading() as tx:
        return {one.reference: one for one in await storage.every(tx)}


def outcome(report: Report) -> tuple[int, int, int, int, int]:
    return report.new, report.changed, report.unchanged, report.set_aside, report.refused


def codes(report: Report) -> list[tuple[int, str, str]]:
    return [(one.line, one.column, one.code) for one in (*report.refusals, *report.doubts)]


async def test_a_place_of_the_national_schema_comes_in_with_all_it_says(db: Database):
    report = await imported(db, csv(PLACE, header=SCHEMA))

    place = (await kept(db))["s-1"]
    assert (outcome(report), codes(report)) == ((1, 0, 0, 0, 0), [])
    assert (place.kind, place.source, place.pivot) == (PartnerKind.LIBRARY, "Hubik", "43493312300029")
    assert place.services == (Service.PAPERWORK, Service.UNDERSTANDING)
    assert set(place.care) == {Care.ILLITERACY, Care.DEAFNESS}
    assert (place.fees, place.access) == (("free",), (Access.WALK_IN, Access.CALL))
    assert (place.emails, place.updated_on) == ("a@exemple.fr|b@exemple.fr", date(2024, 4, 2))


async def test_another_list_comes_in_by_what_its_columns_are_called(db: Database):
    report = await imported(db, csv(MISSION), source="Annuaire")

    place = (await kept(db))["ml-1"]
    assert (place.kind, place.source, place.phone) == (PartnerKind.MISSION_LOCALE, "Annuaire", "3646")
    assert (place.address, place.commune) == ("2 place Neuve, BP 100", "GRENOBLE Cedex 1")
    assert report.trifles == {"cedex": 1, "box-first": 1}


async def test_the_same_list_twice_changes_nothing(db: Database):
    await imported(db, csv(PLACE, header=SCHEMA))

    assert outcome(await imported(db, csv(PLACE, header=SCHEMA))) == (0, 0, 1, 0, 0)


async def test_a_cell_that_says_nothing_leaves_what_is_known(db: Database):
    await imported(db, csv(PLACE, header=SCHEMA))

    report = await imported(db, csv("s-1,Les Clics Bleus,,Hubik", header="id,nom,telephone,source"))

    place = (await kept(db))["s-1"]
    assert outcome(report) == (0, 1, 0, 0, 0)
    assert (place.name, place.phone, place.version) == ("Les Clics Bleus", "+33476001122", 1)


async def test_a_bad_row_is_refused_and_the_good_ones_are_kept(db: Database):
    report = await imported(db, csv("caf,,Sans clé,,,,,,,,", MISSION, MISSION, "caf,c-2,,,,,,,,,"))

    assert outcome(report) == (1, 0, 0, 0, 3)
    assert codes(report) == [(2, "id", "required"), (4, "id", "same-key"), (5, "nom", "required")]


@pytest.mark.parametrize(
    ("header", "cell", "code"),
    [
        ("type", "tribunal", "unknown-kind"),
        ("courriels", "nobody@nowhere", "no-such-email"),
        ("site_web", "javascript:alert(1)", "no-such-address"),
        ("services", "Maîtrise des outils|Magie", "unknown-term"),
        ("horaires", "sur rendez-vous", "hours-as-written"),
        ("pivot", "12", "bad-pivot"),
        ("date_maj", "hier", "no-such-day"),
        ("presentation_resume", "x" * 300, "cut"),
        ("telephone", "12", "no-such-phone"),
        ("code_postal", "380", "bad-code"),
    ],
)
async def test_what_cannot_be_taken_is_told_and_the_row_comes_in(db: Database, header: str, cell: str, code: str):
    report = await imported(db, csv(f"x-1,Les Clics,{cell}", header=f"id,nom,{header}"))

    assert outcome(report) == (1, 0, 0, 0, 0)
    assert (2, header, code) in codes(report)


async def test_coordinates_of_another_ocean_are_left_out(db: Database):
    report = await imported(db, csv(MISSION.replace("45.19,5.71", "-21.22,55.55")))

    assert codes(report) == [(2, "lat", "bad-coordinates")]
    assert (await kept(db))["ml-1"].latitude is None


async def test_what_looks_known_is_asked_about(world: World):
    known = await partners.add(world.db, a_partner("Mission locale"), by=world.manager, now=NOW)

    report = await imported(world.db, csv(MISSION))
    assert outcome(report) == (0, 0, 0, 1, 0)
    assert [(one.line, one.known[0].id) for one in report.questions] == [(2, known.id)]

    assert outcome(await imported(world.db, csv(MISSION), answers={2: Answer.SAME})) == (0, 1, 0, 0, 0)
    assert (await kept(world.db))["ml-1"].id == known.id
    assert outcome(await imported(world.db, csv(MISSION))) == (0, 0, 1, 0, 0)


async def test_one_that_only_looks_known_comes_in_when_somebody_says_so(world: World):
    await partners.add(world.db, a_partner("Mission locale"), by=world.manager, now=NOW)

    assert outcome(await imported(world.db, csv(MISSION), answers={2: Answer.NEW})) == (1, 0, 0, 0, 0)


async def test_a_dry_run_writes_nothing(db: Database):
    report = await imported(db, csv(MISSION), is_dry_run=True)

    assert (outcome(report), await kept(db)) == ((1, 0, 0, 0, 0), {})


async def test_a_column_may_be_told_or_left_out(db: Database):
    told = {"name": "enseigne", "reference": "cle", "phone": ""}

    await imported(db, csv("a,Les Clics,3646", header="cle,enseigne,telephone"), columns=told)

    assert ((await kept(db))["a"].name, (await kept(db))["a"].phone) == ("Les Clics", "")


async def test_a_file_without_a_name_or_a_key_is_refused(db: Database):
    with pytest.raises(UnreadableFile) as refusal:
        await imported(db, csv("3646", header="telephone"))

    assert refusal.value.facts["missing"] == ["name", "reference"]


async def test_the_directory_goes_out_and_comes_in_again(world: World):
    await imported(world.db, csv(PLACE, header=SCHEMA))
    offers = (Service.SOLIDARITY_SIM, Service.EQUIPMENT)
    mine = a_partner("=Relais", services=offers, referral_email="r@exemple.fr", directions="-1er étage")
    await partners.add(world.db, mine, by=world.manager, now=NOW)

    out = await directory.as_list(world.db, by=world.manager)
    report = await imported(world.db, out.encode())

    assert out.splitlines()[0].split(",") == list(COLUMNS)
    assert "'=Relais" in out and "'-1er étage" in out and ",+33476001122," in out
    assert (outcome(report), codes(report)) == ((0, 0, 2, 0, 0), [])


async def test_a_list_does_not_write_over_what_somebody_changed_meanwhile(db: Database):
    await imported(db, csv(MISSION))
    before = (await kept(db))["ml-1"]
    async with db.transaction() as tx:
        await storage.change(tx, replace(before, phone="0400000000", version=1))

    with pytest.raises(StaleEdit):
        await partner_imports._write(db, [(replace(before, phone="3949", version=1), before)], None, NOW)

    assert (await kept(db))["ml-1"].phone == "0400000000"


async def test_lists_come_in_by_administrators_only(world: World):
    odile = await world.staff(Role.ADMINISTRATOR, None, "Odile")

    with pytest.raises(NotAllowed):
        await import_partners(world.db, csv(MISSION), Options(), by=world.manager, now=in_days(1))
    await import_partners(world.db, csv(MISSION), Options(), by=odile, now=in_days(1))

    assert list(await kept(world.db)) == ["ml-1"]

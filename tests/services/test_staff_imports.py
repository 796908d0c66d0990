"""A list of staff is brought in: each gets an account, the roles named, and a way to choose a password."""

import json

import pytest

from booking.domain.errors import NotAllowed
from booking.domain.staff import Role
from booking.services import account_letters
from booking.services.row_files import UnreadableFile
from booking.services.staff_imports import Outcome, StaffReport, import_staff
from booking.services.staff_rows import staff_rows
from booking.storage import roles, staff, staff_messages
from tests.given import NOW, SITE, World
from tests.given_places import day_in

NADIA = {"nom": "Nadia Ferrand", "email": "nadia.ferrand@example.org", "roles": "conseillère, animatrice"}


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Conseiller", (Role.ADVISER,)),
        ("animatrice ; responsable", (Role.FACILITATOR, Role.MANAGER)),
        ("Service civique", (Role.ASSISTANT,)),
        ("adviser/adviser", (Role.ADVISER,)),
    ],
)
def test_roles_are_read_as_people_write_them(said: str, found: tuple[Role, ...]):
    (row,) = staff_rows(_file(NADIA | {"roles": said, "agence": "38001"}))

    assert (row.roles, row.remarks) == (found, [])


def test_a_first_name_in_its_own_column_belongs_to_the_name():
    (row,) = staff_rows(b"Prenom;Nom;Courriel;Role;Agence\nNadia;Ferrand;n@example.org;conseil;38001\n")

    assert (row.name, row.key) == ("Nadia Ferrand", "n@example.org")


def test_a_list_without_agencies_cannot_be_read():
    with pytest.raises(UnreadableFile):
        staff_rows(b"nom;roles\nNadia;conseil\n")


async def test_new_people_have_an_account_their_roles_and_a_mail(world: World):
    report = await _bring(world, NADIA)

    assert [one.outcome for one in report.results] == [Outcome.INVITED]
    async with world.db.reading() as tx:
        person = await staff.named_to_sign_in(tx, NADIA["email"], NOW)
        assert person and {role for _, role in person.roles} == {Role.ADVISER, Role.FACILITATOR}
        assert await staff_messages.due_since(tx, NOW)


async def test_twice_is_as_good_as_once_and_what_is_missing_is_given(world: World):
    await _bring(world, NADIA)

    again = await _bring(world, NADIA)
    more = await _bring(world, NADIA | {"roles": "responsable"})

    assert [one.results[0].outcome for one in (again, more)] == [Outcome.KNOWN, Outcome.GIVEN]


async def test_a_service_has_an_end_which_a_later_list_moves(world: World):
    lea = {"nom": "Léa Petit", "identifiant": "lea", "roles": "service civique"}

    none = await _bring(world, lea)
    first = await _bring(world, lea | {"fin": day_in(100).isoformat()})
    later = await _bring(world, lea | {"fin": day_in(200).isoformat()})

    assert [one.code for one in none.results[0].remarks] == ["service-needs-end"]
    assert [one.results[0].outcome for one in (first, later)] == [Outcome.TO_PRINT, Outcome.PROLONGED]
    async with world.db.reading() as tx:
        held = await roles.running(tx, later.results[0].staff_id, world.agency.id, Role.ASSISTANT, NOW)
    assert [one.last_at.date() for one in held if one.last_at] == [day_in(200)]


async def test_a_dry_run_says_the_same_and_keeps_nothing(world: World):
    report = await _bring(world, NADIA, is_dry_run=True)

    assert report.counts[Outcome.INVITED] == 1
    async with world.db.reading() as tx:
        assert not await staff.is_known(tx, NADIA["email"])


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"agence": "Nulle part"}, "unknown-agency"),
        ({"roles": "roi"}, "unknown-role"),
        ({"email": "nadia@"}, "no-such-email"),
        ({"fin": "demain"}, "no-such-day"),
        ({"nom": ""}, "required"),
    ],
    ids=lambda said: said if isinstance(said, str) else None,
)
@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_a_bad_row_is_told_and_good_ones_stay(world: World, said: dict[str, str], code: str):
    report = await _bring(world, NADIA | said, {**NADIA, "email": "paul@example.org"})

    assert [one.outcome for one in report.results] == [Outcome.REFUSED, Outcome.INVITED]
    assert [one.code for one in report.results[0].remarks] == [code]


async def test_an_administrator_fills_his_own_agencies_and_a_manager_none(world: World):
    other = await world.another_agency("Lyon")
    agnes = await world.staff(Role.ADMINISTRATOR, other, "Agnès")

    report = await _bring(world, NADIA, by=agnes)

    assert [one.code for one in report.results[0].remarks] == ["unknown-agency"]
    with pytest.raises(NotAllowed):
        await _bring(world, NADIA, by=world.manager)


def _file(*rows: dict[str, str]) -> bytes:
    return json.dumps(rows).encode()


async def _bring(world: World, *rows: dict[str, str], is_dry_run: bool = False, by: object = None) -> StaffReport:
    content = _file(*({"agence": world.agency.name} | row for row in rows))
    return await import_staff(world.db, content, is_dry_run=is_dry_run, by=by, site=SITE, now=NOW)  # type: ignore[arg-type]


async def test_who_has_no_address_gets_a_letter_with_a_link(world: World):
    agnes = await world.staff(Role.ADMINISTRATOR, None, "Agnès")
    await _bring(world, NADIA, {"nom": "Léa Petit", "identifiant": "lea", "roles": "conseil"})

    paper = await account_letters.print_all(world.db, site=SITE, by=agnes, now=NOW)

    waiting = {one.name for one in await account_letters.waiting(world.db, by=agnes, now=NOW)}
    assert "Léa Petit" in waiting and NADIA["nom"] not in waiting
    assert paper and paper.startswith(b"%PDF")

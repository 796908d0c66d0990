"""The directory of partners: who is found, by whom, who writes it, and that nobody is there twice unasked."""

from dataclasses import replace

import pytest

from booking.domain.errors import InvalidField, NotAllowed, NotFound, PartnerKnown, StaleEdit
from booking.domain.partner_terms import PartnerKind, Service
from booking.domain.partners import Partner
from booking.domain.staff import Role, Staff
from booking.services import directory, partners
from booking.services.directory import Asked
from booking.storage import agencies
from tests.given import NOW, World, an_agency, somebody
from tests.given_partners import a_partner

# The market place of Grenoble, and a village ten kilometres away.
NEAR, FAR = {"latitude": 45.19, "longitude": 5.73}, {"latitude": 45.28, "longitude": 5.73}


async def known(world: World, *new: Partner, by: Staff | None = None) -> None:
    for partner in new:
        await partners.add(world.db, partner, by=by or world.manager, now=NOW)


async def found(world: World, by: Staff | None = None, **asked: object) -> list[str]:
    listed = await directory.find(world.db, Asked(**asked), by=by or world.adviser, now=NOW)
    return [one.partner.name for one in listed]


@pytest.fixture
async def here(world: World) -> World:
    """The world with coordinates, so that there are distances."""
    placed = replace(world.agency, latitude=45.17, longitude=5.71)
    async with world.db.transaction() as tx:
        await agencies.change(tx, placed)
    return world


async def test_the_nearest_partner_comes_first_and_one_without_a_place_last(here: World):
    await known(here, a_partner("Loin", **FAR), a_partner("Près", **NEAR), a_partner("Ailleurs"))

    assert await found(here, agency_id=here.agency.id) == ["Près", "Loin", "Ailleurs"]
    assert await found(here, agency_id=here.agency.id, within_km=5) == ["Près", "Ailleurs"]


async def test_of_more_than_are_read_the_nearest_are_not_left_out(here: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(directory, "MOST", 1)
    await known(here, a_partner("Ailleurs"), a_partner("Loin", **FAR), a_partner("Près", **NEAR))

    assert await found(here, agency_id=here.agency.id) == ["Près"]


async def test_without_coordinates_the_department_tells_what_is_near(here: World):
    await known(here, a_partner("Ici"), a_partner("À Lyon", postcode="69002", commune="Lyon"))

    assert await found(here, agency_id=here.agency.id, within_km=20) == ["Ici"]


async def test_partners_are_found_by_service_kind_and_words(world: World):
    phone, sim = Service.SOLIDARITY_PHONE, Service.SOLIDARITY_SIM
    await known(world, a_partner("Relais", services=(phone, sim), kind=PartnerKind.SOLIDARITY))
    await known(world, a_partner("Médiathèque", services=(Service.ACCESS,), address="5 place des Tilleuls"))

    assert await found(world, service=sim) == ["Relais"]
    assert await found(world, kind=PartnerKind.SOLIDARITY) == ["Relais"]
    assert await found(world, words="mediatheque TILLEULS") == ["Médiathèque"]
    assert await found(world, words="100%") == []


async def test_only_what_is_open_now_if_so_asked(world: World):
    # It is ten o'clock on a Monday in Grenoble.
    await known(world, a_partner("Ouvert", hours="Mo 09:00-12:00"), a_partner("Fermé", hours="Tu 09:00-12:00"))
    await known(world, a_partner("Inconnu", hours="sur rendez-vous"))

    assert await found(world, is_open=True) == ["Ouvert"]


async def test_an_archived_partner_is_found_only_among_the_archived(world: World):
    partner = await partners.add(world.db, a_partner(), by=world.manager, now=NOW)

    await partners.lay_aside(world.db, partner.id, NOW, by=world.manager, now=NOW)

    assert await found(world) == []
    assert await found(world, is_archived=True) == [partner.name]


async def test_a_partner_of_other_agencies_is_not_there_for_ours(world: World):
    other = an_agency("Lyon Confluence")
    odile = await world.staff(Role.ADMINISTRATOR, None, "Odile")
    async with world.db.transaction() as tx:
        await agencies.add(tx, other, NOW)
    new = await partners.add(world.db, a_partner(agency_ids=(other.id,)), by=odile, now=NOW)

    assert await found(world, by=odile) == [new.name]
    assert await found(world) == []
    with pytest.raises(NotFound):
        await partners.show(world.db, new.id, by=world.adviser)
    with pytest.raises(NotFound):
        await partners.change(world.db, replace(new, name="Autre"), by=world.manager, now=NOW)


async def test_which_agencies_may_use_a_partner_is_not_for_a_manager(world: World):
    with pytest.raises(NotAllowed):
        await partners.add(world.db, a_partner(agency_ids=(world.agency.id,)), by=world.manager, now=NOW)


async def test_an_adviser_reads_the_directory_and_does_not_write_it(world: World):
    await known(world, a_partner())

    with pytest.raises(NotAllowed):
        await partners.add(world.db, a_partner("Autre"), by=world.adviser, now=NOW)
    with pytest.raises(NotFound):
        somewhere_else = somebody(Role.ADVISER, an_agency("Ailleurs"))
        await directory.find(world.db, Asked(agency_id=world.agency.id), by=somewhere_else, now=NOW)


async def test_one_that_looks_known_is_asked_about_first(world: World):
    await known(world, a_partner("Espace des Clics"))

    with pytest.raises(PartnerKnown) as refusal:
        await partners.add(world.db, a_partner("ESPACE des clics"), by=world.manager, now=NOW)
    await partners.add(world.db, a_partner("ESPACE des clics"), is_sure=True, by=world.manager, now=NOW)

    assert [one["name"] for one in refusal.value.facts["candidates"]] == ["Espace des Clics"]
    assert len(await found(world)) == 2


async def test_numbers_and_addresses_are_kept_as_machines_use_them(world: World):
    typed = a_partner(phone="04 76 00 11 22", emails="a@Exemple.FR | b@exemple.fr", websites="exemple.fr")

    kept = await partners.add(world.db, typed, by=world.manager, now=NOW)

    assert (kept.phone, kept.emails, kept.websites) == (
        "+33476001122",
        "a@exemple.fr|b@exemple.fr",
        "https://exemple.fr",
    )
    assert kept.contact_email == "a@exemple.fr"


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("name", " ", "required"),
        ("phone", "12", "no-such-phone"),
        ("referral_email", "nobody", "no-such-email"),
        ("websites", "javascript:alert(1)", "no-such-address"),
        ("booking_url", "https://a b.fr", "no-such-address"),
        ("postcode", "380", "bad-postcode"),
        ("latitude", 45.0, None),
        ("services", ("magic",), "unknown-value"),
        ("summary", "x" * 281, "too-long"),
    ],
)
async def test_a_field_that_cannot_stand_is_named(world: World, field: str, value: object, code: str | None):
    with pytest.raises(InvalidField) as refusal:
        await partners.add(world.db, a_partner(**{"name": "Clics", field: value}), by=world.manager, now=NOW)

    assert refusal.value.facts["fields"] == ({field: code} if code else {"longitude": "one-without-other"})


async def test_an_edit_of_an_old_version_is_refused(world: World):
    first = await partners.add(world.db, a_partner(), by=world.manager, now=NOW)
    await partners.change(world.db, replace(first, phone="3949"), version=0, by=world.manager, now=NOW)

    with pytest.raises(StaleEdit):
        await partners.change(world.db, replace(first, phone="3646"), version=0, by=world.manager, now=NOW)

"""Leaflets: what is taken in, and that the right one is shown at the right moment."""

from datetime import date

import pytest

from booking.domain.errors import InvalidField, NotAllowed, NotFound, StaleEdit
from booking.domain.leaflets import Leaflet, LeafletKind
from booking.domain.partner_terms import Service
from booking.domain.staff import Role
from booking.services import leaflets, partners
from booking.services.leaflets import LeafletSaid
from booking.storage import agencies
from tests.given import NOW, World, an_agency
from tests.given_partners import a_partner, a_picture

TODAY, YESTERDAY, TOMORROW = date(2026, 10, 19), date(2026, 10, 18), date(2026, 10, 20)
PHONE, ACCESS = Service.SOLIDARITY_PHONE, Service.ACCESS


def said(title: str = "Tarifs", **known: object) -> LeafletSaid:
    return LeafletSaid(title=title, kind=LeafletKind.TARIFF, language="fr", **known)  # type: ignore[arg-type]


async def kept(world: World, title: str = "Tarifs", **known: object) -> Leaflet:
    return await leaflets.add(world.db, said(title, **known), a_picture(), by=world.manager, now=NOW)


async def test_a_leaflet_is_shown_for_its_partner_and_for_its_service(world: World):
    mine = await partners.add(world.db, a_partner(services=(PHONE,)), by=world.manager, now=NOW)
    other = await partners.add(world.db, a_partner("Autre"), by=world.manager, now=NOW)
    await kept(world, "Du lieu", partner_id=mine.id)
    await kept(world, "Du service", service=PHONE)
    await kept(world, "Du service du lieu", partner_id=mine.id, service=ACCESS)
    await kept(world, "De l’autre", partner_id=other.id, service=PHONE)

    async with world.db.reading() as tx:
        for_phone = await leaflets.fitting(tx, mine, (PHONE,), TODAY)
        for_access = await leaflets.fitting(tx, mine, (ACCESS,), TODAY)
        of_nobody = await leaflets.fitting(tx, None, (PHONE,), TODAY)

    assert [one.title for one in for_phone] == ["Du lieu", "Du service"]
    assert [one.title for one in for_access] == ["Du lieu", "Du service du lieu"]
    assert [one.title for one in of_nobody] == ["Du service"]


async def test_a_leaflet_is_shown_while_it_holds(world: World):
    await kept(world, "Passé", service=PHONE, last_on=YESTERDAY)
    await kept(world, "Aujourd’hui", service=PHONE, first_on=TODAY, last_on=TODAY)
    await kept(world, "Demain", service=PHONE, first_on=TOMORROW)

    async with world.db.reading() as tx:
        found = await leaflets.fitting(tx, None, (PHONE,), TODAY)

    assert [one.title for one in found] == ["Aujourd’hui"]


async def test_the_file_comes_out_as_what_is_in_it(world: World):
    leaflet = await kept(world)

    _, file = await leaflets.file(world.db, leaflet.id, by=world.adviser)

    assert (file.media_type, file.is_whole) == ("image/png", True)


@pytest.mark.parametrize(
    ("file", "code"), [(b"", "required"), (b"<svg onload=alert(1)>", "not-a-scan"), (b"%PDF-1.7 broken", "scan-broken")]
)
async def test_what_is_no_document_is_refused(world: World, file: bytes, code: str):
    with pytest.raises(InvalidField) as refusal:
        await leaflets.add(world.db, said(), file, by=world.manager, now=NOW)

    assert refusal.value.facts["fields"] == {"file": code}


async def test_a_change_without_a_file_keeps_the_file(world: World):
    leaflet = await kept(world)

    changed = await leaflets.change(world.db, leaflet.id, said("Tarifs 2027"), version=0, by=world.manager, now=NOW)

    assert (changed.title, changed.hash) == ("Tarifs 2027", leaflet.hash)
    with pytest.raises(StaleEdit):
        await leaflets.remove(world.db, leaflet.id, version=0, by=world.manager, now=NOW)
    await leaflets.remove(world.db, leaflet.id, version=1, by=world.manager, now=NOW)
    assert (await leaflets.shelf(world.db, by=world.adviser)).leaflets == []


async def test_days_in_the_wrong_order_and_an_unknown_language_are_refused(world: World):
    with pytest.raises(InvalidField) as days:
        await kept(world, first_on=TODAY, last_on=YESTERDAY)
    with pytest.raises(InvalidField) as language:
        unknown = LeafletSaid(title="Tarifs", kind=LeafletKind.POSTER, language="xx")
        await leaflets.add(world.db, unknown, a_picture(), by=world.manager, now=NOW)

    assert days.value.facts["fields"] == {"last_on": "ends-before-it-starts"}
    assert language.value.facts["fields"] == {"language": "unknown-choice"}


async def test_an_adviser_reads_leaflets_and_does_not_bring_them_in(world: World):
    with pytest.raises(NotAllowed):
        await leaflets.add(world.db, said(), a_picture(), by=world.adviser, now=NOW)


async def test_the_leaflet_of_a_partner_out_of_sight_is_not_there(world: World):
    other = an_agency("Lyon Confluence")
    odile = await world.staff(Role.ADMINISTRATOR, None, "Odile")
    async with world.db.transaction() as tx:
        await agencies.add(tx, other, NOW)
    far = await partners.add(world.db, a_partner(agency_ids=(other.id,)), by=odile, now=NOW)
    leaflet = await leaflets.add(world.db, said(partner_id=far.id), a_picture(), by=odile, now=NOW)

    assert (await leaflets.shelf(world.db, by=world.adviser)).leaflets == []
    with pytest.raises(NotFound):
        await leaflets.file(world.db, leaflet.id, by=world.adviser)

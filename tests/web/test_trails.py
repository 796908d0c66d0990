"""Histories and the journal, as people read them."""

import re
from dataclasses import replace

from booking.domain.attendance import Mark
from booking.domain.staff import Role
from booking.services import attendance, bookings, rooms
from booking.storage.tables import audit
from tests.given import NOW, SITE, World, in_days
from tests.web.given import Browsers, text


async def test_a_booking_tells_who_did_what_with_it(world: World, browsers: Browsers):
    booking = await world.booked(await world.session(), await world.job_seeker("Diallo"))
    await bookings.cancel(world.db, booking.id, by=world.manager, now=NOW, party="person")
    nadia = await browsers.of(world.adviser)

    for path in (f"/inscriptions/{booking.id}/historique", f"/personnes/{booking.job_seeker_id}/historique"):
        told = text(await nadia.get(path))
        assert "Marion annulé inscription : Aïssatou DIALLO" in told
        assert told.index("annulé") < told.index("Nadia inscrit")


async def test_a_history_begins_where_the_page_before_ended(world: World, browsers: Browsers, monkeypatch):
    monkeypatch.setattr("booking.services.trails.MOST", 1)
    booking = await world.booked(await world.session())
    nadia = await browsers.of(world.adviser)

    first = await nadia.get(f"/personnes/{booking.job_seeker_id}/historique")

    older = first.text.partition("?avant=")[2].partition('"')[0]
    second = text(await nadia.get(f"/personnes/{booking.job_seeker_id}/historique?avant={older}"))
    assert "inscrit" in text(first) and "créé" in second


async def test_a_change_says_what_was_there_before(world: World, browsers: Browsers):
    await rooms.change(world.db, replace(world.room, name="Chartreuse"), by=world.manager, site=SITE, now=NOW)

    told = text(await (await browsers.of(world.manager)).get("/journal?genre=room"))

    assert "Marion modifié salle" in told and "Vercors → Chartreuse" in told


async def test_marks_and_choices_are_told_in_words(world: World, browsers: Browsers):
    session = await world.session()
    booking = await world.booked(session)
    await attendance.mark(world.db, session.meetings[0].id, booking.id, Mark.LATE, by=world.manager, now=in_days(14))
    barred = replace(world.room, has_step_free_access=not world.room.has_step_free_access)
    await rooms.change(world.db, barred, by=world.manager, site=SITE, now=NOW)

    told = text(await (await browsers.of(world.manager)).get("/journal"))

    assert "présence : retard" in told and re.search("accès sans marche : (oui → non|non → oui)", told)


async def test_an_auditor_reads_the_journal_without_learning_who_people_are(world: World, browsers: Browsers):
    await world.booked(await world.session(), await world.job_seeker("Quincampoix"))
    alix = await browsers.of(await world.staff(Role.AUDITOR, world.agency, "Alix"))

    told = text(await alix.get("/journal"))
    file = (await alix.get("/journal/lignes.csv")).text

    assert "Nadia inscrit inscription : n°" in told
    for said in (told.lower(), file.lower()):
        assert "quincampoix" not in said and "aïssatou" not in said
    assert file.startswith("\ufeffnuméro;date;qui;quoi")


async def test_reading_the_journal_is_written_down_once_a_minute(world: World, browsers: Browsers):
    marion = await browsers.of(world.manager)
    for _ in range(3):
        await marion.get("/journal")

    async with world.db.reading() as tx:
        looks = await tx.rows(audit.select().where(audit.c.action == "saw"))
    assert [(look.noun, look.staff_id, look.via) for look in looks] == [("journal", world.manager.id, "page")]
    assert "Marion consulté journal" in text(await marion.get("/journal?vues=1"))


async def test_the_journal_ends_where_ones_agencies_end(world: World, browsers: Browsers):
    await world.booked(await world.session(), await world.job_seeker("Diallo"))
    lyon = await world.another_agency()
    sonia = await browsers.of(await world.staff(Role.MANAGER, lyon, "Sonia"))

    assert "DIALLO" not in text(await sonia.get("/journal"))
    assert (await sonia.get(f"/journal?agence={world.agency.id}")).status_code == 404
    assert (await (await browsers.of(world.adviser)).get("/journal")).status_code == 403

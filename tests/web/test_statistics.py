"""Figures as people read them: on the page, in a file, on paper, and by a program."""

import csv
import io
from zipfile import ZipFile

from booking.domain.attendance import Mark
from booking.domain.staff import Role
from booking.services import attendance
from tests.given import World, in_days, meeting
from tests.given_figures import counted
from tests.papers import pages
from tests.web.given import signed_in, text
from tests.web.programs import running

LATER = in_days(3)


async def six_came(world: World, *more: Mark) -> None:
    """Of eight seats in a session that is over."""
    session = await world.session(meeting(in_days(2)))
    for mark in (*[Mark.ATTENDED] * 6, *more):
        booking = await world.booked(session)
        said = {"by": world.manager, "now": LATER}
        await attendance.mark(world.db, session.meetings[0].id, booking.id, mark, **said)
    await counted(world, LATER)


async def test_a_manager_reads_four_figures_and_what_each_counts(world: World):
    await six_came(world, Mark.ABSENT)

    async with signed_in(world, world.manager, LATER) as marion:
        page = await marion.get("/statistiques")

    said = text(page)
    assert "Places remplies 88 %" in said and "Personnes venues 6 sur 7 places prises" in said
    assert "Absences sans excuse 14 %" in said and "Une feuille non remplie ne compte pas." in said
    assert page.text.count('role="img" aria-labelledby=') >= 6 and "<title id=" in page.text


async def test_an_agency_without_any_session_says_so(world: World):
    async with signed_in(world, world.manager) as marion:
        assert "Aucune session n’a commencé" in text(await marion.get("/statistiques"))


async def test_months_that_are_no_period_are_said_at_their_field(world: World):
    async with signed_in(world, world.manager) as marion:
        refused = await marion.get("/statistiques?du=2026-10&au=2026-03")

    assert refused.status_code == 422 and "Choisissez un premier mois" in text(refused)


async def test_an_adviser_has_no_such_page(world: World):
    async with signed_in(world, world.adviser) as nadia:
        assert (await nadia.get("/statistiques")).status_code == 403
        assert "/statistiques" not in (await nadia.get("/suivi")).text


async def test_a_file_has_every_table_and_no_small_count(world: World):
    await six_came(world, Mark.ABSENT)

    async with signed_in(world, world.manager, LATER) as marion:
        answer = await marion.get("/statistiques/chiffres.csv")
        book = await marion.get("/statistiques/chiffres.xlsx")

    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")), delimiter=";"))
    told = {(row[0], row[1], row[2]): row[3] for row in rows}
    assert told["Chiffres principaux", "Places offertes", "Période"] == "8"
    assert told["Places perdues", "Jamais venues, sans excuse", "Places"] == "n.c."
    assert len([name for name in ZipFile(io.BytesIO(book.content)).namelist() if "/sheet" in name]) >= 10


async def test_the_committee_has_one_page(world: World):
    await six_came(world)

    async with signed_in(world, world.manager, LATER) as marion:
        paper = await marion.get("/statistiques/rapport.pdf?periode=annee")

    (told,) = pages(paper.content)
    assert "Personnes venues" in told and "75" in told


async def test_a_program_reads_the_same_without_small_counts(world: World):
    await six_came(world, Mark.ABSENT)

    async with running(world, LATER) as programs:
        manager = await programs.of(world.manager)
        told = (await manager("GET", "/statistics?from=2026-10-01&until=2026-10-31")).json()
        auditor = await programs.of(await world.staff(Role.AUDITOR, world.agency, "Alix"))
        assert (await auditor("GET", "/statistics")).status_code == 200

    assert (told["first_on"], told["last_on"]) == ("2026-10-01", "2026-10-31")
    assert told["total"]["counts"]["seats"] == 8 and told["total"]["counts"]["absent"] is None
    assert told["total"]["fill"] == 7 / 8 and told["steps"]["seated"] == 7

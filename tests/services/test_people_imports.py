"""People of a list: written once, asked about where they look known, and never told of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from booking.domain.errors import ImportUnderWay, NotAllowed, NotFound
from booking.domain.imports import LEASE, ImportState, RowOutcome
from booking.domain.staff import Role
from booking.services import bringing_in, importing, job_seekers, row_files, set_aside
from booking.services.doctor import examine
from booking.services.people_imports import PeopleImport
from booking.services.set_aside import Answer
from booking.storage import erasing, tables
from booking.storage import job_seekers as stored
from tests.given import NOW, SITE, World
from tests.given_lists import a_list, brought_in, how_many, sent

SQLITE = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
TWO = a_list("P1;Lefèvre;Amélie;06 12 34 56 78;1971", "P2;Nguyễn".replace("ễ", "e") + ";Van;;")


async def found(world: World, said: str):
    return await job_seekers.search(world.db, said, by=world.adviser)


async def test_people_of_a_list_are_found_like_all_others_and_hear_nothing(world: World):
    done = await brought_in(world, TWO)

    assert (done.state, done.count(RowOutcome.NEW), done.rows_done) == (ImportState.DONE, 2, 2)
    (amelie,) = await found(world, "amelie lefevre")
    assert (amelie.identifier, amelie.phone, amelie.birth_year) == ("P1", "+33612345678", 1971)
    assert await how_many(world.db, tables.messages) == 0
    assert await examine(world.db, now=NOW) == []


async def test_twice_is_as_good_as_once(world: World):
    paper = a_list("Lefèvre;Amélie;0612345678", "Diallo;Binta;0612345679", head="Nom;Prénom;Téléphone")
    await brought_in(world, TWO)
    await brought_in(world, paper)

    again = [await brought_in(world, TWO), await brought_in(world, paper)]

    assert [one.counts for one in again] == [{"unchanged": 2}, {"unchanged": 2}]
    assert await how_many(world.db, tables.job_seekers) == 3


async def test_trying_a_list_writes_nobody(world: World):
    tried = await brought_in(world, TWO, is_dry_run=True)

    assert (tried.state, tried.counts) == (ImportState.CHECKED, {"new": 2})
    assert await how_many(world.db, tables.job_seekers) == 0


async def test_a_list_fills_in_what_an_entry_does_not_say(world: World):
    person = await world.job_seeker("Lefèvre", first_name="Amélie", identifier="P1")

    done = await brought_in(world, TWO)

    after = await job_seekers.show(world.db, person.id, by=world.adviser)
    assert done.counts == {"changed": 1, "new": 1}
    assert (after.phone, after.version) == ("+33612345678", person.version + 1)


async def test_what_was_written_or_erased_since_the_list_was_looked_at_stays_so(world: World):
    amelie = await world.job_seeker("Lefèvre", first_name="Amélie", identifier="P1")
    van = await world.job_seeker("Nguyen", first_name="Van", identifier="P2")
    content = a_list("P1;Lefèvre;Amélie;06 12 34 56 78;1971", "P2;Nguyen;Van;;1980")
    order = replace(await sent(world, content), is_dry_run=False)
    bringing = PeopleImport(order, world.manager, NOW)
    (step,) = await bringing.begin(world.db, row_files.read(content).rows)
    judged = await bringing.judge(step)
    async with world.db.transaction() as tx:
        await stored.change(tx, replace(amelie, phone="+33699999999", version=amelie.version + 1))
        await erasing.erase(tx, [van.id], van, [], NOW)

    async with world.db.transaction() as tx:
        await bringing.write(tx, judged)

    after = await job_seekers.show(world.db, amelie.id, by=world.adviser)
    assert (after.phone, after.birth_year, after.version) == ("+33699999999", 1971, amelie.version + 2)
    assert await found(world, "nguyen") == []


async def test_who_looks_known_is_asked_about_and_never_merged(world: World):
    known = await world.job_seeker("Lefèvre", first_name="Amélie", identifier="X9")
    other = await world.job_seeker("Benali", first_name="Samir", identifier="P7", phone="0612345670")

    done = await brought_in(world, a_list("P1;Lefevre;Amelie;;", "P7;Benali;Samir;0699999999;"))

    looked = await bringing_in.look(world.db, done.id, by=world.manager, now=NOW)
    assert done.counts == {"set_aside": 2}
    assert [[one.id for one in asked.candidates] for asked in looked.aside] == [[known.id], [other.id]]
    assert [asked.row.remarks[0].code for asked in looked.aside] == ["alike-name", "differs"]
    assert await how_many(world.db, tables.job_seekers) == 2


@pytest.mark.parametrize(
    ("what", "people", "phone"),
    [(Answer.SAME, 1, "+33699999999"), (Answer.OTHER, 2, "+33612345670"), (Answer.LEAVE, 1, "+33612345670")],
)
async def test_an_answer_settles_a_row_once(world: World, what: Answer, people: int, phone: str):
    known = await world.job_seeker("Benali", first_name="Samir", phone="0612345670")
    done = await brought_in(world, a_list("Benali;Samir;0699999999", head="Nom;Prénom;Téléphone"))
    told = {"job_seeker_id": known.id, "by": world.adviser, "now": NOW}

    await set_aside.answer(world.db, done.id, 2, what, **told)

    assert await how_many(world.db, tables.job_seekers) == people
    assert (await job_seekers.show(world.db, known.id, by=world.adviser)).phone == phone
    with pytest.raises(NotFound):
        await set_aside.answer(world.db, done.id, 2, what, **told)


@SQLITE
async def test_what_is_wrong_is_told_by_row_and_column_and_the_good_rows_stay(world: World):
    done = await brought_in(world, a_list("P1;Lefèvre;;0612;1871", "P2;Diallo;Binta;;", "P2;Diallo;Awa;;"))

    looked = await bringing_in.look(world.db, done.id, by=world.manager, now=NOW)
    said = {(row.line, one.column, one.code) for row in looked.refused for one in row.remarks}
    assert done.counts == {"refused": 2, "new": 1}
    assert said >= {
        (2, "Prénom", "required"),
        (2, "Téléphone", "no-such-phone"),
        (2, "Année de naissance", "no-such-year"),
    }
    assert (4, "Identifiant", "same-identifier") in said


@SQLITE
async def test_a_long_list_goes_on_where_a_killed_worker_left_it(world: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(bringing_in, "SHORT", 0)
    monkeypatch.setattr("booking.services.people_imports.BATCH", 1)
    order = await sent(world, TWO)
    told = {"is_dry_run": False, "site": SITE, "by": world.manager, "now": NOW}
    await bringing_in.begin(world.db, order.id, None, **told)
    going = iter([False, False, True, True])

    await importing.bring_in_due(world.db, NOW, site=SITE, is_over=lambda: next(going))
    left = await bringing_in.show(world.db, order.id, by=world.manager, now=NOW)
    await importing.bring_in_due(world.db, NOW + LEASE + timedelta(minutes=1), site=SITE)
    done = await bringing_in.show(world.db, order.id, by=world.manager, now=NOW)

    assert (left.state, left.rows_done) == (ImportState.WAITING, 1)
    assert (done.state, done.counts, done.rows_done) == (ImportState.DONE, {"new": 2}, 2)


async def test_who_stops_a_list_keeps_what_is_written_and_may_go_on(world: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("booking.services.people_imports.BATCH", 1)
    monkeypatch.setattr(bringing_in, "SHORT", 0)
    order = await sent(world, TWO)
    told = {"is_dry_run": False, "site": SITE, "by": world.manager, "now": NOW}
    await bringing_in.begin(world.db, order.id, None, **told)
    judge = importing.PeopleImport.judge

    async def stopped_at_the_second(self, step):
        if step[0].line == 3:
            await bringing_in.stop(world.db, order.id, by=world.manager, now=NOW)
        return await judge(self, step)

    with monkeypatch.context() as patch:
        patch.setattr(importing.PeopleImport, "judge", stopped_at_the_second)
        await importing.bring_in_due(world.db, NOW, site=SITE)

    stopped = await bringing_in.show(world.db, order.id, by=world.manager, now=NOW)
    assert (stopped.state, stopped.counts) == (ImportState.STOPPED, {"new": 1})
    assert await how_many(world.db, tables.job_seekers) == 1
    await bringing_in.begin(world.db, order.id, None, **told)
    await importing.bring_in_due(world.db, NOW, site=SITE)
    assert await how_many(world.db, tables.job_seekers) == 2


@SQLITE
async def test_a_list_is_forgotten_when_it_is_written_and_its_rows_after_a_week(world: World):
    done = await brought_in(world, a_list("P1;Lefèvre;;;"))

    with pytest.raises(ImportUnderWay):
        await bringing_in.begin(world.db, done.id, None, is_dry_run=False, site=SITE, by=world.manager, now=NOW)
    assert await importing.forget_expired(world.db, NOW + timedelta(days=6)) == 0
    assert await importing.forget_expired(world.db, NOW + timedelta(days=7)) == 1
    assert await how_many(world.db, tables.import_rows) == 0


@SQLITE
async def test_lists_of_another_agency_are_not_found_and_assistants_bring_nobody_in(world: World):
    done = await brought_in(world, TWO)
    lyon = await world.another_agency()
    away = await world.staff(Role.MANAGER, lyon, "Lucie")
    zoe = await world.staff(Role.ASSISTANT, world.agency, "Zoé")

    with pytest.raises(NotFound):
        await bringing_in.show(world.db, done.id, by=away, now=NOW)
    with pytest.raises(NotAllowed):
        await bringing_in.show(world.db, done.id, by=zoe, now=NOW)
    assert await bringing_in.own(world.db, by=away, now=NOW) == []

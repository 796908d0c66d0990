"""The pages of a session's life: one meeting changed, cancelled, merged, its seats, and what awaits a decision."""

from dataclasses import replace

from booking.domain.sessions import SessionState
from booking.domain.staff import Role
from booking.services import contingents, scheduling
from tests.given import NOW, SITE, World, in_days, meeting
from tests.web.given import text


async def stored(world: World, session):
    async with world.db.reading() as tx:
        return await scheduling.sessions.load(tx, session.id)


class TestCancelling:
    async def test_everybody_is_moved_to_the_chosen_session(self, world: World, browsers):
        off, target = await world.session(), await world.session(meeting(in_days(15)))
        await world.booked(off)
        browser = await browsers.of(world.manager)

        asked = await browser.get(f"/sessions/{off.id}/annuler")
        done = await browser.post(
            f"/sessions/{off.id}/annuler", {"because": "Panne", "then": "move", "into": str(target.id)}
        )

        assert "mardi 3 novembre, 9 h" in text(asked)
        assert "Annulée : Panne" in text(await browser.after(done))
        assert await world.count(target) == (1, 0)

    async def test_moving_needs_a_session_to_move_to(self, world: World, browsers):
        off, _ = await world.session(), await world.session(meeting(in_days(15)))
        await world.booked(off)
        browser = await browsers.of(world.manager)

        answer = await browser.post(f"/sessions/{off.id}/annuler", {"because": "Panne", "then": "move", "into": ""})

        assert answer.status_code == 422 and "Ce champ est obligatoire" in text(answer)
        assert (await stored(world, off)).state is SessionState.OPEN

    async def test_who_lost_a_place_is_to_be_called_back(self, world: World, browsers):
        off = await world.session()
        booking = await world.booked(off, await world.job_seeker("Diallo", phone="0612345678"))
        manager = await browsers.of(world.manager)
        await manager.post(f"/sessions/{off.id}/annuler", {"because": "Panne", "then": "tell"})
        browser = await browsers.of(world.adviser)

        home, listed = await browser.get("/"), await browser.get("/a-rappeler")
        after = await browser.after(await browser.post(f"/a-rappeler/{booking.id}"))

        assert "1 personne à rappeler" in text(home)
        assert "DIALLO Aïssatou 06 12 34 56 78" in text(listed) and "Panne" in text(listed)
        assert "Personne n’est à rappeler" in text(after)


class TestMerging:
    async def test_two_sessions_become_one(self, world: World, browsers):
        small, other = await world.session(), await world.session(meeting(in_days(15)))
        await world.booked(small)
        browser = await browsers.of(world.manager)

        said = {"into": str(other.id), "because": "Deux groupes sont réunis."}
        page = await browser.after(await browser.post(f"/sessions/{small.id}/fusionner", said))

        assert "Les deux sessions sont réunies ici" in text(page)
        assert (await world.count(small), await world.count(other)) == ((0, 0), (1, 0))

    async def test_nothing_is_done_by_halves(self, world: World, browsers):
        small, other = await world.session(), await world.session(meeting(in_days(15)), capacity=1)
        await world.booked(small)
        await world.booked(small)
        browser = await browsers.of(world.manager)

        answer = await browser.post(f"/sessions/{small.id}/fusionner", {"into": str(other.id), "because": "x"})
        without = await browser.post(f"/sessions/{small.id}/fusionner", {"because": "x"})

        assert (answer.status_code, without.status_code) == (409, 422)
        assert "Cette session est complète" in text(answer)

    async def test_without_another_session_one_may_only_cancel(self, world: World, browsers):
        alone = await world.session()
        browser = await browsers.of(world.manager)

        assert "Aucune autre session" in text(await browser.get(f"/sessions/{alone.id}/fusionner"))

    async def test_what_is_cancelled_offers_neither_seats_nor_an_empty_sheet(self, world: World, browsers):
        off = await world.session()
        await scheduling.cancel(world.db, off.id, because="Panne", by=world.manager, site=SITE, now=NOW)
        browser = await browsers.of(world.manager)

        pages = [await browser.get(f"/sessions/{off.id}"), await browser.get(f"/presence/{off.meetings[0].id}")]

        assert all("Cette session est annulée." in text(page) for page in pages)
        assert "places libres sur" not in text(pages[0])
        assert "Feuille d’émargement vierge" not in text(pages[1])


class TestOneMeeting:
    def form(self, session, n: int = 1, **said: str) -> dict[str, str]:
        m = session.meetings[n - 1]
        usual = {"date": "2026-11-03", "start": "10:00", "end": "12:00", "capacity": "8"}
        leader = {"facilitator": str(m.facilitator_id or ""), "room": str(m.room_id or "")}
        return usual | leader | {"version": str(session.version), "which": "only"} | said

    async def test_its_form_shows_it_as_it_is(self, world: World, browsers):
        session = await world.session()
        browser = await browsers.of(world.manager)

        shown = await browser.get(f"/sessions/{session.id}")
        page = await browser.get(f"/sessions/{session.id}/seances/{session.meetings[0].id}")

        assert f"/seances/{session.meetings[0].id}" in shown.text
        assert 'value="2026-11-02"' in page.text and 'value="09:00"' in page.text

    async def test_it_moves_alone_or_with_those_that_follow(self, world: World, browsers):
        for which, last in (("only", in_days(21)), ("following", in_days(22, 1))):
            session = await world.session(meeting(in_days(14)), meeting(in_days(21)))
            browser = await browsers.of(world.manager)
            path = f"/sessions/{session.id}/seances/{session.meetings[0].id}"

            await browser.after(await browser.post(path, self.form(session, which=which)))

            after = await stored(world, session)
            assert [m.starts_at for m in after.meetings] == [in_days(15, 1), last]

    async def test_too_few_seats_are_refused_with_what_one_can_do(self, world: World, browsers):
        session = await world.session()
        for _ in range(3):
            await world.booked(session)
        browser = await browsers.of(world.manager)

        path = f"/sessions/{session.id}/seances/{session.meetings[0].id}"
        answer = await browser.post(path, self.form(session, capacity="2"))

        assert answer.status_code == 409
        assert "garder au moins 3 places" in text(answer) and "autoriser des places en plus" in text(answer)
        assert "déplacer des personnes" in text(answer)

    async def test_what_is_wrong_stands_beside_its_field(self, world: World, browsers):
        session = await world.session()
        browser = await browsers.of(world.manager)
        path = f"/sessions/{session.id}/seances/{session.meetings[0].id}"

        for said, words in (
            ({"end": "09:00"}, "La fin doit venir après le début"),
            ({"date": "2026-02-30"}, "Écrivez une date"),
            ({"date": "2026-10-01"}, "Cette date est passée"),
            ({"capacity": ""}, "Ce champ est obligatoire"),
            ({"date": "2027-03-28", "start": "02:30", "end": "04:00"}, "Cette heure n’existe pas"),
        ):
            answer = await browser.post(path, self.form(session, **said))
            assert answer.status_code == 422 and words in text(answer)

    async def test_a_holiday_asks_for_a_reason(self, world: World, browsers):
        session = await world.session()
        browser = await browsers.of(world.manager)
        path = f"/sessions/{session.id}/seances/{session.meetings[0].id}"

        asked = await browser.post(path, self.form(session, date="2026-11-11"))
        said = self.form(session, date="2026-11-11", overridden_because="Agence ouverte")
        done = await browser.post(path, said)

        assert "Pourquoi la session a lieu quand même" in text(asked)
        assert done.status_code == 303 and (await stored(world, session)).overridden_because == "Agence ouverte"

    async def test_an_older_version_is_refused(self, world: World, browsers):
        session = await world.session()
        browser = await browsers.of(world.manager)
        path = f"/sessions/{session.id}/seances/{session.meetings[0].id}"

        assert (await browser.post(path, self.form(session, version="0"))).status_code == 412


class TestSeats:
    async def test_an_extra_seat_names_who_gave_it_and_why(self, world: World, browsers):
        session = await world.session(capacity=2)
        browser = await browsers.of(world.manager)

        done = await browser.post(f"/sessions/{session.id}/places/supplement", {"extra": "1", "because": "Une chaise"})
        page, shown = await browser.after(done), await browser.get(f"/sessions/{session.id}")

        assert "1 autorisées par Marion : Une chaise" in text(page)
        assert "Dont 1 en plus, par Marion : Une chaise" in text(shown)

    async def test_seats_are_kept_for_an_agency_and_everybody_sees_it(self, world: World, browsers):
        session, lyon = await world.session(), await world.another_agency("Lyon Gerland")
        manager, adviser = await browsers.of(world.manager), await browsers.of(world.adviser)

        said = {"agency": str(lyon.id), "places": "3", "until_at": "2026-10-30", "until_hour": "18:00"}
        page = await manager.after(await manager.post(f"/sessions/{session.id}/places/contingents", said))
        shown = text(await adviser.get(f"/sessions/{session.id}"))
        freed = await manager.post(f"/sessions/{session.id}/places/contingents/{lyon.id}/liberer")

        assert "Les places sont gardées pour cette agence" in text(page)
        assert "3 places gardées pour Lyon Gerland jusqu’au vendredi 30 octobre, 18 h" in shown and "5 places" in shown
        assert "de nouveau pour tout le monde" in text(await manager.after(freed))

    async def test_what_cannot_be_kept_is_said_beside_its_field(self, world: World, browsers):
        session, lyon = await world.session(capacity=2), await world.another_agency("Lyon Gerland")
        browser = await browsers.of(world.manager)
        usual = {"agency": str(lyon.id), "places": "1", "until_at": "2026-10-30", "until_hour": "18:00"}

        for said, words in (
            ({"places": "3"}, "Il n’y a pas assez de places libres"),
            ({"until_at": "2026-11-30"}, "avant le début de la session"),
            ({"agency": ""}, "Ce champ est obligatoire"),
        ):
            answer = await browser.post(f"/sessions/{session.id}/places/contingents", usual | said)
            assert answer.status_code == 422 and words in text(answer)

    async def test_a_seat_kept_for_ones_agency_is_found_and_booked(self, world: World, browsers):
        session, lyon = await world.session(capacity=1), await world.another_agency("Lyon Gerland")
        adviser = await world.staff(Role.ADVISER, lyon, "Lina")
        known = {"places": 1, "until_at": in_days(7), "by": world.manager, "now": NOW}
        await contingents.keep(world.db, session.id, lyon.id, **known)

        theirs = text(await (await browsers.of(adviser)).get("/placer?agence=toutes"))
        ours = text(await (await browsers.of(world.adviser)).get("/placer"))

        assert "1 place gardée pour Lyon Gerland" in theirs
        assert "1 place gardée" not in ours

    async def test_others_see_why_a_seat_is_not_theirs(self, world: World, browsers):
        session, lyon = await world.session(capacity=2), await world.another_agency("Lyon Gerland")
        known = {"places": 1, "until_at": in_days(7), "by": world.manager, "now": NOW}
        await contingents.keep(world.db, session.id, lyon.id, **known)
        browser = await browsers.of(world.adviser)

        said = text(await browser.get("/placer"))

        assert "1 place libre" in said and "1 place gardée pour Lyon Gerland jusqu’au lundi 26 octobre, 9 h" in said


class TestDeciding:
    async def test_sessions_with_too_few_people_await_a_decision(self, world: World, browsers):
        await scheduling.change_workshop(
            world.db, replace(world.workshop, minimum=4), by=world.manager, site=SITE, now=NOW
        )
        soon = await world.session(meeting(in_days(2)))
        await world.booked(soon)
        browser = await browsers.of(world.manager)

        home, listed = await browser.get("/"), await browser.get("/a-decider")
        after = await browser.after(await browser.post(f"/a-decider/{soon.id}/maintenir"))

        assert "1 session a trop peu de monde" in text(home)
        assert "1 inscrit, il en faut au moins 4." in text(listed)
        assert f"/sessions/{soon.id}/fusionner" in listed.text and f"/sessions/{soon.id}/annuler" in listed.text
        assert "Rien à décider" in text(after)
        assert "Maintenue malgré le petit nombre" in text(await browser.get(f"/sessions/{soon.id}"))


async def test_these_pages_are_for_who_plans(world: World, browsers):
    session = await world.session()
    browser = await browsers.of(world.adviser)

    for path in ("fusionner", "annuler", "places", f"seances/{session.meetings[0].id}"):
        assert (await browser.get(f"/sessions/{session.id}/{path}")).status_code == 403
    assert (await browser.get("/a-decider")).status_code == 403
    facilitator = await browsers.of(world.facilitator)
    assert (await facilitator.get("/a-rappeler")).status_code == 403

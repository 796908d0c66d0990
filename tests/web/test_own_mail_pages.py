"""One's own page about mails, and what a manager sees of those that failed."""

from booking.delivery.deliveries import Deliveries
from booking.delivery.letters import PermanentFailure
from booking.domain.messages import MessageState
from booking.domain.staff_messages import StaffMessageKind, to_staff
from booking.services.mailing_staff import send_due
from booking.storage import staff_messages
from tests.given import DAY, HOUR, NOW, SITE, World, in_days, meeting
from tests.outside import Provider
from tests.web.given import Browsers, text

PAGE = "/mes-courriels"
MAIL = "karim@example.org"


async def test_a_facilitator_chooses_his_roster_and_reads_it_beforehand(world: World, browsers: Browsers) -> None:
    session = await world.session(meeting(in_days(1), facilitator_id=world.facilitator.id))
    await world.booked(session, await world.job_seeker("Belkacem"))
    karim = await browsers.of(world.facilitator)

    before = text(await karim.get(PAGE))
    saved = text(await karim.after(await karim.post(PAGE, {"email": MAIL})))

    assert "Qui vient demain" in before and "Aïssatou" in before and "Belkacem" not in before.title()
    assert "La semaine en chiffres" not in before
    assert "C’est enregistré" in saved and "checked" not in (await karim.get(PAGE)).text
    async with world.db.reading() as tx:
        kept = (await staff_messages.recipients(tx, [world.facilitator.id]))[world.facilitator.id]
    assert (kept.email, kept.unwanted) == (MAIL, {"roster"})


async def test_a_manager_has_the_week_the_decisions_and_the_calls(world: World, browsers: Browsers) -> None:
    await world.session(meeting(in_days(2)))
    marion = await browsers.of(world.manager)

    page = text(await marion.get(PAGE))

    assert "La semaine en chiffres" in page and "0 sur 8" in page
    assert "1 décision à prendre" in page and "Personne n’est à appeler" in page


async def test_an_address_that_cannot_be_one_stays_beside_what_is_wrong(world: World, browsers: Browsers) -> None:
    karim = await browsers.of(world.facilitator)

    wrong = await karim.post(PAGE, {"email": "karim@", "roster": "1"})

    assert wrong.status_code == 422 and 'value="karim@"' in wrong.text and "checked" in wrong.text


class TestFailed:
    async def failed(self, world: World) -> staff_messages.StaffMessage:
        """A roster for Karim whose address was refused."""
        about = in_days(1).date()
        whom = (StaffMessageKind.ROSTER, world.agency.id, world.facilitator.id, about)
        message = to_staff(*whom, NOW, NOW + 10 * DAY, NOW)
        async with world.db.transaction() as tx:
            await staff_messages.plan(tx, [message])
        await world.booked(await world.session(meeting(in_days(1), facilitator_id=world.facilitator.id)))
        return message

    async def test_a_manager_sees_it_and_has_it_tried_again(self, world: World, browsers: Browsers) -> None:
        karim, marion = await browsers.of(world.facilitator), await browsers.of(world.manager)
        await karim.post(PAGE, {"email": MAIL, "roster": "1"})
        message = await self.failed(world)
        refusing = Deliveries(Provider(failures=[PermanentFailure("no such address")]))
        await send_due(world.db, refusing, NOW + HOUR, site=SITE)

        page = text(await marion.get("/messages"))
        done = text(await marion.after(await marion.post(f"/messages/equipes/{message.id}/renvoyer", {})))

        assert "E-mails aux équipes" in page and "l’adresse est refusée" in page
        assert "Cet e-mail part dans un instant" in done and "E-mails aux équipes" not in done
        async with world.db.transaction() as tx:
            kept = await staff_messages.load(tx, message.id)
        assert kept is not None and kept.state is MessageState.PLANNED

    async def test_who_does_not_plan_neither_sees_nor_sends_it(self, world: World, browsers: Browsers) -> None:
        message = await self.failed(world)
        nadia = await browsers.of(world.adviser)

        refused = await nadia.post(f"/messages/equipes/{message.id}/renvoyer", {})

        assert refused.status_code == 403
        assert "E-mails aux équipes" not in text(await nadia.get("/messages"))

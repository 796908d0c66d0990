"""The main job from end to end, as people do it: planned, published, booked, reminded, cancelled, called out."""

import re
from datetime import timedelta

from booking.delivery.opening import open_deliveries
from booking.services import doctor, sending
from booking.storage.opening import open_database
from tests.delivery.servers import Inbox, smtp_server
from tests.given import NOW, SITE, World, in_days
from tests.web.given import Browsers, browsing, text

DAY_OF_MEETING = in_days(14)
FEED = "/ical/agences/grenoble-bastille/ateliers.ics"


async def test_the_main_job_from_a_plan_to_the_roll(world: World, url: str) -> None:
    async with browsing(world) as browsers:
        session_id = await planned_by_the_manager(browsers, world)
        await shown_to_subscribers(browsers)
        seated, waiting = await booked_by_the_adviser(browsers, world, session_id)
        await cancelled_so_that_the_next_one_gets_the_seat(browsers, world, seated, waiting)
    # A product that stops lets go of its database; the fortnight after has its own.
    world.db = open_database(url)
    await reminded_by_mail(world)
    assert await doctor.examine(world.db, now=DAY_OF_MEETING) == []
    async with browsing(world, DAY_OF_MEETING + timedelta(hours=1)) as browsers:
        await roll_called_by_the_facilitator(browsers, world)


async def planned_by_the_manager(browsers: Browsers, world: World) -> str:
    """A session of one seat, published from the form of the manager."""
    marion = await browsers.of(world.manager)
    typed = {
        "workshop": str(world.workshop.id),
        "agency": str(world.agency.id),
        "capacity": "1",
        "date.1": DAY_OF_MEETING.date().isoformat(),
        "start.1": "09:30",
        "end.1": "11:30",
        "room.1": str(world.room.id),
        "facilitator.1": str(world.facilitator.id),
        "action": "publish",
    }
    sent = await marion.post("/sessions", typed)
    assert "La session est publiée" in text(await marion.after(sent))
    return sent.headers["location"].split("/")[2].split("?")[0]


async def shown_to_subscribers(browsers: Browsers) -> None:
    """Anybody subscribes; whoever has the calendar already is told so."""
    stranger = browsers.stranger()
    calendar = await stranger.get(FEED)
    again = await stranger.get(FEED, headers={"if-none-match": calendar.headers["etag"]})
    assert "SUMMARY:Premiers pas avec l’ordinateur" in calendar.text
    assert again.status_code == 304


async def booked_by_the_adviser(browsers: Browsers, world: World, session_id: str) -> tuple[str, str]:
    """Two people want the only seat: one gets it, one waits."""
    nadia = await browsers.of(world.adviser)
    first = await world.job_seeker("Diallo", email="diallo@demo.example")
    second = await world.job_seeker("Pełka", email="pelka@demo.example")
    both = {"session": session_id, "complet": "1"}
    placed = await nadia.after(await nadia.post("/placer/inscrire", both | {"person": str(first.id), "once": "a"}))
    refused = await nadia.post("/placer/inscrire", both | {"person": str(second.id), "once": "b"})
    waits = await nadia.after(await nadia.post("/placer/attente", both | {"person": str(second.id), "once": "c"}))
    assert "1 sur 1" in text(placed)
    assert refused.status_code == 409
    assert "attente" in text(waits)
    return str(first.id), str(second.id)


async def cancelled_so_that_the_next_one_gets_the_seat(
    browsers: Browsers, world: World, seated: str, waiting: str
) -> None:
    """The first cannot come; the second has the seat at once."""
    nadia = await browsers.of(world.adviser)
    booking = (
        (await nadia.get(f"/personnes/{seated}")).text.split('href="/inscriptions/')[1].split('"')[0].split("/")[0]
    )
    await nadia.post(f"/inscriptions/{booking}/annuler", {"party": "person", "because": ""})
    assert "À venir" in text(await nadia.get(f"/personnes/{waiting}"))


async def reminded_by_mail(world: World) -> None:
    """Every mail that was due by the eve of the meeting left, and none is left over."""
    inbox = Inbox()
    with smtp_server(inbox) as address:
        deliveries = open_deliveries(f"smtp://{address}", "Ateliers <ateliers@demo.example>")
        for now in (NOW, in_days(7), in_days(13)):
            while await sending.send_due(world.db, deliveries, now + timedelta(hours=2), site=SITE):
                """Until nothing more is due at that time."""
        await deliveries.close()
    # The first was not yet told of a seat when it was given up, so there was nothing to take back.
    assert {mail["to"] for mail in inbox.mails} == {"pelka@demo.example"}
    assert len(inbox.mails) == 3


async def roll_called_by_the_facilitator(browsers: Browsers, world: World) -> None:
    """Karim finds the meeting of the day, and marks who came."""
    karim = await browsers.of(world.facilitator)
    day = await karim.get("/presence")
    (meeting,) = set(re.findall(r'href="/presence/([0-9a-f-]{36})"', day.text))
    roll = await karim.get(f"/presence/{meeting}")
    assert "PEŁKA" in text(roll) and "DIALLO" not in text(roll)
    await karim.post(f"/presence/{meeting}", {"action": "others"})
    assert "0" in text(await karim.get(f"/presence/{meeting}"))

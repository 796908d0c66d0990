"""Calendar entries of job seekers who are told by mail, as they arrive at a real SMTP server."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import icalendar
import pytest

from booking.delivery.deliveries import Deliveries
from booking.delivery.email import Email, server
from booking.domain.bookings import Booking, Party
from booking.domain.codes import spaced
from booking.domain.messages import MessageKind, MessageState
from booking.services import bookings, job_seekers, scheduling
from booking.services.sending import send_due
from booking.storage import outbox
from booking.storage import sessions as stored
from tests.delivery.invitations import brings_an_entry, content_of, event_of
from tests.delivery.servers import Inbox, smtp_server
from tests.given import HOUR, NOW, SITE, World, in_days, meeting

MAIL = "awa@example.org"
SENDER = "Ateliers <rappels@ateliers.example>"


@dataclass
class Post:
    """A mail server, and what has arrived there."""

    world: World
    inbox: Inbox
    deliveries: Deliveries

    async def leave(self, now: datetime = NOW) -> list[EmailMessage]:
        """Send all that is due; what has arrived by it."""
        before = len(self.inbox.mails)
        while await send_due(self.world.db, self.deliveries, now, site=SITE):
            # What follows a mail is due when that has left.
            now += timedelta(seconds=30)
        return self.inbox.mails[before:]


@pytest.fixture
async def post(world: World) -> AsyncIterator[Post]:
    inbox = Inbox()
    with smtp_server(inbox) as address:
        deliveries = Deliveries(Email(server(f"smtp://{address}"), SENDER))
        yield Post(world, inbox, deliveries)
        await deliveries.close()


async def awa(world: World, session, **said: object) -> Booking:
    return await world.booked(session, await world.job_seeker("Diallo", **({"email": MAIL} | said)))


async def a_cycle(world: World, meetings: int = 3):
    return await world.session(*(meeting(in_days(7 + n), room_id=world.room.id) for n in range(meetings)))


async def move(world: World, session, *plans, now=NOW, **known: object):
    """The session with other meetings; those that stay keep their identity and their leader."""
    return await scheduling.change(
        world.db,
        session.id,
        capacity=session.capacity,
        meetings=plans,
        version=None,
        by=world.manager,
        site=SITE,
        now=now,
        **known,
    )


def as_planned(one, **known: object):
    said = {"id": one.id, "facilitator_id": one.facilitator_id, "room_id": one.room_id}
    return meeting(known.pop("starts_at", one.starts_at), **(said | known))


def facts(mail: EmailMessage) -> tuple:
    event = event_of(mail)
    return str(event["STATUS"]), int(event["SEQUENCE"]), event.start.astimezone(UTC)


def subject(mail: EmailMessage) -> str:
    return str(mail["Subject"]).partition("\u00a0:")[0].partition(" :")[0]


async def test_the_confirmation_brings_the_seat_to_the_calendar(world, post):
    session = await world.session(meeting(in_days(14), room_id=world.room.id))
    booking = await awa(world, session)

    (mail,) = await post.leave()

    event = event_of(mail)
    (held,) = session.meetings
    assert (event.start.astimezone(UTC), event.end.astimezone(UTC)) == (held.starts_at, held.ends_at)
    assert str(event.start.tzinfo) == "Europe/Paris"
    assert event["UID"] == f"{booking.id}.{held.id}@{SITE.domain}"
    assert event["SUMMARY"] == world.workshop.title
    assert "Vercors" in event["LOCATION"] and world.agency.name in event["LOCATION"]
    assert event["ATTENDEE"] == f"mailto:{mail['To']}" == f"mailto:{MAIL}"
    assert str(icalendar.Calendar.from_ical(content_of(mail))["METHOD"]) == "REQUEST"


async def test_the_entry_says_no_more_than_the_mail(world, post):
    session = await world.session()
    booking = await awa(world, session)

    (mail,) = await post.leave()

    content = content_of(mail).decode().replace("\r\n ", "")
    for secret in ("Aïssatou", "Diallo", booking.code, spaced(booking.code), "/p/", "http"):
        assert secret not in content


async def test_each_further_meeting_of_a_cycle_has_a_mail_of_its_own(world, post):
    session = await a_cycle(world)
    await awa(world, session)

    mails = await post.leave()

    assert [subject(mail) for mail in mails] == ["Votre inscription", "Séance 2/3", "Séance 3/3"]
    assert [facts(mail)[2] for mail in mails] == [one.starts_at for one in session.meetings]
    assert len({event_of(mail)["UID"] for mail in mails}) == 3
    assert {mail["In-Reply-To"] for mail in mails[1:]} == {mails[0]["Message-ID"]}
    assert event_of(mails[1])["SUMMARY"].endswith("séance 2/3")


async def test_who_has_no_mail_gets_no_further_messages(world, post):
    session = await a_cycle(world)
    booking = await world.booked(session, await world.job_seeker(phone="06 39 98 01 01"))

    await post.leave()

    async with world.db.reading() as tx:
        assert MessageKind.INVITATION not in {m.kind for m in await outbox.of_booking(tx, booking.id)}


async def test_a_further_meeting_goes_by_no_other_way_than_mail(world, post):
    booking = await awa(world, await a_cycle(world), phone="06 39 98 01 01")
    await send_due(world.db, post.deliveries, NOW, site=SITE)
    async with world.db.transaction() as tx:
        person = await job_seekers.job_seekers.load(tx, booking.job_seeker_id)
        await job_seekers.job_seekers.change(tx, replace(person, email=None))

    assert not await post.leave(NOW + HOUR)

    async with world.db.reading() as tx:
        states = {m.state for m in await outbox.of_booking(tx, booking.id) if m.kind is MessageKind.INVITATION}
    assert states == {MessageState.SUPPRESSED}


async def test_a_reminder_and_a_place_on_the_waitlist_bring_nothing(world, post):
    session = await world.session(capacity=1)
    await world.booked(session)
    await world.waiting(session, await world.job_seeker(email=MAIL))

    mails = await post.leave()
    await world.session(meeting(in_days(10)))
    booked = await awa(world, await world.session(meeting(in_days(10))), email="b@example.org")
    await post.leave()
    mails += await post.leave(in_days(9))

    assert booked and [subject(mail) for mail in mails][-1].startswith("Rappel")
    assert not any(map(brings_an_entry, mails))


async def test_a_move_is_told_with_a_higher_sequence_and_only_where_something_changed(world, post):
    session = await a_cycle(world)
    await awa(world, session)
    first = await post.leave()
    one, two, three = session.meetings

    await move(world, session, as_planned(one), as_planned(two, starts_at=two.starts_at + HOUR), as_planned(three))
    (mail,) = await post.leave(NOW + HOUR)

    assert facts(mail) == ("CONFIRMED", facts(first[1])[1] + 1, two.starts_at + HOUR)
    assert event_of(mail)["UID"] == event_of(first[1])["UID"]
    assert event_of(mail)["ORGANIZER"] == event_of(first[1])["ORGANIZER"]
    assert mail["In-Reply-To"] == first[0]["Message-ID"]


async def test_a_meeting_that_is_removed_leaves_the_calendar(world, post):
    session = await a_cycle(world)
    await awa(world, session)
    first = await post.leave()

    await move(world, session, *(as_planned(one) for one in session.meetings[:2]))
    mails = await post.leave(NOW + HOUR)

    gone = [mail for mail in mails if brings_an_entry(mail)]
    assert [facts(mail)[0] for mail in gone] == ["CANCELLED"]
    assert event_of(gone[0])["UID"] == event_of(first[2])["UID"]
    assert b"METHOD:CANCEL" in content_of(gone[0])


@pytest.mark.parametrize("meetings", [1, 3])
async def test_a_cancelled_place_leaves_the_calendar_whole(world, post, meetings):
    booking = await awa(world, await a_cycle(world, meetings))
    first = await post.leave()

    await bookings.cancel(world.db, booking.id, party=Party.ADVISER, by=world.adviser, now=NOW + HOUR)
    mails = await post.leave(NOW + HOUR)

    assert [subject(mail) for mail in mails][1:] == ["À retirer de votre agenda"] * (meetings - 1)
    assert {facts(mail)[0] for mail in mails} == {"CANCELLED"}
    assert {event_of(m)["UID"]: int(event_of(m)["SEQUENCE"]) for m in mails} == {
        event_of(m)["UID"]: int(event_of(m)["SEQUENCE"]) + 1 for m in first
    }


async def test_a_place_taken_up_again_returns_to_the_calendar(world, post):
    booking = await awa(world, await world.session())
    await post.leave()
    await bookings.cancel(world.db, booking.id, party=Party.ADVISER, by=world.adviser, now=NOW)
    await post.leave()

    await bookings.restore(world.db, booking.id, by=world.adviser, now=NOW)
    (mail,) = await post.leave()

    assert facts(mail)[:2] == ("CONFIRMED", 2)


async def test_a_cancelled_session_leaves_every_calendar(world, post):
    session = await world.session()
    await awa(world, session)
    await post.leave()

    await scheduling.cancel(world.db, session.id, because="Panne", by=world.manager, site=SITE, now=NOW + HOUR)
    (mail,) = await post.leave(NOW + HOUR)

    assert facts(mail)[0] == "CANCELLED"


async def test_who_is_moved_gets_a_new_entry_and_loses_the_old_one(world, post):
    old, new = await a_cycle(world, 2), await world.session(meeting(in_days(20)))
    booking = await awa(world, old)
    first = await post.leave()

    await bookings.move(world.db, booking.id, new.id, by=world.adviser, now=NOW + HOUR)
    mails = await post.leave(NOW + HOUR)

    assert [facts(mail)[0] for mail in mails] == ["CONFIRMED", "CANCELLED", "CANCELLED"]
    uids = [event_of(mail)["UID"] for mail in mails]
    assert uids[0] not in {event_of(mail)["UID"] for mail in first}
    assert set(uids[1:]) == {event_of(mail)["UID"] for mail in first}


async def test_a_repeat_is_the_same_to_the_last_byte(world, post):
    await awa(world, await a_cycle(world, 1))
    post.inbox.hang_up_after = 1

    (mail,) = await post.leave()
    (again,) = await post.leave(NOW + HOUR)

    assert mail["Message-ID"] == again["Message-ID"]
    assert mail.as_bytes() == again.as_bytes()


async def test_after_two_quick_changes_the_calendar_hears_the_last_word_only(world, post):
    session = await world.session()
    await awa(world, session)
    await post.leave()
    (one,) = session.meetings

    for hours in (1, 2):
        session = await move(world, session, as_planned(one, starts_at=one.starts_at + hours * HOUR))
    mails = await post.leave(NOW + HOUR)

    assert [facts(mail)[2] for mail in mails] == [one.starts_at + 2 * HOUR]


async def test_a_change_on_the_way_supersedes_the_further_mails(world, post):
    session = await a_cycle(world)
    await awa(world, session)
    await send_due(world.db, post.deliveries, NOW, site=SITE)
    moved = [as_planned(one, starts_at=one.starts_at + HOUR) for one in session.meetings]

    await move(world, session, *moved)
    assert not await post.leave()
    mails = await post.leave(NOW + HOUR)

    assert [facts(mail)[2] for mail in mails] == [plan.starts_at for plan in moved]


async def test_what_is_said_agrees_with_the_rows_of_the_database(world, post):
    session = await a_cycle(world, 6)
    booking = await awa(world, session)

    mails = await post.leave()

    async with world.db.reading() as tx:
        rows = (await stored.load(tx, session.id)).meetings
    assert {(event_of(m)["UID"], facts(m)[2], event_of(m).end.astimezone(UTC)) for m in mails} == {
        (f"{booking.id}.{row.id}@{SITE.domain}", row.starts_at, row.ends_at) for row in rows
    }

"""Who leads or assists finds each meeting in his own calendar: planned with the change, sent once, by a real server."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest

from booking.delivery.deliveries import Deliveries
from booking.delivery.email import Email, server
from booking.delivery.letters import PermanentFailure, TemporaryFailure
from booking.domain.errors import InvalidField
from booking.domain.identifiers import new_id
from booking.domain.invitations import InvitationState
from booking.domain.inviting import PAUSES, Invited
from booking.domain.messages import SETTLING
from booking.domain.staff import Role, Staff
from booking.services import own_invitations, scheduling
from booking.services.inviting_by_mail import LEASE, send_due
from booking.storage import invitations
from booking.storage.database import Database
from tests.delivery.invitations import content_of, event_of
from tests.delivery.servers import Inbox, smtp_server
from tests.given import HOUR, NOW, SITE, World, in_days, meeting
from tests.outside import Provider

SOON = NOW + SETTLING
MAIL = "karim@example.org"


@dataclass
class Post:
    """A mail server, and what has arrived there."""

    db: Database
    inbox: Inbox
    deliveries: Deliveries

    async def leave(self, now: datetime = SOON) -> list[EmailMessage]:
        """Send all that is due; what has arrived by it."""
        before = len(self.inbox.mails)
        while await send_due(self.db, self.deliveries, now, site=SITE):
            pass
        return self.inbox.mails[before:]


@pytest.fixture
async def post(db: Database) -> AsyncIterator[Post]:
    inbox = Inbox()
    with smtp_server(inbox) as address:
        deliveries = Deliveries(Email(server(f"smtp://{address}"), "Ateliers <rappels@ateliers.example>"))
        yield Post(db, inbox, deliveries)
        await deliveries.close()


@pytest.fixture
async def karim(world: World) -> Staff:
    await own_invitations.choose(world.db, MAIL, True, by=world.facilitator, now=NOW)
    return world.facilitator


async def told(world: World, who: Staff) -> list[Invited]:
    async with world.db.reading() as tx:
        return await invitations.ahead_of(tx, who.id, NOW)


async def led(world: World, *days: int, **known: object):
    who = {"facilitator_id": world.facilitator.id, "room_id": world.room.id}
    return await world.session(*(meeting(in_days(day), **(who | known)) for day in days or (14,)))


async def change(world: World, session, *plans, now: datetime = NOW):
    said = {"capacity": session.capacity, "meetings": plans, "version": None}
    return await scheduling.change(world.db, session.id, **said, by=world.manager, site=SITE, now=now)


def as_planned(one, hours: float = 0, **known: object):
    said = {"id": one.id, "facilitator_id": one.facilitator_id, "room_id": one.room_id}
    return meeting(one.starts_at + hours * HOUR, **(said | known))


def facts(mail: EmailMessage) -> tuple:
    event = event_of(mail)
    return str(event["STATUS"]), int(event["SEQUENCE"]), event.start.astimezone(UTC)


async def test_a_published_session_reaches_the_calendar_of_who_leads_it(world, post, karim):
    session = await led(world)

    assert not await post.leave(NOW)
    (mail,) = await post.leave()

    event = event_of(mail)
    assert facts(mail) == ("CONFIRMED", 0, session.starts_at)
    assert event["UID"] == f"{(await told(world, karim))[0].id}@{SITE.domain}"
    assert event["ATTENDEE"] == f"mailto:{MAIL}" == f"mailto:{mail['To']}"
    assert event["SUMMARY"] == world.workshop.title and "Vercors" in event["LOCATION"]
    assert event["DESCRIPTION"] == "Vous animez cette séance."
    assert f"/sessions/{session.id}" in mail.get_body(["plain"]).get_content()


async def test_a_draft_reaches_nobody_and_who_did_not_choose_gets_nothing(world, post, karim):
    await world.draft(meeting(in_days(14), facilitator_id=karim.id))
    await world.session()

    assert not await post.leave()


async def test_each_meeting_has_its_own_entry_and_assistants_get_theirs(world, post, karim):
    lea = await world.staff(Role.ASSISTANT, world.agency, "Léa")
    await own_invitations.choose(world.db, "lea@example.org", True, by=lea, now=NOW)

    await led(world, 14, 15, assistant_ids=(lea.id,))
    mails = await post.leave()

    assert sorted(str(mail["To"]) for mail in mails) == [MAIL, MAIL, "lea@example.org", "lea@example.org"]
    assert len({event_of(mail)["UID"] for mail in mails}) == 4
    assert {str(event_of(m)["DESCRIPTION"]) for m in mails if m["To"] != MAIL} == {"Vous aidez à cette séance."}


async def test_a_move_follows_with_a_higher_sequence_under_the_first_mail(world, post, karim):
    session = await led(world)
    (first,) = await post.leave()

    await change(world, session, as_planned(session.meetings[0], hours=1))
    (mail,) = await post.leave()

    assert facts(mail) == ("CONFIRMED", 1, session.starts_at + HOUR)
    assert event_of(mail)["UID"] == event_of(first)["UID"]
    assert mail["In-Reply-To"] == first["Message-ID"] != mail["Message-ID"]
    assert str(mail["Subject"]).startswith("Changement")


async def test_several_changes_in_a_row_become_one_mail(world, post, karim):
    session = await led(world)
    await post.leave()

    for _ in range(3):
        session = await change(world, session, as_planned(session.meetings[0], hours=1))
    (mail,) = await post.leave()

    assert facts(mail)[2] == in_days(14, 3)


async def test_a_change_of_capacity_wakes_nobody(world, post, karim):
    session = await led(world)
    await post.leave()

    await change(world, replace(session, capacity=9), as_planned(session.meetings[0]))

    assert not await post.leave()


async def test_who_is_replaced_is_called_off_and_who_comes_is_asked(world, post, karim):
    session = await led(world)
    await post.leave()
    zoe = await world.staff(Role.FACILITATOR, world.agency, "Zoé")
    await own_invitations.choose(world.db, "zoe@example.org", True, by=zoe, now=NOW)

    await change(world, session, as_planned(session.meetings[0], facilitator_id=zoe.id))
    mails = {str(mail["To"]): mail for mail in await post.leave()}

    assert facts(mails[MAIL])[:2] == ("CANCELLED", 1)
    assert b"METHOD:CANCEL" in content_of(mails[MAIL])
    assert facts(mails["zoe@example.org"])[:2] == ("CONFIRMED", 0)


async def test_who_is_replaced_and_returns_keeps_his_entry(world, post, karim):
    session = await led(world)
    (first,) = await post.leave()
    zoe = await world.staff(Role.FACILITATOR, world.agency, "Zoé")
    await change(world, session, as_planned(session.meetings[0], facilitator_id=zoe.id))
    await post.leave()

    await change(world, session, as_planned(session.meetings[0], facilitator_id=karim.id))
    (back,) = await post.leave()

    assert facts(back)[:2] == ("CONFIRMED", 2)
    assert event_of(back)["UID"] == event_of(first)["UID"]


async def test_a_meeting_that_is_removed_is_called_off(world, post, karim):
    session = await led(world, 14, 15)
    await post.leave()

    await change(world, session, as_planned(session.meetings[0]))
    (mail,) = await post.leave()

    assert facts(mail) == ("CANCELLED", 1, session.meetings[1].starts_at)


async def test_a_cancelled_session_is_called_off(world, post, karim):
    session = await led(world)
    await post.leave()

    await scheduling.cancel(world.db, session.id, because="Panne", by=world.manager, site=SITE, now=NOW)
    (mail,) = await post.leave()

    assert facts(mail)[:2] == ("CANCELLED", 1)


async def test_what_is_called_off_before_it_was_said_is_never_said(world, post, karim):
    session = await led(world)

    await scheduling.cancel(world.db, session.id, because="Panne", by=world.manager, site=SITE, now=NOW)

    assert not await post.leave()
    assert not await told(world, karim)


async def test_who_chooses_it_later_gets_what_is_to_come(world, post):
    session = await led(world)
    assert not await post.leave()

    await own_invitations.choose(world.db, MAIL, True, by=world.facilitator, now=NOW)
    (mail,) = await post.leave()

    assert facts(mail) == ("CONFIRMED", 0, session.starts_at)


async def test_who_wants_no_more_gets_no_more_until_he_wants_it_again(world, post, karim):
    session = await led(world)
    await post.leave()
    await own_invitations.choose(world.db, MAIL, False, by=karim, now=NOW)

    await change(world, session, as_planned(session.meetings[0], hours=1))
    assert not await post.leave()
    await own_invitations.choose(world.db, MAIL, True, by=karim, now=NOW)
    (mail,) = await post.leave()

    assert facts(mail) == ("CONFIRMED", 1, session.starts_at + HOUR)


async def test_another_address_is_told_everything(world, post, karim):
    await led(world)
    await post.leave()

    await own_invitations.choose(world.db, "new@example.org", True, by=karim, now=NOW)
    (mail,) = await post.leave()

    assert (str(mail["To"]), *facts(mail)[:2]) == ("new@example.org", "CONFIRMED", 1)
    assert mail["In-Reply-To"] is None


@pytest.mark.parametrize("wrong", ["", "karim", "karim@", "a b@example.org", "é@example.org", "a@b.org\nBcc: x@y.org"])
async def test_an_address_to_which_no_mail_can_go_is_refused(world, wrong):
    with pytest.raises(InvalidField):
        await own_invitations.choose(world.db, wrong, True, by=world.facilitator, now=NOW)


async def test_a_repeat_is_the_same_to_the_last_byte(world, post, karim):
    await led(world)
    post.inbox.hang_up_after = 1

    (mail,) = await post.leave()
    (again,) = await post.leave(SOON + HOUR)

    assert mail.as_bytes() == again.as_bytes()


async def test_a_worker_that_vanished_loses_nothing(world, post, karim):
    await led(world)
    async with world.db.transaction() as tx:
        await invitations.claim(tx, SOON, new_id(NOW), LEASE, 9)

    assert not await post.leave(SOON + LEASE / 2)
    assert len(await post.leave(SOON + LEASE)) == 1


async def test_a_change_while_it_is_sent_is_said_afterwards(world, post, karim):
    session, late = await led(world), new_id(NOW)
    async with world.db.transaction() as tx:
        ((begun, _),) = await invitations.claim(tx, SOON, late, LEASE, 9)
    await change(world, session, as_planned(session.meetings[0], hours=1), now=SOON)

    async with world.db.transaction() as tx:
        await invitations.settle(tx, late, {begun.id: {"state": InvitationState.SENT}})
    (mail,) = await post.leave(SOON + SETTLING)

    assert facts(mail) == ("CONFIRMED", 1, session.starts_at + HOUR)


async def test_failures_are_tried_again_with_longer_pauses_and_given_up_at_last(world, karim):
    await led(world)
    provider = Provider(failures=[TemporaryFailure("busy") for _ in range(len(PAUSES) + 1)])
    now, tries = SOON, 0

    while (await told(world, karim))[0].state is not InvitationState.FAILED:
        tries += await send_due(world.db, Deliveries(provider), now, site=SITE)
        now += timedelta(minutes=30)

    assert (provider.calls, tries) == (len(PAUSES) + 1,) * 2
    assert (await told(world, karim))[0].reason == "gave-up"


async def test_a_refused_address_is_not_tried_again_until_something_changes(world, karim):
    session = await led(world)
    provider = Provider(failures=[PermanentFailure("no such user")])
    post = Deliveries(provider)

    for n in range(3):
        await send_due(world.db, post, SOON + n * HOUR, site=SITE)
    assert (provider.calls, (await told(world, karim))[0].state) == (1, InvitationState.FAILED)
    await change(world, session, as_planned(session.meetings[0], hours=1))
    await send_due(world.db, post, SOON, site=SITE)

    assert (await told(world, karim))[0].state is InvitationState.SENT


async def test_without_a_mail_server_everything_waits(world, karim):
    await led(world)

    assert not await send_due(world.db, Deliveries(), SOON, site=SITE)
    assert [one.state for one in await told(world, karim)] == [InvitationState.PLANNED]


async def test_a_meeting_that_is_over_is_not_spoken_of(world, post, karim):
    await led(world)

    assert not await post.leave(in_days(15))


async def test_two_workers_send_it_once(world, post, karim):
    await led(world)

    async with world.db.transaction() as tx:
        first = await invitations.claim(tx, SOON, new_id(NOW), LEASE, 9)
    async with world.db.transaction() as tx:
        second = await invitations.claim(tx, SOON, new_id(NOW), LEASE, 9)

    assert (len(first), len(second)) == (1, 0)


async def test_one_that_cannot_be_put_into_words_keeps_no_other_back(world, post, karim):
    await led(world, 14)
    await led(world, 15)
    odd, _ = await told(world, karim)
    async with world.db.transaction() as tx:
        await invitations.rewrite(tx, [replace(odd, zone="Nulle/Part")])

    (mail,) = await post.leave()

    assert event_of(mail)["UID"].removesuffix("@ateliers.example") != str(odd.id)
    assert {one.id: one.state for one in await told(world, karim)}[odd.id] is InvitationState.FAILED

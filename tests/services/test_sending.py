"""Sending what is due: by the person's own way, once, and nothing that is no longer so."""

import asyncio
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from booking.delivery.deliveries import Deliveries
from booking.delivery.letters import Misconfigured, PermanentFailure, TemporaryFailure, Unreachable
from booking.domain.bookings import Party
from booking.domain.codes import spaced
from booking.domain.job_seekers import Channel
from booking.domain.messages import Message, MessageState
from booking.domain.sending import Verdict
from booking.services import bookings, job_seekers, scheduling, sending
from booking.services.job_seekers import PersonSaid
from booking.services.reconciling import reconcile
from booking.services.sending import LEASE, send_due
from booking.services.sweeping import reap, sweep
from booking.storage import attempts, outbox
from booking.storage.attempts import Attempt
from tests.given import NOW, SITE, World, in_days, meeting
from tests.outside import Provider

MINUTE = timedelta(minutes=1)
MAIL = "awa@example.org"


@pytest.fixture
def provider() -> Provider:
    return Provider()


@pytest.fixture
def post(provider: Provider) -> Deliveries:
    return Deliveries(provider)


async def messages_of(world: World, booking_id: UUID) -> list[Message]:
    async with world.db.reading() as tx:
        return await outbox.of_booking(tx, booking_id)


async def states(world: World, booking_id: UUID) -> list[tuple[str, str]]:
    return [(m.kind.value + ":" + m.rule, m.state.value) for m in await messages_of(world, booking_id)]


async def first(world: World, booking_id: UUID) -> Message:
    return (await messages_of(world, booking_id))[0]


async def somebody_with_mail(world: World, **said: object):
    session = await world.session(meeting(in_days(14)))
    return session, await world.booked(session, await world.job_seeker(email=MAIL, **said))


async def drain(world: World, post: Deliveries, now) -> None:
    while await send_due(world.db, post, now, site=SITE):
        pass


async def test_a_confirmation_leaves_by_mail_at_once(world, post, provider):
    _, booking = await somebody_with_mail(world)

    looked_at = await send_due(world.db, post, NOW, site=SITE)

    assert looked_at == 1
    assert [letter.address for letter in provider.taken] == [MAIL]
    assert (await first(world, booking.id)).state is MessageState.ACCEPTED


async def test_a_mobile_gets_the_short_text_with_the_code(world):
    texts = Provider(Channel.SMS)
    session = await world.session(meeting(in_days(14)))
    booking = await world.booked(session, await world.job_seeker(phone="06 39 98 01 01"))

    await send_due(world.db, Deliveries(texts), NOW, site=SITE)

    (sent,) = texts.taken
    assert sent.address == "+33639980101"
    assert sent.body.startswith("Votre place: atelier Premiers pas a, lundi 2 novembre 2026")
    assert spaced(booking.code) in sent.body
    assert len(sent.body) <= 160


async def test_reminders_leave_on_their_days(world, post, provider):
    _, booking = await somebody_with_mail(world)

    for day in (0, 6.9, 7, 12.9, 13):
        await drain(world, post, in_days(day))

    assert [subject.split(":")[0].strip() for subject in provider.subjects] == ["Votre inscription", "Rappel", "Rappel"]
    assert {state for _, state in await states(world, booking.id)} == {"accepted"}


async def test_where_nothing_is_due_nothing_is_done(world, post):
    await somebody_with_mail(world)
    await send_due(world.db, post, NOW, site=SITE)

    assert await send_due(world.db, post, NOW, site=SITE) == 0


async def test_what_was_sent_can_be_told_later(world, post):
    _, booking = await somebody_with_mail(world)

    await send_due(world.db, post, NOW, site=SITE)

    message = await first(world, booking.id)
    async with world.db.reading() as tx:
        tries = await attempts.past(tx, [message.id])
    assert (message.attempts, tries[message.id]) == (1, [(Channel.EMAIL, "accepted")])


async def test_a_booking_cancelled_before_sending_never_reaches_the_provider(world, post, provider):
    _, booking = await somebody_with_mail(world)
    await bookings.cancel(world.db, booking.id, party=Party.PERSON, by=world.adviser, now=in_days(1))

    await drain(world, post, in_days(1) + MINUTE)

    assert [s.split(" du ")[0] for s in provider.subjects] == ["Votre participation"]


async def test_a_moved_session_is_told_with_its_new_date_only(world, post, provider):
    session, booking = await somebody_with_mail(world)
    await move(world, session, in_days(15, hour=2))

    await drain(world, post, NOW + 11 * MINUTE)

    assert [s.split(":")[0].strip() for s in provider.subjects] == ["Changement"]
    assert "mardi 3 novembre 2026 à 11" in provider.taken[0].body
    assert ("confirmation:now", "superseded") in await states(world, booking.id)


async def test_a_session_moved_twice_is_told_once(world, post, provider):
    session, _ = await somebody_with_mail(world)
    moved = await move(world, session, in_days(15))
    await move(world, moved, in_days(16), now=NOW + 5 * MINUTE)

    await drain(world, post, NOW + 20 * MINUTE)

    assert len(provider.taken) == 1 and "mercredi 4 novembre 2026" in provider.taken[0].body


async def test_who_cancelled_is_told_so_even_if_the_session_moves_meanwhile(world, post, provider):
    session, booking = await somebody_with_mail(world)
    await bookings.cancel(world.db, booking.id, party=Party.ADVISER, by=world.adviser, now=in_days(1))
    await move(world, session, in_days(15), now=in_days(1))

    await drain(world, post, in_days(1) + MINUTE)

    assert len(provider.taken) == 1 and "annulée" in provider.subjects[0]


async def move(world: World, session, start, now=NOW):
    planned = meeting(start, id=session.meetings[0].id)
    usual = {"capacity": session.capacity, "version": None, "by": world.manager, "site": SITE}
    return await scheduling.change(world.db, session.id, meetings=[planned], now=now, **usual)


async def test_an_address_corrected_in_time_is_used(world, post, provider):
    session = await world.session()
    person = await world.job_seeker(email="wrong@example.org")
    await world.booked(session, person)
    said = PersonSaid(first_name="Awa", last_name="Diallo", email=MAIL)
    await job_seekers.change(world.db, person.id, said, by=world.adviser, now=NOW)

    await send_due(world.db, post, NOW, site=SITE)

    assert [letter.address for letter in provider.taken] == [MAIL]


async def test_after_a_passing_failure_the_same_letter_is_tried_again_later(world, post, provider):
    _, booking = await somebody_with_mail(world)
    provider.failures = [TemporaryFailure("greylisted")]

    await drain(world, post, NOW)
    waiting = await first(world, booking.id)
    await drain(world, post, waiting.due_at)

    assert (waiting.state, waiting.reason) == (MessageState.PLANNED, "failed")
    assert timedelta(seconds=30) <= waiting.due_at - NOW <= 2 * MINUTE
    assert [letter.key for letter in provider.taken] == [str(waiting.id)]


async def test_an_address_that_does_not_exist_is_followed_by_a_call(world, post, provider):
    _, booking = await somebody_with_mail(world, phone="04 76 00 00 00")
    provider.failures = [PermanentFailure("550 no such user")]

    await drain(world, post, NOW)

    message = await first(world, booking.id)
    assert (message.state, message.channel) == (MessageState.TO_DO, Channel.CALL)


async def test_after_eight_failures_a_person_takes_over(world, post, provider):
    _, booking = await somebody_with_mail(world, phone="04 76 00 00 00")
    provider.failures = [TemporaryFailure("later") for _ in range(8)]

    while (message := await first(world, booking.id)).state is MessageState.PLANNED:
        await drain(world, post, message.due_at)

    assert (provider.calls, message.state, message.channel) == (8, MessageState.TO_DO, Channel.CALL)


async def test_a_wrong_password_burns_no_try(world, post, provider):
    _, booking = await somebody_with_mail(world)
    provider.failures = [Misconfigured("535")] * 9

    for n in range(10):
        await drain(world, post, NOW + 2 * n * MINUTE)

    message = await first(world, booking.id)
    assert (message.state, message.attempts, provider.calls) == (MessageState.ACCEPTED, 1, 10)


async def test_while_nobody_answers_the_other_letters_are_spared(world, post, provider):
    session = await world.session(capacity=8)
    for n in range(8):
        await world.booked(session, await world.job_seeker(email=f"{n}@example.org"))
    provider.failures = [Unreachable("connection refused")] * 8

    await drain(world, post, NOW)

    assert provider.calls <= 4


async def test_a_letter_without_words_does_not_keep_the_others_back(world, post, provider, monkeypatch):
    _, poisoned = await somebody_with_mail(world)
    _, healthy = await somebody_with_mail(world)
    said = sending.words

    def words(kind, case, *known):
        if case.booking.id == poisoned.id:
            raise KeyError("template")
        return said(kind, case, *known)

    monkeypatch.setattr(sending, "words", words)
    await drain(world, post, NOW)

    assert (await first(world, poisoned.id)).state is MessageState.DEAD
    assert (await first(world, healthy.id)).state is MessageState.ACCEPTED


async def test_a_message_that_cannot_be_judged_does_not_keep_the_others_back(world, post, provider, monkeypatch):
    _, poisoned = await somebody_with_mail(world)
    _, healthy = await somebody_with_mail(world)
    judged = sending.judge

    def judge(message, *known):
        if message.booking_id == poisoned.id:
            raise KeyError("meeting")
        return judged(message, *known)

    monkeypatch.setattr(sending, "judge", judge)
    await drain(world, post, NOW)

    assert (await first(world, poisoned.id)).state is MessageState.DEAD
    assert (await first(world, healthy.id)).state is MessageState.ACCEPTED


async def test_a_delivery_that_breaks_is_tried_again(world, post, provider):
    _, booking = await somebody_with_mail(world)
    provider.failures = [ZeroDivisionError()]

    await drain(world, post, NOW)

    assert (await first(world, booking.id)).reason == "failed"


async def test_after_an_outage_of_a_week_one_reminder_leaves(world, post, provider):
    _, booking = await somebody_with_mail(world)

    await drain(world, post, in_days(13.2))

    assert [s.split(":")[0].strip() for s in provider.subjects] == ["Votre inscription", "Rappel"]
    assert ("reminder:d7", "coalesced") in await states(world, booking.id)


async def test_after_an_outage_over_the_session_nothing_leaves(world, post, provider):
    _, booking = await somebody_with_mail(world)

    await drain(world, post, in_days(14.1))

    assert provider.taken == []
    assert {state for _, state in await states(world, booking.id)} == {"expired", "coalesced"} - {"coalesced"}


async def test_the_sweep_ends_what_is_late(world):
    _, booking = await somebody_with_mail(world)

    ended = await sweep(world.db, in_days(14.1))

    assert ended == 3
    assert {state for _, state in await states(world, booking.id)} == {"expired"}


async def claim(world: World, now=NOW) -> tuple[UUID, list[Message]]:
    token = uuid4()
    async with world.db.transaction() as tx:
        return token, await outbox.claim(tx, now, token, LEASE, 50)


async def begin(world: World, now=NOW) -> tuple[UUID, Message]:
    """What a worker commits before it calls the provider."""
    token, (message,) = await claim(world, now)
    said = {"template": "confirmation/1", "address_hash": "", "provider_key": str(message.id)}
    attempt = Attempt(message_id=message.id, n=message.attempts + 1, channel=Channel.EMAIL, started_at=now, **said)
    async with world.db.transaction() as tx:
        await attempts.begin(tx, token, [attempt])
    return token, message


async def test_what_a_vanished_worker_had_claimed_is_sent_by_another(world, post, provider):
    await somebody_with_mail(world)
    await claim(world)

    await reap(world.db, NOW + LEASE)
    await drain(world, post, NOW + LEASE)

    assert len(provider.taken) == 1


async def test_what_a_vanished_worker_was_sending_is_sent_again_as_the_same(world, post, provider):
    _, booking = await somebody_with_mail(world)
    _, message = await begin(world)

    assert await reap(world.db, NOW + LEASE / 2) == 0
    assert await reap(world.db, NOW + LEASE) == 1
    await drain(world, post, NOW + LEASE)

    assert [letter.key for letter in provider.taken] == [str(message.id)]
    assert (await first(world, booking.id)).attempts == 2


async def test_a_worker_come_too_late_changes_nothing(world):
    _, booking = await somebody_with_mail(world)
    token, message = await begin(world)
    await reap(world.db, NOW + LEASE)

    async with world.db.transaction() as tx:
        settled = await outbox.settle(tx, token, {message.id: Verdict(MessageState.DEAD)}, NOW)

    assert settled == set()
    assert (await first(world, booking.id)).state is MessageState.PLANNED


async def test_what_is_being_sent_cannot_be_withdrawn_and_a_notice_follows(world, post, provider):
    _, booking = await somebody_with_mail(world)
    await begin(world)

    await bookings.cancel(world.db, booking.id, party=Party.PERSON, by=world.adviser, now=NOW)

    kinds = dict(await states(world, booking.id))
    assert (kinds["confirmation:now"], kinds["booking_cancelled:now"]) == ("sending", "planned")


async def test_workers_side_by_side_send_each_message_once(world, post, provider):
    session = await world.session(capacity=30)
    for n in range(30):
        await world.booked(session, await world.job_seeker(email=f"{n}@example.org"))

    await asyncio.gather(*(send_due(world.db, Deliveries(provider), NOW, most=10, site=SITE) for _ in range(3)))
    await drain(world, post, NOW)

    assert sorted(letter.address for letter in provider.taken) == sorted(f"{n}@example.org" for n in range(30))


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
async def test_two_claims_at_once_have_nothing_in_common(world):
    session = await world.session(capacity=6)
    for _ in range(6):
        await world.booked(session)
    one, other = uuid4(), uuid4()

    async with world.db.transaction() as tx, world.db.transaction() as rival:
        taken = {m.id for m in await outbox.claim(tx, NOW, one, LEASE, 4)}
        left = {m.id for m in await outbox.claim(rival, NOW, other, LEASE, 4)}

    assert (len(taken), len(left)) == (4, 2)
    assert not taken & left


async def test_every_lost_reminder_is_planned_again(world):
    _, booking = await somebody_with_mail(world)
    for lost in (await messages_of(world, booking.id))[1:]:
        await remove(world, lost.id)

    healed = await reconcile(world.db, NOW)

    assert healed.missing == 2
    assert len(await messages_of(world, booking.id)) == 3


async def test_a_lost_reminder_is_planned_again_as_it_was(world):
    _, booking = await somebody_with_mail(world)
    lost = (await messages_of(world, booking.id))[2]
    await remove(world, lost.id)

    healed = await reconcile(world.db, in_days(1))

    found = (await messages_of(world, booking.id))[2]
    assert (healed.missing, healed.stale) == (1, 0)
    assert (found.dedupe_key, found.due_at, found.state) == (lost.dedupe_key, lost.due_at, MessageState.PLANNED)


async def test_healing_twice_heals_once(world):
    session, booking = await somebody_with_mail(world)
    await move(world, session, in_days(20))
    await world.waiting(await world.session())
    await remove(world, (await messages_of(world, booking.id))[-1].id)

    first_time, second_time = [await reconcile(world.db, in_days(1)) for _ in range(2)]

    assert (first_time.count, second_time.count) == (1, 0)


async def test_a_plan_that_is_whole_is_left_alone(world, post):
    _, booking = await somebody_with_mail(world)
    await world.booked(await world.session(meeting(in_days(3))))
    await world.booked(await world.session(meeting(in_days(0.5))))
    before = await messages_of(world, booking.id)

    healed = [(await reconcile(world.db, in_days(day))).count for day in (0, 0.3, 2.5, 8, 13.9)]

    assert healed == [0] * 5
    assert await messages_of(world, booking.id) == before


async def test_a_reminder_of_what_is_no_more_is_ended(world):
    session, booking = await somebody_with_mail(world)
    reminder = (await messages_of(world, booking.id))[1]
    await move(world, session, in_days(20))
    await revive(world, reminder.id)

    healed = await reconcile(world.db, in_days(1))

    assert healed.stale == 1
    assert {m.id: m.state for m in await messages_of(world, booking.id)}[reminder.id] is MessageState.SUPERSEDED


async def remove(world: World, message_id: UUID) -> None:
    async with world.db.transaction() as tx:
        await tx.run(outbox.messages.delete().where(outbox.messages.c.id == message_id))


async def revive(world: World, message_id: UUID) -> None:
    planned = outbox.messages.update().where(outbox.messages.c.id == message_id).values(state="planned")
    async with world.db.transaction() as tx:
        await tx.run(planned)

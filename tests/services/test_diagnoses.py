"""A diagnosis is answered in the interview, suggests, and what the adviser decides of it is kept."""

from datetime import timedelta

import pytest

from booking.domain.diagnoses import Reason, Verdict
from booking.domain.errors import DiagnosisStands, InvalidField, NotAllowed, NotFound
from booking.domain.idempotency import once
from booking.domain.job_seekers import Channel, JobSeeker
from booking.domain.staff import Role
from booking.domain.suggestions import Kind, Suggestion
from booking.domain.workshops import Level, Workshop
from booking.services import choosing, diagnoses, job_seekers, merging, suggested_seats
from booking.storage import erasing, retention, workshops
from tests.given import DAY, NOW, World, a_workshop, in_days, meeting

NOTHING_ALONE = {"phone": ["none"], "email": ["none"], "alone": ["nothing"]}
PHONE, LETTER, FIRST_STEPS = "offer:solidarity_phone", "channel:letter", "workshop:beginner:Prise en main"


async def answers(world: World, person: JobSeeker, said=NOTHING_ALONE, now=NOW, **more):
    return await diagnoses.answer(world.db, person.id, said, by=world.adviser, now=now, **more)


async def known(world: World, diagnosis_id) -> diagnoses.Known:
    return await diagnoses.show(world.db, diagnosis_id, by=world.adviser)


async def other_workshop(world: World, **known) -> Workshop:
    workshop = a_workshop("Autre chose", **known)
    async with world.db.transaction() as tx:
        await workshops.add(tx, workshop)
    return workshop


async def test_answers_are_kept_with_their_day_and_suggest(world: World) -> None:
    person = await world.job_seeker()

    made = await answers(world, person)

    found = await known(world, made.id)
    assert (found.diagnosis.answers["phone"], found.diagnosis.answered_at) == (("none",), NOW)
    assert [one.suggestion.key for one in found.suggested] == [PHONE, FIRST_STEPS, LETTER]
    assert (found.by_name, found.undecided) == ("Nadia", 3)


async def test_the_same_form_sent_twice_is_one_diagnosis(world: World) -> None:
    person = await world.job_seeker()
    key = once(world.adviser.id, "typed-once", "diagnosis", person.id)

    first = await answers(world, person, once=key)
    again = await answers(world, person, once=key)

    assert again.id == first.id
    assert len(await diagnoses.of_person(world.db, person.id, by=world.adviser)) == 1


async def test_a_later_diagnosis_stands_beside_the_former(world: World) -> None:
    person = await world.job_seeker()
    await answers(world, person)

    await answers(world, person, {"phone": ["smartphone"]}, now=NOW + DAY)

    found = await diagnoses.of_person(world.db, person.id, by=world.adviser)
    assert [one.diagnosis.answers["phone"] for one in found] == [("smartphone",), ("none",)]


async def test_who_may_not_see_the_person_finds_no_diagnosis(world: World) -> None:
    made = await answers(world, await world.job_seeker())
    elsewhere = await world.staff(Role.ADVISER, await world.another_agency(), "Inès")

    with pytest.raises(NotFound):
        await diagnoses.show(world.db, made.id, by=elsewhere)
    with pytest.raises(NotAllowed):
        await diagnoses.show(world.db, made.id, by=world.facilitator)


async def test_a_slip_is_taken_back_for_ten_minutes(world: World) -> None:
    made = await answers(world, await world.job_seeker())
    late = await answers(world, await world.job_seeker())
    await choosing.decide(world.db, made.id, PHONE, Verdict.FOLLOWED, by=world.adviser, now=NOW)

    await diagnoses.take_back(world.db, made.id, by=world.adviser, now=NOW + timedelta(minutes=9))

    with pytest.raises(NotFound):
        await known(world, made.id)
    with pytest.raises(DiagnosisStands):
        await diagnoses.take_back(world.db, late.id, by=world.adviser, now=NOW + timedelta(minutes=11))


async def test_a_suggestion_is_set_aside_for_a_reason_and_followed_after_all(world: World) -> None:
    made = await answers(world, await world.job_seeker())
    about = {"by": world.adviser, "now": NOW}

    with pytest.raises(InvalidField):
        await choosing.decide(world.db, made.id, PHONE, Verdict.SET_ASIDE, **about)
    await choosing.decide(world.db, made.id, PHONE, Verdict.SET_ASIDE, reason=Reason.ALREADY, **about)
    await choosing.decide(world.db, made.id, PHONE, Verdict.FOLLOWED, **about)

    [choice] = (await known(world, made.id)).choices
    assert (choice.verdict, choice.reason, choice.kind) == (Verdict.FOLLOWED, None, Kind.OFFER)
    assert choice.decided_at == NOW


async def test_only_what_the_rules_suggest_can_be_decided(world: World) -> None:
    made = await answers(world, await world.job_seeker())

    with pytest.raises(NotFound):
        await choosing.decide(world.db, made.id, "offer:equipment", Verdict.FOLLOWED, by=world.adviser, now=NOW)


async def test_following_a_letter_makes_it_the_way_to_reach_and_without_address_paper_in_the_hand(world: World) -> None:
    home = {"address": "12 rue des Lilas", "postcode": "38000", "commune": "Grenoble"}
    housed, homeless = await world.job_seeker(**home), await world.job_seeker()

    for person in (housed, homeless):
        made = await answers(world, person)
        await choosing.decide(world.db, made.id, LETTER, Verdict.FOLLOWED, by=world.adviser, now=NOW)

    found = [await job_seekers.show(world.db, one.id, by=world.adviser) for one in (housed, homeless)]
    assert [one.preferred for one in found] == [Channel.LETTER, Channel.HAND]


async def test_who_has_no_number_cannot_be_called(world: World) -> None:
    made = await answers(world, await world.job_seeker(), {"phone": ["basic"], "email": ["none"]})

    with pytest.raises(InvalidField):
        await choosing.decide(world.db, made.id, "channel:call", Verdict.FOLLOWED, by=world.adviser, now=NOW)

    assert (await known(world, made.id)).choices == []


async def test_the_best_seat_is_the_nearest_that_the_person_can_attend(world: World) -> None:
    person = await world.job_seeker()
    await world.booked(await world.session(meeting(in_days(3)), workshop_id=(await other_workshop(world)).id), person)
    await world.session(meeting(in_days(3)))  # at the same time
    wanted = await world.session(meeting(in_days(5)))
    await world.session(meeting(in_days(9)))

    best = await suggested_seats.best(
        world.db, person.id, Suggestion(kind=Kind.WORKSHOP, level=Level.BEGINNER), by=world.adviser, now=NOW
    )

    assert best and best.session.id == wanted.id


async def test_a_seat_that_came_of_a_suggestion_is_linked_with_it(world: World) -> None:
    person, session = await world.job_seeker(), await world.session()
    made = await answers(world, person)

    done = await choosing.book(world.db, made.id, FIRST_STEPS, session.id, by=world.adviser, now=NOW)

    [choice] = (await known(world, made.id)).choices
    assert (choice.booking_id, choice.verdict) == (done.booking.id, Verdict.FOLLOWED)
    with pytest.raises(DiagnosisStands):
        await diagnoses.take_back(world.db, made.id, by=world.adviser, now=NOW)


async def test_a_session_of_another_workshop_does_not_come_of_the_suggestion(world: World) -> None:
    hard = await other_workshop(world, level=Level.ADVANCED)
    session = await world.session(workshop_id=hard.id)
    made = await answers(world, await world.job_seeker())

    with pytest.raises(NotFound):
        await choosing.book(world.db, made.id, FIRST_STEPS, session.id, by=world.adviser, now=NOW)

    assert await world.count(session) == (0, 0)


async def test_diagnoses_follow_who_is_merged(world: World) -> None:
    kept, gone = await world.job_seeker(), await world.job_seeker()
    made = await answers(world, gone)

    await merging.merge(world.db, kept.id, gone.id, by=world.adviser, now=NOW)

    assert [one.diagnosis.id for one in await diagnoses.of_person(world.db, kept.id, by=world.adviser)] == [made.id]


async def test_of_who_is_erased_stays_that_somebody_was_diagnosed_and_nothing_he_said(world: World) -> None:
    person = await world.job_seeker()
    made = await answers(world, person)
    about = {"reason": Reason.OTHER, "words": "préfère en parler à sa fille", "by": world.adviser, "now": NOW}
    await choosing.decide(world.db, made.id, PHONE, Verdict.SET_ASIDE, **about)

    async with world.db.transaction() as tx:
        await erasing.erase(tx, [person.id], person, [], NOW)

    found = await known(world, made.id)
    assert found.diagnosis.job_seeker_id != person.id
    assert (found.diagnosis.answers, found.diagnosis.answered_at) == ({}, NOW)
    assert [(one.verdict, one.words) for one in found.choices] == [(Verdict.SET_ASIDE, "")]


async def test_who_was_diagnosed_lately_is_not_forgotten(world: World) -> None:
    asked, silent = await world.job_seeker(), await world.job_seeker()
    await answers(world, asked, now=NOW + 10 * DAY)

    async with world.db.reading() as tx:
        unseen = await retention.unseen_since(tx, NOW + 5 * DAY, 10)

    assert unseen == [silent.id]

"""Marks that a device kept: each is noted once, when it was made; what differs is answered, nothing is overwritten."""

from datetime import timedelta

import pytest

from booking.domain.attendance import Mark, Reason
from booking.domain.staff import Role
from booking.services import attendance, standing_marks
from tests.given import World, in_days, meeting
from tests.web.given import DAY, Browser

TAPPED = DAY - timedelta(minutes=20)


@pytest.fixture
async def session(world: World):
    return await world.session(meeting(in_days(1), room_id=world.room.id, facilitator_id=world.facilitator.id))


def roll(session) -> str:
    return f"/presence/{session.meetings[0].id}"


async def send(tablet: Browser, session, booking, mark="attended", *, key="one", made=TAPPED, **said: str):
    sent = {"mark": mark, "reason": "", "seen": "", "seen_reason": "", "made_at": made.isoformat()} | said
    headers = {"Idempotency-Key": key}
    return await tablet.post(f"{roll(session)}/{booking.id}", sent, headers=headers)


async def standing(world, session, booking):
    found = await standing_marks.of_meeting(world.db, session.meetings[0].id, by=world.facilitator)
    return found.marks[booking.id]


async def test_a_kept_mark_is_noted_with_the_time_at_which_it_was_made(world, session, tablet):
    booking = await world.booked(session)

    answer = await send(tablet, session, booking, "excused", reason="ill")
    found = await standing(world, session, booking)

    assert answer.status_code == 200
    assert (found.mark, found.reason, found.at) == (Mark.EXCUSED, Reason.ILL, TAPPED)


@pytest.mark.parametrize(("made", "kept"), [(in_days(-30), in_days(1, hour=-10)), (in_days(90), DAY)])
async def test_a_clock_that_is_wrong_moves_no_mark_out_of_the_day(world, session, tablet, made, kept):
    booking = await world.booked(session)

    await send(tablet, session, booking, made=made)

    assert (await standing(world, session, booking)).at == kept


async def test_a_mark_sent_twice_is_noted_once(world, session, tablet):
    booking = await world.booked(session)
    await send(tablet, session, booking)
    await attendance.mark(world.db, session.meetings[0].id, booking.id, Mark.LATE, by=world.manager, now=DAY)

    again = await send(tablet, session, booking)

    assert again.status_code == 200
    assert (await standing(world, session, booking)).mark is Mark.LATE


async def test_a_key_is_not_for_another_mark(world, session, tablet):
    booking = await world.booked(session)
    await send(tablet, session, booking)

    other = await send(tablet, session, booking, "absent", seen="attended")

    assert other.status_code in (409, 422) and "code" in other.json()
    assert (await standing(world, session, booking)).mark is Mark.ATTENDED


async def test_what_somebody_else_marked_meanwhile_is_told_with_who_and_when_and_stays(world, session, tablet):
    booking = await world.booked(session)
    await attendance.mark(world.db, session.meetings[0].id, booking.id, Mark.LATE, by=world.manager, now=DAY)

    answer = await send(tablet, session, booking, "absent")

    theirs = answer.json()["theirs"]
    assert (answer.status_code, answer.json()["code"]) == (409, "stale-edit")
    assert (theirs["mark"], theirs["words"], theirs["by"], theirs["at"]) == (
        "late",
        "Retard",
        world.manager.name,
        "11\u00a0h",
    )
    assert (await standing(world, session, booking)).mark is Mark.LATE


async def test_another_reason_is_a_difference_too(world, session, tablet):
    booking = await world.booked(session)
    about = {"reason": Reason.JOB, "by": world.manager, "now": DAY}
    await attendance.mark(world.db, session.meetings[0].id, booking.id, Mark.EXCUSED, **about)

    answer = await send(tablet, session, booking, "excused", reason="ill")

    assert answer.status_code == 409 and answer.json()["theirs"]["reason"] == "job"
    assert (await standing(world, session, booking)).reason is Reason.JOB


async def test_who_has_seen_the_other_mark_may_keep_his_own(world, session, tablet):
    booking = await world.booked(session)
    await attendance.mark(world.db, session.meetings[0].id, booking.id, Mark.LATE, by=world.manager, now=DAY)
    await send(tablet, session, booking, "absent")

    answer = await send(tablet, session, booking, "absent", key="two", seen="late")

    assert answer.status_code == 200
    assert (await standing(world, session, booking)).mark is Mark.ABSENT


async def test_the_same_mark_of_two_tablets_is_no_difference(world, session, tablet):
    booking = await world.booked(session)
    await attendance.mark(world.db, session.meetings[0].id, booking.id, Mark.LATE, by=world.manager, now=DAY)

    assert (await send(tablet, session, booking, "late")).status_code == 200


async def test_a_kept_mark_is_taken_back(world, session, tablet):
    booking = await world.booked(session)
    await send(tablet, session, booking, "late")

    await send(tablet, session, booking, "", key="two", seen="late")

    assert (await standing(world, session, booking)).mark is None


async def test_a_refusal_is_said_in_words(world, session, tablet):
    session_of_others = await world.session(meeting(in_days(20)))
    booking = await world.booked(session_of_others)

    answer = await send(tablet, session, booking)

    assert answer.status_code == 409 and answer.json()["code"] == "not-seated"
    assert answer.json()["title"] == "Cette personne n’a pas de place dans cette session"


@pytest.mark.parametrize("said", [{"mark": "asleep"}, {"made_at": "yesterday"}, {"made_at": "2026-10-20T10:00:00"}])
async def test_what_cannot_be_read_is_not_noted(world, session, tablet, said):
    booking = await world.booked(session)

    answer = await send(tablet, session, booking, **said)

    assert answer.status_code == 422
    assert (await standing(world, session, booking)).mark is None


async def test_the_state_of_the_roll_comes_with_a_fresh_token_and_no_name_of_the_people(world, session, tablet):
    booking = await world.booked(session, await world.job_seeker("Diallo"))
    await send(tablet, session, booking, "late")

    state = await tablet.get(f"{roll(session)}/etat")

    assert state.json()["staff"] == str(world.facilitator.id)
    assert state.json()["marks"][str(booking.id)]["mark"] == "late"
    assert "Diallo" not in state.text
    sent = await tablet.forge(f"{roll(session)}/{booking.id}", {"form_token": state.json()["token"], "seen": "late"})
    assert sent.status_code == 200


async def test_who_is_no_longer_signed_in_is_told_so_and_nothing_is_noted(world, session, day, tablet):
    booking = await world.booked(session)
    stranger = day.stranger()

    asked, sent = await stranger.get(f"{roll(session)}/etat"), await send(stranger, session, booking)
    forged = await tablet.forge(f"{roll(session)}/{booking.id}", {"mark": "late"})

    assert (asked.status_code, sent.status_code, forged.status_code) == (302, 401, 403)
    assert (await standing(world, session, booking)).mark is None


async def test_a_roll_of_another_agency_is_neither_read_nor_marked(world, session, day):
    booking = await world.booked(session)
    other = await day.of(await world.staff(Role.FACILITATOR, await world.another_agency(), "Paul"))

    answers = [await other.get(f"{roll(session)}/etat"), await send(other, session, booking)]

    assert [answer.status_code for answer in answers] == [404, 404]


async def test_the_worker_is_for_the_rolls_only(day):
    answer = await day.stranger().get("/presence/travailleur.js")

    assert answer.headers["service-worker-allowed"] == "/presence"
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "trusted-types parts search worker" in answer.headers["content-security-policy"]


async def test_the_roll_carries_what_the_device_needs_and_says_nothing_while_there_is_network(world, session, tablet):
    await world.booked(session)

    page = (await tablet.get(roll(session))).text

    assert f'data-staff="{world.facilitator.id}"' in page and 'data-worker="/presence/travailleur.js"' in page
    assert "data-kept" in page and " hidden>" in page

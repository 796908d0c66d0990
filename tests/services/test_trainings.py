"""Trainings: staff take seats like everybody, in trainings only, and never in two places at once."""

from dataclasses import replace

import pytest

from booking.delivery.deliveries import Deliveries
from booking.domain import bookings as rules
from booking.domain.attendance import Mark
from booking.domain.bookings import BookingState, Party
from booking.domain.errors import (
    AlreadyBooked,
    AudienceFixed,
    JobSeekerElsewhere,
    NotAllowed,
    NotFound,
    OtherAudience,
    PlaceTaken,
    SessionFull,
    StaffElsewhere,
)
from booking.domain.obstacles import Occupied
from booking.domain.staff import Role
from booking.domain.trainings import Standing
from booking.domain.workshops import Audience
from booking.services import (
    bookings,
    colleagues_coming,
    doctor,
    own_invitations,
    scheduling,
    team_trainings,
    to_do,
    trainings,
    waits,
    walk_ins,
)
from booking.services import job_seekers as people
from booking.services.job_seekers import PersonSaid
from booking.services.sending import send_due
from booking.services.walk_ins import Coming
from booking.storage import (
    attendees,
    followed_bookings,
    job_seekers,
    journal,
    occupancies,
    reaching,
    retention,
    workshops,
)
from booking.storage import bookings as stored
from tests.given import NOW, SITE, World, in_days, meeting
from tests.given_trainings import a_session_of, a_training, has_come, takes_part
from tests.outside import Provider


async def test_a_colleague_takes_a_seat_and_gives_it_up(world: World) -> None:
    session = await a_session_of(world, await a_training(world))

    booked = await takes_part(world, session, world.adviser)

    assert booked.state is BookingState.BOOKED
    assert await world.count(session) == (1, 0)
    with pytest.raises(AlreadyBooked):
        await takes_part(world, session, world.adviser)
    await bookings.cancel(world.db, booked.id, party=Party.PERSON, by=world.adviser, now=NOW)
    assert await world.count(session) == (0, 0)
    assert not await doctor.examine(world.db, now=NOW)


async def test_the_freed_seat_goes_to_the_colleague_who_waits(world: World) -> None:
    session = await a_session_of(world, await a_training(world), capacity=1)
    first = await takes_part(world, session, world.adviser)
    with pytest.raises(SessionFull):
        await takes_part(world, session, world.facilitator)
    waits_for = await trainings.wait(world.db, session.id, world.facilitator.id, by=world.facilitator, now=NOW)

    await bookings.cancel(world.db, first.id, party=Party.PERSON, by=world.adviser, now=NOW)

    async with world.db.reading() as tx:
        assert (await stored.load(tx, waits_for.booking.id)).state is BookingState.BOOKED
    assert not await doctor.examine(world.db, now=NOW)


async def test_neither_a_job_seeker_in_a_training_nor_a_colleague_in_a_workshop(world: World) -> None:
    training = await a_training(world)
    there, elsewhere, person = await a_session_of(world, training), await world.session(), await world.job_seeker()

    with pytest.raises(OtherAudience):
        await bookings.book(world.db, there.id, person.id, by=world.adviser, now=NOW)
    with pytest.raises(OtherAudience):
        await trainings.book(world.db, elsewhere.id, world.adviser.id, by=world.adviser, now=NOW)
    with pytest.raises(OtherAudience):
        await waits.join(world.db, training.id, person.id, [world.agency.id], by=world.adviser, now=NOW)


async def test_the_database_itself_refuses_the_mix(world: World) -> None:
    training = await a_training(world)
    there, elsewhere, person = await a_session_of(world, training), await world.session(), await world.job_seeker()
    staff = await takes_part(world, there, world.adviser)

    for session, who in ((there, person.id), (elsewhere, staff.job_seeker_id)):
        mixed = replace(staff, id=session.id, session_id=session.id, job_seeker_id=who)
        with pytest.raises(OtherAudience):
            async with world.db.transaction() as tx:
                await stored.add(tx, mixed)


async def test_whom_a_workshop_is_for_stays_once_a_session_is_planned(world: World) -> None:
    training = await a_training(world)
    await a_session_of(world, training)
    other = replace(training, audience=Audience.JOB_SEEKERS, required_for=(), validity_months=None)

    with pytest.raises(AudienceFixed):
        async with world.db.transaction() as tx:
            await workshops.change(tx, other)


async def test_who_leads_elsewhere_at_that_time_does_not_attend(world: World) -> None:
    training = await a_training(world)
    await world.session(meeting(in_days(14, hour=1), facilitator_id=world.facilitator.id))
    session = await a_session_of(world, training)

    with pytest.raises(StaffElsewhere):
        await takes_part(world, session, world.facilitator)


async def test_the_database_itself_keeps_who_leads_from_attending(world: World) -> None:
    await world.session(meeting(in_days(14, hour=1), facilitator_id=world.facilitator.id))
    session = await a_session_of(world, await a_training(world))

    with pytest.raises(PlaceTaken):
        async with world.db.transaction() as tx:
            person = await attendees.keep(tx, world.facilitator.id, world.agency.id, NOW)
            seat = rules.book(session.id, person, world.agency.id, by=world.manager.id, now=NOW)
            await stored.add(tx, seat)


async def test_who_attends_leads_nothing_at_that_time(world: World) -> None:
    session = await a_session_of(world, await a_training(world))
    await takes_part(world, session, world.facilitator)

    with pytest.raises(PlaceTaken):
        await world.session(meeting(in_days(14, hour=1), facilitator_id=world.facilitator.id))


async def test_nobody_attends_two_trainings_at_once(world: World) -> None:
    training = await a_training(world)
    one, other = await a_session_of(world, training), await a_session_of(world, training)
    await takes_part(world, one, world.adviser)

    with pytest.raises(JobSeekerElsewhere):
        await takes_part(world, other, world.adviser)


async def test_everybody_books_himself_and_a_manager_the_team(world: World) -> None:
    session = await a_session_of(world, await a_training(world))
    lyon = await world.another_agency()
    stranger = await world.staff(Role.ADVISER, lyon, "Yanis")

    assert await takes_part(world, session, world.adviser, by=world.manager)
    with pytest.raises(NotAllowed):
        await takes_part(world, session, world.facilitator, by=world.adviser)
    with pytest.raises(NotFound):
        await takes_part(world, session, stranger, by=world.manager)
    with pytest.raises(NotFound):
        await takes_part(world, session, stranger)


async def test_nobody_takes_the_seat_of_another_agency_by_the_door_of_job_seekers(world: World) -> None:
    session = await a_session_of(world, await a_training(world))
    stranger = await world.staff(Role.ADVISER, await world.another_agency(), "Yanis")
    async with world.db.transaction() as tx:
        attendee = await attendees.keep(tx, stranger.id, min(stranger.agency_ids), NOW)

    for take in (bookings.book, bookings.wait):
        with pytest.raises(NotFound):
            await take(world.db, session.id, attendee, by=stranger, now=NOW)


async def test_an_adviser_does_not_touch_the_place_of_a_colleague(world: World) -> None:
    session = await a_session_of(world, await a_training(world))
    booked = await takes_part(world, session, world.facilitator)

    with pytest.raises(NotAllowed):
        await bookings.cancel(world.db, booked.id, party=Party.ADVISER, by=world.adviser, now=NOW)
    await bookings.cancel(world.db, booked.id, party=Party.SERVICE, by=world.manager, now=NOW)


async def test_a_team_is_trained_booked_or_neither(world: World) -> None:
    training = await a_training(world)
    assistant = await world.staff(Role.ASSISTANT, world.agency, "Théo")
    session = await a_session_of(world, training, capacity=2)
    came = await takes_part(world, session, assistant)
    await has_come(world, session, came)
    later = in_days(20)

    before = await team_trainings.of_agency(world.db, world.agency.id, by=world.manager, now=later)

    assert {one.colleague.name: str(one.stands[training.id].standing) for one in before.members if one.required} == {
        "Nadia": "missing",
        "Théo": "trained",
    }
    assert (await team_trainings.lacking(world.db, by=world.manager, now=later)).team == 1
    assert [one.colleague.name for one in before.lacking] == ["Nadia"]


async def test_who_was_absent_is_not_trained(world: World) -> None:
    training = await a_training(world)
    session = await a_session_of(world, training)
    booked = await takes_part(world, session, world.adviser)
    await has_come(world, session, booked, Mark.ABSENT)

    own = await trainings.own(world.db, by=world.adviser, now=in_days(20))

    assert not own.done
    assert [str(trained.standing) for _, trained in own.lacking] == ["missing"]


async def test_several_of_a_team_are_seated_as_far_as_there_are_seats(world: World) -> None:
    session = await a_session_of(world, await a_training(world), capacity=1)
    asked = [world.adviser.id, world.facilitator.id]

    told = await team_trainings.book(world.db, session.id, asked, by=world.manager, now=NOW)

    assert [bool(told[id].booking) for id in asked] == [True, False]
    assert isinstance(told[world.facilitator.id].refusal, SessionFull)


async def test_who_attends_is_busy_then_also_when_the_training_is_moved(world: World) -> None:
    session = await a_session_of(world, await a_training(world))
    booked = await takes_part(world, session, world.adviser)

    moved = [meeting(in_days(15), facilitator_id=session.meetings[0].facilitator_id, id=session.meetings[0].id)]
    known = {"capacity": 8, "version": None, "by": world.manager, "site": SITE, "now": NOW}
    await scheduling.change(world.db, session.id, meetings=moved, **known)

    assert [one.starts_at for one in await busy(world)] == [in_days(15)]
    assert not await doctor.examine(world.db, now=NOW)
    await bookings.cancel(world.db, booked.id, party=Party.PERSON, by=world.adviser, now=NOW)
    assert not await busy(world)


async def busy(world: World) -> list[Occupied]:
    async with world.db.reading() as tx:
        return await occupancies.between(tx, [world.adviser.id], NOW, in_days(60))


async def test_a_colleague_is_told_by_mail_in_words_among_colleagues(world: World) -> None:
    session = await a_session_of(world, await a_training(world))
    await own_invitations.choose(world.db, "nadia@agence.example", takes=False, by=world.adviser, now=NOW)
    await takes_part(world, session, world.adviser)
    await takes_part(world, session, world.facilitator)
    provider = Provider()

    await send_due(world.db, Deliveries(provider), NOW, site=SITE)

    (mail,) = provider.taken
    assert mail.address == "nadia@agence.example" and mail.subject.startswith("Votre formation, ")
    assert "Bonjour Nadia," in mail.body and "https://ateliers.example/formations" in mail.body
    assert not await to_do.to_do(world.db, by=world.adviser, now=NOW)


async def test_an_address_that_changes_is_followed(world: World) -> None:
    session = await a_session_of(world, await a_training(world))
    booked = await takes_part(world, session, world.adviser)

    await own_invitations.choose(world.db, "nadia@agence.example", takes=False, by=world.adviser, now=NOW)

    async with world.db.reading() as tx:
        assert (await job_seekers.load_attendee(tx, booked.job_seeker_id)).email == "nadia@agence.example"


async def test_lists_of_job_seekers_do_not_show_staff(world: World) -> None:
    """The control is Awa, who is in every list."""
    awa = await world.job_seeker("Nadia")
    await world.booked(await world.session(), awa)
    booked = await takes_part(world, await a_session_of(world, await a_training(world)), world.adviser)
    years = in_days(2000)

    async with world.db.reading() as tx:
        everybody = await job_seekers.every(tx, world.agency.id)
        followed = await followed_bookings.find(tx, followed_bookings.Asked(staff_id=world.adviser.id), NOW)
        unreached = await reaching.find(tx, None, NOW, None, 10)
        told = await journal.find(tx, journal.Sought())
        due = await retention.unseen_since(tx, years, 10)
    found = await people.search(world.db, "Nadia", by=world.adviser)

    listed = ([one.id for one in everybody], [one.id for one in found], [one[0] for one in unreached])
    assert [*listed, due] == [[awa.id]] * 4
    assert [one.booking.job_seeker_id for one in followed] == [awa.id]
    assert {one.message.job_seeker_id for one in told} == {awa.id}
    with pytest.raises(NotFound):
        await people.show(world.db, booked.job_seeker_id, by=world.adviser)


async def test_a_colleague_who_comes_unbooked_is_found_by_name_and_seated(world: World) -> None:
    await world.job_seeker("Nadia")
    session = await a_session_of(world, await a_training(world))
    meeting_id, begun = session.meetings[0].id, in_days(14, hour=0.5)

    found = await colleagues_coming.search(world.db, meeting_id, "nad", by=world.facilitator, now=begun)
    assert found and [one.id for one in found] == [world.adviser.id]
    await walk_ins.seat(world.db, meeting_id, found[0].id, Coming(world.facilitator, begun))

    own = await trainings.own(world.db, by=world.adviser, now=in_days(15))
    assert [one.place.session_id for one in own.done] == [session.id]


async def test_no_new_person_is_noted_in_a_training(world: World) -> None:
    session = await a_session_of(world, await a_training(world))
    said, told = PersonSaid(first_name="Awa", last_name="Diallo"), Coming(world.facilitator, in_days(14, hour=0.5))

    with pytest.raises(OtherAudience):
        await walk_ins.seat_new(world.db, session.meetings[0].id, said, told)


async def test_who_does_it_again_before_it_runs_out_is_trained_and_his_place_is_shown(world: World) -> None:
    training = await a_training(world)
    first, again = await a_session_of(world, training), await a_session_of(world, training, days=30)
    await has_come(world, first, await takes_part(world, first, world.adviser))
    booked = await takes_part(world, again, world.adviser)

    team = await team_trainings.of_agency(world.db, world.agency.id, by=world.manager, now=in_days(20))

    (nadia,) = [one for one in team.members if one.colleague.id == world.adviser.id]
    assert nadia.stands[training.id].standing is Standing.TRAINED
    assert [place.booking_id for place in nadia.ahead] == [booked.id]


async def test_what_has_run_out_is_to_be_done_again(world: World) -> None:
    training = await a_training(world, validity_months=1)
    session = await a_session_of(world, training)
    await has_come(world, session, await takes_part(world, session, world.adviser))

    own = [await trainings.own(world.db, by=world.adviser, now=in_days(days)) for days in (40, 50)]

    assert [[trained.standing for _, trained in one.lacking] for one in own] == [[], [Standing.EXPIRED]]

"""The life of a session from draft to held, and who is told what on the way."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

import pytest
from sqlalchemy import select, update

from booking.domain.attendance import Mark
from booking.domain.bookings import BookingState, Party
from booking.domain.errors import (
    CapacityBelowTaken,
    InvalidField,
    InvalidSchedule,
    JobSeekerElsewhere,
    NameTaken,
    NotAllowed,
    NotFound,
    SessionEnded,
    SessionNotDraft,
    StaleEdit,
)
from booking.domain.identifiers import new_id
from booking.domain.messages import Message, MessageKind, MessageState
from booking.domain.rooms import Room
from booking.domain.sessions import Session, SessionState
from booking.domain.staff import Role
from booking.services import attendance, bookings, feeds, scheduling
from booking.services.scheduling import MeetingPlan
from booking.storage import agencies, outbox, sessions
from booking.storage.tables import feed_changes, feed_entries, job_seeker_times, staff
from tests.given import DAY, NOW, SITE, World, a_workshop, in_days, meeting


def as_is(session: Session, shift: float = 0, **known: object) -> list[MeetingPlan]:
    """The meetings of a session as a form sends them back, so many days later."""
    usual = {"room_id": session.meetings[0].room_id, "facilitator_id": session.meetings[0].facilitator_id}
    return [
        MeetingPlan(
            id=m.id,
            starts_at=m.starts_at + shift * DAY,
            ends_at=m.ends_at + shift * DAY,
            **(usual | known),
        )
        for m in session.meetings
    ]


async def change(world: World, session: Session, meetings=None, **known: object) -> Session:
    usual = {"capacity": session.capacity, "version": None, "by": world.manager, "site": SITE, "now": NOW}
    planned = as_is(session) if meetings is None else meetings
    return await scheduling.change(world.db, session.id, meetings=planned, **(usual | known))


async def cancel(world: World, session: Session, because: str = "Salle inondée", **known: object) -> Session:
    usual = {"by": world.manager, "site": SITE, "now": NOW}
    return await scheduling.cancel(world.db, session.id, because=because, **(usual | known))


async def stored(world: World, session: Session) -> Session:
    async with world.db.reading() as tx:
        return await sessions.load(tx, session.id)


async def times_of(world: World, booking_id: UUID) -> list[tuple[datetime, datetime]]:
    t = job_seeker_times.c
    async with world.db.reading() as tx:
        found = select(t.starts_at, t.ends_at).where(t.booking_id == booking_id).order_by(t.starts_at)
        return [tuple(row) for row in await tx.rows(found)]


async def still_to_say(world: World, booking_id: UUID) -> list[Message]:
    async with world.db.reading() as tx:
        return [m for m in await outbox.of_booking(tx, booking_id) if m.state is MessageState.PLANNED]


async def version(world: World) -> int:
    async with world.db.reading() as tx:
        return (await agencies.load(tx, world.agency.id)).feed_version


async def shown(world: World, now: datetime = NOW) -> str:
    state = await feeds.state(world.db, world.agency.slug, now=now)
    return (await feeds.text(world.db, state, site=SITE)).decode()


class TestDrafts:
    async def test_a_draft_is_kept_with_its_meetings_in_order(self, world: World):
        draft = await world.draft(meeting(in_days(20)), meeting(in_days(14)))

        assert await stored(world, draft) == draft
        assert [m.starts_at for m in draft.meetings] == [in_days(14), in_days(20)]
        assert draft.state is SessionState.DRAFT

    async def test_nobody_outside_sees_a_draft(self, world: World):
        await world.draft()

        assert "Premiers pas" not in await shown(world)
        assert await version(world) == 0

    async def test_a_published_session_is_seen_and_can_be_booked(self, world: World):
        session = await world.session()

        assert await world.booked(session)
        assert "Premiers pas" in await shown(world)

    async def test_a_session_is_published_once(self, world: World):
        session = await world.session()

        with pytest.raises(SessionNotDraft):
            await scheduling.publish(world.db, session.id, by=world.manager, site=SITE, now=NOW)

    async def test_a_draft_that_nobody_ever_saw_goes_without_a_word(self, world: World):
        draft = await world.draft()

        await cancel(world, draft)

        assert "Premiers pas" not in await shown(world)
        assert await version(world) == 0

    async def test_a_draft_of_an_unknown_workshop_is_not_planned(self, world: World):
        with pytest.raises(NotFound):
            await world.draft(workshop_id=new_id(NOW))

    async def test_a_draft_in_an_unknown_agency_is_not_planned(self, world: World):
        everywhere = await world.staff(Role.ADMINISTRATOR, None, "Odile")

        with pytest.raises(NotFound):
            await world.draft(agency_id=new_id(NOW), by=everywhere)

    async def test_a_room_of_another_agency_is_refused_beside_its_meeting(self, world: World):
        elsewhere = await world.another_agency()
        room = Room(id=new_id(NOW), agency_id=elsewhere.id, name="Rhône", seats=9, workstations=9)
        async with world.db.transaction() as tx:
            await agencies.add_room(tx, room)

        with pytest.raises(InvalidField) as refused:
            await world.draft(meeting(in_days(14)), meeting(in_days(20), room_id=room.id))

        assert refused.value.facts["fields"] == {"meetings.2": "room-of-another-agency"}

    async def test_only_who_facilitates_here_leads_here(self, world: World):
        lyon = await world.another_agency()
        stranger = await world.staff(Role.FACILITATOR, lyon, "Yann")

        for leader in (stranger, world.adviser):
            with pytest.raises(InvalidField) as refused:
                await world.draft(meeting(in_days(14), facilitator_id=leader.id))
            assert refused.value.facts["fields"] == {"meetings.1": "not-a-facilitator-here"}

    async def test_the_room_and_the_facilitator_of_the_agency_are_kept(self, world: World):
        plan = meeting(in_days(14), room_id=world.room.id, facilitator_id=world.facilitator.id)

        draft = await stored(world, await world.draft(plan))

        assert (draft.meetings[0].room_id, draft.meetings[0].facilitator_id) == (plan.room_id, plan.facilitator_id)


class TestRights:
    async def test_advisers_and_facilitators_plan_nothing(self, world: World):
        session = await world.session()

        for by in (world.adviser, world.facilitator):
            with pytest.raises(NotAllowed):
                await world.draft(by=by)
            with pytest.raises(NotAllowed):
                await change(world, session, by=by)
            with pytest.raises(NotAllowed):
                await cancel(world, session, by=by)
            with pytest.raises(NotAllowed):
                await scheduling.add_workshop(world.db, a_workshop("Autre"), by=by, now=NOW)

    async def test_a_manager_of_another_agency_finds_nothing_here(self, world: World):
        stranger = await world.staff(Role.MANAGER, await world.another_agency(), "Sylvie")
        draft = await world.draft()

        with pytest.raises(NotFound):
            await world.draft(by=stranger)
        with pytest.raises(NotFound):
            await scheduling.publish(world.db, draft.id, by=stranger, site=SITE, now=NOW)
        with pytest.raises(NotFound):
            await change(world, draft, by=stranger)
        with pytest.raises(NotFound):
            await cancel(world, draft, by=stranger)

    async def test_a_session_that_does_not_exist_is_not_found(self, world: World):
        unknown = replace(await world.draft(), id=new_id(NOW))

        for act in (change, cancel):
            with pytest.raises(NotFound):
                await act(world, unknown)


class TestMoving:
    async def test_a_move_tells_everybody_once_with_the_last_word(self, world: World):
        session = await world.session(capacity=1)
        seated, waiting = await world.booked(session), await world.waiting(session)

        moved = await change(world, session, as_is(session, shift=1), now=in_days(1))
        await change(world, moved, as_is(moved, shift=1), now=in_days(1, hour=0.1))

        for booking in (seated, waiting):
            notices = [m for m in await still_to_say(world, booking.id) if m.kind is MessageKind.SESSION_MOVED]
            assert [m.session_sequence for m in notices] == [2]

    async def test_whoever_is_seated_is_where_the_session_is(self, world: World):
        session = await world.session()
        booking = await world.booked(session)

        await change(world, session, as_is(session, shift=1))

        assert await times_of(world, booking.id) == [(in_days(15), in_days(15, hour=2))]

    async def test_reminders_follow_the_move(self, world: World):
        session = await world.session()
        booking = await world.booked(session)

        await change(world, session, as_is(session, shift=8))

        said = [m for m in await still_to_say(world, booking.id) if m.kind is MessageKind.REMINDER]
        assert [m.due_at.date() for m in said] == [in_days(15).date(), in_days(21).date()]
        assert {m.session_sequence for m in said} == {1}

    async def test_another_facilitator_is_told_to_nobody(self, world: World):
        session = await world.session()
        booking = await world.booked(session)
        before = await still_to_say(world, booking.id)

        await change(world, session, as_is(session, facilitator_id=world.facilitator.id))

        assert await still_to_say(world, booking.id) == before
        assert (await stored(world, session)).meetings[0].facilitator_id == world.facilitator.id

    async def test_a_move_that_puts_somebody_in_two_places_is_refused_whole(self, world: World):
        person = await world.job_seeker()
        stays, moves = await world.session(), await world.session(meeting(in_days(15)))
        booking = await world.booked(moves, person)
        await world.booked(stays, person)
        before, feed = await stored(world, moves), await version(world)

        with pytest.raises(JobSeekerElsewhere):
            await change(world, moves, as_is(moves, shift=-1), capacity=9)

        assert await stored(world, moves) == before
        assert await times_of(world, booking.id) == [(in_days(15), in_days(15, hour=2))]
        assert await version(world) == feed

    async def test_somebody_seated_attends_an_added_meeting_too(self, world: World):
        session = await world.session(meeting(in_days(14)))
        booking = await world.booked(session)

        await change(world, session, [*as_is(session), meeting(in_days(21))])

        assert [start for start, _ in await times_of(world, booking.id)] == [in_days(14), in_days(21)]

    async def test_an_added_meeting_at_which_somebody_is_elsewhere_is_refused(self, world: World):
        person = await world.job_seeker()
        session = await world.session(meeting(in_days(14)))
        await world.booked(session, person)
        await world.booked(await world.session(meeting(in_days(21, hour=1))), person)

        with pytest.raises(JobSeekerElsewhere):
            await change(world, session, [*as_is(session), meeting(in_days(21))])

        assert len((await stored(world, session)).meetings) == 1

    async def test_who_waits_is_nowhere_yet(self, world: World):
        session = await world.session(capacity=1)
        await world.booked(session)
        waiting = await world.waiting(session)

        await change(world, session, [*as_is(session), meeting(in_days(21))])

        assert await times_of(world, waiting.id) == []

    async def test_a_removed_meeting_sets_people_free(self, world: World):
        cycle = await world.session(*(meeting(in_days(14 + 7 * n)) for n in range(3)))
        booking = await world.booked(cycle)

        after = await change(world, cycle, as_is(cycle)[:2])

        assert [start for start, _ in await times_of(world, booking.id)] == [in_days(14), in_days(21)]
        assert [m.position for m in after.meetings] == [1, 2]
        assert await stored(world, cycle) == replace(after, taken=1, meetings=(await stored(world, cycle)).meetings)

    async def test_two_meetings_change_places(self, world: World):
        cycle = await world.session(meeting(in_days(14)), meeting(in_days(21)))
        booking = await world.booked(cycle)
        first, second = as_is(cycle)
        swapped = [
            replace(first, starts_at=second.starts_at, ends_at=second.ends_at),
            replace(second, starts_at=first.starts_at, ends_at=first.ends_at),
        ]

        await change(world, cycle, swapped)

        held = await stored(world, cycle)
        assert [(m.id, m.position) for m in held.meetings] == [(second.id, 1), (first.id, 2)]
        assert [start for start, _ in await times_of(world, booking.id)] == [in_days(14), in_days(21)]

    async def test_a_meeting_marked_in_the_morning_may_still_be_called_off(self, world: World):
        cycle = await world.session(meeting(in_days(1)), meeting(in_days(8)))
        booking = await world.booked(cycle)
        early, meeting_id = in_days(1, hour=-1), cycle.meetings[0].id
        await attendance.mark(world.db, meeting_id, booking.id, Mark.EXCUSED, by=world.facilitator, now=early)

        after = await change(world, cycle, as_is(cycle)[1:], now=early)

        assert [m.starts_at for m in after.meetings] == [in_days(8)]

    async def test_a_meeting_that_somebody_else_removed_is_a_stale_edit(self, world: World):
        cycle = await world.session(meeting(in_days(14)), meeting(in_days(21)))
        seen = as_is(cycle)
        await change(world, cycle, seen[:1])

        with pytest.raises(StaleEdit):
            await change(world, cycle, seen)

    async def test_a_meeting_of_another_session_is_not_taken_over(self, world: World):
        session, other = await world.session(), await world.session(meeting(in_days(20)))

        with pytest.raises(StaleEdit):
            await change(world, session, as_is(other))

        assert len((await stored(world, other)).meetings) == 1

    async def test_one_meeting_is_not_planned_twice(self, world: World):
        session = await world.session()
        plan = as_is(session)[0]

        with pytest.raises(InvalidSchedule):
            await change(world, session, [plan, replace(plan, starts_at=in_days(30), ends_at=in_days(30, hour=1))])

        assert (await stored(world, session)).ends_at == in_days(14, hour=2)

    async def test_a_past_meeting_keeps_the_facilitator_who_has_left(self, world: World):
        leaves = await world.staff(Role.FACILITATOR, world.agency, "Lila")
        cycle = await world.session(meeting(in_days(1), facilitator_id=leaves.id), meeting(in_days(8)))
        async with world.db.transaction() as tx:
            await tx.run(update(staff).where(staff.c.id == leaves.id).values(disabled_at=in_days(2)))
        past, ahead = cycle.meetings
        plans = [
            MeetingPlan(id=past.id, starts_at=past.starts_at, ends_at=past.ends_at, facilitator_id=leaves.id),
            MeetingPlan(id=ahead.id, starts_at=in_days(9), ends_at=in_days(9, hour=2)),
        ]

        after = await change(world, cycle, plans, now=in_days(3))

        assert [m.facilitator_id for m in after.meetings] == [leaves.id, None]


class TestSeats:
    async def test_more_seats_go_to_who_waits_in_turn(self, world: World):
        session = await world.session(capacity=1)
        await world.booked(session)
        first = await world.waiting(session)
        second = await world.waiting(session, now=in_days(0.1))

        await change(world, session, capacity=2, now=in_days(1))

        async with world.db.reading() as tx:
            states = [(await bookings.bookings.load(tx, b.id)).state for b in (first, second)]
        assert states == [BookingState.BOOKED, BookingState.WAITLISTED]
        assert await world.count(session) == (2, 1)

    async def test_a_move_gives_a_free_seat_to_who_could_not_come_before(self, world: World):
        person = await world.job_seeker()
        session = await world.session(capacity=1)
        seated = await world.booked(session)
        await world.waiting(session, person)
        other = await scheduling.add_workshop(world.db, a_workshop("Internet"), by=world.manager, now=NOW)
        await world.booked(await world.session(meeting(in_days(14, hour=1)), workshop_id=other.id), person)
        await bookings.cancel(world.db, seated.id, party=Party.PERSON, by=world.adviser, now=NOW)

        await change(world, session, as_is(session, shift=1))

        assert await world.count(session) == (1, 0)

    async def test_seats_are_not_taken_away_from_people(self, world: World):
        session = await world.session(capacity=3)
        for _ in range(2):
            await world.booked(session)

        with pytest.raises(CapacityBelowTaken) as refused:
            await change(world, session, capacity=1)

        assert refused.value.facts == {"taken": 2, "capacity": 1}
        assert (await stored(world, session)).capacity == 3

    async def test_what_somebody_else_changed_meanwhile_is_not_overwritten(self, world: World):
        session = await world.session()
        await change(world, session, capacity=9, version=session.version)

        with pytest.raises(StaleEdit) as refused:
            await change(world, session, capacity=5, version=session.version)

        assert refused.value.facts["version"] == session.version + 1
        assert (await stored(world, session)).capacity == 9

    async def test_a_booking_is_no_change_of_the_session(self, world: World):
        session = await world.session()
        await world.booked(session)

        await change(world, session, capacity=9, version=session.version)

        assert await world.count(session) == (1, 0)


class TestCancelling:
    async def test_a_cancellation_says_why(self, world: World):
        session = await world.session()

        for because in ("", "  ", "x" * 201, "Inond\x00ée", "Salle\ninondée"):
            with pytest.raises(InvalidField):
                await cancel(world, session, because)

        assert (await stored(world, session)).state is SessionState.OPEN

    async def test_a_cancelled_session_is_neither_changed_nor_cancelled_again(self, world: World):
        session = await world.session()
        await cancel(world, session)

        with pytest.raises(SessionEnded):
            await cancel(world, session)
        with pytest.raises(SessionEnded):
            await change(world, session)

    async def test_who_lost_a_seat_is_free_for_another(self, world: World):
        person, session = await world.job_seeker(), await world.session()
        await world.booked(session, person)

        await cancel(world, session)

        await world.booked(await world.session(meeting(in_days(14, hour=1))), person)


class TestTheClock:
    async def test_a_session_that_is_over_was_held_even_with_nobody_there(self, world: World):
        session = await world.session(meeting(in_days(1)))

        assert await scheduling.close_over(world.db, in_days(1, hour=2)) == 1

        assert (await stored(world, session)).state is SessionState.HELD

    async def test_what_is_under_way_or_called_off_or_never_opened_stays(self, world: World):
        cycle = await world.session(meeting(in_days(1)), meeting(in_days(8)))
        off = await world.session(meeting(in_days(1)))
        draft = await world.draft(meeting(in_days(1)))
        await cancel(world, off)

        assert await scheduling.close_over(world.db, in_days(2)) == 0

        states = [(await stored(world, s)).state for s in (cycle, off, draft)]
        assert states == [SessionState.OPEN, SessionState.CANCELLED, SessionState.DRAFT]

    async def test_the_past_is_closed_a_part_at_a_time(self, world: World):
        for _ in range(3):
            await world.session(meeting(in_days(1)))

        closed = [await scheduling.close_over(world.db, in_days(2), most=2) for _ in range(3)]

        assert closed == [2, 1, 0]

    async def test_a_session_that_is_over_is_not_called_off_before_the_clock_comes(self, world: World):
        session = await world.session(meeting(in_days(1)))

        with pytest.raises(SessionEnded):
            await cancel(world, session, now=in_days(1, hour=3))


class TestTheCatalogue:
    async def test_two_workshops_do_not_share_a_title(self, world: World):
        with pytest.raises(NameTaken):
            await scheduling.add_workshop(world.db, a_workshop(world.workshop.title), by=world.manager, now=NOW)

    async def test_a_new_title_reaches_every_calendar_that_shows_it_with_one_new_version(self, world: World):
        await world.session(meeting(in_days(14)), meeting(in_days(21)))
        await world.session(meeting(in_days(15)))
        before = await version(world)
        renamed = replace(world.workshop, title="Premiers clics")

        await scheduling.change_workshop(world.db, renamed, by=world.manager, site=SITE, now=in_days(1))

        feed = await shown(world, in_days(1))
        assert (feed.count("Premiers clics"), feed.count("Premiers pas")) == (3, 0)
        assert await version(world) == before + 1

    async def test_what_no_calendar_shows_changes_no_calendar(self, world: World):
        await world.session()
        before = await version(world)
        changed = replace(world.workshop, usual_minutes=90)

        await scheduling.change_workshop(world.db, changed, by=world.manager, site=SITE, now=in_days(1))

        assert await version(world) == before

    async def test_an_unknown_workshop_is_not_changed(self, world: World):
        with pytest.raises(NotFound):
            await scheduling.change_workshop(world.db, a_workshop("Autre"), by=world.manager, site=SITE, now=NOW)

    async def test_a_removed_meeting_is_noted_for_calendars_that_ask_what_changed(self, world: World):
        cycle = await world.session(*(meeting(in_days(14 + 7 * n)) for n in range(3)))

        await change(world, cycle, as_is(cycle)[:2])

        c = feed_changes.c
        async with world.db.reading() as tx:
            noted = await tx.rows(select(c.meeting_id, c.removed).where(c.version == await version(world)))
        assert {tuple(row) for row in noted} == {(m.id, m.position == 3) for m in cycle.meetings}

    async def test_entries_made_anew_change_nothing_until_the_site_moves(self, world: World):
        await world.session()

        again = await scheduling.refresh_entries(world.db, SITE, in_days(1))
        moved = await scheduling.refresh_entries(world.db, replace(SITE, url="https://ateliers.neuf"), in_days(1))

        assert (again, moved) == (0, 1)
        assert "https://ateliers.neuf/agences/" in (await shown(world, in_days(1))).replace("\r\n ", "")

    async def test_entries_of_an_older_program_are_made_anew_without_waking_who_reads_the_same(self, world: World):
        await world.session(meeting(in_days(14)), meeting(in_days(17)))
        before = await version(world)
        async with world.db.transaction() as tx:
            await tx.run(update(feed_entries).values(made_by="an older one"))

        assert await scheduling.refresh_entries(world.db, SITE, in_days(1)) == 2
        assert await scheduling.refresh_entries(world.db, SITE, in_days(1)) == 0
        assert await version(world) == before

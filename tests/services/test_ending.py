"""A session ends before its time: who is moved where, who is told what, and that nobody is lost."""

import pytest

from booking.domain.attendance import Mark
from booking.domain.bookings import BookingState, Party
from booking.domain.endings import Then
from booking.domain.errors import InvalidField, SessionClosed, SessionFull
from booking.domain.messages import MessageKind
from booking.domain.sessions import Session, SessionState
from booking.services import attendance, bookings, messages, scheduling, waits
from booking.storage import listings, outbox
from booking.storage.invariants import applying, broken
from tests.given import HOUR, NOW, SITE, World, a_workshop, in_days, meeting


async def cancel(world: World, session: Session, now=NOW, **how: object) -> Session:
    known = {"because": "Salle inondée", "by": world.manager, "site": SITE, "now": now}
    return await scheduling.cancel(world.db, session.id, **(known | how))


async def people_of(world: World, session: Session) -> dict[str, BookingState]:
    async with world.db.reading() as tx:
        return {person.last_name: booking.state for booking, person in await listings.participants(tx, session.id)}


async def said_to(world: World, person, now=NOW) -> list:
    async with world.db.reading() as tx:
        booked = await listings.bookings_of(tx, person.id)
        said = [m for b in booked for m in await outbox.of_booking(tx, b.booking.id)]
    return [m for m in said if m.kind is not MessageKind.REMINDER and m.state == "planned"]


async def nothing_is_broken(world: World, now=NOW) -> None:
    async with world.db.reading() as tx:
        assert [i.name for i in applying(tx.dialect) if await broken(tx, i, now)] == []


class TestMovingEverybody:
    async def test_who_is_moved_to_a_seat_waits_no_longer_for_another_one(self, world: World):
        off, target = await world.session(capacity=1), await world.session(meeting(in_days(15)), capacity=2)
        lyon, ann, asked = (
            await world.another_agency(),
            await world.job_seeker("Ann"),
            {"by": world.adviser, "now": NOW},
        )
        await world.booked(off)
        await world.waiting(off, ann)
        joined = await waits.join(world.db, world.workshop.id, ann.id, [lyon.id], **asked)
        assert joined.wait

        await cancel(world, off, then=Then.MOVE, into=target.id)

        assert (await people_of(world, target))["Ann"] is BookingState.BOOKED
        assert await waits.of_person(world.db, ann.id, **asked) == []

    async def test_who_fits_is_moved_seated_first_and_the_others_are_told_of_other_dates(self, world: World):
        full, target = await world.session(capacity=2), await world.session(meeting(in_days(15)), capacity=2)
        other = await world.session(meeting(in_days(16)))
        ann, bob, cid = [await world.job_seeker(name) for name in ("Ann", "Bob", "Cid")]
        await world.booked(full, ann)
        await world.booked(full, bob)
        await world.waiting(full, cid)

        await cancel(world, full, then=Then.MOVE, into=target.id)

        assert await people_of(world, target) == {"Ann": BookingState.BOOKED, "Bob": BookingState.BOOKED}
        assert (await world.count(full), await world.count(target)) == ((0, 0), (2, 0))
        assert [m.kind for m in await said_to(world, ann)] == [MessageKind.BOOKING_MOVED]
        (lost,) = await said_to(world, cid)
        assert lost.kind is MessageKind.SESSION_CANCELLED
        assert [one["session_id"] for one in lost.details["alternatives"]] == [str(other.id)]
        await nothing_is_broken(world)

    async def test_who_waited_may_get_a_seat_there(self, world: World):
        full, target = await world.session(capacity=1), await world.session(meeting(in_days(15)))
        cid = await world.job_seeker("Cid")
        await world.booked(full)
        await world.waiting(full, cid)

        await cancel(world, full, then=Then.MOVE, into=target.id)

        assert (await people_of(world, target))["Cid"] is BookingState.BOOKED
        (said,) = await said_to(world, cid)
        assert said.details["has_waited"]

    async def test_who_is_elsewhere_at_that_time_is_told_and_keeps_what_he_has(self, world: World):
        off, target = await world.session(), await world.session(meeting(in_days(15)))
        elsewhere, ann = await world.session(meeting(in_days(15, hour=1))), await world.job_seeker("Ann")
        await world.booked(off, ann)
        await world.booked(elsewhere, ann)

        await cancel(world, off, then=Then.MOVE, into=target.id)

        assert (await world.count(target), await world.count(elsewhere)) == ((0, 0), (1, 0))
        assert MessageKind.SESSION_CANCELLED in [m.kind for m in await said_to(world, ann)]

    async def test_a_seat_he_waited_for_comes_before_the_move(self, world: World):
        off, wanted = await world.session(), await world.session(meeting(in_days(14, hour=1)), capacity=1)
        target, ann = await world.session(meeting(in_days(14, hour=1))), await world.job_seeker("Ann")
        seated = await world.booked(wanted)
        await world.waiting(wanted, ann)
        await world.booked(off, ann)
        await bookings.cancel(world.db, seated.id, party=Party.PERSON, by=world.adviser, now=NOW)

        await cancel(world, off, then=Then.MOVE, into=target.id)

        assert (await world.count(wanted), await world.count(target)) == ((1, 0), (0, 0))

    async def test_people_are_moved_only_to_a_coming_session_of_the_same_workshop(self, world: World):
        session, draft = await world.session(), await world.draft(meeting(in_days(20)))
        alien = a_workshop("Écrire un courriel")
        await scheduling.add_workshop(world.db, alien, by=world.manager, now=NOW)
        another = await world.session(meeting(in_days(21)), workshop_id=alien.id)

        for into in (session.id, another.id, world.agency.id, None):
            with pytest.raises(InvalidField):
                await cancel(world, session, then=Then.MOVE, into=into)
        with pytest.raises(SessionClosed):
            await cancel(world, session, then=Then.MOVE, into=draft.id)


class TestMerging:
    async def merge(self, world: World, session: Session, into: Session) -> Session:
        known = {"because": "Deux groupes réunis", "by": world.manager, "site": SITE, "now": NOW}
        return await scheduling.merge(world.db, session.id, into.id, **known)

    async def test_two_groups_become_one(self, world: World):
        small, other = await world.session(), await world.session(meeting(in_days(15)))
        ann = await world.job_seeker("Ann")
        await world.booked(small, ann)
        await world.booked(other)

        after = await self.merge(world, small, other)

        assert after.state is SessionState.CANCELLED
        assert (await world.count(small), await world.count(other)) == ((0, 0), (2, 0))
        (said,) = await said_to(world, ann)
        assert (said.kind, said.details["because"]) == (MessageKind.BOOKING_MOVED, "Deux groupes réunis")
        await nothing_is_broken(world)

    async def test_it_is_not_done_by_halves(self, world: World):
        small, other = await world.session(), await world.session(meeting(in_days(15)), capacity=1)
        await world.booked(small)
        await world.booked(small)

        with pytest.raises(SessionFull):
            await self.merge(world, small, other)

        assert (await world.count(small), await world.count(other)) == ((2, 0), (0, 0))


class TestTelling:
    async def test_other_dates_are_named_only_when_they_are_to_be_offered(self, world: World):
        for then, offered in ((Then.TELL, 0), (Then.OFFER, 1)):
            off, person = await world.session(), await world.job_seeker(email="a@example.org")
            other = await world.session(meeting(in_days(30)))
            booking = await world.booked(off, person)

            await cancel(world, off, then=then)

            letter = await messages.letter(world.db, booking.id, by=world.adviser, now=NOW)
            assert letter.words.body.count("Vous pouvez venir à une autre date") == offered
            assert "Salle inondée" in letter.words.body
            await cancel(world, other)


class TestACycleThatHasBegun:
    @pytest.fixture
    async def cycle(self, world: World) -> Session:
        return await world.session(*(meeting(in_days(1 + 7 * n)) for n in range(3)))

    async def test_only_what_is_to_come_is_cancelled_and_marks_stay(self, world: World, cycle: Session):
        ann = await world.job_seeker("Ann", email="ann@example.org")
        booking = await world.booked(cycle, ann)
        first = cycle.meetings[0]
        marker = world.manager
        await attendance.mark(world.db, first.id, booking.id, Mark.ATTENDED, by=marker, now=in_days(1, 1))

        after = await cancel(world, cycle, now=in_days(2), then=Then.OFFER)

        assert (after.state, [m.id for m in after.meetings]) == (SessionState.HELD, [first.id])
        roster = await attendance.roster(world.db, first.id, by=marker)
        assert [line.attendance.mark for line in roster.lines] == [Mark.ATTENDED]
        letter = await messages.letter(world.db, booking.id, by=world.adviser, now=in_days(2))
        assert "La suite est annulée" in letter.words.body and "mardi 27 octobre" in letter.words.body
        await nothing_is_broken(world, in_days(2))

    async def test_everybody_seated_is_told_in_time_for_the_next_meeting(self, world: World, cycle: Session):
        ann = await world.job_seeker("Ann", email="ann@example.org")
        await world.booked(cycle, ann)

        await cancel(world, cycle, now=in_days(2))

        said = [m for m in await said_to(world, ann) if m.kind is MessageKind.SESSION_CUT_SHORT]
        assert [m.not_after for m in said] == [cycle.meetings[1].starts_at]

    async def test_who_waits_is_told_and_waits_no_more(self, world: World):
        cycle = await world.session(meeting(in_days(1)), meeting(in_days(8)), capacity=1)
        cid = await world.job_seeker("Cid")
        await world.booked(cycle)
        await world.waiting(cycle, cid)

        await cancel(world, cycle, now=in_days(2))

        assert await world.count(cycle) == (1, 0)
        assert MessageKind.SESSION_CANCELLED in [m.kind for m in await said_to(world, cid)]

    async def test_people_may_go_on_in_another_session_and_keep_what_they_attended(self, world: World, cycle: Session):
        ann, target = await world.job_seeker("Ann"), await world.session(meeting(in_days(8)))
        await world.booked(cycle, ann)

        await cancel(world, cycle, now=in_days(2), then=Then.MOVE, into=target.id)

        assert (await world.count(cycle), await world.count(target)) == ((1, 0), (1, 0))
        await nothing_is_broken(world, in_days(2))

    async def test_a_first_meeting_that_began_without_anybody_has_not_taken_place(self, world: World):
        session = await world.session(meeting(in_days(1)))
        await world.booked(session)

        after = await cancel(world, session, now=in_days(1) + HOUR)

        assert after.state is SessionState.CANCELLED and await world.count(session) == (0, 0)

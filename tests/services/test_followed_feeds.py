"""What each kind of calendar shows, how much of it, and what wakes its subscribers."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from icalendar import Calendar
from icalendar.cal import Component
from sqlalchemy import insert, select

from booking.domain.bookings import Party
from booking.domain.identifiers import new_id
from booking.domain.rooms import Room
from booking.domain.sessions import Session
from booking.domain.staff import Role, Staff
from booking.domain.subscriptions import Detail, FeedKind, Subscription
from booking.services import bookings, feeds, scheduling
from booking.services.scheduling import MeetingPlan
from booking.storage import agencies
from booking.storage.tables import feed_entries
from tests.given import NOW, SITE, World, a_workshop, in_days, meeting

SOMEBODY = UUID(int=1)


def following(kind: FeedKind, scope_id: UUID | None, **known: object) -> Subscription:
    """A calendar of this kind, with title and place unless told otherwise."""
    usual = {"id": SOMEBODY, "owner_id": SOMEBODY, "agency_id": None, "name": "Mon agenda", "created_at": NOW}
    return Subscription(kind=kind, scope_id=scope_id, **(usual | known))  # type: ignore[arg-type]


async def events(world: World, subscription: Subscription, now: datetime = NOW) -> list[Component]:
    state = await feeds.followed(world.db, subscription, now=now)
    return Calendar.from_ical(await feeds.text(world.db, state, site=SITE)).walk("VEVENT")


async def shown(world: World, subscription: Subscription, now: datetime = NOW) -> list[str]:
    """The meetings in a calendar by start; none where it says that there is none."""
    found = [event for event in await events(world, subscription, now) if isinstance(event["DTSTART"].dt, datetime)]
    return [str(event["UID"]).removesuffix("@ateliers.example") for event in found]


async def tag(world: World, subscription: Subscription, now: datetime = NOW) -> str:
    return (await feeds.followed(world.db, subscription, now=now)).etag


def ids(*sessions: Session) -> list[str]:
    return [str(m.id) for session in sessions for m in session.meetings]


async def changed(world: World, session: Session, *meetings: MeetingPlan, now: datetime = NOW) -> Session:
    """The session with other meetings, or with the first so many of its own."""
    return await scheduling.change(
        world.db, session.id, capacity=8, meetings=meetings, version=None, by=world.manager, site=SITE, now=now
    )


def same(session: Session, **other: object) -> list[MeetingPlan]:
    """The meetings as they are, but for this."""
    known = ("id", "starts_at", "ends_at", "room_id", "facilitator_id")
    return [MeetingPlan(**({name: getattr(m, name) for name in known} | other)) for m in session.meetings]  # type: ignore[arg-type]


async def test_a_room_shows_what_takes_place_in_it(world: World) -> None:
    inside = await world.session(meeting(in_days(14), room_id=world.room.id))
    await world.session(meeting(in_days(15)))

    assert await shown(world, following(FeedKind.ROOM, world.room.id)) == ids(inside)


async def test_a_workshop_shows_its_sessions_in_every_agency(world: World) -> None:
    lyon, odile = await world.another_agency(), await world.staff(Role.ADMINISTRATOR, None, "Odile")
    here = await world.session(meeting(in_days(15)))
    there = await world.session(meeting(in_days(14)), agency_id=lyon.id, by=odile)
    other = a_workshop("Tableur")
    await scheduling.add_workshop(world.db, other, by=world.manager, now=NOW)
    await world.session(meeting(in_days(16)), workshop_id=other.id)

    assert await shown(world, following(FeedKind.WORKSHOP, world.workshop.id)) == ids(there, here)


async def test_the_network_shows_everything_that_is_published(world: World) -> None:
    lyon, odile = await world.another_agency(), await world.staff(Role.ADMINISTRATOR, None, "Odile")
    here, there = await world.session(), await world.session(meeting(in_days(20)), agency_id=lyon.id, by=odile)
    await world.draft(meeting(in_days(16)))

    assert await shown(world, following(FeedKind.NETWORK, None)) == ids(here, there)


async def test_who_leads_or_assists_sees_his_own_meetings(world: World) -> None:
    helper = await world.staff(Role.ASSISTANT, world.agency, "Théo")
    led = await world.session(meeting(in_days(14), facilitator_id=world.facilitator.id))
    assisted = await world.session(meeting(in_days(15), assistant_ids=(helper.id,)))

    assert await shown(world, following(FeedKind.FACILITATOR, world.facilitator.id)) == ids(led)
    assert await shown(world, following(FeedKind.FACILITATOR, helper.id)) == ids(assisted)


async def test_a_meeting_given_to_another_changes_both_calendars_and_no_other(world: World) -> None:
    aline = await world.staff(Role.FACILITATOR, world.agency, "Aline")
    session = await world.session(meeting(in_days(14), facilitator_id=world.facilitator.id))
    mine, hers = (following(FeedKind.FACILITATOR, who.id) for who in (world.facilitator, aline))
    others = [following(FeedKind.WORKSHOP, world.workshop.id), following(FeedKind.NETWORK, None)]
    before = [await tag(world, one) for one in (mine, hers)], [await tag(world, one) for one in others]

    await changed(world, session, *same(session, facilitator_id=aline.id))

    assert (await shown(world, mine), await shown(world, hers)) == ([], ids(session))
    assert not {await tag(world, one) for one in (mine, hers)} & set(before[0])
    assert [await tag(world, one) for one in others] == before[1], "who leads is nobody's business"


async def test_a_meeting_in_another_room_leaves_the_first_ones_calendar(world: World) -> None:
    chartreuse = Room(id=new_id(NOW), agency_id=world.agency.id, name="Chartreuse", seats=9, workstations=9)
    async with world.db.transaction() as tx:
        await agencies.add_room(tx, chartreuse)
    session = await world.session(meeting(in_days(14), room_id=world.room.id))
    first, second = (following(FeedKind.ROOM, id) for id in (world.room.id, chartreuse.id))
    before = await tag(world, first)

    await changed(world, session, *same(session, room_id=chartreuse.id))

    assert (await shown(world, first), await shown(world, second)) == ([], ids(session))
    assert await tag(world, first) != before


class TestAnAdvisersCalendar:
    """The sessions with her job seekers: it changes with her bookings, too."""

    def of(self, adviser: Staff) -> Subscription:
        return following(FeedKind.ADVISER, adviser.id)

    async def test_it_shows_where_her_people_go_and_nobodys_name(self, world: World) -> None:
        session = await world.session()
        await world.session(meeting(in_days(15)))
        person = await world.job_seeker("Ouedraogo")
        await world.booked(session, person)

        state = await feeds.followed(world.db, self.of(world.adviser), now=NOW)
        said = (await feeds.text(world.db, state, site=SITE)).decode()

        assert await shown(world, self.of(world.adviser)) == ids(session)
        assert not [name for name in ("Ouedraogo", "Aïssatou", str(person.id)) if name in said]

    async def test_a_booking_changes_it_and_a_cancellation_changes_it_back(self, world: World) -> None:
        session = await world.session()
        empty = await tag(world, self.of(world.adviser))
        booking = await world.booked(session)
        full = await tag(world, self.of(world.adviser))

        await bookings.cancel(world.db, booking.id, party=Party.PERSON, by=world.adviser, now=in_days(0, 1))

        assert empty != full != await tag(world, self.of(world.adviser))
        assert await shown(world, self.of(world.adviser)) == []

    async def test_a_moved_session_changes_it(self, world: World) -> None:
        session = await world.session()
        await world.booked(session)
        before = await tag(world, self.of(world.adviser))

        moved = [replace(m, starts_at=in_days(17), ends_at=in_days(17, 2)) for m in same(session)]
        await changed(world, session, *moved, now=in_days(1))

        assert await tag(world, self.of(world.adviser)) != before

    async def test_a_cancelled_session_is_still_shown_as_such(self, world: World) -> None:
        session = await world.session()
        await world.booked(session)

        await scheduling.cancel(world.db, session.id, because="Grève", by=world.manager, site=SITE, now=NOW)

        (event,) = await events(world, self.of(world.adviser))
        assert event["STATUS"] == "CANCELLED"

    async def test_what_others_book_is_not_hers(self, world: World) -> None:
        await world.booked(await world.session())

        assert await shown(world, self.of(world.manager)) == []


class TestDetail:
    """A subscriber sees as much as the owner of the link wants."""

    async def seen(self, world: World, detail: Detail) -> Component:
        await world.session(meeting(in_days(14), room_id=world.room.id))
        (event,) = await events(world, following(FeedKind.AGENCY, world.agency.id, detail=detail))
        return event

    async def test_title_and_place(self, world: World) -> None:
        event = await self.seen(world, Detail.PLACE)

        assert event["SUMMARY"] == "Premiers pas avec l’ordinateur"
        assert event["LOCATION"] == "Vercors, Grenoble Bastille, Grenoble"

    async def test_the_title_alone(self, world: World) -> None:
        event = await self.seen(world, Detail.TITLE)

        assert event["SUMMARY"] == "Premiers pas avec l’ordinateur"
        assert not {"LOCATION", "DESCRIPTION", "URL", "GEO", "CATEGORIES"} & event.keys()

    async def test_busy_and_no_more(self, world: World) -> None:
        event = await self.seen(world, Detail.BUSY)

        assert (event["SUMMARY"], event["TRANSP"]) == ("Occupé", "OPAQUE")
        assert not {"LOCATION", "DESCRIPTION", "URL", "GEO", "CATEGORIES"} & event.keys()

    async def test_another_detail_is_another_calendar(self, world: World) -> None:
        await world.session()

        of_agency = [following(FeedKind.AGENCY, world.agency.id, detail=detail) for detail in Detail]
        tags = {await tag(world, replace(one, hides_cancelled=hides)) for one in of_agency for hides in (True, False)}

        assert len(tags) == 6

    async def test_cancelled_meetings_are_hidden_from_who_does_not_want_them(self, world: World) -> None:
        session = await world.session()
        await scheduling.cancel(world.db, session.id, because="Grève", by=world.manager, site=SITE, now=NOW)
        mine = following(FeedKind.AGENCY, world.agency.id)

        assert await shown(world, mine) == ids(session)
        assert await shown(world, replace(mine, hides_cancelled=True)) == []


class TestRemovedMeetings:
    """A meeting that is no more is shown as cancelled until the end of its day, wherever it stood."""

    async def cut_short(self, world: World) -> tuple[Session, str]:
        """A cycle of three whose second meeting was removed."""
        leader = world.facilitator.id
        cycle = await world.session(
            *(meeting(in_days(day), room_id=world.room.id, facilitator_id=leader) for day in (14, 17, 20))
        )
        first, _, last = same(cycle)
        await changed(world, cycle, first, last, now=in_days(1))
        return cycle, str(cycle.meetings[1].id)

    async def test_it_is_cancelled_in_every_calendar_that_showed_it(self, world: World) -> None:
        _, gone = await self.cut_short(world)

        for kind, id in (
            (FeedKind.AGENCY, world.agency.id),
            (FeedKind.ROOM, world.room.id),
            (FeedKind.WORKSHOP, world.workshop.id),
            (FeedKind.FACILITATOR, world.facilitator.id),
        ):
            (event,) = [e for e in await events(world, following(kind, id)) if str(e["UID"]).startswith(gone)]
            assert (event["STATUS"], event["TRANSP"], event["SEQUENCE"]) == ("CANCELLED", "TRANSPARENT", 1), kind
            assert event["SUMMARY"] == "ANNULÉ – Premiers pas avec l’ordinateur – séance 2/3"
            assert event["LOCATION"] == "Vercors, Grenoble Bastille, Grenoble"

    async def test_it_leaves_with_its_day(self, world: World) -> None:
        _, gone = await self.cut_short(world)
        agency = following(FeedKind.AGENCY, world.agency.id)

        assert gone in await shown(world, agency, in_days(17, 3))
        assert gone not in await shown(world, agency, in_days(18))

    async def test_the_rest_of_a_cycle_that_was_called_off_is_cancelled(self, world: World) -> None:
        cycle = await world.session(meeting(in_days(1)), meeting(in_days(14)))

        await scheduling.cancel(world.db, cycle.id, because="Départ", by=world.manager, site=SITE, now=in_days(2))

        states = [str(e["STATUS"]) for e in await events(world, following(FeedKind.AGENCY, world.agency.id))]
        assert states == ["CONFIRMED", "CANCELLED"]

    async def test_the_meeting_of_a_draft_goes_without_a_word(self, world: World) -> None:
        draft = await world.draft(meeting(in_days(14)), meeting(in_days(17)))

        await changed(world, draft, same(draft)[0])

        assert await shown(world, following(FeedKind.AGENCY, world.agency.id)) == []


async def test_a_calendar_of_several_zones_defines_them_all(world: World) -> None:
    elsewhere = await world.another_agency("Saint-Denis", department="974", time_zone="Indian/Reunion")
    odile = await world.staff(Role.ADMINISTRATOR, None, "Odile")
    await world.session()
    await world.session(meeting(in_days(15)), agency_id=elsewhere.id, by=odile)
    network = following(FeedKind.NETWORK, None)

    state = await feeds.followed(world.db, network, now=NOW)
    body = (await feeds.text(world.db, state, site=SITE)).decode()

    assert [line for line in body.splitlines() if line.startswith("TZID:")] == [
        "TZID:Europe/Paris",
        "TZID:Indian/Reunion",
    ]


async def test_a_meeting_cancelled_far_west_stays_until_its_day_is_over_there(world: World) -> None:
    papeete = await world.another_agency("Papeete", department="987", time_zone="Pacific/Tahiti")
    odile = await world.staff(Role.ADMINISTRATOR, None, "Odile")
    session = await world.session(meeting(in_days(14, 12)), agency_id=papeete.id, by=odile)
    await scheduling.cancel(world.db, session.id, because="Cyclone", by=odile, site=SITE, now=NOW)
    network = following(FeedKind.NETWORK, None)

    assert await shown(world, network, in_days(14, 20)) == ids(session), "in Paris it is tomorrow, in Papeete it is not"
    assert await shown(world, network, in_days(16)) == []


async def test_what_its_owner_changes_moves_its_date(world: World) -> None:
    mine = following(FeedKind.AGENCY, world.agency.id, changed_at=in_days(0, 5))

    assert (await feeds.followed(world.db, mine, now=in_days(0, 6))).last_modified == in_days(0, 5)


async def test_of_more_than_two_thousand_meetings_those_to_come_are_shown_first(world: World) -> None:
    (meeting_id,) = ids(await world.session())
    async with world.db.transaction() as tx:
        kept = await tx.row(select(feed_entries))
        assert kept
        days = [(number, -20 if number < 5 else 1 + number / 100) for number in range(2003)]
        more = [
            dict(kept._mapping)
            | {"meeting_id": UUID(int=number), "starts_at": in_days(day), "ends_at": in_days(day, 1)}
            | {"place": kept.place.replace(meeting_id, str(UUID(int=number)))}
            for number, day in days
        ]
        await tx.run(insert(feed_entries), more)

    seen = await shown(world, following(FeedKind.AGENCY, world.agency.id))

    assert len(seen) == 1999
    assert (seen[0], meeting_id in seen) == (str(UUID(int=5)), True)

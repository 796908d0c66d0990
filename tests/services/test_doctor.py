"""The doctor: finds every broken promise, and nothing where all is well."""

from uuid import UUID

import pytest

from booking.domain.attendance import Mark
from booking.domain.bookings import Party
from booking.domain.subscriptions import FeedKind
from booking.services import attendance, bookings, handing_letters, own_invitations, scheduling, subscriptions, waits
from booking.services.doctor import DOCUMENTS_WHOLE, ENTRIES_READ, examine, reads_right
from booking.storage.invariants import INVARIANTS
from tests.given import NOW, SITE, World, in_days, meeting
from tests.given_referrals import a_partner, referred
from tests.services.breaking import do_behind_its_back

MEETING = UUID("0190a0a0-0000-7000-8000-000000000001")
ENTRY = (
    f"BEGIN:VEVENT\r\nSUMMARY:Premiers pas avec\r\n  le clavier\r\nDTSTART;TZID=Europe/Paris:20261102T100000\r\n"
    f"DTEND;TZID=Europe/Paris:20261102T120000\r\nDTSTAMP:20261019T080000Z\r\nUID:{MEETING}@ateliers.example\r\n"
    "SEQUENCE:2\r\nEND:VEVENT\r\n"
)
MAKES_UP = """UPDATE bookings SET only_meeting_id = id, makes_up_id = (SELECT id FROM bookings LIMIT 1),
    missed_meeting_id = (SELECT id FROM meetings LIMIT 1) WHERE state = 'booked'"""
BREAKAGES = {
    "each-in-his-workshops": "UPDATE workshops SET audience = 'staff'",
    "staff-attend-where-seated": """UPDATE job_seekers SET staff_id = (SELECT id FROM staff WHERE name = 'Nadia')
        WHERE id = (SELECT job_seeker_id FROM job_seeker_times LIMIT 1)""",
    "seats-counted": "UPDATE sessions SET taken = taken + 1 WHERE capacity = 8",
    "waiting-counted": "UPDATE sessions SET waiting = waiting + 1",
    "never-too-many": "UPDATE sessions SET capacity = 0 WHERE capacity = 1",
    "kept-counted": "UPDATE sessions SET kept = 1 WHERE capacity = 8 AND taken = 0",
    "contingents-counted": """INSERT INTO contingents (session_id, agency_id, seats, unused, until_at)
        SELECT id, agency_id, 1, 0, starts_at FROM sessions""",
    "booked-once": "UPDATE bookings SET state = 'booked', cancelled_by = NULL WHERE state = 'cancelled'",
    "one-place-at-a-time": "UPDATE meetings SET starts_at = (SELECT min(starts_at) FROM meetings)",
    "seats-occupy-times": "DELETE FROM job_seeker_times",
    "times-belong-to-seats": "UPDATE bookings SET state = 'waitlisted', waiting_since = created_at",
    "holders-in-one-place": """UPDATE occupancies
        SET holder_id = (SELECT id FROM rooms), starts_at = (SELECT min(starts_at) FROM meetings)""",
    "meetings-hold-their-places": "DELETE FROM occupancies",
    "no-place-in-cancelled": "UPDATE sessions SET state = 'cancelled'",
    "free-seats-given": "UPDATE sessions SET capacity = 5 WHERE capacity = 1",
    "waits-served": "UPDATE wait_agencies SET agency_id = (SELECT agency_id FROM sessions LIMIT 1)",
    "line-kept": """UPDATE bookings SET changed_at = (SELECT max(ends_at) FROM sessions),
        created_at = (SELECT max(ends_at) FROM sessions) WHERE state = 'booked'""",
    "session-times": "UPDATE sessions SET ends_at = (SELECT max(ends_at) FROM sessions)",
    "meetings-apart": "UPDATE meetings SET ends_at = (SELECT max(ends_at) FROM meetings)",
    "meetings-numbered": "UPDATE meetings SET position = position + 10",
    "seats-confirmed": "DELETE FROM messages WHERE kind = 'confirmation'",
    "cancelled-are-silent": "UPDATE messages SET state = 'planned' WHERE state = 'cancelled'",
    "reminders-current": "UPDATE bookings SET sequence = sequence + 1",
    "leases-whole": "UPDATE messages SET state = 'claimed' WHERE state = 'planned'",
    "attempts-of-messages": """INSERT INTO message_attempts
        (message_id, n, channel, template, address_hash, provider_key, started_at)
        SELECT id, 1, 'sms', 'reminder', '', '', created_at FROM messages""",
    "attendance-of-seats": """INSERT INTO attendance (booking_id, meeting_id, session_id, mark, marked_by, marked_at)
        SELECT b.id, m.id, m.session_id, 'attended', b.booked_by, b.created_at
        FROM bookings b JOIN meetings m ON m.session_id = b.session_id WHERE b.state = 'waitlisted'""",
    "erased-say-nothing": "UPDATE job_seekers SET erased_at = created_at",
    "erased-are-hashes": """INSERT INTO erasures (person_hash, because, at)
        SELECT 'job-seeker', 'asked', created_at FROM workshops LIMIT 1""",
    "published-are-shown": "UPDATE feed_entries SET is_cancelled = true",
    "shown-as-planned": "DELETE FROM feed_scopes",
    "removed-are-cancelled": """INSERT INTO feed_entries
        (meeting_id, session_id, agency_id, starts_at, ends_at, is_cancelled, sequence, made_by, changed_at, place,
        title, busy)
        SELECT DISTINCT session_id, session_id, agency_id, min(starts_at), min(ends_at), false, 0, '', min(changed_at),
        '', '', '' FROM feed_entries GROUP BY session_id, agency_id""",
    "people-found": "DELETE FROM job_seeker_words",
    "open-as-the-terms-say": "UPDATE sessions SET cutoff_hours = cutoff_hours + 1",
    "nobody-before-his-seat": """UPDATE bookings SET changed_at = (SELECT max(ends_at) FROM sessions)
        WHERE state = 'booked'""",
    "made-up-in-one-meeting": MAKES_UP,
    "made-up-by-the-same-person": MAKES_UP,
    "made-up-once": MAKES_UP,
    "one-good-link": "UPDATE subscription_secrets SET ended_at = created_at",
    "links-are-hashes": "UPDATE subscription_secrets SET secret_hash = 'said aloud'",
    "follows-what-is-there": "UPDATE subscriptions SET scope_id = id",
    "guests-as-planned": "DELETE FROM occupancies",
    "invitations-leased-whole": "UPDATE invitations SET state = 'sending'",
    "refusals-seen-to": """INSERT INTO calendar_replies
        (booking_id, meeting_id, agency_id, sequence, stamp, partstat, answered_at, settled_at)
        SELECT id, session_id, agency_id, 0, '', 'declined', created_at, created_at FROM bookings""",
    "delivered-was-sent": "UPDATE messages SET state = 'delivered', channel = 'sms' WHERE state = 'planned'",
    "addresses-are-hashes": """INSERT INTO contact_suppressions (id, channel, address_hash, because, since)
        SELECT id, 'email', CAST(id AS text), 'stop', created_at FROM job_seekers""",
    "feeds-move": "UPDATE agencies SET feed_version = 0",
    "no-orphans": "DELETE FROM job_seekers",
    "evidence-has-documents": "DELETE FROM documents",
    "evidence-ends-once": """INSERT INTO evidence
        (id, deed, at, agency_id, staff_id, booking_id, about_id, template, as_of, given_to, because, keep_until)
        SELECT booking_id, 'removed', at, agency_id, staff_id, booking_id, id, '', '', '', 'Non', keep_until
        FROM evidence""",
    "documents-whole": "UPDATE documents SET size = size + 1",
    "roles-held-once": """INSERT INTO staff_roles (id, staff_id, agency_id, role, ends_at)
        SELECT agency_id, staff_id, agency_id, role, (SELECT max(ends_at) FROM meetings)
        FROM staff_roles WHERE role = 'adviser'""",
    "entrusted-by-its-holder": """INSERT INTO staff_roles
        (id, staff_id, agency_id, role, starts_at, ends_at, given_by, delegated_from)
        SELECT a.agency_id, b.staff_id, a.agency_id, a.role, s.starts_at, s.ends_at, b.staff_id, a.id
        FROM staff_roles a JOIN staff_roles b ON a.role = 'adviser' AND b.role = 'facilitator'
        JOIN (SELECT min(starts_at) AS starts_at, max(starts_at) AS ends_at FROM meetings) s ON 1 = 1 LIMIT 1""",
    "referred-agreed": "UPDATE referrals SET agreed_at = NULL",
    "partners-told": "DELETE FROM partner_messages",
    "silence-waited-for": "UPDATE referrals SET due_at = NULL",
    "reminded-once": """INSERT INTO referral_steps (id, referral_id, n, deed, at, by_partner)
        SELECT partner_id, id, 99, 'reminded', created_at, false FROM referrals""",
    "cancelled-closed": "UPDATE referrals SET state = 'cancelled'",
    "figures-equal-rows": """INSERT INTO session_figures
        (session_id, agency_id, workshop_id, slice_on, starts_at, is_begun, is_training, seats)
        SELECT id, agency_id, workshop_id, CAST('2026-10-19' AS date), starts_at, true, false, 99 FROM sessions""",
    "figures-add-up": """INSERT INTO figures (agency_id, scope_id, slice_on, seats)
        SELECT id, id, CAST('2026-10-19' AS date), 5 FROM agencies""",
    "steps-add-up": """INSERT INTO step_figures (agency_id, slice_on, known)
        SELECT id, CAST('2026-10-19' AS date), 3 FROM agencies""",
    "steps-of-people": """INSERT INTO person_steps (job_seeker_id, agency_id, slice_on)
        SELECT id, id, CAST('2026-10-19' AS date) FROM agencies""",
    "entries-read": "UPDATE meetings SET sequence = sequence + 1",
    "file-sound": "UPDATE sessions SET capacity = -1",
}
ON_FILES_ONLY = {"file-sound"}


async def a_full_cycle_with_somebody_waiting(world: World) -> None:
    """A cycle of two meetings with one seat, one who waits, one who left and came back, a draft,
    somebody who waits for any seat elsewhere, and somebody who follows what he leads, and is invited to it."""
    await own_invitations.choose(world.db, "karim@example.org", True, by=world.facilitator, now=NOW)
    person = await world.job_seeker()
    cycle = await world.session(meeting(in_days(14)), meeting(in_days(17)), capacity=1)
    single = await world.session(meeting(in_days(20), facilitator_id=world.facilitator.id))
    left = await world.booked(single, person)
    await bookings.cancel(world.db, left.id, party=Party.PERSON, by=world.adviser, now=NOW)
    await world.booked(single, person)
    booked = await world.booked(cycle, person)
    await handing_letters.hand_over(world.db, booked.id, by=world.adviser, now=NOW)
    await world.waiting(cycle)
    await world.draft()
    near, anybody = await world.another_agency(), await world.job_seeker()
    await waits.join(world.db, world.workshop.id, anybody.id, [near.id], by=world.adviser, now=NOW)
    await referred(world, await a_partner(world), person)
    wish = subscriptions.Wish(kind=FeedKind.FACILITATOR)
    await subscriptions.create(world.db, wish, by=world.facilitator, now=NOW)


async def names(world: World) -> set[str]:
    return {finding.name for finding in await examine(world.db, now=NOW)}


async def test_all_is_well_where_only_use_cases_have_written(world: World) -> None:
    await a_full_cycle_with_somebody_waiting(world)

    assert await examine(world.db, now=NOW) == []


async def test_all_is_well_after_promotion_move_cancellation_and_roll_call(world: World) -> None:
    first, third = await world.session(capacity=1), await world.session()
    second = await world.session(meeting(in_days(20)))
    seated = await world.booked(first)
    promoted = await world.waiting(first)
    await bookings.cancel(world.db, seated.id, party=Party.PERSON, by=world.adviser, now=in_days(1))
    moved = (await bookings.move(world.db, promoted.id, second.id, by=world.adviser, now=in_days(2))).booking
    await world.booked(third)
    await scheduling.cancel(world.db, third.id, because="Panne", by=world.manager, site=SITE, now=in_days(3))
    present = {moved.id: (Mark.ATTENDED, None)}
    await attendance.mark_all(world.db, second.meetings[0].id, present, by=world.facilitator, now=in_days(20))
    await bookings.cancel(world.db, moved.id, party=Party.ADVISER, by=world.adviser, now=in_days(21))

    for day in (0, 3, 20, 40):
        assert await examine(world.db, now=in_days(day)) == []


@pytest.mark.parametrize("name", BREAKAGES)
async def test_a_broken_promise_is_found(world: World, url: str, name: str) -> None:
    if name in ON_FILES_ONLY and not url.startswith("sqlite"):
        return
    await a_full_cycle_with_somebody_waiting(world)

    await do_behind_its_back(url, BREAKAGES[name])

    assert name in await names(world)


def test_every_promise_is_broken_once_here() -> None:
    assert {promise.name for promise in INVARIANTS} | {ENTRIES_READ[0], DOCUMENTS_WHOLE[0]} == BREAKAGES.keys()


async def test_a_finding_names_the_rows_and_counts_them_all(world: World, url: str) -> None:
    sessions = [await world.session() for _ in range(25)]

    await do_behind_its_back(url, "UPDATE sessions SET taken = 3")

    (found,) = await examine(world.db, now=NOW)
    assert (found.name, found.count) == ("seats-counted", 25)
    assert list(found.ids) == sorted(str(session.id) for session in sessions)[:20]


async def test_who_is_elsewhere_may_wait_beside_a_free_seat(world: World) -> None:
    person = await world.job_seeker()
    session = await world.session(meeting(in_days(14)), capacity=1)
    seated = await world.booked(session)
    await world.waiting(session, person)
    await world.booked(await world.session(meeting(in_days(14, hour=1))), person)

    await bookings.cancel(world.db, seated.id, party=Party.PERSON, by=world.adviser, now=in_days(1))

    assert await names(world) == set()


def test_an_entry_of_its_meeting_reads_right() -> None:
    assert reads_right(ENTRY, MEETING, 2)


@pytest.mark.parametrize(
    "broken",
    [
        "",
        ENTRY.replace("SEQUENCE:2", "SEQUENCE:1"),
        ENTRY.replace(f"{MEETING}", "somebody-else"),
        ENTRY.replace("END:VEVENT\r\n", ""),
        ENTRY.replace("\r\n", "\n"),
        ENTRY.replace("DTEND;", "DTNED;"),
        ENTRY + ENTRY,
    ],
)
def test_an_entry_that_is_torn_or_another_ones_does_not(broken: str) -> None:
    assert not reads_right(broken, MEETING, 2)

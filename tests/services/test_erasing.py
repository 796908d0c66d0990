"""Erasing: nothing of the person is left anywhere, what was counted stays counted, and a restored copy knows it too."""

import asyncio
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from booking.domain.attendance import Mark
from booking.domain.bookings import BookingState, Party
from booking.domain.erasures import LONGEST_WAIT, Cause, Request
from booking.domain.errors import InDispute, InvalidField, NotAllowed, NotFound
from booking.domain.idempotency import Once
from booking.domain.job_seekers import JobSeeker
from booking.domain.messages import MessageKind, MessageState
from booking.services import attendance, bookings, disputing, erasing, group_bookings, job_seekers, merging, restoring
from booking.services.doctor import examine
from booking.services.groups import Grouped
from booking.storage import bookings as stored
from booking.storage import erasures, listings, outbox
from tests.given import NOW, SITE, World, in_days
from tests.given_traces import TOKEN, everybody, somebody_everywhere, where_said

LATER = in_days(1)


async def erase(world: World, person: JobSeeker, because: Cause = Cause.ASKED, now=LATER) -> bool:
    return await erasing.ask(world.db, person.id, because, site=SITE, by=world.manager, now=now)


async def wait_out(world: World, now=LATER + LONGEST_WAIT) -> int:
    return await erasing.carry_out_ready(world.db, SITE, now)


async def test_no_word_of_an_erased_person_is_left_in_any_column(world: World):
    person = await somebody_everywhere(world)
    before = await where_said(world.db)

    await erase(world, person)
    assert await wait_out(world) == 1

    assert len(before) > 20 and {"job_seekers.last_name", "audit.details", "sent_texts.body"} <= before
    assert await where_said(world.db) == set()
    assert await where_said(world.db, str(person.id)) == {"audit.noun_id"}
    assert await where_said(world.db, person.phone[3:]) == set()
    assert await examine(world.db, now=LATER + LONGEST_WAIT) == []


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_the_file_itself_holds_no_word_of_an_erased_person(world: World, url: str):
    file = Path(url.removeprefix("sqlite:///"))
    person = await somebody_everywhere(world)
    before = _said_in(file)

    await erase(world, person)
    await wait_out(world)

    assert before > 20 and _said_in(file) == 0


def _said_in(file: Path) -> int:
    """How often the word stands in the file, once what is written ahead has come into it."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return file.read_bytes().count(TOKEN.encode())


async def test_what_was_counted_stays_counted(world: World):
    person = await world.job_seeker("Diallo", phone="06 39 98 00 01")
    session = await world.session()
    booking = await world.booked(session, person)
    (meeting_id,) = [one.id for one in session.meetings]
    said = {"by": world.manager, "now": in_days(14, 1)}
    await attendance.mark(world.db, meeting_id, booking.id, Mark.ATTENDED, **said)
    known = await everybody(world.db)

    assert await erase(world, person, now=in_days(30)) or await wait_out(world, in_days(40))

    async with world.db.reading() as tx:
        after = await stored.load(tx, booking.id)
        (line,) = [one for one in await listings.roster(tx, meeting_id, session.id) if one.booking.id == booking.id]
    assert (after.state, line.attendance.mark) == (BookingState.BOOKED, Mark.ATTENDED)
    assert line.job_seeker.name == "Personne EFFACÉE" and line.job_seeker.phone is None
    assert await world.count(session) == (1, 0) and await everybody(world.db) == known


async def test_places_to_come_are_cancelled_and_the_person_hears_of_it_first(world: World):
    person = await world.job_seeker("Diallo", phone="06 39 98 00 01")
    booking = await world.booked(session := await world.session(), person)

    is_done = await erase(world, person)

    async with world.db.reading() as tx:
        told = [m for m in await outbox.of_booking(tx, booking.id) if m.state is MessageState.PLANNED]
        after = await stored.load(tx, booking.id)
    assert not is_done and await world.count(session) == (0, 0)
    assert after.cancelled_by is Party.PERSON
    assert [m.kind for m in told] == [MessageKind.BOOKING_CANCELLED]
    assert (await job_seekers.show(world.db, person.id, by=world.manager)).phone == "+33639980001"


async def test_who_has_nothing_to_hear_is_erased_at_once(world: World):
    person = await world.job_seeker("Diallo")

    assert await erase(world, person, Cause.MISTAKE)

    assert await job_seekers.search(world.db, "diallo", by=world.adviser) == []
    with pytest.raises(NotFound):
        await job_seekers.show(world.db, person.id, by=world.adviser)


async def test_nobody_gives_an_erased_person_a_seat(world: World):
    person, session = await world.job_seeker("Diallo"), await world.session()
    await erase(world, person)

    with pytest.raises(NotFound):
        await bookings.book(world.db, session.id, person.id, by=world.adviser, now=LATER)


async def test_nothing_is_erased_in_a_dispute(world: World):
    person = await world.job_seeker("Diallo")
    await disputing.begin(world.db, person.id, "Recours devant le tribunal", by=world.manager, now=NOW)

    with pytest.raises(InDispute):
        await erase(world, person)
    await disputing.end(world.db, person.id, by=world.manager, now=NOW)

    assert await erase(world, person)


async def test_a_dispute_takes_back_what_was_asked(world: World):
    person = await world.job_seeker("Diallo", phone="06 39 98 00 01")
    await world.booked(await world.session(), person)
    await erase(world, person)

    await disputing.begin(world.db, person.id, "Recours", by=world.manager, now=LATER)

    assert await wait_out(world) == 0
    assert (await job_seekers.show(world.db, person.id, by=world.manager)).last_name == "Diallo"


async def test_erasing_is_for_who_answers_for_the_agency(world: World):
    person = await world.job_seeker("Diallo")

    with pytest.raises(NotAllowed):
        await erasing.ask(world.db, person.id, Cause.ASKED, site=SITE, by=world.adviser, now=NOW)
    with pytest.raises(InvalidField):
        await erase(world, person, Cause.RESTORED)


async def test_what_was_taken_back_is_not_carried_out_by_who_read_it_before(world: World):
    person = await world.job_seeker("Diallo", phone="06 39 98 00 01")
    await world.booked(await world.session(), person)
    await erase(world, person)
    async with world.db.reading() as tx:
        request = await erasures.asked(tx, person.id)

    await erasing.take_back(world.db, person.id, by=world.manager, now=LATER)

    assert request and not await erasing.carry_out(world.db, request, site=SITE, now=LATER + LONGEST_WAIT)


async def two_entries(world: World) -> tuple[JobSeeker, JobSeeker]:
    """The second has a place, and hears that it is cancelled before anything goes."""
    kept, gone = await world.job_seeker("Diallo"), await world.job_seeker("Dialo", phone="06 39 98 00 01")
    await world.booked(await world.session(), gone)
    return kept, gone


async def test_who_asked_to_be_erased_is_when_two_entries_became_one(world: World):
    kept, gone = await two_entries(world)
    await erase(world, gone)
    await merging.merge(world.db, kept.id, gone.id, by=world.adviser, now=LATER)

    assert await wait_out(world) == 1

    assert await everybody(world.db) == 1


async def test_an_entry_made_by_mistake_takes_no_other_with_it(world: World):
    kept, gone = await two_entries(world)
    await erase(world, gone, Cause.MISTAKE)
    await merging.merge(world.db, kept.id, gone.id, by=world.adviser, now=LATER)

    assert await wait_out(world) == 0

    assert (await job_seekers.show(world.db, kept.id, by=world.manager)).last_name == "Diallo"


async def test_a_dispute_goes_on_when_two_entries_became_one(world: World):
    kept, gone = await two_entries(world)
    await disputing.begin(world.db, gone.id, "Recours", by=world.manager, now=NOW)
    await merging.merge(world.db, kept.id, gone.id, by=world.adviser, now=NOW)

    with pytest.raises(InDispute):
        await erase(world, kept)
    await disputing.end(world.db, kept.id, by=world.manager, now=NOW)

    assert await erase(world, kept) or await wait_out(world)


async def test_the_answer_about_a_group_forgets_one_and_keeps_the_others(world: World):
    person, other = await world.job_seeker("Diallo"), await world.job_seeker("Belkacem")
    session, once = await world.session(), Once(staff_id=world.adviser.id, key="group-1", fingerprint="f")
    how = {"all_or_none": False, "by": world.adviser, "now": NOW, "once": once, "written": _written}
    await group_bookings.book(world.db, session.id, [person.id, other.id], **how)

    assert await erase(world, person) or await wait_out(world)

    assert await where_said(world.db, str(person.id)) == {"audit.noun_id"}
    assert "idempotency_keys.answer" in await where_said(world.db, str(other.id))


def _written(done: Sequence[Grouped]) -> list[dict[str, str]]:
    return [{"job_seeker_id": str(one.job_seeker_id), "booking": str(one.booking.id)} for one in done if one.booking]


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
async def test_nobody_is_erased_while_a_message_to_him_is_being_taken(world: World):
    person = await world.job_seeker("Diallo", phone="06 39 98 00 01")
    await world.booked(await world.session(), person)
    await erase(world, person)
    request = Request(job_seeker_id=person.id, because=Cause.EXPIRED, asked_at=NOW, asked_by=world.manager.id)

    async with world.db.transaction() as tx:
        assert await outbox.claim(tx, in_days(2), uuid4(), timedelta(minutes=1), 9)
        forced = erasing.carry_out(world.db, request, site=SITE, now=in_days(2), is_forced=True)
        going = asyncio.create_task(forced)
        await asyncio.wait({going}, timeout=0.3)

    assert not await going


async def test_who_was_merged_into_the_person_goes_too(world: World):
    kept, gone = await world.job_seeker("Diallo"), await world.job_seeker("Zqxjkv")
    await merging.merge(world.db, kept.id, gone.id, by=world.adviser, now=NOW)

    await erase(world, kept)

    assert await everybody(world.db) == 1
    assert await examine(world.db, now=LATER) == []


async def test_a_restored_copy_forgets_again_and_doing_it_twice_changes_nothing(world: World, tmp_path):
    person = await world.job_seeker("Diallo")
    other = await world.job_seeker("Belkacem")
    await erase(world, person)
    journal = tmp_path / "effacements.jsonl"
    assert await restoring.keep_outside(world.db, journal) == 1
    assert await restoring.keep_outside(world.db, journal) == 0
    await _restore(world, person)

    said = restoring.read(journal)
    counts = [await restoring.reapply(world.db, SITE, said, LATER) for _ in range(2)]

    assert counts == [1, 0]
    assert await job_seekers.search(world.db, "diallo", by=world.adviser) == []
    assert (await job_seekers.show(world.db, other.id, by=world.adviser)).last_name == "Belkacem"
    assert str(person.id) not in journal.read_text()


async def test_a_server_that_starts_on_a_restored_copy_forgets_again_by_itself(world: World, tmp_path):
    person = await world.job_seeker("Diallo")
    await erase(world, person)
    file = tmp_path / "erasures"
    await restoring.Journal(SITE, file).carry_on(world.db, LATER)
    await _restore(world, person)
    assert await restoring.returned(world.db, SITE, restoring.read(file)) == [person.id]

    assert await restoring.Journal(SITE, file).carry_on(world.db, LATER) == 1

    assert await restoring.returned(world.db, SITE) == []


async def _restore(world: World, person: JobSeeker) -> None:
    """The copy has the person again, as it was made before."""
    async with world.db.transaction() as tx:
        await job_seekers.job_seekers.add(tx, person)


async def test_a_line_of_the_journal_that_was_torn_off_harms_no_other(tmp_path):
    journal = tmp_path / "effacements.jsonl"
    whole = '{"person": "' + "a" * 64 + '", "because": "asked", "at": "2026-10-19T08:00:00+00:00"}'
    journal.write_text(f'\n{whole}\n{{"person": "ab')

    assert [one.because for one in restoring.read(journal)] == [Cause.ASKED]
    assert timedelta() < LONGEST_WAIT

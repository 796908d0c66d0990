"""Evidence: what is handed over is logged with the very paper, and nothing of it can be changed."""

import asyncio
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from PIL import Image
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from booking.delivery.deliveries import Deliveries
from booking.documents.messages import kind_of_letter
from booking.domain.errors import EvidenceStands, InvalidField, MeetingNotBegun, NotAllowed, NotFound
from booking.domain.evidence import KEPT_FOR, Deed
from booking.domain.messages import MessageState
from booking.domain.staff import Role
from booking.services import (
    evidence_exports,
    evidence_logs,
    forgetting_evidence,
    handing_letters,
    messages,
    signed_sheets,
)
from booking.services.sending import send_due
from booking.services.to_do import done, to_do, undo
from booking.storage import documents, evidence
from tests.given import NOW, SITE, World, in_days, meeting

PAPER = b"%PDF-1.7 as printed"
MINUTES = timedelta(minutes=1)


def a_photo(colour: str = "white") -> bytes:
    file = BytesIO()
    Image.new("RGB", (40, 30), colour).save(file, "JPEG")
    return file.getvalue()


async def a_letter(world: World):
    booking = await world.booked(await world.session())
    return booking, await messages.letter(world.db, booking.id, by=world.adviser, now=NOW)


async def lines(world: World, booking) -> list:
    async with world.db.reading() as tx:
        return await evidence.of_bookings(tx, [booking.id])


async def content(world: World, line) -> tuple[str, bytes]:
    _, found = await evidence_logs.document(world.db, line.id, by=world.adviser, now=NOW)
    return found.media_type, found.content


async def test_a_printed_letter_is_archived_and_counts_as_handed_over_only_when_somebody_says_so(world: World):
    booking, letter = await a_letter(world)
    nadia = {"by": world.adviser, "now": NOW}

    await handing_letters.printed(world.db, letter, letter.words.template, PAPER, **nadia)
    await handing_letters.printed(world.db, letter, letter.words.template, PAPER, **nadia)
    before = await lines(world, booking)
    line = await handing_letters.hand_over(world.db, booking.id, **nadia)

    assert [one.deed for one in before] == [Deed.PRINTED]
    assert (line.staff_id, line.at, line.given_to) == (world.adviser.id, NOW, letter.case.person.name)
    assert (line.kind, line.template) == (kind_of_letter(letter.case), letter.words.template)
    assert await content(world, line) == ("application/pdf", PAPER)


async def test_two_who_hand_the_same_letter_over_at_once_write_one_line(world: World):
    booking, _ = await a_letter(world)
    at_once = {"by": world.adviser, "now": NOW}

    first, second = await asyncio.gather(
        *(handing_letters.hand_over(world.db, booking.id, **at_once) for _ in range(2))
    )

    assert first.id == second.id
    assert [one.deed for one in await lines(world, booking)] == [Deed.HANDED_OVER]


async def test_without_a_printed_file_the_words_of_the_letter_are_archived(world: World):
    booking, letter = await a_letter(world)

    line = await handing_letters.hand_over(world.db, booking.id, by=world.adviser, now=NOW)

    kind, said = await content(world, line)
    assert kind == "text/plain" and said.decode() == f"{letter.words.subject}\n\n{letter.words.body}"


async def test_a_paper_printed_before_the_booking_changed_is_not_what_was_handed_over(world: World):
    booking, letter = await a_letter(world)
    await handing_letters.printed(world.db, letter, letter.words.template, PAPER, by=world.adviser, now=NOW)
    async with world.db.transaction() as tx:
        await tx.run(text("UPDATE bookings SET sequence = sequence + 1"))

    line = await handing_letters.hand_over(world.db, booking.id, by=world.adviser, now=NOW)

    assert (await content(world, line))[0] == "text/plain"


async def test_a_slip_is_undone_within_ten_minutes_and_both_lines_stay(world: World):
    booking, _ = await a_letter(world)
    line = await handing_letters.hand_over(world.db, booking.id, by=world.adviser, now=NOW)

    with pytest.raises(EvidenceStands):
        await handing_letters.undo(world.db, line.id, by=world.adviser, now=NOW + 11 * MINUTES)
    await handing_letters.undo(world.db, line.id, by=world.adviser, now=NOW + 9 * MINUTES)

    assert [one.deed for one in await lines(world, booking)] == [Deed.HANDED_OVER, Deed.UNDONE]
    with pytest.raises(EvidenceStands):
        await handing_letters.undo(world.db, line.id, by=world.adviser, now=NOW + 9 * MINUTES)


async def test_ticking_a_letter_off_and_handing_it_over_are_one_deed(world: World):
    booking = await world.booked(await world.session())
    await send_due(world.db, Deliveries(), NOW, site=SITE)
    (item,) = await to_do(world.db, by=world.adviser, now=NOW)

    line = await handing_letters.hand_over(world.db, booking.id, by=world.adviser, now=NOW)
    after = await to_do(world.db, by=world.adviser, now=NOW)
    await handing_letters.undo(world.db, line.id, by=world.adviser, now=NOW)
    again = await to_do(world.db, by=world.adviser, now=NOW)

    assert line.message_id == item.message.id and after == []
    assert [one.message.id for one in again] == [item.message.id]


async def test_a_letter_of_the_list_that_is_ticked_off_is_evidence_too(world: World):
    booking = await world.booked(await world.session())
    await send_due(world.db, Deliveries(), NOW, site=SITE)
    (item,) = await to_do(world.db, by=world.adviser, now=NOW)

    ticked = await done(world.db, item.message.id, "handed-over", by=world.adviser, now=NOW)
    handed = [one.deed for one in await lines(world, booking)]
    with pytest.raises(EvidenceStands):
        await undo(world.db, item.message.id, by=world.adviser, now=NOW + 11 * MINUTES)
    await undo(world.db, item.message.id, by=world.adviser, now=NOW + MINUTES)

    assert ticked.state is MessageState.DONE and handed == [Deed.HANDED_OVER]
    assert [one.deed for one in await lines(world, booking)] == [Deed.HANDED_OVER, Deed.UNDONE]


async def test_a_signed_stub_is_kept_with_its_letter_and_removed_only_with_a_reason(world: World):
    booking, _ = await a_letter(world)
    nadia = {"by": world.adviser, "now": NOW}
    line = await handing_letters.hand_over(world.db, booking.id, **nadia)

    stub = await handing_letters.attach_stub(world.db, line.id, a_photo(), **nadia)
    again = await handing_letters.attach_stub(world.db, line.id, a_photo(), **nadia)
    with pytest.raises(InvalidField):
        await evidence_logs.remove_scan(world.db, stub.id, " ", **nadia)
    await evidence_logs.remove_scan(world.db, stub.id, "Talon d’une autre personne", **nadia)

    assert again.id == stub.id
    (piece,) = (await evidence_logs.of_booking(world.db, booking.id, by=world.adviser)).pieces
    assert piece.scans[0].ended.because == "Talon d’une autre personne" and not piece.scans[0].stands


async def test_a_scan_that_was_removed_is_in_nobody_s_sight_and_in_no_file(world: World):
    booking, _ = await a_letter(world)
    nadia = {"by": world.adviser, "now": NOW}
    line = await handing_letters.hand_over(world.db, booking.id, **nadia)
    stub = await handing_letters.attach_stub(world.db, line.id, a_photo(), **nadia)
    _, before = await evidence_exports.of_booking(world.db, booking.id, **nadia)

    await evidence_logs.remove_scan(world.db, stub.id, "Talon d’une autre personne", **nadia)

    with pytest.raises(NotFound):
        await evidence_logs.document(world.db, stub.id, **nadia)
    _, after = await evidence_exports.of_booking(world.db, booking.id, **nadia)
    held = [
        {name for name in ZipFile(BytesIO(file)).namelist() if stub.document_hash in name} for file in (before, after)
    ]
    assert [len(names) for names in held] == [1, 0]


async def test_who_leads_a_meeting_files_its_sheet_from_its_day_on(world: World):
    session = await world.session(meeting(in_days(14), facilitator_id=world.facilitator.id))
    own = session.meetings[0].id

    with pytest.raises(MeetingNotBegun):
        await signed_sheets.attach(world.db, own, a_photo(), by=world.facilitator, now=NOW)
    sheet = await signed_sheets.attach(world.db, own, a_photo(), by=world.facilitator, now=in_days(14))

    found = await signed_sheets.of_meeting(world.db, own, by=world.adviser)
    assert [piece.line.id for piece in found.scans] == [sheet.id]


async def test_nobody_else_sees_a_document(world: World):
    session = await world.session()
    booking = await world.booked(session)
    line = await handing_letters.hand_over(world.db, booking.id, by=world.adviser, now=NOW)
    sheet = await signed_sheets.attach(world.db, session.meetings[0].id, a_photo(), by=world.manager, now=in_days(14))
    zoe = await world.staff(Role.ASSISTANT, world.agency, "Zoé")
    paul = await world.staff(Role.ADVISER, await world.another_agency(), "Paul")

    for somebody, refusal in ((zoe, NotAllowed), (world.facilitator, NotAllowed), (paul, NotFound)):
        for one in (line, sheet):
            with pytest.raises(refusal):
                await evidence_logs.document(world.db, one.id, by=somebody, now=NOW)


@pytest.mark.parametrize(
    "command",
    [
        "UPDATE evidence SET given_to = 'Quelqu’un d’autre'",
        "DELETE FROM evidence",
        "UPDATE documents SET size = size + 1",
        "DELETE FROM documents",
    ],
)
async def test_the_database_refuses_to_change_what_was_written(world: World, command: str):
    booking, _ = await a_letter(world)
    await handing_letters.hand_over(world.db, booking.id, by=world.adviser, now=NOW)

    with pytest.raises(IntegrityError, match="never change"):
        async with world.db.transaction() as tx:
            await tx.run(text(command))


async def test_what_was_kept_long_enough_goes_with_its_document(world: World):
    booking, _ = await a_letter(world)
    long_ago = NOW - 3 * KEPT_FOR
    old = await handing_letters.hand_over(world.db, booking.id, by=world.adviser, now=long_ago)
    fresh = await handing_letters.hand_over(world.db, booking.id, by=world.adviser, now=NOW)

    gone = await forgetting_evidence.forget(world.db, NOW)

    async with world.db.reading() as tx:
        kept = await documents.following(tx, "", 10)
    assert gone == 1 and [one.id for one in await lines(world, booking)] == [fresh.id]
    assert [one.hash for one in kept] == [fresh.document_hash] and old.document_hash

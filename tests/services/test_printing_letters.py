"""A letter that waits says the same on its page, in the file of many, and in what is kept of it."""

from booking.delivery.deliveries import Deliveries
from booking.domain.bookings import Party
from booking.domain.messages import MessageKind
from booking.services import bookings, messages, printing_letters
from booking.services.sending import send_due
from booking.services.to_do import done, to_do
from booking.storage import sent_texts
from tests.given import NOW, SITE, World, in_days, meeting

POSTED = {"address": "1 rue des Alpes", "postcode": "38000", "commune": "Grenoble"}


async def test_a_page_the_file_and_the_archive_have_the_same_words(world: World) -> None:
    session = await world.session(meeting(in_days(14)), capacity=1)
    first = await world.booked(session, await world.job_seeker("Diallo"))
    waiting = await world.waiting(session, await world.job_seeker("Nguyễn", language="en", **POSTED))
    await bookings.cancel(world.db, first.id, party=Party.PERSON, by=world.adviser, now=NOW)
    await send_due(world.db, Deliveries(), NOW, site=SITE)
    whole = {"by": world.adviser, "now": NOW}

    # What waits is that the seat is there now, not what a letter asked for today would say.
    [item] = [one for one in await to_do(world.db, **whole) if one.message.kind is MessageKind.SEAT_GIVEN]
    page = await messages.letter(world.db, waiting.id, message_id=item.message.id, **whole)
    in_file = [one.words for one in await printing_letters.to_print(world.db, **whole)]
    await done(world.db, item.message.id, "posted", **whole)
    async with world.db.reading() as tx:
        [kept] = (await sent_texts.of_messages(tx, [item.message.id], in_days(-1)))[item.message.id]

    assert page.words.template.startswith("seat_given/en") and page.words in in_file
    assert (kept.subject, kept.body, kept.template) == (page.words.subject, page.words.body, page.words.template)

"""A person who has left traces everywhere, and a word that nobody else says, to look for afterwards."""

from sqlalchemy import Text, cast, func, select, update

from booking.delivery.deliveries import Deliveries
from booking.domain.bookings import Party
from booking.domain.diagnoses import Reason, Verdict
from booking.domain.idempotency import Once
from booking.domain.job_seekers import Channel, JobSeeker, Need
from booking.domain.receipts import Heard
from booking.domain.suppressions import Because, hashes_of
from booking.services import bookings, choosing, diagnoses, job_seekers, suppressing
from booking.services.job_seekers import PersonSaid
from booking.services.sending import send_due
from booking.storage import incoming_texts
from booking.storage.columns import Json
from booking.storage.database import Database
from booking.storage.person_rows import WORDS, rows_of
from booking.storage.tables import job_seekers as people
from booking.storage.tables import metadata, sent_texts
from tests.given import NOW, SITE, World, in_days, meeting
from tests.outside import Provider

TOKEN = "zqxjkv"
PHONE = "+33639987071"
SAID = PersonSaid(
    first_name=f"Prenom{TOKEN}",
    last_name=f"Nom{TOKEN}",
    identifier=f"ID{TOKEN}",
    birth_year=1971,
    email=f"moi.{TOKEN}@example.fr",
    phone=PHONE,
    address=f"7 rue {TOKEN}",
    postcode="38000",
    commune=f"Grenoble {TOKEN}",
    preferred=Channel.SMS,
    needs=frozenset({Need.READS_LITTLE}),
    language="ar",
)


async def somebody_everywhere(world: World) -> JobSeeker:
    """Booked, waiting, cancelled with a reason, written to by text, answering, refusing mails, and diagnosed."""
    person = await job_seekers.register(world.db, world.agency.id, SAID, by=world.adviser, now=NOW)
    left = await world.booked(await world.session(), person)
    once = Once(staff_id=world.adviser.id, key=f"key-{left.id}", fingerprint="f")
    said = {"because": f"parce que {TOKEN}", "by": world.adviser, "now": in_days(0, 2), "once": once}
    await send_due(world.db, Deliveries(Provider(Channel.SMS)), NOW, site=SITE)
    await bookings.cancel(world.db, left.id, party=Party.ADVISER, **said)
    await world.booked(await world.session(meeting(in_days(20))), person)
    async with world.db.transaction() as tx:
        await suppressing.stop(tx, Channel.EMAIL, SAID.email or "", Because.STOP, site=SITE, now=NOW)
        heard = Heard(event="e1", number=PHONE, body=f"Je suis {TOKEN}")
        await incoming_texts.take(tx, "test", heard, PHONE, SITE.secret, NOW)
    (closed,) = await suppressing.of_person(world.db, person, site=SITE)
    why = {"site": SITE, "by": world.adviser, "now": NOW}
    await suppressing.lift(world.db, person.id, closed.id, f"Madame {TOKEN} le demande", **why)
    asked = await diagnoses.answer(world.db, person.id, {"phone": ["none"]}, by=world.adviser, now=NOW)
    aside = {"reason": Reason.OTHER, "words": f"à cause de {TOKEN}", "by": world.adviser, "now": NOW}
    await choosing.decide(world.db, asked.id, "offer:solidarity_phone", Verdict.SET_ASIDE, **aside)
    await plant(world.db, person)
    return person


async def plant(db: Database, person: JobSeeker) -> None:
    """Say the word in every column of words that is about this person."""
    mine = rows_of([person.id], set(hashes_of(SITE.secret, person).values()))
    # Nobody can write in a line of the audit; what was said above stands there.
    del mine[metadata.tables["audit"]]
    columns = [(table, name) for table in mine for name in WORDS.get(table.name, ()) if not name.endswith("_hash")]
    async with db.transaction() as tx:
        for table, name in [*columns, (sent_texts, "subject"), (sent_texts, "body")]:
            said = {"because": TOKEN, "name": TOKEN} if isinstance(table.c[name].type, Json) else f"{TOKEN} {name}"
            await tx.run(update(table).where(mine[table]).values({name: said}))


async def where_said(db: Database, word: str = TOKEN) -> set[str]:
    """Every column of every table in which this word stands, whatever its type."""
    found = set()
    async with db.reading() as tx:
        for table in metadata.tables.values():
            for column in table.columns:
                said = func.lower(cast(column, Text)).like(f"%{word.lower()}%")
                if await tx.value(select(func.count()).select_from(table).where(said)):
                    found.add(str(column))
    return found


async def everybody(db: Database) -> int:
    """How many rows of people there are."""
    async with db.reading() as tx:
        return await tx.value(select(func.count()).select_from(people)) or 0

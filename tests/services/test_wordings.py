"""An agency writes its own texts: they are checked, kept in versions, and said from then on."""

from datetime import timedelta

import pytest

from booking.delivery.deliveries import Deliveries
from booking.domain.errors import InvalidField, NotAllowed, NotFound, StaleEdit
from booking.domain.job_seekers import Channel
from booking.domain.links import proof
from booking.domain.messages import MessageKind
from booking.domain.staff import Role
from booking.domain.wordings import Slot, WordingForm
from booking.services import wordings
from booking.services.sending import send_due
from booking.storage import sent_texts
from tests.given import NOW, SITE, World, in_days, meeting
from tests.outside import Provider

TEXT = "Bonjour de {agence}. {atelier}: {date}, {lieu}. Code {code}"
LATER = NOW + timedelta(minutes=5)


def of(world: World, form: WordingForm = WordingForm.SMS, language: str = "fr") -> Slot:
    return Slot(world.agency.id, MessageKind.CONFIRMATION, form, language)


async def write(
    world: World, body: str = TEXT, *, subject: str = "", slot: Slot | None = None, seen: int | None = None
):
    said = {"seen": seen, "site": SITE, "by": world.manager, "now": NOW}
    return await wordings.write(world.db, slot or of(world), subject, body, **said)


async def test_who_changed_nothing_begins_with_our_own_text(world):
    edited = await wordings.show(world.db, of(world), by=world.manager)

    assert edited.body == "Votre place: atelier {atelier}, {date}{seances}, {lieu}. Code {code}"
    assert edited.is_ours and edited.version == 0


async def test_a_text_is_kept_in_versions_that_nobody_changes(world):
    await write(world)
    edited = await write(world, TEXT + " A bientot")

    assert [one.version for one in edited.versions] == [2, 1]
    assert (edited.versions[1].body, edited.names[world.manager.id]) == (TEXT, "Marion")


async def test_the_same_text_again_is_no_new_version(world):
    await write(world)

    assert (await write(world, f"  {TEXT}\r\n")).version == 1


async def test_a_text_that_cannot_be_sent_is_refused_with_every_fault(world):
    with pytest.raises(InvalidField) as refused:
        await write(world, "Le {dte}")

    faults = refused.value.facts["faults"]
    assert [(one["code"], one["instead"]) for one in faults] == [
        ("unknown-placeholder", "date"),
        ("placeholder-missing", "date"),
        ("placeholder-missing", "lieu"),
        ("placeholder-missing", "code"),
    ]


async def test_a_text_of_more_than_three_messages_is_refused(world):
    with pytest.raises(InvalidField) as refused:
        await write(world, TEXT + " x" * 250)

    assert refused.value.facts["fields"] == {"body": "too-many-segments"}


async def test_an_older_version_and_our_own_text_can_be_said_again(world):
    await write(world)
    await write(world, TEXT + " A bientot")
    said = {"seen": None, "site": SITE, "by": world.manager, "now": NOW}

    older = await wordings.restore(world.db, of(world), 1, **said)
    ours = await wordings.restore(world.db, of(world), 0, **said)

    assert (older.version, older.body) == (3, TEXT)
    assert ours.is_ours and ours.versions[0].is_original and ours.version == 4
    with pytest.raises(NotFound):
        await wordings.restore(world.db, of(world), 9, **said)


async def test_who_looked_at_an_older_version_does_not_overwrite_the_newer(world):
    await write(world, seen=0)

    with pytest.raises(StaleEdit):
        await write(world, TEXT + " Merci", seen=0)


async def test_only_who_plans_in_the_agency_writes_its_texts(world):
    elsewhere = await world.another_agency()

    with pytest.raises(NotAllowed):
        await wordings.show(world.db, of(world), by=world.adviser)
    with pytest.raises(NotFound):
        await wordings.list_all(world.db, elsewhere.id, by=world.manager)
    with pytest.raises(NotAllowed):
        await wordings.list_all(world.db, None, by=world.manager)


async def test_what_the_network_wrote_is_said_where_an_agency_wrote_nothing(world):
    agnes = await world.staff(Role.ADMINISTRATOR, None, "Agnès")
    shared = Slot(None, MessageKind.CONFIRMATION, WordingForm.SMS, "fr")
    await wordings.write(world.db, shared, "", TEXT, seen=0, site=SITE, by=agnes, now=NOW)

    edited = await wordings.show(world.db, of(world), by=world.manager)

    assert (edited.body, edited.is_ours) == (TEXT, True)


async def sent(world: World, channel: Channel, **person: object):
    post = Provider(channel)
    session = await world.session(meeting(in_days(14)))
    booking = await world.booked(session, await world.job_seeker(**person))
    await send_due(world.db, Deliveries(post), NOW, site=SITE)
    return booking, post


async def test_what_the_agency_wrote_is_what_leaves_and_it_is_kept(world):
    await write(world)

    _, post = await sent(world, Channel.SMS, phone="06 39 98 01 01")

    (letter,) = post.taken
    assert letter.body.startswith("Bonjour de Grenoble Bastille. ")
    async with world.db.reading() as tx:
        ((kept,),) = (await sent_texts.of_messages(tx, await ids(tx), NOW - sent_texts.KEPT_FOR)).values()
    assert (kept.body, kept.template, kept.language) == (letter.body, "confirmation.sms/fr/agency:1", "fr")


async def ids(tx):
    rows = await tx.rows(sent_texts.select(sent_texts.sent_texts.c.message_id))
    return [row.message_id for row in rows]


async def test_what_is_kept_does_not_give_the_person_s_link_away(world):
    booking, post = await sent(world, Channel.EMAIL, email="awa@example.org")

    secret = proof(booking, SITE)
    async with world.db.reading() as tx:
        ((kept,),) = (await sent_texts.of_messages(tx, await ids(tx), NOW - sent_texts.KEPT_FOR)).values()
    assert secret in post.taken[0].body and secret not in kept.body
    assert kept.body == post.taken[0].body.replace(secret, "…")


async def test_who_speaks_english_is_written_to_in_english_with_the_french_below(world):
    _, post = await sent(world, Channel.EMAIL, email="awa@example.org", language="en")

    (letter,) = post.taken
    assert letter.subject.startswith("Your place: ") and "Vous avez une place dans un atelier." in letter.body


async def test_after_thirty_days_a_text_is_let_go(world):
    await sent(world, Channel.SMS, phone="06 39 98 01 01")
    async with world.db.transaction() as tx:
        kept = await sent_texts.forget(tx, NOW - timedelta(minutes=1), 100)
        gone = await sent_texts.forget(tx, NOW, 100)

    assert (kept, gone) == (0, 1)

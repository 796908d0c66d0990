"""Links by which somebody chooses a password: good once, not for long, and silent about who exists."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from booking.delivery.deliveries import Deliveries
from booking.domain.errors import InvalidField, PasswordLinkOver, TooManyRequests
from booking.domain.password_links import LinkKind, secret_of
from booking.domain.staff import Staff
from booking.services import mailing_staff, password_links, sign_ins
from booking.storage import tables
from tests.given import NOW, SITE, World
from tests.given_accounts import nadia, opened, say
from tests.outside import Provider

pytestmark = pytest.mark.usefixtures("light_passwords")

NEW = "cinq mots qui ne riment pas"
MINUTE = timedelta(minutes=1)


async def sent(world: World, person: Staff, kind: LinkKind = LinkKind.FORGOTTEN) -> str:
    """The secret of a link that was sent to somebody."""
    async with world.db.transaction() as tx:
        link = await password_links.send(tx, person.id, kind, by=None, site=SITE, now=NOW)
    return secret_of(link.id, SITE.secret)


async def choose(world: World, secret: str, now: datetime = NOW, again: str = NEW) -> Staff:
    return await password_links.choose(world.db, secret, NEW, again, address="192.0.2.7", now=now)


async def test_by_a_link_one_chooses_a_password_and_every_sign_in_of_before_ends(world: World):
    person = await nadia(world)
    before = (await opened(world)).secret

    await choose(world, await sent(world, person))

    assert await sign_ins.present(world.db, before, now=NOW) is None
    assert await say(world, NEW)


async def test_a_link_is_good_once_and_for_half_an_hour(world: World):
    person = await nadia(world)
    first = await sent(world, person)
    second = await sent(world, person)

    for secret, now in ((first, NOW), ("made up", NOW), ("\ud800", NOW), (second, NOW + 30 * MINUTE)):
        with pytest.raises(PasswordLinkOver):
            await choose(world, secret, now)
    await choose(world, second, NOW + 29 * MINUTE)
    with pytest.raises(PasswordLinkOver):
        await choose(world, second, NOW + 29 * MINUTE)


async def test_an_invitation_lasts_a_week(world: World):
    secret = await sent(world, world.manager, LinkKind.INVITED)

    with pytest.raises(PasswordLinkOver):
        await choose(world, secret, NOW + timedelta(days=7))
    assert await choose(world, secret, NOW + timedelta(days=6)) == world.manager


async def test_a_password_that_cannot_be_leaves_the_link_good(world: World):
    secret = await sent(world, world.manager)

    with pytest.raises(InvalidField) as refused:
        await choose(world, secret, again="autre chose que cela")

    assert refused.value.facts["fields"] == {"password_again": "not-the-same"}
    assert await choose(world, secret)


async def test_nobody_learns_who_exists_and_nobody_is_flooded(world: World):
    person = await nadia(world)

    for name in ("nadia.b", "personne", "nadia\x00", "nadia.b", "nadia.b", "nadia.b", "nadia.b"):
        assert await password_links.ask(world.db, name, address="192.0.2.7", site=SITE, now=NOW) is None

    async with world.db.reading() as tx:
        told = await tx.rows(select(tables.staff_messages.c.staff_id))
    assert [row.staff_id for row in told] == [person.id] * 3


async def test_an_address_that_asks_for_many_waits(world: World):
    for n in range(20):
        await password_links.ask(world.db, f"name {n}", address="192.0.2.7", site=SITE, now=NOW)

    with pytest.raises(TooManyRequests):
        await password_links.ask(world.db, "another", address="192.0.2.7", site=SITE, now=NOW)


async def test_the_link_leaves_by_mail_and_stands_in_no_table(world: World):
    person = await nadia(world)
    async with world.db.transaction() as tx:
        mine = update(tables.staff).where(tables.staff.c.id == person.id)
        await tx.run(mine.values(email="nadia@example.org"))
    secret = await sent(world, person)
    mail = Provider()

    await mailing_staff.send_due(world.db, Deliveries(mail), NOW, site=SITE)

    (letter,) = mail.taken
    assert f"{SITE.url}/mot-de-passe/{secret}" in letter.body
    async with world.db.reading() as tx:
        kept = [*await tx.rows(select(tables.password_links)), *await tx.rows(select(tables.staff_messages))]
    assert secret not in str(kept)


async def test_a_mail_whose_link_was_used_is_not_sent(world: World):
    await choose(world, await sent(world, world.manager))
    mail = Provider()
    async with world.db.transaction() as tx:
        await tx.run(update(tables.staff).values(email="equipe@example.org"))

    await mailing_staff.send_due(world.db, Deliveries(mail), NOW, site=SITE)

    assert mail.subjects == ["Votre mot de passe a changé"]

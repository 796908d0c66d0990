"""Following meetings in a calendar of one's own: what one may follow, its link, and its end."""

import asyncio
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

import pytest
from sqlalchemy import select, update

from booking.domain.errors import (
    InvalidField,
    LinkShown,
    NotAllowed,
    NotFound,
    SubscriptionRevoked,
    TooManySubscriptions,
)
from booking.domain.identifiers import new_id
from booking.domain.staff import Role, Staff
from booking.domain.subscriptions import UNUSED, Detail, FeedKind, Subscription
from booking.services import subscription_scopes, subscriptions
from booking.services.accounts import digest
from booking.services.doctor import examine
from booking.services.subscriptions import Issued, Over, Wish
from booking.storage.tables import audit, subscription_secrets
from booking.storage.tables import subscriptions as table
from tests.given import DAY, NOW, World, in_days

MINE = Wish(kind=FeedKind.FACILITATOR)


async def follow(world: World, wish: Wish = MINE, by: Staff | None = None, now: datetime = NOW) -> Issued:
    return await subscriptions.create(world.db, wish, by=by or world.facilitator, now=now)


async def shown(world: World, one: Subscription, now: datetime = NOW) -> subscriptions.Kept:
    return await subscriptions.show(world.db, one.id, by=world.facilitator, now=now)


async def secrets_of(world: World, one: Subscription) -> dict[str, datetime | None]:
    """The hashes of its links, and when each ended."""
    mine = subscription_secrets.c.subscription_id == one.id
    async with world.db.reading() as tx:
        rows = await tx.rows(select(subscription_secrets.c.secret_hash, subscription_secrets.c.ended_at).where(mine))
    return {row.secret_hash: row.ended_at for row in rows}


async def written(world: World) -> list[tuple[str, dict[str, object]]]:
    """The deeds on subscriptions as the audit keeps them."""
    lines = select(audit.c.action, audit.c.details).where(audit.c.noun == "subscription").order_by(audit.c.id)
    async with world.db.reading() as tx:
        return [(row.action, dict(row.details)) for row in await tx.rows(lines)]


async def test_a_link_is_told_once_and_only_its_hash_is_kept(world: World) -> None:
    issued = await follow(world)

    assert len(issued.token) == 43 and issued.token not in repr(issued)
    assert await secrets_of(world, issued.subscription) == {digest(issued.token): None}
    assert await written(world) == [("added", {"kind": "facilitator", "detail": "place"})]


async def test_no_two_links_are_alike(world: World) -> None:
    tokens = {(await follow(world)).token for _ in range(5)}

    assert len(tokens) == 5


async def test_it_is_called_after_what_it_shows_unless_its_owner_says_otherwise(world: World) -> None:
    by = world.manager
    room, mine = Wish(kind=FeedKind.ROOM, scope_id=world.room.id), Wish(kind=FeedKind.NETWORK, name="Tout")

    assert (await follow(world, room, by)).subscription.name == "Vercors, Grenoble Bastille"
    assert (await follow(world, mine, by)).subscription.name == "Tout"


async def test_everybody_follows_the_agency_its_rooms_the_workshops_and_the_network(world: World) -> None:
    for by in (world.adviser, world.facilitator, world.manager):
        made = {
            FeedKind.AGENCY: (await follow(world, Wish(kind=FeedKind.AGENCY, scope_id=world.agency.id), by)),
            FeedKind.ROOM: (await follow(world, Wish(kind=FeedKind.ROOM, scope_id=world.room.id), by)),
            FeedKind.WORKSHOP: (await follow(world, Wish(kind=FeedKind.WORKSHOP, scope_id=world.workshop.id), by)),
            FeedKind.NETWORK: (await follow(world, Wish(kind=FeedKind.NETWORK), by)),
        }

        assert [one.subscription.kind for one in made.values()] == list(made)
        at_home = {kind for kind, one in made.items() if one.subscription.agency_id == world.agency.id}
        assert at_home == {FeedKind.AGENCY, FeedKind.ROOM}


async def test_whoever_works_for_the_network_follows_every_agency(world: World) -> None:
    agnes = await world.staff(Role.ADMINISTRATOR, None, "Agnès")
    lyon = await world.another_agency()

    made = await follow(world, Wish(kind=FeedKind.AGENCY, scope_id=lyon.id), agnes)

    assert made.subscription.agency_id == lyon.id


async def test_what_is_out_of_sight_is_not_found(world: World) -> None:
    lyon = await world.another_agency()
    sonia = await world.staff(Role.MANAGER, lyon, "Sonia")
    hidden = [
        Wish(kind=FeedKind.AGENCY, scope_id=world.agency.id),
        Wish(kind=FeedKind.ROOM, scope_id=world.room.id),
        Wish(kind=FeedKind.ROOM, scope_id=new_id(NOW)),
        Wish(kind=FeedKind.WORKSHOP, scope_id=new_id(NOW)),
        Wish(kind=FeedKind.ADVISER, scope_id=world.adviser.id),
        Wish(kind=FeedKind.FACILITATOR, scope_id=world.facilitator.id),
        Wish(kind=FeedKind.NETWORK, scope_id=lyon.id),
    ]

    for wish in hidden:
        with pytest.raises(NotFound):
            await follow(world, wish, sonia)
    assert await subscriptions.own(world.db, by=sonia, now=NOW) == []


async def test_only_who_leads_has_workshops_and_only_who_books_has_job_seekers(world: World) -> None:
    helper = await world.staff(Role.ASSISTANT, world.agency, "Inès")

    assert (await follow(world, MINE, helper)).subscription.scope_id == helper.id
    assert (await follow(world, Wish(kind=FeedKind.ADVISER), world.adviser)).subscription.scope_id == world.adviser.id
    for wish, by in ((MINE, world.adviser), (MINE, world.manager), (Wish(kind=FeedKind.ADVISER), world.facilitator)):
        with pytest.raises(NotAllowed):
            await follow(world, wish, by)


async def test_what_is_one_s_own_is_offered_first(world: World) -> None:
    rest = [FeedKind.AGENCY, FeedKind.ROOM, FeedKind.WORKSHOP, FeedKind.NETWORK]

    assert subscription_scopes.kinds_for(world.facilitator) == [FeedKind.FACILITATOR, *rest]
    assert subscription_scopes.kinds_for(world.adviser) == [FeedKind.ADVISER, *rest]


@pytest.mark.parametrize(
    ("wish", "problem"),
    [
        (Wish(kind=FeedKind.AGENCY), {"scope_id": "required"}),
        (Wish(kind=FeedKind.FACILITATOR, name="x" * 81), {"name": "too-long"}),
        (Wish(kind=FeedKind.FACILITATOR, name="a\u202eb"), {"name": "bad-characters"}),
    ],
)
async def test_what_is_wrong_is_named_and_nothing_is_written(world: World, wish: Wish, problem: dict[str, str]) -> None:
    with pytest.raises(InvalidField) as refused:
        await follow(world, wish)

    assert refused.value.facts["fields"] == problem
    assert await subscriptions.own(world.db, by=world.facilitator, now=NOW) == []


async def test_one_sees_one_s_own_only(world: World) -> None:
    karim = (await follow(world)).subscription
    nadia = (await follow(world, Wish(kind=FeedKind.NETWORK), world.adviser)).subscription

    (listed,) = await subscriptions.own(world.db, by=world.adviser, now=NOW)

    assert (listed.subscription, listed.about, listed.over) == (nadia, "Tous les ateliers du réseau", None)
    deeds = (subscriptions.show, subscriptions.rotate, subscriptions.revoke, subscriptions.restore)
    for deed in deeds:
        with pytest.raises(NotFound):
            await deed(world.db, karim.id, by=world.adviser, now=NOW)


async def test_what_it_shows_is_said_in_the_words_of_today(world: World) -> None:
    by = world.manager
    await follow(world, Wish(kind=FeedKind.ROOM, scope_id=world.room.id, name="a"), by)
    await follow(world, Wish(kind=FeedKind.AGENCY, scope_id=world.agency.id, name="b"), by)
    await follow(world, Wish(kind=FeedKind.WORKSHOP, scope_id=world.workshop.id, name="c"), by)

    about = [one.about for one in await subscriptions.own(world.db, by=by, now=NOW)]

    assert about == ["Vercors, Grenoble Bastille", "Grenoble Bastille", world.workshop.title]


async def test_detail_and_name_change_and_the_link_stays(world: World) -> None:
    issued = await follow(world)
    new = {"name": "Chez moi", "detail": Detail.BUSY, "hides_cancelled": True}

    for _ in range(2):  # the second time nothing is new
        await subscriptions.change(world.db, issued.subscription.id, **new, by=world.facilitator, now=NOW)

    found = (await shown(world, issued.subscription)).subscription
    assert (found.name, found.detail, found.hides_cancelled) == ("Chez moi", Detail.BUSY, True)
    assert await secrets_of(world, found) == {digest(issued.token): None}
    assert [action for action, _ in await written(world)] == ["added", "changed"]


async def test_a_change_does_not_forget_who_fetched_meanwhile(world: World) -> None:
    issued = await follow(world)
    async with world.db.transaction() as tx:
        await tx.run(update(table).values(last_used_at=NOW, last_client="Thunderbird"))

    new = {"name": "Chez moi", "detail": Detail.TITLE, "hides_cancelled": False}
    await subscriptions.change(world.db, issued.subscription.id, **new, by=world.facilitator, now=NOW)

    assert (await shown(world, issued.subscription)).subscription.last_client == "Thunderbird"


async def test_a_new_link_ends_the_one_before(world: World) -> None:
    first = await follow(world)

    second = await subscriptions.rotate(world.db, first.subscription.id, by=world.facilitator, now=in_days(1))

    assert second.subscription.id == first.subscription.id and second.token != first.token
    assert await secrets_of(world, first.subscription) == {digest(first.token): in_days(1), digest(second.token): None}
    assert [action for action, _ in await written(world)] == ["added", "rotated"]


async def test_a_page_sent_twice_makes_one_link(world: World) -> None:
    id, by = new_id(NOW), world.facilitator
    made = await subscriptions.create(world.db, MINE, by=by, now=NOW, id=id)

    with pytest.raises(LinkShown):
        await subscriptions.create(world.db, MINE, by=by, now=NOW, id=id)
    await subscriptions.rotate(world.db, id, by=by, now=in_days(1), since=NOW)
    with pytest.raises(LinkShown):
        await subscriptions.rotate(world.db, id, by=by, now=in_days(2), since=NOW)

    assert len(await secrets_of(world, made.subscription)) == 2


async def test_what_is_revoked_comes_back_with_the_same_link(world: World) -> None:
    issued, by = await follow(world), world.facilitator

    for _ in range(2):
        await subscriptions.revoke(world.db, issued.subscription.id, by=by, now=NOW)
    assert (await shown(world, issued.subscription)).over is Over.REVOKED
    for _ in range(2):
        await subscriptions.restore(world.db, issued.subscription.id, by=by, now=in_days(1))

    assert (await shown(world, issued.subscription)).over is None
    assert await secrets_of(world, issued.subscription) == {digest(issued.token): None}
    assert [action for action, _ in await written(world)] == ["added", "revoked", "restored"]


async def test_what_is_revoked_gets_no_new_link(world: World) -> None:
    issued, by = await follow(world), world.facilitator
    await subscriptions.revoke(world.db, issued.subscription.id, by=by, now=NOW)

    with pytest.raises(SubscriptionRevoked):
        await subscriptions.rotate(world.db, issued.subscription.id, by=by, now=NOW)


async def test_after_a_month_it_is_listed_no_more_and_does_not_come_back(world: World) -> None:
    issued, by = await follow(world), world.facilitator
    await subscriptions.revoke(world.db, issued.subscription.id, by=by, now=NOW)

    assert len(await subscriptions.own(world.db, by=by, now=in_days(29))) == 1
    assert await subscriptions.own(world.db, by=by, now=in_days(30)) == []
    with pytest.raises(SubscriptionRevoked):
        await subscriptions.restore(world.db, issued.subscription.id, by=by, now=in_days(30))


async def test_what_nobody_used_for_half_a_year_lives_again_with_a_new_link(world: World) -> None:
    one, later = (await follow(world)).subscription, NOW + UNUSED

    assert (await shown(world, one, later - DAY)).over is None
    assert (await shown(world, one, later)).over is Over.UNUSED
    await subscriptions.rotate(world.db, one.id, by=world.facilitator, now=later)

    assert (await shown(world, one, later)).over is None


async def test_what_one_worked_for_is_over_when_one_has_left(world: World) -> None:
    one = (await follow(world, Wish(kind=FeedKind.AGENCY, scope_id=world.agency.id))).subscription
    lyon = await world.another_agency()
    moved = Staff(
        id=world.facilitator.id, name="Karim", sign_in_name="karim", roles=frozenset({(lyon.id, Role.FACILITATOR)})
    )

    assert (await subscriptions.show(world.db, one.id, by=moved, now=NOW)).over is Over.LEFT
    with pytest.raises(NotFound):
        await subscriptions.rotate(world.db, one.id, by=moved, now=NOW)


async def fill(world: World, count: int) -> list[UUID]:
    return [(await follow(world)).subscription.id for _ in range(count)]


async def test_nobody_follows_more_than_fifty_calendars_at_a_time(world: World) -> None:
    first, *_ = await fill(world, subscriptions.MOST)
    by = world.facilitator

    with pytest.raises(TooManySubscriptions):
        await follow(world)
    await subscriptions.revoke(world.db, first, by=by, now=NOW)
    await follow(world)
    with pytest.raises(TooManySubscriptions):
        await subscriptions.restore(world.db, first, by=by, now=NOW)

    await follow(world, Wish(kind=FeedKind.NETWORK), world.adviser)


async def test_two_at_once_do_not_pass_the_limit(world: World) -> None:
    await fill(world, subscriptions.MOST - 1)

    answers: Iterable[object] = await asyncio.gather(*(follow(world) for _ in range(4)), return_exceptions=True)

    assert sorted(type(one).__name__ for one in answers) == ["Issued", *["TooManySubscriptions"] * 3]


async def test_one_that_slept_counts_again_when_it_wakes(world: World) -> None:
    sleeper = (await follow(world)).subscription
    later = NOW + UNUSED
    for _ in range(subscriptions.MOST):
        await follow(world, now=later)

    with pytest.raises(TooManySubscriptions):
        await subscriptions.rotate(world.db, sleeper.id, by=world.facilitator, now=later)


async def test_the_doctor_finds_nothing_whatever_became_of_a_link(world: World) -> None:
    room = Wish(kind=FeedKind.ROOM, scope_id=world.room.id)
    kept, rotated, revoked = [(await follow(world, wish)).subscription.id for wish in (MINE, room, MINE)]
    await follow(world, Wish(kind=FeedKind.WORKSHOP, scope_id=world.workshop.id))
    await follow(world, Wish(kind=FeedKind.AGENCY, scope_id=world.agency.id))
    await follow(world, Wish(kind=FeedKind.NETWORK))

    for id in (rotated, rotated, kept):
        await subscriptions.rotate(world.db, id, by=world.facilitator, now=in_days(1))
    await subscriptions.revoke(world.db, revoked, by=world.facilitator, now=in_days(2))

    assert await examine(world.db, now=in_days(3)) == []

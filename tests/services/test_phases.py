"""An agency comes into the network and goes: at once, on a day, and back again."""

from datetime import timedelta

import pytest

from booking.domain.agencies import Phase
from booking.domain.errors import InvalidField, NotAllowed, NotFound, NotHosting, PhaseChangePlanned, StaleEdit
from booking.domain.phases import Becoming
from booking.domain.staff import Role
from booking.services import phases, scheduling
from booking.storage import agencies, sessions
from booking.storage import phases as stored
from tests.given import NOW, SITE, World, an_agency, in_days, meeting
from tests.given_places import day_in

CLOSED = Becoming(phase=Phase.CLOSED, hosts=True, because="Déménagement")
SENDS = Becoming(phase=Phase.OPEN, hosts=False, because="La salle est rendue")


async def test_what_lies_ahead_is_shown_and_must_be_kept_knowingly(world: World):
    session = await world.session()
    await world.booked(session)

    standing = await phases.show(world.db, world.agency.id, by=world.manager, now=NOW)

    assert [one.session.id for one in standing.ahead.sessions] == [session.id]
    assert (standing.ahead.people, standing.ahead.waiting) == (1, 0)
    with pytest.raises(InvalidField) as refused:
        await phases.change(world.db, world.agency.id, CLOSED, by=world.manager, now=NOW)
    assert refused.value.facts["fields"] == {"keeps_sessions": "sessions-ahead"}


@pytest.mark.parametrize("becoming", [CLOSED, SENDS], ids=["closed", "sends"])
async def test_what_was_planned_stays_and_nothing_new_is_planned(world: World, becoming: Becoming):
    session = await world.session()

    await phases.change(world.db, world.agency.id, becoming, keeps_sessions=True, by=world.manager, now=NOW)

    await world.booked(session)
    with pytest.raises(NotHosting):
        await world.draft(meeting(in_days(9)))


async def test_a_draft_of_an_agency_that_closed_since_is_not_opened(world: World):
    draft = await world.draft(await world.led(meeting(in_days(14))))
    await phases.change(world.db, world.agency.id, CLOSED, keeps_sessions=True, by=world.manager, now=NOW)

    with pytest.raises(NotHosting):
        await scheduling.publish(world.db, draft.id, by=world.manager, site=SITE, now=NOW)
    with pytest.raises(NotHosting):
        async with world.db.transaction() as tx:
            await sessions.change(tx, draft, draft.published(NOW))


async def test_who_when_and_why_is_kept_and_the_last_change_can_be_undone(world: World):
    made = await phases.change(world.db, world.agency.id, SENDS, by=world.manager, now=NOW)
    later = NOW + timedelta(hours=1)

    back = await phases.undo(world.db, world.agency.id, made.id, by=world.manager, now=later)

    standing = await phases.show(world.db, world.agency.id, by=world.manager, now=later)
    assert standing.agency.hosts
    assert [(one.id, one.hosts, one.hosted_before) for one in standing.history] == [
        (back.id, True, False),
        (made.id, False, True),
    ]
    assert standing.names[world.manager.id] == world.manager.name
    with pytest.raises(StaleEdit):
        await phases.undo(world.db, world.agency.id, made.id, by=world.manager, now=later)


async def test_a_planned_day_is_carried_out_once_by_the_clock_of_the_place(world: World):
    becoming = Becoming(phase=Phase.PILOT, hosts=True, because="Nouvelle équipe", due_on=day_in(10))
    await phases.change(world.db, world.agency.id, becoming, by=world.manager, now=NOW)
    with pytest.raises(PhaseChangePlanned):
        await phases.change(world.db, world.agency.id, becoming, by=world.manager, now=NOW)

    assert await phases.carry_out(world.db, in_days(9)) == 0
    assert await phases.carry_out(world.db, in_days(10)) == 1
    assert await phases.carry_out(world.db, in_days(10)) == 0

    async with world.db.reading() as tx:
        assert (await agencies.load(tx, world.agency.id)).phase is Phase.PILOT
        assert await stored.waiting(tx, world.agency.id) is None


async def test_a_closed_agency_prepares_what_begins_from_the_day_of_its_opening(world: World):
    await phases.change(world.db, world.agency.id, CLOSED, by=world.manager, now=NOW)
    opens = Becoming(phase=Phase.OPEN, hosts=True, because="Les travaux sont finis", due_on=day_in(20))
    planned = await phases.change(world.db, world.agency.id, opens, by=world.manager, now=NOW)

    await world.draft(meeting(in_days(21)))
    with pytest.raises(NotHosting):
        await world.draft(meeting(in_days(19)))
    await phases.drop(world.db, world.agency.id, planned.id, by=world.manager, now=NOW)
    with pytest.raises(NotHosting):
        await world.draft(meeting(in_days(22)))


@pytest.mark.parametrize(
    ("said", "field"),
    [({"because": " "}, "because"), ({"phase": Phase.OPEN}, "phase"), ({"due_on": day_in(-1)}, "due_on")],
    ids=["no reason", "no change", "a day behind us"],
)
def test_a_change_says_what_is_wrong_with_it(said: dict[str, object], field: str):
    usual = {"phase": Phase.CLOSED, "hosts": True, "because": "Travaux"}

    with pytest.raises(InvalidField) as refused:
        Becoming(**usual | said).checked(an_agency(), NOW)  # type: ignore[arg-type]

    assert list(refused.value.facts["fields"]) == [field]


async def test_advisers_change_nothing_and_strangers_find_nothing(world: World):
    stranger = await world.staff(Role.MANAGER, await world.another_agency(), "Sonia")

    with pytest.raises(NotAllowed):
        await phases.show(world.db, world.agency.id, by=world.adviser, now=NOW)
    with pytest.raises(NotFound):
        await phases.change(world.db, world.agency.id, CLOSED, by=stranger, now=NOW)


async def test_a_change_that_cannot_be_made_keeps_no_other_waiting(world: World, monkeypatch: pytest.MonkeyPatch):
    other = await world.another_agency()
    leads = await world.staff(Role.MANAGER, other, "Responsable de Lyon")
    later = Becoming(phase=Phase.CLOSED, hosts=True, because="Travaux", due_on=day_in(1))
    for agency, by in ((world.agency, world.manager), (other, leads)):
        await phases.change(world.db, agency.id, later, by=by, now=NOW)
    become = stored.become

    async def unless_first(tx, agency, change, now):
        if agency.id == world.agency.id:
            raise RuntimeError
        return await become(tx, agency, change, now)

    monkeypatch.setattr(stored, "become", unless_first)
    with pytest.raises(ExceptionGroup):
        await phases.carry_out(world.db, in_days(2))

    async with world.db.reading() as tx:
        assert (await agencies.load(tx, world.agency.id)).phase is Phase.OPEN
        assert (await agencies.load(tx, other.id)).phase is Phase.CLOSED

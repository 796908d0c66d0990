"""Of all that an agency publishes not one byte tells who comes, who waits, who leads, or how many there are."""

import re

import pytest

from booking.domain.bookings import Party
from booking.domain.staff import Role
from booking.services import bookings, scheduling
from tests.given import HOUR, NOW, SITE, World, in_days, meeting
from tests.web.given_lists import EVERY_FORM, PLACE, fetched, without

SECRETS = re.compile(r"\b(taken|waiting|free|capacity|places? (libre|disponible)|complet)", re.IGNORECASE)


@pytest.fixture
async def full_world(world: World) -> tuple[World, list[str], list[str]]:
    """A world in which everything happened: its public addresses, and what may stand in none of them."""
    leader = await world.staff(Role.FACILITATOR, world.agency, "Karim Zybelkacem")
    helper = await world.staff(Role.ASSISTANT, world.agency, "Théodore Quincampoix")
    led = {"facilitator_id": leader.id, "assistant_ids": (helper.id,), "room_id": world.room.id}
    cycle = await world.session(meeting(in_days(1), **led), meeting(in_days(3), **led), capacity=2)
    single = await world.session(meeting(in_days(4), **led))
    people = [
        await world.job_seeker(
            f"Nommé{n}",
            first_name=f"Prénom{n}",
            email=f"personne{n}@exemple.fr",
            phone=f"06 39 98 00 0{n}",
            identifier=f"77001{n}",
            address=f"{n} rue des Secrets",
        )
        for n in range(5)
    ]
    seated = [await world.booked(session, who) for session, who in zip((cycle, cycle, single), people, strict=False)]
    waiting = await world.waiting(cycle, people[3])
    await bookings.cancel(world.db, seated[0].id, party=Party.PERSON, because="Malade", by=None, now=NOW + HOUR)
    await without(world, cycle, 2, now=NOW + HOUR)
    because = "Karim Zybelkacem est malade"
    await scheduling.cancel(world.db, single.id, because=because, by=world.manager, site=SITE, now=NOW + HOUR)

    words = [because, "malade", "secrets", "0639980", "+33639980", "exemple.fr"]
    for who in people:
        words += [who.last_name, who.first_name, who.email or "", who.phone or "", who.identifier or "", str(who.id)]
    for staff in (leader, helper, world.adviser, world.facilitator, world.manager):
        words += [staff.name, staff.sign_in_name, str(staff.id)]
    words += [said for one in (*seated, waiting) for said in (str(one.id), one.code)]
    files = [f"{PLACE}/sessions/{one.id}/ateliers.ics" for one in (cycle, single)]
    return world, [*EVERY_FORM, *files, f"{PLACE}/integrer", PLACE], words


async def test_nobody_is_named_in_anything_that_is_public(full_world) -> None:
    world, paths, words = full_world

    for path in [path + query for path in paths for query in ("", "?nombre=50&langue=en")]:
        answer = await fetched(world, path, days=0.1)
        said = (str(answer.headers) + answer.text.replace("\r\n ", "")).casefold()

        assert answer.status_code == 200 and "premiers pas" in said, path
        assert not [word for word in words if word and word.casefold() in said], path


async def test_no_list_counts_seats(full_world) -> None:
    world, paths, _ = full_world

    for path in paths[:5]:
        assert not SECRETS.search((await fetched(world, path, days=0.1)).text), path


async def test_what_is_searched_for_would_be_found(full_world) -> None:
    _, _, words = full_world

    assert len(words) > 50 and {"Nommé1", "Karim Zybelkacem", "770012", "personne3@exemple.fr"} <= set(words)

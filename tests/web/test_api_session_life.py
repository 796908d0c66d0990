"""Programs and the life of a session."""

from dataclasses import replace

from booking.services import scheduling
from tests.given import NOW, SITE, World, in_days, meeting

ANY = {"If-Match": "*"}


async def test_a_cancelled_session_may_send_its_people_elsewhere(world: World, programs):
    off, target = await world.session(), await world.session(meeting(in_days(15)))
    await world.booked(off)
    ask = await programs.of(world.manager)

    body = {"because": "Panne", "then": "move", "into": str(target.id)}
    answer = await ask("POST", f"/sessions/{off.id}/cancellation", body)

    assert (answer.status_code, answer.json()["state"]) == (200, "cancelled")
    assert await world.count(target) == (1, 0)


async def test_two_sessions_are_merged_and_the_other_one_is_answered(world: World, programs):
    small, other = await world.session(), await world.session(meeting(in_days(15)), capacity=1)
    await world.booked(small)
    ask = await programs.of(world.manager)

    done = await ask("POST", f"/sessions/{small.id}/merger", {"into": str(other.id), "because": "Deux groupes"})
    again = await ask("POST", f"/sessions/{small.id}/merger", {"into": str(other.id), "because": "Deux groupes"})

    assert (done.json()["id"], done.json()["taken"]) == (str(other.id), 1)
    assert (again.status_code, again.json()["type"].rsplit("/")[-1].rsplit(":")[-1]) == (409, "session-ended")


async def test_a_meeting_is_changed_with_those_that_follow(world: World, programs):
    cycle = await world.session(meeting(in_days(14)), meeting(in_days(21)))
    ask = await programs.of(world.manager)
    body = {"starts_at": in_days(15).isoformat(), "ends_at": in_days(15, 2).isoformat(), "capacity": 8}
    path = f"/sessions/{cycle.id}/meetings/{cycle.meetings[0].id}"

    without = await ask("PUT", path, body)
    stale = await ask("PUT", path, body, {"If-Match": '"99"'})
    done = await ask("PUT", path, body | {"following": True}, {"If-Match": f'"{cycle.version}"'})

    assert (without.status_code, stale.status_code) == (428, 412)
    starts = [m["starts_at"] for m in done.json()[0]["meetings"]]
    assert starts == ["2026-11-03T08:00:00Z", "2026-11-10T08:00:00Z"]


async def test_extra_seats_need_a_reason_and_the_current_version(world: World, programs):
    session = await world.session(capacity=1)
    ask = await programs.of(world.manager)

    stale = await ask("PUT", f"/sessions/{session.id}/allowance", {"extra": 1, "because": "x"}, {"If-Match": '"99"'})
    bare = await ask("PUT", f"/sessions/{session.id}/allowance", {"extra": 1, "because": ""}, ANY)
    done = await ask("PUT", f"/sessions/{session.id}/allowance", {"extra": 1, "because": "Une chaise"}, ANY)

    assert (stale.status_code, bare.status_code) == (412, 422)
    assert (done.json()["allowance"], done.json()["free"]) == (1, 2)


async def test_seats_are_kept_for_an_agency_and_let_go(world: World, programs):
    session, lyon = await world.session(capacity=3), await world.another_agency("Lyon Gerland")
    ask = await programs.of(world.manager)
    path = f"/sessions/{session.id}/contingents"

    kept = await ask("PUT", f"{path}/{lyon.id}", {"places": 2, "until_at": in_days(7).isoformat()})
    too_many = await ask("PUT", f"{path}/{lyon.id}", {"places": 4, "until_at": in_days(7).isoformat()})
    free = (await ask("GET", f"/sessions/{session.id}")).json()["free"]
    gone = await ask("DELETE", f"{path}/{lyon.id}")

    assert [(one["agency"], one["places"], one["unused"]) for one in kept.json()] == [("Lyon Gerland", 2, 2)]
    assert (too_many.status_code, free, gone.status_code) == (422, 1, 204)
    assert (await ask("GET", path)).json() == []


async def test_what_awaits_a_decision_and_who_is_to_be_called_back(world: World, programs):
    needs_two = replace(world.workshop, minimum=2)
    await scheduling.change_workshop(world.db, needs_two, by=world.manager, site=SITE, now=NOW)
    soon, off = await world.session(meeting(in_days(2))), await world.session()
    booking = await world.booked(off)
    await scheduling.cancel(world.db, off.id, because="Panne", by=world.manager, site=SITE, now=NOW)
    ask = await programs.of(world.manager)

    undecided, lost = await ask("GET", "/decisions"), await ask("GET", "/recalls")
    held = await ask("PUT", f"/sessions/{soon.id}/confirmation")
    noted = await ask("PUT", f"/recalls/{booking.id}")

    assert [(one["session"]["id"], one["minimum"]) for one in undecided.json()] == [(str(soon.id), 2)]
    assert [one["booking_id"] for one in lost.json()] == [str(booking.id)]
    assert (held.json()["confirmed_at"], noted.status_code) == ("2026-10-19T08:00:00Z", 204)
    assert [(await ask("GET", path)).json() for path in ("/decisions", "/recalls")] == [[], []]

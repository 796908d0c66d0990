"""Sessions by a program: looking, planning, changing without overwriting."""

import pytest

from tests.given import World, in_days, meeting
from tests.web.programs import Programs

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


def planned(world: World, *days: float, **more: object) -> dict[str, object]:
    """The body of a session with a meeting on each of these days."""
    lead = {"facilitator_id": str(world.facilitator.id)}
    meetings = [{"starts_at": in_days(d).isoformat(), "ends_at": in_days(d, 2).isoformat()} | lead for d in days]
    usual = {"agency_id": str(world.agency.id), "workshop_id": str(world.workshop.id), "capacity": 8}
    return usual | {"meetings": meetings} | more


async def test_a_session_is_planned_published_and_found(world: World, programs: Programs) -> None:
    ask = await programs.of(world.manager)

    draft = await ask("POST", "/sessions", planned(world, 14, 16))
    unseen = (await ask("GET", "/sessions")).json()["items"]
    published = await ask("POST", f"{draft.headers['location']}/publication")
    found = (await ask("GET", "/sessions")).json()["items"]

    assert (draft.status_code, draft.json()["state"], len(draft.json()["meetings"])) == (201, "draft", 2)
    assert unseen == []
    assert (published.status_code, published.json()["state"]) == (200, "open")
    assert [session["id"] for session in found] == [draft.json()["id"]]


async def test_sessions_come_page_by_page(world: World, programs: Programs) -> None:
    sessions = [await world.session(meeting(in_days(day))) for day in (14, 15, 15, 16, 17)]
    ask = await programs.of(world.adviser)

    seen, address = [], "/sessions?limit=2&with_room=true"
    while address:
        page = (await ask("GET", address)).json()
        seen += [session["id"] for session in page["items"]]
        address = page["next"]

    assert sorted(seen) == sorted(str(session.id) for session in sessions)
    assert len(seen) == 5


async def test_sessions_are_looked_for_by_place_time_and_room(world: World, programs: Programs) -> None:
    full = await world.session(meeting(in_days(14)), capacity=1)
    await world.booked(full)
    later = await world.session(meeting(in_days(20)))
    ask = await programs.of(world.adviser)

    async def found(query: str) -> list[str]:
        return [session["id"] for session in (await ask("GET", f"/sessions?{query}")).json()["items"]]

    assert await found("with_room=true") == [str(later.id)]
    assert await found("before=2026-11-05T00:00:00Z") == [str(full.id)]
    assert await found("from=2026-11-05T00:00:00%2B01:00") == [str(later.id)]
    assert await found(f"agency={world.workshop.id}") == []
    assert await found(f"workshop={world.workshop.id}&state=cancelled") == []


async def test_a_draft_is_shown_where_one_plans(world: World, programs: Programs) -> None:
    draft = await world.draft()
    manager, adviser = await programs.of(world.manager), await programs.of(world.adviser)

    drafts = (await manager("GET", "/sessions?state=draft")).json()["items"]

    assert [session["id"] for session in drafts] == [str(draft.id)]
    assert (await adviser("GET", "/sessions?state=draft")).status_code == 403
    assert (await adviser("GET", f"/sessions/{draft.id}")).status_code == 404


async def test_a_change_needs_the_version_it_changes(world: World, programs: Programs) -> None:
    session = await world.session()
    ask = await programs.of(world.manager)
    shown = await ask("GET", f"/sessions/{session.id}")
    change = {"capacity": 9, "meetings": [_as_change(m) for m in shown.json()["meetings"]]}

    without = await ask("PUT", f"/sessions/{session.id}", change)
    changed = await ask("PUT", f"/sessions/{session.id}", change, {"If-Match": shown.headers["etag"]})
    stale = await ask("PUT", f"/sessions/{session.id}", change, {"If-Match": shown.headers["etag"]})

    assert (without.status_code, without.json()["type"]) == (428, "version-missing")
    assert (changed.status_code, changed.json()["capacity"]) == (200, 9)
    assert (stale.status_code, stale.json()["type"]) == (412, "stale-edit")
    assert changed.headers["etag"] == f'"{stale.json()["version"]}"'


@pytest.mark.parametrize("tag", ["7", 'W/"1"', '"x"', "", '"1", "2"'])
async def test_what_is_no_version_of_ours_changes_nothing(world: World, programs: Programs, tag: str) -> None:
    session = await world.session()
    ask = await programs.of(world.manager)
    change = {"capacity": 9, "meetings": [_as_change(m) for m in await _meetings(ask, session.id)]}

    answer = await ask("PUT", f"/sessions/{session.id}", change, {"If-Match": tag})

    assert answer.status_code == 412


async def test_a_meeting_keeps_its_identity_when_it_moves(world: World, programs: Programs) -> None:
    session = await world.session()
    ask = await programs.of(world.manager)
    (before,) = await _meetings(ask, session.id)
    moved = _as_change(before) | {"starts_at": in_days(15).isoformat(), "ends_at": in_days(15, 2).isoformat()}

    await ask("PUT", f"/sessions/{session.id}", {"capacity": 8, "meetings": [moved]}, {"If-Match": "*"})

    (after,) = await _meetings(ask, session.id)
    assert after["id"] == before["id"]
    assert after["sequence"] == before["sequence"] + 1


async def test_a_wrong_schedule_names_its_meeting(world: World, programs: Programs) -> None:
    ask = await programs.of(world.manager)
    body = planned(world, 14, 15)
    body["meetings"][1]["ends_at"] = in_days(14, 23).isoformat()  # type: ignore[index]

    answer = await ask("POST", "/sessions", body)

    assert (answer.status_code, answer.json()["type"]) == (422, "invalid-schedule")
    assert answer.json()["errors"][0]["pointer"] == "/meetings/1"


async def test_a_session_is_cancelled_with_a_reason(world: World, programs: Programs) -> None:
    session = await world.session()
    ask = await programs.of(world.manager)

    without = await ask("POST", f"/sessions/{session.id}/cancellation", {"because": " "})
    ended = await ask("POST", f"/sessions/{session.id}/cancellation", {"because": "Salle inondée"})

    assert (without.status_code, without.json()["errors"][0]["pointer"]) == (422, "/because")
    assert (ended.json()["state"], ended.json()["cancelled_because"]) == ("cancelled", "Salle inondée")


async def test_capacity_does_not_fall_below_the_seated(world: World, programs: Programs) -> None:
    session = await world.session(capacity=2)
    await world.booked(session)
    await world.booked(session)
    ask = await programs.of(world.manager)
    change = {"capacity": 1, "meetings": [_as_change(m) for m in await _meetings(ask, session.id)]}

    answer = await ask("PUT", f"/sessions/{session.id}", change, {"If-Match": "*"})

    assert (answer.status_code, answer.json()["type"], answer.json()["taken"]) == (409, "capacity-below-taken", 2)


async def test_a_published_session_is_published_once(world: World, programs: Programs) -> None:
    draft = await world.session()
    ask = await programs.of(world.manager)

    answer = await ask("POST", f"/sessions/{draft.id}/publication")

    assert (answer.status_code, answer.json()["type"]) == (409, "session-not-draft")


def _as_change(meeting_shown: dict[str, object]) -> dict[str, object]:
    return {name: meeting_shown[name] for name in ("id", "starts_at", "ends_at", "room_id", "facilitator_id")}


async def _meetings(ask, session_id) -> list[dict[str, object]]:
    return (await ask("GET", f"/sessions/{session_id}")).json()["meetings"]

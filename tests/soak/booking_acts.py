"""Seats: booked under a key, asked again, waited for, cancelled; and the sessions themselves."""

import random
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from tests.soak.desks import Desk
from tests.soak.office import Office

NO_SEAT = ("session-full", "already-booked", "job-seeker-elsewhere", "session-closed")
REPEATED = 0.1


async def book(office: Office) -> None:
    """Somebody has a seat in one of the next weeks; one in ten clients asks twice, not knowing that it was heard."""
    desk = office.desk()
    await _seat(office, "book", desk, random.choice(desk.sessions[1:]), "refuse")


async def book_small(office: Office) -> None:
    """What everybody wants is full: some wait for it."""
    desk = random.choice(office.desks[:200])
    await _seat(office, "wait", desk, desk.small, random.choice(("refuse", "wait", "wait")))


async def _seat(office: Office, act: str, desk: Desk, session: UUID, if_full: str) -> None:
    person, headers = random.choice(desk.people), {"idempotency-key": uuid4().hex}
    asked = {"job_seeker_id": str(person), "if_full": if_full}
    said = {"json": asked, "headers": headers, "expected": (201,), "refusals": NO_SEAT}
    path = f"/sessions/{session}/bookings"
    answer = await office.caller.call(act, desk.token, "POST", path, **said)
    if answer is None or answer.status_code != 201:
        return
    id = UUID(answer.json()["id"])
    office.told.seats[id] = (session, person)
    office.mine.append((desk, id))
    if answer.json()["state"] == "waitlisted":
        office.told.waiting.add(id)
    if random.random() < REPEATED:
        again = await office.caller.call("book again", desk.token, "POST", path, **said)
        if again is not None and again.json().get("id") != str(id):
            office.caller.minute.wonder("book again", "another answer than before")


async def cancel(office: Office) -> None:
    """Somebody does not come; whoever waits has the seat."""
    if len(office.mine) < 20:
        return
    desk, id = office.mine.pop(random.randrange(len(office.mine)))
    said = {"json": {"party": "person"}, "headers": {"idempotency-key": uuid4().hex}, "refusals": ("booking-ended",)}
    answer = await office.caller.call("cancel", desk.token, "POST", f"/bookings/{id}/cancellation", **said)
    if answer is not None and answer.status_code == 200:
        office.told.ended.add(id)


async def plan(office: Office) -> None:
    """A session more, published; one in five is cancelled again: every calendar of the agency changes."""
    desk, call = office.desk(), office.caller.call
    starts_at = datetime.now(UTC).replace(microsecond=0) + timedelta(days=random.uniform(15, 60))
    when = {"starts_at": starts_at.isoformat(), "ends_at": (starts_at + timedelta(hours=2)).isoformat()}
    asked = {"agency_id": str(desk.agency), "workshop_id": str(desk.workshop), "capacity": 8}
    asked |= {"meetings": [when | {"facilitator_id": str(desk.staff)}], "overridden_because": "Essai d’endurance"}
    said = {"json": asked, "expected": (201,), "refusals": ("place-taken",)}
    made = await call("plan", desk.token, "POST", "/sessions", **said)
    if made is None or made.status_code != 201:
        return
    path = f"/sessions/{made.json()['id']}"
    await call("publish", desk.token, "POST", f"{path}/publication")
    if random.random() < 0.2:
        await call("cancel session", desk.token, "POST", f"{path}/cancellation", json={"because": "Essai"})

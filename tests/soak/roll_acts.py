"""Who came: marks from a screen, and marks that a tablet kept while the network was gone."""

import random
from datetime import UTC, datetime
from uuid import uuid4

from tests.soak.callers import PAGE
from tests.soak.office import Office

MARKS = ("attended", "attended", "attended", "late", "absent")


async def look(office: Office) -> None:
    """The roll of today."""
    desk, cookie = office.signed_in()
    await office.caller.visit("roll", cookie, f"/presence/{desk.meeting}")


async def mark(office: Office) -> None:
    """One of those expected is marked, or the mark is taken back."""
    desk, call = office.desk(), office.caller.call
    roll = await call("roster", desk.token, "GET", f"/meetings/{desk.meeting}/roster")
    if roll is None or not roll.json().get("expected"):
        return
    booking = random.choice(roll.json()["expected"])["booking_id"]
    path, said = f"/bookings/{booking}/attendance/{desk.meeting}", {"expected": (204,), "refusals": ("not-seated",)}
    if random.random() < 0.1:
        await call("mark", desk.token, "DELETE", path, **said)
    else:
        await call("mark", desk.token, "PUT", path, json={"mark": random.choice(MARKS)}, **said)


async def synchronise(office: Office) -> None:
    """A tablet is back in the network: it asks how the roll stands and sends what it kept."""
    desk, cookie = office.signed_in()
    state = await office.caller.visit("roll state", cookie, f"/presence/{desk.meeting}/etat")
    if state is None or state.status_code != 200:
        return
    found = state.json()
    for booking, stands in list(found["marks"].items())[:2]:
        form = {"form_token": found["token"], "mark": random.choice(MARKS), "reason": ""}
        form |= {"seen": stands["mark"], "seen_reason": stands["reason"], "made_at": datetime.now(UTC).isoformat()}
        headers = PAGE | {"cookie": cookie, "idempotency-key": uuid4().hex}
        path = f"/presence/{desk.meeting}/{booking}"
        await office.caller.ask("kept mark", "POST", path, expected=(200, 409), data=form, headers=headers)


async def print_sheet(office: Office) -> None:
    """The sheet that everybody signs, as a PDF."""
    desk, cookie = office.signed_in()
    await office.caller.visit("sheet", cookie, f"/presence/{desk.meeting}/emargement.pdf")

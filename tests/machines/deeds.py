"""What people and the clock do, and what comes of it, in the model."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from tests.machines import model
from tests.machines.model import MINUTE, Book, No

Place = dict[str, Any]


def book(b: Book, s: UUID, p: UUID) -> str:
    # Where nobody waits, a free seat is had at once, and what is held too long stays for the clock.
    is_plain = not (has_kept_seat(b, s, p) or is_awaited(b, s) or waits_anywhere(b, s, p))
    if is_plain and why_not(b, s, p) is None:
        return model.add(b, s, p, "booked")
    model.lapse(b, s)
    with model.whole(b):
        mine = model.place_of(b, s, p)
        if not (mine and mine["state"] in model.LIMITED):
            no(why_not(b, s, p))
        model.as_now(b, s)
        mine = model.place_of(b, s, p)
        if mine and mine["state"] in model.LIMITED:
            return booked(b, mine)
        is_kept = seat(b, s, p)
        must_be_free_for(b, s, p)
        return model.add(b, s, p, "booked", is_kept=is_kept)


def hold(b: Book, s: UUID, p: UUID) -> str:
    model.lapse(b, s)
    with model.whole(b):
        model.as_now(b, s)
        no("already-booked" if model.place_of(b, s, p) else None)
        is_kept = seat(b, s, p)
        must_be_free_for(b, s, p)
        until = b["now"] + b["agencies"][b["people"][p]]["minutes"] * MINUTE
        return model.add(b, s, p, "held", is_kept=is_kept, until=until)


def wait(b: Book, s: UUID, p: UUID, first: bool) -> str:
    model.lapse(b, s)
    with model.whole(b):
        model.as_now(b, s)
        no(None if model.takes(b, s) else "session-closed")
        is_kept = model.found(b, s, p)
        must_be_free_for(b, s, p)
        if is_kept is not None:
            return model.add(b, s, p, "booked", is_kept=is_kept)
        return model.add(b, s, p, "waitlisted", first=first, since=b["now"])


def confirm(b: Book, place: Place) -> str:
    no("booking-ended" if place["state"] == "cancelled" else None)
    no(None if place["state"] in model.LIMITED else "not-held")
    no(None if model.is_to_come(b, place["session"]) else "session-ended")
    return booked(b, place)


def cancel(b: Book, place: Place) -> str:
    """Also how a seat is let go, an offer declined, and a waitlist left."""
    no("booking-ended" if place["state"] == "cancelled" else None)
    was_offered = place["state"] == "offered"
    model.end(b, place, "declined" if was_offered else "")
    if was_offered:
        model.refuse_offer(b, place)
    model.give_all(b)
    return "cancelled"


def restore(b: Book, place: Place) -> str:
    s, p = place["session"], place["person"]
    model.lapse(b, s)
    is_fresh = b["now"] - place["changed"] < 30 * MINUTE and place["why"] not in model.BY_ITSELF
    with model.whole(b):
        model.as_now(b, s)
        no(None if model.is_to_come(b, s) else "session-ended")
        no("booking-stands" if place["state"] != "cancelled" else None)
        no(None if is_fresh else "booking-ended")
        is_kept = model.found(b, s, p)
        waits_again = place["since"] is not None and model.takes(b, s)
        no("session-full" if is_kept is None and not waits_again else None)
        must_be_free_for(b, s, p)
    state = "waitlisted" if is_kept is None else "booked"
    place |= {"state": state, "kept": bool(is_kept), "changed": b["now"], "why": ""}
    model.sit(b, place)
    return state


def move(b: Book, place: Place, target: UUID) -> str:
    p = place["person"]
    model.lapse(b, target)
    no("already-booked" if target == place["session"] else None)
    no(None if model.takes(b, target) else "session-closed")
    with model.whole(b):
        model.as_now(b, target)
        no("booking-ended" if place["state"] == "cancelled" else None)
        is_kept = seat(b, target, p)
        model.end(b, place, "moved")
        must_be_free_for(b, target, p)
        model.add(b, target, p, "booked", is_kept=is_kept)
        model.give_all(b)
    return "booked"


def join(b: Book, workshop: UUID, p: UUID, agencies: tuple[UUID, ...], first: bool) -> str:
    ahead = [
        s
        for s, x in b["sessions"].items()
        if (x["workshop"], x["state"]) == (workshop, "open") and x["agency"] in agencies and model.takes(b, s)
    ]
    ahead.sort(key=lambda s: b["sessions"][s]["meetings"][0][0])
    for s in ahead:
        model.lapse(b, s)
    with model.whole(b):
        for s in ahead:
            model.as_now(b, s)
            is_kept = model.found(b, s, p)
            stands_off = model.place_of(b, s, p) or model.has_other_seat(b, s, p) or model.is_elsewhere(b, s, p)
            if is_kept is not None and not stands_off:
                return model.add(b, s, p, "booked", is_kept=is_kept)
        no("already-waiting" if model.wait_for(b, workshop, p) else None)
    new = {"workshop": workshop, "person": p, "agencies": agencies, "first": first, "since": b["now"]}
    b["waits"].append(new | {"state": "waiting", "offers": 0, "declined": set(), "id": None})
    return "waiting"


def leave(b: Book, wait: dict[str, Any]) -> str:
    if wait["state"] == "waiting":
        wait["state"] = "left"
    return str(wait["state"])


def group(b: Book, s: UUID, people: Sequence[UUID], all_or_none: bool) -> str:
    """Each one's answer, in their order."""
    if not all_or_none:
        return " ".join(attempt(b, book, s, p) for p in people)
    model.lapse(b, s)
    try:
        with model.whole(b):
            model.as_now(b, s)
            answers = [attempt(b, together, s, p) for p in people]
            no(None if set(answers) == {"booked"} else " ".join(answers))
            return " ".join(answers)
    except No as nobody:
        return str(nobody)


def together(b: Book, s: UUID, p: UUID) -> str:
    is_kept = seat(b, s, p)
    must_be_free_for(b, s, p)
    return model.add(b, s, p, "booked", is_kept=is_kept)


# Who plans, and the clock


def resize(b: Book, s: UUID, capacity: int) -> str:
    no(None if model.is_to_come(b, s) else "session-ended")
    no("capacity-below-taken" if capacity < len(model.seated_in(b, s)) + model.kept_in(b, s) else None)
    b["sessions"][s]["capacity"] = capacity
    model.give_all(b)
    return "done"


def keep(b: Book, s: UUID, agency: UUID, places: int, until: datetime) -> str:
    no(None if model.takes(b, s) else "session-closed")
    with model.whole(b):
        model.as_now(b, s)
        used = sum(x["kept"] and b["people"][x["person"]] == agency for x in model.seated_in(b, s))
        before = b["kept"].get((s, agency), {"unused": 0})["unused"]
        fits = 0 <= places - used <= before + model.free(b, s)
        is_due_in_time = b["now"] < until <= b["sessions"][s]["meetings"][0][0]
        no(None if fits and is_due_in_time else "invalid-field")
        b["kept"][s, agency] = {"unused": places - used, "until": until}
        model.give_all(b)
    return "done"


def let_go(b: Book, s: UUID, agency: UUID) -> str:
    b["kept"].pop((s, agency), None)
    model.give_all(b)
    return "done"


def cancel_session(b: Book, s: UUID) -> str:
    """One of which a meeting is over is held, with whoever is booked; all the others lose their places."""
    session = b["sessions"][s]
    no(None if model.is_to_come(b, s) else "session-ended")
    over = [m for m in session["meetings"] if m[1] <= b["now"]]
    for place in [*model.seated_in(b, s), *model.waiting_in(b, s)]:
        if not (over and place["state"] == "booked"):
            model.end(b, place, "the service")
    for key in [k for k in b["kept"] if k[0] == s]:
        del b["kept"][key]
    session |= {"state": "held", "meetings": over} if over else {"state": "cancelled"}
    model.give_all(b)
    return "done"


def end_due(b: Book) -> str:
    for s in sorted(b["sessions"]):
        model.lapse(b, s)
    return "done"


def release_due(b: Book) -> str:
    for s in sorted(b["sessions"]):
        model.release(b, s)
    return "done"


def close_over(b: Book) -> str:
    for session in b["sessions"].values():
        if session["state"] == "open" and session["meetings"][-1][1] <= b["now"]:
            session["state"] = "held"
    model.give_all(b)
    return "done"


def end_pointless(b: Book) -> str:
    for s in b["sessions"]:
        for place in model.waiting_in(b, s) if not model.takes(b, s) else ():
            model.end(b, place, "session-began")
    return "done"


def serve_waiting(b: Book) -> str:
    """Whoever can be served was served by whatever made it so."""
    return "done"


# Why not


def no(code: str | None) -> None:
    if code:
        raise No(code)


def attempt(b: Book, deed: Callable[..., str], *what: Any) -> str:
    """What came of it, or the code of the refusal."""
    try:
        return deed(b, *what)
    except No as refusal:
        return str(refusal)


def why_not(b: Book, s: UUID, p: UUID) -> str | None:
    if model.place_of(b, s, p):
        return "already-booked"
    if not model.takes(b, s):
        return "session-closed"
    if model.is_elsewhere(b, s, p):
        return "job-seeker-elsewhere"
    return None if model.free(b, s) or has_kept_seat(b, s, p) else "session-full"


def waits_anywhere(b: Book, s: UUID, p: UUID) -> bool:
    return model.wait_for(b, b["sessions"][s]["workshop"], p) is not None


def is_awaited(b: Book, s: UUID) -> bool:
    return bool(model.waiting_in(b, s) or model.waits_at(b, s))


def has_kept_seat(b: Book, s: UUID, p: UUID) -> bool:
    own = [c for (session, agency), c in b["kept"].items() if session == s and agency == b["people"][p]]
    due = [c for (session, _), c in b["kept"].items() if session == s and c["until"] <= b["now"]]
    return any(c["unused"] for c in [*own, *due])


def seat(b: Book, s: UUID, p: UUID) -> bool:
    no(None if model.takes(b, s) else "session-closed")
    is_kept = model.found(b, s, p)
    no("session-full" if is_kept is None else None)
    return bool(is_kept)


def must_be_free_for(b: Book, s: UUID, p: UUID) -> None:
    no("already-booked" if model.place_of(b, s, p) else None)
    no("job-seeker-elsewhere" if model.is_elsewhere(b, s, p) else None)


def booked(b: Book, place: Place) -> str:
    place |= {"state": "booked", "until": None, "changed": b["now"]}
    model.serve(b, place)
    return "booked"

"""The seat rules once more, as one plain dictionary: what the product must answer, and what is true after each deed.

Nothing here knows of locks, rows or counters. After every deed each seat that is free goes to the first in the line of
its session who can take it, whatever set it free: how the product finds out which lines to look at is its own affair.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
SEATED, LIMITED = ("held", "booked", "offered"), ("held", "offered")
BY_ITSELF = ("hold-over", "offer-over", "session-began", "moved")
MOST_OFFERS = 3

Book = dict[str, Any]


class No(Exception):
    """A refusal, by its code."""


@contextmanager
def whole(b: Book) -> Iterator[None]:
    """All of it, or nothing."""
    before = deepcopy(b)
    try:
        yield
    except No:
        b.clear()
        b.update(before)
        raise


# What is so


def place_of(b: Book, s: UUID, p: UUID) -> dict[str, Any] | None:
    found = (x for x in b["places"] if (x["session"], x["person"]) == (s, p) and x["state"] != "cancelled")
    return next(found, None)


def seated_in(b: Book, s: UUID) -> list[dict[str, Any]]:
    return [x for x in b["places"] if x["session"] == s and x["state"] in SEATED]


def waiting_in(b: Book, s: UUID) -> list[dict[str, Any]]:
    return [x for x in b["places"] if x["session"] == s and x["state"] == "waitlisted"]


def kept_in(b: Book, s: UUID) -> int:
    return sum(c["unused"] for (session, _), c in b["kept"].items() if session == s)


def free(b: Book, s: UUID) -> int:
    return max(0, b["sessions"][s]["capacity"] - len(seated_in(b, s)) - kept_in(b, s))


def takes(b: Book, s: UUID) -> bool:
    session = b["sessions"][s]
    return session["state"] == "open" and b["now"] < session["meetings"][0][0]


def is_to_come(b: Book, s: UUID) -> bool:
    session = b["sessions"][s]
    return session["state"] == "open" and b["now"] < session["meetings"][-1][1]


def times(b: Book, p: UUID) -> list[tuple[datetime, datetime]]:
    """When this person sits somewhere: the meetings that were to come when he got the seat."""
    seats = [x for x in b["places"] if x["person"] == p and x["state"] in SEATED]
    return [m for x in seats for m in b["sessions"][x["session"]]["meetings"] if m[0] > x["changed"]]


def is_elsewhere(b: Book, s: UUID, p: UUID) -> bool:
    coming = [m for m in b["sessions"][s]["meetings"] if m[0] > b["now"]]
    return any(t[0] < m[1] and m[0] < t[1] for m in coming for t in times(b, p))


def has_other_seat(b: Book, s: UUID, p: UUID) -> bool:
    """In another open session of the same workshop."""
    workshop = b["sessions"][s]["workshop"]
    others = [id for id, x in b["sessions"].items() if id != s and (x["workshop"], x["state"]) == (workshop, "open")]
    return any(x["person"] == p for other in others for x in seated_in(b, other))


def wait_for(b: Book, workshop: UUID, p: UUID) -> dict[str, Any] | None:
    found = (w for w in b["waits"] if (w["workshop"], w["person"], w["state"]) == (workshop, p, "waiting"))
    return next(found, None)


def found(b: Book, s: UUID, p: UUID) -> bool | None:
    """Whether the seat there is for this person is one kept for his agency; None when there is no seat."""
    own = b["kept"].get((s, b["people"][p]))
    if own and own["unused"]:
        return True
    return False if free(b, s) else None


# The line


def waits_at(b: Book, s: UUID) -> list[dict[str, Any]]:
    """The waits that this session could end."""
    session = b["sessions"][s]
    waits = [w for w in b["waits"] if (w["state"], w["workshop"]) == ("waiting", session["workshop"])]
    return [w for w in waits if session["agency"] in w["agencies"]]


def line(b: Book, s: UUID) -> list[dict[str, Any]]:
    """Who waits for this session, and who waits for any of its workshop there: with a reason first, then by time."""
    anywhere = [w for w in waits_at(b, s) if not place_of(b, s, w["person"])]
    return sorted([*waiting_in(b, s), *anywhere], key=lambda x: (not x["first"], x["since"]))


def can_come(b: Book, s: UUID, waiter: dict[str, Any]) -> bool:
    p = waiter["person"]
    has_declined = s in waiter.get("declined", ())
    return not (has_declined or has_other_seat(b, s, p) or is_elsewhere(b, s, p))


def give_all(b: Book) -> None:
    """Every free seat to the first who can take it; those kept for an agency first, to its people."""
    for s in sorted(filter(lambda id: takes(b, id), b["sessions"])):
        for agency in [*sorted(a for session, a in b["kept"] if session == s), None]:
            seats = b["kept"][s, agency]["unused"] if agency else free(b, s)
            able = (x for x in line(b, s) if agency in (None, b["people"][x["person"]]))
            for _ in range(seats):
                waiter = next((x for x in able if can_come(b, s, x)), None)
                if waiter:
                    give(b, s, waiter, is_kept=agency is not None)


def give(b: Book, s: UUID, waiter: dict[str, Any], *, is_kept: bool) -> None:
    session = b["sessions"][s]
    has_time = session["meetings"][0][0] - HOUR - b["now"] >= 30 * MINUTE
    state = "offered" if b["agencies"][session["agency"]]["offers"] and has_time else "booked"
    if "workshop" in waiter:
        add(b, s, waiter["person"], state, is_kept=is_kept, first=waiter["first"], since=waiter["since"], wait=waiter)
    else:
        waiter |= {"state": state, "kept": is_kept, "changed": b["now"], "until": None}
        sit(b, waiter)


# One place


def add(b: Book, s: UUID, p: UUID, state: str, *, is_kept: bool = False, **known: Any) -> str:
    usual = {"first": False, "since": None, "wait": None, "until": None, "why": "", "id": None}
    new = usual | {"session": s, "person": p, "state": state, "kept": is_kept, "changed": b["now"]} | known
    b["places"].append(new)
    sit(b, new)
    return state


def sit(b: Book, place: dict[str, Any]) -> None:
    """A seat is taken, of those for all or of a contingent; who is booked waits no longer for the workshop."""
    if place["kept"]:
        b["kept"][place["session"], b["people"][place["person"]]]["unused"] -= 1
    if place["state"] == "booked":
        serve(b, place)


def serve(b: Book, place: dict[str, Any]) -> None:
    wait = wait_for(b, b["sessions"][place["session"]]["workshop"], place["person"])
    if wait:
        wait["state"] = "served"


def end(b: Book, place: dict[str, Any], why: str) -> None:
    """A place is no more; its seat goes back where it was from."""
    contingent = b["kept"].get((place["session"], b["people"][place["person"]]))
    if place["state"] in SEATED and place["kept"] and contingent:
        contingent["unused"] += 1
    place |= {"state": "cancelled", "why": why, "until": None, "changed": b["now"]}


def refuse_offer(b: Book, place: dict[str, Any]) -> None:
    """Who waits for any session keeps his turn, but not in this one; after three refusals he waits no more."""
    wait = place["wait"]
    if wait is None:
        return
    wait["declined"].add(place["session"])
    if wait["state"] == "waiting":
        wait["offers"] += 1
        wait["state"] = "left" if wait["offers"] >= MOST_OFFERS else "waiting"


def lapse(b: Book, s: UUID) -> None:
    """What is held or offered too long in this session is no more."""
    due = [x for x in b["places"] if x["session"] == s and x["until"] and x["until"] <= b["now"]]
    for place in sorted(due, key=lambda x: x["until"]):
        was_offered = place["state"] == "offered"
        end(b, place, "offer-over" if was_offered else "hold-over")
        if was_offered:
            refuse_offer(b, place)
    if due:
        give_all(b)


def release(b: Book, s: UUID) -> None:
    """What is kept too long in this session is for all."""
    for key in [k for k, c in b["kept"].items() if k[0] == s and c["until"] <= b["now"]]:
        del b["kept"][key]
    give_all(b)


def as_now(b: Book, s: UUID) -> None:
    """What is due has fallen back; a contingent that has nothing left stays for the clock."""
    if kept_in(b, s):
        release(b, s)

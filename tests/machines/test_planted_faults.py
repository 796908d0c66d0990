"""The controls: with one rule broken, the machine must find out."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from booking.domain.bookings import Booking, BookingState
from booking.services import lapsing, seats, waitlist
from booking.storage import bookings, lines, waits
from tests.machines.machine import Seats
from tests.machines.playing import play
from tests.machines.stage import Stage

# It ends at the first fault, so that only the rare ones cost something.
ENOUGH = 60
Plant = Callable[[pytest.MonkeyPatch], None]


def held_seats_are_not_counted(patch: pytest.MonkeyPatch) -> None:
    count = seats.count

    async def forgetful(tx: Any, booking: Booking, **more: Any) -> None:
        if booking.state is not BookingState.HELD:
            await count(tx, booking, **more)

    patch.setattr(seats, "count", forgetful)


def who_came_last_is_first(patch: pytest.MonkeyPatch) -> None:
    in_turn = lines.of_session

    async def backwards(*which: Any) -> list[lines.Waiter]:
        return (await in_turn(*which))[::-1]

    patch.setattr(lines, "of_session", backwards)


def what_is_held_never_ends(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(bookings, "due", nothing)


def who_is_in_another_session_is_given_a_seat(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(lines.Waiter, "skip", None)


def who_is_seated_waits_on(patch: pytest.MonkeyPatch) -> None:
    async def forget(*which: Any) -> None:
        return None

    patch.setattr(waits, "serve", forget)


def who_is_set_free_is_not_looked_for(patch: pytest.MonkeyPatch) -> None:
    async def nowhere(*which: Any) -> set[Any]:
        return set()

    patch.setattr(waitlist, "_awaited", nowhere)


async def nothing(*which: Any, **more: Any) -> list[Any]:
    return []


PLANTED = (
    held_seats_are_not_counted,
    who_came_last_is_first,
    what_is_held_never_ends,
    who_is_in_another_session_is_given_a_seat,
    who_is_seated_waits_on,
    who_is_set_free_is_not_looked_for,
)


@pytest.mark.parametrize("plant", PLANTED, ids=lambda plant: plant.__name__)
def test_a_broken_rule_is_found_out(file_stage: Stage, monkeypatch: pytest.MonkeyPatch, plant: Plant) -> None:
    plant(monkeypatch)

    with pytest.raises(AssertionError):
        play(file_stage, ENOUGH)


def test_what_ends_by_itself_and_is_given_to_nobody_is_found_out(
    file_stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Too rare to be left to chance: the machine is led there."""
    machine = type("Led", (Seats,), {"stage": file_stage})()
    session, (seated, waiting) = machine.sessions[0], machine.people[:2]
    machine.both("hold", session, seated)
    machine.both("wait", session, waiting, False)
    machine.b["now"] = machine.moments()["until"][0]
    monkeypatch.setattr(lapsing, "waitlist", SimpleNamespace(**vars(waitlist) | {"give_seats": nothing}))

    with pytest.raises(AssertionError):
        machine.both("end_due")

    file_stage.closed(machine.url, machine.db)

"""Whether it held: nothing lost, nobody too many, memory flat, everything true."""

import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import linear_regression

from sqlalchemy import select, text

from booking.domain.bookings import BookingState
from booking.storage.database import Database
from booking.storage.tables import bookings
from tests.races import oracle
from tests.soak.office import Told
from tests.soak.sights import Sight

# Megabytes an hour; a day of that is noticed by nobody, and a month of it by somebody.
FLAT = 4.0
LOOKS_NEEDED = 20
JUDGED = ("more people than seats", "the counter is not the number of people", "somebody twice in one session")


def slopes(sights: Sequence[tuple[float, Sight]]) -> Mapping[str, float]:
    """Megabytes an hour by process over the second half, by least squares; of too few looks nothing can be said."""
    half = sights[len(sights) // 2 :]
    if len(half) < LOOKS_NEEDED:
        return {}
    hours = [at / 3600 for at, _ in half]
    return {name: linear_regression(hours, [seen.memory[name] for _, seen in half]).slope for name in half[0][1].memory}


b = bookings.c


async def lost(db: Database, told: Told) -> list[str]:
    """Every acknowledgement of which the database knows nothing, or something else."""
    async with db.reading() as tx:
        found = await tx.rows(select(b.id, b.session_id, b.job_seeker_id, b.state))
    places = {row.id: (row.session_id, row.job_seeker_id) for row in found}
    cancelled = {row.id for row in found if row.state is BookingState.CANCELLED}
    wrong = [f"{id} is not there" for id, place in told.seats.items() if places.get(id) != place]
    wrong += [f"{id} is not cancelled" for id in told.ended - cancelled]
    kept = told.seats.keys() - told.ended - told.waiting
    return wrong + [f"{id} was ended by nobody" for id in kept & cancelled]


async def oversold(db: Database) -> dict[str, int]:
    """Promises about seats that are broken, by rows alone."""
    found = {}
    async with db.reading() as tx:
        for rule in JUDGED:
            found[rule] = len(await tx.rows(text(oracle.RULES[rule])))
    return {rule: count for rule, count in found.items() if count}


def doctor(folder: Path, known: Mapping[str, str]) -> tuple[int, str]:
    """What ``ateliers doctor`` says, and how it ends."""
    program = [sys.executable, "-m", "booking", "doctor", "--data", str(folder / "data")]
    ended = subprocess.run(program, env={"PATH": "/usr/bin:/bin", **known}, capture_output=True, text=True, check=False)
    return ended.returncode, (ended.stdout + ended.stderr)[-3000:]

"""How long one password takes to try here, and what four at once do: python -m tests.benchmarks.signing_in."""

import asyncio
import resource
import time
from statistics import median

from booking.services import passwords

TRIES = 20
LEAST_MS = 40  # less is too little for a stolen database


async def measured() -> tuple[list[float], float]:
    """Milliseconds of each of some tries one after another, and of as many at once together."""
    known = await passwords.hashed("douze caractères au moins")
    alone = []
    for _ in range(TRIES):
        began = time.perf_counter()
        assert await passwords.fits("douze caractères au moins", known)
        alone.append((time.perf_counter() - began) * 1000)
    began = time.perf_counter()
    assert all(await asyncio.gather(*(passwords.fits("douze caractères au moins", known) for _ in range(TRIES))))
    return alone, (time.perf_counter() - began) * 1000


def main() -> None:
    """Print it."""
    alone, together = asyncio.run(measured())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"one password: {median(alone):.0f} ms (least {min(alone):.0f}, most {max(alone):.0f}), wanted {LEAST_MS}")
    print(f"{TRIES} at once, four at a time: {together:.0f} ms; the process took {peak:.0f} MiB at most")


if __name__ == "__main__":
    main()

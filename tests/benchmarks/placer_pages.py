"""What the placing page costs the server: whole, in parts, by distance, one row, and when nothing is asked of it."""

from itertools import islice, repeat

from tests.benchmarks.bookings import Line, Office
from tests.benchmarks.clients import request


async def lines(office: Office, seconds: float) -> list[Line]:
    """One adviser after the other, as an office asks; a person is chosen, as nearly always."""
    person = next(islice(office.town.people, 1))
    chosen, session = f"/placer?personne={person}", office.town.sessions[0]
    asked = {
        "placer, whole page": (chosen, {}),
        "placer, in parts": (chosen, {"X_Parts": "1"}),
        "placer, the nearest first": (f"{chosen}&tri=pres", {"X_Parts": "1"}),
        "placer, in the afternoon": (f"{chosen}&moment=apres-midi", {"X_Parts": "1"}),
        "placer, one row again": (f"/placer/ligne/{session}?personne={person}", {"X_Parts": "1"}),
    }
    return [
        await office.measured(what, repeat(request("GET", path, Cookie=office.town.cookie, **more)), seconds, 200, 4)
        for what, (path, more) in asked.items()
    ]

"""One feed whose bytes are kept in golden-<renderer>.ics; as a program it writes them out."""

import sys
from datetime import date

from calendars.events import Status, entry
from calendars.feeds import body
from tests.calendars.given import a_feed, a_meeting

MEETINGS = [
    a_meeting(
        description="Niveau débutant\nApporter : de quoi écrire",
        location="Salle 2, 12 rue de la République, 38000 Grenoble",
        url="https://ateliers.example/seances/1",
        latitude=45.188529,
        longitude=5.724524,
        categories=("initiation", "débutant"),
    ),
    a_meeting(uid="2@ateliers.example", time_zone="America/Miquelon", status=Status.CANCELLED, sequence=2),
]


def golden() -> bytes:
    zones = tuple({meeting.time_zone for meeting in MEETINGS})
    return body(a_feed(zones=zones), map(entry, MEETINGS), date(2025, 3, 10))


if __name__ == "__main__":
    sys.stdout.buffer.write(golden())

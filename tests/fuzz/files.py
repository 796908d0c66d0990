"""Files that somebody sends, broken in ways that reach new lines of the readers (atheris), for some minutes each.

What a reader may say is its own refusal. Anything else ends the run, and the file is kept as ``crash-…``: it becomes a
test. Each reader is a process of its own, because the fuzzer takes the whole process with it.
"""

import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import atheris

with atheris.instrument_imports(include=["booking", "calendars"]):
    from booking.delivery.bounces import bounced
    from booking.services import agency_rows, row_files, school_rows, session_rows
    from calendars import replies
    from calendars.foreign import Unreadable
    from calendars.importing import busy_times

BEGINS, ENDS = datetime(2026, 10, 1, tzinfo=UTC), datetime(2027, 10, 1, tzinfo=UTC)
LONGEST = 4096
CALENDAR = b"""BEGIN:VCALENDAR
BEGIN:VTIMEZONE
TZID:Ici
BEGIN:STANDARD
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:1@x
DTSTART;TZID=Ici:20261102T093000
DURATION:PT2H
RRULE:FREQ=WEEKLY;COUNT=6;BYDAY=MO,TH
EXDATE;TZID=Ici:20261109T093000
ATTENDEE;PARTSTAT=DECLINED:mailto:a@x
END:VEVENT
BEGIN:VFREEBUSY
FREEBUSY;FBTYPE=BUSY:20261103T080000Z/PT1H
END:VFREEBUSY
END:VCALENDAR
"""
REPLY = b"""BEGIN:VCALENDAR
METHOD:REPLY
BEGIN:VEVENT
UID:1@x
SEQUENCE:2
DTSTAMP:20261102T093000Z
ATTENDEE;PARTSTAT=DECLINED;CN="A, B":mailto:a@x
END:VEVENT
END:VCALENDAR
"""
ROWS = b'nom;adresse;code_postal;commune\nAgence;1 rue;38000;Grenoble\n"a;b";"c\nd";;\n'
MEETINGS = "session;agence;atelier;date;début;fin;capacité\ns-1;A;B;22/06/2027;09:30;11:30;8\n".encode()
JSON = b'[{"dateDebut": "2027-06-22T09:30:00", "duree": {"unite": "H", "valeur": 2}, "a": [1, null]}]'
SCHOOL = "Description;Date de début;Date de fin;Zones\nNoël;2026-12-19;2027-01-04;Zone A\n".encode()
BOUNCE = b"""Content-Type: multipart/report; report-type=delivery-status; boundary=x

--x
Content-Type: message/delivery-status

Reporting-MTA: dns; a

Final-Recipient: rfc822; a@x
Action: failed
Status: 5.1.1

--x--
"""


def calendar(content: bytes) -> None:
    """Somebody else's calendar."""
    try:
        busy_times(content, "Europe/Paris", BEGINS, ENDS)
    except (Unreadable, MemoryError):
        return


def reply(content: bytes) -> None:
    """What a calendar answers to an invitation."""
    try:
        replies.read(content)
    except replies.NotAReply:
        return


def rows(content: bytes) -> None:
    """A list that somebody exported, in each of the ways in which it is read."""
    try:
        file = row_files.read(content)
    except row_files.UnreadableFile:
        return
    for row in file.rows:
        agency_rows.read_row(row, {name: name for name in file.columns})


def meetings(content: bytes) -> None:
    """A list of sessions."""
    try:
        session_rows.grouped(session_rows.meeting_rows(content))
    except row_files.UnreadableFile:
        return


def holidays(content: bytes) -> None:
    """The school calendar."""
    try:
        school_rows.read_rows(row_files.read(content))
    except row_files.UnreadableFile:
        return


def bounce(content: bytes) -> None:
    """A mail that came back."""
    bounced(content)


READERS = {
    "calendar": (calendar, [CALENDAR]),
    "reply": (reply, [REPLY, CALENDAR]),
    "rows": (rows, [ROWS, JSON]),
    "meetings": (meetings, [MEETINGS, JSON]),
    "holidays": (holidays, [SCHOOL, JSON]),
    "bounce": (bounce, [BOUNCE]),
}


def main() -> None:
    """``python -m tests.fuzz.files READER SECONDS``"""
    name, seconds = sys.argv[1], int(sys.argv[2])
    read, seeds = READERS[name]
    with TemporaryDirectory() as corpus:
        for number, content in enumerate(seeds):
            Path(corpus, f"seed-{number}").write_bytes(content)
        limits = [f"-max_total_time={seconds}", f"-max_len={LONGEST}", "-timeout=10", "-rss_limit_mb=1024"]
        atheris.Setup([sys.argv[0], *limits, "-print_final_stats=1", "-verbosity=0", corpus], read)
        atheris.Fuzz()


if __name__ == "__main__":
    main()

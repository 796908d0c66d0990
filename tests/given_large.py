"""A large installation on PostgreSQL, made by the database itself: agencies with the same week again and again.

Every agency has four sessions a week, so many people in each, from some past up to twelve weeks ahead; what is over has
its presences, its figures, and half a year of messages. The agency of the small world is one of them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from booking.domain.figures import MEASURES, STEPS
from tests.given import NO_PASSWORD, World

A_WEEK, WEEKS_AHEAD, WEEKS_KEPT = 4, 12, 26
# Rows whose number grows with the work: what reads all of them for one answer grows slow.
LARGE = (
    "sessions", "meetings", "occupancies", "job_seekers", "job_seeker_words", "bookings", "job_seeker_times",
    "attendance", "messages", "message_attempts", "feed_entries", "session_figures",
)  # fmt: skip
VALUE = re.compile(r":([a-z]+)")
AGENCY, ROOM, LEADER, PERSON, SESSION, MEETING, BOOKING, MESSAGE = range(1, 9)


@dataclass(frozen=True)
class Size:
    """How many agencies, sessions of each, and people of each."""

    agencies: int
    sessions: int
    people: int = 1111
    seats: int = 20

    @property
    def bookings(self) -> int:
        """All of them."""
        return self.agencies * self.sessions * self.seats


def _id(kind: int, n: str) -> str:
    """Identifiers in the order of time, as the product's are."""
    return f"CAST(lpad(to_hex({kind}), 8, '0') || lpad(to_hex(CAST({n} AS bigint)), 24, '0') AS uuid)"


def _agency(n: str) -> str:
    return f"CASE WHEN {n} = 0 THEN CAST(:agency AS uuid) ELSE {_id(AGENCY, n)} END"


# The g-th session of all, by time: in the agency a its k-th.
EACH = """
(SELECT g, g % :agencies AS a, g / :agencies AS k,
        CAST(:first AS timestamptz) + (g / :agencies / 4) * interval '7 days'
        + (g / :agencies % 4) * interval '1 day' AS starts_at
 FROM generate_series(0, :agencies * :sessions - 1) g) AS each"""
EACH_SEAT = f"{EACH}, generate_series(0, :seats - 1) p"
OVER = "starts_at < CAST(:now AS timestamptz)"
SEAT, WHO = "g * :seats + p", "a * :people + (k * :seats + p) % :people"
ENDS = "starts_at + interval '2 hours'"
# Made ten days before, or yesterday.
MADE = "least(starts_at - interval '10 days', CAST(:now AS timestamptz) - interval '1 day')"
SLICE = "CAST(greatest(date_trunc('week', starts_at), date_trunc('month', starts_at)) AS date)"
# The usual reminders of a seat.
EACH_WORD = f"{EACH_SEAT}, (VALUES (0, 'd7', 7), (1, 'd1', 1)) AS word (w, rule, days)"
WORD, DUE = f"({SEAT}) * 2 + w", "(starts_at - days * interval '1 day')"
SAID = f"{DUE} <= CAST(:now AS timestamptz)"
REMINDER = f"'reminder:' || {_id(BOOKING, SEAT)} || '.0:' || {_id(SESSION, 'g')} || '.0:' || rule"
KEPT = f"starts_at > CAST(:now AS timestamptz) - interval '{WEEKS_KEPT} weeks'"

ROWS = (
    f"""INSERT INTO agencies (id, slug, name, search, address, postcode, commune, insee, department, phone, time_zone,
                              holiday_territory, phase, publishes, created_at, latitude, longitude)
        SELECT {_id(AGENCY, "n")}, 'agence-' || n, 'Agence ' || n, 'agence ' || n, '', '', '', '', '38', '',
               'Europe/Paris', 'metropole', 'open', true, :now, 43 + n % 30 / 5.0, n / 30 / 5.0
        FROM generate_series(1, :agencies - 1) n""",
    f"""INSERT INTO rooms (id, agency_id, name, seats, workstations, has_step_free_access, has_hearing_loop)
        SELECT {_id(ROOM, "n")}, {_agency("n")}, 'Salle', 30, 30, true, false
        FROM generate_series(0, :agencies - 1) n""",
    f"""INSERT INTO staff (id, name, sign_in_name, password_hash, created_at)
        SELECT {_id(LEADER, "n")}, 'Animation ' || n, 'animation-' || n, '{NO_PASSWORD}', :now
        FROM generate_series(0, :agencies - 1) n""",
    f"""INSERT INTO staff_roles (id, staff_id, agency_id, role)
        SELECT {_id(LEADER, "n")}, {_id(LEADER, "n")}, {_agency("n")}, 'facilitator'
        FROM generate_series(0, :agencies - 1) n""",
    f"""INSERT INTO job_seekers (id, agency_id, first_name, last_name, search, email, phone_takes_sms, address,
                                 postcode, commune, needs, created_at, changed_at)
        SELECT {_id(PERSON, "n")}, {_agency("n / :people")}, 'Awa', 'Ba ' || n, 'ba' || n || ' awa',
               'p' || n || '@example.org', false, '', '', '', '{{}}', :now, :now
        FROM generate_series(0, :agencies * :people - 1) n""",
    f"""INSERT INTO job_seeker_words (job_seeker_id, agency_id, word, search)
        SELECT {_id(PERSON, "n")}, {_agency("n / :people")}, word, 'ba' || n || ' awa'
        FROM generate_series(0, :agencies * :people - 1) n, unnest(ARRAY['ba' || n, 'awa']) word""",
    f"""INSERT INTO sessions (id, agency_id, workshop_id, state, capacity, taken, starts_at, ends_at, closes_at,
                              created_at, changed_at)
        SELECT {_id(SESSION, "g")}, {_agency("a")}, :workshop, CASE WHEN {OVER} THEN 'held' ELSE 'open' END,
               :seats + 4, :seats, starts_at, {ENDS}, starts_at, {MADE}, {MADE} FROM {EACH}""",
    f"""INSERT INTO meetings (id, session_id, agency_id, position, starts_at, ends_at, room_id, facilitator_id,
                              created_at, changed_at)
        SELECT {_id(MEETING, "g")}, {_id(SESSION, "g")}, {_agency("a")}, 1, starts_at, {ENDS}, {_id(ROOM, "a")},
               {_id(LEADER, "a")}, {MADE}, {MADE} FROM {EACH}""",
    f"""INSERT INTO occupancies (meeting_id, holder_id, room_id, staff_id, is_assistant, starts_at, ends_at)
        SELECT {_id(MEETING, "g")}, CASE WHEN r THEN {_id(ROOM, "a")} ELSE {_id(LEADER, "a")} END,
               CASE WHEN r THEN {_id(ROOM, "a")} END, CASE WHEN NOT r THEN {_id(LEADER, "a")} END, false, starts_at,
               {ENDS} FROM {EACH}, unnest(ARRAY[true, false]) r""",
    f"""INSERT INTO bookings (id, session_id, job_seeker_id, agency_id, state, code, booked_by, created_at, changed_at,
                              cancelled_because)
        SELECT {_id(BOOKING, SEAT)}, {_id(SESSION, "g")}, {_id(PERSON, WHO)}, {_agency("a")}, 'booked',
               upper(substr(md5(CAST({SEAT} AS text)), 1, 8)), {_id(LEADER, "a")}, {MADE}, {MADE}, ''
        FROM {EACH_SEAT}""",
    f"""INSERT INTO job_seeker_times (booking_id, meeting_id, job_seeker_id, starts_at, ends_at)
        SELECT {_id(BOOKING, SEAT)}, {_id(MEETING, "g")}, {_id(PERSON, WHO)}, starts_at, {ENDS} FROM {EACH_SEAT}""",
    f"""INSERT INTO attendance (booking_id, meeting_id, session_id, mark, marked_by, marked_at)
        SELECT {_id(BOOKING, SEAT)}, {_id(MEETING, "g")}, {_id(SESSION, "g")},
               CASE WHEN p % 5 = 0 THEN 'absent' ELSE 'attended' END, {_id(LEADER, "a")}, {ENDS}
        FROM {EACH_SEAT} WHERE {OVER}""",
    f"""INSERT INTO messages (id, kind, rule, agency_id, booking_id, booking_sequence, session_id, session_sequence,
                              job_seeker_id, due_at, not_after, priority, dedupe_key, state, channel, attempts, details,
                              created_at, settled_at)
        SELECT {_id(MESSAGE, WORD)}, 'reminder', rule, {_agency("a")}, {_id(BOOKING, SEAT)}, 0, {_id(SESSION, "g")}, 0,
               {_id(PERSON, WHO)}, {DUE}, starts_at - interval '1 hour', 5, {REMINDER},
               CASE WHEN {SAID} THEN 'accepted' ELSE 'planned' END, CASE WHEN {SAID} THEN 'email' END,
               CASE WHEN {SAID} THEN 1 ELSE 0 END, '{{}}', {MADE}, CASE WHEN {SAID} THEN {DUE} END
        FROM {EACH_WORD} WHERE {KEPT}""",
    f"""INSERT INTO message_attempts (message_id, n, channel, template, address_hash, provider_key, started_at,
                                      ended_at, outcome)
        SELECT {_id(MESSAGE, WORD)}, 1, 'email', 'reminder/1', md5(CAST({SEAT} AS text)), CAST({SEAT} AS text),
               {DUE}, {DUE}, 'accepted'
        FROM {EACH_WORD} WHERE {SAID} AND {KEPT}""",
    f"""INSERT INTO feed_entries (meeting_id, session_id, agency_id, starts_at, ends_at, is_cancelled, sequence,
                                  changed_at, made_by, place, title, busy)
        SELECT {_id(MEETING, "g")}, {_id(SESSION, "g")}, {_agency("a")}, starts_at, {ENDS}, false, 0, {MADE}, '-',
               '', '', '' FROM {EACH} WHERE a > 0""",
    f"""INSERT INTO session_figures (session_id, agency_id, workshop_id, slice_on, starts_at, is_begun, is_training,
                                     {", ".join(MEASURES)})
        SELECT {_id(SESSION, "g")}, {_agency("a")}, :workshop, {SLICE}, starts_at, true, false,
               {", ".join("1 + g % 7" for _ in MEASURES)} FROM {EACH} WHERE {OVER}""",
    *(
        f"""INSERT INTO figures (agency_id, scope_id, slice_on, {", ".join(MEASURES)})
            SELECT agency_id, {scope}, slice_on, {", ".join(f"sum({name})" for name in MEASURES)}
            FROM session_figures GROUP BY agency_id, workshop_id, slice_on"""
        for scope in ("agency_id", "workshop_id")
    ),
    f"""INSERT INTO step_figures (agency_id, slice_on, {", ".join(STEPS)})
        SELECT agency_id, slice_on, 9, 8, 7, 6, 5, 4 FROM figures WHERE scope_id = agency_id""",
)  # fmt: skip


def rows(world: World, size: Size, now: datetime) -> Iterator[str]:
    """The commands that write all rows, in the order in which they name each other."""
    monday = datetime.combine(now.date() - timedelta(days=now.weekday()), time(7), UTC)
    first = monday - timedelta(weeks=size.sessions // A_WEEK - WEEKS_AHEAD)
    known = {"agency": world.agency.id, "workshop": world.workshop.id, "now": now, "first": first}
    numbers = {name: str(getattr(size, name)) for name in ("agencies", "sessions", "people", "seats")}
    said = numbers | {name: f"'{value}'" for name, value in known.items()}
    for command in ROWS:
        yield VALUE.sub(lambda name: said[name[1]], command)

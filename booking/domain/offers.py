"""How long an offered seat waits for its answer: as long as the way that reaches the person takes, and no longer."""

from datetime import datetime, timedelta

from booking.domain.job_seekers import Channel
from booking.domain.sessions import Session
from booking.domain.windows import Place

HOUR = timedelta(hours=1)
# The further ahead the session, the longer one may think; the clock stands still at night and on closed days.
BY_LEAD = ((48 * HOUR, 24 * HOUR), (24 * HOUR, 4 * HOUR), (timedelta(), HOUR))
# A call list is worked through within a day of opening hours; a letter takes four working days each way.
BY_HAND, BY_POST = 12 * HOUR, 8 * 12 * HOUR
# Whoever could not answer in this time is not asked, but given the seat.
SHORTEST = HOUR / 2


def answer_until(channel: Channel, session: Session, place: Place, now: datetime) -> datetime | None:
    """Until when somebody reached this way may answer; None when there is no time to ask.

    Hours count while people may be reached (as usual 8 to 20, no Sunday, no public holiday); bookings close first.
    """
    lead = session.closes_at - now
    thinking = next((hours for least, hours in BY_LEAD if lead > least), timedelta())
    way = {Channel.EMAIL: timedelta(), Channel.LETTER: BY_POST}.get(channel, BY_HAND)
    until = min(place.after_open(now, thinking + way, place.ordinary), session.closes_at - HOUR)
    return until if until - now >= SHORTEST else None

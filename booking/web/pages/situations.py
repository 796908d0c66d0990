"""Where a person stands with his booking, in words said to himself."""

from datetime import datetime
from typing import Any

from booking.domain.bookings import Booking, BookingState, Party
from booking.domain.cases import Case
from booking.domain.errors import Refused
from booking.domain.sessions import SessionState
from booking.language import translate
from booking.services.own_pages import OwnPage
from booking.web import moments
from booking.web.pages.own_words import ENDINGS, PROBLEMS, SENTENCES, TITLES

# Where one may say so, or look for another date.
STEPS = (BookingState.BOOKED, BookingState.WAITLISTED)


def of(own: OwnPage, now: datetime) -> str:
    """One of the situations that have a title."""
    session, booking = own.case.session, own.booking
    if session.state is SessionState.CANCELLED:
        return "called-off"
    if not booking.is_active:
        return "ended"
    if session.is_to_come(now):
        return str(booking.state)
    return "over" if session.cancelled_because is None else "cut-short"


def problem(refusal: Refused) -> str:
    """What to tell the person about a refusal."""
    return PROBLEMS.get(type(refusal), PROBLEMS[Refused])


def may_restore(booking: Booking, now: datetime) -> bool:
    """Whether a seat was given up a moment ago; who only waited was changed once, by leaving the list."""
    return booking.may_be_restored(now) and (booking.waiting_since is None or booking.sequence > 1)


def shown(own: OwnPage, situation: str, language: str, now: datetime) -> dict[str, Any]:
    """What a page shows of it."""
    case = own.case
    meetings = case.meetings_ahead(now)
    called = case.home if case.home.phone else case.agency
    return {
        "situation": situation,
        "title": TITLES[situation],
        "said": _said(own, situation, language),
        "stands": case.booking.is_active and situation not in ("called-off", "cut-short"),
        "meetings": meetings,
        "rooms": sorted({case.rooms[m.room_id] for m in meetings if m.room_id in case.rooms}),
        "may_restore": case.booking.cancelled_by is Party.PERSON and may_restore(case.booking, now),
        # Who makes up for one missed meeting has no other of the same to go to but those somebody looks for.
        "may_move": case.booking.only_meeting_id is None,
        "called": called.name,
        "phone": called.phone,
    }


def _said(own: OwnPage, situation: str, language: str) -> str:
    facts = {"turn": own.turn, "until": _until(own.case, language)}
    return " ".join(translate(language)(SENTENCES[one]) % facts for one in _sentences(own, situation))


def _sentences(own: OwnPage, situation: str) -> list[str]:
    booking = own.booking
    if situation == "booked":
        return ["wishing" if booking.wishes_other_at else "coming" if booking.answered_at else "booked"]
    if situation == "waitlisted":
        return ["turn" if own.turn else "waitlisted", *_recall(booking)]
    if situation in ("ended", "called-off", "cut-short"):
        return [_why(booking) if situation == "ended" else situation, *_recall(booking)]
    return [situation]


def _why(booking: Booking) -> str:
    """By what the clock or the rules ended it, or else by whom; what somebody wrote is not for here."""
    because = booking.cancelled_because
    return because if because in ENDINGS else str(booking.cancelled_by)


def _recall(booking: Booking) -> list[str]:
    return ["recall"] if booking.wishes_other_at else []


def _until(case: Case, language: str) -> str:
    until, zone = case.booking.deadline_at, case.agency.time_zone
    return moments.day_and_hour(until, zone, language=language) if until else ""

"""The roll as it was tapped: which rows changed, and how many of each answer there are."""

from collections.abc import Sequence
from uuid import UUID

from booking.domain.attendance import Mark, Reason
from booking.services.attendance import Marked
from booking.services.rosters import Expected, Roll
from booking.web.forms import Form


def changes(form: Form, roll: Roll) -> tuple[dict[UUID, Marked], dict[UUID, Marked]]:
    """The rows that were changed on the page, and what had stood there before."""
    rest_is_present = form.get("action") == "others"
    cleared = form.get("clear")
    changed: dict[UUID, Marked] = {}
    seen: dict[UUID, Marked] = {}
    for person in roll.expected:
        name = str(person.booking_id)
        if f"was.{name}" not in dict(form.pairs):
            continue
        said = (None, None) if cleared == name else _said(form, name)
        before = form.choice(f"was.{name}", Mark), form.choice(f"wasreason.{name}", Reason)
        if rest_is_present and said[0] is None and cleared != name:
            said = (Mark.ATTENDED, None)
        if said != before:
            changed[person.booking_id], seen[person.booking_id] = said, before
    return changed, seen


def _said(form: Form, name: str) -> Marked:
    """The mark of a row: three big answers, and what refines them."""
    mark = form.choice(f"mark.{name}", Mark)
    if mark is Mark.ATTENDED and form.get(f"left.{name}"):
        return Mark.LEFT_EARLY, None
    if mark is Mark.ABSENT and (reason := form.choice(f"why.{name}", Reason)):
        return Mark.EXCUSED, reason
    return mark, None


def counts(expected: Sequence[Expected]) -> dict[str, int]:
    marks = [person.mark for person in expected]
    return {
        "present": sum(mark in (Mark.ATTENDED, Mark.LEFT_EARLY) for mark in marks),
        "late": marks.count(Mark.LATE),
        "absent": sum(mark in (Mark.ABSENT, Mark.EXCUSED) for mark in marks),
        "open": marks.count(None),
    }

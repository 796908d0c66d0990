"""Marks that a device kept while the network was gone: each is sent once, and answered with what stands in its way."""

from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from booking.domain.attendance import Mark, Reason
from booking.domain.errors import Refused, StaleEdit
from booking.domain.idempotency import once
from booking.services import attendance, standing_marks
from booking.services.standing_marks import Standing
from booking.web.forms import Form
from booking.web.moments import hour
from booking.web.pages import words
from booking.web.pages.kept_answers import Answer, instant, milliseconds, refused, said
from booking.web.pages.visits import Visit
from booking.web.rendering import language_of
from booking.web.security import form_token, secret_of

# For whoever asks by a script, another mark is a conflict like any other.
CONFLICT = 409


class KeptMarkPages(Controller):
    """What the script of the roll asks and sends."""

    path = "/presence/{meeting_id:uuid}"

    @get("/etat")
    async def state(self, visit: NamedDependency[Visit], meeting_id: FromPath[UUID]) -> Answer:
        """How the roll stands now, who asks, and the token with which he may send."""
        found = await standing_marks.of_meeting(visit.db, meeting_id, by=visit.staff)
        marks = {str(id): _shown(visit, one, found.time_zone) for id, one in found.marks.items()}
        token = form_token(secret_of(visit.request, visit.site))
        return said({"token": token, "staff": str(visit.staff.id), "at": milliseconds(visit.now), "marks": marks})

    @post("/{booking_id:uuid}")
    async def mark(
        self, visit: NamedDependency[Visit], meeting_id: FromPath[UUID], booking_id: FromPath[UUID]
    ) -> Answer:
        """Note one mark, once for its key; where somebody has marked otherwise since, both are in the answer (409)."""
        form = await visit.form()
        mine, seen = _said_mark(form, "mark", "reason"), _said_mark(form, "seen", "seen_reason")
        made_at = instant(form, "made_at")
        key = visit.request.headers.get("idempotency-key")
        only = once(visit.staff.id, key, "mark", meeting_id, booking_id, mine, seen, form.get("made_at"))
        try:
            form.problems.refuse()
            await attendance.mark_all(
                visit.db,
                meeting_id,
                {booking_id: mine},
                seen={booking_id: seen},
                made_at=made_at,
                once=only,
                by=visit.staff,
                now=visit.now,
            )
        except StaleEdit:
            return await _differs(visit, meeting_id, booking_id)
        except Refused as refusal:
            return refused(visit, refusal)
        return said({"at": milliseconds(visit.now)})


def _said_mark(form: Form, mark: str, reason: str) -> tuple[Mark | None, Reason | None]:
    return form.choice(mark, Mark), form.choice(reason, Reason)


async def _differs(visit: Visit, meeting_id: UUID, booking_id: UUID) -> Answer:
    found = await standing_marks.of_meeting(visit.db, meeting_id, by=visit.staff)
    theirs = _shown(visit, found.marks.get(booking_id, Standing()), found.time_zone)
    return said({"code": StaleEdit.code(), "theirs": theirs}, CONFLICT)


def _shown(visit: Visit, one: Standing, zone: str) -> dict[str, str]:
    """A mark as the script puts it on the page, with its words."""
    at = hour(one.at, zone, language=language_of(visit.request)) if one.at else ""
    name = visit.say(words.REASONS[one.reason] if one.reason else words.MARKS[one.mark]) if one.mark else ""
    return {"mark": one.mark or "", "reason": one.reason or "", "words": name, "by": one.by_name or "", "at": at}

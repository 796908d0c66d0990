"""What awaits a decision: sessions with too few people, and people who lost their place."""

from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from booking.domain.errors import Refused
from booking.services import absentees, decisions, external_clashes, recalls, refusals, text_tasks
from booking.web.pages import words
from booking.web.pages.seat_searches import id_of
from booking.web.pages.visits import Answer, Visit, see
from booking.web.rendering import Page


class DecisionPages(Controller):
    """Two lists that become shorter with each decision."""

    @get("/a-decider")
    async def to_decide(self, visit: NamedDependency[Visit]) -> Page:
        """The sessions of the next three days with fewer people than they need."""
        return await _decisions(visit)

    @post("/a-decider/{session_id:uuid}/maintenir")
    async def hold_anyway(self, visit: NamedDependency[Visit], session_id: FromPath[UUID]) -> Answer:
        """Few people are enough."""
        await visit.form()
        try:
            await decisions.hold_anyway(visit.db, session_id, by=visit.staff, now=visit.now)
        except Refused as refusal:
            return await _decisions(visit, refusal)
        return see("/a-decider?fait=maintenue")

    @post("/a-decider/{session_id:uuid}/agenda")
    async def hold_in_spite(self, visit: NamedDependency[Visit], session_id: FromPath[UUID]) -> Answer:
        """It takes place although a calendar elsewhere says that somebody, or the room, is busy."""
        form = await visit.form()
        because = form.get("because")
        try:
            await external_clashes.hold_anyway(visit.db, session_id, because, by=visit.staff, now=visit.now)
        except Refused as refusal:
            return await _decisions(visit, refusal)
        return see("/a-decider?fait=maintenue")

    @post("/a-decider/invitations/{invitation_id:uuid}")
    async def see_to(self, visit: NamedDependency[Visit], invitation_id: FromPath[UUID]) -> Answer:
        """Whoever declined to lead comes all the same, or somebody else does."""
        await visit.form()
        await refusals.seen_to(visit.db, invitation_id, by=visit.staff, now=visit.now)
        return see("/a-decider?fait=reglee")

    @get("/a-rappeler")
    async def to_recall(self, visit: NamedDependency[Visit]) -> Page:
        """Who lost a place because the service cancelled, or asked for another date, and has none yet."""
        found = await recalls.to_recall(visit.db, by=visit.staff, now=visit.now)
        wishing = await recalls.wishing(visit.db, by=visit.staff, now=visit.now)
        declined = await refusals.of_people(visit.db, by=visit.staff, now=visit.now)
        absent = await absentees.to_follow_up(visit.db, by=visit.staff, now=visit.now)
        texts = await text_tasks.to_answer(visit.db, by=visit.staff)
        done = visit.asked("fait")
        said = {"done": done == "rappelee", "seen_to": done == "reglee", "again": done == "reprise"}
        said |= {"undoable": id_of(visit.asked("inscription"))}
        shown = {"found": found, "wishing": wishing, "declined": declined, "texts": texts, "words": words}
        return visit.page("decisions/recalls.html", **shown, **said, absent=absent)

    @post("/a-rappeler/{booking_id:uuid}")
    async def recalled(self, visit: NamedDependency[Visit], booking_id: FromPath[UUID]) -> Answer:
        """Somebody was reached and wants no other date for now."""
        await visit.form()
        await recalls.recalled(visit.db, booking_id, by=visit.staff, now=visit.now)
        return see(f"/a-rappeler?fait=rappelee&inscription={booking_id}")

    @post("/a-rappeler/{booking_id:uuid}/reprendre")
    async def not_recalled(self, visit: NamedDependency[Visit], booking_id: FromPath[UUID]) -> Answer:
        """That was said by mistake: the person is in the list again."""
        await visit.form()
        await recalls.undo(visit.db, booking_id, by=visit.staff, now=visit.now)
        return see("/a-rappeler?fait=reprise")

    @post("/a-rappeler/sms/{text_id:uuid}")
    async def answered(self, visit: NamedDependency[Visit], text_id: FromPath[UUID]) -> Answer:
        """Somebody has seen to what was written by text."""
        await visit.form()
        await text_tasks.answered(visit.db, text_id, by=visit.staff, now=visit.now)
        return see("/a-rappeler?fait=reglee")

    @post("/a-rappeler/{booking_id:uuid}/agenda")
    async def called(self, visit: NamedDependency[Visit], booking_id: FromPath[UUID]) -> Answer:
        """Somebody who declined by calendar was called."""
        await visit.form()
        await refusals.called(visit.db, booking_id, by=visit.staff, now=visit.now)
        return see("/a-rappeler?fait=reglee")


async def _decisions(visit: Visit, refusal: Refused | None = None) -> Page:
    found = await decisions.to_decide(visit.db, by=visit.staff, now=visit.now)
    clashes = await external_clashes.to_decide(visit.db, by=visit.staff, now=visit.now)
    declined = await refusals.of_staff(visit.db, by=visit.staff, now=visit.now)
    done = {"done": visit.asked("fait") == "maintenue", "seen_to": visit.asked("fait") == "reglee"}
    said = {"found": found, "clashes": clashes, "declined": declined, "words": words, **done}
    template = "decisions/list.html"
    return visit.refused(template, refusal, **said) if refusal else visit.page(template, **said)

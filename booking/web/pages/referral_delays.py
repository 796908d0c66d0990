"""How long a partner may be silent before he is reminded, agency by agency."""

from litestar import Controller, get, post
from litestar.di import NamedDependency

from booking.domain.errors import Refused
from booking.domain.referral_delays import USUAL, ReferralDelay
from booking.services import referral_delays
from booking.web.pages.visits import Answer, Visit, see
from booking.web.rendering import Page

TEMPLATE = "referrals/delays.html"
DONE = {"fait": "C’est enregistré. Les relances déjà prévues restent à leur jour."}


class ReferralDelayPages(Controller):
    """For who plans."""

    path = "/orientations/delais"

    @get()
    async def show(self, visit: NamedDependency[Visit]) -> Page:
        """What holds where."""
        decided = await referral_delays.every(visit.db, by=visit.staff)
        return visit.page(TEMPLATE, decided=decided, done=DONE.get(visit.asked("fait")), typed={}, wrong="")

    @post()
    async def decide(self, visit: NamedDependency[Visit]) -> Answer:
        """Decide for one agency, or for the network; or follow the network again."""
        form = await visit.form()
        agency_id = form.id("agency")
        try:
            if agency_id and form.get("faire") == "reseau":
                await referral_delays.follow_network(visit.db, agency_id, by=visit.staff, now=visit.now)
            else:
                days = form.whole("working_days", USUAL.working_days)
                reminders = form.whole("reminders", USUAL.reminders)
                form.problems.refuse()
                assert days is not None and reminders is not None
                delay = ReferralDelay(agency_id=agency_id, working_days=days, reminders=reminders)
                await referral_delays.decide(visit.db, delay, by=visit.staff, now=visit.now)
        except Refused as refusal:
            decided = await referral_delays.every(visit.db, by=visit.staff)
            shown = {
                "decided": decided,
                "done": None,
                "typed": dict(form.pairs),
                "wrong": form.get("agency") or "network",
            }
            return visit.refused(TEMPLATE, refusal, **shown)
        return see("/orientations/delais?fait=fait")

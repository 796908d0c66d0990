"""The register of data and the delays after which they go, for who answers for the network."""

from itertools import groupby
from typing import Any

from litestar import Controller, get, post
from litestar.di import NamedDependency

from booking.domain.errors import Refused
from booking.domain.retention import DELAYS, Delays, Rule
from booking.services import registers, retention
from booking.web.forms import Form
from booking.web.pages import register_words
from booking.web.pages.visits import Answer, Visit, see
from booking.web.rendering import Page

# Of the network as a whole; its days are those of the mainland.
ZONE = "Europe/Paris"


class RegisterPages(Controller):
    """What is kept, why and how long."""

    @get("/registre")
    async def register(self, visit: NamedDependency[Visit]) -> Page:
        """Every table and every column."""
        every = registers.show(by=visit.staff)
        groups = [(purpose, list(those)) for purpose, those in groupby(every, key=lambda one: one.entry.purpose)]
        return visit.page("privacy/register.html", groups=groups, words=register_words)

    @get("/conservation")
    async def delays(self, visit: NamedDependency[Visit]) -> Page:
        """What would go now, what has gone lately, and the delays."""
        return visit.page("privacy/retention.html", **await _shown(visit))

    @post("/conservation")
    async def decide(self, visit: NamedDependency[Visit]) -> Answer:
        """Keep things longer or shorter."""
        form = await visit.form()
        try:
            await retention.decide(visit.db, _read(form), by=visit.staff, now=visit.now)
        except Refused as refusal:
            shown = await _shown(visit)
            typed = shown["typed"] | {rule.field: form.get(rule.field) for rule in Rule}
            return visit.refused("privacy/retention.html", refusal, **shown | {"typed": typed})
        return see("/conservation?fait=durees")


def _read(form: Form) -> Delays:
    """The delays as typed. Raises :class:`InvalidField` for what is no number."""
    said = {rule: form.whole(rule.field) for rule in Rule}
    for rule, days in said.items():
        if days is None:
            form.problems.add(rule.field, "required")
    form.problems.refuse()
    return Delays({rule: days for rule, days in said.items() if days is not None})


async def _shown(visit: Visit) -> dict[str, Any]:
    report = await retention.report(visit.db, by=visit.staff, now=visit.now)
    return {
        "report": report,
        "bounds": DELAYS,
        "typed": {rule.field: report.delays.of(rule) for rule in Rule},
        "words": register_words,
        "zone": ZONE,
        "done": visit.asked("fait"),
    }

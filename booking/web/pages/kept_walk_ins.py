"""Who came without a booking while the network was gone: sent once by the device, and answered with what to decide."""

from uuid import UUID

from litestar import Controller, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from booking.domain.errors import PossibleDuplicates, Refused
from booking.web.pages import walk_ins
from booking.web.pages.kept_answers import Answer, milliseconds, refused, said
from booking.web.pages.visits import Visit


class KeptWalkInPages(Controller):
    """What the script of the roll sends for somebody who is on no roll yet."""

    path = "/presence/{meeting_id:uuid}/venu"

    @post()
    async def come(self, visit: NamedDependency[Visit], meeting_id: FromPath[UUID]) -> Answer:
        """A seat and a mark, once for its key; people who may be the same one are named in the refusal."""
        form = await visit.form()
        try:
            await walk_ins.come(visit, form, meeting_id)
        except PossibleDuplicates as refusal:
            return refused(visit, refusal, people=[_told(one) for one in refusal.facts["candidates"]])
        except Refused as refusal:
            return refused(visit, refusal)
        return said({"at": milliseconds(visit.now)})


def _told(known: dict[str, object]) -> dict[str, str]:
    """Somebody known, as far as it takes to tell him from another."""
    name = f"{str(known['last_name']).upper()} {known['first_name']}"
    return {"id": str(known["job_seeker_id"]), "name": name, "born": str(known["birth_year"] or "")}

"""The texts of an agency, as programs read and write them; and what was said, word for word."""

from uuid import UUID

from litestar import Controller, Response, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from booking.domain.errors import InvalidField, NotAllowed, NotFound, StaleEdit
from booking.domain.languages import SAID_IN
from booking.domain.messages import MessageKind
from booking.domain.wordings import Slot, WordingForm
from booking.services import told, wordings
from booking.services.wordings import Edited
from booking.web.api.conditions import IfMatch, etag, version_of
from booking.web.api.refusals import may_refuse, sends
from booking.web.api.requests import Call
from booking.web.api.wording_views import ChangedView, TextPreviewView, ToldView, WordingBody, WordingView
from booking.web.errors import VersionMissing

ONE = "/{kind:str}/{form:str}/{language:str}"
TAG = sends("ETag", "The version of the text, for If-Match.")
CHANGING = (NotFound, NotAllowed, InvalidField, StaleEdit, VersionMissing)


class WordingsOfAgency(Controller):
    """For who plans in the agency. A text is of one kind of message, in the form ``sms`` or ``mail`` (letters and calls
    too), in the language ``fr``, ``en`` or ``ar``."""

    path = "/agencies/{agency_id:uuid}/wordings"
    tags = ("messages",)

    @get("/", summary="The texts that an agency changed", responses=may_refuse(NotFound, NotAllowed))
    async def changed(self, agency_id: FromPath[UUID], call: NamedDependency[Call]) -> list[ChangedView]:
        """Each in its newest version; all others are our own, or those of the whole network."""
        listed = await wordings.list_all(call.db, agency_id, by=call.staff)
        own = [one for one in listed.newest.newest.values() if one.agency_id == agency_id]
        return [ChangedView.of(one, listed.names.get(one.made_by, "")) for one in own]

    @get(ONE, summary="A text", responses=may_refuse(NotFound, NotAllowed), response_headers=[TAG])
    async def show(
        self,
        agency_id: FromPath[UUID],
        kind: FromPath[str],
        form: FromPath[str],
        language: FromPath[str],
        call: NamedDependency[Call],
    ) -> Response[WordingView]:
        """As it is now, with every version that there was."""
        slot = _slot(agency_id, kind, form, language)
        return _answer(await wordings.show(call.db, slot, by=call.staff))

    @put(
        ONE,
        summary="Write a text anew",
        responses=may_refuse(*CHANGING, reads_body=True),
        response_headers=[TAG],
    )
    async def write(
        self,
        agency_id: FromPath[UUID],
        kind: FromPath[str],
        form: FromPath[str],
        language: FromPath[str],
        data: JSONBody[WordingBody],
        call: NamedDependency[Call],
        if_match: IfMatch = None,
    ) -> Response[WordingView]:
        """A new version, which messages say from now on; what was sent stays as it was said."""
        slot, seen = _slot(agency_id, kind, form, language), version_of(if_match)
        said = {"seen": seen, "site": call.site, "by": call.staff, "now": call.now}
        return _answer(await wordings.write(call.db, slot, data.subject, data.body, **said))

    @delete(
        ONE,
        summary="Take up our own text again",
        status_code=200,
        responses=may_refuse(NotFound, NotAllowed, StaleEdit),
    )
    async def restore(
        self,
        agency_id: FromPath[UUID],
        kind: FromPath[str],
        form: FromPath[str],
        language: FromPath[str],
        call: NamedDependency[Call],
    ) -> WordingView:
        """A new version that says so; the older ones stay."""
        slot = _slot(agency_id, kind, form, language)
        said = {"seen": None, "site": call.site, "by": call.staff, "now": call.now}
        return WordingView.of(await wordings.restore(call.db, slot, 0, **said))

    @post(
        f"{ONE}/preview",
        summary="Try a text out",
        status_code=200,
        responses=may_refuse(NotFound, NotAllowed, reads_body=True),
    )
    async def preview(
        self,
        agency_id: FromPath[UUID],
        kind: FromPath[str],
        form: FromPath[str],
        language: FromPath[str],
        data: JSONBody[WordingBody],
        call: NamedDependency[Call],
    ) -> TextPreviewView:
        """What somebody invented would get, how long it is, and what stands against it; nothing is kept."""
        slot = _slot(agency_id, kind, form, language)
        said = {"site": call.site, "by": call.staff, "now": call.now}
        return TextPreviewView.of(await wordings.preview(call.db, slot, data.subject, data.body, **said))


class TextsOfMessage(Controller):
    """What a message said."""

    path = "/messages/{message_id:uuid}/texts"
    tags = ("messages",)

    @get(summary="What a message said, word for word", responses=may_refuse(NotFound, NotAllowed))
    async def texts(self, message_id: FromPath[UUID], call: NamedDependency[Call]) -> list[ToldView]:
        """By each try that is still kept, of the last thirty days."""
        return ToldView.all_of(await told.of_message(call.db, message_id, by=call.staff, now=call.now))


def _slot(agency_id: UUID, kind: str, form: str, language: str) -> Slot:
    if kind not in set(MessageKind) or form not in set(WordingForm) or language not in SAID_IN:
        raise NotFound(kind=kind)
    return Slot(agency_id, MessageKind(kind), WordingForm(form), language)


def _answer(edited: Edited) -> Response[WordingView]:
    return Response(WordingView.of(edited), headers={"ETag": etag(edited.version)})

"""By which ways a person wants to be written to, said by himself at his own page."""

from typing import Any

from booking.domain.job_seekers import Channel
from booking.domain.suppressions import REFUSABLE, Because, address_of
from booking.services import suppressing
from booking.services.own_pages import OwnPage
from booking.web.pages.own_words import ENDED_WAYS, STARTED_WAYS, STOPPED_WAYS, WRITING
from booking.web.pages.readers import Reader

STEP = "messages"
CHOICES = {
    "sans-sms": (Channel.SMS, False),
    "avec-sms": (Channel.SMS, True),
    "sans-email": (Channel.EMAIL, False),
    "avec-email": (Channel.EMAIL, True),
}


async def choose(reader: Reader, own: OwnPage, what: str) -> bool:
    """Do what a button of this step says; False when it is none. Raises :class:`InvalidField`."""
    if what not in CHOICES:
        return False
    channel, wants = CHOICES[what]
    await suppressing.choose(reader.db, own.booking, channel, wants, site=reader.site, now=reader.now)
    return True


async def shown(reader: Reader, own: OwnPage) -> list[dict[str, Any]]:
    """Each way that he has: whether he is written to, and the button that changes it; none where it came back."""
    person = own.case.person
    closed = {one.channel: one.because for one in await suppressing.of_person(reader.db, person, site=reader.site)}
    usable = {Channel.SMS: person.phone_takes_sms, Channel.EMAIL: True}
    ways = [way for way in REFUSABLE if usable[way] and address_of(person, way)]
    return [_one(way, closed.get(way)) for way in ways]


def _one(way: Channel, because: Because | None) -> dict[str, Any]:
    if because is None:
        return {"said": WRITING[way], "what": f"sans-{way}", "label": STOPPED_WAYS[way]}
    if because is Because.STOP:
        return {"said": ENDED_WAYS[way], "what": f"avec-{way}", "label": STARTED_WAYS[way]}
    return {"said": ENDED_WAYS["lost"], "what": "", "label": ""}

"""A message in words: plain sentences, short ones, every date in full, so that it can be read on any day."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from booking.documents.colleague_words import VERSION as COLLEAGUE_VERSION
from booking.documents.colleague_words import colleague_words
from booking.documents.facts import facts as facts_of
from booking.documents.own_words import is_known, own_mail
from booking.documents.spoken_to import language_of
from booking.documents.templating import is_written, rendered
from booking.domain.bookings import BookingState
from booking.domain.cases import Case
from booking.domain.languages import FRENCH
from booking.domain.messages import MessageKind
from booking.domain.sessions import SessionState
from booking.domain.sites import Site
from booking.domain.wordings import OURS, Wording, WordingForm, Wordings

# Raised with every change of the template's words, so that it stays known which words somebody got.
VERSIONS = dict.fromkeys(MessageKind, 2) | {MessageKind.SESSION_CANCELLED: 3, MessageKind.BOOKING_MOVED: 3}
FOREIGN_VERSION = 1
GREETINGS = ("Bonjour", "Hello", "مرحبا")
# Between what is said in another language and the same in French, for whoever helps to read it.
RULE = "\n—\n\n"


@dataclass(frozen=True, slots=True)
class Words:
    """What is said, in which language, and by which version of which template: ``reminder/fr/2``, or
    ``reminder/fr/agency:3`` in the agency's own words."""

    subject: str
    body: str
    template: str
    language: str = FRENCH


def words(
    kind: MessageKind,
    case: Case,
    now: datetime,
    details: Mapping[str, Any] | None = None,
    site: Site | None = None,
    wordings: Wordings = OURS,
) -> Words:
    """Subject and body; a cycle lists the meetings still ahead at ``now``. ``details`` are those of the message.

    In the person's language if the whole message is written in it, with the French below. With a ``site`` they name
    the person's own page, which is of no use on the phone, nor beside its picture on paper.
    """
    if case.person.staff_id:
        return Words(*colleague_words(kind, case, now, details, site), f"colleague-{kind}/fr/{COLLEAGUE_VERSION}")
    language = language_of(case.person)
    said = words_in(language, kind, case, now, details, site, wordings)
    if said.language == FRENCH:
        return said
    french = words_in(FRENCH, kind, case, now, details, site, wordings)
    return replace(said, body=f"{said.body}{RULE}{french.subject}\n\n{french.body}")


def words_in(
    language: str,
    kind: MessageKind,
    case: Case,
    now: datetime,
    details: Mapping[str, Any] | None = None,
    site: Site | None = None,
    wordings: Wordings = OURS,
) -> Words:
    """The same in one language only; in French where this one has no such message."""
    own = wordings.find(case.booking.agency_id, kind, WordingForm.MAIL, language)
    if own is None and language != FRENCH and not is_written(kind, language):
        return words_in(FRENCH, kind, case, now, details, site, wordings)
    facts = facts_of(case, now, details, site, language)
    if own and is_known(own):
        return _own(own, case, facts)
    subject, _, body = rendered(kind, language, facts).partition("\n")
    version = VERSIONS[kind] if language == FRENCH else FOREIGN_VERSION
    return Words(subject.strip(), _paragraphs(body), f"{kind}/{language}/{version}", language)


def _own(own: Wording, case: Case, facts: Mapping[str, Any]) -> Words:
    subject, body = own_mail(own, case, facts)
    return Words(subject, _paragraphs(body), f"{own.kind}/{own.language}/{own.template}", own.language)


def own_words(
    own: Wording, case: Case, now: datetime, details: Mapping[str, Any] | None = None, site: Site | None = None
) -> Words:
    """What one wording makes of a case."""
    return _own(own, case, facts_of(case, now, details, site, own.language))


def _paragraphs(body: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", body).strip() + "\n"


def script(
    kind: MessageKind,
    case: Case,
    now: datetime,
    details: Mapping[str, Any] | None = None,
    wordings: Wordings = OURS,
) -> str:
    """What to say on the phone, and the little that may be said to an answering machine or to somebody else; below it
    the same in the person's language, for who speaks it."""
    tongues = dict.fromkeys((FRENCH, language_of(case.person)))
    said = (words_in(tongue, kind, case, now, details, None, wordings) for tongue in tongues)
    scripts = {one.language: _script(one, case, now) for one in said}
    return RULE.join(scripts.values())


def _script(said: Words, case: Case, now: datetime) -> str:
    facts = facts_of(case, now, None, None, said.language)
    paragraphs = said.body.strip().split("\n\n")
    # The greeting and the signature are the caller's own.
    if paragraphs[0].startswith(GREETINGS):
        paragraphs = paragraphs[1:]
    if paragraphs[-1] == facts["home"]:
        paragraphs = paragraphs[:-1]
    return rendered("script", said.language, facts | {"message": "\n\n".join(paragraphs)})


def kind_of_letter(case: Case) -> MessageKind:
    """What a letter printed now says about this booking."""
    if case.session.cancelled_because is not None:
        stays = case.session.state is SessionState.HELD and case.booking.is_active
        return MessageKind.SESSION_CUT_SHORT if stays else MessageKind.SESSION_CANCELLED
    kinds = {
        BookingState.CANCELLED: MessageKind.BOOKING_CANCELLED,
        BookingState.WAITLISTED: MessageKind.WAITLISTED,
        BookingState.OFFERED: MessageKind.SEAT_OFFERED,
    }
    return kinds.get(case.booking.state, MessageKind.CONFIRMATION)

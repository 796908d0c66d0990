"""The form of a person: as little as possible, and the ways that really reach him."""

from dataclasses import dataclass

from booking.domain.agencies import Agency
from booking.domain.job_seekers import Channel, JobSeeker, Need
from booking.domain.staff import Right
from booking.services import agencies
from booking.services.contacts import phone
from booking.services.job_seekers import PersonSaid
from booking.web.forms import Form
from booking.web.pages.visits import Visit

TYPED = ("last_name", "first_name", "identifier", "birth_year", "phone", "email", "address", "postcode", "commune")
# What must be known before a wish can be kept.
NEEDED = {
    Channel.SMS: ("phone",),
    Channel.CALL: ("phone",),
    Channel.EMAIL: ("email",),
    Channel.LETTER: ("address", "postcode", "commune"),
}
Typed = dict[str, object]


async def where_one_may_register(visit: Visit) -> list[Agency]:
    """The agencies whose people this member of staff looks after."""
    own = await agencies.own(visit.db, by=visit.staff)
    return [agency for agency in own if visit.staff.may(Right.BOOK, agency.id)]


def blank(query: str = "") -> Typed:
    """An empty form; a name or number that was searched in vain is in its field already."""
    typed: Typed = dict.fromkeys(TYPED, "") | {"preferred": "", "needs": [], "language": "", "agency": ""}
    last, _, first = query.strip().partition(" ")
    if phone(query):
        return typed | {"phone": query.strip()}
    return typed | {"last_name": last, "first_name": first.strip()} if last.isalpha() else typed


def as_known(person: JobSeeker) -> Typed:
    """The form of somebody known."""
    typed: Typed = {name: getattr(person, name) or "" for name in TYPED}
    known = {"preferred": person.preferred or "", "needs": list(person.needs), "language": person.language}
    return typed | known | {"agency": str(person.agency_id)}


def as_typed(form: Form) -> Typed:
    """The form as it was sent, whatever it holds."""
    typed: Typed = {name: form.get(name) for name in (*TYPED, "preferred", "language", "agency")}
    return typed | {"needs": form.all("needs")}


@dataclass(frozen=True, slots=True)
class Change:
    """A field that somebody else wrote meanwhile: what stands there now, and what was typed."""

    name: str
    present: object
    mine: object


def changes(person: JobSeeker, form: Form) -> list[Change]:
    """Where the form differs from the person as known now."""
    known, typed = as_known(person), as_typed(form)
    typed["needs"] = [need for need in Need if need in form.all("needs")]
    known["needs"] = [need for need in Need if need in person.needs]
    names = (*TYPED, "preferred", "language", "needs")
    return [Change(name, known[name], typed[name]) for name in names if str(known[name]) != str(typed[name])]


def person_said(form: Form) -> PersonSaid:
    """What a form says about a person. Raises :class:`InvalidField` where a wish lacks its number or address."""
    preferred = form.choice("preferred", Channel)
    for name in NEEDED.get(preferred, ()) if preferred else ():
        form.problems.text(name, form.get(name), longest=254)
    birth_year = form.whole("birth_year")
    form.problems.refuse()
    return PersonSaid(
        **{name: form.get(name) for name in TYPED if name != "birth_year"},
        birth_year=birth_year,
        preferred=preferred,
        needs=frozenset(need for need in Need if need in form.all("needs")),
        language=form.get("language"),
    )

"""What a search shows: groups of lines, each of which leads somewhere; the same for the list and for the page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from booking.domain.job_seekers import JobSeeker, folded
from booking.domain.sessions import SessionState
from booking.domain.staff import Right, Staff
from booking.language import Translate
from booking.services import everywhere, recents, rosters
from booking.storage.agendas import MeetingListed
from booking.storage.everywhere import Named, SessionNamed
from booking.web import commands, moments
from booking.web.pages.visits import Visit
from booking.web.rendering import language_of

# What the command to print a sheet is called by; whoever means it begins one of these words.
PRINT = "imprimer feuille presence emargement print sheet attendance"
SHORTEST_PRINT = 3
DAYS_PRINTED = 2
MOST_DEEDS = 4


@dataclass(frozen=True, slots=True)
class Hit:
    """One line; ``then`` is a second way on, beside it."""

    href: str
    name: str
    more: str = ""
    then: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one kind."""

    title: str
    icon: str
    hits: Sequence[Hit]

    @property
    def size(self) -> int:
        """How many there are."""
        return len(self.hits)


TITLES = {
    "recent": "Ouvertes récemment",
    "people": "Personnes",
    "deeds": "Actions",
    "sessions": "Sessions",
    "workshops": "Ateliers",
    "pages": "Pages",
    "agencies": "Agences",
    "partners": "Partenaires",
}
ICONS = dict(
    zip(TITLES, ("clock", "person", "arrow", "calendar", "book", "list", "home", "pin"), strict=True),
)


async def groups(visit: Visit, said: str, most: int) -> list[Group]:
    """What these words find, so many of each kind; for no words whom one opened lately, and what one can begin."""
    words = folded(said).split()
    lines = await _found(visit, said, words, most) if words else await _lately(visit)
    return [Group(visit.say(TITLES[kind]), ICONS[kind], hits) for kind, hits in lines.items() if hits]


async def _lately(visit: Visit) -> dict[str, list[Hit]]:
    people = await recents.people(visit.db, by=visit.staff, now=visit.now)
    return {"recent": _people(people, visit.staff, visit.say), "deeds": _deeds(visit, ())[:MOST_DEEDS]}


async def _found(visit: Visit, said: str, words: Sequence[str], most: int) -> dict[str, list[Hit]]:
    found = await everywhere.find(visit.db, said, by=visit.staff, now=visit.now, most=most)
    language = language_of(visit.request)
    people = _people(found.people, visit.staff, visit.say)
    return {
        "people": people,
        "deeds": [*_placing(people, visit.say), *_deeds(visit, words)[:most], *await _sheets(visit, words, most)],
        "sessions": [_session(one, visit.say, language) for one in found.sessions],
        "workshops": _named("/ateliers/", found.workshops),
        "pages": [Hit(one.path, one.title) for one in commands.pages(visit.staff, words, visit.say)[:most]],
        "agencies": _named("/sessions?agence=", found.agencies),
        "partners": _named("/partenaires/", found.partners),
    }


def _people(people: Iterable[JobSeeker], staff: Staff, say: Translate) -> list[Hit]:
    return [
        Hit(
            f"/personnes/{one.id}",
            f"{one.last_name.upper()} {one.first_name}",
            " · ".join(filter(None, (one.identifier, _born(one, say), one.commune))),
            f"/placer?personne={one.id}" if staff.may(Right.BOOK, one.agency_id) else "",
        )
        for one in people
    ]


def _placing(people: Sequence[Hit], say: Translate) -> list[Hit]:
    """Who is found alone can be placed at once."""
    alone = people[0] if len(people) == 1 else None
    return [Hit(alone.then, say("Placer %(name)s") % {"name": alone.name})] if alone and alone.then else []


def _born(person: JobSeeker, say: Translate) -> str:
    return say("naissance : %(year)s") % {"year": person.birth_year} if person.birth_year else ""


def _deeds(visit: Visit, words: Sequence[str]) -> list[Hit]:
    return [Hit(one.path, one.title) for one in commands.deeds(visit.staff, words, visit.say)]


async def _sheets(visit: Visit, words: Sequence[str], most: int) -> list[Hit]:
    """The next sheets to print, where the words ask for that; the others name the workshop or the place."""
    others = [word for word in words if len(word) < SHORTEST_PRINT or not commands.begins_one(word, PRINT)]
    if len(others) == len(words) or not visit.staff.may_somewhere(Right.MARK):
        return []
    since = visit.now - timedelta(hours=12)
    found = await rosters.of_day(visit.db, by=visit.staff, starts_from=since, days=DAYS_PRINTED)
    meant = [one for one in found if _is_printed(one, visit.staff, visit.now) and _is_about(one, others)]
    return [_sheet(one, visit.say, language_of(visit.request)) for one in meant[:most]]


def _is_printed(listed: MeetingListed, staff: Staff, now: datetime) -> bool:
    may = staff.may(Right.MARK, listed.agency_id) and rosters.knows_full_names(staff, listed.agency_id)
    return may and listed.meeting.ends_at > now and listed.session_state is SessionState.OPEN


def _is_about(listed: MeetingListed, words: Iterable[str]) -> bool:
    text = folded(f"{listed.workshop_title} {listed.agency_name} {listed.room_name or ''}")
    return all(commands.begins_one(word, text) for word in words)


def _sheet(listed: MeetingListed, say: Translate, language: str) -> Hit:
    title = say("Imprimer la feuille de présence : %(workshop)s") % {"workshop": listed.workshop_title}
    when = _when(listed.meeting.starts_at, listed.time_zone, language)
    return Hit(f"/presence/{listed.meeting.id}/feuille", title, f"{when} · {listed.agency_name}")


def _session(one: SessionNamed, say: Translate, language: str) -> Hit:
    when = _when(one.starts_at, one.time_zone, language)
    return Hit(f"/sessions/{one.id}", one.workshop_title, f"{when} · {one.agency_name} · {_seats(one, say)}")


def _seats(one: SessionNamed, say: Translate) -> str:
    if one.state is SessionState.DRAFT:
        return say("Brouillon")
    if not one.free:
        return say("Complet")
    return f"{one.free} {say('place libre') if one.free == 1 else say('places libres')}"


def _when(starts_at: datetime, zone: str, language: str) -> str:
    return f"{moments.day(starts_at, zone, language=language)}, {moments.hour(starts_at, zone, language=language)}"


def _named(before: str, found: Iterable[Named]) -> list[Hit]:
    return [Hit(f"{before}{one.key}", one.name, one.commune) for one in found]

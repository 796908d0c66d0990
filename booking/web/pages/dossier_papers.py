"""The dossier of a person as a paper: every record in words."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from booking.documents.dates import moment
from booking.documents.pdf import dossiers as paper
from booking.documents.pdf.dossiers import DossierPaper, Section
from booking.services.dossiers import Dossier
from booking.web.pages import privacy_words, words

Row = Mapping[str, Any]


def data(found: Dossier) -> dict[str, Any]:
    """As the press takes it."""
    zone = found.agency.time_zone
    of = found.records
    sections = [
        Section(paper.IDENTITY, _identity(found, zone)),
        Section(paper.WAYS, _ways(found)),
        Section(paper.NEEDS, rows=[[words.NEEDS[need]] for need in sorted(found.person.needs)], head=[paper.WHAT]),
        Section(paper.PLACES, head=[paper.WHEN, paper.WHAT, paper.WHERE, paper.STATE], rows=_places(found)),
        Section(paper.PRESENCES, head=[paper.WHEN, paper.WHAT, paper.STATE], rows=_presences(found)),
        Section(paper.WAITS, head=[paper.WHEN, paper.END], rows=_waits(of["waits"], zone)),
        Section(paper.MESSAGES, head=[paper.WHEN, paper.WHAT, paper.HOW, paper.STATE], rows=_messages(found)),
        Section(paper.TEXTS, head=[paper.WHEN, paper.SAID], rows=_texts(of["sent_texts"], zone)),
        Section(paper.ANSWERS, head=[paper.WHEN, paper.SAID], rows=_answers(of["incoming_texts"], zone)),
        Section(paper.REFUSALS, head=[paper.WHEN, paper.HOW, paper.WHAT, paper.END], rows=_refusals(of, zone)),
        Section(paper.PAPERS, head=[paper.WHEN, paper.WHAT], rows=_papers(of.get("evidence", []), zone)),
        Section(paper.LOOKS, head=[paper.WHEN, paper.HOW], rows=_looks(found, zone)),
    ]
    dated = moment(found.made_at, zone)
    return DossierPaper(name=found.person.name, agency=found.agency.name, dated=dated, sections=sections).data


def _identity(found: Dossier, zone: str) -> list[tuple[str, str]]:
    person = found.person
    said = [
        (paper.LAST, person.last_name),
        (paper.FIRST, person.first_name),
        (paper.IDENTIFIER, person.identifier or ""),
        (paper.BORN, str(person.birth_year or "")),
        (paper.SINCE, moment(person.created_at, zone)),
    ]
    return [one for one in said if one[1]]


def _ways(found: Dossier) -> list[tuple[str, str]]:
    person = found.person
    said = [
        (paper.PHONE, words.phone(person.phone) if person.phone else ""),
        (paper.EMAIL, person.email or ""),
        (paper.ADDRESS, " ".join(filter(None, (person.address, person.postcode, person.commune)))),
        (paper.PREFERRED, words.CHANNELS[person.preferred] if person.preferred else ""),
        (paper.LANGUAGE, words.LANGUAGES.get(person.language, "")),
    ]
    return [one for one in said if one[1]]


def _places(found: Dossier) -> list[Sequence[str]]:
    return [
        [
            moment(one.session.starts_at, one.time_zone),
            one.workshop_title,
            one.agency_name,
            words.BOOKINGS[one.booking.state] + _reason(one.booking.cancelled_because),
        ]
        for one in found.places
    ]


def _reason(said: str) -> str:
    return f" ({words.ENDED.get(said, said)})" if said else ""


def _presences(found: Dossier) -> list[Sequence[str]]:
    of_meeting = {meeting.id: (one, meeting) for one in found.places for meeting in one.session.meetings}
    known = [(x, *of_meeting[x["meeting_id"]]) for x in found.records["attendance"] if x["meeting_id"] in of_meeting]
    ordered = sorted(known, key=lambda one: one[2].starts_at)
    return [[moment(m.starts_at, one.time_zone), one.workshop_title, _mark(x)] for x, one, m in ordered]


def _mark(row: Row) -> str:
    return words.REASONS[row["reason"]] if row["reason"] else words.MARKS[row["mark"]]


def _waits(rows: Sequence[Row], zone: str) -> list[Sequence[str]]:
    return [[moment(x["waiting_since"], zone), _at(x["ended_at"], zone)] for x in rows]


def _messages(found: Dossier) -> list[Sequence[str]]:
    zone = found.agency.time_zone
    return [
        [
            moment(x["settled_at"] or x["due_at"], zone),
            words.KINDS[x["kind"]],
            words.CHANNELS[x["channel"]] if x["channel"] else "",
            words.MESSAGES[x["state"]],
        ]
        for x in found.records["messages"]
    ]


def _texts(rows: Sequence[Row], zone: str) -> list[Sequence[str]]:
    return [[moment(x["kept_at"], zone), "\n".join(filter(None, (x["subject"], x["body"])))] for x in rows]


def _answers(rows: Sequence[Row], zone: str) -> list[Sequence[str]]:
    return [[moment(x["received_at"], zone), x["body"] or ""] for x in rows]


def _refusals(records: Mapping[str, Sequence[Row]], zone: str) -> list[Sequence[str]]:
    return [
        [
            moment(x["since"], zone),
            words.CHANNELS[x["channel"]],
            privacy_words.BECAUSE[x["because"]],
            _at(x["lifted_at"], zone),
        ]
        for x in records["contact_suppressions"]
    ]


def _papers(rows: Sequence[Row], zone: str) -> list[Sequence[str]]:
    return [[moment(x["at"], zone), words.KINDS[x["kind"]] if x["kind"] else ""] for x in rows]


def _looks(found: Dossier, zone: str) -> list[Sequence[str]]:
    return [[moment(one.at, zone), privacy_words.VIA[one.via]] for one in found.looks]


def _at(instant: datetime | None, zone: str) -> str:
    return moment(instant, zone) if instant else ""

"""What is written to staff: tomorrow's roster, the week in figures, what awaits a decision, who is to call."""

from booking.documents.dates import day, hour, moment
from booking.documents.messages import Words
from booking.domain.job_seekers import Need
from booking.domain.sites import Site
from booking.domain.staff_reports import Calls, Decisions, Digest, Filling, Guest, MeetingAhead, Report, Roster
from booking.language import typeset
from calendars.zones import wall

VERSION = 1
NEEDS = {
    Need.NEVER_USED_COMPUTER: "n’a jamais utilisé d’ordinateur",
    Need.READS_LITTLE: "lit peu le français",
    Need.ACCESSIBLE_PLACE: "accès sans marche",
    Need.HEARS_LITTLE: "entend mal",
    Need.SEES_LITTLE: "voit mal",
}


def mail(report: Report, name: str, site: Site) -> Words:
    """Subject and body; people by their first names only."""
    match report:
        case Roster():
            kind, subject, said = "roster", *_roster(report, site)
        case Digest():
            kind, subject, said = "digest", *_digest(report, site)
        case Decisions():
            kind, subject, said = "decisions", *_decisions(report, site)
        case Calls():
            kind, subject, said = "calls", *_calls(report, site)
    choice = f"Vous choisissez vos courriels ici :\n{site.url}/mes-courriels"
    paragraphs = [f"Bonjour {name},", *said, choice]
    return Words(typeset(subject), typeset("\n\n".join(paragraphs)) + "\n", f"staff-{kind}/{VERSION}")


def _roster(roster: Roster, site: Site) -> tuple[str, list[str]]:
    subject = f"Vos ateliers du {day(roster.day)}"
    if roster.is_empty:
        return subject, ["Plus personne n’est attendu ce jour-là, ou vous n’animez plus ces ateliers."]
    return subject, ["Voici qui vient.", *(_meeting(one, site) for one in roster.meetings if one.guests)]


def _meeting(meeting: MeetingAhead, site: Site) -> str:
    hours = [hour(wall(at, meeting.zone).time()) for at in (meeting.starts_at, meeting.ends_at)]
    where = f"{meeting.agency}, {meeting.room}" if meeting.room else meeting.agency
    return "\n".join(
        [
            f"{meeting.title}, de {hours[0]} à {hours[1]}",
            f"Lieu : {where}",
            f"{_count(len(meeting.guests), 'personne')} pour {_count(meeting.seats, 'place')}"
            + ("" if meeting.leads else " (vous aidez)"),
            *(f"- {_guest(one)}" for one in meeting.guests),
            f"Feuille de présence : {site.url}/presence/{meeting.id}",
        ]
    )


def _guest(guest: Guest) -> str:
    needs = ", ".join(NEEDS[need] for need in guest.needs)
    return f"{guest.name} {guest.initial}".strip() + (f" : {needs}" if needs else "")


def _digest(digest: Digest, site: Site) -> tuple[str, list[str]]:
    lost = f"{_count(digest.seats_lost, 'place')} sans personne"
    came = f"Présents : {digest.present}. Absents : {digest.absent}. Excusés : {digest.excused}. {lost}."
    week = "\n".join(map(_filling, digest.week)) or "Aucune séance."
    waits = [
        f"Décisions en attente : {digest.decisions} ({site.url}/a-decider)",
        f"Messages en échec : {digest.failed} ({site.url}/messages?etat=echecs)",
        f"Personnes difficiles à joindre : {digest.hard_to_reach} ({site.url}/injoignables)",
    ]
    figures = (digest.decisions, digest.failed, digest.hard_to_reach)
    todo = [line for line, count in zip(waits, figures, strict=True) if count]
    said = [f"La semaine passée :\n{came}", f"Cette semaine :\n{week}"]
    return f"{digest.agency} : la semaine du {day(digest.monday)}", said + (["\n".join(todo)] if todo else [])


def _filling(one: Filling) -> str:
    waiting = f", {one.waiting} en attente" if one.waiting else ""
    return f"- {moment(one.starts_at, one.zone)} : {one.title}, {one.taken} sur {one.seats}{waiting}"


def _decisions(waiting: Decisions, site: Site) -> tuple[str, list[str]]:
    few = [f"- {title}, {moment(at, zone)} : trop peu de personnes" for title, at, zone in waiting.too_few]
    if waiting.clashes:
        few.append(f"- {_count(waiting.clashes, 'séance')} : un agenda dit que quelqu’un, ou la salle, est pris")
    if waiting.declined:
        few.append(f"- {_count(waiting.declined, 'séance')} : la personne qui anime ne peut pas venir")
    count = _count(len(waiting.things), "décision")
    return f"{waiting.agency} : {count} à prendre", ["\n".join(few), f"Décider :\n{site.url}/a-decider"]


def _calls(calls: Calls, site: Site) -> tuple[str, list[str]]:
    partners = f"Orientations à relancer ou à lire : {calls.referrals} ({site.url}/orientations?etat=a-voir)"
    lines = [
        (calls.calls, f"Appels à faire : {calls.calls} ({site.url}/a-faire)"),
        (calls.papers, f"Courriers à imprimer ou à remettre : {calls.papers} ({site.url}/a-faire)"),
        (calls.recalls, f"Personnes à rappeler : {calls.recalls} ({site.url}/a-rappeler)"),
        (calls.referrals, partners),
    ]
    said = ["\n".join(line for count, line in lines if count)]
    if calls.until:
        said.append(f"Le plus pressé : avant le {moment(calls.until, calls.zone)}.")
    return f"{calls.agency} : à appeler et à imprimer", said


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'s' if number > 1 else ''}"

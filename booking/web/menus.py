"""Which pages have an entry in the menu: what each is called everywhere, who may open it, and what one does daily."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from booking.domain.staff import LEADERS, Right, Role, Staff

May = Callable[[Staff], bool]


@dataclass(frozen=True, slots=True)
class Entry:
    """A page as a menu names it, in French."""

    path: str
    title: str
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """The entries that belong together."""

    title: str
    entries: tuple[Entry, ...]


def _anybody(_: Staff) -> bool:
    return True


def _with(right: Right) -> May:
    return lambda staff: staff.may_somewhere(right)


def _leads(staff: Staff) -> bool:
    return any(role in LEADERS for _, role in staff.roles)


def _exports(staff: Staff) -> bool:
    return staff.may_somewhere(Right.SEE_PEOPLE) or any(role is Role.FACILITATOR for _, role in staff.roles)


_BOOKS, _SEES, _REACHES, _MARKS = _with(Right.BOOK), _with(Right.SEE_PEOPLE), _with(Right.REACH), _with(Right.MARK)
_PLANS, _AUDITS, _ADMINISTERS = _with(Right.PLAN), _with(Right.AUDIT), _with(Right.ADMINISTER)

TITLES = {
    "/placer": "Placer une personne",
    "/code": "Une personne donne son code",
    "/personnes": "Personnes",
    "/personnes/doublons": "Doublons possibles",
    "/suivi": "Suivi de mes inscriptions",
    "/suivi/injoignables": "Personnes difficiles à joindre",
    "/a-faire": "À faire",
    "/a-rappeler": "À rappeler",
    "/a-decider": "À décider",
    "/orientations": "Orientations",
    "/messages": "Journal des messages",
    "/presence": "Présence",
    "/presence/scan": "Scanner une feuille",
    "/imports": "Importer des listes",
    "/mes-exports": "Mes exports",
    "/actions": "Mes actions groupées",
    "/sessions": "Sessions",
    "/sessions/planifier": "Planifier une série",
    "/sessions/plusieurs": "Plusieurs sessions à la fois",
    "/sessions/listes": "Listes de sessions",
    "/ateliers": "Catalogue des ateliers",
    "/salles": "Salles et fermetures",
    "/equipe": "Équipe",
    "/equipe/roles": "Rôles et droits",
    "/formations/equipe": "Qui est formé",
    "/partenaires": "Partenaires",
    "/depliants": "Dépliants et affiches",
    "/orientations/delais": "Délais de relance des partenaires",
    "/diagnostic": "Diagnostic : questions et règles",
    "/reseau": "Le réseau",
    "/statistiques": "Statistiques",
    "/journal": "Journal des actions",
    "/comptes": "Comptes",
    "/comptes/fournisseurs": "Fournisseurs d’identité",
    "/textes": "Textes des messages",
    "/vacances-scolaires": "Vacances scolaires",
    "/webhooks": "Avertissements automatiques",
    "/registre": "Registre des données",
    "/conservation": "Durées de conservation",
    "/agences": "Agendas des agences",
    "/mon-compte/connexions": "Mon compte",
    "/agendas": "Mes agendas",
    "/mes-invitations": "Mes invitations",
    "/mon-agenda-exterieur": "Mon agenda extérieur",
    "/mes-courriels": "Mes e-mails",
    "/formations": "Formations de l’équipe",
    "/mes-droits": "Mes droits",
    "/raccourcis": "Raccourcis clavier",
    "/aide": "Aide",
}
# On top of a page there is room for one word.
SHORT = {"/placer": "Placer", "/suivi": "Suivi", "/journal": "Journal"}
GROUPS = {"work": "Mon travail", "agency": "L’agence", "network": "Le réseau", "own": "Mon compte"}
ICONS = {
    "/placer": "seat",
    "/presence": "tick",
    "/sessions": "calendar",
    "/personnes": "people",
    "/suivi": "letter",
    "/a-faire": "list",
    "/statistiques": "chart",
    "/reseau": "pin",
    "/journal": "clock",
    "/agendas": "feed",
}
_WHO: dict[str, dict[str, May]] = {
    "work": {
        "/placer": _BOOKS,
        "/code": _BOOKS,
        "/personnes": _SEES,
        "/suivi": _BOOKS,
        "/orientations": _SEES,
        "/a-faire": _REACHES,
        "/a-rappeler": _REACHES,
        "/a-decider": _PLANS,
        "/presence": _MARKS,
        "/presence/scan": _MARKS,
        "/suivi/injoignables": _BOOKS,
        "/personnes/doublons": _SEES,
        "/messages": _REACHES,
        "/imports": _BOOKS,
        "/mes-exports": _exports,
        "/actions": _BOOKS,
    },
    "agency": {
        "/sessions": _anybody,
        "/sessions/planifier": _PLANS,
        "/sessions/plusieurs": _PLANS,
        "/sessions/listes": _PLANS,
        "/ateliers": _anybody,
        "/salles": _PLANS,
        "/equipe": _PLANS,
        "/equipe/roles": _with(Right.TEAM),
        "/formations/equipe": _with(Right.TEAM),
        "/partenaires": _anybody,
        "/depliants": _anybody,
        "/orientations/delais": _PLANS,
        "/diagnostic": _BOOKS,
    },
    "network": {
        "/reseau": _AUDITS,
        "/statistiques": _AUDITS,
        "/journal": _AUDITS,
        "/agences": _anybody,
        "/comptes": _ADMINISTERS,
        "/comptes/fournisseurs": _ADMINISTERS,
        "/textes": _ADMINISTERS,
        "/vacances-scolaires": _ADMINISTERS,
        "/webhooks": _ADMINISTERS,
        "/registre": _ADMINISTERS,
        "/conservation": _ADMINISTERS,
    },
    "own": {
        "/mon-compte/connexions": _anybody,
        "/agendas": _anybody,
        "/mes-invitations": _anybody,
        "/mon-agenda-exterieur": _leads,
        "/mes-courriels": _anybody,
        "/formations": _anybody,
        "/mes-droits": _anybody,
        "/raccourcis": _anybody,
        "/aide": _anybody,
    },
}
_MAY = {path: may for entries in _WHO.values() for path, may in entries.items()}
# Under its address there are pages of staff, too, which lie elsewhere.
_ALONE = {"/agences"}
# What each role does daily, in the order of its day; a phone has room for seven with the menu itself.
_BOOKING = ("/placer", "/sessions", "/personnes", "/suivi", "/a-faire")
_LEADING = ("/presence", "/sessions", "/agendas")
_MANAGING = ("/placer", "/sessions", "/personnes", "/suivi", "/presence", "/a-faire")
_GOVERNING = ("/placer", "/sessions", "/personnes", "/a-faire", "/reseau", "/statistiques")
_AUDITING = ("/statistiques", "/reseau", "/journal", "/sessions")


def everything(staff: Staff) -> list[Section]:
    """All that somebody may open, in its groups."""
    groups = ((group, tuple(_entries(staff, paths))) for group, paths in _WHO.items())
    return [Section(GROUPS[group], entries) for group, entries in groups if entries]


def daily(staff: Staff) -> list[Entry]:
    """What stands on top of every page, in short words."""
    wanted = _daily(staff)
    found = _entries(staff, wanted)
    return [Entry(one.path, SHORT.get(one.path, one.title), one.icon) for one in found]


def own(staff: Staff) -> list[Entry]:
    """What belongs to oneself."""
    return list(_entries(staff, _WHO["own"]))


def above(path: str, staff: Staff) -> Entry | None:
    """The page with an entry below which this one lies, if somebody may open it; the deepest there is."""
    parts = path.split("/")
    higher = ("/".join(parts[:n]) for n in range(len(parts) - 1, 1, -1))
    return next(_entries(staff, (one for one in higher if one in _MAY.keys() - _ALONE)), None)


def _daily(staff: Staff) -> tuple[str, ...]:
    if _ADMINISTERS(staff):
        return _GOVERNING
    if _BOOKS(staff):
        return _MANAGING if _MARKS(staff) else _BOOKING
    return _AUDITING if _AUDITS(staff) else _LEADING


def _entries(staff: Staff, paths: Iterable[str]) -> Iterator[Entry]:
    for path in paths:
        if _MAY[path](staff):
            yield Entry(path, TITLES[path], ICONS.get(path, ""))

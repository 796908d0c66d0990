"""Where help is needed: the topics in their order, the page where each is done, and the topic of each page."""

import re
from collections.abc import Mapping

from booking.domain.staff import Role, Staff
from booking.web.pages import (
    help_basics,
    help_booking,
    help_following,
    help_network,
    help_planning,
    help_presence,
)
from booking.web.pages.help_topics import Topic

GROUPS: Mapping[str, Mapping[str, Topic]] = {
    "placing": help_booking.TOPICS,
    "following": help_following.TOPICS,
    "presence": help_presence.TOPICS,
    "planning": help_planning.TOPICS,
    "network": help_network.TOPICS,
    "basics": help_basics.TOPICS,
}
GROUP_NAMES = {
    "placing": "Avec la personne",
    "following": "Ensuite",
    "presence": "Pendant la séance",
    "planning": "Préparer les sessions",
    "network": "L’agence et le réseau",
    "basics": "Pour tout le monde",
}
TOPICS: Mapping[str, Topic] = {slug: topic for group in GROUPS.values() for slug, topic in group.items()}
# Where a task begins.
OPENS = {
    "se-connecter": "/connexion",
    "agendas": "/agendas",
    "agenda-exterieur": "/mon-agenda-exterieur",
    "formations": "/formations",
    "placer": "/placer",
    "nouvelle-personne": "/placer?nouvelle=1",
    "liste-attente": "/placer?complet=1",
    "papier": "/suivi",
    "deplacer": "/personnes",
    "code": "/code",
    "groupe": "/sessions",
    "a-faire": "/a-faire",
    "a-rappeler": "/a-rappeler",
    "suivi": "/suivi",
    "diagnostic": "/personnes",
    "orienter": "/personnes",
    "appel": "/presence",
    "sans-inscription": "/presence",
    "sans-reseau": "/presence",
    "emargement": "/presence/scan",
    "planifier": "/sessions/planifier",
    "changer": "/sessions",
    "annuler-session": "/sessions",
    "a-decider": "/a-decider",
    "places": "/sessions",
    "salles": "/salles",
    "equipe": "/equipe",
    "messages": "/salles",
    "statistiques": "/statistiques",
    "ouvrir-une-agence": "/reseau",
    "premiere-semaine": "/",
    "comptes": "/comptes",
    "imports": "/imports",
    "donnees": "/personnes",
    "journal": "/journal",
}
# What a page is about, the first that fits; * is one part of an address.
ABOUT = {
    "/": "",
    "/placer": "placer",
    "/code": "code",
    "/personnes/*/diagnostic*": "diagnostic",
    "/diagnostics*": "diagnostic",
    "/diagnostic*": "diagnostic",
    "/personnes/*/donnees*": "donnees",
    "/personnes/*/orientations*": "orienter",
    "/personnes*": "nouvelle-personne",
    "/orientations*": "orienter",
    "/partenaires*": "orienter",
    "/inscriptions/*/papier": "papier",
    "/inscriptions*": "deplacer",
    "/suivi*": "suivi",
    "/a-faire*": "a-faire",
    "/a-rappeler*": "a-rappeler",
    "/a-decider*": "a-decider",
    "/presence/scan": "emargement",
    "/presence/*/feuille": "emargement",
    "/presence/*/feuilles": "emargement",
    "/presence/*/sur-place": "sans-inscription",
    "/presence*": "appel",
    "/sessions/planifier*": "planifier",
    "/sessions/copier-semaine*": "planifier",
    "/sessions/*/copier*": "planifier",
    "/sessions/*/annuler": "annuler-session",
    "/sessions/*/groupe": "groupe",
    "/sessions/*/places": "places",
    "/sessions/*/seances*": "changer",
    "/sessions*": "planifier",
    "/ateliers*": "planifier",
    "/salles*": "salles",
    "/vacances-scolaires": "salles",
    "/equipe*": "equipe",
    "/agences/*/ouverture*": "ouvrir-une-agence",
    "/agences/*/etape*": "ouvrir-une-agence",
    "/agences/*/textes*": "messages",
    "/agences/*/messages*": "messages",
    "/agences/*/reglages": "messages",
    "/textes*": "messages",
    "/messages*": "messages",
    "/reseau*": "ouvrir-une-agence",
    "/statistiques*": "statistiques",
    "/comptes*": "comptes",
    "/imports*": "imports",
    "/journal*": "journal",
    "/agendas*": "agendas",
    "/mon-agenda-exterieur": "agenda-exterieur",
    "/mes-invitations": "agendas",
    "/formations*": "formations",
    "/mon-compte*": "se-connecter",
    "/mot-de-passe*": "se-connecter",
    "/mot-de-passe-oublie": "se-connecter",
    "/connexion*": "se-connecter",
}
_PATTERNS = [
    (re.compile(re.escape(where).replace(r"/\*", "/[^/]+").replace(r"\*", "(/.*)?")), slug)
    for where, slug in ABOUT.items()
]
# The three things that a role does most, for whoever is new; somebody with several roles reads of the first.
FIRST = {
    Role.ADVISER: ("placer", "a-faire", "suivi"),
    Role.FACILITATOR: ("appel", "sans-inscription", "agendas"),
    Role.ASSISTANT: ("appel", "sans-reseau", "agendas"),
    Role.MANAGER: ("planifier", "a-decider", "statistiques"),
    Role.ADMINISTRATOR: ("ouvrir-une-agence", "comptes", "imports"),
    Role.AUDITOR: ("journal", "statistiques", "formations"),
}


def about(path: str) -> str:
    """The help for a page, as an address."""
    slug = next((slug for pattern, slug in _PATTERNS if pattern.fullmatch(path)), "")
    return f"/aide/{slug}" if slug else "/aide"


def first_steps(staff: Staff) -> list[tuple[str, Topic, str]]:
    """The card of this member of staff: what each thing is called in addresses, what it is, and where it begins."""
    held = {role for _, role in staff.roles}
    slugs = next((slugs for role, slugs in FIRST.items() if role in held), ())
    return [(slug, TOPICS[slug], OPENS[slug]) for slug in slugs]

"""Which pages are looked at, by whom, and at which address; what is no page is named here."""

import re

from booking.domain.staff import Role
from tests.web.rights import LET_IN, NOT_THERE, PARAMETER, ROLES, declared, pages

# Who is asked to look, by the role: the first of these whom the door lets in.
NAMES = {
    Role.MANAGER: "claire",
    Role.ADVISER: "hugo",
    Role.ADMINISTRATOR: "agnes",
    Role.FACILITATOR: "lila",
}
STRANGER = ""
# What is no page: files, answers to programs, parts of pages, and ways to a provider that sends on.
NO_PAGE = re.compile(
    r"\.(pdf|ics|json|atom|csv|xlsx|zip|js)$|/(etat|fichier|document|direct|lignes|rendez-vous)$"
    r"|^/placer/ligne/|^/connexion/(avec|retour)/|^/f/\{|/listes/(sessions|partenaires)$"
)
# Sheets as they are printed: as wide as paper is, and shown with the letters they are printed with.
PAPER = {"/inscriptions/{booking_id}/papier", "/presence/{meeting_id}/feuille"}
# What a page has to be asked beside its address.
ASKED = {
    "/equipe/{staff_id}": "?agence={slug}",
    "/equipe/{staff_id}/agenda-exterieur": "?agence={slug}",
    "/sessions/copier-choix": "?choix={batch_id}",
    "/sessions/copier-semaine": "?agence={agency_id}&semaine=2026-10-19",
}


def doors() -> list[str]:
    """The address of every page, as the table of rights names it."""
    found = {PARAMETER.sub(lambda name: "{" + name[1] + "}", path) for method, path in pages() if method == "GET"}
    return sorted(door for door in found if not NO_PAGE.search(door))


def visitor(door: str) -> str:
    """Who looks at this page; a stranger where nobody need sign in."""
    answers = declared().get(f"GET {door}", "+++++++++ 00000 s")
    if answers.split()[-1] == LET_IN:
        return STRANGER
    let_in = dict(zip(ROLES, answers, strict=False))
    # Where the table found nothing any more, whoever was not refused may look.
    for right in (LET_IN, NOT_THERE):
        for role, name in NAMES.items():
            if let_in[role] == right:
                return name
    return NAMES[Role.MANAGER]


def address(door: str, ids: dict[str, str]) -> str:
    """Where this page is in the town."""
    return (door + ASKED.get(door, "")).format_map(ids)

"""What somebody can begin from anywhere by saying it: a deed, the page where it is done, and who may."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from booking.domain.job_seekers import folded
from booking.domain.staff import Right, Staff
from booking.language import Translate
from booking.web import menus

DEEDS = {
    "/placer?nouvelle=1": "Créer une personne",
    "/sessions/nouvelle": "Planifier une session",
    "/ateliers/nouveau": "Ajouter un atelier au catalogue",
    "/salles/nouvelle": "Ajouter une salle",
    "/salles/fermetures/nouvelle": "Fermer une agence ou une salle",
    "/salles/pannes/nouvelle": "Signaler du matériel en panne",
    "/partenaires/nouveau": "Ajouter un partenaire",
    "/depliants/nouveau": "Ajouter un dépliant ou une affiche",
    "/a-faire/appels.pdf": "Imprimer la liste d’appels",
    "/a-faire/lettres.pdf": "Imprimer les lettres à poster",
    "/comptes/nouveau": "Inviter un collègue",
    "/agendas/nouveau": "S’abonner à un agenda",
    "/mon-compte/mot-de-passe": "Changer mon mot de passe",
    "/raccourcis": "Voir les raccourcis clavier",
}
_RIGHTS = {
    Right.BOOK: ("/placer?nouvelle=1",),
    Right.PLAN: (
        "/sessions/nouvelle",
        "/ateliers/nouveau",
        "/salles/nouvelle",
        "/salles/fermetures/nouvelle",
        "/salles/pannes/nouvelle",
        "/partenaires/nouveau",
        "/depliants/nouveau",
    ),
    Right.REACH: ("/a-faire/appels.pdf", "/a-faire/lettres.pdf"),
    Right.ADMINISTER: ("/comptes/nouveau",),
}
_NEEDED = {path: right for right, paths in _RIGHTS.items() for path in paths}


@dataclass(frozen=True, slots=True)
class Named:
    """A page or a deed, as the reader calls it."""

    path: str
    title: str


def deeds(staff: Staff, words: Sequence[str], say: Translate) -> list[Named]:
    """What somebody may begin that these words mean; everything for no words."""
    allowed = (path for path in DEEDS if path not in _NEEDED or staff.may_somewhere(_NEEDED[path]))
    return _meant(((path, DEEDS[path]) for path in allowed), words, say)


def pages(staff: Staff, words: Sequence[str], say: Translate) -> list[Named]:
    """The pages of somebody's menu that these words mean."""
    entries = (entry for section in menus.everything(staff) for entry in section.entries)
    return _meant(((entry.path, entry.title) for entry in entries), words, say)


def begins_one(word: str, text: str) -> bool:
    """Whether some word of this folded text begins like this."""
    return f" {word}" in f" {text}"


def _meant(named: Iterable[tuple[str, str]], words: Sequence[str], say: Translate) -> list[Named]:
    """Those of which every word begins one, in the reader's language or in French."""
    said = ((path, say(title), folded(f"{say(title)} {title}")) for path, title in named)
    return [Named(path, title) for path, title, text in said if all(begins_one(word, text) for word in words)]

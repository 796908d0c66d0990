"""What is written to somebody about his own account: links that are good once, and news that he should know."""

from booking.documents.messages import Words
from booking.domain.sites import Site
from booking.domain.staff_messages import StaffMessageKind
from booking.language import typeset

VERSION = 1
NOT_YOU = "Ce n’est pas vous ? Prévenez tout de suite la personne qui administre Ateliers chez vous."
SAID = {
    StaffMessageKind.INVITED: (
        "Votre compte Ateliers",
        "Un compte a été ouvert pour vous. Choisissez votre mot de passe ici :\n{link}",
        "Ce lien sert une seule fois, pendant 7 jours.",
    ),
    StaffMessageKind.FORGOTTEN: (
        "Changer votre mot de passe",
        "Vous avez demandé à changer votre mot de passe. C’est ici :\n{link}",
        "Ce lien sert une seule fois, pendant 30 minutes.",
        "Vous n’avez rien demandé ? Ne faites rien : votre mot de passe reste le même.",
    ),
    StaffMessageKind.PASSWORD_CHANGED: (
        "Votre mot de passe a changé",
        "Le mot de passe de votre compte vient d’être changé. Les autres connexions sont fermées.",
        NOT_YOU,
    ),
    StaffMessageKind.FACTOR_CHANGED: (
        "Votre second facteur a changé",
        "Le second facteur de votre compte vient d’être ajouté ou retiré. Voyez ce qu’il en est :\n"
        "{site}/mon-compte/second-facteur",
        NOT_YOU,
    ),
}


def account_mail(kind: StaffMessageKind, name: str, link: str | None, site: Site) -> Words:
    """Subject and body; ``link`` is the address where a password is chosen."""
    subject, *said = SAID[kind]
    paragraphs = [f"Bonjour {name},", *(one.replace("{link}", link or "").replace("{site}", site.url) for one in said)]
    return Words(typeset(subject), typeset("\n\n".join(paragraphs)) + "\n", f"account-{kind}/{VERSION}")

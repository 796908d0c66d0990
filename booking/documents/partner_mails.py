"""What is written to a partner: initials, who sends, and the link behind which the rest stands."""

from booking.documents.messages import Words
from booking.domain.agencies import Agency
from booking.domain.job_seekers import JobSeeker
from booking.domain.partner_messages import PartnerMessageKind
from booking.language import typeset

VERSION = 1
WITHOUT_ACCOUNT = "Vous n’avez pas besoin de compte. Ce lien est personnel : ne le transférez pas hors de votre équipe."
SAID = {
    PartnerMessageKind.SENT: (
        "Une personne vous est orientée : {initials}",
        "{agency} vous oriente une personne ({initials}), qui est d’accord.",
        "Voyez pour quoi elle vient, comment la joindre, et dites-nous ce qu’il en est :\n{link}",
        WITHOUT_ACCOUNT,
    ),
    PartnerMessageKind.REMINDER: (
        "Avez-vous vu {initials} ?",
        "{agency} vous a orienté une personne ({initials}). Nous n’avons pas encore de réponse de votre part.",
        "Un mot suffit, en une minute :\n{link}",
        WITHOUT_ACCOUNT,
    ),
    PartnerMessageKind.CANCELLED: (
        "Orientation annulée : {initials}",
        "{agency} vous avait orienté une personne ({initials}). Elle ne viendra pas : l’orientation est annulée.",
        "Vous n’avez rien à faire.",
    ),
}


def partner_mail(kind: PartnerMessageKind, person: JobSeeker, agency: Agency, link: str) -> Words:
    """Subject and body; nobody's name, address or need."""
    known = {"initials": initials(person), "agency": agency.name, "link": link}
    subject, *said = (part.format(**known) for part in SAID[kind])
    question = f"Une question ? {agency.name}" + (f", {agency.phone}" if agency.phone else "") + "."
    paragraphs = ["Bonjour,", *said, question]
    return Words(typeset(subject), typeset("\n\n".join(paragraphs)) + "\n", f"partner-{kind}/{VERSION}")


def initials(person: JobSeeker) -> str:
    """``A. D.``"""
    return f"{person.first_name[:1]}. {person.last_name[:1]}.".upper()

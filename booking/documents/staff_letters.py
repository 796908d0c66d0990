"""What is written to who leads or assists, beside the entry for his calendar."""

from booking.documents.dates import day, hour, moment
from booking.documents.messages import Words
from booking.domain.inviting import Guest, Invited
from booking.domain.sites import Site
from booking.language import typeset
from calendars.zones import wall

TEMPLATE = "staff-invitation/1"


def letter(invited: Invited, guest: Guest, site: Site) -> Words:
    """Subject and body; whether it is the first word, a later one, or the last."""
    begins = wall(invited.starts_at, invited.zone)
    if invited.is_cancelled:
        subject, said = "Annulé", "Cette séance n’est plus à votre programme. Elle sort de votre agenda."
    elif invited.first_key == invited.key:
        subject, said = "Votre séance", invited.note
    else:
        subject, said = "Changement", "La date, l’heure ou le lieu de cette séance a changé. Voici ce qui est prévu."
    facts = (
        f"Atelier : {invited.title}",
        f"Date : {moment(invited.starts_at, invited.zone)} (fin à {hour(wall(invited.ends_at, invited.zone).time())})",
        f"Lieu : {invited.place}",
    )
    paragraphs = (
        f"Bonjour {guest.name},",
        said,
        "\n".join(facts),
        f"La session :\n{site.url}/sessions/{invited.session_id}",
        f"Vous recevez ce message parce que vous l’avez choisi. Pour changer :\n{site.url}/mes-invitations",
    )
    title = f"{subject} : {invited.title}, {day(begins.date())}"
    return Words(typeset(title), typeset("\n\n".join(paragraphs)) + "\n", TEMPLATE)

"""In which language somebody is told things."""

from booking.domain.job_seekers import JobSeeker
from booking.domain.languages import FRENCH, SAID_IN


def language_of(person: JobSeeker) -> str:
    """The one in which he wants help, where messages are said in it; else French."""
    return person.language if person.language in SAID_IN else FRENCH

"""How people are found: the signs under which one is kept, and the signs for which somebody asks."""

from dataclasses import dataclass

from booking.domain.codes import code_in
from booking.domain.job_seekers import JobSeeker, folded

MOST_WORDS = 8
SHORTEST_ENDING = 4
# What no folded word begins with, so that a number or an address is never taken for a name.
PHONE, EMAIL = "+", "@"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What a search asks for: every one of the ``words``, or the ``sign`` of a phone or an e-mail, or a ``code``."""

    words: tuple[str, ...] = ()
    sign: str | None = None
    code: str | None = None

    @property
    def is_nothing(self) -> bool:
        """Whether nobody can be meant."""
        return not self.words


def search_text(person: JobSeeker) -> str:
    """The names, last name first, and the identifier: what a search for several words looks through."""
    return folded(f"{person.last_name} {person.first_name} {person.identifier or ''}")


def signs_of(person: JobSeeker) -> set[str]:
    """Every sign that finds this person by its beginning."""
    signs = set(search_text(person).split())
    signs |= {phone_sign(person.phone)} if person.phone else set()
    return signs | ({email_sign(person.email)} if person.email else set())


def phone_sign(digits: str) -> str:
    """A number from its end, because people know the last figures: whoever has those begins like it."""
    return PHONE + "".join(c for c in reversed(digits) if c in "0123456789")


def email_sign(address: str) -> str:
    """An address, however it is written."""
    return EMAIL + address.casefold()


def sought(said: str, number: str | None = None) -> Sought:
    """What the words of a search field ask for; ``number`` is the phone (E.164) that they are, if they are one."""
    words = tuple(dict.fromkeys(folded(said).split()[:MOST_WORDS]))
    return Sought(words=words, sign=_sign(said.strip(), number), code=code_in(said))


def _sign(said: str, number: str | None) -> str | None:
    if "@" in said:
        return email_sign(said)
    digits = said.translate(dict.fromkeys(map(ord, " .-/()+\u00a0\u202f")))
    # Six figures are a number of Nouvelle-Calédonie, and far more often the last ones of any other.
    if number and not number.endswith(digits):
        return phone_sign(number)
    is_ending = digits.isascii() and digits.isdecimal() and len(digits) >= SHORTEST_ENDING
    return phone_sign(digits) if is_ending else None

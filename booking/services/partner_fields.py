"""What somebody typed about a partner, in the form in which the directory keeps it."""

from dataclasses import replace

from booking.domain.fields import Problems
from booking.domain.partners import TERMS, Partner, several
from booking.services.contacts import checked_email, phone
from booking.services.read_rows import SHORT_NUMBER

ADDRESSES = ("websites", "booking_url", "access_sheet")


def cleaned(partner: Partner) -> Partner:
    """The partner with its numbers and addresses as machines use them. Raises :class:`InvalidField`."""
    partner.checked()
    problems = Problems()
    kept = {name: _emails(name, getattr(partner, name), problems) for name in ("emails", "referral_email")}
    kept["phone"] = _phone(partner.phone, problems)
    for name in ADDRESSES:
        kept[name] = _web(name, getattr(partner, name), problems)
    if len(several(kept["referral_email"])) > 1:
        problems.add("referral_email", "no-such-email")
    problems.refuse()
    terms = {name: tuple(term for term in kind if term in getattr(partner, name)) for name, kind in TERMS.items()}
    return replace(partner, name=" ".join(partner.name.split()), **kept, **terms)


def web_address(said: str) -> str | None:
    """An address that may stand in a link of a page; None for anything else."""
    address = said if "://" in said else f"https://{said}"
    is_one = address.startswith(("https://", "http://")) and not any(c.isspace() or c in "\"'<>\\" for c in address)
    return address if is_one and "." in address.split("/")[2] else None


def _emails(name: str, said: str, problems: Problems) -> str:
    own = Problems()
    found = [checked_email(one, own) for one in several(said)]
    if own.found:
        problems.add(name, "no-such-email")
    return "|".join(filter(None, found))


def _phone(said: str, problems: Problems) -> str:
    plain = "".join(said.split())
    if not plain or SHORT_NUMBER.fullmatch(plain):
        return plain
    number = phone(said)
    if number is None:
        problems.add("phone", "no-such-phone")
    return number.number if number else said


def _web(name: str, said: str, problems: Problems) -> str:
    found = [web_address(one) for one in several(said)]
    if None in found:
        problems.add(name, "no-such-address")
    return "|".join(filter(None, found))

"""Ways to reach a person as people write them, made into the form in which machines use them."""

import re
from dataclasses import dataclass

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberType

from booking.domain.fields import Problems, has_hidden_characters

# "0692 12 34 56" is no number of the mainland: the overseas regions are tried in turn.
REGIONS = ("FR", "GP", "GF", "MQ", "RE", "YT")
# Their own numbers have six or eight digits: "06 12 34 5" is a slip of the mainland, not a mobile of Saint-Pierre.
SHORT_REGIONS = ("PM", "NC", "PF", "WF")
# Mobile numbers kept for fiction, which nobody has and the library does not know (ARCEP, decision 2018-0881).
FICTION = "+3363998"
# French typesetting sets numbers apart by narrow spaces, which the library does not know.
BLANKS = re.compile(r"\s+")
TAKES_SMS = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)
# RFC 5321, 4.5.3.1: 254 octets with the route; the quoted and the comment forms of RFC 5322 are not for people.
EMAIL = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)


@dataclass(frozen=True, slots=True)
class Phone:
    """An E.164 number, and whether a text message can reach it (a landline cannot)."""

    number: str
    takes_sms: bool


def phone(said: str) -> Phone | None:
    """The number behind any spelling of it, French unless it begins with + or 00; None when there is no such number."""
    said = BLANKS.sub(" ", said)
    for region in REGIONS if said.strip("( ").startswith("0") else REGIONS + SHORT_REGIONS:
        try:
            number = phonenumbers.parse(said, region)
        except NumberParseException:
            continue
        written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        is_fiction = written.startswith(FICTION) and phonenumbers.is_possible_number(number)
        if is_fiction or phonenumbers.is_valid_number(number):
            return Phone(written, is_fiction or phonenumbers.number_type(number) in TAKES_SMS)
    return None


def checked_phone(said: str | None, problems: Problems) -> Phone | None:
    """The number, or None when nothing was said; what cannot be a number is noted."""
    if not said or not said.strip():
        return None
    found = None if has_hidden_characters(said) else phone(said)
    if found is None:
        problems.add("phone", "no-such-phone")
    return found


def checked_email(said: str | None, problems: Problems) -> str | None:
    """The address with its domain in lower case, or None when nothing was said; what cannot be one is noted."""
    if not said or not said.strip():
        return None
    written = said.strip()
    has_empty_part = "" in written.partition("@")[0].split(".")
    if not EMAIL.fullmatch(written) or len(written) > 254 or has_empty_part:
        problems.add("email", "no-such-email")
        return None
    local, _, domain = written.rpartition("@")
    return f"{local}@{domain.lower()}"


def spoken(number: str) -> str:
    """A number as people say it: ``06 12 34 56 78``; whatever else is written there stays as it is."""
    try:
        known = phonenumbers.parse(number, REGIONS[0])
    except NumberParseException:
        return number
    return phonenumbers.format_number(known, phonenumbers.PhoneNumberFormat.NATIONAL).replace(" ", "\u00a0")

"""Ways to reach a person as people write them, made into the form in which machines use them."""

import re
from dataclasses import dataclass

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberType

from booking.domain.fields import Problems, has_hidden_characters

# "0692 12 34 56" is no number of the mainland: the overseas regions are tried in turn.
REGIONS = ("FR", "GP", "GF", "MQ", "RE", "YT", "PM", "NC", "PF", "WF")
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
    """The number behind any spelling of it; None when there is no such number in France or overseas."""
    for region in REGIONS:
        try:
            number = phonenumbers.parse(said, region)
        except NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            takes_sms = phonenumbers.number_type(number) in TAKES_SMS
            return Phone(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164), takes_sms)
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
    if not EMAIL.fullmatch(written) or len(written) > 254 or ".." in written:
        problems.add("email", "no-such-email")
        return None
    local, _, domain = written.rpartition("@")
    return f"{local}@{domain.lower()}"

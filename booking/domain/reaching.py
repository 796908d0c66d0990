"""Why somebody with a place to come may hear nothing of it."""

from enum import StrEnum

from booking.domain.job_seekers import Channel, JobSeeker


class Unreached(StrEnum):
    """A reason, the gravest first; what happened before the person was last written anew no longer counts.

    Not wanted is the only way that there was.
    """

    NO_WAY = "no_way"
    NOT_WANTED = "not_wanted"
    PHONE_REFUSED = "phone_refused"
    EMAIL_REFUSED = "email_refused"
    LAST_FAILED = "last_failed"


class Remedy(StrEnum):
    """What to do about it, the surest first."""

    CALL = "call"
    PRINT = "print"
    CORRECT_PHONE = "correct_phone"
    CORRECT_EMAIL = "correct_email"
    ADD_CONTACT = "add_contact"


REFUSED = {Channel.SMS: Unreached.PHONE_REFUSED, Channel.EMAIL: Unreached.EMAIL_REFUSED}


def remedies(person: JobSeeker, reasons: frozenset[Unreached]) -> list[Remedy]:
    """What would reach this person: paper always does, a call only on a number that nobody refused."""
    has_phone = bool(person.phone) and Unreached.PHONE_REFUSED not in reasons
    found = {
        Remedy.CALL: has_phone,
        Remedy.PRINT: True,
        Remedy.CORRECT_PHONE: Unreached.PHONE_REFUSED in reasons,
        Remedy.CORRECT_EMAIL: Unreached.EMAIL_REFUSED in reasons,
        Remedy.ADD_CONTACT: bool(reasons & {Unreached.NO_WAY, Unreached.NOT_WANTED}),
    }
    return [remedy for remedy, helps in found.items() if helps]

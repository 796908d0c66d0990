"""What somebody answers by text message: yes, no, stop, or something that only a person can understand.

Whatever is longer than its one word and politeness, or says two things at once, is left to a person.
"""

import re
from enum import StrEnum

from booking.domain.job_seekers import folded


class Meaning(StrEnum):
    """What a text message says to us."""

    YES = "yes"
    NO = "no"
    STOP = "stop"
    UNCLEAR = "unclear"


class TextState(StrEnum):
    """The life of a text that came in: a ``task`` waits for a person; ``acting`` is in the middle of its deed."""

    RECEIVED = "received"
    ACTING = "acting"
    TASK = "task"
    HANDLED = "handled"


YES = (
    "oui|ui|ouais|wi|ok|okay|ok oui|oui ok|d accord|oui d accord|daccord|je viens|oui je viens|ok je viens"
    "|je serai la|oui je serai la|je serai present|je serai presente|je confirme|oui je confirme|confirme|present"
    "|presente|yes|yes i come|i come|i will come|نعم|اه|ايوه"
)
NO = (
    "non|nn|nan|no|je ne viens pas|je viens pas|non je ne viens pas|non je viens pas|je ne peux pas|je peux pas"
    "|je ne peux pas venir|je peux pas venir|non je ne peux pas|non je ne peux pas venir|je ne serai pas la"
    "|pas possible|non pas possible|impossible|nope|i can not come|i cannot come|لا"
)
STOP = (
    "stop|stop sms|sms stop|stop sms svp|arret|arrete|arretez|arret sms|arreter|desabonner|me desabonner"
    "|desabonnement|desabonnez moi|desinscription|desinscrire|unsubscribe|stop texts|توقف|قف"
)
# What people say besides, and what changes nothing.
POLITE = frozenset(
    "merci beaucoup bonjour bonsoir salut svp stp madame monsieur desole desolee pardon cordialement bien thanks"
    " thank you sorry hello hi please شكرا".split()
)
LONGEST = 60
# The numbers to which a provider asks to send STOP have five digits; "ouiii" is "oui".
_NUMBER = re.compile(r"\b(?:au )?\d{5}$")
_REPEATED = re.compile(r"(.)\1{2,}")
_MEANINGS = {
    said: meaning
    for words, meaning in ((YES, Meaning.YES), (NO, Meaning.NO), (STOP, Meaning.STOP))
    for said in words.split("|")
}


def meaning_of(body: str) -> Meaning:
    """What a text says, whatever its case, accents, signs and pictures."""
    if len(body) > LONGEST:
        return Meaning.UNCLEAR
    words = _REPEATED.sub(r"\1", folded(body)).split()
    core = " ".join(word for word in words if word not in POLITE)
    without_number = _NUMBER.sub("", core).strip()
    if _MEANINGS.get(without_number) is Meaning.STOP:
        return Meaning.STOP
    return _MEANINGS.get(core, Meaning.UNCLEAR)

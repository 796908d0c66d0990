"""What providers of text messages tell us, each in its own words: a receipt, an answer, or nothing of interest.

Pure functions: the request has been let in already. Told twice, a thing has the same ``event``.
"""

from collections.abc import Callable, Mapping
from hashlib import blake2b
from typing import Any

from booking.domain.receipts import LONGEST_EVENT, Fate, Heard, Report

Told = Mapping[str, Any]
Arrival = Report | Heard
LONGEST_BODY = 1600
LONGEST_NUMBER = 32

# Who signs in the manner of Standard Webhooks says it in our words.
GATEWAY = {"sms.delivered": Fate.DELIVERED, "sms.failed": Fate.FAILED, "sms.unreachable": Fate.UNREACHABLE}
ANSWERED = "sms.received"
# OVHcloud, "Tout savoir sur les utilisateurs SMS", step 5: 1 to 3 are on their way, 6 is not known.
OVH = {"4": Fate.DELIVERED} | dict.fromkeys(("23", "27"), Fate.UNREACHABLE)
OVH_ON_ITS_WAY = ("", "0", "1", "2", "3", "6")
# SMSFactor, webhook "Delivery reports": 0 and 1 are on their way; 2 is not delivered, which may pass.
SMSFACTOR = {"3": Fate.DELIVERED, "5": Fate.UNREACHABLE} | dict.fromkeys(
    ("2", "4", "6", "7", "9", "11", "12"), Fate.FAILED
)
# Brevo, "Transactional webhooks", the events of texts.
BREVO = {
    "delivered": Fate.DELIVERED,
    "soft_bounce": Fate.FAILED,
    "rejected": Fate.FAILED,
    "hard_bounce": Fate.UNREACHABLE,
    "blacklisted": Fate.UNREACHABLE,
}


class NotAReceipt(ValueError):
    """This cannot be what a provider tells."""


def of_gateway(told: Told, event: str = "") -> Arrival | None:
    """``type`` and ``data``, known by the id that was signed."""
    kind, data = told.get("type"), told.get("data")
    if not isinstance(kind, str) or not isinstance(data, Mapping):
        raise NotAReceipt
    if kind == ANSWERED:
        return _heard(event, data.get("number"), data.get("text"))
    return _report(event, GATEWAY.get(kind), data.get("reference"), data.get("key"))


def of_ovh(told: Told, event: str = "") -> Arrival | None:
    """The query of its ``callBack``: the number of the text and what became of it."""
    reference, ptt = _words(told.get("id")), _words(told.get("ptt"))
    if not reference:
        raise NotAReceipt
    fate = None if ptt in OVH_ON_ITS_WAY else OVH.get(ptt, Fate.FAILED)
    return _report(f"{reference}:{ptt}", fate, reference, None)


def of_smsfactor(told: Told, event: str = "") -> Arrival | None:
    """A ``DLR``, which names our own key, or an ``MO`` or ``STOP`` with what somebody wrote."""
    if "message" in told:
        number, body = told.get("from"), told.get("message")
        return _heard(_mark(told.get("date"), number, body), number, body)
    key, status = _words(told.get("message_id")), _words(told.get("status"))
    if not status:
        raise NotAReceipt
    return _report(_mark(told.get("campaign_id"), key, status), SMSFACTOR.get(status), None, key)


def of_brevo(told: Told, event: str = "") -> Arrival | None:
    """One event of a text: its state, or what somebody replied."""
    reference, state = _words(told.get("messageId")), _words(told.get("msg_status"))
    if not state:
        raise NotAReceipt
    mark = _mark(reference, state, told.get("ts_event") or told.get("date"))
    if state in ("reply", "replied"):
        return _heard(mark, told.get("to"), told.get("reply"))
    if state == "unsubscribe":
        return _heard(mark, told.get("to"), "STOP")
    return _report(mark, BREVO.get(state), reference, told.get("tag"))


def _report(event: str, fate: Fate | None, reference: Any, key: Any) -> Report | None:
    """None while it is on its way. Raises :class:`NotAReceipt` where nothing says which text it is."""
    if fate is None:
        return None
    known = {"reference": _words(reference) or None, "key": _key(key) or None}
    if not any(known.values()) or not event:
        raise NotAReceipt
    return Report(event=event[:LONGEST_EVENT], fate=fate, **known)


def _heard(event: str, number: Any, body: Any) -> Heard:
    said = body if isinstance(body, str) else ""
    if not event or not _words(number):
        raise NotAReceipt
    plain = "".join(one if one.isprintable() else " " for one in said)
    return Heard(event=event[:LONGEST_EVENT], number=_words(number)[:LONGEST_NUMBER], body=plain[:LONGEST_BODY].strip())


def _key(said: Any) -> str:
    """Our key; Brevo gives back a list of tags where there are several."""
    return _words(said[0] if isinstance(said, list) and said else said)


def _words(said: Any) -> str:
    """A short text or a number as text; nothing for anything else."""
    is_plain = isinstance(said, str | int) and not isinstance(said, bool)
    written = str(said).strip() if is_plain else ""
    return written if len(written) <= LONGEST_EVENT and written.isprintable() else ""


def _mark(*said: Any) -> str:
    """What stands for an event that its provider gives no number: the same for the same words."""
    return blake2b(repr(said).encode(errors="replace"), digest_size=16).hexdigest()


PARSERS: dict[str, Callable[[Told, str], Arrival | None]] = {
    "passerelle": of_gateway,
    "ovh": of_ovh,
    "smsfactor": of_smsfactor,
    "brevo": of_brevo,
}

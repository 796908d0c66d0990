"""Whether a text may be sent: every name known, nothing missing that people need, nothing that must not be said."""

import re
from dataclasses import dataclass

from booking.domain.fields import has_hidden_characters
from booking.domain.messages import MessageKind
from booking.domain.placeholders import PRIVATE_IN_SMS, allowed, has_stray_brace, nearest, needed, used
from booking.domain.wordings import LONGEST_BODY, LONGEST_SUBJECT, WordingForm

# Marks of direction come along when Arabic is copied; we set our own.
_DIRECTIONS = dict.fromkeys(map(ord, "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"))
_ENDINGS = "fr|com|org|net|eu|info|io|gouv|app|me|ly|re|nc|pf|gp|mq|gf|yt|site|shop|online|link"
_ADDRESS = re.compile(
    rf"https?://[^\s<>]+|www\.[^\s<>]+|(?<![@\w.-])(?:[\w-]+\.)+(?:{_ENDINGS})\b(?:/[^\s<>]*)?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a field, by a stable code; ``said`` is what was written, ``instead`` what would do."""

    field: str
    code: str
    said: str = ""
    instead: str = ""


def cleaned(said: str) -> str:
    """The text with line breaks as ours, no blanks at the ends of lines, and without hidden marks of direction."""
    lines = said.replace("\r\n", "\n").replace("\r", "\n").translate(_DIRECTIONS).split("\n")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in lines)).strip()


def faults(kind: MessageKind, form: WordingForm, subject: str, body: str, host: str) -> list[Fault]:
    """All that stands against sending this text; ``host`` is our own site, the only one that a text may name."""
    is_mail = form is WordingForm.MAIL
    found = _of_field("subject", subject, LONGEST_SUBJECT, kind, form, host) if is_mail else []
    found += _of_field("body", body, LONGEST_BODY, kind, form, host)
    present = set(used(body))
    return found + [
        Fault("body", "placeholder-missing", instead=group[0])
        for group in needed(kind, form)
        if body and not present.intersection(group)
    ]


def _of_field(name: str, said: str, longest: int, kind: MessageKind, form: WordingForm, host: str) -> list[Fault]:
    if not said:
        return [Fault(name, "required")]
    wrong = {
        "too-long": len(said) > longest,
        "bad-characters": has_hidden_characters(said.replace("\n", "")),
        "one-line-only": name == "subject" and "\n" in said,
        "stray-brace": has_stray_brace(said),
    }
    found = [Fault(name, code) for code, is_so in wrong.items() if is_so]
    found += [fault for one in used(said) if (fault := _of_place(name, one, kind, form))]
    return found + [
        Fault(name, "foreign-address", said=address, instead="lien")
        for address in _ADDRESS.findall(said)
        if not _is_ours(address, host)
    ]


def _of_place(name: str, one: str, kind: MessageKind, form: WordingForm) -> Fault | None:
    known = allowed(kind, form)
    if one in known:
        return None
    if form is WordingForm.SMS and one in PRIVATE_IN_SMS:
        return Fault(name, "private-in-sms", said=one)
    return Fault(name, "unknown-placeholder", said=one, instead=nearest(one, known))


def _is_ours(address: str, host: str) -> bool:
    there = re.sub(r"^https?://", "", address, flags=re.IGNORECASE).split("/")[0].split("@")[-1].lower()
    return bool(host) and there.split(":")[0] == host.lower()

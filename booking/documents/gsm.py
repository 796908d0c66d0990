"""What a short message costs: the alphabet of 3GPP TS 23.038 and the segments of TS 23.040, 9.2.3.24.1."""

import unicodedata
from collections.abc import Sequence

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
# Each of these is sent as two signs.
EXTENDED = frozenset("^{}\\[~]|€\f")
ONE, EACH = 160, 153
ONE_WIDE, EACH_WIDE = 70, 67
# What the alphabet lacks and French is full of; other accents are left away.
INSTEAD = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-", "—": "-", "‑": "-", "…": "...", "•": "-"}
    | {"œ": "oe", "Œ": "OE", "ç": "c", "À": "A", "È": "E", "Ł": "L", "ł": "l", "Đ": "D", "đ": "d", "ı": "i", "`": "'"}
)


def fold(said: str) -> str:
    """The same with the alphabet's own signs, on one line; what has nothing like it there is left out."""
    plain = "".join(_known(c) for c in unicodedata.normalize("NFC", said).translate(INSTEAD))
    return " ".join(plain.split())


def _known(sign: str) -> str:
    if sign in BASIC or sign in EXTENDED:
        return sign
    taken_apart = unicodedata.normalize("NFKD", sign)
    return "".join(c if c in BASIC else " " if c.isspace() else "" for c in taken_apart)


def characters(said: str) -> int:
    """How many signs it is sent as: of the alphabet, or of UTF-16 as soon as one is none of it."""
    return sum(_weights(said)[0])


def segments(said: str) -> int:
    """How many short messages it is sent as; a sign of two halves is never torn apart."""
    weights, one, each = _weights(said)
    if sum(weights) <= one:
        return 1
    count, room = 1, each
    for weight in weights:
        if weight > room:
            count, room = count + 1, each
        room -= weight
    return count


def _weights(said: str) -> tuple[Sequence[int], int, int]:
    if all(c in BASIC or c in EXTENDED for c in said):
        return [1 + (c in EXTENDED) for c in said], ONE, EACH
    return [1 + (ord(c) > 0xFFFF) for c in said], ONE_WIDE, EACH_WIDE

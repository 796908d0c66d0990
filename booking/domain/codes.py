"""The short code of a booking, which a person reads out at a desk or on the telephone: ``K7 M4 P2``."""

from uuid import UUID

# Letters and digits that nobody takes for one another, whether heard or read.
LETTERS = "ACDEFHJKLMNPRTUVWXY"
DIGITS = "234679"
PAIRS = 3


def code_of(booking_id: UUID) -> str:
    """Three pairs of a letter and a digit, ``K7M4P2``, from the bits that are drawn by lot.

    There are 1.5 million of them: where several bookings share one, whoever looks for it is shown each, by name.
    """
    rest = booking_id.int & (1 << 62) - 1
    pairs = []
    for _ in range(PAIRS):
        rest, letter = divmod(rest, len(LETTERS))
        rest, digit = divmod(rest, len(DIGITS))
        pairs.append(LETTERS[letter] + DIGITS[digit])
    return "".join(pairs)


def spaced(code: str) -> str:
    """``K7 M4 P2``, as it stands on paper."""
    return " ".join(code[at : at + 2] for at in range(0, len(code), 2))


def code_in(said: str) -> str | None:
    """The code that somebody typed, however it is spaced; None for anything else."""
    letters = "".join(c for c in said.upper() if c.isalnum())
    is_code = len(letters) == 2 * PAIRS and all(
        letters[at] in LETTERS and letters[at + 1] in DIGITS for at in range(0, 2 * PAIRS, 2)
    )
    return letters if is_code else None

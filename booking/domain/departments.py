"""Which department a place lies in, from the codes that lists of places carry."""

from calendars.territories import MAINLAND, OVERSEAS

# Until 1976, and still in some lists: both departments of Corsica.
CORSICA = "20"
# Saint-Martin and Saint-Barthélemy kept the post codes of Guadeloupe.
POST_CODES = {"97133": "977", "97150": "978"}
# Post codes in 978 are those of Cedex in La Réunion; the others are the two halves of Corsica.
POST_PREFIXES = {"978": "974", "200": "2A", "201": "2A", "207": "2A"} | {f"20{n}": "2B" for n in (2, 3, 4, 5, 6)}


def department(said: str) -> str | None:
    """The department's number as the law writes it: "1" is "01", "2a" is "2A"; None when there is no such number."""
    number = said.upper().zfill(2)
    # Some lists write every department with three digits.
    number = number.removeprefix("0") if len(number) == 3 else number
    return number if number in MAINLAND or number in OVERSEAS or number == CORSICA else None


def of_commune(insee: str) -> str | None:
    """The department of a commune by its INSEE code; overseas it is the first three characters."""
    return _first(insee)


def of_postcode(postcode: str) -> str | None:
    """The department that a post code points to; a few communes are served from across the border."""
    return POST_CODES.get(postcode) or POST_PREFIXES.get(postcode[:3]) or _first(postcode)


def _first(code: str) -> str | None:
    if len(code) != 5:
        return None
    return department(code[:3] if code.startswith(("97", "98")) else code[:2])

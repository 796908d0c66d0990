"""One row of a list of staff: who, with which roles, in which agency, until when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from booking.domain.fields import Problems
from booking.domain.job_seekers import folded
from booking.domain.staff import Role
from booking.services import contacts
from booking.services.read_rows import ReadRow, Remark, read_texts
from booking.services.row_columns import matched, must_have
from booking.services.row_files import read

# Names as lists write them, without accents, blanks and underscores, the surest first.
COLUMNS = {
    "name": "nomcomplet name agent personne nom",
    "first_name": "prenom firstname",
    "email": "email courriel mail adresseemail e-mail",
    "sign_in_name": "identifiant login signinname",
    "roles": "roles role fonction",
    "agency": "agence agency codeagence safir codesafir code",
    "last_on": "fin datefin findeservice laston jusquau",
}
NEEDED = ("name", "roles", "agency")
LONGEST = {"name": 80, "first_name": 40, "email": 254, "sign_in_name": 80, "roles": 200, "agency": 120, "last_on": 30}
WORDS = {
    Role.ADVISER: "adviser conseil conseiller conseillere conseiller(e) conseillerere",
    Role.FACILITATOR: "facilitator animation animateur animatrice",
    Role.ASSISTANT: "assistant assistante assistance servicecivique volontaire",
    Role.MANAGER: "manager responsable directeur directrice",
    Role.ADMINISTRATOR: "administrator administrateur administratrice administration",
    Role.AUDITOR: "auditor auditeur auditrice audit",
}
_ROLES = {word: role for role, words in WORDS.items() for word in words.split()}
DAYS = ("%Y-%m-%d", "%d/%m/%Y")


@dataclass(slots=True)
class StaffRow:
    """What a row says of a member of staff, and in which columns; ``key`` tells people of one list apart. What is wrong
    refuses the row."""

    line: int
    name: str = ""
    email: str | None = None
    sign_in_name: str = ""
    agency: str = ""
    roles: tuple[Role, ...] = ()
    last_on: date | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)

    @property
    def key(self) -> str:
        """By what he signs in; the address where nothing else is said."""
        return (self.sign_in_name or self.email or "").strip().lower()


def staff_rows(content: bytes) -> list[StaffRow]:
    """The rows of a CSV or JSON file. Raises :class:`UnreadableFile`."""
    file = read(content)
    columns = matched(file, {}, COLUMNS)
    must_have(columns, NEEDED, file)
    return [_read(ReadRow(row, columns)) for row in file.rows]


def grouped(rows: Sequence[StaffRow]) -> list[list[StaffRow]]:
    """The rows of each person, in the order of the file; a row without a key stands alone."""
    groups: dict[object, list[StaffRow]] = {}
    for row in rows:
        groups.setdefault(row.key or row.line, []).append(row)
    return list(groups.values())


def _read(row: ReadRow) -> StaffRow:
    found = StaffRow(row.row.line, columns=row.columns)
    if row.row.fault:
        row.refuse("", row.row.fault)
    else:
        read_texts(row, LONGEST, required=NEEDED)
        found.name = f"{row.said('first_name')} {row.said('name')}".strip()
        found.sign_in_name, found.agency = row.said("sign_in_name"), row.said("agency")
        found.email, found.roles, found.last_on = _email(row), _roles(row), _day(row)
        if not found.key and not row.refusals:
            row.refuse("email", "required")
    found.remarks = row.refusals
    return found


def _email(row: ReadRow) -> str | None:
    problems = Problems()
    written = contacts.checked_email(row.said("email"), problems) if row.said("email") else None
    if problems.found:
        row.refuse("email", "no-such-email", row.said("email"))
    return written


def _roles(row: ReadRow) -> tuple[Role, ...]:
    said = [one.strip() for one in row.said("roles").replace(";", ",").replace("/", ",").split(",") if one.strip()]
    known = {one: _ROLES.get(folded(one).replace(" ", "")) for one in said}
    for one, role in known.items():
        if role is None:
            row.refuse("roles", "unknown-role", one)
    return tuple(dict.fromkeys(role for role in known.values() if role))


def _day(row: ReadRow) -> date | None:
    said = row.said("last_on")
    for form in DAYS:
        try:
            return datetime.strptime(said, form).date()  # noqa: DTZ007 - a day of the place
        except ValueError:
            continue
    if said:
        row.refuse("last_on", "no-such-day", said)
    return None

"""Being signed in: for how long, from where, and what stands between the password and it."""

import hmac
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import UUID

from booking.domain.limits import Patience
from booking.domain.staff import Role, Staff

# Wrong passwords: of one account from computers it does not know, of one computer that it knows, of one address.
BY_STRANGERS = Patience("strangers", 5)
BY_DEVICE = Patience("device", 5)
BY_ADDRESS = Patience("address", 20)
# Wrong codes of the second step, and wrong passwords of somebody who is signed in (a lock, a change).
BY_CODE = Patience("second-step", 5)
# What stands where nobody has chosen a password yet: none fits it.
NO_PASSWORD = "!"  # noqa: S105 - none at all
SECOND_STEP = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What an installation asks: when a sign-in that lies idle ends, when every one does, who needs a second factor,
    and how often a program may ask in a minute (0 is as often as it likes).

    Without ``passwords_for_all`` a password opens for who administers the network only: a way in that is left when no
    provider of identities answers.
    """

    idle: timedelta = timedelta(minutes=30)
    longest: timedelta = timedelta(hours=10)
    factor_roles: frozenset[Role] = frozenset()
    calls_a_minute: int = 3000
    passwords_for_all: bool = True

    def wants_factor(self, person: Staff) -> bool:
        """Whether a role of this person needs more than a password."""
        return any(role in self.factor_roles for _, role in person.roles)

    def lets_in_by_password(self, person: Staff) -> bool:
        """Whether this person signs in here and not at a provider only."""
        return self.passwords_for_all or (None, Role.ADMINISTRATOR) in person.roles


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks to be let in: the address, the computer in words, its marks, and the sign-in it has at present."""

    address: str = ""
    device: str = ""
    marks: str = field(default="", repr=False)
    secret: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """One sign-in, as its owner sees it."""

    id: UUID
    staff_id: UUID
    device: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    locked_at: datetime | None = None

    def is_alive(self, terms: Terms, now: datetime) -> bool:
        """Whether it neither ended nor lay idle too long."""
        return now < self.expires_at and now - self.seen_at < terms.idle


@dataclass(frozen=True, slots=True)
class Present:
    """A sign-in, and who is behind it."""

    sign_in: SignIn
    staff: Staff


def second_step(staff_id: UUID, password_hash: str, secret: bytes, now: datetime) -> str:
    """What shows that the password was right, for the ten minutes of the second step; a new password ends it."""
    until = int((now + SECOND_STEP).timestamp())
    return f"{staff_id.hex}.{until}.{_proof(staff_id, until, password_hash, secret)}"


def who_steps(said: str) -> UUID | None:
    """Whom it is about, before anything is proven."""
    try:
        return UUID(hex=said.partition(".")[0])
    except ValueError:
        return None


def is_second_step(said: str, staff_id: UUID, password_hash: str, secret: bytes, now: datetime) -> bool:
    """Whether the password was right, and not too long ago."""
    _, _, rest = said.partition(".")
    until, _, proof = rest.partition(".")
    if not (until.isascii() and until.isdecimal() and len(until) < 12 and proof.isascii()):
        return False
    is_in_time = datetime.fromtimestamp(int(until), UTC) > now
    return is_in_time and hmac.compare_digest(proof, _proof(staff_id, int(until), password_hash, secret))


def _proof(staff_id: UUID, until: int, password_hash: str, secret: bytes) -> str:
    about = b"second-step\0%b\0%d\0%b" % (staff_id.bytes, until, password_hash.encode())
    return hmac.digest(secret, about, sha256).hex()

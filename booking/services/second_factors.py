"""The second factor: codes of a telephone (RFC 6238), and ten codes on paper for the day it is lost."""

import hmac
import secrets
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

import pyotp

from booking.domain.errors import FactorNeeded, FactorStands, WrongCode
from booking.domain.sign_ins import Terms
from booking.domain.sites import Site
from booking.domain.staff import Staff
from booking.domain.staff_messages import StaffMessageKind
from booking.services.accounts import as_known, digest
from booking.services.ciphers import Unreadable, decrypted, encrypted
from booking.services.telling_accounts import tell
from booking.storage import audit, second_factors, sign_ins, staff
from booking.storage.database import Database, Tx
from booking.storage.second_factors import SecondFactor

PURPOSE = "second factor"
STEP_SECONDS = 30
RECOVERY_CODES = 10
# No sign that is mistaken for another on paper; sixteen of them are 79 bits.
SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Draft:
    """A factor to be put into a telephone: as text, and as what a camera reads."""

    secret: str = field(repr=False)
    address: str = field(repr=False)

    @property
    def groups(self) -> str:
        """The secret as one types it."""
        return " ".join(self.secret[n : n + 4] for n in range(0, len(self.secret), 4))


@dataclass(frozen=True, slots=True)
class Standing:
    """Since when somebody has a factor (None: none), how many recovery codes are left, and whether he must have one."""

    since: datetime | None
    codes_left: int
    is_needed: bool


async def standing(db: Database, person: Staff, *, terms: Terms) -> Standing:
    """How it stands with somebody's second factor."""
    async with db.reading() as tx:
        factor = await second_factors.of_staff(tx, person.id)
        left = await second_factors.codes_left(tx, person.id)
    return Standing(factor.confirmed_at if factor else None, left, terms.wants_factor(person))


async def prepare(db: Database, person: Staff, *, site: Site, now: datetime) -> Draft:
    """A factor that counts once a code of it is said; asked again, it is the same. Raises :class:`FactorStands`."""
    async with db.transaction() as tx:
        factor = await second_factors.of_staff(tx, person.id, for_update=True)
        if factor and factor.confirmed_at:
            raise FactorStands
        secret = _readable(factor, site) if factor else None
        if secret is None:
            secret = pyotp.random_base32()
            sealed = encrypted(secret, site.secret, PURPOSE, person.id.bytes)
            new = SecondFactor(staff_id=person.id, sealed=sealed, created_at=now)
            await second_factors.replace(tx, new)
    where = site.url.partition("//")[2]
    return Draft(secret, pyotp.TOTP(secret).provisioning_uri(name=person.sign_in_name, issuer_name=f"Ateliers {where}"))


async def confirm(db: Database, person: Staff, code: str, *, site: Site, now: datetime) -> list[str]:
    """The factor counts from now on; the recovery codes, which nobody is told again.

    Raises :class:`WrongCode`, :class:`FactorStands`.
    """
    async with db.transaction() as tx:
        factor = await second_factors.of_staff(tx, person.id, for_update=True)
        if factor and factor.confirmed_at:
            raise FactorStands
        number = _number(factor, code, site, now) if factor else None
        if factor is None or number is None:
            raise WrongCode
        await second_factors.change(tx, replace(factor, confirmed_at=now, last_number=number))
        codes = await _new_codes(tx, person.id)
        await audit.record(tx, person, "factor-added", "staff", person.id, now)
        await tell(tx, StaffMessageKind.FACTOR_CHANGED, person.id, now)
    return codes


async def is_right(db: Database, staff_id: UUID, code: str, *, site: Site, now: datetime) -> bool:
    """Whether this is the code of the moment or a recovery code; each is used up by it."""
    async with db.transaction() as tx:
        factor = await second_factors.of_staff(tx, staff_id, for_update=True)
        if factor is None or factor.confirmed_at is None:
            return False
        number = _number(factor, code, site, now)
        if number is not None:
            await second_factors.change(tx, replace(factor, last_number=number))
            return True
        if not await second_factors.use_code(tx, staff_id, digest(_plain(code)), now):
            return False
        await audit.record(tx, None, "recovery-code-used", "staff", staff_id, now)
    return True


async def renew_codes(db: Database, *, by: Staff, now: datetime) -> list[str]:
    """Ten new recovery codes; those before open nothing. Raises :class:`WrongCode` without a factor."""
    async with db.transaction() as tx:
        factor = await second_factors.of_staff(tx, by.id, for_update=True)
        if factor is None or factor.confirmed_at is None:
            raise WrongCode
        codes = await _new_codes(tx, by.id)
        await audit.record(tx, by, "recovery-codes-renewed", "staff", by.id, now)
    return codes


async def give_up(db: Database, *, by: Staff, terms: Terms, now: datetime) -> None:
    """Sign in by the password alone again. Raises :class:`FactorNeeded` where a role needs more."""
    if terms.wants_factor(by):
        raise FactorNeeded
    async with db.transaction() as tx:
        await take_away(tx, by.id, by=by, now=now)


async def lose(db: Database, sign_in_name: str, *, now: datetime) -> bool:
    """Take somebody's factor away, for an operator; False for an unknown name."""
    async with db.transaction() as tx:
        found = await staff.credentials(tx, as_known(sign_in_name))
        if found:
            await take_away(tx, found[0], by=None, now=now)
            await sign_ins.end_all(tx, found[0])
    return found is not None


async def take_away(tx: Tx, staff_id: UUID, *, by: Staff | None, now: datetime) -> None:
    """Somebody's factor is gone, and he is told."""
    if await second_factors.remove(tx, staff_id):
        await audit.record(tx, by, "factor-removed", "staff", staff_id, now)
        await tell(tx, StaffMessageKind.FACTOR_CHANGED, staff_id, now)


def _number(factor: SecondFactor, code: str, site: Site, now: datetime) -> int | None:
    """The number of the code that was said, a step early or late; none that was used, or is older than one that was."""
    said, secret = _plain(code), _readable(factor, site)
    present = int(now.timestamp()) // STEP_SECONDS
    if secret is None:
        return None
    codes = pyotp.HOTP(secret)
    near = range(max(present - 1, factor.last_number + 1), present + 2)
    return next((n for n in near if hmac.compare_digest(codes.at(n), said)), None)


def _readable(factor: SecondFactor, site: Site) -> str | None:
    """None where the installation has another secret now: then an administrator takes the factor away."""
    try:
        return decrypted(factor.sealed, site.secret, PURPOSE, factor.staff_id.bytes)
    except Unreadable:
        return None


async def _new_codes(tx: Tx, staff_id: UUID) -> list[str]:
    drawn = ("".join(secrets.choice(SIGNS) for _ in range(16)) for _ in range(RECOVERY_CODES))
    codes = ["-".join(one[n : n + 4] for n in range(0, 16, 4)) for one in drawn]
    await second_factors.set_codes(tx, staff_id, [digest(_plain(code)) for code in codes])
    return codes


def _plain(code: str) -> str:
    """As it counts: without blanks and hyphens; what is no code stays none."""
    said = "".join(code.split()).replace("-", "").lower()
    return said if said.isascii() else ""

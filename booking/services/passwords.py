"""Passwords: which ones may be chosen, and how they are kept and tried."""

import asyncio
import secrets
import unicodedata
from collections.abc import Iterable

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn

from booking.domain.fields import Problems, has_hidden_characters
from booking.domain.sign_ins import NO_PASSWORD

SHORTEST, LONGEST = 12, 200
# What takes fewer than a hundred million guesses, by lists of passwords that leaked, words, keyboards and repeats.
WEAK = 3
READ = 72  # the estimate looks no further; what is longer is hashed whole
# What a stranger would try first of all here.
OWN_WORDS = """
    atelier ateliers agence agences francetravail france travail poleemploi emploi emplois conseiller conseillere
    animateur animatrice responsable numerique inscription bienvenue formation insertion grenoble lyon villeurbanne
    motdepasse azerty azertyuiop qsdfghjklm wxcvbn soleil bonjour doudou chouchou loulou marseille paris
""".split()

# About 46 MiB and 48 ms a try (OWASP's first argon2id setting); four at once, so that signing in cannot fill memory.
_hasher = PasswordHasher(time_cost=1, memory_cost=47104, parallelism=1)
_at_once = asyncio.Semaphore(4)
# Tried when the name is unknown, so that unknown and wrong take the same time.
NOBODY = _hasher.hash(secrets.token_hex())


def check(problems: Problems, password: str, about: Iterable[str], field: str = "password") -> None:
    """Note what speaks against this password: ``too-short``, ``too-long``, ``bad-characters``, ``too-common``.

    ``about`` are words of its owner: names, an address.
    """
    if len(password) < SHORTEST:
        problems.add(field, "too-short")
    if len(password) > LONGEST:
        problems.add(field, "too-long")
    if has_hidden_characters(password):
        problems.add(field, "bad-characters")
    if field not in problems.found and is_common(password, about):
        problems.add(field, "too-common")


def is_common(password: str, about: Iterable[str] = ()) -> bool:
    """Whether it would be among the first guesses."""
    own = [word for said in about for word in (said, *said.replace("@", " ").replace(".", " ").split())]
    return int(zxcvbn(password[:READ], user_inputs=[*OWN_WORDS, *own])["score"]) < WEAK


async def hashed(password: str) -> str:
    """What is kept of it."""
    async with _at_once:
        return await asyncio.to_thread(_hasher.hash, _as_typed(password))


async def fits(password: str, known: str) -> bool:
    """Whether it is the one that is kept; what is kept for nobody costs as much as any other."""
    wanted = NOBODY if known == NO_PASSWORD else known
    async with _at_once:
        try:
            return await asyncio.to_thread(_hasher.verify, wanted, _as_typed(password)) and wanted is known
        except (VerificationError, InvalidHashError, UnicodeEncodeError):
            return False


def is_outdated(known: str) -> bool:
    """Whether it was kept with less care than is taken now."""
    return _hasher.check_needs_rehash(known)


def _as_typed(password: str) -> str:
    """The same on every keyboard: an accent may be one sign or two (NIST SP 800-63B, 3.1.1.2)."""
    return unicodedata.normalize("NFKC", password)

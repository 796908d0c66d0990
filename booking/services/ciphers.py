"""What the database must not give away, but the program must read again: encrypted with the installation's secret."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import cache
from secrets import token_bytes

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE_BYTES = 12


class Unreadable(Exception):
    """This was encrypted with another secret, for another purpose, or was changed since."""


def encrypted(text: str, secret: bytes, purpose: str, about: bytes) -> str:
    """The text, unreadable without the secret, and of no use for anything or anybody else (AES-256-GCM)."""
    nonce = token_bytes(NONCE_BYTES)
    return urlsafe_b64encode(nonce + _key(secret, purpose).encrypt(nonce, text.encode(), about)).decode()


def decrypted(kept: str, secret: bytes, purpose: str, about: bytes) -> str:
    """The text again. Raises :class:`Unreadable`."""
    raw = urlsafe_b64decode(kept)
    try:
        return _key(secret, purpose).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], about).decode()
    except InvalidTag as error:
        raise Unreadable from error


@cache
def _key(secret: bytes, purpose: str) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt=None, info=f"ateliers {purpose}".encode()).derive(secret))

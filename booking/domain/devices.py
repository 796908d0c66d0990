"""The computer somebody signs in from: what people call it, and the mark by which it is known to that person.

The mark is no sign-in. Whoever has it waits for his own wrong tries only, so that nobody can shut him out from afar
(OWASP, "Slow down online guessing attacks with device cookies").
"""

import hmac
import secrets
from base64 import urlsafe_b64encode
from hashlib import sha256

MARKS = 8  # people of one desk who share it
NONCE, PROOF = 16, 22
# What stands in a User-Agent, and what people call it; the first that is found counts.
BROWSERS = (
    ("edg/", "Edge"),
    ("opr/", "Opera"),
    ("samsungbrowser/", "Samsung Internet"),
    ("firefox/", "Firefox"),
    ("fxios/", "Firefox"),
    ("chrome/", "Chrome"),
    ("crios/", "Chrome"),
    ("safari/", "Safari"),
)
SYSTEMS = (
    ("iphone", "iPhone"),
    ("ipad", "iPad"),
    ("android", "Android"),
    ("windows", "Windows"),
    ("mac os", "Mac"),
    ("cros", "ChromeOS"),
    ("linux", "Linux"),
)


def device_of(user_agent: str | None) -> str:
    """``Firefox, Windows``; empty where nothing is known."""
    said = (user_agent or "").lower()
    found = (next((name for sign, name in names if sign in said), "") for names in (BROWSERS, SYSTEMS))
    return ", ".join(filter(None, found))


def known_as(marks: str, sign_in_name: str, secret: bytes) -> str | None:
    """The mark that this person left on this computer; None where there is none."""
    fitting = (one for one in marks.split(".")[:MARKS] if _is_proven(one, sign_in_name, secret))
    return next(fitting, None)


def marked(marks: str, sign_in_name: str, secret: bytes) -> str:
    """The marks of a computer with a new one of this person, the latest first."""
    nonce = secrets.token_urlsafe(NONCE * 3 // 4)
    others = [one for one in marks.split(".") if _has_form(one) and not _is_proven(one, sign_in_name, secret)]
    return ".".join([nonce + _proof(nonce, sign_in_name, secret), *others[: MARKS - 1]])


def _has_form(mark: str) -> bool:
    return len(mark) == NONCE + PROOF and mark.isascii()


def _is_proven(mark: str, sign_in_name: str, secret: bytes) -> bool:
    nonce, said = mark[:NONCE], mark[NONCE:]
    return _has_form(mark) and hmac.compare_digest(said, _proof(nonce, sign_in_name, secret))


def _proof(nonce: str, sign_in_name: str, secret: bytes) -> str:
    about = f"device\0{nonce}\0{sign_in_name}".encode(errors="replace")
    return urlsafe_b64encode(hmac.digest(secret, about, sha256)[:16]).decode().rstrip("=")

"""A page that stands inside the page of a town: it is framed by anybody, reads no cookie, and needs no script."""

import hashlib
from functools import cache
from typing import Any

from booking.web.headers import POLICY, SHARED
from booking.web.templating import TEMPLATES, asset, environment

TEMPLATE, NOBODY = "agencies/embedded.html", "agencies/embedded_nobody.html"
HTML = "text/html; charset=utf-8"
# What every page says, but that others may frame this one.
FRAMED = {"content-security-policy": POLICY.replace("frame-ancestors 'none'", "frame-ancestors *"), **SHARED}
# A page of ours that frames another of ours, to show what it looks like.
FRAMING = {"content-security-policy": f"{POLICY}; frame-src 'self'"}


def rendered(template: str, language: str, **shown: Any) -> bytes:
    """The page in this language, whoever reads it."""
    return environment(language).get_template(template).render(shown).encode()


@cache
def print_of_template() -> str:
    """What the page looks like: with another look, its tag is another."""
    looks = (TEMPLATES / TEMPLATE).read_text() + asset("embedded.css")
    return hashlib.sha256(looks.encode()).hexdigest()[:16]

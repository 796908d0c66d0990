"""The address of a person's own page: the code of the booking, and a proof that nobody can guess.

Whoever has the address may do what the person may. It is made anew each time, so that no database gives it away.
"""

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256

from booking.domain.bookings import Booking
from booking.domain.cases import Case
from booking.domain.sites import Site
from calendars.zones import midnight, today

PROOF_BYTES = 12
PROOF_LENGTH = 16


def proof(booking: Booking, site: Site) -> str:
    """Sixteen characters that only this installation can write (HMAC, RFC 2104; base64url, RFC 4648, 5).

    They are others for each version of the link, so that one that got into wrong hands can be given up.
    """
    made = hmac.digest(site.secret, b"page" + booking.id.bytes + b"%d" % booking.link_version, sha256)
    return urlsafe_b64encode(made[:PROOF_BYTES]).decode()


def path_of(booking: Booking, site: Site) -> str:
    """The page of this booking: ``/p/K7M4P2/…``."""
    return f"/p/{booking.code}/{proof(booking, site)}"


def address_of(booking: Booking, site: Site) -> str:
    """The same, as one types it into a browser."""
    return site.url + path_of(booking, site)


def proven(said: str, candidates: Iterable[Booking], site: Site) -> Booking | None:
    """The booking whose proof was said; each is compared in constant time, and all of them."""
    fits = [one for one in candidates if hmac.compare_digest(_core(proof(one, site)), _core(said))]
    return fits[0] if fits else None


def _core(said: str) -> bytes:
    """Without a hyphen at the end, which telephones that make a link of an address leave out."""
    return said.rstrip("-").encode(errors="replace")


def expires_at(case: Case) -> datetime:
    """The end of the day of the last meeting, by the clock of the place."""
    return ends_at(case.session.ends_at, case.agency.time_zone)


def ends_at(last: datetime, zone: str) -> datetime:
    """The end of the day of this instant, by the clock of the place."""
    return midnight(today(last, zone) + timedelta(days=1), zone)

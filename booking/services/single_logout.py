"""Signing out on both sides: of the provider when somebody signs out here, and here when the provider says so."""

from datetime import datetime, timedelta
from uuid import UUID

from authlib.common.urls import add_params_to_uri

from booking.delivery.id_tokens import OLDEST_ORDER, SKEW, NotBelieved
from booking.delivery.issuers import Issuers, NotAnswered
from booking.domain.issuers import Failure
from booking.domain.limits import MINUTE, Rate
from booking.domain.sites import Site
from booking.services import limits
from booking.services.accounts import digest
from booking.services.ciphers import Unreadable, decrypted
from booking.services.identifying import PURPOSE
from booking.services.issuer_states import failed
from booking.storage import audit, identities
from booking.storage.database import Database

NOT_BELIEVED = Rate("orders-not-believed", 20, 15 * MINUTE)
ORDER_KEPT = timedelta(seconds=OLDEST_ORDER + 2 * SKEW)


async def way_out(db: Database, issuers: Issuers, sign_in_id: UUID, *, site: Site, now: datetime) -> str | None:
    """Where the sign-in at the provider ends, too (RP-Initiated Logout 2); None where there is nothing to end."""
    async with db.reading() as tx:
        issued = await identities.issued(tx, sign_in_id)
    issuer = next((one for one in issuers if issued and one.url == issued.issuer), None)
    if issued is None or issuer is None:
        return None
    try:
        end = (await issuers.doors(issuer, now)).end
        hint = decrypted(issued.sealed, site.secret, PURPOSE, sign_in_id.bytes)
    except (NotAnswered, Unreadable):
        return None
    said = {"id_token_hint": hint, "client_id": issuer.client_id, "post_logout_redirect_uri": f"{site.url}/connexion"}
    return add_params_to_uri(end, list(said.items())) if end else None  # type: ignore[no-any-return]


async def obey(db: Database, issuers: Issuers, name: str, token: str, *, address: str, now: datetime) -> int:
    """End what the provider orders to end (Back-Channel Logout 2.7), each order once; returns how many.

    Raises :class:`NotFound`, :class:`IssuerFailed`, and :class:`TooManyRequests` for an address from which too many
    were not believed: each of those leaves a line in the audit, which nobody can take out again.
    """
    issuer = issuers.named(name)
    try:
        said = await issuers.ordered(issuer, token, now)
    except NotAnswered as failure:
        raise await failed(db, issuer, failure.args[0], now) from failure
    except NotBelieved as failure:
        await limits.spend(db, NOT_BELIEVED, address, now=now)
        raise await failed(db, issuer, Failure.BAD_ORDER, now) from failure
    async with db.transaction() as tx:
        is_new = await identities.take_order(tx, digest(f"{issuer.url} {said['jti']}"), now + ORDER_KEPT)
        ended = await identities.end_issued(tx, issuer.url, said.get("sub"), said.get("sid")) if is_new else []
        for sign_in_id, _ in ended:
            await audit.record(tx, None, "issuer-signed-out", "sign_in", sign_in_id, now, issuer=issuer.name)
    if not is_new:
        await limits.spend(db, NOT_BELIEVED, address, now=now)
        raise await failed(db, issuer, Failure.BAD_ORDER, now)
    return len(ended)

"""Note where a request comes from, before anything is done for it."""

from booking.domain.origins import Origin, Via, come, place_of
from booking.services.accounts import digest
from booking.web.security import AnyRequest, secret_of

SHORT = 8


async def note_origin(request: AnyRequest) -> None:
    """By page or by API, from which part of the network, and the short name of the sign-in or the token."""
    is_program = request.url.path.startswith("/api")
    token = request.headers.get("authorization", "").partition(" ")[2].strip()
    secret = token if is_program else secret_of(request, request.app.state["site"])
    place = place_of(request.client.host if request.client else None)
    come(Origin(Via.API if is_program else Via.PAGE, place, digest(secret)[:SHORT] if secret else None))

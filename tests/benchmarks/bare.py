"""The cheapest answer there is under the same server: so many bytes that never change, or 304."""

from typing import Any

BODIES: dict[str, bytes] = {}


def app() -> Any:
    """An ASGI application without a framework: /304, or /12345 for that many bytes."""
    return _answer


async def _answer(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] != "http":
        return
    asked = scope["path"][1:]
    is_unchanged = asked == "304"
    if not is_unchanged and asked not in BODIES:
        BODIES[asked] = b"x" * int(asked)
    body = b"" if is_unchanged else BODIES[asked]
    headers = [(b"content-type", b"text/calendar; charset=utf-8")]
    headers += [] if is_unchanged else [(b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 304 if is_unchanged else 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})

"""What every answer carries, errors too: it says nothing to strangers, loads nothing from them, and can be traced."""

from litestar.types import Message, Scope

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        # Parts of our own pages, put in their place by our own script, and nothing else becomes HTML; and the worker
        # that keeps rolls.
        "trusted-types parts worker",
    )
)
ALWAYS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cache-control": "no-store",
}
USUAL = [(name.encode(), value.encode()) for name, value in ALWAYS.items()]


async def add_headers(message: Message, scope: Scope) -> None:
    """Before an answer starts: the usual headers, unless the answer has its own; personal pages are not stored."""
    if message["type"] != "http.response.start":
        return
    own = {name.lower() for name, _ in message["headers"]}
    message["headers"] = [*message["headers"], *(usual for usual in USUAL if usual[0] not in own)]

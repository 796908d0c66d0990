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
        "trusted-types parts search worker",
    )
)
ALWAYS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "cache-control": "no-store",
}
# Two years, as lists of browsers want it; sent only where the public address is https (RFC 6797, 7.2).
HSTS = "max-age=63072000; includeSubDomains"
# What pages and scripts of other sites may show.
SHARED = {"cross-origin-resource-policy": "cross-origin"}
USUAL = [(name.encode(), value.encode()) for name, value in ALWAYS.items()]
USUAL_BY_HTTPS = [*USUAL, (b"strict-transport-security", HSTS.encode())]


async def add_headers(message: Message, scope: Scope) -> None:
    """Before an answer starts: the usual headers, unless the answer has its own; personal pages are not stored."""
    if message["type"] != "http.response.start":
        return
    is_https = scope["litestar_app"].state["site"].url.startswith("https:")
    own = {name.lower() for name, _ in message["headers"]}
    usual = USUAL_BY_HTTPS if is_https else USUAL
    message["headers"] = [*message["headers"], *(one for one in usual if one[0] not in own)]

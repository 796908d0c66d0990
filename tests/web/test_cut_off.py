"""A form that is cut off in the middle, because who sent it went away, is nobody's fault."""

import pytest
from structlog.testing import capture_logs

from booking.web.security import cookie_name
from tests.given import SITE, World
from tests.web.given import Browsers

FORM = b"application/x-www-form-urlencoded"


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_a_form_cut_off_in_the_middle_is_no_failure_of_the_server(world: World, browsers: Browsers) -> None:
    secret = (await browsers.of(world.adviser)).secret
    scope = browsers_scope("/placer/inscrire", f"{cookie_name(SITE)}={secret}")
    came = iter([{"type": "http.request", "body": b"form_to", "more_body": True}, {"type": "http.disconnect"}])
    said: list[dict[str, object]] = []

    async def receive() -> dict[str, object]:
        return next(came)

    async def send(message: dict[str, object]) -> None:
        said.append(message)

    with capture_logs() as lines:
        await browsers.app(scope, receive, send)  # type: ignore[arg-type]

    assert [line for line in lines if line["log_level"] == "error"] == []
    assert said[0]["status"] == 400


def browsers_scope(path: str, cookie: str) -> dict[str, object]:
    """A form on its way, as a server hands it over."""
    headers = [(b"host", SITE.url.partition("//")[2].encode()), (b"content-type", FORM), (b"cookie", cookie.encode())]
    return {
        "type": "http",
        "http_version": "1.1",
        "method": "POST",
        "scheme": "https",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": headers,
        "client": ("127.0.0.1", 4000),
        "server": ("127.0.0.1", 443),
        "extensions": {},
    }

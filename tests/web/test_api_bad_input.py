"""Whatever is sent, the answer is a refusal that a program can read, and never an error of ours."""

import pytest

from booking.domain.staff import Role
from tests.given import World
from tests.web.operations import every, things
from tests.web.programs import Programs

pytestmark = pytest.mark.parametrize("url", ["postgresql"], indirect=True)

JSON = {"content-type": "application/json"}
DEEP = b"[" * 60_000
HOSTILE_BODIES = (
    b"",
    b"\xff\xfe",
    b"\x00",
    b"{",
    b"[]",
    b"null",
    b"true",
    b'"text"',
    b"NaN",
    b'{"a": NaN}',
    b"{}",
    b'{"a": 1}',
    b'{"\xff": 1}',
    b'{"a": "\xff"}',
    b'{"a": "\\ud800"}',
    b'{"a": "\\u0000"}',
    b'{"\\u0000": 1}',
    b'{"a": 1e999}',
    b'{"a": ' + b"9" * 5000 + b"}",
    DEEP,
    b'{"a":' + DEEP,
    b"[" * 900 + b"]" * 900,
    b"\xef\xbb\xbf{}",
    b"x" * 70_000,
)
# What a right body becomes, value by value.
HOSTILE_VALUES = (
    None,
    True,
    -1,
    0,
    10**30,
    1.5,
    "",
    " ",
    "\x00",
    "a\x00b",
    "\u202eabc",
    "\x1b[31m",
    "a" * 50_000,
    "=1+1",
    "' OR 1=1 --",
    "{{ 7*7 }}",
    [],
    {},
    [[[]]],
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-12:00",
    "2026-11-24T09:30:00",
    "2026-02-30T09:30:00Z",
    "00000000-0000-0000-0000-000000000000",
)
HOSTILE_IDS = (
    "0",
    "-1",
    "null",
    "%00",
    "%ff",
    "..%2f..%2f",
    "a" * 3000,
    "{}",
    "{00000000-0000-7000-8000-000000000000}",
    "00000000-0000-7000-8000-000000000000%00",
    "é",
)
HOSTILE_QUERIES = (
    "?x=1",
    "?limit=0",
    "?limit=-1",
    "?limit=99999999999999999999",
    "?limit=a",
    "?limit=%00",
    "?limit=1&limit=2",
    "?after=%00",
    "?after=%ff",
    "?after=AAAA",
    "?after=W10",
    "?after=é",
    "?from=0001-01-01T00:00:00%2B14:00",
    "?before=9999-12-31T23:59:59-12:00",
    "?from=2026-11-24T09:30:00",
    "?from=NaN&before=inf",
    "?q=%00",
    "?q=%ff%fe",
    "?q=" + "a" * 5000,
    "?q=%25_%5C%27",
    "?state=%00",
    "?with_room=perhaps",
    "?agency=%00",
    "?%00=1",
    "?" + "&".join(f"a{n}=1" for n in range(1500)),
)
HOSTILE_TOKENS = (
    "",
    "Bearer",
    "Bearer ",
    "Bearer \xff",
    "Bearer " + "a" * 5000,
    "Bearer at_live_0_0",
    "Basic YTpi",
    "Bearer ' OR 1=1",
)
HOSTILE_HEADERS = (
    {"Idempotency-Key": ""},
    {"Idempotency-Key": " "},
    {"Idempotency-Key": "\xe9"},
    {"Idempotency-Key": "a" * 256},
    {"If-Match": ""},
    {"If-Match": "\xff"},
    {"If-Match": '"99999999999999999999999"'},
    {"Accept-Language": "\xff;q=x,,,"},
    {"Accept": "text/nothing"},
    {"Cookie": "ateliers=\xff; a"},
)
HOSTILE_TYPES = ("", "text/plain", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data", "é/é")


def refused(answer, asked) -> None:
    """The answer is a problem that the description announces."""
    assert 400 <= answer.status_code < 500, (asked.name, answer.status_code, answer.text)
    assert answer.headers["content-type"] == "application/problem+json", asked.name
    told = answer.json()
    assert told["status"] == answer.status_code
    assert told["type"] and told["title"] and told["reference"]
    assert answer.status_code in asked.statuses | {404, 405, 413}, (asked.name, told)


def unharmed(answer, asked) -> None:
    """The answer is none of our errors; a refusal is a problem."""
    assert answer.status_code < 500, (asked.name, answer.status_code, answer.text)
    if answer.status_code >= 400:
        refused(answer, asked)


@pytest.fixture
async def wide(world: World, programs: Programs):
    """Somebody who may everything, and every operation with a right request."""
    found = await things(world)
    ask = await programs.of(await world.staff(Role.ADMINISTRATOR, None, "Ada"))
    schema = (await ask("GET", "/api/openapi.json")).json()
    return ask, list(every(schema, found)), schema


async def test_no_body_breaks_anything(wide) -> None:
    ask, operations, _ = wide

    for asked in operations:
        for body in HOSTILE_BODIES if asked.body else ():
            refused(await ask(asked.method, asked.path, headers=asked.headers | JSON, content=body), asked)


def with_one(body: object, value: object) -> list[object]:
    """The body with this value in each place, one at a time."""
    if isinstance(body, list):
        return [[value], *([one] for first in body[:1] for one in with_one(first, value))]
    return [body | {name: value} for name in body] if isinstance(body, dict) else []


async def test_no_value_breaks_anything(wide) -> None:
    ask, operations, _ = wide

    for asked in operations:
        for value in HOSTILE_VALUES:
            for body in with_one(asked.body, value):
                unharmed(await ask(asked.method, asked.path, body, asked.headers), asked)


async def test_no_body_is_read_as_something_else(wide) -> None:
    ask, operations, _ = wide

    for asked in operations:
        for kind in HOSTILE_TYPES if asked.body else ():
            headers = asked.headers | {"content-type": kind.encode("latin-1")}
            answer = await ask(asked.method, asked.path, headers=headers, content=b"{}")

            assert (answer.status_code, answer.json()["type"]) == (415, "wrong-content-type"), (asked.name, kind)


async def test_no_identifier_breaks_anything(wide) -> None:
    ask, operations, _ = wide

    for asked in operations:
        for id in HOSTILE_IDS if "{" in asked.template else ():
            path = asked.template.format_map(Anything(id))
            refused(await ask(asked.method, path, asked.body, asked.headers), asked)


class Anything(dict):
    """The same value for every name."""

    def __init__(self, value: str) -> None:
        self.value = value

    def __missing__(self, name: str) -> str:
        return self.value


async def test_no_query_breaks_anything(wide) -> None:
    ask, operations, _ = wide

    for asked in operations:
        for query in HOSTILE_QUERIES if asked.method == "GET" else ():
            unharmed(await ask(asked.method, asked.path.partition("?")[0] + query), asked)


async def test_no_header_breaks_anything(wide) -> None:
    ask, operations, _ = wide

    for asked in operations:
        for headers in HOSTILE_HEADERS:
            raw = {name: value.encode("latin-1") for name, value in (asked.headers | headers).items()}
            unharmed(await ask(asked.method, asked.path, asked.body, raw), asked)


async def test_no_token_breaks_anything(wide, programs: Programs) -> None:
    _, operations, _ = wide
    ask = programs.nobody()

    for asked in operations:
        for token in HOSTILE_TOKENS:
            raw = asked.headers | {"authorization": token.encode("latin-1")}
            answer = await ask(asked.method, asked.path, asked.body, raw)

            assert answer.status_code == 401, (asked.name, token)


async def test_no_other_method_is_answered(wide) -> None:
    ask, operations, schema = wide

    for asked in operations:
        for method in ("PATCH", "TRACE", "PROPFIND", "FOO"):
            answer = await ask(method, asked.path.partition("?")[0])

            assert (answer.status_code, answer.json()["type"]) == (405, "method-not-allowed")
            assert set(answer.headers["allow"].split(", ")) >= {m.upper() for m in schema["paths"][asked.template]}


@pytest.mark.parametrize(
    ("body", "kind", "pointer"),
    [
        (b'{"job_seeker_id": "x', "malformed-body", None),
        (b'{"job_seeker_id": "\xff"}', "malformed-body", None),
        (b'{"other": ' + DEEP, "malformed-body", None),
        (b"", "malformed-body", None),
        (b"{}", "invalid-request", "/job_seeker_id"),
        (b'{"job_seeker_id": 7}', "invalid-request", "/job_seeker_id"),
        (b'{"job_seeker_id": "00000000-0000-7000-8000-000000000000", "x": 1}', "invalid-request", "/x"),
        (b'{"job_seeker_id": "00000000-0000-7000-8000-000000000000", "if_full": "?"}', "invalid-request", "/if_full"),
        (b"[]", "invalid-request", ""),
    ],
)
async def test_a_wrong_body_is_told_where_it_is_wrong(
    world: World, programs: Programs, body: bytes, kind: str, pointer: str | None
) -> None:
    session = await world.session()
    ask = await programs.of(world.adviser)

    answer = await ask("POST", f"/sessions/{session.id}/bookings", headers=JSON, content=body)

    assert (answer.status_code, answer.json()["type"]) == (400, kind)
    assert [error["pointer"] for error in answer.json().get("errors", [])] == ([] if pointer is None else [pointer])


async def test_a_field_deep_inside_is_named(world: World, programs: Programs) -> None:
    ask = await programs.of(world.manager)
    meeting = {"starts_at": "2026-11-24T09:30:00", "ends_at": "2026-11-24T11:30:00+01:00"}
    body = {"agency_id": str(world.agency.id), "workshop_id": str(world.workshop.id), "capacity": 8}

    answer = await ask("POST", "/sessions", body | {"meetings": [meeting]})

    assert answer.json()["errors"][0]["pointer"] == "/meetings/0/starts_at"
    assert answer.json()["errors"][0]["code"] == "no-time-zone"

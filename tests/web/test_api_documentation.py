"""The description of the API: whole, true, and readable without a script."""

import re

import pytest

from booking.domain.errors import Refused
from booking.web.api.documentation import problems
from booking.web.errors import REFUSALS
from tests.web.programs import Programs

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


async def test_every_operation_says_what_it_does_and_what_it_refuses(programs: Programs) -> None:
    schema = (await programs.nobody()("GET", "/api/openapi.json")).json()

    for path, item in schema["paths"].items():
        for method, operation in item.items():
            where = f"{method} {path}"
            assert operation["summary"] and operation["description"], where
            assert operation["security"] == [{"bearer": []}], where
            refusals = {status: said for status, said in operation["responses"].items() if status >= "400"}
            assert {"400", "401", "503"} <= refusals.keys(), where
            assert all("application/problem+json" in said["content"] for said in refusals.values()), where


async def test_every_kind_is_described(programs: Programs) -> None:
    schema = (await programs.nobody()("GET", "/api/openapi.json")).json()

    assert not [name for name, kind in schema["components"]["schemas"].items() if not kind.get("description")]


async def test_pages_are_no_operations(programs: Programs) -> None:
    schema = (await programs.nobody()("GET", "/api/openapi.json")).json()

    assert all(path.startswith("/api/v1/") for path in schema["paths"])


async def test_the_page_shows_every_operation_kind_and_problem(programs: Programs) -> None:
    schema = (await programs.nobody()("GET", "/api/openapi.json")).json()

    page = await programs.nobody()("GET", "/api")

    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    ids = set(re.findall(r' id="([^"]+)"', page.text))
    assert {operation["operationId"] for item in schema["paths"].values() for operation in item.values()} <= ids
    assert {f"kind-{name}" for name in schema["components"]["schemas"]} <= ids
    assert {kind for _, kind, _, _ in problems()} <= ids


async def test_every_link_of_the_page_leads_somewhere(programs: Programs) -> None:
    page = (await programs.nobody()("GET", "/api")).text

    anchors = set(re.findall(r'href="#([^"]+)"', page))

    assert anchors
    assert anchors <= set(re.findall(r' id="([^"]+)"', page))


async def test_the_page_needs_nobody_elsewhere(programs: Programs) -> None:
    page = await programs.nobody()("GET", "/api")

    assert not re.findall(r'(?:src|href)="(?:https?:)?//', page.text)
    assert not re.findall(r"<script(?![^>]*src=)|<style|\sstyle=|\son\w+=", page.text)
    assert "unsafe" not in page.headers["content-security-policy"]


async def test_every_refusal_of_the_product_is_in_the_table(url: str) -> None:
    assert {kind.code() for kind in REFUSALS} <= {kind for _, kind, _, _ in problems()}
    assert all(issubclass(kind, Refused) for kind in REFUSALS)

"""The doors: nobody passes a page unseen, no form is believed unread, no refusal is without words."""

import ast
import inspect
import re
import textwrap
from collections.abc import Iterator

from litestar import Controller
from litestar.handlers import HTTPRouteHandler

from booking.domain.errors import Refused
from booking.web.errors import FIELDS, REFUSALS
from booking.web.pages import PAGES, PUBLIC, STAFF
from booking.web.templating import TEMPLATES
from tests.house.source import ROOT, modules


def pages(controllers: list[type[Controller]]) -> Iterator[tuple[str, HTTPRouteHandler]]:
    for controller in controllers:
        for name, handler in vars(controller).items():
            if isinstance(handler, HTTPRouteHandler):
                yield f"{controller.__name__}.{name}", handler


def asks_for(handler: HTTPRouteHandler) -> set[str]:
    return set(inspect.signature(handler.fn).parameters)


def writes(handler: HTTPRouteHandler) -> bool:
    return bool(handler.http_methods - {"GET", "HEAD"})


def reads_the_form(handler: HTTPRouteHandler) -> bool:
    tree = ast.parse(textwrap.dedent(inspect.getsource(handler.fn)))
    calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    read = {f.attr for f in calls if isinstance(f, ast.Attribute)}
    return bool({"form", "at"} & asks_for(handler)) or bool(read & {"form", "upload", "named_upload"})


def every_kind(kind: type[Refused]) -> Iterator[type[Refused]]:
    yield kind
    for narrower in kind.__subclasses__():
        yield from every_kind(narrower)


def field_codes() -> Iterator[str]:
    """What rules, services and pages note about fields: ``problems.add(name, code)`` and ``fields={name: code}``."""
    for module in modules("booking/domain", "booking/services", "booking/web"):
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "add":
                yield from said(node.args[1:2])
            elif isinstance(node, ast.keyword) and node.arg == "fields" and isinstance(node.value, ast.Dict):
                yield from said(node.value.values)


def said(nodes: list[ast.expr]) -> list[str]:
    return [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def test_every_page_is_for_everybody_or_for_staff():
    handlers = [
        handler
        for router in PAGES
        for route in router.routes
        for handler in route.route_handlers
        if handler.http_methods != {"OPTIONS"}
    ]

    served = {handler.fn.__qualname__.partition(".")[0] for handler in handlers}

    assert served == {kind.__name__ for kind in (*PUBLIC, *STAFF)}
    assert not set(PUBLIC) & set(STAFF)


def test_a_page_for_staff_begins_with_who_is_signed_in():
    assert not [name for name, handler in pages(STAFF) if "visit" not in asks_for(handler)]


def test_what_a_form_asks_is_done_only_after_the_form_was_read():
    written = [(name, handler) for name, handler in pages([*PUBLIC, *STAFF]) if writes(handler)]

    assert len(written) > 10
    assert not [name for name, handler in written if not reads_the_form(handler)]


def test_every_refusal_has_words():
    assert not set(every_kind(Refused)) - {Refused, *REFUSALS}


def test_what_is_wrong_with_a_field_has_words():
    codes = set(field_codes())

    assert {"required", "too-long", "no-such-phone"} <= codes
    assert not codes - set(FIELDS)


def test_no_template_carries_styles_or_scripts_of_its_own():
    inline = re.compile(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)

    found = {path.relative_to(ROOT).as_posix() for path in TEMPLATES.rglob("*.html") if inline.search(path.read_text())}

    assert not found


def test_every_form_that_writes_carries_its_token():
    forms = re.compile(r"<form[^>]*method=\"post\".*?</form>", re.DOTALL)

    written = [(path.name, form) for path in TEMPLATES.rglob("*.html") for form in forms.findall(path.read_text())]

    assert len(written) > 10
    assert not [name for name, form in written if "form_fields(" not in form]

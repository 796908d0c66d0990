"""What is only read: calendars, pages, searches, figures; and the way in."""

import random
import re

from tests.soak.callers import PAGE
from tests.soak.desks import PASSWORD
from tests.soak.office import WITH_PAGES, Office

NAMES = ("bel", "ngu", "dia", "martin", "ka", "lef")
TOKEN = re.compile(r'name="form_token" value="([0-9a-f]+)"')


async def calendar(office: Office) -> None:
    """A subscriber's program asks whether anything is new, as it does every hour."""
    await _read(office, "calendar", f"/ical/{random.choice(office.desk().links)}/ateliers.ics")


async def public_calendar(office: Office) -> None:
    """The same without a link of one's own."""
    await _read(office, "public calendar", f"/ical/agences/{office.desk().slug}/ateliers.ics")


async def _read(office: Office, act: str, path: str) -> None:
    known = office.etags.get(path)
    headers = {"if-none-match": known} if known else {}
    answer = await office.caller.ask(act, "GET", path, expected=(200, 304) if known else (200,), headers=headers)
    if answer is not None and answer.status_code == 200:
        office.etags[path] = answer.headers["etag"]


async def placer(office: Office) -> None:
    """The page from which somebody is booked, once the person is chosen."""
    desk, cookie = office.signed_in()
    await office.caller.visit("placer", cookie, f"/placer?personne={random.choice(desk.people)}")


async def page(office: Office) -> None:
    """One of the pages of a morning."""
    desk, cookie = office.signed_in()
    person, session = random.choice(desk.people), random.choice(desk.sessions)
    paths = ("/", f"/personnes/{person}", f"/sessions/{session}", "/presence", "/a-faire", "/suivi", "/messages")
    await office.caller.visit("page", cookie, random.choice(paths))


async def figures(office: Office) -> None:
    """Statistics, as a page and for a program."""
    desk, cookie = office.signed_in()
    await office.caller.visit("statistics", cookie, "/statistiques")
    await office.caller.call("figures", desk.token, "GET", f"/statistics?agency_id={desk.agency}")


async def search_sessions(office: Office) -> None:
    """The next free seats, for a program."""
    desk = office.desk()
    await office.caller.call("search", desk.token, "GET", f"/sessions?agency={desk.agency}&with_room=true")


async def search_people(office: Office) -> None:
    """Somebody by the beginning of a name."""
    desk = office.desk()
    await office.caller.call("find", desk.token, "GET", f"/job-seekers?q={random.choice(NAMES)}")


async def sign_in(office: Office) -> None:
    """Somebody comes to work, or comes back."""
    desk = random.choice(office.desks[:WITH_PAGES])
    await enter(office, desk.sign_in_name)


async def enter(office: Office, name: str) -> None:
    """Through the form, with its token."""
    asked = await office.caller.ask("sign-in page", "GET", "/connexion", headers=PAGE)
    if asked is None:
        return
    said = {"form_token": TOKEN.findall(asked.text)[0], "sign_in_name": name, "password": PASSWORD, "suite": "/"}
    answer = await office.caller.ask("sign-in", "POST", "/connexion", expected=(303,), data=said, headers=PAGE)
    if answer is not None and answer.status_code == 303:
        office.cookies[name] = answer.headers["set-cookie"].partition(";")[0]

"""What an old machine, a thin line, a keyboard alone, and other eyes ask of the pages."""

import pytest
from playwright.sync_api import expect

from tests.browser.halves import halved
from tests.browser.hands import Hand
from tests.browser.looks import IN_HAND, faults, violations
from tests.browser.tasks import TASKS, Task, copy_a_session
from tests.browser.town import Town
from tests.browser.weights import MOST_SHIFT, SHIFT
from tests.browser.windows import PHONE, Windows

# What came over the line with a page, but for the stream that tells what is new.
FETCHED = """() => performance.getEntriesByType('resource')
  .filter(({ name, transferSize }) => transferSize > 0 && !name.includes('/direct')).map(({ name }) => name)"""
# Pages with columns that grow with what is in them.
SLOW = ("/sessions", "/journal", "/menu")
ISOLATED = """() => [...document.querySelectorAll('main time, main [dir=ltr], main bdi')].length
  + [...document.querySelectorAll('main *')].filter((one) => getComputedStyle(one).unicodeBidi === 'isolate').length"""


def test_a_second_visit_fetches_the_page_and_nothing_else(windows: Windows):
    with windows.of("hugo") as page:
        page.goto("/placer")
        fetched = page.evaluate(FETCHED)
        page.goto("/placer?q=a")

        assert [one for one in fetched if "/static/app.css" in one]
        assert page.evaluate(FETCHED) == []


def test_a_page_that_comes_in_halves_does_not_jump(windows: Windows):
    with windows.of("claire") as page:
        own = windows.url.encode()
        pages = {path: page.request.get(path).body().replace(b'="/static', b'="' + own + b"/static") for path in SLOW}
        with halved(pages) as there:
            page.route("**/static/**", lambda route: route.fulfill(response=route.fetch()))
            shifts = {}
            for path in SLOW:
                page.goto(there + path)
                shifts[path] = page.evaluate(SHIFT)
            page.unroute_all(behavior="wait")

    assert {path: shift for path, shift in shifts.items() if shift > MOST_SHIFT} == {}


@pytest.mark.parametrize("task", [copy_a_session], ids=["copying a session"])
def test_a_frequent_task_asks_few_clicks(windows: Windows, town: Town, task: Task):
    with windows.of(TASKS[task]) as page:
        hand = Hand(page)

        task(hand, town)

        assert hand.clicks <= 5


def test_the_roll_is_called_by_keys_alone(windows: Windows):
    with windows.of("theo") as page:
        page.goto("/presence")
        hand = Hand(page)
        hand.reach(page.locator("[data-roll]").first)
        hand.press("Enter")
        row = page.locator("[data-row]").last
        hand.reach(row.get_by_role("radio", name="Présent"))

        hand.press("Space")

        expect(page.locator("[data-live]")).to_contain_text("enregistré")
        expect(row.get_by_role("radio", name="Présent")).to_be_checked()


def test_a_session_is_copied_by_keys_alone(windows: Windows, town: Town):
    with windows.of("claire") as page:
        page.goto(f"/sessions/{town.ids['followed_session_id']}/copier")
        hand = Hand(page)
        hand.reach(page.get_by_role("checkbox").first)
        hand.press("Space")
        hand.reach(page.get_by_role("button", name="Voir les dates").last)
        hand.press("Enter")
        expect(page.get_by_text("Tout est possible")).to_be_visible()

        hand.reach(page.get_by_role("button", name="Publier"))
        hand.press("Enter")

        expect(page.get_by_text("Publié :")).to_be_visible()


@pytest.mark.parametrize(
    ("who", "where"),
    [
        ("claire", "/statistiques"),
        ("claire", "/sessions?vue=mois"),
        ("hugo", "/placer?personne={job_seeker_id}"),
        ("karim", "/presence"),
        ("", "{own_link}"),
    ],
    ids=["figures", "a month", "somebody chosen", "a day of rolls", "the page of a person"],
)
def test_what_colours_mean_is_there_in_the_colours_of_the_person(windows: Windows, town: Town, who: str, where: str):
    with windows.of(who, forced_colors="active") as page:
        page.goto(where.format_map(town.ids))

        assert violations(page, IN_HAND) == []
        assert (
            page.locator("svg.icon, svg.seats").first.evaluate("(one) => getComputedStyle(one).color")
            != "rgba(0, 0, 0, 0)"
        )


@pytest.mark.parametrize("step", ["", "?etape=annuler", "?etape=date", "?etape=messages"])
def test_each_step_of_the_page_of_a_person_is_right_from_right_to_left(windows: Windows, town: Town, step: str):
    with windows.of(viewport=PHONE) as page:
        page.goto(town.ids["own_link"])
        page.locator("a[hreflang=ar]").click()
        page.goto(page.url.split("?")[0] + step)

        assert page.locator("html").get_attribute("dir") == "rtl"
        assert page.evaluate(ISOLATED) > 0
        assert faults(page) == {}

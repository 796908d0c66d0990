"""Help that stays true: its names stand on the screen, its addresses open, and it is found by what it says."""

import re

import pytest

from booking.domain.staff import Role
from booking.language import ENGLISH, catalogue, translate
from booking.web.pages import PAGES
from booking.web.pages.help_guides import GUIDES, PICTURES
from booking.web.pages.help_places import ABOUT, FIRST, OPENS, TOPICS, about
from booking.web.pages.help_topics import search
from booking.web.templating import STATIC
from tests.given import World
from tests.guides.writing import GUIDES_FOLDER, written
from tests.house.sentences import sentences
from tests.web.given import Browsers, text
from tests.web.rights import LET_IN, ROLES, declared

SQLITE = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
NAME = re.compile(r"« (.+?) »")
FILLED_IN = re.compile(r"\s*\(?%\(.*")
ROUTES = {route.path for router in PAGES for route in router.routes if "GET" in route.methods}
TOLD = [said for topic in TOPICS.values() for said in topic.sentences()]


def test_what_help_calls_by_name_is_called_so_on_the_screen():
    """Names in « » are sentences of other pages; what a page fills in is left out."""
    elsewhere = {FILLED_IN.sub("", said) for said in sentences() - set(TOLD)}

    assert len(TOLD) > 100
    assert (
        not {name for said in TOLD for name in NAME.findall(said)} - elsewhere - {one.title for one in TOPICS.values()}
    )


def test_the_english_calls_them_as_the_english_screen_does():
    english = catalogue(ENGLISH)
    # What has a name of its own is not what is filled in.
    names = {FILLED_IN.sub("", french): FILLED_IN.sub("", said) for french, said in english.items()} | dict(english)

    assert not [
        (name, english[said])
        for said in TOLD
        for name in NAME.findall(said)
        if said in english and f"“{names[name]}”" not in english[said]
    ]


def test_every_task_says_where_it_begins_and_every_page_leads_to_one():
    shapes = [re.compile(re.sub(r"\{[^}]*\}", "[^/]+", route)) for route in ROUTES]
    written = [where.replace("/*", "/x").replace("*", "") for where in ABOUT]

    assert set(OPENS) == set(TOPICS)
    assert set(ABOUT.values()) <= {"", *TOPICS}
    assert not {where.partition("?")[0] for where in OPENS.values()} - ROUTES
    assert not [where for where in written if not any(shape.match(where) for shape in shapes)]


def test_a_page_is_told_of_by_what_fits_it_best():
    assert about("/sessions/019a/annuler") == "/aide/annuler-session"
    assert about("/sessions") == "/aide/planifier"
    assert about("//elsewhere.example") == "/aide"


def test_whoever_is_new_is_sent_only_where_he_is_let_in():
    rights = declared()
    refused = [
        (role, slug)
        for role, slugs in FIRST.items()
        for slug in slugs
        if rights[f"GET {OPENS[slug].partition('?')[0]}"][ROLES.index(role)] != LET_IN
    ]

    assert set(FIRST) == set(Role)
    assert not refused


def test_the_guides_tell_of_topics_that_there_are_and_show_pictures_that_there_are():
    assert {slug for guide in GUIDES.values() for slug in guide.topics} <= set(TOPICS)
    assert set(PICTURES) <= set(TOPICS)
    assert {path.stem for path in STATIC.glob("guide-*.webp")} == {f"guide-{slug}" for slug in PICTURES}


def test_help_is_found_by_its_words_whatever_their_accents():
    say = translate("fr")

    assert next(iter(search(TOPICS, "annuler SESSION", say))) == "annuler-session"
    assert "sans-reseau" in search(TOPICS, "reseau", say)
    assert not search(TOPICS, "girafe", say)


@SQLITE
async def test_somebody_who_cannot_sign_in_reads_help(browsers: Browsers):
    stranger = browsers.stranger()

    sent = await stranger.get("/aide/sur?page=/connexion")

    assert "Mot de passe oublié" in text(await stranger.get(sent.headers["location"]))
    assert (await stranger.get("/aide/girafe")).status_code == 404
    assert (await stranger.get("/aide/guides/girafe")).status_code == 404


@SQLITE
async def test_the_card_of_the_first_visits_stays_away_until_it_is_asked_for(world: World, browsers: Browsers):
    browser = await browsers.of(world.adviser)
    assert "Vos trois premiers gestes" in text(await browser.get("/"))

    home = await browser.after(await browser.post("/aide/premiers-pas", {"faire": "ranger"}))

    assert "Vos trois premiers gestes" not in text(home)
    assert "Vos trois premiers gestes" in text(await (await browsers.of(world.manager)).get("/"))
    back = await browser.post("/aide/premiers-pas", {"faire": "montrer"})
    assert "Vos trois premiers gestes" in text(await browser.after(back))


def test_the_guides_in_the_documents_are_those_of_the_product():
    """``./dev guides`` writes them again."""
    assert {path.stem: path.read_text() for path in GUIDES_FOLDER.glob("*.md")} == {
        slug: written(slug) for slug in GUIDES
    }

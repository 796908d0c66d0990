"""A sheet on paper leads back to its roll: by a photo, or by the code on it."""

from io import BytesIO
from uuid import uuid4

import pytest
import segno
from PIL import Image

from booking.domain.codes import code_of
from booking.domain.sessions import Session
from booking.domain.staff import Role
from booking.services import signed_sheets, signing_sheets
from tests import papers
from tests.documents.test_scanning import file_of
from tests.given import SITE, World, in_days, meeting
from tests.web.given import Browser, Browsers, browsing, text

PATH = "/presence/scan"
BLANK = Image.new("L", (600, 800), 200)


@pytest.fixture
async def karim(world: World, browsers: Browsers) -> Browser:
    return await browsers.of(world.facilitator)


def drawn(address: str) -> bytes:
    """A photo of any code."""
    file = BytesIO()
    segno.make(address).save(file, kind="png", scale=8)
    return file.getvalue()


async def one_session(world: World) -> Session:
    return await world.session(meeting(in_days(1), facilitator_id=world.facilitator.id))


async def photo_of(world: World, session: Session) -> bytes:
    paper = await signing_sheets.of_meeting(world.db, session.meetings[0].id, site=SITE, by=world.facilitator)
    return file_of(papers.picture("sheet", paper.data).rotate(4, fillcolor=120))


async def test_a_photo_of_a_sheet_opens_its_roll(world: World, karim: Browser) -> None:
    session = await one_session(world)

    answer = await karim.send_file(PATH, "photo", "IMG_1.jpg", await photo_of(world, session))

    assert (answer.status_code, answer.headers["location"]) == (303, f"/presence/{session.meetings[0].id}")
    assert f'href="{PATH}"' in (await karim.get("/presence")).text


async def test_one_photo_opens_the_roll_and_is_kept_beside_it(world: World) -> None:
    session = await one_session(world)
    photo = await photo_of(world, session)

    async with browsing(world, in_days(1, 1)) as later:
        karim = await later.of(world.facilitator)
        answer = await karim.send_file(PATH, "photo", "IMG_1.jpg", photo, keep="1")
        kept = await signed_sheets.of_meeting(world.db, session.meetings[0].id, by=world.facilitator)

    assert answer.status_code == 303 and len(kept.scans) == 1


async def test_a_photo_that_may_not_be_kept_yet_still_leads_to_the_roll(world: World, karim: Browser) -> None:
    session = await one_session(world)

    answer = await karim.send_file(PATH, "photo", "IMG_1.jpg", await photo_of(world, session), keep="1")

    assert answer.status_code == 409 and "sa photo n’est pas gardée" in text(answer)
    assert f'href="/presence/{session.meetings[0].id}"' in answer.text


async def test_a_sheet_of_elsewhere_is_unknown_like_one_that_never_was(
    world: World, browsers: Browsers, karim: Browser
) -> None:
    photo = await photo_of(world, await one_session(world))
    paul = await browsers.of(await world.staff(Role.FACILITATOR, await world.another_agency(), "Paul"))

    elsewhere = await paul.send_file(PATH, "photo", "a.jpg", photo)
    never = await karim.send_file(PATH, "photo", "a.jpg", drawn(f"{SITE.url}/presence/{uuid4()}"))
    other = await karim.send_file(PATH, "photo", "a.jpg", drawn(f"{SITE.url}/p/K7M4P2/abc"))

    unknown = "Cette feuille n’est celle d’aucune de vos séances."
    assert [unknown in text(answer) for answer in (elsewhere, never)] == [True, True]
    assert "Ce dessin n’est pas celui d’une feuille d’émargement." in text(other)
    assert [answer.status_code for answer in (elsewhere, never, other)] == [422] * 3


async def test_only_who_marks_presence_scans(world: World, browsers: Browsers) -> None:
    nadia = await browsers.of(world.adviser)

    answers = [await nadia.get(PATH), await nadia.send_file(PATH, "photo", "a.jpg", b"x")]

    assert [answer.status_code for answer in answers] == [403, 403]


async def test_what_cannot_be_read_says_what_to_do_and_offers_the_code(world: World, karim: Browser) -> None:
    session = await one_session(world)
    files = {b"": "Ce champ est obligatoire", b"no picture": "n’est pas une photo", file_of(BLANK): "Approchez-vous"}

    for file, said in files.items():
        answer = await karim.send_file(PATH, "photo", "a.jpg", file)
        assert answer.status_code == 422 and said in text(answer) and 'aria-invalid="true"' in answer.text

    code = code_of(session.meetings[0].id)
    found = await karim.send_file(PATH, "photo", "", b"", code=code.lower())
    wrong = await karim.send_file(PATH, "photo", "", b"", code="A2A2A2")
    assert found.headers["location"] == f"/presence/{session.meetings[0].id}"
    assert wrong.status_code == 422 and 'value="A2A2A2"' in wrong.text

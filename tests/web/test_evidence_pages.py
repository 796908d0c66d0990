"""The pages of evidence: hand over, add the signed stub, look at it, take everything away."""

import hashlib
from io import BytesIO
from zipfile import ZipFile

import pytest
from PIL import Image

from booking.domain.archives import LARGEST
from booking.domain.staff import Role
from tests import papers
from tests.given import World, in_days, meeting
from tests.web.given import Browser, Browsers, browsing, text

SQLITE = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


def a_photo() -> bytes:
    file = BytesIO()
    Image.new("RGB", (40, 30), "white").save(file, "PNG")
    return file.getvalue()


@pytest.fixture
async def nadia(world: World, browsers: Browsers) -> Browser:
    return await browsers.of(world.adviser)


async def handed_over(nadia: Browser, booking) -> str:
    """The page of the log after a letter was printed and handed over, and the address of its line."""
    await nadia.get(f"/inscriptions/{booking.id}/papier.pdf")
    page = await nadia.after(await nadia.post(f"/inscriptions/{booking.id}/remise"))
    assert "C’est noté : la lettre a été remise en main propre." in text(page)
    return page.text.partition('action="/preuves/')[2].partition("/annuler")[0]


async def test_everything_about_a_letter_is_taken_away_with_hashes_that_fit(world: World, nadia: Browser):
    booking = await world.booked(await world.session(), await world.job_seeker("=Nguyễn"))
    line = await handed_over(nadia, booking)
    sent = await nadia.send_file(f"/preuves/{line}/talon", "file", "talon.exe", a_photo())

    page = await nadia.after(sent)
    answer = await nadia.get(f"/inscriptions/{booking.id}/preuves.zip")

    files = ZipFile(BytesIO(answer.content))
    sums = dict(reversed(row.split("  ")) for row in files.read("SHA256SUMS").decode().splitlines())
    assert "Le document signé est joint." in text(page) and "avec talon signé" in text(page)
    assert sums == {
        name: hashlib.sha256(files.read(name)).hexdigest() for name in set(files.namelist()) - {"SHA256SUMS"}
    }
    assert len(sums) == 4 and sorted(name[-3:] for name in sums) == ["csv", "pdf", "pdf", "png"]
    said = papers.text(files.read("journal.pdf"))
    assert "Preuves de remise" in said and "NGUYỄN" in said and "remise en main propre" in said and "Nadia" in said
    assert "Nadia" in files.read("journal.csv").decode() and "=NGUYỄN" not in files.read("journal.csv").decode()[
        1:
    ].split(";")


@SQLITE
async def test_the_document_is_the_paper_that_was_printed_and_can_do_nothing_in_the_browser(
    world: World, nadia: Browser
):
    booking = await world.booked(await world.session())
    printed = (await nadia.get(f"/inscriptions/{booking.id}/papier.pdf")).content
    line = await handed_over(nadia, booking)

    answer = await nadia.get(f"/preuves/{line}/document")

    assert answer.content == printed and answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert answer.headers["content-disposition"].startswith('inline; filename="document-2026-10-19-')


@SQLITE
async def test_what_is_no_scan_is_refused_beside_its_field(world: World, nadia: Browser):
    line = await handed_over(nadia, await world.booked(await world.session()))

    wrong = await nadia.send_file(f"/preuves/{line}/talon", "file", "talon.png", b"<svg onload=alert(1)>")
    large = await nadia.send_file(f"/preuves/{line}/talon", "file", "talon.png", b"\x89PNG" + bytes(LARGEST + 70_000))

    assert wrong.status_code == 422 and "Ce n’est ni une image PNG ou JPEG, ni un PDF." in text(wrong)
    assert large.status_code == 422 and "10 Mo au plus" in text(large)


@SQLITE
async def test_a_sheet_is_attached_and_removed_with_a_reason(world: World):
    session = await world.session(meeting(in_days(1), facilitator_id=world.facilitator.id))
    await world.booked(session)
    address = f"/presence/{session.meetings[0].id}"
    async with browsing(world, in_days(1, 1)) as browsers:
        karim = await browsers.of(world.facilitator)
        roll = await karim.get(address)
        page = await karim.after(await karim.send_file(f"{address}/feuilles", "file", "feuille", a_photo()))
        scan = page.text.partition('action="/preuves/')[2].partition("/retrait")[0]
        after = await karim.after(await karim.post(f"/preuves/{scan}/retrait", {"because": "Floue"}))
        nadia = await browsers.of(world.adviser)
        zoe = await browsers.of(await world.staff(Role.ASSISTANT, world.agency, "Zoé"))

        assert f'href="{address}/feuilles"' in roll.text and "Déjà jointes" in text(page)
        assert f'href="{address}/feuilles"' in (await nadia.get(f"/sessions/{session.id}")).text
        assert "retiré" in text(after) and "Floue" in text(after)
        assert (await zoe.get(f"{address}/feuilles")).status_code == 403
        assert f'href="{address}/feuilles"' not in (await zoe.get(address)).text


@SQLITE
async def test_the_log_is_found_from_the_booking_and_the_person(world: World, nadia: Browser):
    booking = await world.booked(await world.session())
    await handed_over(nadia, booking)

    pages = [await nadia.get(path) for path in (f"/inscriptions/{booking.id}", f"/personnes/{booking.job_seeker_id}")]
    whole = await nadia.get(f"/personnes/{booking.job_seeker_id}/preuves")

    assert f'href="/inscriptions/{booking.id}/preuves"' in pages[0].text
    assert f'href="/personnes/{booking.job_seeker_id}/preuves"' in pages[1].text
    assert "Remis en main propre" in text(whole)

"""The texts of an agency by a program: read, tried out, written by version, taken back."""

from booking.delivery.deliveries import Deliveries
from booking.domain.job_seekers import Channel
from booking.services.sending import send_due
from booking.storage import outbox
from tests.given import NOW, SITE, World
from tests.outside import Provider
from tests.web.programs import Programs

GOOD = "Rappel de {agence}: {atelier}, {date}, {lieu}. Code {code}"


async def test_a_program_writes_a_text_by_the_version_it_has_seen(world: World, programs: Programs) -> None:
    ask = await programs.of(world.manager)
    address = f"/agencies/{world.agency.id}/wordings/reminder/sms/fr"

    seen = await ask("GET", address)
    written = await ask("PUT", address, {"body": GOOD}, {"If-Match": seen.headers["etag"]})
    late = await ask("PUT", address, {"body": GOOD + " !"}, {"If-Match": seen.headers["etag"]})
    listed = await ask("GET", f"/agencies/{world.agency.id}/wordings")
    back = await ask("DELETE", address)

    assert seen.json()["is_ours"] and "code" in seen.json()["names"] and ["code"] in seen.json()["needed"]
    assert (written.status_code, written.headers["etag"], late.status_code) == (200, '"1"', 412)
    assert [(one["kind"], one["version"], one["made_by"]) for one in listed.json()] == [("reminder", 1, "Marion")]
    assert back.json()["is_ours"] and [one["version"] for one in back.json()["versions"]] == [2, 1]


async def test_every_fault_is_named_with_what_would_do(world: World, programs: Programs) -> None:
    ask = await programs.of(world.manager)
    address = f"/agencies/{world.agency.id}/wordings/reminder/sms/fr"

    tried = await ask("POST", f"{address}/preview", {"body": GOOD + " {dte}"})
    refused = await ask("PUT", address, {"body": GOOD + " {dte}"}, {"If-Match": "*"})

    fault = {"field": "body", "code": "unknown-placeholder", "said": "dte", "instead": "date"}
    assert tried.json()["faults"] == refused.json()["faults"] == [fault]
    assert (tried.status_code, refused.status_code) == (200, 422)


async def test_a_program_reads_what_was_said(world: World, programs: Programs) -> None:
    booking = await world.booked(await world.session(), await world.job_seeker(phone="06 39 98 01 01"))
    await send_due(world.db, Deliveries(Provider(Channel.SMS)), NOW, site=SITE)
    async with world.db.reading() as tx:
        sent, *_ = await outbox.of_booking(tx, booking.id)

    (told,) = (await (await programs.of(world.adviser))("GET", f"/messages/{sent.id}/texts")).json()

    assert told["template"] == "confirmation.sms/fr/1" and told["body"].startswith("Votre place: atelier")

"""Referrals, by a program."""

from booking.storage import audit
from tests.given import World
from tests.given_referrals import a_partner
from tests.web.programs import Programs


async def test_a_program_sends_somebody_and_notes_what_came_of_it(world: World, programs: Programs) -> None:
    ask, partner, person = await programs.of(world.adviser), await a_partner(world), await world.job_seeker()
    body = {"partner_id": str(partner.id), "aids": ["phone"], "has_agreed": True, "is_sent": True}
    there, key = f"/job-seekers/{person.id}/referrals", {"Idempotency-Key": "one"}

    made, again = [await ask("POST", there, body, key) for _ in range(2)]
    at = f"/referrals/{made.json()['id']}"
    stale = await ask("POST", f"{at}/steps", {"deed": "seen"}, {"If-Match": '"0"'})
    closed = await ask(
        "POST", f"{at}/steps", {"deed": "closed", "outcome": "tariff"}, {"If-Match": made.headers["etag"]}
    )
    undone = await ask("DELETE", f"{at}/last-step")
    whole = (await ask("GET", at)).json()

    assert (made.status_code, made.json()["state"], again.json()["id"]) == (201, "sent", made.json()["id"])
    assert stale.status_code == 412 and closed.json()["outcome"] == "tariff" and undone.json()["state"] == "sent"
    assert [step["deed"] for step in whole["steps"]] == ["proposed", "accepted", "sent", "closed", "undone"]
    assert [one["id"] for one in (await ask("GET", "/referrals?state=sent")).json()["items"]] == [made.json()["id"]]
    assert [one["id"] for one in (await ask("GET", there)).json()] == [made.json()["id"]]


async def test_a_program_that_reads_where_somebody_is_sent_is_written_down(world: World, programs: Programs) -> None:
    ask, person = await programs.of(world.adviser), await world.job_seeker()

    await ask("GET", f"/job-seekers/{person.id}/referrals")

    async with world.db.reading() as tx:
        assert await audit.latest(tx, "saw", person.id)

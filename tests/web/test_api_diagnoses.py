"""Diagnoses and their questionnaire by a program."""

import msgspec

from booking.domain.first_questionnaire import SHIPPED
from booking.domain.staff import Role
from booking.web.api.questionnaire_views import QuestionnaireView
from tests.given import World
from tests.web.programs import Programs

NOTHING_ALONE = {"answers": {"phone": ["none"], "alone": ["nothing"]}}
FIRST_STEPS = "workshop:beginner:Prise en main"


async def test_a_program_diagnoses_decides_and_books(world: World, programs: Programs) -> None:
    ask, person, session = await programs.of(world.adviser), await world.job_seeker(), await world.session()
    path, key = f"/job-seekers/{person.id}/diagnoses", {"Idempotency-Key": "eins"}

    made = await ask("POST", path, NOTHING_ALONE, key)
    again = await ask("POST", path, NOTHING_ALONE, key)
    here = made.headers["location"].removeprefix("/api/v1")
    seat = {"suggestion": FIRST_STEPS, "session_id": str(session.id)}
    booked = await ask("POST", f"{here}/bookings", seat)
    aside = {"suggestion": "offer:solidarity_phone", "verdict": "set_aside", "reason": "already"}
    decided = await ask("POST", f"{here}/decisions", aside)

    assert (made.status_code, again.json()["id"]) == (201, made.json()["id"])
    assert [one["key"] for one in made.json()["suggestions"]] == ["offer:solidarity_phone", FIRST_STEPS]
    assert booked.status_code == 201
    said = {one["suggestion"]: (one["verdict"], one["booking_id"]) for one in decided.json()["decisions"]}
    assert said == {FIRST_STEPS: ("followed", booked.json()["id"]), "offer:solidarity_phone": ("set_aside", None)}
    assert (await ask("DELETE", here)).json()["type"] == "diagnosis-stands"


async def test_an_answer_that_cannot_be_is_named_by_its_question(world: World, programs: Programs) -> None:
    ask, person = await programs.of(world.adviser), await world.job_seeker()

    refused = await ask("POST", f"/job-seekers/{person.id}/diagnoses", {"answers": {"phone": ["satellite"]}})

    assert refused.status_code == 422
    assert [(one["pointer"], one["code"]) for one in refused.json()["errors"]] == [("/phone", "unknown-choice")]


async def test_the_network_writes_a_version_and_publishes_what_it_has_seen(world: World, programs: Programs) -> None:
    ask = await programs.of(await world.staff(Role.ADMINISTRATOR, None, "Agnès"))
    said = msgspec.to_builtins(QuestionnaireView.of(SHIPPED))
    parts = {"questions": said["questions"][:1], "rules": said["rules"][:1]}

    begun = await ask("POST", "/questionnaires/draft")
    written = await ask("PUT", "/questionnaires/draft", parts, {"If-Match": begun.headers["etag"]})
    stale = await ask("POST", "/questionnaires/draft/publication", None, {"If-Match": begun.headers["etag"]})
    done = await ask("POST", "/questionnaires/draft/publication", None, {"If-Match": written.headers["etag"]})

    assert (written.status_code, stale.status_code) == (200, 412)
    assert done.json()["published_at"] is not None
    first = (await ask("GET", "/questionnaires")).json()[0]
    assert (first["version"], len(first["questions"]), len(first["rules"])) == (2, 1, 1)

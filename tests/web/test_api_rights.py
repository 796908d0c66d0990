"""Who may do what by a program: every operation of the description, for every role, near and far."""

import pytest

from booking.domain.staff import Role
from tests.given import World
from tests.web.operations import every, things
from tests.web.programs import Programs

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

ADVISER, FACILITATOR, ASSISTANT, MANAGER = Role.ADVISER, Role.FACILITATOR, Role.ASSISTANT, Role.MANAGER
EVERYBODY = {ADVISER, FACILITATOR, ASSISTANT, MANAGER}
WHO_SEES_PEOPLE = WHO_BOOKS = WHO_REACHES = {ADVISER, MANAGER}
WHO_TAKES_NAMES = {ADVISER, FACILITATOR, MANAGER}
WHO_MARKS = {FACILITATOR, ASSISTANT, MANAGER}
WHO_PLANS = {MANAGER}

MAY = {
    "GET /exports": EVERYBODY,
    "POST /exports": WHO_TAKES_NAMES,
    "POST /exports/everything": set(),
    "GET /exports/{export_id}": EVERYBODY,
    "GET /exports/{export_id}/content": WHO_TAKES_NAMES,
    "DELETE /exports/{export_id}": EVERYBODY,
    "GET /appointments": WHO_SEES_PEOPLE,
    "GET /imports": WHO_BOOKS,
    "POST /imports": WHO_BOOKS,
    "GET /imports/{import_id}": WHO_BOOKS,
    "POST /imports/{import_id}/runs": WHO_BOOKS,
    "POST /imports/{import_id}/stop": WHO_BOOKS,
    "GET /imports/{import_id}/rows": WHO_BOOKS,
    "POST /imports/{import_id}/rows/{line}/answer": WHO_BOOKS,
    "DELETE /imports/{import_id}": WHO_BOOKS,
    "GET /me": EVERYBODY,
    "GET /trainings": EVERYBODY,
    "POST /trainings/{session_id}/bookings": EVERYBODY,
    "GET /agencies/{agency_id}/trainings": WHO_PLANS,
    "GET /bookings/{booking_id}/certificate": WHO_SEES_PEOPLE,
    "GET /me/invitations": EVERYBODY,
    "PUT /me/invitations": EVERYBODY,
    "GET /me/mails": EVERYBODY,
    "PUT /me/mails": EVERYBODY,
    "GET /agencies": EVERYBODY,
    "GET /agencies/{agency_id}": EVERYBODY,
    "GET /agencies/{agency_id}/rooms": EVERYBODY,
    "GET /agencies/{agency_id}/settings": WHO_PLANS,
    "PUT /agencies/{agency_id}/settings": WHO_PLANS,
    "GET /agencies/{agency_id}/phase": WHO_PLANS,
    "PUT /agencies/{agency_id}/phase": WHO_PLANS,
    "DELETE /agencies/{agency_id}/phase/plan": WHO_PLANS,
    "GET /agencies/{agency_id}/opening": WHO_PLANS,
    "PUT /agencies/{agency_id}/opening/{item}": WHO_PLANS,
    "DELETE /agencies/{agency_id}/opening/{item}": WHO_PLANS,
    "POST /agencies/{agency_id}/copies": WHO_PLANS,
    "GET /network": WHO_PLANS,
    "POST /staff-lists": set(),
    "GET /agencies/{agency_id}/message-policy": WHO_PLANS,
    "PUT /agencies/{agency_id}/message-policy": WHO_PLANS,
    "DELETE /agencies/{agency_id}/message-policy": WHO_PLANS,
    "POST /agencies/{agency_id}/message-policy/preview": WHO_PLANS,
    "GET /sessions/{session_id}/message-preview": WHO_REACHES,
    "GET /agencies/{agency_id}/wordings": WHO_PLANS,
    "GET /agencies/{agency_id}/wordings/{kind}/{form}/{language}": WHO_PLANS,
    "PUT /agencies/{agency_id}/wordings/{kind}/{form}/{language}": WHO_PLANS,
    "DELETE /agencies/{agency_id}/wordings/{kind}/{form}/{language}": WHO_PLANS,
    "POST /agencies/{agency_id}/wordings/{kind}/{form}/{language}/preview": WHO_PLANS,
    "GET /messages/{message_id}/texts": WHO_REACHES,
    "POST /agencies/{agency_id}/rooms": WHO_PLANS,
    "PUT /rooms/{room_id}": WHO_PLANS,
    "POST /rooms/{room_id}/archival": WHO_PLANS,
    "DELETE /rooms/{room_id}/archival": WHO_PLANS,
    "GET /agencies/{agency_id}/closures": WHO_PLANS,
    "POST /agencies/{agency_id}/closures": WHO_PLANS,
    "DELETE /closures/{closure_id}": WHO_PLANS,
    "GET /agencies/{agency_id}/outages": WHO_PLANS,
    "POST /agencies/{agency_id}/outages": WHO_PLANS,
    "PUT /outages/{outage_id}": WHO_PLANS,
    "DELETE /outages/{outage_id}": WHO_PLANS,
    "GET /agencies/{agency_id}/team": WHO_PLANS,
    "PUT /agencies/{agency_id}/team/{staff_id}": WHO_PLANS,
    "POST /agencies/{agency_id}/team/{staff_id}/busy-times": WHO_PLANS,
    "DELETE /agencies/{agency_id}/team/{staff_id}/busy-times/{busy_time_id}": WHO_PLANS,
    "GET /agencies/{agency_id}/team/{staff_id}/external-calendars": WHO_PLANS,
    "POST /agencies/{agency_id}/team/{staff_id}/external-calendars": WHO_PLANS,
    "GET /agencies/{agency_id}/rooms/{room_id}/external-calendars": WHO_PLANS,
    "POST /agencies/{agency_id}/rooms/{room_id}/external-calendars": WHO_PLANS,
    "GET /external-calendars/{calendar_id}": WHO_PLANS,
    "POST /external-calendars/{calendar_id}": WHO_PLANS,
    "PUT /external-calendars/{calendar_id}": WHO_PLANS,
    "DELETE /external-calendars/{calendar_id}": WHO_PLANS,
    "GET /school-holidays": EVERYBODY,
    "POST /school-holidays": set(),
    "GET /workshops": EVERYBODY,
    "GET /workshops/{workshop_id}": EVERYBODY,
    "POST /workshops": WHO_PLANS,
    "PUT /workshops/{workshop_id}": WHO_PLANS,
    "POST /workshops/{workshop_id}/archival": WHO_PLANS,
    "DELETE /workshops/{workshop_id}/archival": WHO_PLANS,
    "GET /sessions": EVERYBODY,
    "GET /sessions/{session_id}": EVERYBODY,
    "POST /sessions": WHO_PLANS,
    "GET /session-lists": EVERYBODY,
    "POST /session-lists": WHO_PLANS,
    "POST /plans/preview": WHO_PLANS,
    "POST /plans": WHO_PLANS,
    "PUT /sessions/{session_id}": WHO_PLANS,
    "POST /sessions/{session_id}/publication": WHO_PLANS,
    "POST /sessions/{session_id}/cancellation": WHO_PLANS,
    "PUT /sessions/{session_id}/meetings/{meeting_id}": WHO_PLANS,
    "PUT /sessions/{session_id}/allowance": WHO_PLANS,
    "PUT /sessions/{session_id}/confirmation": WHO_PLANS,
    "POST /sessions/{session_id}/merger": WHO_PLANS,
    "GET /sessions/{session_id}/contingents": EVERYBODY,
    "PUT /sessions/{session_id}/contingents/{agency_id}": WHO_PLANS,
    "DELETE /sessions/{session_id}/contingents/{agency_id}": WHO_PLANS,
    "GET /decisions": WHO_PLANS,
    "GET /recalls": WHO_REACHES,
    "PUT /recalls/{booking_id}": WHO_REACHES,
    "GET /sessions/{session_id}/bookings": WHO_SEES_PEOPLE,
    "POST /sessions/{session_id}/bookings": WHO_BOOKS,
    "POST /sessions/{session_id}/group-bookings": WHO_BOOKS,
    "GET /bookings/{booking_id}": WHO_SEES_PEOPLE,
    "POST /bookings/{booking_id}/cancellation": WHO_BOOKS,
    "POST /bookings/{booking_id}/move": WHO_BOOKS,
    "PUT /bookings/{booking_id}/answer": WHO_BOOKS,
    "GET /bookings/{booking_id}/evidence": WHO_REACHES,
    "POST /bookings/{booking_id}/hand-overs": WHO_REACHES,
    "GET /evidence/{evidence_id}/document": WHO_REACHES,
    "POST /evidence/{evidence_id}/undoing": WHO_REACHES,
    "GET /codes/{code}/bookings": WHO_BOOKS,
    "GET /bookings/{booking_id}/make-ups": WHO_SEES_PEOPLE,
    "POST /bookings/{booking_id}/make-ups": WHO_BOOKS,
    "POST /bookings/{booking_id}/confirmation": WHO_BOOKS,
    "POST /bookings/{booking_id}/restoration": WHO_BOOKS,
    "POST /sessions/{session_id}/holds": WHO_BOOKS,
    "GET /sessions/{session_id}/line": WHO_SEES_PEOPLE,
    "POST /workshops/{workshop_id}/waits": WHO_BOOKS,
    "GET /job-seekers/{job_seeker_id}/diagnoses": WHO_SEES_PEOPLE,
    "POST /job-seekers/{job_seeker_id}/diagnoses": WHO_BOOKS,
    "GET /diagnoses/{diagnosis_id}": WHO_SEES_PEOPLE,
    "POST /diagnoses/{diagnosis_id}/decisions": WHO_BOOKS,
    "POST /diagnoses/{diagnosis_id}/bookings": WHO_BOOKS,
    "DELETE /diagnoses/{diagnosis_id}": WHO_BOOKS,
    "GET /questionnaires": WHO_SEES_PEOPLE,
    "GET /questionnaires/{version}": WHO_SEES_PEOPLE,
    "POST /questionnaires/trial": WHO_SEES_PEOPLE,
    "POST /questionnaires/draft": set(),
    "PUT /questionnaires/draft": set(),
    "DELETE /questionnaires/draft": set(),
    "POST /questionnaires/draft/publication": set(),
    "GET /job-seekers/{job_seeker_id}/waits": WHO_SEES_PEOPLE,
    "DELETE /waits/{wait_id}": WHO_BOOKS,
    "POST /job-seekers/{job_seeker_id}/referrals": WHO_BOOKS,
    "GET /job-seekers/{job_seeker_id}/referrals": WHO_SEES_PEOPLE,
    "GET /referrals": WHO_SEES_PEOPLE,
    "GET /referrals/{referral_id}": WHO_SEES_PEOPLE,
    "POST /referrals/{referral_id}/steps": WHO_BOOKS,
    "DELETE /referrals/{referral_id}/last-step": WHO_BOOKS,
    "GET /job-seekers": WHO_SEES_PEOPLE,
    "POST /job-seekers": WHO_BOOKS,
    "GET /job-seekers/{job_seeker_id}": WHO_SEES_PEOPLE,
    "PUT /job-seekers/{job_seeker_id}": WHO_BOOKS,
    "POST /job-seekers/{job_seeker_id}/merger": WHO_BOOKS,
    "GET /job-seekers/{job_seeker_id}/closed-ways": WHO_SEES_PEOPLE,
    "POST /job-seekers/{job_seeker_id}/closed-ways/{closed_way_id}/lifting": WHO_BOOKS,
    "PUT /job-seekers/{job_seeker_id}/distinctions/{other_id}": WHO_BOOKS,
    "DELETE /job-seekers/{job_seeker_id}/distinctions/{other_id}": WHO_BOOKS,
    "GET /agencies/{agency_id}/duplicates": WHO_BOOKS,
    "GET /followed-bookings": WHO_BOOKS,
    "GET /unreachable": WHO_REACHES,
    "GET /meetings": WHO_MARKS,
    "GET /meetings/{meeting_id}/roster": WHO_MARKS,
    "PUT /bookings/{booking_id}/attendance/{meeting_id}": WHO_MARKS,
    "DELETE /bookings/{booking_id}/attendance/{meeting_id}": WHO_MARKS,
    "GET /messages/to-do": WHO_REACHES,
    "POST /messages/{message_id}/outcome": WHO_REACHES,
    "GET /messages": WHO_REACHES,
    "POST /messages/{message_id}/stop": WHO_BOOKS,
    "DELETE /messages/{message_id}/stop": WHO_BOOKS,
    "POST /messages/{message_id}/sending": WHO_BOOKS,
    "POST /messages/{message_id}/resending": WHO_BOOKS,
    "POST /agencies/{agency_id}/resendings": WHO_BOOKS,
    "GET /statistics": WHO_PLANS,
    "GET /subscriptions": EVERYBODY,
    "POST /subscriptions": EVERYBODY,
    "GET /subscriptions/{subscription_id}": EVERYBODY,
    "PUT /subscriptions/{subscription_id}": EVERYBODY,
    "DELETE /subscriptions/{subscription_id}": EVERYBODY,
    "POST /subscriptions/{subscription_id}/rotation": EVERYBODY,
    "POST /subscriptions/{subscription_id}/restoration": EVERYBODY,
    "GET /webhooks": set(),
    "POST /webhooks": set(),
    "GET /webhooks/{webhook_id}": set(),
    "PUT /webhooks/{webhook_id}": set(),
    "DELETE /webhooks/{webhook_id}": set(),
    "GET /webhooks/{webhook_id}/secret": set(),
    "POST /webhooks/{webhook_id}/secret": set(),
    "POST /webhooks/{webhook_id}/pause": set(),
    "DELETE /webhooks/{webhook_id}/pause": set(),
    "POST /webhooks/{webhook_id}/test": set(),
    "GET /webhooks/{webhook_id}/deliveries": set(),
    "POST /webhooks/{webhook_id}/deliveries/{delivery_id}/replay": set(),
    "GET /partners": EVERYBODY,
    "POST /partners": WHO_PLANS,
    "GET /partners/{partner_id}": EVERYBODY,
    "PUT /partners/{partner_id}": WHO_PLANS,
    "POST /partners/{partner_id}/archival": WHO_PLANS,
    "DELETE /partners/{partner_id}/archival": WHO_PLANS,
    "GET /partners/{partner_id}/leaflets": EVERYBODY,
    "GET /partner-lists": WHO_PLANS,
    "POST /partner-lists": set(),
    "GET /leaflets": EVERYBODY,
    "POST /leaflets": WHO_PLANS,
    "GET /leaflets/{leaflet_id}": EVERYBODY,
    "GET /leaflets/{leaflet_id}/file": EVERYBODY,
    "PUT /leaflets/{leaflet_id}": WHO_PLANS,
    "POST /leaflets/{leaflet_id}/removal": WHO_PLANS,
}
# What staff of another agency reach too: places where anybody may be booked, the one catalogue, and lists of their own.
REACHED_FROM_ELSEWHERE = {
    "GET /exports",
    "POST /exports/everything",
    "GET /imports",
    "GET /me",
    "GET /trainings",
    "GET /me/invitations",
    "PUT /me/invitations",
    "GET /me/mails",
    "PUT /me/mails",
    "GET /agencies",
    "GET /agencies/{agency_id}",
    "GET /agencies/{agency_id}/rooms",
    "GET /network",
    "POST /staff-lists",
    "GET /school-holidays",
    "POST /school-holidays",
    "GET /workshops",
    "GET /workshops/{workshop_id}",
    "POST /workshops",
    "PUT /workshops/{workshop_id}",
    "POST /workshops/{workshop_id}/archival",
    "DELETE /workshops/{workshop_id}/archival",
    "GET /sessions",
    "GET /sessions/{session_id}",
    "GET /sessions/{session_id}/contingents",
    "GET /session-lists",
    "POST /session-lists",
    "GET /decisions",
    "GET /recalls",
    "GET /sessions/{session_id}/bookings",
    "POST /sessions/{session_id}/group-bookings",
    "GET /sessions/{session_id}/line",
    "GET /sessions/{session_id}/message-preview",
    "GET /codes/{code}/bookings",
    "GET /job-seekers",
    "GET /questionnaires",
    "GET /questionnaires/{version}",
    "POST /questionnaires/trial",
    "POST /questionnaires/draft",
    "PUT /questionnaires/draft",
    "DELETE /questionnaires/draft",
    "POST /questionnaires/draft/publication",
    "GET /followed-bookings",
    "GET /referrals",
    "GET /unreachable",
    "GET /meetings",
    "GET /messages/to-do",
    "GET /messages",
    "GET /statistics",
    "GET /subscriptions",
    "GET /webhooks",
    "GET /partners",
    "POST /partners",
    "GET /partners/{partner_id}",
    "PUT /partners/{partner_id}",
    "POST /partners/{partner_id}/archival",
    "DELETE /partners/{partner_id}/archival",
    "GET /partners/{partner_id}/leaflets",
    "GET /partner-lists",
    "POST /partner-lists",
    "GET /leaflets",
    "POST /leaflets",
    "GET /leaflets/{leaflet_id}",
    "GET /leaflets/{leaflet_id}/file",
    "PUT /leaflets/{leaflet_id}",
    "POST /leaflets/{leaflet_id}/removal",
}


async def test_every_operation_is_in_the_table(programs: Programs) -> None:
    schema = (await programs.nobody()("GET", "/api/openapi.json")).json()

    described = {
        f"{method.upper()} {path.removeprefix('/api/v1')}" for path, item in schema["paths"].items() for method in item
    }

    assert described == MAY.keys()


async def test_nothing_answers_without_a_token(world: World, programs: Programs) -> None:
    ask = programs.nobody()
    schema = (await ask("GET", "/api/openapi.json")).json()

    for asked in every(schema, await things(world)):
        answer = await ask(asked.method, asked.path, asked.body, asked.headers)

        assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer"), asked.name
        assert answer.json()["type"] == "not-signed-in"


@pytest.mark.parametrize("role", sorted(EVERYBODY))
async def test_a_role_does_what_it_may_and_nothing_else(world: World, programs: Programs, role: Role) -> None:
    somebody = await world.staff(role, world.agency, f"Une {role}")
    ask = await programs.of(somebody)
    schema = (await ask("GET", "/api/openapi.json")).json()

    for asked in every(schema, await things(world, somebody)):
        answer = await ask(asked.method, asked.path, asked.body, asked.headers)

        assert (answer.status_code != 403) == (role in MAY[asked.name]), (asked.name, answer.text)
        assert answer.status_code in asked.statuses, (asked.name, answer.text)
        assert answer.status_code not in (401, 404), (asked.name, answer.text)


async def test_another_agency_has_nothing_here(world: World, programs: Programs) -> None:
    elsewhere = await world.another_agency()
    ask = await programs.of(await world.staff(MANAGER, elsewhere, "Sonia"))
    schema = (await ask("GET", "/api/openapi.json")).json()

    for asked in every(schema, await things(world)):
        answer = await ask(asked.method, asked.path, asked.body, asked.headers)

        assert (answer.status_code != 404) == (asked.name in REACHED_FROM_ELSEWHERE), (asked.name, answer.text)


async def test_lists_hold_nobody_of_another_agency(world: World, programs: Programs) -> None:
    found = await things(world)
    ask = await programs.of(await world.staff(MANAGER, await world.another_agency(), "Sonia"))

    for path in (f"/sessions/{found['session_id']}/bookings", "/job-seekers?q=a", "/messages/to-do"):
        assert (await ask("GET", path)).json() == [], path


async def test_what_is_elsewhere_looks_like_what_is_nowhere(world: World, programs: Programs) -> None:
    found = await things(world)
    nowhere = dict.fromkeys(found, "00000000-0000-7000-8000-000000000000")
    ask = await programs.of(await world.staff(MANAGER, await world.another_agency(), "Sonia"))
    schema = (await ask("GET", "/api/openapi.json")).json()

    for here, there in zip(every(schema, found), every(schema, nowhere), strict=True):
        if here.name not in REACHED_FROM_ELSEWHERE:
            answers = [await ask(one.method, one.path, one.body, one.headers) for one in (here, there)]

            assert [answer.status_code for answer in answers] == [404, 404], here.name
            assert _told(answers[0]) == _told(answers[1]), here.name


def _told(answer) -> dict[str, object]:
    return {name: value for name, value in answer.json().items() if name != "reference"}

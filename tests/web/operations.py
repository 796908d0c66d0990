"""Every operation of the description, as a request that would be right."""

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import msgspec

from booking.domain.agencies import Phase
from booking.domain.batches import KEPT as BATCH_KEPT
from booking.domain.batches import Batch, BatchLine
from booking.domain.batches import Deed as BatchDeed
from booking.domain.exports import KEPT, Export, ExportState, Format
from booking.domain.first_questionnaire import SHIPPED
from booking.domain.identifiers import new_id
from booking.domain.imports import ListKind
from booking.domain.leaflets import LeafletKind
from booking.domain.openings import Item
from booking.domain.partners import Partner
from booking.domain.phases import Becoming
from booking.domain.policies import DEFAULT, written
from booking.domain.staff import Staff
from booking.domain.subscriptions import FeedKind
from booking.domain.teams import BusyTime
from booking.services import (
    bringing_in,
    closures,
    contingents,
    diagnoses,
    handing_letters,
    leaflets,
    outages,
    partners,
    phases,
    subscriptions,
    teams,
    waits,
    webhook_trials,
)
from booking.services.leaflets import LeafletSaid
from booking.storage import batches, exports, outbox
from booking.web.api.questionnaire_views import QuestionnaireView
from tests.given import NOW, SITE, World, in_days
from tests.given_diaries import added, diary
from tests.given_partners import a_picture
from tests.given_places import a_closure, an_outage
from tests.given_referrals import a_partner, referred
from tests.given_webhooks import Office

EMPTY = diary()
METHODS = ("get", "post", "put", "delete")


@dataclass(frozen=True)
class Asked:
    """One operation: its name, and a request for it."""

    name: str
    method: str
    path: str
    template: str
    statuses: frozenset[int]
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)


def every(schema: dict[str, Any], ids: dict[str, str]) -> Iterator[Asked]:
    """A request for each operation, about these things."""
    bodies = bodies_about(ids)
    for template, item in schema["paths"].items():
        for method in METHODS:
            if method not in item:
                continue
            name = f"{method.upper()} {template.removeprefix('/api/v1')}"
            path = template.format(**ids) + QUERIES.get(name, "").format(**ids)
            statuses = frozenset(map(int, item[method]["responses"]))
            headers = {"If-Match": "*"} if method == "put" else {}
            yield Asked(name, method.upper(), path, template, statuses, bodies.get(name), headers)


QUERIES = {
    "GET /job-seekers": "?q=a",
    "GET /appointments": "?from=2026-11-01&until=2026-11-30&agency={agency_id}",
    "GET /session-lists": "?from=2026-11-01&until=2026-11-30",
    "GET /meetings": "?from=2026-11-01T00:00:00Z&before=2026-11-08T00:00:00Z",
}


def bodies_about(ids: dict[str, str]) -> dict[str, Any]:
    """A right body for each operation that takes one."""
    meeting = {"starts_at": in_days(30).isoformat(), "ends_at": in_days(30, 2).isoformat()}
    person = {"first_name": "Amélie", "last_name": "Lefèvre"}
    workshop = {"title": "Tableur", "short_title": "Tableur"}
    session = {"agency_id": ids["agency_id"], "workshop_id": ids["workshop_id"], "capacity": 8, "meetings": [meeting]}
    plan = session | {"first": "2026-12-01", "count": 2, "starts": "09:30:00", "ends": "11:30:00"}
    plan.pop("meetings")
    days = {"first_on": in_days(40).date().isoformat(), "last_on": in_days(41).date().isoformat(), "because": "Travaux"}
    room = {"name": "Chartreuse", "seats": 8, "workstations": 8}
    hours = [{"weekday": 1, "opens": "09:00", "closes": "12:00"}]
    webhook = {"name": "Suivi", "url": "https://suivi.example.org/recu", "events": ["booking.booked"]}
    holiday = {"zone": "A", "name": "Noël", "first_on": "2026-12-19", "last_on": "2027-01-03"}
    text = {"body": "Rappel: {atelier}, {date}, {lieu}. Code {code}"}
    settings = {"directions": "Tram A, arrêt Bastille", "hold_minutes": 15, "waitlist_policy": "offer"}
    leaflet = {"title": "Tarifs", "kind": "tariff"}
    export = {"agency_id": ids["agency_id"], "first_on": "2026-11-01", "last_on": "2026-11-30"}
    return {
        "POST /exports": export,
        "POST /imports": {"agency_id": ids["agency_id"], "kind": "people", "content": "Nom;Prénom\nDiallo;Awa"},
        "POST /imports/{import_id}/runs": {"dry_run": False},
        "POST /imports/{import_id}/rows/{line}/answer": {"answer": "leave"},
        "POST /trainings/{session_id}/bookings": {},
        "PUT /agencies/{agency_id}/settings": settings,
        "PUT /agencies/{agency_id}/phase": {"phase": "pilot", "hosts": True, "because": "Essai"},
        "PUT /agencies/{agency_id}/opening/{item}": {"because": "Textes communs"},
        "POST /agencies/{agency_id}/copies": {"model_id": ids["agency_id"], "parts": ["rooms"]},
        "PUT /agencies/{agency_id}/message-policy": written(DEFAULT),
        "POST /agencies/{agency_id}/message-policy/preview": written(DEFAULT),
        "PUT /agencies/{agency_id}/wordings/{kind}/{form}/{language}": text,
        "POST /agencies/{agency_id}/wordings/{kind}/{form}/{language}/preview": text,
        "POST /agencies/{agency_id}/rooms": room,
        "PUT /rooms/{room_id}": room | {"name": "Vercors"},
        "POST /agencies/{agency_id}/closures": days,
        "POST /agencies/{agency_id}/outages": days | {"room_id": ids["room_id"], "workstations": 2},
        "PUT /outages/{outage_id}": days | {"workstations": 1},
        "PUT /agencies/{agency_id}/team/{staff_id}": {"availability": hours, "ends_on": "2027-06-30"},
        "POST /agencies/{agency_id}/team/{staff_id}/busy-times": meeting | {"because": "Formation"},
        "POST /school-holidays": {"holidays": [holiday]},
        "POST /workshops": workshop,
        "PUT /workshops/{workshop_id}": workshop,
        "POST /sessions": session,
        "POST /plans/preview": plan,
        "POST /plans": plan,
        "PUT /sessions/{session_id}": {"capacity": 8, "meetings": [meeting]},
        "POST /sessions/{session_id}/cancellation": {"because": "Grève"},
        "PUT /sessions/{session_id}/meetings/{meeting_id}": meeting | {"capacity": 8, "following": True},
        "PUT /sessions/{session_id}/allowance": {"extra": 1, "because": "Une chaise"},
        "PUT /sessions/{session_id}/contingents/{agency_id}": {"places": 1, "until_at": in_days(7).isoformat()},
        "POST /sessions/{session_id}/merger": {"into": ids["other_session_id"], "because": "Deux groupes"},
        "POST /sessions/{session_id}/bookings": {"job_seeker_id": ids["job_seeker_id"]},
        "POST /sessions/{session_id}/holds": {"job_seeker_id": ids["job_seeker_id"]},
        "POST /workshops/{workshop_id}/waits": {
            "job_seeker_id": ids["job_seeker_id"],
            "agency_ids": [ids["agency_id"]],
        },
        "POST /sessions/{session_id}/group-bookings": {"job_seeker_ids": [ids["job_seeker_id"]]},
        "POST /bookings/{booking_id}/cancellation": {"party": "person"},
        "POST /bookings/{booking_id}/make-ups": {
            "missed_meeting_id": ids["meeting_id"],
            "meeting_id": ids["other_meeting_id"],
        },
        "PUT /bookings/{booking_id}/answer": {"answer": "coming"},
        "POST /bookings/{booking_id}/move": {"session_id": ids["other_session_id"]},
        "POST /job-seekers/{job_seeker_id}/referrals": {"partner_id": ids["referral_partner_id"], "aids": ["phone"]},
        "POST /referrals/{referral_id}/steps": {"deed": "remarked", "remark": "papers"},
        "POST /job-seekers": person | {"agency_id": ids["agency_id"], "is_sure": True},
        "PUT /job-seekers/{job_seeker_id}": person,
        "POST /job-seekers/{job_seeker_id}/closed-ways/{closed_way_id}/lifting": {"because": "Elle le demande"},
        "POST /job-seekers/{job_seeker_id}/merger": {"gone_id": ids["duplicate_id"]},
        "PUT /bookings/{booking_id}/attendance/{meeting_id}": {"mark": "attended"},
        "POST /messages/{message_id}/outcome": {"outcome": "reached"},
        "POST /agencies/{agency_id}/team/{staff_id}/external-calendars": {"name": "Zimbra", "content": EMPTY.decode()},
        "POST /agencies/{agency_id}/rooms/{room_id}/external-calendars": {"name": "Zimbra", "content": EMPTY.decode()},
        "PUT /external-calendars/{calendar_id}": {"name": "Outlook"},
        "POST /webhooks": webhook | {"agency_id": ids["agency_id"]},
        "PUT /webhooks/{webhook_id}": webhook,
        "PUT /me/mails": {"wanted": ["roster"], "email": "moi@example.org"},
        "PUT /me/invitations": {"takes_invitations": True, "email": "moi@example.org"},
        "POST /job-seekers/{job_seeker_id}/diagnoses": {"answers": {"phone": ["none"]}},
        "POST /diagnoses/{diagnosis_id}/decisions": {"suggestion": "offer:solidarity_phone", "verdict": "followed"},
        "POST /diagnoses/{diagnosis_id}/bookings": {
            "suggestion": "workshop:beginner:Prise en main",
            "session_id": ids["other_session_id"],
        },
        "POST /questionnaires/trial": {"answers": {"phone": ["none"]}},
        "PUT /questionnaires/draft": shipped_parts(),
        "POST /partners": {"name": "Espace des Clics", "is_sure": True},
        "PUT /partners/{partner_id}": {"name": "Espace des Clics"},
        "POST /partner-lists": [{"id": "1", "nom": "Espace des Clics"}],
        "POST /leaflets": leaflet | {"content": b64encode(a_picture()).decode()},
        "PUT /leaflets/{leaflet_id}": leaflet,
        "POST /subscriptions": {"kind": "agency", "scope_id": ids["agency_id"]},
        "PUT /subscriptions/{subscription_id}": {"name": "Mes ateliers"},
    }


def shipped_parts() -> dict[str, Any]:
    """The questions and rules that are shipped, as a program writes them."""
    said = msgspec.to_builtins(QuestionnaireView.of(SHIPPED))
    return {name: said[name] for name in ("questions", "rules")}


async def things(world: World, somebody: Staff | None = None) -> dict[str, str]:
    """One of each noun in the agency of the world, by the names that addresses give them; what is one's own of him."""
    session, other = await world.session(), await world.session()
    person, newcomer = await world.job_seeker(), await world.job_seeker()
    booking = await world.booked(session, person)
    seats = {"places": 1, "until_at": in_days(7), "by": world.manager, "now": NOW}
    await contingents.keep(world.db, session.id, world.agency.id, **seats)
    found = {
        "agency_id": world.agency.id,
        "room_id": world.room.id,
        "item": await a_planned_change(world),
        "staff_id": world.facilitator.id,
        **await what_stands_in_the_way(world),
        "workshop_id": world.workshop.id,
        "session_id": session.id,
        "other_session_id": other.id,
        "meeting_id": session.meetings[0].id,
        "other_meeting_id": other.meetings[0].id,
        "job_seeker_id": newcomer.id,
        "closed_way_id": new_id(NOW),
        "duplicate_id": (await world.job_seeker()).id,
        "other_id": (await world.job_seeker()).id,
        "booking_id": booking.id,
        "evidence_id": (await handing_letters.hand_over(world.db, booking.id, by=world.adviser, now=NOW)).id,
        "code": booking.code,
        "wait_id": await a_wait(world),
        **await a_referral(world),
        **await a_leaflet(world),
        "version": 1,
        "part": "phone",
        "diagnosis_id": await a_diagnosis(world),
        "message_id": await a_message_of(world, booking.id),
        "kind": "reminder",
        "form": "sms",
        "language": "fr",
        "subscription_id": await a_subscription(world, somebody or world.adviser),
        "calendar_id": (await added(world)).id,
        **await a_webhook(world),
        **await a_list(world),
        "export_id": await a_ready_file(world, somebody or world.adviser),
        "batch_id": await a_batch(world, somebody or world.adviser, other.id),
    }
    return {name: str(value) for name, value in found.items()}


async def a_batch(world: World, whose: Staff, session_id: UUID) -> UUID:
    """What somebody has ticked in a list, whatever he may do with it."""
    times = {"created_at": NOW, "expires_at": NOW + BATCH_KEPT}
    batch = Batch(id=new_id(NOW), asked_by=whose.id, deed=BatchDeed.RESIZE, lines_total=1, **times)
    async with world.db.transaction() as tx:
        await batches.add(tx, batch, [BatchLine(batch_id=batch.id, number=1, subject_id=session_id)])
    return batch.id


async def a_list(world: World) -> dict[str, object]:
    """A list that is written, and its row that waits for an answer."""
    await world.job_seeker("Traoré", first_name="Awa")
    named, content = "liste.csv", "Nom;Prénom\nTraoré;Awa".encode()
    told = {"by": world.manager, "now": NOW}
    order = await bringing_in.send(world.db, world.agency.id, ListKind.PEOPLE, named, content, **told)
    await bringing_in.begin(world.db, order.id, None, is_dry_run=False, site=SITE, **told)
    return {"import_id": order.id, "line": 2}


async def a_wait(world: World) -> UUID:
    """Somebody who waits for a seat where there is none yet."""
    person, near = await world.job_seeker(), await world.another_agency("Villeurbanne")
    joined = await waits.join(world.db, world.workshop.id, person.id, [near.id], by=world.adviser, now=NOW)
    assert joined.wait
    return joined.wait.id


async def a_planned_change(world: World) -> Item:
    """The agency will be something else in a year; a point of its opening."""
    standing = await phases.show(world.db, world.agency.id, by=world.manager, now=NOW)
    if standing.waiting is None:
        phase = Phase.OPEN if standing.agency.phase is Phase.PILOT else Phase.PILOT
        becoming = Becoming(phase=phase, hosts=True, because="Essai", due_on=in_days(300).date())
        await phases.change(world.db, world.agency.id, becoming, by=world.manager, now=NOW)
    return Item.TEXTS


async def a_diagnosis(world: World) -> UUID:
    """Somebody who has no phone, and may be offered one."""
    person = await world.job_seeker()
    said = {"phone": ["none"], "alone": ["nothing"]}
    return (await diagnoses.answer(world.db, person.id, said, by=world.adviser, now=NOW)).id


async def a_referral(world: World) -> dict[str, UUID]:
    """Somebody whom a partner without an address expects."""
    partner = await a_partner(world, referral_email="")
    return {"referral_partner_id": partner.id, "referral_id": (await referred(world, partner)).id}


async def a_leaflet(world: World) -> dict[str, UUID]:
    """Something to hand out, and the place it is about."""
    place = Partner(id=new_id(NOW), name="Médiathèque des Tilleuls", created_at=NOW)
    partner = await partners.add(world.db, place, is_sure=True, by=world.manager, now=NOW)
    said = LeafletSaid(title="Tarifs", kind=LeafletKind.TARIFF, language="fr", partner_id=partner.id)
    leaflet = await leaflets.add(world.db, said, a_picture(), by=world.manager, now=NOW)
    return {"partner_id": partner.id, "leaflet_id": leaflet.id}


async def a_subscription(world: World, by: Staff) -> UUID:
    """A calendar that somebody follows."""
    wish = subscriptions.Wish(kind=FeedKind.NETWORK)
    return (await subscriptions.create(world.db, wish, by=by, now=NOW)).subscription.id


async def a_ready_file(world: World, owner: Staff) -> UUID:
    """A file of somebody who may have had another role when he asked for it."""
    known = {"agency_id": world.agency.id, "session_id": None, "first_on": NOW.date(), "last_on": NOW.date()}
    said = {"about": "", "format": Format.CSV, "state": ExportState.DONE, "settled_at": NOW, "led_by": owner.id}
    export = Export(id=new_id(NOW), asked_by=owner.id, **known, **said, created_at=NOW, expires_at=NOW + KEPT)
    async with world.db.transaction() as tx:
        await exports.add(tx, export)
    return export.id


async def a_webhook(world: World) -> dict[str, UUID]:
    """A program that hears of the agency, and something it is told."""
    office = await Office.begin(world)
    endpoint = await office.endpoint(agency=world.agency)
    delivery = await webhook_trials.try_out(world.db, endpoint.id, by=office.agnes, now=NOW)
    return {"webhook_id": endpoint.id, "delivery_id": delivery.id}


async def a_message_of(world: World, booking_id: Any) -> Any:
    """Something that is said about a booking."""
    async with world.db.reading() as tx:
        return (await outbox.of_booking(tx, booking_id))[0].id


async def what_stands_in_the_way(world: World) -> dict[str, UUID]:
    """A closure, an outage and a busy time, far from every session."""
    closure, outage = a_closure(world, 50, room_id=world.room.id), an_outage(world, 50)
    when = {"starts_at": in_days(50), "ends_at": in_days(50, 2), "because": "Formation"}
    busy = BusyTime(id=new_id(NOW), staff_id=world.facilitator.id, **when)
    await closures.close(world.db, closure, by=world.manager, now=NOW)
    await outages.report(world.db, outage, by=world.manager, now=NOW)
    await teams.add_busy_time(world.db, world.agency.id, busy, by=world.manager, now=NOW)
    return {"closure_id": closure.id, "outage_id": outage.id, "busy_time_id": busy.id}

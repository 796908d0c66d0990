"""Presences in the words of the partner appointments: one status each, and only what changed since."""

import csv
import io
import json
from datetime import date

import pytest

from booking.domain.attendance import Mark, Reason
from booking.domain.bookings import Party
from booking.domain.errors import NotAllowed, NotFound
from booking.domain.exports import Scope
from booking.domain.staff import Role
from booking.services import appointments, attendance, bookings
from tests.given import NOW, World, in_days, meeting

AUTUMN = {"first_on": date(2026, 10, 1), "last_on": date(2026, 12, 31)}


async def taken(world: World, kind: str = "json", since=None, by=None) -> bytes:
    scope = Scope(agency_id=world.agency.id, **AUTUMN)
    pieces = await appointments.take(world.db, scope, kind, since=since, by=by or world.adviser, now=NOW)
    return b"".join([piece async for piece in pieces])


async def test_each_place_has_one_status_of_the_partner_interface(world: World):
    session = await world.session(meeting(in_days(1)), capacity=5)
    came, excused, away, unmarked, left = [await world.booked(session, await world.job_seeker()) for _ in range(5)]
    await bookings.cancel(world.db, left.id, party=Party.PERSON, because="", by=world.adviser, now=NOW)
    marks = {
        came.id: (Mark.LATE, None),
        excused.id: (Mark.EXCUSED, Reason.ILL),
        away.id: (Mark.ABSENT, None),
    }
    await attendance.mark_all(world.db, session.meetings[0].id, marks, by=world.facilitator, now=in_days(1, 1))

    found = json.loads(await taken(world))

    assert {one["numeroInscription"]: one["statut"] for one in found} == {
        came.code: "EFFECTUE",
        excused.code: "ABSENT_EXC",
        away.code: "ABSENT",
        unmarked.code: "PRIS",
        left.code: "ANNULE",
    }
    one = found[0]
    assert (one["duree"], one["modaliteContact"], one["typeReception"]) == (
        {"unite": "MINUTE", "valeur": 120},
        "PHYSIQUE",
        "COL",
    )
    assert one["date"] == "2026-10-20T10:00:00+02:00" and one["theme"] == world.workshop.title
    assert "Aïssatou" not in str(found)


async def test_a_later_list_tells_only_what_changed_and_under_the_same_name(world: World):
    session = await world.session(meeting(in_days(1)), capacity=5)
    _one, other = [await world.booked(session, await world.job_seeker()) for _ in range(2)]
    first = json.loads(await taken(world))
    await attendance.mark(
        world.db, session.meetings[0].id, other.id, Mark.ATTENDED, by=world.facilitator, now=in_days(1, 1)
    )

    changes = json.loads(await taken(world, since=in_days(1)))

    assert [(c["numeroInscription"], c["statut"]) for c in changes] == [(other.code, "EFFECTUE")]
    assert changes[0]["identifiant"] in {f["identifiant"] for f in first} and len(first) == 2
    assert json.loads(await taken(world, since=in_days(5))) == []


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_a_spreadsheet_reads_the_same_and_facilitators_take_none(world: World):
    booking = await world.booked(await world.session(), await world.job_seeker(identifier="=P1"))
    elsewhere = await world.staff(Role.ADVISER, await world.another_agency(), "Lucie")

    rows = list(csv.DictReader(io.StringIO((await taken(world, "csv")).decode("utf-8-sig")), delimiter=";"))

    assert [(row["numeroInscription"], row["identifiantBeneficiaire"]) for row in rows] == [(booking.code, "'=P1")]
    for by, refusal in ((world.facilitator, NotAllowed), (elsewhere, NotFound)):
        with pytest.raises(refusal):
            await taken(world, by=by)

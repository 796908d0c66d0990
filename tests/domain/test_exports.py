"""Who may take which presences away."""

from datetime import date
from uuid import uuid4

import pytest

from booking.domain.errors import InvalidField, NotAllowed, NotFound
from booking.domain.exports import Scope, may_take_session
from booking.domain.staff import Role
from tests.given import an_agency, somebody

HERE, ELSEWHERE = an_agency(), an_agency("Lyon Part-Dieu")
DAY = date(2026, 10, 19)


@pytest.mark.parametrize("role", [Role.ADVISER, Role.MANAGER, Role.ADMINISTRATOR])
def test_who_sees_people_takes_everybody_of_the_agency(role: Role):
    reached = Scope(agency_id=HERE.id, led_by=uuid4()).within_reach(somebody(role, HERE))

    assert reached == Scope(agency_id=HERE.id)


def test_a_facilitator_takes_what_he_leads():
    karim = somebody(Role.FACILITATOR, HERE)

    assert Scope(agency_id=HERE.id).within_reach(karim) == Scope(agency_id=HERE.id, led_by=karim.id)
    assert may_take_session(karim, HERE.id, [None, karim.id]) and not may_take_session(karim, HERE.id, [uuid4()])


def test_an_assistant_takes_nothing():
    with pytest.raises(NotAllowed):
        Scope(agency_id=HERE.id).within_reach(somebody(Role.ASSISTANT, HERE))


def test_what_is_elsewhere_is_not_found():
    with pytest.raises(NotFound):
        Scope(agency_id=ELSEWHERE.id).within_reach(somebody(Role.MANAGER, HERE))


def test_the_network_is_for_who_administers_it():
    assert Scope().within_reach(somebody(Role.ADMINISTRATOR, None)) == Scope()
    for by in (somebody(Role.ADMINISTRATOR, HERE), somebody(Role.MANAGER, None), somebody(Role.ADVISER, HERE)):
        with pytest.raises(NotAllowed):
            Scope().within_reach(by)


@pytest.mark.parametrize(
    ("first", "last", "faults"),
    [
        (None, DAY, {"first_on": "required"}),
        (DAY, date(2026, 10, 18), {"last_on": "ends-before-it-starts"}),
        (date(1, 1, 1), DAY, {"first_on": "far-away"}),
    ],
)
def test_days_that_do_not_fit_are_refused(first, last, faults):
    with pytest.raises(InvalidField) as refused:
        Scope(agency_id=HERE.id, first_on=first, last_on=last).checked()

    assert refused.value.facts["fields"] == faults

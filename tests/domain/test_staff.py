"""Who may do what, and where."""

from uuid import UUID

import pytest

from booking.domain.errors import NotAllowed, NotFound
from booking.domain.identifiers import new_id
from booking.domain.staff import Right, Role, Staff
from tests.given import NOW

HERE, ELSEWHERE = new_id(NOW), new_id(NOW)
ALL = {Right.SEE_PEOPLE, Right.BOOK, Right.PLAN, Right.MARK, Right.REACH, Right.TEAM, Right.AUDIT}
RIGHTS = {
    Role.ADVISER: {Right.SEE_PEOPLE, Right.BOOK, Right.REACH},
    Role.FACILITATOR: {Right.MARK},
    Role.ASSISTANT: {Right.MARK},
    Role.MANAGER: ALL,
    Role.ADMINISTRATOR: ALL | {Right.ADMINISTER},
    Role.AUDITOR: {Right.AUDIT},
}


def somebody(*roles: tuple[UUID | None, Role]) -> Staff:
    return Staff(id=new_id(NOW), name="Nadia", sign_in_name="nadia", roles=frozenset(roles))


@pytest.mark.parametrize("right", Right)
@pytest.mark.parametrize("role", Role)
def test_each_role_has_its_rights_and_no_others(role, right):
    assert somebody((HERE, role)).may(right, HERE) is (right in RIGHTS[role])


@pytest.mark.parametrize("role", Role)
def test_a_role_in_one_agency_is_none_in_another(role):
    person = somebody((HERE, role))

    assert not any(person.may(right, ELSEWHERE) for right in Right)


@pytest.mark.parametrize("role", Role)
def test_a_role_for_the_network_holds_everywhere(role):
    person = somebody((None, role))

    assert {right for right in Right if person.may(right, ELSEWHERE)} == RIGHTS[role]
    assert person.is_network_wide
    assert person.agency_ids == frozenset()


def test_two_roles_add_up_agency_by_agency():
    person = somebody((HERE, Role.ADVISER), (ELSEWHERE, Role.FACILITATOR))

    assert person.may(Right.BOOK, HERE)
    assert person.may(Right.MARK, ELSEWHERE)
    assert not person.may(Right.BOOK, ELSEWHERE)
    assert not person.may(Right.MARK, HERE)


def test_what_lies_outside_ones_agency_is_not_there():
    with pytest.raises(NotFound):
        somebody((HERE, Role.MANAGER)).must(Right.PLAN, ELSEWHERE)


def test_what_ones_role_lacks_inside_is_not_allowed():
    with pytest.raises(NotAllowed) as refused:
        somebody((HERE, Role.ADVISER)).must(Right.PLAN, HERE)

    assert refused.value.facts["right"] is Right.PLAN


def test_a_right_held_is_silent():
    somebody((HERE, Role.ADVISER)).must(Right.BOOK, HERE)
    somebody((HERE, Role.ADVISER)).must_somewhere(Right.BOOK)


def test_a_right_held_nowhere_is_not_allowed():
    with pytest.raises(NotAllowed):
        somebody((HERE, Role.FACILITATOR)).must_somewhere(Right.BOOK)


def test_without_a_role_there_is_nothing_in_sight():
    nobody = somebody()

    assert not nobody.belongs_to(HERE)
    assert not any(nobody.may_somewhere(right) for right in Right)


def test_who_leads_or_assists_does_so_in_the_agencies_of_that_role():
    person = somebody((HERE, Role.ASSISTANT), (ELSEWHERE, Role.MANAGER), (None, Role.FACILITATOR))

    assert person.leads_at == {HERE}
    assert somebody((HERE, Role.FACILITATOR)).leads_at == {HERE}
    assert somebody((HERE, Role.ADVISER)).leads_at == frozenset()

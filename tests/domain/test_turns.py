"""Fair between agencies: who has said much lets the others speak."""

from dataclasses import replace

from booking.domain.identifiers import new_id
from booking.domain.turns import Turns
from tests.given import NOW
from tests.given_cases import a_case, message_of

BASTILLE, CROIX_ROUSSE = new_id(NOW), new_id(NOW)


def messages(agency_id, number, priority=5):
    message = message_of(a_case())
    return [replace(message, agency_id=agency_id, priority=priority) for _ in range(number)]


def test_after_its_share_an_agency_lets_the_others_speak():
    turns = Turns(share=3)

    turns.count([*messages(BASTILLE, 2), *messages(CROIX_ROUSSE, 3)])

    assert turns.over == {CROIX_ROUSSE}


def test_what_is_urgent_costs_no_share():
    turns = Turns(share=3)

    turns.count(messages(BASTILLE, 9, priority=4))

    assert not turns.over


def test_when_nobody_else_waits_all_begin_again():
    turns = Turns(share=1)
    turns.count(messages(BASTILLE, 1))

    turns.begin_again()

    assert not turns.over

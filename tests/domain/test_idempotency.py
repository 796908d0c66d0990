"""A key and what was asked with it."""

from booking.domain.idempotency import once
from booking.domain.identifiers import new_id
from tests.given import NOW

NADIA, PAUL = new_id(NOW), new_id(NOW)
SESSION, PERSON = new_id(NOW), new_id(NOW)


def test_without_a_key_a_request_acts_each_time():
    assert once(NADIA, None, SESSION) is None
    assert once(NADIA, "", SESSION) is None


def test_the_same_request_has_the_same_fingerprint():
    assert once(NADIA, "k", SESSION, PERSON) == once(NADIA, "k", SESSION, PERSON)


def test_another_request_has_another_fingerprint():
    asked = [(SESSION, PERSON), (PERSON, SESSION), (SESSION,), (), (SESSION, PERSON, ""), (SESSION, PERSON, None)]

    assert len({once(NADIA, "k", *said).fingerprint for said in asked}) == len(asked)


def test_one_key_of_two_people_is_two():
    assert once(NADIA, "k", SESSION) != once(PAUL, "k", SESSION)


def test_a_fingerprint_tells_nothing_of_what_was_asked():
    found = once(NADIA, "k", "Diallo")

    assert len(found.fingerprint) == 64
    assert "Diallo" not in repr(found)

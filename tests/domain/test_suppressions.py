"""The keyed hash of an address: the same for everybody who has it, of no use to who lacks the secret."""

from booking.domain.job_seekers import Channel
from booking.domain.suppressions import hash_of, hashes_of, mark_of
from tests.given_cases import a_person

KEY = b"the secret of this installation"
MOBILE = "+33639980101"


def test_two_people_with_one_number_have_one_hash():
    awa, binta = a_person(phone=MOBILE), a_person(phone=MOBILE, email=None)

    assert hashes_of(KEY, awa)[Channel.SMS] == hashes_of(KEY, binta)[Channel.SMS]
    assert mark_of(awa, MOBILE) != mark_of(binta, MOBILE)


def test_an_address_is_the_same_in_capitals_and_another_on_another_way_or_with_another_secret():
    mail = hash_of(KEY, Channel.EMAIL, "awa@example.org")

    assert hash_of(KEY, Channel.EMAIL, " Awa@Example.ORG ") == mail
    assert (
        len({mail, hash_of(KEY, Channel.SMS, "awa@example.org"), hash_of(b"x", Channel.EMAIL, "awa@example.org")}) == 3
    )


def test_who_has_no_address_has_no_hash():
    assert hashes_of(KEY, a_person(email=None)) == {}

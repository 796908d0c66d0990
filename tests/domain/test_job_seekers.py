"""Who attends: how he is reached, and how he is found whatever way his name is typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain.errors import InvalidField
from booking.domain.fields import Problems
from booking.domain.identifiers import new_id
from booking.domain.job_seekers import Channel, JobSeeker, folded
from tests.given import NOW

LANDLINE, MOBILE = {"phone": "+33476000000"}, {"phone": "+33639980001", "phone_takes_sms": True}
ADDRESS = {"address": "3 rue des Lilas", "postcode": "38000", "commune": "Grenoble"}
MAIL = {"email": "aissatou@example.fr"}


def a_person(**known: object) -> JobSeeker:
    usual = {"first_name": "Aïssatou", "last_name": "Diallo", "created_at": NOW, "changed_at": NOW}
    return JobSeeker(id=new_id(NOW), agency_id=new_id(NOW), **(usual | known))


def problems(person: JobSeeker) -> dict[str, str]:
    with pytest.raises(InvalidField) as refused:
        person.checked(NOW)
    return refused.value.facts["fields"]


def test_papers_say_the_last_name_in_capitals():
    assert a_person().name == "Aïssatou DIALLO"


def test_everything_he_has_reaches_him_and_paper_in_his_hand_comes_last():
    person = a_person(**MAIL, **MOBILE, **ADDRESS)

    assert person.channels() == (Channel.EMAIL, Channel.SMS, Channel.CALL, Channel.LETTER, Channel.HAND)


def test_a_landline_is_called_and_takes_no_text():
    assert a_person(**LANDLINE).channels() == (Channel.CALL, Channel.HAND)


def test_the_way_he_wishes_comes_first():
    person = a_person(**MAIL, **MOBILE, preferred=Channel.CALL)

    assert person.channels() == (Channel.CALL, Channel.EMAIL, Channel.SMS, Channel.HAND)


def test_a_wish_that_cannot_be_met_changes_nothing():
    assert a_person(**MAIL, preferred=Channel.SMS).channels() == (Channel.EMAIL, Channel.HAND)


@pytest.mark.parametrize("missing", list(ADDRESS))
def test_a_letter_needs_the_whole_address(missing):
    assert not a_person(**(ADDRESS | {missing: ""})).has_postal_address


def test_without_phone_mail_and_address_he_will_receive_nothing():
    assert a_person().will_receive_nothing
    assert not a_person(**LANDLINE).will_receive_nothing
    assert not a_person(**ADDRESS).will_receive_nothing


def test_a_first_and_a_last_name_are_enough():
    person = a_person()

    assert person.checked(NOW) is person


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ({"first_name": "  "}, {"first_name": "required"}),
        ({"last_name": "D" * 81}, {"last_name": "too-long"}),
        ({"last_name": "Dial\x00lo"}, {"last_name": "bad-characters"}),
        ({"last_name": "Dial\nlo"}, {"last_name": "bad-characters"}),
        ({"identifier": "1" * 21}, {"identifier": "too-long"}),
        ({"address": "r" * 201}, {"address": "too-long"}),
        ({"postcode": "38000 CEDEX"}, {"postcode": "too-long"}),
        ({"commune": "G\u202erenoble"}, {"commune": "bad-characters"}),
        ({"birth_year": 1929}, {"birth_year": "out-of-range"}),
        ({"birth_year": NOW.year - 13}, {"birth_year": "out-of-range"}),
    ],
)
def test_a_field_that_cannot_stand_is_named(known, said):
    assert problems(a_person(**known)) == said


def test_problems_found_before_are_told_together_with_these():
    earlier = Problems({"email": "no-such-email"})

    with pytest.raises(InvalidField) as refused:
        a_person(first_name="").checked(NOW, earlier)

    assert set(refused.value.facts["fields"]) == {"email", "first_name"}


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("Lefèvre", "lefevre"),
        ("Cœuret", "coeuret"),
        ("Pełka", "pelka"),
        ("İbrahim", "ibrahim"),
        ("Işık", "isik"),
        ("Nguyễn", "nguyen"),
        ("Strauß", "strauss"),
        ("Ørsted", "orsted"),
        ("Ǿrsted", "orsted"),
        ("Jean-Pierre", "jean pierre"),
        ("D’Angelo", "d angelo"),
        ("D'Angelo", "d angelo"),
        ("  Da   Silva ", "da silva"),
        ("LEFEVRE", "lefevre"),
        ("Lefe\u0300vre", "lefevre"),
        ("Ⅳ ℡", "iv tel"),
        ("%_\\", ""),
        ("محمد", "محمد"),
    ],
)
def test_names_are_searched_without_accents_capitals_and_signs(typed, plain):
    assert folded(typed) == plain


@given(st.text())
def test_what_is_folded_is_folded_once_for_all(text):
    assert folded(folded(text)) == folded(text)


@given(st.text())
def test_how_it_was_typed_does_not_matter(text):
    assert folded(f"  {text}\u00a0") == folded(text)
    assert "  " not in folded(text)

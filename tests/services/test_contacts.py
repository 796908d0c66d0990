"""Phones and addresses, in whatever way people write them."""

import pytest

from booking.domain.fields import Problems
from booking.services.contacts import Phone, checked_email, checked_phone, phone, spoken


@pytest.mark.parametrize(
    "spelling",
    [
        "0639980001",
        "06 39 98 00 01",
        "06.39.98.00.01",
        "06-39-98-00-01",
        "(06) 39 98 00 01",
        "+33 6 39 98 00 01",
        "+33 (0)6 39 98 00 01",
        "0033 639 98 00 01",
        " 06 39 98 00 01 ",
        "06\u00a039\u202f98 00 01",
    ],
)
def test_one_number_has_many_spellings(spelling):
    assert phone(spelling) == Phone("+33639980001", takes_sms=True)


@pytest.mark.parametrize(
    ("said", "number", "takes_sms"),
    [
        ("06 12 34 56 78", "+33612345678", True),
        ("07 81 23 45 67", "+33781234567", True),
        ("04 76 12 34 56", "+33476123456", False),
        ("09 72 12 34 56", "+33972123456", False),
        ("0690 30 12 34", "+590690301234", True),
        ("0590 27 12 34", "+590590271234", False),
        ("0694 20 12 34", "+594694201234", True),
        ("0696 30 12 34", "+596696301234", True),
        ("0692 12 34 56", "+262692123456", True),
        ("0262 20 12 34", "+262262201234", False),
        ("0639 69 12 34", "+262639691234", True),
        ("55 12 34", "+508551234", True),
        ("+508 41 12 34", "+508411234", False),
        ("+49 151 23456789", "+4915123456789", True),
    ],
)
def test_numbers_of_france_and_overseas_are_told_apart_and_landlines_take_no_text(said, number, takes_sms):
    assert phone(said) == Phone(number, takes_sms)


@pytest.mark.parametrize(
    "said",
    [
        "3949",
        "15",
        "112",
        "06 12 34 56",
        "06 12 34 5",
        "06 12 34 56 78 9",
        "00 00 00 00 00",
        "abc",
        "+",
        "+33",
        "1234567",
    ],
)
def test_what_is_no_persons_number_is_refused(said):
    problems = Problems()

    assert checked_phone(said, problems) is None
    assert problems.found == {"phone": "no-such-phone"}


@pytest.mark.parametrize("said", ["06 39 98\x00 00 01", "\u202e06 39 98 00 01", "06\n39 98 00 01", "6" * 100_000])
def test_a_number_with_something_hidden_or_endless_in_it_is_refused(said):
    problems = Problems()

    assert checked_phone(said, problems) is None
    assert problems.found == {"phone": "no-such-phone"}


@pytest.mark.parametrize("said", [None, "", "  "])
def test_who_gives_nothing_has_nothing_and_no_problem(said):
    problems = Problems()

    assert (checked_phone(said, problems), checked_email(said, problems)) == (None, None)
    assert not problems.found


def test_a_number_is_spoken_two_by_two():
    assert spoken("+33639980001") == "06\u00a039\u00a098\u00a000\u00a001"


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ("aissatou@example.fr", "aissatou@example.fr"),
        (" Aissatou.Diallo+emploi@Example.FR ", "Aissatou.Diallo+emploi@example.fr"),
        ("o'brien_1@sous.domaine.example", "o'brien_1@sous.domaine.example"),
        ("a@xn--caf-dma.fr", "a@xn--caf-dma.fr"),
        (f"{'a' * 64}@example.fr", f"{'a' * 64}@example.fr"),
    ],
)
def test_an_address_is_kept_with_its_domain_in_lower_case(said, address):
    problems = Problems()

    assert checked_email(said, problems) == address
    assert not problems.found


@pytest.mark.parametrize(
    "said",
    [
        "aissatou",
        "aissatou@",
        "@example.fr",
        "aissatou@example",
        "aissatou@@example.fr",
        "a b@example.fr",
        "a..b@example.fr",
        ".a@example.fr",
        "a.@example.fr",
        "a@-example.fr",
        "a@example..fr",
        "a@example.fr.",
        "a@example.f",
        "a@[127.0.0.1]",
        '"a"@example.fr',
        "Aïssatou <a@example.fr>",
        "a@example.fr, b@example.fr",
        "a@example.fr\nBcc: b@example.fr",
        "a@exam\x00ple.fr",
        "é@example.fr",
        f"{'a' * 65}@example.fr",
        f"a@{'a' * 64}.fr",
        f"a@{'.'.join(['abcdefgh'] * 30)}.fr",
    ],
)
def test_what_is_no_address_is_refused(said):
    problems = Problems()

    assert checked_email(said, problems) is None
    assert problems.found == {"email": "no-such-email"}

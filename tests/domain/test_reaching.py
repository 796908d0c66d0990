"""What to do when somebody would hear nothing: the surest remedy first."""

import pytest

from booking.domain.job_seekers import Channel
from booking.domain.reaching import REFUSED, Remedy, Unreached, remedies
from tests.given_cases import a_person

PHONE = "+33476000000"


@pytest.mark.parametrize(
    ("phone", "reasons", "found"),
    [
        (None, {Unreached.NO_WAY}, [Remedy.PRINT, Remedy.ADD_CONTACT]),
        (None, {Unreached.EMAIL_REFUSED}, [Remedy.PRINT, Remedy.CORRECT_EMAIL]),
        (PHONE, {Unreached.EMAIL_REFUSED}, [Remedy.CALL, Remedy.PRINT, Remedy.CORRECT_EMAIL]),
        (PHONE, {Unreached.PHONE_REFUSED}, [Remedy.PRINT, Remedy.CORRECT_PHONE]),
        (
            PHONE,
            {Unreached.PHONE_REFUSED, Unreached.EMAIL_REFUSED},
            [Remedy.PRINT, Remedy.CORRECT_PHONE, Remedy.CORRECT_EMAIL],
        ),
        (PHONE, {Unreached.LAST_FAILED}, [Remedy.CALL, Remedy.PRINT]),
    ],
)
def test_what_would_reach_somebody_depends_on_what_failed(phone, reasons, found):
    assert remedies(a_person(phone=phone), frozenset(reasons)) == found


@pytest.mark.parametrize("reason", Unreached)
def test_paper_always_reaches_who_comes(reason):
    assert Remedy.PRINT in remedies(a_person(), frozenset({reason}))


def test_a_number_is_refused_by_text_message_and_an_address_by_mail():
    assert REFUSED == {Channel.SMS: Unreached.PHONE_REFUSED, Channel.EMAIL: Unreached.EMAIL_REFUSED}

"""What a mail that came back says: which of ours, and whether for good; nothing else is taken for one."""

from uuid import UUID

import pytest

from booking.delivery.bounces import Bounce, bounced
from booking.domain.receipts import Fate
from tests.given_bounces import DOMAIN, a_bounce, an_absence

KEY = UUID("019a0b3c-0000-7000-8000-000000000001")


@pytest.mark.parametrize(
    ("said", "fate"),
    [
        ({}, Fate.UNREACHABLE),
        ({"status": "5.1.10"}, Fate.UNREACHABLE),
        ({"status": "5.2.1"}, Fate.UNREACHABLE),
        ({"status": "5.1.8"}, Fate.FAILED),
        ({"status": "5.2.2"}, Fate.FAILED),
        ({"status": "5.7.1"}, Fate.FAILED),
        ({"status": "4.4.7"}, Fate.FAILED),
        ({"status": "4.4.7 (expired)"}, Fate.FAILED),
        ({"status": "nonsense"}, Fate.FAILED),
        ({"status": "4.0.0", "action": "delayed"}, None),
        ({"status": "5.0.0", "action": "Delayed"}, None),
    ],
)
def test_only_an_address_that_takes_no_mail_is_closed_for_good_and_a_delay_is_nothing_yet(said, fate):
    assert bounced(a_bounce(KEY, **said)) == Bounce(KEY, DOMAIN, frozenset({"awa@example.org"}), fate)


@pytest.mark.parametrize("returned", ["message/rfc822", "text/rfc822-headers", "message/rfc822-headers"])
def test_our_mail_is_known_by_its_message_id_however_it_comes_back(returned):
    assert bounced(a_bounce(KEY, returned=returned)).key == KEY


def test_the_words_of_a_report_do_not_matter():
    assert bounced(a_bounce(KEY, subject="Échec de la remise")) == bounced(a_bounce(KEY))


@pytest.mark.parametrize(
    "mail",
    [
        an_absence(KEY),
        a_bounce(KEY, action="delivered", status="2.0.0"),
        a_bounce(KEY, action="relayed", status="2.0.0"),
        a_bounce("somebody-else-s-mail"),
        a_bounce(KEY).replace(b"multipart/report", b"multipart/mixed"),
        a_bounce(KEY).replace(b"message/delivery-status", b"text/plain"),
        a_bounce(KEY)[:400],
        b"",
        b"\x00\xff" * 1000,
        b"Content-Type: multipart/report\r\n\r\n",
        a_bounce(KEY) + b"x" * (1024 * 1024),
    ],
    ids=range(11),
)
def test_everything_else_is_no_bounce(mail):
    assert bounced(mail) is None

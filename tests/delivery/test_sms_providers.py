"""Text messages: what is particular of each provider."""

from datetime import timedelta

import pytest

from booking.delivery.letters import DeliveryFailed, InDoubt, Misconfigured, PermanentFailure, Receipt, TemporaryFailure
from booking.delivery.sms import minutes_left
from booking.delivery.sms_brevo import Brevo
from booking.delivery.sms_factor import SmsFactor
from booking.delivery.sms_gateway import filled
from booking.delivery.sms_line import Answer
from booking.delivery.sms_ovh import Account, Ovh
from tests.delivery.sms_providers import OvhDouble
from tests.delivery.sms_server import open_desk
from tests.delivery.test_sms import TEXT, a_text
from tests.given import NOW

OVH = Ovh(Account("a", "s", "c", "sms-ab12345-1"))


def meaning(answered, answer: Answer) -> type[DeliveryFailed] | Receipt:
    try:
        return answered._read(answer)
    except DeliveryFailed as failed:
        return type(failed)


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ({"status": 1, "ticket": "7", "sent": 1}, Receipt("7")),
        ({"status": -8, "ticket": "7"}, Receipt("7")),
        ({"status": -1}, Misconfigured),
        ({"status": -3}, Misconfigured),
        ({"status": -7}, Misconfigured),
        ({"status": -7, "invalid": 1}, PermanentFailure),
        ({"status": -99}, TemporaryFailure),
        ({"status": 1, "ticket": "7", "sent": 0, "blacklisted": 1}, PermanentFailure),
        ({"status": 1, "ticket": "7", "sent": 0, "npai": 1}, PermanentFailure),
        ({"status": 1, "ticket": "7", "sent": 0, "not_allowed": 1}, PermanentFailure),
        ({"status": 1, "ticket": "7", "sent": 0, "flood": 1}, TemporaryFailure),
        ({"status": 1, "ticket": "7", "sent": 0, "country_limit": 1}, Misconfigured),
        ({"status": "1"}, InDoubt),
        ([], InDoubt),
    ],
)
def test_smsfactor_answers_by_a_status_of_its_own(said, means):
    assert meaning(SmsFactor("t"), Answer(200, said)) == means


@pytest.mark.parametrize(
    ("status", "code", "words", "means"),
    [
        (400, "invalid_parameter", "Invalid telephone number", PermanentFailure),
        (400, "invalid_parameter", "Recipient is blacklisted", PermanentFailure),
        (400, "invalid_parameter", "Sender is not valid", Misconfigured),
        (400, "not_enough_credits", "No", Misconfigured),
        (402, "not_enough_credits", "No", Misconfigured),
        (401, "unauthorized", "Key not found", Misconfigured),
        (404, "document_not_found", "No", Misconfigured),
        (503, "", "", TemporaryFailure),
    ],
)
def test_brevo_says_by_its_words_whose_fault_it_is(status, code, words, means):
    assert meaning(Brevo("k", "Ateliers"), Answer(status, {"code": code, "message": words})) == means


@pytest.mark.parametrize(
    ("status", "said", "means"),
    [
        (200, {"ids": [12, 13]}, Receipt("12")),
        (200, {"ids": [], "invalidReceivers": ["+33639980101"]}, PermanentFailure),
        (200, {"ids": []}, InDoubt),
        (400, {"message": "Invalid receivers"}, PermanentFailure),
        (400, {"message": "Sender Ateliers does not exist"}, Misconfigured),
        (403, {"message": "Invalid signature", "errorCode": "INVALID_SIGNATURE"}, Misconfigured),
        (404, {"message": "The requested object (serviceName = x) does not exist"}, Misconfigured),
        (504, None, TemporaryFailure),
    ],
)
def test_ovh_refuses_in_several_ways(status, said, means):
    assert meaning(OVH, Answer(status, said)) == means


async def test_ovh_is_asked_for_its_time_once():
    async with open_desk(OvhDouble()) as desk:
        delivery = desk.provider.open(desk.address, 5)
        for _ in range(3):
            await delivery.send(a_text())
        await delivery.close()

    assert (desk.provider.times_told, len(desk.taken)) == (1, 3)


async def test_ovh_is_asked_for_its_time_again_when_it_finds_ours_wrong():
    async with open_desk(OvhDouble()) as desk:
        delivery = desk.provider.open(desk.address, 5)
        await delivery.send(a_text())
        desk.provider.ahead = -3600
        with pytest.raises(TemporaryFailure):
            await delivery.send(a_text())
        await delivery.send(a_text())
        await delivery.close()

    assert (desk.provider.times_told, len(desk.taken)) == (2, 2)


async def test_a_text_is_dropped_by_ovh_when_it_is_of_no_use_any_more():
    async with open_desk(OvhDouble()) as desk:
        delivery = desk.provider.open(desk.address, 5)
        await delivery.send(a_text())
        await delivery.close()

    assert desk.heard[0].said["validityPeriod"] == 300


@pytest.mark.parametrize(
    ("lasts", "minutes"),
    [(timedelta(minutes=90, seconds=59), 90), (timedelta(days=9), 2880), (timedelta(seconds=5), 1), (None, 2880)],
)
def test_how_long_a_text_is_of_use(lasts, minutes):
    assert minutes_left(a_text(not_after=lasts and NOW + lasts)) == minutes


@pytest.mark.parametrize(
    ("template", "is_filled"),
    [
        ("to={number}&text={text}", f"to=+336&text={TEXT}"),
        ("{text}{text}", TEXT * 2),
        ("{unknown} {number", "{unknown} {number"),
        ("{{number}}", "{+336}"),
        ("", ""),
    ],
)
def test_only_what_is_known_is_filled_in_and_only_once(template, is_filled):
    assert filled(template, {"number": "+336", "text": TEXT, "key": "k"}) == is_filled

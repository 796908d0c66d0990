"""The address of a provider of text messages: what it opens, and what is said about one that opens nothing."""

import pytest

from booking.cli.serving import deliveries_of
from booking.delivery.letters import Misconfigured
from booking.delivery.opening import open_deliveries
from booking.delivery.sms_addresses import EXAMPLES, BadAddress, texts
from booking.domain.job_seekers import Channel
from booking.settings import BadSetting, load
from tests.delivery.test_email import SENDER

GATEWAY = "gateway+https://sms.example.org/send?to={digits}&text={text}"


@pytest.mark.parametrize("url", EXAMPLES.values(), ids=EXAMPLES)
def test_each_example_can_be_followed(url):
    assert texts(url).channel is Channel.SMS


@pytest.mark.parametrize(
    "url",
    [
        GATEWAY,
        f"{GATEWAY}#header=X-Key: a&header=X-Other: b&temporary=409,423&refused=&reference=data.0.id",
        "gateway+http://localhost:8080/?n={number}&t={text}",
        "gateway+http://[::1]/?n={number}&t={text}",
        'gateway+https://sms.example.org/send#body={"to":"{number}","text":"{text}"}',
        "ovh://app:s%2Fcret@sms-AB12345-1?consumer=c",
        "smsfactor://token@",
    ],
)
def test_what_can_be_left_out(url):
    texts(url)


@pytest.mark.parametrize(
    "url",
    [
        "twilio://s3cret@?sender=Ateliers",
        "s3cret",
        "ovh://app@sms-ab12345-1?consumer=s3cret",
        "ovh://app:s3cret@sms-ab12345-1",
        "ovh://app:s3cret@?consumer=c",
        "ovh://app:s3cret@sms-ab12345-1?consumer=c&sendr=Ateliers",
        "smsfactor://?token=s3cret",
        "smsfactor://s3cret@?sender=Les ateliers numériques",
        "smsfactor://s3cret@?sender=Ateliers2026",
        "smsfactor://s3cret\u00e9@?sender=Ateliers",
        "brevo://s3cret@",
        "brevo://s3cret@?sender=---",
        "brevo://s3cret@[?sender=Ateliers",
        "gateway+http://sms.example.org/?to={number}&text={text}&key=s3cret",
        "gateway+https:///?to={number}&text={text}&key=s3cret",
        "gateway+https://me:s3cret@sms.example.org/?to={number}&text={text}",
        "gateway+https://sms.example.org/?to={number}&key=s3cret",
        "gateway+https://sms.example.org/?text={text}&key=s3cret",
        f"{GATEWAY}#header=s3cret",
        f"{GATEWAY}#headr=X-Key: s3cret",
        f"{GATEWAY}#temporary=s3cret",
        f"{GATEWAY}#body=s3cret",
    ],
)
def test_an_address_that_opens_nothing_is_told_by_an_example_and_not_repeated(url):
    with pytest.raises(BadAddress) as refused:
        texts(url)
    with pytest.raises(BadSetting) as told:
        deliveries_of(load(None, {"ATELIERS_SMS_URL": url}))

    assert str(refused.value) == told.value.example and told.value.variable == "ATELIERS_SMS_URL"
    assert "s3cret" not in f"{refused.value!r}{told.value!r}{told.value.said}{told.value.example}"
    assert refused.value.__suppress_context__


def test_the_example_is_of_the_provider_that_was_named():
    with pytest.raises(BadAddress, match="brevo://"):
        texts("brevo://key@")


def test_texts_leave_beside_mail_or_alone(tmp_path):
    sms = EXAMPLES["brevo"]
    alone, beside, demo = (open_deliveries(url, SENDER, sms) for url in (None, "smtp://mail.example", "folder:///x"))

    assert alone.channels.machines == {Channel.SMS}
    assert beside.channels.machines == demo.channels.machines == {Channel.EMAIL, Channel.SMS}


def test_a_mail_sender_that_is_none_is_still_named():
    with pytest.raises(Misconfigured):
        open_deliveries("smtp://mail.example", "Ateliers", EXAMPLES["brevo"])


def test_the_keys_are_shown_nowhere():
    settings = load(None, {"ATELIERS_SMS_URL": "smsfactor://s3cret@?sender=Ateliers"})

    assert settings.sms_url and "s3cret" not in f"{settings!r}"
    assert deliveries_of(settings).channels.machines == {Channel.SMS}

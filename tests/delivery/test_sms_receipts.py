"""What each provider tells, as its documentation says it, and what no provider would."""

import pytest

from booking.delivery.sms_receipts import PARSERS, NotAReceipt
from booking.domain.receipts import Fate, Heard, Report

KEY = "019a0b3c-0000-7000-8000-000000000001"
MOBILE = "33639980101"


def gateway(kind: str, **data: object) -> dict[str, object]:
    return {"type": kind, "data": data}


def factor(status: int) -> dict[str, object]:
    known = {
        "date": "2026-10-19T10:00:00+02:00",
        "destination": MOBILE,
        "campaign_id": "15948909",
        "country_code": "FR",
    }
    return {"status": status, "message_id": KEY} | known


def brevo(state: str, **known: object) -> dict[str, object]:
    usual = {"id": 26570, "to": MOBILE, "messageId": 123, "msg_status": state, "type": "transactional"}
    return usual | {"ts_event": 1792396800, "tag": KEY} | known


def ovh(ptt: object) -> dict[str, object]:
    return {"id": "512", "ptt": ptt, "date": "2026-10-19 10:00:00", "description": "1", "descriptionDlr": "Success"}


# For each provider: what says that a text arrived, failed, can never arrive, and is still on its way.
TOLD = {
    "passerelle": [
        gateway("sms.delivered", reference="r", key=KEY),
        gateway("sms.failed", key=KEY),
        gateway("sms.unreachable", reference="r"),
        gateway("sms.queued", key=KEY),
    ],
    "ovh": [ovh("4"), ovh("8"), ovh("23"), ovh("3")],
    "smsfactor": [factor(3), factor(12), factor(5), factor(1)],
    "brevo": [brevo("delivered"), brevo("soft_bounce"), brevo("hard_bounce"), brevo("sent")],
}
HEARD = {
    "passerelle": gateway("sms.received", number="+33639980101", text="OUI"),
    "smsfactor": {"date": "2026-10-19T10:00:00+02:00", "message": "OUI", "from": MOBILE, "account_id": "1"},
    "brevo": brevo("replied", reply="OUI"),
}
EACH = pytest.mark.parametrize("provider", sorted(TOLD))


def test_every_provider_is_held_against_its_documentation():
    assert set(TOLD) == set(PARSERS)


@EACH
def test_each_fate_is_understood(provider):
    parse = PARSERS[provider]

    reports = [parse(told, "evt-1") for told in TOLD[provider]]

    assert [report and report.fate for report in reports] == [Fate.DELIVERED, Fate.FAILED, Fate.UNREACHABLE, None]
    assert all(report.reference or report.key for report in reports[:3])


@EACH
def test_the_same_event_is_known_again_and_another_is_another(provider):
    parse = PARSERS[provider]
    arrived, failed = TOLD[provider][:2]

    assert parse(arrived, "evt-1").event == parse(dict(arrived), "evt-1").event
    assert parse(arrived, "evt-1").event != parse(failed, "evt-2").event


@EACH
@pytest.mark.parametrize(
    "told",
    [
        {},
        {"type": "sms.delivered"},
        {"type": "sms.delivered", "data": []},
        {"type": "sms.delivered", "data": {"key": {"a": 1}}},
        {"type": ["sms.delivered"], "data": {}},
        {"id": None, "ptt": "4"},
        {"id": ["5"], "ptt": "4"},
        {"status": 3},
        {"status": True, "message_id": KEY},
        {"msg_status": "delivered"},
        {"msg_status": "replied", "reply": "OUI"},
        {"message": "OUI"},
        {"message_id": KEY, "status": "3" * 400},
        {"id": "5\x00", "ptt": "4"},
    ],
    ids=str,
)
def test_what_names_no_text_is_no_receipt(provider, told):
    with pytest.raises(NotAReceipt):
        found = PARSERS[provider](told, "evt-1")
        # What is on its way in one provider's words is nothing in another's.
        if found is None:
            raise NotAReceipt


@pytest.mark.parametrize("provider", sorted(HEARD))
def test_what_somebody_wrote_is_heard(provider):
    heard = PARSERS[provider](HEARD[provider], "evt-1")

    assert isinstance(heard, Heard)
    assert (heard.number.lstrip("+"), heard.body) == (MOBILE, "OUI")


def test_a_stop_that_the_provider_took_is_heard_as_one():
    stop = {"date": "2026-10-19T10:00:00+02:00", "message": "Stop SMS", "from": MOBILE, "last_message_id": KEY}

    assert PARSERS["smsfactor"](stop, "").body == "Stop SMS"
    assert PARSERS["brevo"](brevo("unsubscribe"), "").body == "STOP"


def test_our_own_key_comes_back_where_a_provider_gives_it_back():
    assert PARSERS["smsfactor"](factor(3), "").key == KEY
    assert PARSERS["brevo"](brevo("delivered", tag=[KEY]), "") == Report(
        event=PARSERS["brevo"](brevo("delivered"), "").event, fate=Fate.DELIVERED, reference="123", key=KEY
    )
    assert PARSERS["ovh"](ovh(4), "").reference == "512"


def test_long_words_and_signs_that_nobody_sees_are_cut_away():
    heard = PARSERS["passerelle"](gateway("sms.received", number=MOBILE, text="o\x00ui" + "x" * 5000), "evt-1")

    assert heard.body.startswith("o uix") and len(heard.body) <= 1600

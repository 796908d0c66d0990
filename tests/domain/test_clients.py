"""Programs that fetch calendars, by what they really say of themselves."""

import pytest

from booking.domain.clients import NAMES, client_of

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:142.0) Gecko/20100101 Firefox/142.0"
SAFARI = (
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605"
)
SEEN = [
    ("Google-Calendar-Importer", "Google Agenda"),
    ("Mozilla/5.0 (compatible; Google-Calendar-Importer)", "Google Agenda"),
    ("Microsoft Exchange/15.20 (Windows NT 10.0; Win64; x64)", "Outlook"),
    ("Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.17126; Pro)", "Outlook"),
    (
        "Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 6.1; Microsoft Outlook 16.0.9029; ms-office; MSOffice 16)",
        "Outlook",
    ),
    ("Outlook-iOS/2.0", "Outlook"),
    ("iOS/18.0 (22A3354) dataaccessd/1.0", "Apple Calendrier"),
    ("macOS/13.4 (22F66) dataaccessd/1.0", "Apple Calendrier"),
    ("Mac+OS+X/10.10.5 (14F27) CalendarAgent/316.1", "Apple Calendrier"),
    ("CalendarStore/5.0 (1127); iCal/5.0 (1535); Mac OS X/10.7.1 (11B26)", "Apple Calendrier"),
    ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:115.0) Gecko/20100101 Thunderbird/115.6.0", "Thunderbird"),
    ("ICSx5/2.4.3 (ical4j/3.2.19 okhttp/5.3.2 Android/16)", "Android (ICSx5)"),
    ("DAVx5/4.4.4-ose (dav4jvm; okhttp/4.12.0) Android/8.1.0", "DAVx5"),
    ("Nextcloud Webcal Service", "Nextcloud"),
    ("Nextcloud Webcal Crawler", "Nextcloud"),
    ("Evolution/3.60.2", "Evolution"),
    (FIREFOX, "un navigateur"),
    (SAFARI, "un navigateur"),
    ("curl/8.5.0", "curl"),
    ("WordPress/7.1 ICS Calendar/12.1.3.1", "un autre programme"),
    ("python-requests/2.32", "un autre programme"),
]


@pytest.mark.parametrize(("said", "name"), SEEN)
def test_a_program_is_called_what_people_call_it(said: str, name: str) -> None:
    assert client_of(said) == name
    assert client_of(said.upper()) == name


@pytest.mark.parametrize("said", [None, "", "\x00\x1b[2J", "é" * 10_000])
def test_whatever_says_nothing_of_use_is_another_program(said: str | None) -> None:
    assert client_of(said) == "un autre programme"


def test_every_sign_can_be_found() -> None:
    assert all(sign == sign.lower() and client_of(sign) == name for sign, name in NAMES)

"""Text messages: what every provider's adapter does, held against a double of each over real connections."""

import asyncio
import logging
import socket
import ssl
import subprocess
from collections.abc import AsyncIterator
from contextlib import nullcontext
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from booking.delivery.letters import (
    DeliveryFailed,
    InDoubt,
    Misconfigured,
    Outgoing,
    PermanentFailure,
    TemporaryFailure,
    Unreachable,
)
from booking.delivery.sms import Texts
from booking.delivery.sms_line import TIMEOUT
from booking.domain.job_seekers import Channel
from booking.services.handing_over import LONGEST_CALL
from tests.delivery.sms_providers import KEY, PROVIDERS
from tests.delivery.sms_server import STALLING, Desk, Mood, Provider, open_desk
from tests.given import NOW

NUMBER = "+33639980101"
# GSM-7 with everything that an address or JSON would take for its own.
TEXT = 'Votre place: atelier "Premiers pas", lundi 2 novembre à 9h30 & après {key} 100% #1 + café. Code K7 M4 P2'
WELL = (Mood.AGREES, Mood.HANGS_UP_LATER, Mood.ANSWERS_TWICE)


def a_text(**known: object) -> Outgoing:
    letter = Outgoing(
        key=str(uuid4()),
        channel=Channel.SMS,
        address=NUMBER,
        subject="",
        body=TEXT,
        written_at=NOW,
        not_after=NOW + timedelta(hours=5),
    )
    return replace(letter, **known)


@pytest.fixture(params=PROVIDERS.values(), ids=PROVIDERS)
def provider(request: pytest.FixtureRequest) -> Provider:
    return request.param()


@pytest.fixture
async def desk(provider: Provider) -> AsyncIterator[Desk]:
    async with open_desk(provider) as opened:
        yield opened


@pytest.fixture
async def post(provider: Provider, desk: Desk) -> AsyncIterator[Texts]:
    delivery = provider.open(desk.address, TIMEOUT)
    yield delivery
    await delivery.close()


async def failure(post: Texts, letter: Outgoing | None = None) -> DeliveryFailed:
    with pytest.raises(DeliveryFailed) as failed:
        await post.send(letter or a_text())
    return failed.value


async def test_a_text_is_taken_as_it_was_written(post, desk):
    receipt = await post.send(a_text())

    (taken,) = desk.taken
    assert (taken.number, taken.text) == (NUMBER, TEXT)
    assert receipt.reference == taken.reference


async def test_a_repeat_bears_the_same_mark_and_another_letter_another(post, desk, provider):
    letter, other = a_text(), a_text()

    receipts = [await post.send(one) for one in (letter, letter, other)]

    marks = [taken.mark for taken in desk.taken]
    assert len(set(marks)) == 2
    assert len(marks) == (2 if provider.knows_repeats else 3)
    assert (receipts[0] == receipts[1]) is provider.knows_repeats


@pytest.mark.parametrize("mood", [*STALLING, Mood.TAKES_AND_HANGS_UP, Mood.BREAKS_OFF])
async def test_who_does_not_answer_is_left_in_time_and_in_doubt_unless_he_knows_repeats(post, desk, provider, mood):
    loop = asyncio.get_running_loop()
    desk.moods, began = [mood], loop.time()

    failed = await failure(post)

    assert loop.time() - began < 1.5 * TIMEOUT
    assert isinstance(failed, Unreachable)
    assert isinstance(failed, InDoubt) is not provider.knows_repeats


async def test_after_a_lost_answer_a_repeat_arrives_once_where_repeats_are_known(post, desk, provider):
    desk.moods, letter = [Mood.TAKES_AND_HANGS_UP], a_text()
    await failure(post, letter)

    receipt = await post.send(letter)

    assert len(desk.taken) == (1 if provider.knows_repeats else 2)
    assert receipt.reference == desk.taken[-1].reference


async def test_an_error_there_passes(post, desk):
    desk.moods = [Mood.FAILS]

    failed = await failure(post)

    assert isinstance(failed, TemporaryFailure) and not isinstance(failed, Unreachable)


async def test_who_is_busy_says_when_to_come_again(post, desk):
    desk.moods = [Mood.IS_BUSY]

    failed = await failure(post)

    assert isinstance(failed, TemporaryFailure) and failed.retry_after == timedelta(minutes=2)


@pytest.mark.parametrize("mood", [Mood.KNOWS_NOBODY, Mood.FORBIDS, Mood.WANTS_MONEY, Mood.SENDS_ELSEWHERE])
async def test_what_is_wrong_with_the_account_is_no_fault_of_the_letter(post, desk, mood):
    desk.moods = [mood]

    assert isinstance(await failure(post), Misconfigured)
    assert len(desk.heard) == 1


async def test_a_number_that_gets_no_texts_is_refused_for_good(post, desk):
    desk.moods = [Mood.REFUSES_NUMBER]

    assert isinstance(await failure(post), PermanentFailure)


@pytest.mark.parametrize("mood", [Mood.SAYS_NONSENSE, Mood.SAYS_TOO_MUCH])
async def test_a_yes_that_nobody_can_read_is_no_receipt(post, desk, provider, mood):
    desk.moods = [mood]

    failed = await failure(post)

    assert isinstance(failed, TemporaryFailure)
    assert isinstance(failed, InDoubt) is not provider.knows_repeats


@pytest.mark.parametrize("mood", list(Mood))
async def test_after_whatever_happened_the_next_text_leaves(post, desk, mood):
    desk.moods, letter = [mood], a_text()
    with pytest.raises(DeliveryFailed) if mood not in WELL else nullcontext():
        await post.send(a_text())

    receipt = await post.send(letter)

    assert receipt.reference == desk.taken[-1].reference


async def test_an_answer_said_twice_is_not_taken_for_the_next(post, desk):
    desk.moods = [Mood.ANSWERS_TWICE, Mood.ANSWERS_TWICE, Mood.REFUSES_NUMBER]

    first, second = [await post.send(a_text()) for _ in range(2)]
    third = await failure(post)

    assert [first.reference, second.reference] == [taken.reference for taken in desk.taken]
    assert isinstance(third, PermanentFailure)


async def test_texts_share_a_connection(post, desk):
    for _ in range(5):
        await post.send(a_text())

    assert desk.connections == 1


async def test_texts_at_once_get_each_its_own_answer(post, desk):
    letters = [a_text(body=f"Texte {n}") for n in range(12)]

    receipts = await asyncio.gather(*map(post.send, letters))

    by_text = {taken.text: taken.reference for taken in desk.taken}
    assert [receipt.reference for receipt in receipts] == [by_text[letter.body] for letter in letters]


async def test_where_nobody_listens_nobody_was_told(provider):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        delivery = provider.open(f"http://127.0.0.1:{taken.getsockname()[1]}", TIMEOUT)

        failed = await failure(delivery)
        await delivery.close()

    assert isinstance(failed, Unreachable) and not isinstance(failed, InDoubt)


@pytest.mark.parametrize("wrong", ["", "0639980101", "+0639980101", "+33 6 39 98 01 01", "+336399801011234567", "+33x"])
async def test_what_cannot_be_a_number_is_refused_here(post, desk, wrong):
    assert isinstance(await failure(post, a_text(address=wrong)), PermanentFailure)
    assert not desk.heard


@pytest.mark.parametrize("mood", list(Mood))
async def test_number_text_and_key_are_written_down_nowhere(post, desk, mood, caplog, capsys):
    caplog.set_level(logging.INFO)
    desk.moods, letter = [mood], a_text()

    try:
        said = repr(await post.send(letter))
    except DeliveryFailed as failed:
        said = f"{failed!r}{failed.__cause__!r}"

    said += caplog.text + "".join(capsys.readouterr())
    assert not [secret for secret in (NUMBER[1:], "Premiers", KEY, letter.key) if secret in said]


async def test_who_cannot_prove_who_he_is_is_told_nothing(provider, tmp_path):
    async with open_desk(provider, _certified_by_nobody(tmp_path)) as desk:
        delivery = provider.open(desk.address.replace("http:", "https:"), 5)
        failed = await failure(delivery)
        await delivery.close()

    assert isinstance(failed, Misconfigured)
    assert not desk.heard


def _certified_by_nobody(folder: Path) -> ssl.SSLContext:
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    made = "openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1"
    command = [*made.split(), "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(command, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


async def test_a_closed_way_out_opens_again(post, desk):
    await post.send(a_text())
    await post.close()

    await post.send(a_text())

    assert len(desk.taken) == 2


def test_the_limit_is_below_that_of_a_call():
    assert TIMEOUT < LONGEST_CALL

"""The ways out of an installation, and files in place of mails."""

from dataclasses import replace
from email import message_from_bytes
from email.policy import default

import pytest

from booking.delivery.deliveries import Deliveries
from booking.delivery.email import Email
from booking.delivery.folder import Folder
from booking.delivery.letters import Misconfigured
from booking.delivery.opening import open_deliveries
from booking.domain.job_seekers import Channel
from tests.delivery.test_email import SENDER, a_letter
from tests.outside import Provider


async def test_a_mail_is_filed_under_its_key(tmp_path):
    letter = a_letter()

    await Folder(tmp_path / "mails", SENDER).send(letter)

    (file,) = (tmp_path / "mails").iterdir()
    mail = message_from_bytes(file.read_bytes(), policy=default)
    assert (file.name, mail["To"]) == (f"{letter.key}.eml", letter.address)


async def test_a_text_is_filed_with_its_number(tmp_path):
    letter = replace(a_letter(), channel=Channel.SMS, address="+33639980101", body="Votre place: lundi.")
    deliveries = open_deliveries(f"folder://{tmp_path}", SENDER)

    await deliveries.send(letter)

    assert (tmp_path / f"{letter.key}.txt").read_text() == "+33639980101\n\nVotre place: lundi.\n"


async def test_a_repeat_is_filed_once(tmp_path):
    letter = a_letter()

    for _ in range(2):
        await Folder(tmp_path, SENDER).send(letter)

    assert len(list(tmp_path.iterdir())) == 1


async def test_a_folder_that_cannot_be_written_is_a_fault_of_the_settings(tmp_path):
    (tmp_path / "taken").write_text("a file")

    with pytest.raises(Misconfigured):
        await Folder(tmp_path / "taken", SENDER).send(a_letter())


@pytest.mark.parametrize(
    ("channel", "has_key", "most"), [(Channel.EMAIL, False, 50), (Channel.SMS, False, 10), (Channel.SMS, True, 25)]
)
def test_as_many_leave_at_once_as_may_be_in_doubt(channel, has_key, most):
    provider = Provider(channel)
    provider.knows_repeats = has_key

    assert Deliveries(provider).terms[channel].group == most


def test_the_settings_choose_the_way_out(tmp_path):
    none, folder, mail = (open_deliveries(url, SENDER) for url in (None, f"folder://{tmp_path}", "smtp://mail.example"))

    assert none.channels.machines == frozenset()
    assert mail.channels.machines == {Channel.EMAIL}
    assert folder.channels.machines == {Channel.EMAIL, Channel.SMS}
    assert Email.channel is Channel.EMAIL

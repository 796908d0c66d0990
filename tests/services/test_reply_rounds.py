"""The mailbox of replies: read to the end, marked only when it is committed, and never stuck."""

from collections.abc import Iterator

import pytest

from booking.delivery.mailbox import Letterbox, MailboxFailed, mailbox
from booking.delivery.replies import LARGEST_MAIL
from booking.domain.replies import Taken
from booking.services import replying
from booking.services.reply_rounds import ROUND, read, reading
from tests.delivery.mailboxes import Box, imap_server
from tests.given import NOW, SITE
from tests.given_replies import a_reply
from tests.services.test_replying import Scene

NOBODY = a_reply("nothing@ateliers.example", "zoe@example.org")


@pytest.fixture
def box() -> Box:
    return Box()


@pytest.fixture
def where(box: Box) -> Iterator[str]:
    with imap_server(box) as address:
        yield f"imap://replies:s3cret%20word@{address}/INBOX"


async def look(db, where: str) -> int:
    return await read(db, Letterbox(mailbox(where)), site=SITE, now=NOW)


async def test_an_answer_in_the_mailbox_is_noted_and_marked(world, box, where):
    scene = Scene(world)
    await scene.begin()
    box.put(NOBODY, a_reply(scene.uid(), "awa@example.org", "DECLINED"), b"garbage")

    taken = await reading(mailbox(where), SITE)(world.db, NOW)

    assert (taken, box.unread, box.flagged, box.goodbyes) == (3, [], [], 1)
    assert len(await scene.tasks()) == 1
    assert await look(world.db, where) == 0


async def test_a_mail_too_large_is_never_fetched(db, box, where):
    box.put(b"x" * (LARGEST_MAIL + 1), NOBODY)

    assert await look(db, where) == 2
    assert (box.fetched, box.unread) == ([2], [])


async def test_a_mail_that_breaks_the_reader_is_flagged_and_the_next_one_follows(db, box, where, monkeypatch):
    async def broken(*said, **known):
        monkeypatch.undo()
        raise RuntimeError("awa@example.org")

    box.put(NOBODY, NOBODY)
    monkeypatch.setattr(replying, "take", broken)

    assert await look(db, where) == 2
    assert (box.flagged, box.unread) == ([1], [])


async def test_what_was_not_committed_stays_unread(db, box, where, monkeypatch):
    async def away(*said, **known):
        raise ConnectionError

    box.put(NOBODY)
    monkeypatch.setattr(replying, "take", away)
    with monkeypatch.context() as more:
        more.setattr(type(db), "now", away)
        with pytest.raises(ConnectionError):
            await look(db, where)

    assert (box.unread, box.goodbyes) == ([1], 1)


async def test_a_mail_that_cannot_be_marked_is_taken_again_and_noted_once(world, box, where):
    scene = Scene(world)
    await scene.begin()
    box.put(a_reply(scene.uid(), "awa@example.org", "DECLINED"))
    box.refused.add("UID STORE")

    with pytest.raises(MailboxFailed):
        await look(world.db, where)
    box.refused.clear()

    assert (await look(world.db, where), len(await scene.tasks()), box.unread) == (1, 1, [])


async def test_a_full_mailbox_is_read_in_rounds(db, box, where):
    box.put(*[NOBODY] * (ROUND + 1))

    assert [await look(db, where) for _ in range(3)] == [ROUND, 1, 0]


@pytest.mark.parametrize("refused", ["SELECT", "UID SEARCH", "UID FETCH"])
async def test_a_mailbox_that_answers_no_is_a_failure_and_nothing_is_marked(db, box, where, refused):
    box.put(NOBODY)
    box.refused.add(refused)

    with pytest.raises(MailboxFailed):
        await look(db, where)
    assert box.unread == [1]


async def test_a_wrong_password_is_not_repeated(db, box, where):
    box.password = "another"

    with pytest.raises(MailboxFailed) as failure:
        await look(db, where)

    assert "s3cret" not in f"{failure.value}{failure.value!r}{mailbox(where)!r}"


async def test_where_nobody_listens_it_is_a_failure(db):
    with pytest.raises(MailboxFailed):
        await look(db, "imap://replies:x@127.0.0.1:1/INBOX")


@pytest.mark.parametrize(
    "url", ["imap://a:b@mail.example", "pop3://a:b@mail.example", "imaps://mail.example", "imaps:"]
)
def test_another_address_is_refused(url):
    with pytest.raises(ValueError, match="imaps"):
        mailbox(url)


def test_an_address_says_where_and_which_folder():
    plain, other = mailbox("imaps://a%40b.org:p%2Fw@mail.example"), mailbox("imaps://a:b@mail.example:9930/Ateliers/In")

    assert (plain.host, plain.port, plain.username, plain.password, plain.folder) == (
        "mail.example",
        993,
        "a@b.org",
        "p/w",
        "INBOX",
    )
    assert (other.port, other.folder) == (9930, "Ateliers/In")


def test_every_outcome_is_one_word():
    assert len({taken.value for taken in Taken}) == len(Taken)

"""Whatever somebody typed comes out of every document as words, and does nothing there."""

import csv
import email
import email.policy
import io
import json
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook

from booking.delivery.plain_mails import plain_mail
from booking.documents.atom import atom
from booking.documents.followed_lists import csv_of as followed_csv
from booking.documents.json_feeds import json_feed
from booking.documents.session_lists import csv_of as sessions_csv
from booking.documents.sheets import Sheet, Xlsx
from booking.domain.errors import InvalidField
from booking.domain.fields import Problems
from booking.web.pages.pdfs import file_name
from calendars import feeds
from calendars.events import entry
from tests import papers
from tests.calendars.given import BEFORE, a_feed, a_meeting
from tests.delivery.test_plain_mails import SENDER, a_letter
from tests.documents.pdf.test_sheets import sheet
from tests.documents.test_followed_lists import LINE as FOLLOWED
from tests.documents.test_public_feeds import A, an_item
from tests.documents.test_public_feeds import a_feed as a_public_feed
from tests.documents.test_session_lists import LINE as SESSION
from tests.hostile import TYPED, UNSEEN

every = pytest.mark.parametrize("typed", TYPED.values(), ids=TYPED)
ACTS = tuple("=+-@＝＋－＠\t\r")


def cells(said: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(said.removeprefix("\ufeff")), delimiter=";"))


@every
def test_a_spreadsheet_calculates_nothing(typed: str):
    lists = (sessions_csv([replace(SESSION, workshop=typed)]), followed_csv([replace(FOLLOWED, last_name=typed)]))

    for head, row in map(cells, lists):
        assert len(row) == len(head)
        assert not [cell for cell in row if cell.startswith(ACTS)]
        assert typed in row or f"'{typed}" in row


def test_excel_finds_texts_and_calculates_nothing():
    target = io.BytesIO()
    file = Xlsx(target, [Sheet("Noms", [("nom", 20)])])
    file.write(0, [[typed] for typed in TYPED.values()])
    file.close()

    _, *found = load_workbook(target).worksheets[0].iter_rows()
    assert [row[0].value for row in found] == list(TYPED.values())
    assert {row[0].data_type for row in found} == {"s"}


@every
def test_a_calendar_has_one_entry_more_and_no_other_line(typed: str):
    said = {"summary": typed, "location": typed, "description": typed}
    plain = entry(a_meeting(summary="x", location="x", description="x"))

    written = entry(a_meeting(**said)).replace("\r\n ", "")
    body = feeds.body(a_feed(name=typed), [written], BEFORE.date()).decode()

    names = [line.partition(":")[0].partition(";")[0] for line in written.splitlines()]
    assert names == [line.partition(":")[0].partition(";")[0] for line in plain.replace("\r\n ", "").splitlines()]
    assert (body.count("\r\nBEGIN:VEVENT\r\n"), body.count("\r\nEND:VEVENT\r\n")) == (1, 1)


@every
def test_a_mail_has_the_same_headers_and_one_part(typed: str):
    _, _, content = plain_mail(a_letter(subject=typed, body=typed), SENDER)
    found = email.message_from_bytes(content, policy=email.policy.SMTP)

    assert found["Subject"] == " ".join(typed.split())
    assert (found["Bcc"], found["To"]) == (None, "awa@example.org")
    assert found.get_content().strip() == typed and not found.is_multipart()


@every
def test_readers_of_news_find_words(typed: str):
    feed = a_public_feed(an_item(title=typed, text=typed), title=typed)

    root = ElementTree.fromstring(atom(feed))  # noqa: S314 - our own
    assert root.find(f"{A}entry/{A}title").text == typed
    assert json.loads(json_feed(feed))["items"][0]["title"] == typed


@every
def test_a_paper_shows_signs_and_reads_no_file(typed: str):
    shown = "".join(papers.text(sheet(people=1, name=typed)).split())

    # What the typeface lacks is shown as a square.
    assert "".join(typed.split()).replace("＝", "□")[:8] in shown
    assert "root:" not in shown and papers.text(sheet(people=1)).count("Awa") == 1


@every
def test_the_name_of_a_file_is_letters_figures_and_hyphens(typed: str):
    assert re.fullmatch(r"[a-z0-9-]+\.pdf", file_name("emargement", typed, on=BEFORE.date()))


@pytest.mark.parametrize("typed", UNSEEN.values(), ids=UNSEEN)
def test_what_nobody_can_see_is_taken_by_no_field(typed: str):
    problems = Problems()
    problems.text("name", typed, longest=99)
    problems.text("words", typed, longest=99, lines=True)

    with pytest.raises(InvalidField) as refused:
        problems.refuse()

    assert refused.value.facts["fields"] == {"name": "bad-characters", "words": "bad-characters"}

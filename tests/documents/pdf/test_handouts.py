"""What an agency hands out, by the words on it."""

from datetime import timedelta

from booking.documents.pdf.call_lists import Call, CallList
from booking.documents.pdf.handouts import address_of, length, written
from booking.documents.pdf.printing import set_in_type
from tests import papers
from tests.given import NOW, an_agency


def test_lengths_are_said_in_hours() -> None:
    said = [length(timedelta(minutes=minutes)).replace("\u00a0", " ") for minutes in (45, 60, 90, 720, 725)]

    assert said == ["45 minutes", "1 heure", "1 heure 30", "12 heures", "12 heures 05"]


def test_an_agency_without_an_address_has_only_its_town() -> None:
    assert address_of(an_agency()) == "Grenoble"
    assert address_of(an_agency(address="1 rue des Alpes", postcode="38000")) == "1 rue des Alpes, 38000 Grenoble"
    assert written(an_agency(), NOW) == "Grenoble, le 19 octobre 2026"


def test_a_call_list_has_room_to_note_what_came_of_it_and_asks_to_be_destroyed() -> None:
    call = Call(name="Awa DIALLO", phone="04 76 00 00 00", about="Rappel", before="demain", script="Bonjour.", tries=2)

    said = papers.text(set_in_type("calls", CallList("lundi 19 octobre 2026", [call] * 3).data, NOW))

    assert said.count("Awa DIALLO 2 essais") == 3 and said.count("□ joint") == 3
    assert "détruisez cette liste après les appels" in said and "Page 1 / 1" in said

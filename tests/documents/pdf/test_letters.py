"""Letters as they are laid out: the address in the window, the words of the message, the stub."""

from dataclasses import replace

from booking.documents.messages import kind_of_letter, words_in
from booking.documents.pdf.letters import batch, in_print, letter
from booking.documents.pdf.printing import set_in_type
from booking.domain.cases import Case
from tests import papers
from tests.given import NOW, in_days
from tests.given_cases import a_case, a_person

LINK = "https://ateliers.example/p/K7M4P2/abcdefghijklmnop"
POSTED = {"address": "12 bis rue de la République, Bâtiment C", "postcode": "38400", "commune": "Saint-Martin-d’Hères"}


def data(case: Case, language: str = "fr", **more: object) -> dict[str, object]:
    return letter(case, words_in(language, kind_of_letter(case), case, NOW), NOW, **({"link": LINK} | more))  # type: ignore[arg-type]


def made(case: Case, language: str = "fr", **more: object) -> bytes:
    return set_in_type("letters", batch("Lettre", [data(case, language, **more)]), NOW)


def posted(*days: int) -> Case:
    return a_case(*map(in_days, days), person=a_person(**POSTED))


def test_the_address_stands_in_the_window_and_nothing_else_does() -> None:
    longest = a_person(
        **POSTED | {"address": "W" * 38 + ", " + "W" * 38 + ", " + "W" * 38 + ", " + "W" * 38}, last_name="W" * 34
    )
    for case, is_large in ((posted(14), False), (posted(14), True), (a_case(person=longest), False)):
        found = papers.places(made(case, is_large=is_large))

        # The frame is 85 by 33 mm, 110 mm from the left and 55 mm from the top.
        there = [(x, y, run) for x, y, run in found if x >= 109 and 50 < y < 90]
        assert all(x >= 110 and 55 < y < 88 for x, y, _ in there)
        assert "SAINT MARTIN D HÈRES" in there[-1][2] and "AWA" in there[0][2]


def test_a_letter_says_the_message_and_nothing_is_lost() -> None:
    case = posted(14)
    said = words_in("fr", kind_of_letter(case), case, NOW)

    text = papers.text(made(case)).replace(" ", "")

    assert said.subject.replace(" ", "").replace("\u202f", "").replace("\u00a0", "") in text
    for word in said.body.replace("\u202f", " ").replace("\u00a0", " ").split():
        assert word in text or word == ":"


def test_an_invitation_never_looks_like_a_duty() -> None:
    case = posted(14)
    duty = replace(case, workshop=replace(case.workshop, is_compulsory=True))

    free, bound = papers.text(made(case)), papers.text(made(duty))

    assert "INVITATION" in free and "CONVOCATION" not in free and "CONVOCATION" in bound


def test_the_stub_proves_who_was_handed_which_text() -> None:
    said = papers.text(made(posted(14)))

    assert "Remis en main propre à Awa DIALLO" in said and "texte confirmation/fr/2" in said
    assert said.index("Remis en main propre") > said.index("Une question")
    assert "le ____ / ____ / ________" in said and "signature" in said


def test_cycles_stay_on_one_sheet_with_their_stub() -> None:
    for many in (1, 6, 16):
        assert len(papers.pages(made(posted(*range(14, 14 + many))))) == 1


def test_large_print_may_take_a_second_sheet_and_says_which() -> None:
    found = papers.pages(made(posted(*range(14, 20)), is_large=True))

    assert len(found) == 2 and "Page 2" in found[1] and "Remis en main propre" in found[1]


def test_the_person_s_page_and_code_stand_beside_the_picture_while_it_lasts() -> None:
    case = posted(14)

    with_page, over = papers.text(made(case)), papers.text(made(case, link=""))

    assert "ateliers.example/p/K7M4P2/abcdefghijklmnop" in with_page.replace(" ", "") and "Votre code : " in with_page
    assert "Votre code : " not in over.replace("Votre code, au", "")


def test_an_english_letter_is_english_and_names_itself_in_french() -> None:
    content = made(posted(14), "en", in_french="Votre inscription")

    assert "You have a place in a workshop." in papers.text(content) and "Votre inscription" in papers.text(content)
    assert "Your code:" in papers.text(content)


def test_arabic_is_printed_in_french() -> None:
    assert [in_print(language) for language in ("fr", "en", "ar")] == ["fr", "en", "fr"]


def test_each_letter_of_a_batch_begins_a_sheet_of_its_own() -> None:
    names = ["Un", "Deux", "Trois"]
    cases = [a_case(person=a_person(first_name=name, **POSTED)) for name in names]

    found = papers.pages(set_in_type("letters", batch("Trois lettres", [data(case) for case in cases]), NOW))

    assert len(found) == 3
    assert all(f"Bonjour {name} DIALLO" in page for name, page in zip(names, found, strict=True))
    assert not [page for page in found if "Page 2" in page]

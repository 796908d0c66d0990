"""What a field may hold, whatever its script, and what nobody can see in it."""

import pytest

from booking.domain.errors import InvalidField, InvalidSchedule
from booking.domain.fields import Problems, has_hidden_characters

HIDDEN = {
    "nul": "Dial\x00lo",
    "escape": "\x1b[31mDiallo",
    "delete": "Diallo\x7f",
    "tab": "Dial\tlo",
    "next line": "Dial\x85lo",
    "right-to-left override": "Di\u202eolla",
    "isolate": "Di\u2066allo",
    "zero-width space": "Di\u200ballo",
    "byte order mark": "\ufeffDiallo",
    "soft hyphen": "Dial\u00adlo",
    "half of a pair": "Dial\ud83dlo",
    "private use": "Dial\ue000lo",
    "no character": "Dial\uffffplus",
    "line separator": "Dial\u2028lo",
    "line break": "Dial\nlo",
}
SEEN = {
    "French": "Œuvre d’Anaïs – « L’Haÿ »",
    "Arabic": "محمد الأمين",
    "Persian": "علی\u200cرضا",
    "Hindi": "क्\u200dष",
    "Vietnamese": "Nguyễn Thị Hồng",
    "taken apart": "Lefe\u0300vre",
    "emoji": "👩\u200d👩\u200d👧 ❤\ufe0f",
    "no-break space": "10\u00a0h\u202f30",
}


@pytest.mark.parametrize("text", HIDDEN.values(), ids=HIDDEN)
def test_what_nobody_can_see_is_refused(text):
    assert has_hidden_characters(text)


@pytest.mark.parametrize("text", SEEN.values(), ids=SEEN)
def test_what_people_are_called_is_accepted(text):
    assert not has_hidden_characters(text)


def test_text_of_several_lines_may_break_where_it_is_asked_for():
    problems = Problems()

    problems.text("objectives", "Allumer\nÉteindre", longest=100, lines=True)
    problems.text("title", "Allumer\nÉteindre", longest=100)

    assert problems.found == {"title": "bad-characters"}


@pytest.mark.parametrize(
    ("value", "code"), [("", "required"), (" \u00a0", "required"), ("abcd", "too-long"), ("a\x00", "bad-characters")]
)
def test_each_problem_of_a_text_has_its_code(value, code):
    problems = Problems()

    problems.text("name", value, longest=3)

    assert problems.found == {"name": code}


def test_a_text_may_be_as_long_as_it_may_be():
    problems = Problems()

    problems.text("name", "abc", longest=3)
    problems.text("note", "", longest=3, required=False)

    problems.refuse()


@pytest.mark.parametrize(("number", "is_well"), [(0, False), (1, True), (8, True), (9, False)])
def test_both_bounds_are_included(number, is_well):
    problems = Problems()

    problems.between("seats", number, 1, 8)

    assert (not problems.found) is is_well


def test_the_first_problem_of_a_field_stands():
    problems = Problems()

    problems.add("phone", "no-such-phone")
    problems.add("phone", "too-long")

    assert problems.found == {"phone": "no-such-phone"}


def test_every_problem_is_told_at_once_as_the_refusal_wished_for():
    problems = Problems({"a": "required", "b": "too-long"})

    with pytest.raises(InvalidField) as refused:
        problems.refuse()
    with pytest.raises(InvalidSchedule):
        problems.refuse(InvalidSchedule)

    assert refused.value.facts == {"fields": {"a": "required", "b": "too-long"}}

"""By what a computer is known: in words to its owner, by a mark to the sign-in."""

import pytest

from booking.domain.devices import MARKS, device_of, known_as, marked

SECRET = b"nobody can guess this in a test run"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Windows"),
        ("Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) AppleWebKit Version/18.0 Safari/604.1", "Safari, iPad"),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit Chrome/140.0 Mobile Safari/537.36", "Chrome, Android"),
        ("curl/8.0", ""),
        (None, ""),
    ],
)
def test_a_computer_is_called_as_people_call_it(said: str | None, words: str):
    assert device_of(said) == words


def test_a_mark_is_one_persons_of_one_installation():
    marks = marked("", "nadia", SECRET)

    assert known_as(marks, "nadia", SECRET)
    assert known_as(marks, "karim", SECRET) is None
    assert known_as(marks, "nadia", SECRET + b"!") is None


def test_those_who_share_a_desk_keep_their_marks():
    marks = ""
    for name in ("nadia", "karim", "nadia"):
        marks = marked(marks, name, SECRET)

    assert len(marks.split(".")) == 2
    assert known_as(marks, "nadia", SECRET) and known_as(marks, "karim", SECRET)


def test_a_desk_of_many_forgets_the_one_longest_away():
    marks = ""
    for n in range(MARKS + 1):
        marks = marked(marks, f"name {n}", SECRET)

    assert known_as(marks, "name 0", SECRET) is None
    assert known_as(marks, "name 1", SECRET)


@pytest.mark.parametrize("said", ["", ".", "x" * 38, "é" * 38, "x" * 5000, "." * 500])
def test_what_is_no_mark_is_nothing(said: str):
    assert known_as(said, "nadia", SECRET) is None
    assert known_as(marked(said, "nadia", SECRET), "nadia", SECRET)

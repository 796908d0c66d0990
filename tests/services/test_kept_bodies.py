"""Bodies are kept while there is room, and the one not asked for the longest goes first."""

from booking.services.kept_bodies import KeptBodies


def test_a_kept_body_is_found_by_its_tag():
    bodies = KeptBodies()
    bodies.keep("a", b"BEGIN")

    assert (bodies.get("a"), bodies.get("b")) == (b"BEGIN", None)


def test_the_one_not_asked_for_the_longest_goes_first():
    bodies = KeptBodies(room=10)
    bodies.keep("a", b"12345")
    bodies.keep("b", b"12345")
    bodies.get("a")

    bodies.keep("c", b"1")

    assert [tag for tag in "abc" if bodies.get(tag)] == ["a", "c"]


def test_what_is_larger_than_all_the_room_drives_nobody_out():
    bodies = KeptBodies(room=10)
    bodies.keep("a", b"12345")

    bodies.keep("b", b"x" * 11)

    assert (bodies.get("a"), bodies.get("b")) == (b"12345", None)


def test_what_is_kept_twice_takes_its_room_once():
    bodies = KeptBodies(room=10)
    for _ in range(3):
        bodies.keep("a", b"12345")

    bodies.keep("b", b"12345")

    assert bodies.get("a") and bodies.get("b")

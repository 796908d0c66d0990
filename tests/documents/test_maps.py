"""Agencies on a map: each once, named where there is room, counted where there is none."""

import re

from booking.documents.maps import Point, drawn

GRENOBLE = Point("Grenoble Bastille", 45.17, 5.71, "pilot")
LYON = Point("Lyon <Confluence>", 45.74, 4.82, "open")
CAYENNE = Point("Cayenne", 4.93, -52.33, "open", "973 Guyane")


def test_a_few_agencies_are_named_and_no_name_is_markup():
    svg = drawn([GRENOBLE, LYON], "Carte", "Deux agences")

    assert "Grenoble Bastille</text>" in svg and "Lyon &lt;Confluence&gt;</text>" in svg
    assert svg.index("<title") < svg.index("<desc") and 'role="img"' in svg


def test_north_is_above_and_east_is_right():
    svg = drawn([GRENOBLE, LYON], "", "")

    (x, y), (cx, cy) = _pilot(svg), _circle(svg)
    assert x > cx and y > cy, "Grenoble lies south-east of Lyon"


def test_one_alone_stands_in_the_middle():
    x, y = _pilot(drawn([GRENOBLE], "", ""))

    assert (x, y) == (320, 124), "above the middle of a low map by what its sign is high"


def test_few_agencies_take_no_more_room_than_they_need():
    towns = [Point(f"Lyon {n}", 45.74 + n / 900, 4.82 + n / 900, "open") for n in range(6)]

    heights = [_height(drawn(some, "", "")) for some in ([GRENOBLE], [GRENOBLE, LYON], [GRENOBLE, *towns])]

    assert max(heights) <= 264
    assert _height(drawn([GRENOBLE, *towns * 3], "", "")) == 560


def test_many_at_one_place_are_one_circle_with_their_number():
    crowd = [Point(f"Lyon {n}", 45.74 + n / 10_000, 4.82, "open") for n in range(30)]

    svg = drawn([GRENOBLE, *crowd], "", "")

    assert ">30</text>" in svg and svg.count("<circle") == 1


def test_what_lies_overseas_has_its_box():
    svg = drawn([GRENOBLE, CAYENNE], "", "")

    assert 'class="box"' in svg and "973 Guyane" in svg


def test_every_agency_is_counted_once_however_many_there_are():
    spread = [Point(str(n), 42 + n % 9, -4 + n % 12, "open") for n in range(900)]

    svg = drawn(spread, "", "")

    alone = len(re.findall("<circle class=.open", svg))
    assert alone + sum(map(int, re.findall(r">(\d+)</text>", svg))) == 900


def _height(svg: str) -> int:
    return int(re.findall(r'viewBox="0 0 640 (\d+)"', svg)[0])


def _pilot(svg: str) -> tuple[float, float]:
    x, y = re.findall(r'class="pilot" d="M(\d+) (\d+)', svg)[0]
    return float(x), float(y)


def _circle(svg: str) -> tuple[float, float]:
    x, y = re.findall(r'<circle class="open" cx="(\d+)" cy="(\d+)"', svg)[0]
    return float(x), float(y)

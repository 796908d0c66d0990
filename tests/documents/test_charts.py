"""Charts as they are drawn: told to who does not see them, and by more than colour."""

from xml.etree import ElementTree

from booking.documents.charts import Bar, Column, Named, bars, columns, ticks

NAMED = Named("g", "Remplissage", "Lyon : 88 %; Fontaine : 52 %")
SVG = "{http://www.w3.org/2000/svg}"


def read(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1))  # noqa: S314 - it is our own


def test_a_chart_has_a_name_and_says_its_figures():
    drawn = read(bars(NAMED, [Bar("Lyon", 0.88, "88 %")]))

    names = drawn.attrib["aria-labelledby"].split()
    said = {one.attrib["id"]: one.text for one in (*drawn.iter(f"{SVG}title"), *drawn.iter(f"{SVG}desc"))}
    assert drawn.attrib["role"] == "img" and [said[name] for name in names] == [NAMED.title, NAMED.text]


def test_a_name_cannot_act_as_markup():
    drawn = bars(NAMED, [Bar("<script>", 0.5, "& co")])

    assert "<script>" not in drawn and "&lt;script&gt;" in drawn and read(drawn) is not None


def test_what_misses_its_mark_is_hatched_and_no_bar_leaves_its_track():
    drawn = read(
        bars(NAMED, [Bar("a", 0.5, "50 %", misses=True), Bar("b", 9, "900 %")], mark=0.75, mark_said="objectif")
    )

    rects = [one.attrib for one in drawn.iter(f"{SVG}rect")]
    lengths = [float(one["width"]) for one in rects if one["class"] in ("missed", "fill")]
    tracks = {float(one["width"]) for one in rects if one["class"] == "track"}
    assert next(one for one in rects if one["class"] == "missed")["fill"] == "url(#g-hatch)"
    assert lengths[0] * 2 == lengths[1] == tracks.pop()


def test_bars_in_each_other_have_other_widths():
    drawn = read(columns(NAMED, [Column("S45", (96, 70, 61))]))

    widths = [float(one.attrib["width"]) for one in drawn.iter(f"{SVG}rect")]
    assert len(widths) == 3 and widths[0] > widths[1] > widths[2]


def test_a_scale_has_round_numbers_up_to_the_largest():
    assert ticks(148) == [0, 50, 100, 150]
    assert ticks(0) == [0, 1, 2] and ticks(7) == [0, 2, 4, 6, 8]

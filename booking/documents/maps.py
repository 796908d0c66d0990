"""Agencies on a map, drawn here: points where they lie, no coast and no street, and boxes for what lies overseas.

Nothing is told by colour alone: each phase has its own shape. Where points would cover each other one circle stands for
all of them, with their number. The list beside the map says the same in words.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from math import cos, hypot, radians, sqrt

WIDTH, HEIGHT, EDGE = 640, 560, 24
# With few points the map is as high as they need: so much at most, and at least.
HEIGHT_OF_FEW, LEAST_HEIGHT = 264, 120
BOX, BOX_GAP = 84, 8
# Of so few points each has its name beside it; of more, those that lie so near to the first of them are one circle.
FEW, NEAR = 14, 28
# A map of one town shows its surroundings, too: at least so many degrees.
LEAST_SPAN = 0.15


@dataclass(frozen=True, slots=True)
class Point:
    """Where an agency lies; ``kind`` is the class and shape of its sign, ``box`` the territory overseas, if any."""

    name: str
    latitude: float
    longitude: float
    kind: str
    box: str = ""


_Placed = tuple[Point, float, float]


@dataclass(frozen=True, slots=True)
class _Frame:
    """What part of the world is shown where on the paper."""

    west: float
    north: float
    scale: float
    narrowing: float
    x: float
    y: float

    def place(self, point: Point) -> tuple[float, float]:
        across = (point.longitude - self.west) * self.narrowing * self.scale
        return self.x + across, self.y + (self.north - point.latitude) * self.scale


def drawn(points: Sequence[Point], title: str, text: str) -> str:
    """The map as inline SVG with its title and a sentence for who does not see it."""
    boxes: dict[str, list[Point]] = defaultdict(list)
    for point in points:
        boxes[point.box].append(point)
    near = boxes.pop("", [])
    parts, height = _mainland(near, is_few=len(points) <= FEW) if near else ([], 0.0)
    across = (WIDTH + BOX_GAP) // (BOX + BOX_GAP)
    for number, (name, those) in enumerate(sorted(boxes.items())):
        x, y = (number % across) * (BOX + BOX_GAP), round(height) + (number // across) * (BOX + 28)
        parts.append(f'<rect class="box" x="{x}" y="{y}" width="{BOX}" height="{BOX}" rx="6"/>')
        parts.append(f'<text class="name" x="{x + 4}" y="{y + BOX + 14}">{escape(name[:18])}</text>')
        parts += _crowds(those, _frame(those, x, y, BOX, BOX, 16))
    rows = -(-len(boxes) // across)
    height += rows * (BOX + 28)
    around = (
        f'<svg class="map" role="img" aria-labelledby="map-title map-text" viewBox="0 0 {WIDTH} {max(height, 60):.0f}">'
    )
    head = f'<title id="map-title">{escape(title)}</title><desc id="map-text">{escape(text)}</desc>'
    return f"{around}{head}{''.join(parts)}</svg>"


def _mainland(points: Sequence[Point], *, is_few: bool) -> tuple[list[str], float]:
    """The signs, and how high the paper must be for them and their names."""
    if not is_few:
        return _crowds(points, _frame(points, 0, 0, WIDTH, HEIGHT, EDGE)), HEIGHT
    wide, tall = _span(points)
    height = min(max((WIDTH - 2 * EDGE) * tall / wide + 2 * EDGE, LEAST_HEIGHT), HEIGHT_OF_FEW)
    frame = _frame(points, 0, 0, WIDTH, height, EDGE)
    placed = [(point, *frame.place(point)) for point in points]
    names, lowest = _names(placed)
    return [_sign(point.kind, x, y, point.name) for point, x, y in placed] + names, max(height, lowest + EDGE / 2)


def _span(points: Sequence[Point]) -> tuple[float, float]:
    """How wide and how tall the part of the world is that they lie in, in degrees of latitude."""
    south, north = min(p.latitude for p in points), max(p.latitude for p in points)
    across = max(p.longitude for p in points) - min(p.longitude for p in points)
    return max(across * cos(radians((north + south) / 2)), LEAST_SPAN), max(north - south, LEAST_SPAN)


def _frame(points: Sequence[Point], x: float, y: float, width: float, height: float, edge: float) -> _Frame:
    west, east = min(p.longitude for p in points), max(p.longitude for p in points)
    south, north = min(p.latitude for p in points), max(p.latitude for p in points)
    narrowing = cos(radians((north + south) / 2))
    wide, tall = _span(points)
    scale = min((width - 2 * edge) / wide, (height - 2 * edge) / tall)
    left = x + (width - (east - west) * narrowing * scale) / 2
    above = y + (height - (north - south) * scale) / 2
    return _Frame(west, north, scale, narrowing, left, above)


def _crowds(points: Sequence[Point], frame: _Frame) -> list[str]:
    crowds: list[list[_Placed]] = []
    for one in [(point, *frame.place(point)) for point in points]:
        near = (those for those in crowds if hypot(one[1] - those[0][1], one[2] - those[0][2]) < NEAR)
        crowd = next(near, None)
        if crowd is None:
            crowds.append([one])
        else:
            crowd.append(one)
    return [_crowd(those) for those in crowds]


def _crowd(those: Sequence[_Placed]) -> str:
    """One sign, or a circle with a number in the middle of its points; pilots among them are said by a ring."""
    if len(those) == 1:
        point, x, y = those[0]
        return _sign(point.kind, x, y, point.name)
    x, y = sum(one[1] for one in those) / len(those), sum(one[2] for one in those) / len(those)
    kinds = {point.kind for point, _, _ in those}
    kind = "many pilot" if "pilot" in kinds else "many closed" if kinds == {"closed"} else "many"
    size = min(7 + 1.6 * sqrt(len(those)), NEAR / 2)
    circle = f'<circle class="{kind}" cx="{x:.0f}" cy="{y:.0f}" r="{size:.0f}"/>'
    return f'{circle}<text class="count" x="{x:.0f}" y="{y + 4:.0f}">{len(those)}</text>'


def _sign(kind: str, x: float, y: float, name: str) -> str:
    told = f"<title>{escape(name)}</title>"
    if kind == "pilot":
        return f'<path class="pilot" d="M{x:.0f} {y - 8:.0f}l8 8-8 8-8-8z">{told}</path>'
    if kind == "sends":
        return f'<rect class="sends" x="{x - 5:.0f}" y="{y - 5:.0f}" width="10" height="10">{told}</rect>'
    return f'<circle class="{kind}" cx="{x:.0f}" cy="{y:.0f}" r="5.500">{told}</circle>'


def _names(placed: Iterable[_Placed]) -> tuple[list[str], float]:
    """Each name beside its point, moved down where it would cover another; and where the lowest of them stands."""
    found: list[str] = []
    taken: list[tuple[float, float]] = []
    for point, x, y in sorted(placed, key=lambda one: one[2]):
        is_right = x > WIDTH * 0.62
        at = y + 4
        while any(abs(at - other) < 15 and abs(x - beside) < 200 for beside, other in taken):
            at += 15
        taken.append((x, at))
        side = f'x="{x - 11:.0f}" text-anchor="end"' if is_right else f'x="{x + 11:.0f}"'
        found.append(f'<text class="name" {side} y="{at:.0f}">{escape(point.name)}</text>')
    return found, max(at for _, at in taken)

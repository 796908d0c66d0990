"""Charts as SVG, drawn here and not in the browser: with a title and a text for who does not see them.

Nothing is told by colour alone: bars that lie in each other have other widths, what misses its mark is hatched, and
every bar has its figure. Colours come from the sheet of the page, which knows of dark, of high contrast and of paper.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

HATCHES = '<pattern id="{0}-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
HATCHES += '<rect class="low" width="6" height="6"/><path class="stripe" d="M0 0V6"/></pattern>'
WIDTH, LINE, BAR = 400, 42, 14
# Of one column of the chart: how much of it each of the bars that lie in each other takes.
THICKNESS = (0.86, 0.62, 0.34)
HEIGHT, LEFT, FOOT, TOP = 220, 34, 22, 10


@dataclass(frozen=True, slots=True)
class Named:
    """What a chart is called and what it says, and the beginning of every name in it."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A line of a chart: its name, its length as a share, what is written behind it; ``misses`` its mark."""

    label: str
    share: float | None
    said: str
    misses: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a chart in time: its name, and the counts that lie in each other, the largest first."""

    label: str
    counts: Sequence[int]


def bars(named: Named, lines: Sequence[Bar], *, mark: float | None = None, mark_said: str = "") -> str:
    """Lying bars, each under its name; ``mark`` is where all of them should come to."""
    height = LINE * len(lines) + (18 if mark is not None else 0)
    room = WIDTH - 74
    parts = [HATCHES.format(named.id)]
    for number, line in enumerate(lines):
        y, length = LINE * number, room * min(max(line.share or 0, 0), 1)
        parts.append(f'<text x="0" y="{y + 14}">{escape(line.label)}</text>')
        parts.append(f'<rect class="track" x="0" y="{y + 20}" width="{room}" height="{BAR}" rx="3"/>')
        fill = f' fill="url(#{named.id}-hatch)"' if line.misses else ""
        kind = "missed" if line.misses else "fill"
        parts.append(f'<rect class="{kind}" x="0" y="{y + 20}" width="{length:.1f}" height="{BAR}" rx="3"{fill}/>')
        parts.append(f'<text class="value" x="{WIDTH}" y="{y + 32}" text-anchor="end">{escape(line.said)}</text>')
    if mark is not None:
        x, foot = room * mark, LINE * len(lines)
        parts.append(f'<path class="mark" d="M{x:.1f} 16V{foot - 4}"/>')
        parts.append(f'<text x="{x:.1f}" y="{foot + 12}" text-anchor="middle">{escape(mark_said)}</text>')
    return _drawing(named, WIDTH, height, parts)


def columns(named: Named, found: Sequence[Column]) -> str:
    """Standing bars in time, up to three in each other, over a scale of round numbers."""
    width = max(LEFT + 44 * len(found), 2 * WIDTH)
    top = max((max(one.counts, default=0) for one in found), default=0)
    scale = ticks(top)
    unit = (HEIGHT - TOP - FOOT) / max(scale[-1], 1)
    base = HEIGHT - FOOT
    parts = []
    for at in scale:
        y = base - at * unit
        parts.append(f'<path class="{"axis" if at == 0 else "grid"}" d="M{LEFT} {y:.1f}H{width}"/>')
        parts.append(f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{at}</text>')
    step = (width - LEFT) / max(len(found), 1)
    for number, one in enumerate(found):
        middle = LEFT + step * (number + 0.5)
        for kind, (count, share) in enumerate(zip(one.counts, THICKNESS, strict=False)):
            thick, high = min(step, 60) * share, count * unit
            place = f'x="{middle - thick / 2:.1f}" y="{base - high:.1f}" width="{thick:.1f}" height="{high:.1f}"'
            parts.append(f'<rect class="in-{kind}" {place} rx="2"/>')
        parts.append(f'<text x="{middle:.1f}" y="{HEIGHT - 6}" text-anchor="middle">{escape(one.label)}</text>')
    return _drawing(named, width, HEIGHT, parts)


def ticks(top: int) -> list[int]:
    """Round numbers from 0 to the first one that is not below ``top``, four or five of them."""
    raw = max(top, 4) / 4
    power = 10 ** (len(str(int(raw))) - 1)
    step = next(one * power for one in (1, 2, 5, 10) if one * power >= raw)
    found = [0]
    while found[-1] < top or len(found) < 3:
        found.append(found[-1] + step)
    return found


def _drawing(named: Named, width: float, height: float, parts: Sequence[str]) -> str:
    title, text = f"{named.id}-t", f"{named.id}-d"
    head = f'<svg class="chart" id="{named.id}" viewBox="0 0 {width:g} {height:g}" role="img"'
    said = f'<title id="{title}">{escape(named.title)}</title><desc id="{text}">{escape(named.text)}</desc>'
    return f'{head} aria-labelledby="{title} {text}">{said}{"".join(parts)}</svg>'

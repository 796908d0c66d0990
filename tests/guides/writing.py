"""A guide as a page of Markdown: the same words as in the product, and the same pictures."""

from pathlib import Path

from booking.language import FRENCH, translate
from booking.web.pages.help_guides import GUIDES, PICTURES
from booking.web.pages.help_places import TOPICS
from tests.house.source import ROOT

GUIDES_FOLDER = ROOT / "docs" / "guides"
PICTURES_FOLDER = Path("../../booking/web/static")


def written(slug: str) -> str:
    """The whole guide."""
    guide = GUIDES[slug]
    told = "\n\n".join(topic(one) for one in guide.topics)
    return f"# {guide.title}\n\n{told}\n"


def topic(slug: str) -> str:
    """One task of it."""
    one, say = TOPICS[slug], translate(FRENCH)
    steps = "\n".join(f"{number}. {say(step)}" for number, step in enumerate(one.steps, 1))
    parts = [f"## {say(one.title)}", say(one.what), steps]
    if slug in PICTURES:
        parts.append(f"![{say(PICTURES[slug])}]({PICTURES_FOLDER}/guide-{slug}.webp)")
    parts += ["\n".join(f"- {say(note)}" for note in one.notes)] if one.notes else []
    return "\n\n".join(parts)

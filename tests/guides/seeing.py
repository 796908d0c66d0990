"""What somebody can read on a page: its text, its names for whoever listens, and what stands in its fields."""

import re

from playwright.sync_api import Page

from booking.web.pages.help_topics import Topic

READ = """() => [document.body.textContent,
  ...[...document.querySelectorAll('[aria-label], [placeholder], [title]')].flatMap((one) =>
    ['aria-label', 'placeholder', 'title'].map((name) => one.getAttribute(name) ?? ''))].join(' ')"""
NAME = re.compile(r"« (.+?) »")
SPACE = re.compile(r"\s+")


def readable(page: Page) -> str:
    """All of it, in one line."""
    return SPACE.sub(" ", page.evaluate(READ))


def unseen(topic: Topic, seen: str) -> set[str]:
    """The names in a topic that stood nowhere on the way."""
    named = {name for sentence in topic.sentences() for name in NAME.findall(sentence)}
    return {name for name in named if name not in seen}

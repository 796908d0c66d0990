"""Our own texts as an agency begins to change them: with names between braces where something is filled in."""

from functools import cache

from booking.documents.own_words import FACTS, PARTS, SHORT_FACTS
from booking.documents.templating import is_written, with_names
from booking.documents.text_words import FOREIGN_TEXTS, SMALL
from booking.documents.texts import TEXTS
from booking.domain.languages import FRENCH
from booking.domain.messages import MessageKind
from booking.domain.placeholders import allowed
from booking.domain.wordings import WordingForm

_NAMES = {fact: f"{{{name}}}" for name, fact in FACTS.items()} | {
    "name": "{prenom} {nom}",
    "gone": ("{date_manquee}",),
    "number": "",
}


@cache
def starting(kind: MessageKind, form: WordingForm, language: str) -> tuple[str, str]:
    """Subject (empty for a text message) and body; both empty where we have no words in this language."""
    if form is WordingForm.SMS:
        pattern = (TEXTS if language == FRENCH else FOREIGN_TEXTS[language]).get(kind)
        known = allowed(kind, form)
        names = {fact: f"{{{name}}}" for name, fact in SHORT_FACTS.items() if name in known} | {"place": "{lieu}"}
        return "", f"{pattern.format_map(names)}{SMALL[language].code}{{code}}" if pattern else ""
    if not is_written(kind, language):
        return "", ""
    parts = tuple((part, name) for name, part in PARTS.items())
    subject, _, body = with_names(kind.value, language, tuple(_NAMES.items()), parts).partition("\n")
    return subject.strip(), body.strip()

"""A sentence that a network writes itself, in French and, if it likes, in English."""

from dataclasses import dataclass

from booking.domain.fields import Problems


@dataclass(frozen=True, slots=True)
class Phrase:
    """``english`` is empty where nobody has translated it."""

    french: str
    english: str = ""

    def said_in(self, language: str) -> str:
        """In this language, or else in French."""
        return self.english if language == "en" and self.english else self.french

    def check(self, problems: Problems, name: str, *, longest: int, required: bool = True) -> None:
        """Note what is wrong with it, under this name and ``name_en``."""
        problems.text(name, self.french, longest=longest, required=required)
        problems.text(f"{name}_en", self.english, longest=longest, required=False)


NOTHING_SAID = Phrase("")

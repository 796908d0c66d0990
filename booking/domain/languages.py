"""The languages in which help is asked for most, by their codes (ISO 639-1)."""

LANGUAGES = (
    *("sq", "am", "en", "ar", "hy", "bn", "bg", "zh", "fa", "es", "ka", "it", "ku", "ln", "ur", "ps", "pl", "pt"),
    *("ro", "ru", "sr", "so", "ta", "ti", "tr", "uk", "vi", "wo"),
)
# Those in which messages are said.
FRENCH, ENGLISH, ARABIC = "fr", "en", "ar"
SAID_IN = (FRENCH, ENGLISH, ARABIC)

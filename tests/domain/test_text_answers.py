"""What people answer by text, as they write it."""

import pytest

from booking.domain.text_answers import Meaning, meaning_of

YES = [
    "oui",
    "Oui !",
    "OUI merci",
    "ok",
    "OK.",
    "je viens",
    "Ouiiiii",
    "oui 👍",
    "D'accord",
    "Bonjour, oui. Merci beaucoup",
]
YES += ["  oui\n", "Oui je serai là", "yes", "Yes thank you", "نعم", "نعم شكرا", "ＯＵＩ", "Je confirme."]
NO = [
    "non",
    "nn",
    "Non désolé",
    "NON DESOLEE",
    "no",
    "لا",
    "Je ne peux pas venir",
    "non merci",
    "Nooon",
    "je viens pas",
    "non 😢",
]
STOP = [
    "stop",
    "STOP SMS",
    "Stop.",
    "arret",
    "arrêt",
    "Désabonner",
    "STOP 36184",
    "Stop au 36184",
    "unsubscribe",
    "ARRÊTEZ svp",
]
UNCLEAR = [
    "",
    "merci",
    "👍",
    "?",
    "oui non",
    "oui mais en retard",
    "non stop",
    "Oui mais je serai peut-être en retard, je vous rappelle demain matin",
    "c'est à quelle heure ?",
    "oui 36184",
    "stop je viens",
    "36184",
    "oui" + " " * 100,
    "STOP " + "x" * 5000,
]


@pytest.mark.parametrize(
    ("said", "meaning"),
    [
        *((said, Meaning.YES) for said in YES),
        *((said, Meaning.NO) for said in NO),
        *((said, Meaning.STOP) for said in STOP),
        *((said, Meaning.UNCLEAR) for said in UNCLEAR),
    ],
)
def test_what_is_understood_and_what_is_left_to_a_person(said, meaning):
    assert meaning_of(said) is meaning

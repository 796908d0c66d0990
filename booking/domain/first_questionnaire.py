"""The questionnaire that every network begins with: nine items, and what their answers suggest."""

from datetime import UTC, datetime
from uuid import UUID

from booking.domain.job_seekers import Channel
from booking.domain.partner_terms import Service
from booking.domain.phrases import NOTHING_SAID, Phrase
from booking.domain.questionnaires import Answer, Question, Questionnaire
from booking.domain.suggestions import Kind, Rule, Suggestion
from booking.domain.workshops import Level

_MADE_AT = datetime(2026, 11, 1, tzinfo=UTC)


def _question(code: str, text: Phrase, *answers: Answer, hint: Phrase = NOTHING_SAID, many: bool = False) -> Question:
    return Question(code=code, text=text, help=hint, answers=answers, takes_many=many)


def _answer(code: str, french: str, english: str, *, alone: bool = False) -> Answer:
    return Answer(code=code, text=Phrase(french, english), is_alone=alone)


_YES, _NO = _answer("yes", "Oui", "Yes"), _answer("no", "Non", "No")
_TASKS = (
    _answer("search", "Chercher sur Internet", "Searching the web"),
    _answer("form", "Remplir un formulaire", "Filling in a form"),
    _answer("attachment", "Envoyer une pièce jointe", "Sending an attachment"),
)
_QUESTIONS = (
    _question(
        "phone",
        Phrase("Avez-vous un téléphone ?", "Do you have a phone?"),
        _answer("none", "Non", "No"),
        _answer("basic", "Oui, à touches", "Yes, with buttons"),
        _answer("smartphone", "Oui, un smartphone", "Yes, a smartphone"),
        _answer("shared", "Oui, partagé", "Yes, shared"),
    ),
    _question(
        "plan",
        Phrase("Comment payez-vous le téléphone ?", "How do you pay for the phone?"),
        _answer("none", "Pas de ligne", "No line"),
        _answer("prepaid", "Carte prépayée", "Prepaid card"),
        _answer("contract", "Forfait", "Contract"),
    ),
    _question(
        "recharge",
        Phrase(
            "Ce mois-ci, est-ce difficile de payer la recharge ou le forfait ?",
            "Is it hard to pay the top-up or the contract this month?",
        ),
        _YES,
        _NO,
    ),
    _question(
        "data",
        Phrase("Avez-vous assez d’Internet sur le téléphone ?", "Do you have enough mobile data?"),
        _YES,
        _NO,
        hint=Phrase("Assez pour aller jusqu’à la fin du mois.", "Enough to get to the end of the month."),
    ),
    _question("internet", Phrase("Avez-vous Internet chez vous ?", "Do you have internet at home?"), _YES, _NO),
    _question(
        "computer",
        Phrase("Avez-vous un ordinateur ?", "Do you have a computer?"),
        _answer("own", "Oui, à moi", "Yes, my own"),
        _answer("shared", "Oui, partagé", "Yes, shared"),
        _answer("none", "Non", "No"),
    ),
    _question(
        "email",
        Phrase("Ouvrez-vous votre boîte mail sans aide ?", "Can you open your own e-mail?"),
        _answer("alone", "Oui, sans aide", "Yes, without help"),
        _answer("helped", "Avec de l’aide", "With help"),
        _answer("none", "Pas de boîte mail", "No e-mail address"),
    ),
    _question(
        "alone",
        Phrase("Que faites-vous sans aide ?", "What do you do without help?"),
        *_TASKS,
        _answer("nothing", "Rien de tout cela", "None of these", alone=True),
        hint=Phrase("Plusieurs réponses possibles.", "Several answers are possible."),
        many=True,
    ),
    _question(
        "help",
        Phrase("Pour quoi voulez-vous de l’aide ?", "What do you want help with?"),
        *_TASKS,
        _answer("mail", "Utiliser une boîte mail", "Using e-mail"),
        _answer("smartphone", "Utiliser mon téléphone", "Using my phone"),
        _answer("cv", "Écrire mon CV", "Writing my CV"),
        _answer("nothing", "Rien pour l’instant", "Nothing for now", alone=True),
        hint=Phrase("Plusieurs réponses possibles.", "Several answers are possible."),
        many=True,
    ),
)


def _rule(code: str, when: dict[str, tuple[str, ...]], then: Suggestion, french: str, english: str) -> Rule:
    return Rule(code=code, when=when, then=then, why=Phrase(french, english))


def _to_partner(kind: Kind, service: Service) -> Suggestion:
    return Suggestion(kind=kind, what=service)


def _to_workshop(level: Level, theme: str) -> Suggestion:
    return Suggestion(kind=Kind.WORKSHOP, level=level, what=theme)


_PAPER = Suggestion(kind=Kind.CHANNEL, what=Channel.LETTER)
_CALL = Suggestion(kind=Kind.CHANNEL, what=Channel.CALL)
_RULES = (
    _rule(
        "no-phone",
        {"phone": ("none", "shared")},
        _to_partner(Kind.OFFER, Service.SOLIDARITY_PHONE),
        "Pas de téléphone à soi.",
        "No phone of one’s own.",
    ),
    _rule(
        "hard-to-pay",
        {"recharge": ("yes",)},
        _to_partner(Kind.OFFER, Service.SOLIDARITY_SIM),
        "Payer le téléphone est difficile ce mois-ci.",
        "Paying for the phone is hard this month.",
    ),
    _rule(
        "little-data",
        {"data": ("no",), "plan": ("prepaid", "none")},
        _to_partner(Kind.OFFER, Service.SOLIDARITY_SIM),
        "Pas assez d’Internet, et pas de forfait.",
        "Not enough data, and no contract.",
    ),
    _rule(
        "no-internet",
        {"internet": ("no",), "data": ("no",)},
        _to_partner(Kind.OFFER, Service.SOLIDARITY_INTERNET),
        "Pas d’Internet à la maison, et pas assez sur le téléphone.",
        "No internet at home, and not enough on the phone.",
    ),
    _rule(
        "no-computer",
        {"computer": ("none",), "help": ("form", "attachment", "cv")},
        _to_partner(Kind.OFFER, Service.EQUIPMENT),
        "Pas d’ordinateur, alors qu’il en faut un pour ce qui est voulu.",
        "No computer, although one is needed for what is wanted.",
    ),
    _rule(
        "nothing-alone",
        {"alone": ("nothing",)},
        _to_workshop(Level.BEGINNER, "Prise en main"),
        "Ne fait encore rien sans aide sur un ordinateur.",
        "Does nothing on a computer without help yet.",
    ),
    _rule(
        "mail-helped",
        {"email": ("none", "helped"), "help": ("mail", "attachment")},
        _to_workshop(Level.BEGINNER, "Internet"),
        "Veut apprendre à se servir d’une boîte mail.",
        "Wants to learn how to use e-mail.",
    ),
    _rule(
        "learn-phone",
        {"phone": ("smartphone", "shared"), "help": ("smartphone",)},
        _to_workshop(Level.BEGINNER, "Téléphone"),
        "Veut mieux se servir de son téléphone.",
        "Wants to use the phone better.",
    ),
    _rule(
        "learn-cv",
        {"help": ("cv",), "alone": ("search", "form", "attachment")},
        _to_workshop(Level.INTERMEDIATE, "Recherche d’emploi"),
        "Veut écrire son CV, et connaît déjà l’ordinateur.",
        "Wants to write a CV, and knows computers already.",
    ),
    _rule(
        "learn-form",
        {"help": ("form",), "email": ("alone", "helped")},
        _to_partner(Kind.PARTNER, Service.PAPERWORK),
        "Veut de l’aide pour des démarches en ligne.",
        "Wants help with official procedures online.",
    ),
    _rule(
        "nowhere-to-go-online",
        {"internet": ("no",), "computer": ("none", "shared")},
        _to_partner(Kind.PARTNER, Service.ACCESS),
        "Ni Internet ni ordinateur à soi : un lieu en libre accès peut aider.",
        "Neither internet nor a computer of one’s own: a place with free access can help.",
    ),
    _rule(
        "reached-by-letter",
        {"phone": ("none",), "email": ("none", "helped")},
        _PAPER,
        "Ni téléphone ni boîte mail : le courrier arrive.",
        "Neither phone nor e-mail: letters arrive.",
    ),
    _rule(
        "reached-by-call",
        {"phone": ("basic",), "email": ("none", "helped")},
        _CALL,
        "Un téléphone, mais pas de boîte mail lue sans aide.",
        "A phone, but no e-mail read without help.",
    ),
)
SHIPPED = Questionnaire(
    id=UUID("0d1a9000-0000-7000-8000-000000000001"),
    version=1,
    questions=_QUESTIONS,
    rules=_RULES,
    created_at=_MADE_AT,
    changed_at=_MADE_AT,
    published_at=_MADE_AT,
)

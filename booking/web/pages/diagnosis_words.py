"""The digital diagnosis in words: what is suggested, what was decided, and why."""

from collections.abc import Iterator, Sequence

from booking.domain.diagnoses import Reason, Verdict
from booking.domain.job_seekers import Channel
from booking.domain.partner_terms import Service
from booking.domain.phrases import Phrase
from booking.domain.questionnaires import UNKNOWN, UNSAID, Question, Questionnaire
from booking.domain.referrals import ReferralState
from booking.domain.suggestions import OFFERS, WITHOUT_SCREEN, Kind, Rule, Suggestion
from booking.domain.workshops import Level
from booking.language import Translate, typeset

ALWAYS = {UNKNOWN: "Ne sait pas", UNSAID: "Ne souhaite pas répondre"}
SERVICES = {
    Service.SOLIDARITY_PHONE: "Offre solidaire : téléphone",
    Service.SOLIDARITY_SIM: "Offre solidaire : carte SIM et recharge",
    Service.SOLIDARITY_INTERNET: "Offre solidaire : Internet à la maison",
    Service.EQUIPMENT: "Offre solidaire : ordinateur",
    Service.PAPERWORK: "Partenaire : aide aux démarches",
    Service.EVERYDAY_TOOLS: "Partenaire : outils de tous les jours",
    Service.WORK: "Partenaire : emploi et numérique",
    Service.SAFETY: "Partenaire : sécurité en ligne",
    Service.PARENTING: "Partenaire : parents et enfants",
    Service.LEISURE: "Partenaire : loisirs et création",
    Service.UNDERSTANDING: "Partenaire : comprendre le numérique",
    Service.ACCESS: "Partenaire : ordinateurs et Internet en libre accès",
}
WORKSHOPS = {
    Level.BEGINNER: "Atelier pour débuter",
    Level.INTERMEDIATE: "Atelier pour continuer",
    Level.ADVANCED: "Atelier pour aller plus loin",
}
CHANNELS = {Channel.LETTER: "Prévenir par courrier ou papier", Channel.CALL: "Prévenir par appel"}
PICTURES = {Kind.OFFER: "star", Kind.PARTNER: "pin", Kind.WORKSHOP: "seat", Kind.CHANNEL: "letter"}
VERDICTS = {Verdict.FOLLOWED: "Suivie", Verdict.SET_ASIDE: "Écartée"}
REASONS = {
    Reason.DECLINED: "La personne ne veut pas",
    Reason.ALREADY: "Elle l’a déjà, ou l’a déjà fait",
    Reason.NOT_NOW: "Pas maintenant",
    Reason.TOO_FAR: "Trop loin",
    Reason.UNFITTING: "Cela ne lui convient pas",
    Reason.OTHER: "Autre raison",
}
REFERRALS = {
    ReferralState.PROPOSED: "proposée",
    ReferralState.ACCEPTED: "acceptée",
    ReferralState.SENT: "envoyée",
    ReferralState.MET: "reçue par le partenaire",
    ReferralState.CLOSED: "terminée",
    ReferralState.CANCELLED: "annulée",
}


def phrase_said(phrase: Phrase, language: str) -> str:
    """A sentence of the network's own, in this language or else in French."""
    text = phrase.said_in(language)
    return typeset(text) if text == phrase.french else text


def suggestion_said(one: Suggestion, say: Translate) -> str:
    """« Atelier pour débuter : Internet »."""
    if one.kind is Kind.WORKSHOP:
        said = say(WORKSHOPS[one.level or Level.BEGINNER])
        return f"{said}{say(' : ')}{one.what}" if one.what else said
    if one.kind is Kind.CHANNEL:
        return say(CHANNELS[Channel(one.what)])
    return say(SERVICES[Service(one.what)])


def answer_said(question: Question, code: str, say: Translate, language: str) -> str:
    """One answer in the words of its questionnaire."""
    if code in ALWAYS:
        return say(ALWAYS[code])
    found = next((one for one in question.answers if one.code == code), None)
    return phrase_said(found.text, language) if found else code


def answers_said(question: Question | None, given: Sequence[str], say: Translate, language: str) -> str:
    """Everything that was answered to a question; empty where it was left open, or is asked no more."""
    return ", ".join(answer_said(question, code, say, language) for code in given) if question else ""


def conditions_said(rule: Rule, asked: Questionnaire, say: Translate, language: str) -> Iterator[tuple[str, str]]:
    """Each condition of a rule: the question, and the answers of which one is enough."""
    for question in asked.questions:
        if wanted := rule.when.get(question.code):
            said = [answer_said(question, one, say, language) for one in question.codes if one in wanted]
            yield phrase_said(question.text, language), say(" ou ").join(said)


def choices(say: Translate) -> list[tuple[str, str]]:
    """Whatever a rule can suggest besides a workshop, by the name of the suggestion."""
    services = [(Kind.OFFER if one in OFFERS else Kind.PARTNER, one) for one in SERVICES]
    ways = [(Kind.CHANNEL, one) for one in WITHOUT_SCREEN]
    found = [Suggestion(kind=kind, what=what) for kind, what in (*services, *ways)]
    return [(one.key, suggestion_said(one, say)) for one in found]

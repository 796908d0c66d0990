"""What the words of the trade are called on screen, where several pages say them."""

from booking.domain.attendance import Mark, Reason
from booking.domain.bookings import (
    ABSENCES,
    DECLINED,
    DUPLICATE,
    HOLD_OVER,
    MADE_UP,
    MEETING_GONE,
    MOVED,
    NOT_THERE,
    OFFER_OVER,
    SESSION_BEGAN,
    BookingState,
    Party,
)
from booking.domain.job_seekers import Channel, Need
from booking.domain.likeness import Likeness
from booking.domain.messages import MessageKind, MessageState
from booking.domain.sessions import SessionState
from booking.domain.waits import Skip
from booking.domain.workshops import Audience, Colour, Level, Skill

SESSIONS = {
    SessionState.DRAFT: "Brouillon",
    SessionState.OPEN: "Ouverte",
    SessionState.CANCELLED: "Annulée",
    SessionState.HELD: "Terminée",
}
BOOKINGS = {
    BookingState.HELD: "Place retenue",
    BookingState.BOOKED: "Inscription confirmée",
    BookingState.WAITLISTED: "Sur la liste d’attente",
    BookingState.OFFERED: "Place proposée",
    BookingState.CANCELLED: "Inscription annulée",
}
CAUSES = {
    Reason.ILL: "Maladie",
    Reason.JOB: "Emploi",
    Reason.TRAINING: "Formation",
    Reason.FAMILY: "Famille",
    Reason.TRANSPORT: "Transport",
    Reason.OTHER: "Autre raison",
}
SKIPS = {
    Skip.ELSEWHERE: "est dans une autre séance à cette heure-là",
    Skip.PREREQUISITE: "n’a pas fait ce que l’atelier demande avant",
    Skip.HAS_A_SEAT: "a déjà une place dans une autre session de cet atelier",
    Skip.DECLINED: "n’a pas voulu cette place",
}
# Why a place ended, where the clock or a rule ended it.
ENDED = {
    HOLD_OVER: "la place a été retenue trop longtemps",
    OFFER_OVER: "pas de réponse à temps",
    SESSION_BEGAN: "aucune place ne s’est libérée",
    MOVED: "pour une autre session",
    DECLINED: "la place proposée n’a pas été voulue",
    ABSENCES: "deux absences de suite sans excuse",
    DUPLICATE: "la personne était inscrite deux fois",
    MADE_UP: "la séance à rattraper a eu lieu",
    MEETING_GONE: "la séance à rattraper n’a plus lieu",
    NOT_THERE: "ajout sur place effacé",
}
PARTIES = {
    Party.PERSON: "La personne",
    Party.ADVISER: "Son conseiller ou sa conseillère",
    Party.SERVICE: "Le service",
}
LEVELS = {Level.BEGINNER: "Débutant", Level.INTERMEDIATE: "Intermédiaire", Level.ADVANCED: "Avancé"}
AUDIENCES = {Audience.JOB_SEEKERS: "Demandeurs d’emploi", Audience.STAFF: "Agents"}
COLOURS = {
    Colour.BLUE: "Bleu",
    Colour.TEAL: "Turquoise",
    Colour.GREEN: "Vert",
    Colour.OCHRE: "Ocre",
    Colour.ORANGE: "Orange",
    Colour.RED: "Rouge",
    Colour.PURPLE: "Violet",
    Colour.GREY: "Gris",
}
SKILLS = {
    Skill.READS_FRENCH: "Lire le français",
    Skill.WRITES_FRENCH: "Écrire le français",
    Skill.SPEAKS_FRENCH: "Parler français",
    Skill.USES_MOUSE: "Se servir d’une souris",
    Skill.USES_KEYBOARD: "Se servir d’un clavier",
    Skill.HAS_EMAIL: "Avoir une adresse e-mail",
    Skill.HAS_SMARTPHONE: "Avoir un smartphone",
}
CHANNELS = {
    Channel.EMAIL: "e-mail",
    Channel.SMS: "SMS",
    Channel.CALL: "appel téléphonique",
    Channel.LETTER: "courrier posté",
    Channel.HAND: "papier remis en main propre",
}
NEEDS = {
    Need.NEVER_USED_COMPUTER: "Jamais utilisé d’ordinateur",
    Need.READS_LITTLE: "Lit difficilement",
    Need.ACCESSIBLE_PLACE: "Poste accessible",
    Need.HEARS_LITTLE: "Entend mal",
    Need.SEES_LITTLE: "Voit mal",
}
LANGUAGES = {
    "sq": "albanais",
    "am": "amharique",
    "en": "anglais",
    "ar": "arabe",
    "hy": "arménien",
    "bn": "bengali",
    "bg": "bulgare",
    "zh": "chinois",
    "fa": "dari ou persan",
    "es": "espagnol",
    "ka": "géorgien",
    "it": "italien",
    "ku": "kurde",
    "ln": "lingala",
    "ur": "ourdou",
    "ps": "pachto",
    "pl": "polonais",
    "pt": "portugais",
    "ro": "roumain",
    "ru": "russe",
    "sr": "serbe",
    "so": "somali",
    "ta": "tamoul",
    "ti": "tigrigna",
    "tr": "turc",
    "uk": "ukrainien",
    "vi": "vietnamien",
    "wo": "wolof",
}
LIKENESSES = {
    Likeness.IDENTIFIER: "Même identifiant",
    Likeness.NAME: "Même nom",
    Likeness.SWAPPED: "Nom et prénom inversés",
    Likeness.PHONE: "Même téléphone",
    Likeness.EMAIL: "Même e-mail",
    Likeness.ONE_LETTER: "Une lettre de différence",
}
MARKS = {
    Mark.ATTENDED: "Présent",
    Mark.LATE: "Retard",
    Mark.LEFT_EARLY: "Parti tôt",
    Mark.EXCUSED: "Excusé",
    Mark.ABSENT: "Absent",
}
REASONS = {
    Reason.ILL: "Excusé : malade",
    Reason.JOB: "Excusé : a un emploi",
    Reason.TRAINING: "Excusé : en formation",
    Reason.FAMILY: "Excusé : famille",
    Reason.TRANSPORT: "Excusé : transport",
    Reason.OTHER: "Excusé : autre motif",
}
KINDS = {
    MessageKind.CONFIRMATION: "Confirmation",
    MessageKind.WAITLISTED: "Liste d’attente",
    MessageKind.SEAT_GIVEN: "Une place s’est libérée",
    MessageKind.REMINDER: "Rappel",
    MessageKind.NEXT_MEETING: "Prochaine séance",
    MessageKind.ABSENCE_FOLLOWUP: "Après une absence",
    MessageKind.NO_NOTED: "Réponse à un NON par SMS",
    MessageKind.SESSION_MOVED: "Changement de date ou de salle",
    MessageKind.SESSION_CANCELLED: "Session annulée",
    MessageKind.SEAT_OFFERED: "Place proposée",
    MessageKind.WAIT_ENDED: "Fin d’attente",
    MessageKind.SESSION_CUT_SHORT: "Suite de la session annulée",
    MessageKind.BOOKING_MOVED: "Inscription déplacée",
    MessageKind.BOOKING_CANCELLED: "Inscription annulée",
    MessageKind.INVITATION: "Séance pour l’agenda",
    MessageKind.INVITATION_ENDED: "Séance retirée de l’agenda",
}
MESSAGES = {
    MessageState.PLANNED: "Prévu",
    MessageState.CLAIMED: "Sur le départ",
    MessageState.SENDING: "En cours d’envoi",
    MessageState.ACCEPTED: "Envoyé",
    MessageState.DELIVERED: "Reçu",
    MessageState.TO_DO: "À faire",
    MessageState.DONE: "Fait",
    MessageState.SUPERSEDED: "Remplacé",
    MessageState.CANCELLED: "Retiré",
    MessageState.EXPIRED: "Trop tard",
    MessageState.COALESCED: "Regroupé",
    MessageState.SUPPRESSED: "Non envoyé",
    MessageState.DEAD: "Échec",
}


def phone(number: str) -> str:
    """A French number in pairs, as people read it aloud; any other as it is."""
    if not number.startswith("+33") or len(number) != 12:
        return number
    national = "0" + number[3:]
    return "\u00a0".join(national[n : n + 2] for n in range(0, 10, 2))

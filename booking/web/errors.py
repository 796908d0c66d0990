"""What a refusal of the rules means over HTTP: its status and its words; the only file that knows both."""

from dataclasses import dataclass
from http import HTTPStatus

from booking.domain import errors
from booking.domain.errors import Refused
from booking.language import Translate
from booking.storage.constraints import Unavailable


class NotSignedIn(Refused):
    """You are not signed in, or your sign-in has ended."""


class ForgedForm(Refused):
    """This form does not come from the page it belongs to, or the page is too old."""


class MalformedBody(Refused):
    """The body of the request cannot be read."""


class InvalidRequest(Refused):
    """The request has not the form that the documentation gives; the facts name each field and what is wrong."""


class WrongContentType(Refused):
    """The body is of a type that is not read here."""


class VersionMissing(Refused):
    """A change must say which version it changes, in If-Match."""


@dataclass(frozen=True, slots=True)
class Words:
    """A status, and what to tell people: what is so, and what to do."""

    status: int
    title: str
    advice: str = ""


REFUSALS: dict[type[Refused], Words] = {
    errors.NotFound: Words(404, "Introuvable", "Cette page n’existe pas, ou elle appartient à une autre agence."),
    errors.NotAllowed: Words(
        403, "Votre rôle ne permet pas cela", "Demandez à la personne responsable de votre agence."
    ),
    errors.SignInFailed: Words(401, "Identifiant ou mot de passe incorrect", "Vérifiez les deux, puis essayez encore."),
    errors.InvalidField: Words(
        422, "Certains champs sont à corriger", "Corrigez les champs signalés ; rien n’est perdu."
    ),
    errors.InvalidSchedule: Words(
        422, "Ces dates ou ces horaires ne conviennent pas", "Corrigez les champs signalés ; rien n’est perdu."
    ),
    errors.PlaceTaken: Words(
        409,
        "Cette salle ou cette personne est déjà prise à cette heure-là",
        "Choisissez une autre heure, une autre salle ou une autre personne ; rien n’est perdu.",
    ),
    errors.Obstructed: Words(
        409,
        "Quelque chose s’oppose à ces dates",
        "Choisissez d’autres dates, ou écrivez pourquoi la séance a lieu quand même.",
    ),
    errors.PlanChanged: Words(
        409, "Le plan n’est plus celui que vous avez vu", "Relisez les séances ci-dessous, puis enregistrez."
    ),
    errors.WorkshopArchived: Words(
        409, "Cet atelier est archivé", "Choisissez un autre atelier, ou remettez celui-ci au catalogue."
    ),
    errors.StillUsed: Words(409, "Des sessions à venir en dépendent encore", "Changez d’abord ces sessions."),
    errors.SessionFull: Words(
        409, "Cette session est complète", "Choisissez une autre date ou mettez la personne sur la liste d’attente."
    ),
    errors.SessionClosed: Words(
        409,
        "Cette session ne prend plus d’inscriptions",
        "Elle est annulée, terminée, commencée ou pas encore publiée.",
    ),
    errors.AlreadyBooked: Words(409, "Cette personne a déjà une place dans cette session", "Ouvrez son inscription."),
    errors.JobSeekerElsewhere: Words(
        409, "Cette personne est déjà dans une autre séance à cette heure-là", "Choisissez une autre date."
    ),
    errors.BookingEnded: Words(
        409, "Cette inscription est déjà annulée", "Vous pouvez inscrire la personne à nouveau."
    ),
    errors.BookingStands: Words(409, "Cette inscription n’est pas annulée", "Il n’y a rien à rétablir."),
    errors.NotHeld: Words(
        409, "Cette place n’est ni retenue ni proposée", "Ouvrez l’inscription pour voir où elle en est."
    ),
    errors.NotBooked: Words(
        409, "Cette personne n’a pas encore de place", "Ouvrez l’inscription pour voir où elle en est."
    ),
    errors.SubscriptionOver: Words(
        410, "Ce lien d’agenda a été révoqué", "Demandez-en un autre à qui vous l’a donné, ou créez le vôtre."
    ),
    errors.LinkOver: Words(410, "Ce lien ne marche plus", "Appelez votre agence."),
    errors.PrerequisiteMissing: Words(
        409,
        "Cet atelier demande un préalable",
        "Choisissez un autre atelier, ou écrivez pourquoi la personne peut venir.",
    ),
    errors.AlreadyWaiting: Words(
        409, "Cette personne attend déjà une place dans cet atelier", "Ouvrez sa fiche pour voir où elle en est."
    ),
    errors.CapacityBelowTaken: Words(
        409, "Il y a plus de personnes inscrites que de places", "Gardez assez de places, ou déplacez des personnes."
    ),
    errors.SessionNotDraft: Words(409, "Cette session est déjà publiée", "Il n’y a rien à faire."),
    errors.SessionEnded: Words(409, "Cette session est annulée ou terminée", "Elle ne peut plus être changée."),
    errors.MeetingNotBegun: Words(
        409, "Cette séance n’a pas encore eu lieu", "Le pointage s’ouvre le jour de la séance."
    ),
    errors.NotSeated: Words(
        409, "Cette personne n’a pas de place dans cette session", "Rechargez la feuille de présence."
    ),
    errors.NeverCame: Words(409, "Aucune présence n’est notée", "L’attestation se fait une fois la présence pointée."),
    errors.MessageLeaving: Words(
        409, "Ce message part en ce moment", "Il ne peut plus être arrêté. Rechargez la page dans un instant."
    ),
    errors.MessageForPeople: Words(
        409, "Ce message attend une personne", "Ouvrez la liste de ce qui est à imprimer ou à appeler."
    ),
    errors.MessageSettled: Words(
        409, "Ce message n’est plus dans cet état", "Rechargez la page pour voir où il en est."
    ),
    errors.MessageUntrue: Words(
        409,
        "Ce message ne dirait plus la vérité",
        "L’inscription a changé ou la session a commencé. Ouvrez l’inscription : elle dit ce qui est vrai maintenant.",
    ),
    errors.WrongSignature: Words(401, "La signature n’est pas la bonne", "Vérifiez le secret donné au fournisseur."),
    errors.StaleRequest: Words(
        401, "Cette signature a plus de cinq minutes", "Vérifiez l’horloge du fournisseur ; rien n’est changé."
    ),
    errors.StaleEdit: Words(412, "Quelqu’un a changé cela entre-temps", "Relisez la version actuelle."),
    errors.PossibleDuplicates: Words(
        409,
        "Une personne qui ressemble est déjà connue",
        "Choisissez-la, ou indiquez que vous êtes sûr : c’est une autre personne.",
    ),
    errors.NotOneAgency: Words(
        409,
        "Ces deux fiches ne peuvent pas être fusionnées",
        "Il faut deux fiches différentes de la même agence.",
    ),
    errors.ReceiverDisabled: Words(
        409, "Ce destinataire est en pause", "Reprenez d’abord les envois, puis essayez encore."
    ),
    errors.TooManySubscriptions: Words(
        409, "Vous avez déjà 50 agendas", "Retirez-en un qui ne sert plus, puis essayez encore."
    ),
    errors.SubscriptionRevoked: Words(409, "Cet agenda est retiré", "Faites-en un nouveau si vous en avez besoin."),
    errors.LinkShown: Words(
        409, "Ce lien a déjà été montré", "Il ne se montre qu’une fois. Si vous ne l’avez plus, faites un nouveau lien."
    ),
    errors.NameTaken: Words(409, "Ce nom est déjà pris", "Choisissez un autre nom, ou ouvrez l’entrée qui existe."),
    errors.AnotherRequestHasThisKey: Words(
        422, "Cette clé a déjà servi pour une autre demande", "Envoyez une autre clé."
    ),
    errors.RequestRunning: Words(409, "Cette demande est en cours", "Attendez un instant, puis essayez encore."),
    NotSignedIn: Words(401, "Vous n’êtes pas connecté", "Connectez-vous, puis recommencez."),
    ForgedForm: Words(403, "Ce formulaire n’est plus valable", "Rechargez la page, puis remplissez-la encore."),
    MalformedBody: Words(400, "La demande ne peut pas être lue", "Vérifiez sa forme."),
    InvalidRequest: Words(400, "La demande n’a pas la forme attendue", "Corrigez les champs signalés."),
    WrongContentType: Words(415, "Ce type de contenu n’est pas lu ici", "Envoyez du JSON : application/json."),
    VersionMissing: Words(428, "La version à modifier n’est pas indiquée", "Envoyez l’ETag reçu dans If-Match."),
}

UNAVAILABLE = Words(
    503, "Le service est momentanément indisponible", "Rien n’est perdu : essayez encore dans un instant."
)
UNFORESEEN = Words(
    500, "Une erreur imprévue est survenue", "Rien n’a été enregistré. Donnez ce numéro à votre assistance."
)

FIELDS = {
    "required": "Ce champ est obligatoire.",
    "unknown-placeholder": "Un nom entre accolades n’existe pas pour ce message.",
    "placeholder-missing": "Il manque un nom entre accolades : la date, le lieu ou le code.",
    "private-in-sms": "Un SMS ne dit ni nom ni raison : un téléphone peut être lu par quelqu’un d’autre.",
    "stray-brace": "Une accolade est seule.",
    "foreign-address": "L’adresse d’un autre site n’est pas permise.",
    "too-many-segments": "Ce texte prend plus de trois SMS.",
    "one-line-only": "Ce texte tient sur une ligne.",
    "too-long": "Ce texte est trop long.",
    "too-short": "C’est trop court : 12 caractères au moins.",
    "bad-characters": "Ce texte contient un caractère invisible qui n’est pas permis.",
    "out-of-range": "Ce nombre est hors des limites.",
    "not-a-number": "Écrivez un nombre entier.",
    "not-a-day": "Écrivez une date comme 24/11/2026.",
    "not-an-hour": "Écrivez une heure comme 9:30.",
    "no-such-hour": "Cette heure n’existe pas ce jour-là : la nuit du changement d’heure la saute.",
    "no-such-phone": "Ce numéro n’existe pas. Écrivez-le comme 06 12 34 56 78.",
    "no-such-email": "Cette adresse n’est pas complète. Écrivez-la comme nom@exemple.fr.",
    "not-a-code": "Un code a trois lettres et trois chiffres, comme K7 M4 P2.",
    "unknown-choice": "Ce choix n’existe pas.",
    "ends-before-it-starts": "La fin doit venir après le début.",
    "lasts-too-long": "Une séance dure 10 heures au plus.",
    "in-the-past": "Cette date est passée.",
    "overlaps-another-meeting": "Cette séance chevauche une autre séance de la même session.",
    "begun-meeting-removed": "Une séance déjà commencée ne peut pas être retirée.",
    "begun-meeting-moved": "Une séance déjà commencée ne peut pas être déplacée.",
    "no-such-day": "Cette date n’existe pas. Écrivez-la comme 24/11/2026.",
    "no-day-left": "Il ne reste aucun jour : vérifiez les jours, la fin, les jours fériés et les fermetures.",
    "too-many-meetings": "C’est trop à la fois : 100 séances au plus, et 40 par session.",
    "same-day": "Choisissez un autre jour que celui de l’original.",
    "far-away": "Cette date est trop loin d’aujourd’hui.",
    "overlaps": "Ces heures en recouvrent d’autres du même jour.",
    "too-many": "Il y en a trop : deux plages par jour au plus.",
    "room-archived": "Cette salle est archivée.",
    "too-far-ahead": "Cette date est trop lointaine : deux ans au plus.",
    "room-of-another-agency": "Cette salle n’est pas dans cette agence.",
    "not-a-facilitator-here": "Cette personne n’anime pas d’atelier dans cette agence.",
    "not-an-assistant-here": "Cette personne ne travaille pas dans cette agence.",
    "leads-and-assists": "Une personne anime ou assiste, pas les deux.",
    "facilitator-missing": "Choisissez qui anime : c’est nécessaire pour publier.",
    "room-taken": "La salle est déjà prise à cette heure-là.",
    "staff-taken": "Une personne de l’équipe est déjà prise à cette heure-là.",
    "public-holiday": "C’est un jour férié.",
    "worked-holiday": "C’est le lundi de Pentecôte : souvent travaillé, à vérifier.",
    "school-holiday": "Ce sont les vacances scolaires.",
    "agency-closed": "L’agence est fermée ce jour-là.",
    "room-closed": "La salle est fermée ce jour-là.",
    "outside-opening-hours": "La salle n’est pas ouverte à ces heures.",
    "room-too-small": "La salle n’a pas assez de postes ce jour-là.",
    "room-busy": "La salle est prise à cette heure-là, selon son agenda extérieur.",
    "staff-busy": "Une personne de l’équipe est occupée à cette heure-là.",
    "staff-unavailable": "Une personne de l’équipe n’est pas disponible à ces heures.",
    "service-ended": "Le service civique de cette personne sera terminé.",
    "nothing-chosen": "Cochez au moins une case.",
    "not-a-receiver": "Écrivez une adresse d’Internet qui commence par https://, sans port et sans mot de passe.",
    "not-a-calendar-address": "Écrivez l’adresse complète de l’agenda. Elle commence par https:// ou webcal://.",
    "address-or-file": "Donnez une adresse, ou choisissez un fichier .ics qui n’est pas vide.",
    "too-many-calendars": "Il y a déjà cinq agendas. Retirez-en un d’abord.",
    "not-public": "Cette adresse mène à un réseau privé. Donnez une adresse qui marche depuis Internet.",
    "no-such-name": "Ce site n’existe pas. Vérifiez l’adresse.",
    "no-answer": "Ce site ne répond pas. Vérifiez l’adresse, ou essayez plus tard.",
    "timeout": "Ce site n’a pas répondu en 10 secondes. Essayez plus tard.",
    "bad-certificate": "Ce site ne prouve pas qui il est. Vérifiez l’adresse.",
    "too-many-redirects": "Cette adresse renvoie sans fin vers d’autres. Copiez-la encore depuis votre agenda.",
    "not-there": "Il n’y a rien à cette adresse. Copiez-la encore depuis votre agenda.",
    "needs-sign-in": "Cet agenda demande un mot de passe. Prenez l’adresse secrète, ou publiez l’agenda.",
    "server-error": "Ce site répond par une erreur. Essayez plus tard.",
    "too-large": "C’est trop gros : un agenda a 5 Mo au plus.",
    "web-page": "C’est une page web, pas un agenda. Prenez l’adresse au format iCal : elle finit souvent par .ics.",
    "not-a-calendar": "Ce n’est pas un agenda au format iCal (.ics).",
    "cut-off": "Cet agenda s’arrête au milieu. Exportez-le encore.",
    "too-many-entries": "Cet agenda a trop d’évènements. Exportez seulement l’année à venir.",
    "too-often": "Cet agenda a des évènements qui se répètent plusieurs fois par jour : ils ne sont pas lus.",
    "too-much": "Cet agenda est trop long à lire. Exportez seulement l’année à venir.",
    "nothing-read": "Aucun évènement de cet agenda ne peut être lu.",
    "not-a-target": "Choisissez une autre session à venir du même atelier.",
    "below-used": "Plus de personnes ont déjà pris une de ces places.",
    "more-than-free": "Il n’y a pas assez de places libres pour en garder autant.",
    "after-the-session": "Choisissez un moment avant le début de la session.",
    "not-missed": "Cette séance n’a pas été manquée.",
    "made-up": "Un rattrapage ne se déplace pas : annulez-le, puis choisissez une autre séance.",
    "not-the-same-meeting": "Choisissez la même séance, dans une autre session du même atelier.",
    "itself": "Un atelier ne peut pas être son propre préalable.",
    "comes-round": "Ces préalables tournent en rond : cet atelier viendrait avant lui-même.",
    "unknown-value": "Cette valeur n’existe pas.",
    "only-when-excused": "Un motif ne s’indique que pour une absence excusée.",
    "unknown-field": "Ce champ n’existe pas.",
    "wrong-type": "Cette valeur n’est pas du type attendu.",
    "repeated": "Ce paramètre ne se donne qu’une fois.",
    "no-time-zone": "Écrivez l’instant avec son fuseau, comme 2026-11-24T09:30:00+01:00.",
    "too-many-reminders": "Cinq rappels au plus.",
    "twice": "Le même choix est là deux fois.",
    "outside-hours": "Cette heure est hors des heures d’envoi.",
    "outside-urgent-hours": "Les messages partent entre 7 h et 21 h au plus.",
    "too-narrow": "Laissez au moins deux heures par jour pour les envois.",
    "not-a-rule": "Un rappel s’écrit d7, d1-1800, d0-0830 ou h2.",
}


def words_of(error: Exception) -> Words:
    """What to tell about this error; whatever is not a refusal is unforeseen, and says nothing of its inside."""
    if isinstance(error, Refused):
        return REFUSALS.get(type(error), UNFORESEEN)
    return UNAVAILABLE if isinstance(error, Unavailable) else UNFORESEEN


def field_words(fields: dict[str, str], _: Translate) -> dict[str, str]:
    """The sentence beside each field."""
    return {name: _(FIELDS.get(code, code)) for name, code in fields.items()}


def type_of(error: Exception) -> str:
    """The stable name of a problem for programs (RFC 9457, 3.1.1)."""
    if isinstance(error, Refused):
        return error.code()
    return HTTPStatus(words_of(error).status).phrase.lower().replace(" ", "-")

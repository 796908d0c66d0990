"""What a refusal of the rules means over HTTP: its status and its words; the only file that knows both."""

from dataclasses import dataclass
from http import HTTPStatus

from booking.domain import errors
from booking.domain.errors import Refused
from booking.language import Translate
from booking.services.tallies import note_refusal
from booking.storage.constraints import Unavailable
from booking.web.field_words import FIELDS


class NotSignedIn(Refused):
    """You are not signed in, or your sign-in has ended."""


class ScreenLocked(Refused):
    """This screen is locked until its owner says the password again."""


class ScopeTooNarrow(Refused):
    """This token may read and change nothing."""


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
    errors.SignInFailed: Words(
        401,
        "Identifiant ou mot de passe incorrect",
        "Vérifiez les deux, puis essayez encore. Après plusieurs essais, il faut attendre quelques minutes.",
    ),
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
    errors.NotHosting: Words(
        409,
        "Cette agence n’accueille pas d’atelier",
        "Elle est fermée, ou elle oriente seulement. Choisissez une autre agence, ou changez d’abord son étape.",
    ),
    errors.PhaseChangePlanned: Words(
        409, "Un changement est déjà prévu pour cette agence", "Annulez-le d’abord, puis recommencez."
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
    errors.StaffElsewhere: Words(
        409,
        "Cet agent est déjà dans une autre séance à cette heure-là",
        "Il l’anime, il y aide, ou il y assiste. Choisissez une autre date.",
    ),
    errors.OtherAudience: Words(
        409,
        "Cette personne ne peut pas venir à cet atelier",
        "Une formation est pour les agents ; les autres ateliers sont pour les demandeurs d’emploi.",
    ),
    errors.AudienceFixed: Words(
        409,
        "Des sessions de cet atelier sont déjà prévues",
        "Son public ne change plus. Créez un autre atelier pour cet autre public.",
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
    errors.RollClosed: Words(
        409, "L’appel de cette séance est clos", "Ajoutez la personne quand même : la correction gardera votre nom."
    ),
    errors.MarkedOtherwise: Words(
        409, "Cette personne est déjà sur la feuille, pointée absente", "Si elle est là, corrigez son pointage."
    ),
    errors.NeverCame: Words(409, "Aucune présence n’est notée", "L’attestation se fait une fois la présence pointée."),
    errors.TooMuchAtOnce: Words(
        409, "C’est trop pour un seul fichier", "Prenez le fichier de chaque inscription, l’un après l’autre."
    ),
    errors.BatchStands: Words(
        409,
        "Cela ne peut plus être défait",
        "On peut défaire pendant dix minutes, et seulement ce qui s’y prête. Corrigez une par une, s’il le faut.",
    ),
    errors.EvidenceStands: Words(
        409, "Cette ligne fait preuve", "Elle a plus de dix minutes, ou elle est déjà annulée. Elle reste au journal."
    ),
    errors.DiagnosisStands: Words(
        409,
        "Ce diagnostic ne peut plus être repris",
        "Il a plus de dix minutes, ou il a déjà servi. Si une réponse a changé, faites un nouveau diagnostic.",
    ),
    errors.QuestionnairePublished: Words(
        409, "Cette version est publiée", "Elle ne change plus. Préparez une nouvelle version, puis publiez-la."
    ),
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
    errors.PartnerKnown: Words(
        409,
        "Un partenaire qui ressemble est déjà dans l’annuaire",
        "Regardez-le, ou indiquez que vous êtes sûr : c’est un autre partenaire.",
    ),
    errors.NotOneAgency: Words(
        409,
        "Ces deux fiches ne peuvent pas être fusionnées",
        "Il faut deux fiches différentes de la même agence.",
    ),
    errors.ReferralOver: Words(
        409, "Cette orientation n’en est plus là", "Rechargez la page pour voir où elle en est."
    ),
    errors.ReferralTold: Words(
        409, "Le partenaire est déjà prévenu", "Annulez l’orientation : il en sera averti aussi."
    ),
    errors.AlreadyReferred: Words(
        409, "Cette personne est déjà orientée vers ce partenaire", "Ouvrez l’orientation en cours, sur sa fiche."
    ),
    errors.InDispute: Words(409, "Il y a un litige", "Tant qu’il dure, rien n’est effacé."),
    errors.ReceiverDisabled: Words(
        409, "Ce destinataire est en pause", "Reprenez d’abord les envois, puis essayez encore."
    ),
    errors.TooManySubscriptions: Words(
        409, "Vous avez déjà 50 agendas", "Retirez-en un qui ne sert plus, puis essayez encore."
    ),
    errors.TooManyImports: Words(409, "Vous avez déjà dix listes en cours", "Supprimez-en une, puis essayez encore."),
    errors.ImportUnderWay: Words(
        409, "Cette liste n’en est pas là", "Regardez où elle en est : la page dit ce que l’on peut faire maintenant."
    ),
    errors.TooManyExports: Words(409, "Vous avez déjà dix exports", "Supprimez-en un, puis essayez encore."),
    errors.SubscriptionRevoked: Words(409, "Cet agenda est retiré", "Faites-en un nouveau si vous en avez besoin."),
    errors.LinkShown: Words(
        409, "Ce lien a déjà été montré", "Il ne se montre qu’une fois. Si vous ne l’avez plus, faites un nouveau lien."
    ),
    errors.RoleHeld: Words(409, "Cette personne a déjà ce rôle", "Terminez-le d’abord pour changer ses dates."),
    errors.LastAdministrator: Words(
        409, "Personne d’autre n’administre le réseau", "Donnez d’abord ce rôle à quelqu’un d’autre, sans date de fin."
    ),
    errors.NameTaken: Words(409, "Ce nom est déjà pris", "Choisissez un autre nom, ou ouvrez l’entrée qui existe."),
    errors.AnotherRequestHasThisKey: Words(
        422, "Cette clé a déjà servi pour une autre demande", "Envoyez une autre clé."
    ),
    errors.RequestRunning: Words(409, "Cette demande est en cours", "Attendez un instant, puis essayez encore."),
    errors.WrongCode: Words(
        401, "Ce code ne convient pas", "Prenez le code affiché maintenant, ou un code de secours jamais utilisé."
    ),
    errors.SecondStepOver: Words(401, "Le temps est passé", "Écrivez encore votre mot de passe."),
    errors.IssuerFailed: Words(
        502, "Cette connexion n’a pas abouti", "Essayez encore dans un moment. Si cela dure, prévenez l’administration."
    ),
    errors.DepartureOver: Words(
        401, "Cette connexion n’est plus en cours", "Trop de temps a passé, ou la page a été rouverte. Recommencez."
    ),
    errors.NoRoleThere: Words(
        403,
        "Vous êtes reconnu, mais sans rôle dans Ateliers",
        "Demandez à la personne responsable de votre agence de vous donner un rôle, puis reconnectez-vous.",
    ),
    errors.NotKnownThere: Words(
        403,
        "Aucun compte Ateliers n’est relié à cette identité",
        "Ouvrez le lien d’invitation reçu par e-mail, ou demandez-en un à votre administration.",
    ),
    errors.IdentityTaken: Words(
        409,
        "Cette identité ne peut pas être reliée à ce compte",
        "Elle est reliée à un autre compte, ou ce compte en a déjà une. Demandez à votre administration.",
    ),
    errors.PasswordLinkOver: Words(
        404, "Ce lien ne marche plus", "Il sert une seule fois, et pas longtemps. Demandez-en un autre."
    ),
    errors.FactorStands: Words(409, "Un second facteur existe déjà", "Retirez-le d’abord."),
    errors.FactorNeeded: Words(
        409, "Votre rôle demande un second facteur", "Il ne peut pas être retiré. Faites de nouveaux codes de secours."
    ),
    errors.TooManyTokens: Words(
        409, "Vous avez déjà 20 jetons", "Révoquez-en un qui ne sert plus, puis essayez encore."
    ),
    errors.TooManyRequests: Words(
        429, "Trop d’essais en peu de temps", "Attendez quelques minutes, puis essayez encore."
    ),
    ScreenLocked: Words(401, "Cet écran est verrouillé", "Écrivez votre mot de passe pour continuer."),
    ScopeTooNarrow: Words(403, "Ce jeton permet seulement de lire", "Faites un jeton qui permet aussi d’écrire."),
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


def words_of(error: Exception) -> Words:
    """What to tell about this error; whatever is not a refusal is unforeseen, and says nothing of its inside."""
    if isinstance(error, Refused):
        note_refusal(error.code())
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

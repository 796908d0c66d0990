"""The audit in words: what was done, to what, by which door."""

from booking.domain.origins import Via
from booking.domain.seals import Line
from booking.language import Translate
from booking.web.pages.referral_words import OUTCOMES, STATES
from booking.web.pages.role_words import ROLES
from booking.web.pages.words import BOOKINGS, LEVELS, MARKS, PARTIES, SESSIONS

DEEDS = {
    "accepted": "accepté par la personne",
    "added": "ajouté",
    "allowed": "place en plus accordée",
    "answered": "réponse du partenaire",
    "archived": "archivé",
    "asked-again": "point remis à faire",
    "attached": "ajouté au dossier",
    "asked": "demandé",
    "begun": "commencé",
    "booked": "inscrit",
    "cancelled": "annulé",
    "changed": "modifié",
    "chose-invitations": "choix des invitations",
    "chose-mails": "choix des e-mails",
    "closed": "fermé",
    "code-refused": "code refusé",
    "confirmed": "confirmé",
    "coming": "a dit venir",
    "copied": "agence modèle copiée",
    "decided": "décidé",
    "declined": "a dit ne pas venir",
    "disabled": "désactivé",
    "dispute-begun": "litige ouvert",
    "dispute-ended": "litige terminé",
    "downloaded": "téléchargé",
    "dropped": "décision retirée",
    "enabled": "activé",
    "ended": "terminé",
    "entrusted": "droits confiés",
    "erased": "effacé",
    "erasure-asked": "effacement demandé",
    "erasure-withdrawn": "demande d’effacement retirée",
    "exported": "exporté",
    "factor-added": "second facteur ajouté",
    "factor-removed": "second facteur retiré",
    "filed": "classé",
    "handed-over": "remis en main propre",
    "held": "place retenue",
    "hurried": "envoyé tout de suite",
    "identity-dropped": "identité retirée",
    "identity-linked": "identité reliée",
    "imported": "importé",
    "invited": "invité",
    "issuer-refused": "réponse d’un fournisseur refusée",
    "issuer-signed-out": "déconnecté par le fournisseur",
    "joined": "mis en attente",
    "kept": "places gardées",
    "lapsed": "délai passé",
    "left": "sorti de l’attente",
    "left-out": "point jugé inutile",
    "left_open": "doublon laissé ouvert",
    "lifted": "envois repris",
    "link-renewed": "lien renouvelé",
    "locked": "écran verrouillé",
    "marked": "présence notée",
    "merged": "fusionné",
    "message-left": "message laissé",
    "met": "reçu par le partenaire",
    "moved": "déplacé",
    "not-reached": "pas joint",
    "offered": "place proposée",
    "opened": "ouvert",
    "overdue": "sans réponse, à relancer",
    "password-changed": "mot de passe changé",
    "password-link-sent": "lien de mot de passe envoyé",
    "phase-changed": "étape changée",
    "phase-dropped": "changement d’étape annulé",
    "phase-planned": "changement d’étape prévu",
    "planned": "prévu",
    "posted": "posté",
    "printed": "imprimé",
    "promoted": "place donnée",
    "proposed": "proposé",
    "published": "publié",
    "reached": "joint",
    "recall-undone": "rappel défait",
    "recalled": "rappelé",
    "recovery-code-used": "code de secours utilisé",
    "recovery-codes-renewed": "codes de secours renouvelés",
    "refreshed": "relu",
    "refusal-settled": "refus réglé",
    "refused": "connexion refusée",
    "registered": "créé",
    "released": "places libérées",
    "remarked": "remarque notée",
    "reminded": "relancé",
    "removed": "retiré",
    "renamed": "renommé",
    "reopened": "rouvert",
    "replayed": "renvoyé",
    "reported": "signalé",
    "resent": "renvoyé",
    "restarted": "prévu à nouveau",
    "restored": "rétabli",
    "revoked": "arrêté",
    "role-ended": "rôle terminé",
    "role-given": "rôle donné",
    "roll-closed": "présences closes",
    "rotated": "adresse changée",
    "saw": "consulté",
    "seen": "réponse lue",
    "sent": "envoyé",
    "signed-in": "connecté",
    "signed-out": "déconnecté",
    "signed-out-elsewhere": "autres connexions fermées",
    "stopped": "arrêté",
    "taken": "pris",
    "taken-back": "repris",
    "tested": "essayé",
    "text-answered": "SMS traité",
    "told_apart": "distingué d’une autre personne",
    "undone": "défait",
    "unlocked": "écran déverrouillé",
    "waitlisted": "mis en liste d’attente",
}
NOUNS = {
    "agency": "agence",
    "api_token": "jeton d’API",
    "booking": "inscription",
    "busy_time": "absence",
    "calls": "liste d’appels",
    "closure": "fermeture",
    "contact": "moyen de contact",
    "diagnosis": "diagnostic",
    "evidence": "preuve de remise",
    "export": "export",
    "follow_up": "liste de suivi",
    "external_calendar": "agenda extérieur",
    "import": "liste importée",
    "incoming_text": "SMS reçu",
    "installation": "installation",
    "issuer": "fournisseur d’identité",
    "job_seeker": "personne",
    "journal": "journal",
    "letters": "lettres à imprimer",
    "meeting": "séance",
    "message": "message",
    "message_policy": "règles des messages",
    "outage": "panne",
    "questionnaire": "questionnaire",
    "leaflet": "dépliant",
    "partner": "partenaire",
    "referral": "orientation",
    "referral_delay": "délai de relance des partenaires",
    "retention": "durées de conservation",
    "room": "salle",
    "school_holidays": "vacances scolaires",
    "session": "session",
    "sign_in": "connexion",
    "staff": "équipe",
    "staff_message": "e-mail à l’équipe",
    "subscription": "agenda suivi",
    "wait": "attente",
    "webhook": "avertissement automatique",
    "wording": "texte de message",
    "workshop": "atelier",
}
DOORS = {Via.PAGE: "page", Via.API: "API", Via.COMMAND: "commande", Via.JOB: "tâche automatique"}
FIELDS = {
    "because": "motif",
    "capacity": "places",
    "changes": "modifications",
    "extra": "places en plus",
    "people": "personnes",
    "fields": "champs",
    "from": "de",
    "mark": "présence",
    "outcome": "résultat",
    "party": "par",
    "role": "rôle",
    "seats": "places",
    "state": "état",
    "to": "à",
    "until": "jusqu’au",
    "way": "par",
}
# What a person can change; what else differs afterwards (a version, an instant) says nothing to anybody.
CHANGED = {
    "address": "adresse",
    "after": "à faire avant",
    "audience": "public",
    "availability": "disponibilités",
    "capacity": "places",
    "colour": "couleur",
    "commune": "commune",
    "cutoff_hours": "fin des inscriptions",
    "directions": "comment venir",
    "ends_on": "dernier jour",
    "frees_when_absent": "place libérée après des absences",
    "has_hearing_loop": "boucle magnétique",
    "has_step_free_access": "accès sans marche",
    "hold_minutes": "durée d’une place retenue",
    "hours": "horaires",
    "hosts": "accueille des ateliers",
    "is_compulsory": "obligatoire",
    "join_until": "arrivée en cours de route",
    "languages": "langues d’aide",
    "level": "niveau",
    "meetings": "séances",
    "minimum": "minimum",
    "name": "nom",
    "objectives": "objectifs",
    "opening_hours": "horaires",
    "phase": "phase",
    "phone": "téléphone",
    "postcode": "code postal",
    "publishes": "agenda public",
    "seats": "places",
    "services": "services",
    "short_title": "titre court",
    "skills": "compétences",
    "state": "état",
    "theme": "thème",
    "title": "titre",
    "to_bring": "à apporter",
    "usual_capacity": "places",
    "usual_minutes": "durée",
    "waitlist_policy": "liste d’attente",
    "window_days": "ouverture des inscriptions",
    "workstations": "postes",
}
VALUES: dict[str, dict[str, str]] = {
    "level": {**LEVELS},
    "mark": {**MARKS},
    "party": {**PARTIES},
    "role": {**ROLES},
    "state": {**STATES, **BOOKINGS, **SESSIONS},
    "outcome": {**OUTCOMES},
}


def deed(line: Line, say: Translate) -> str:
    """What was done, in a word or two."""
    found = DEEDS.get(line.action)
    return say(found) if found else line.action.replace("-", " ").replace("_", " ")


def noun(line: Line, say: Translate) -> str:
    """What it was done to."""
    found = NOUNS.get(line.noun)
    return say(found) if found else line.noun.replace("_", " ")


def facts(line: Line, names: dict[str, str], say: Translate) -> list[tuple[str, str]]:
    """What a line says in detail: the word of each field, and what is in it; identifiers as names, or not at all."""
    found = []
    for name, said in line.details.items():
        if name == "changes" and isinstance(said, dict):
            found += [
                (say(CHANGED[field]), _change(field, pair, say)) for field, pair in said.items() if field in CHANGED
            ]
        elif name in FIELDS:
            found.append((say(FIELDS[name]), names.get(str(said)) or _plain(name, said, say)))
    return found


def _change(name: str, pair: object, say: Translate) -> str:
    """From what to what; a list of things is too long to be compared here."""
    if not isinstance(pair, list) or any(isinstance(one, list | dict) for one in pair):
        return say("modifié")
    return " → ".join(_plain(name, one, say) for one in pair)


def _plain(name: str, said: object, say: Translate) -> str:
    if isinstance(said, list | dict):
        parts = said.values() if isinstance(said, dict) else said
        return ", ".join(_plain(name, one, say) for one in parts if one not in (None, "", []))
    if isinstance(said, bool):
        return say("oui") if said else say("non")
    word = VALUES.get(name, {}).get(str(said))
    return say(word).lower() if word else "—" if said in (None, "") else str(said)

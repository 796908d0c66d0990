"""The audit in words: what was done, to what, by which door."""

from booking.domain.origins import Via
from booking.domain.seals import Line
from booking.language import Translate

DEEDS = {
    "added": "ajouté",
    "allowed": "place en plus accordée",
    "archived": "archivé",
    "attached": "ajouté au dossier",
    "asked": "demandé",
    "booked": "inscrit",
    "cancelled": "annulé",
    "changed": "modifié",
    "chose-invitations": "choix des invitations",
    "chose-mails": "choix des courriels",
    "closed": "fermé",
    "code-refused": "code refusé",
    "confirmed": "confirmé",
    "coming": "a dit venir",
    "decided": "décidé",
    "declined": "a dit ne pas venir",
    "disabled": "désactivé",
    "dispute-begun": "litige ouvert",
    "dispute-ended": "litige terminé",
    "downloaded": "téléchargé",
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
    "left_open": "doublon laissé ouvert",
    "lifted": "envois repris",
    "link-renewed": "lien renouvelé",
    "locked": "écran verrouillé",
    "marked": "présence notée",
    "merged": "fusionné",
    "message-left": "message laissé",
    "moved": "déplacé",
    "not-reached": "pas joint",
    "offered": "place proposée",
    "opened": "ouvert",
    "password-changed": "mot de passe changé",
    "password-link-sent": "lien de mot de passe envoyé",
    "planned": "prévu",
    "posted": "posté",
    "printed": "imprimé",
    "promoted": "place donnée",
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
    "signed-in": "connecté",
    "signed-out": "déconnecté",
    "signed-out-elsewhere": "autres connexions fermées",
    "stopped": "arrêté",
    "taken": "pris",
    "taken-back": "droits repris",
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
    "evidence": "preuve de remise",
    "export": "export",
    "follow_up": "liste de suivi",
    "external_calendar": "agenda extérieur",
    "incoming_text": "SMS reçu",
    "issuer": "fournisseur d’identité",
    "job_seeker": "personne",
    "journal": "journal",
    "letters": "lettres à imprimer",
    "meeting": "séance",
    "message": "message",
    "message_policy": "règles des messages",
    "outage": "panne",
    "retention": "durées de conservation",
    "room": "salle",
    "school_holidays": "vacances scolaires",
    "session": "session",
    "sign_in": "connexion",
    "staff": "équipe",
    "staff_message": "courriel à l’équipe",
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
    "party": "par",
    "role": "rôle",
    "seats": "places",
    "state": "état",
    "to": "à",
    "until": "jusqu’au",
    "way": "par",
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
            found += [(field, _change(pair)) for field, pair in said.items()]
        elif name in FIELDS:
            found.append((say(FIELDS[name]), names.get(str(said), _plain(said))))
    return found


def _change(pair: object) -> str:
    return " → ".join(map(_plain, pair)) if isinstance(pair, list) else ""


def _plain(said: object) -> str:
    if isinstance(said, list):
        return ", ".join(map(_plain, said))
    if isinstance(said, dict):
        return ", ".join(_plain(one) for one in said.values() if one not in (None, "", []))
    return "—" if said in (None, "") else str(said)

"""What is said about texts on screen: what each name between braces stands for, and why a text cannot be sent."""

from booking.domain.wording_checks import Fault
from booking.domain.wordings import WordingForm
from booking.language import Translate

FORMS = {WordingForm.SMS: "SMS", WordingForm.MAIL: "E-mail, lettre, appel"}
LANGUAGES = {"fr": "Français", "en": "Anglais", "ar": "Arabe"}
MEANINGS = {
    "prenom": "Prénom de la personne",
    "nom": "Nom de la personne",
    "atelier": "Titre de l’atelier",
    "date": "Jour et heure de la séance",
    "jour": "Jour de la séance, sans l’heure",
    "seances": "Nombre de dates, s’il y en a plusieurs",
    "lieu": "Nom de l’agence où c’est",
    "adresse": "Adresse du lieu",
    "acces": "Comment venir",
    "salle": "Nom de la salle",
    "apporter": "Ce qu’il faut apporter",
    "telephone": "Numéro à appeler",
    "agence": "Agence de la personne",
    "code": "Code de la personne",
    "lien": "Lien vers la page de la personne",
    "details": "Atelier, dates, lieu, salle, à apporter",
    "absence": "Que faire si on ne peut pas venir",
    "raison": "Raison du changement, s’il y en a une",
    "autres_dates": "Autres dates possibles",
    "fin": "Code, numéro à appeler, signature",
    "avant": "Date limite pour répondre",
    "annulation": "Qui a annulé, et quelle date",
    "seances_annulees": "Nombre de séances annulées",
    "suite_annulee": "Séances qui n’ont plus lieu",
    "date_annulee": "Première séance qui n’a plus lieu",
    "date_manquee": "Séance où la personne n’est pas venue",
    "suite": "Ce que la personne peut faire ensuite",
    "place_gardee": "Si la personne garde sa place",
    "changement": "Ce qui change pour la personne",
    "place": "Quelle place a la personne",
    "fin_attente": "Pourquoi l’attente est finie",
}
FAULTS = {
    "required": "Écrivez le texte.",
    "too-long": "Ce texte est trop long.",
    "bad-characters": "Ce texte contient un caractère invisible qui n’est pas permis.",
    "one-line-only": "L’objet tient sur une ligne.",
    "stray-brace": "Une accolade { ou } est seule. Écrivez le nom entre deux accolades, comme {date}.",
    "unknown-placeholder": "{%(said)s} n’existe pas pour ce message.",
    "unknown-placeholder-near": "{%(said)s} n’existe pas pour ce message. Vouliez-vous {%(instead)s} ?",
    "placeholder-missing": "Il manque {%(instead)s} : sans cela, la personne ne sait pas l’essentiel.",
    "private-in-sms": "{%(said)s} ne va pas dans un SMS : un téléphone peut être lu par quelqu’un d’autre.",
    "foreign-address": "%(said)s est l’adresse d’un autre site. Seul {lien} est permis.",
    "too-many-segments": "Ce texte prend %(said)s SMS. Il en faut %(instead)s au plus.",
}


def sentence(fault: Fault, _: Translate) -> str:
    """Why a text cannot be sent, with what was written and what would do."""
    is_near = fault.code == "unknown-placeholder" and fault.instead
    said = _(FAULTS[f"{fault.code}-near" if is_near else fault.code])
    # Only what we fill in stands after a percent sign; braces stay as they are.
    return said.replace("%(said)s", fault.said).replace("%(instead)s", fault.instead)
